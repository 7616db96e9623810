// What questions are put together from: SQL with its parameters, the days that a question asks for,
// and pages of rows, by day and number or by rank. Text goes in as bound parameters only.
#pragma once
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "record/sure.h"

namespace chancery {

// SQL with its parameters, built piece by piece.
struct Sql {
  std::string text;
  std::vector<std::string> values;
  Sql& add(const std::string& more, std::initializer_list<std::string> with = {}) {
    text += more;
    values.insert(values.end(), with);
    return *this;
  }
};

// The words as a pattern of LIKE with \\ as its escape: anywhere in the text.
std::string like(const std::string& text);
std::string numbers(const std::vector<int64_t>& list);
// Articles whose text has all the words, and the parameter for them.
std::string matching(const Database& db);
std::string matched_by(const Database& db, const std::string& text);
std::string fts_query(const std::string& text);
// The storyline that has this number or took in the one that had it.
std::string story_now(int64_t number);

// Is the row `i` of an item sure (record/sure.h), and what it was told in too?
std::string sure_sql(const Database& db, const std::string& item, const SureLimits& limits);

Answer run(Database& db, const Sql& sql);

[[noreturn]] void no_mark(const std::string& after);
// A paging mark, what stands before and the number behind its bar.
std::pair<std::string, int64_t> mark(const std::string& after);
// "2031-05-01|17": day and number of the last row of a page.
std::pair<std::string, int64_t> cursor(const std::string& after);
// "r|200": rows that came before. Of answers in no order of days: ranks and sums.
int64_t rows_before(const Question& q);
// Cuts an answer by rank that was asked for one row more than wanted.
void page_by_rank(Answer& a, const Question& q);
std::string limit_and_offset(const Question& q);

// The time of an article: the day of its publication.
extern const char* const kArticleTime;
// When an item was, as every answer says it: its own time, the days it covers, how exact it is; and
// the day of its report.
extern const char* const kTimeColumns;
// Of a sum over many rows: the first and the last day of what is counted; what has no day counts
// for neither. `named`: also under the names first and last.
std::string since_until(const std::string& day, const std::string& last, bool named);
// Cuts an answer that was asked for one row more than wanted, and says where the next page begins.
void cut_page(Answer& a, int limit, size_t day, size_t number);
// Where items `i` can be whose days are those of the rows: their months, which are looked up before, so
// that a server plans for few partitions. `month` is SQL of a row's. " AND …"; nothing where there
// are many, and in SQLite.
std::string at_months_of(Database& db, const Sql& rows, const std::string& month);
// What has a day in common with the period a question asks for. `day` and `last` name the columns
// of the first and last day.
void in_period(Database& db, Sql& sql, const Question& q, const std::string& day,
               const std::string& last);
// The same of the rows of `part`.
void parts_in_period(Database& db, Sql& sql, const Question& q);
// A page of rows by day and number, the newest first, of a statement that ends in its conditions;
// the second and first columns are day and number.
Answer newest_first(Database& db, Sql& sql, const Question& q, const std::string& last,
                    const std::string& first, const std::string& number);
// A list in the order of time in which what cannot be dated comes last, whichever end of time the
// list begins with: all of the dated first, then the others in the order of their numbers.
Answer dated_first(const Question& q, const std::function<Answer(const Question&, bool)>& ask);
// Takes the last column, the day by which the rows are ordered, away.
void drop_last(Answer& a);

}  // namespace chancery
