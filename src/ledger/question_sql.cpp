#include "ledger/question_sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/strings.h"
#include "ledger/filed.h"
#include "ledger/months.h"
#include "ledger/parts.h"
#include "record/when.h"

namespace chancery {

const char* const kTimeColumns =
    ", i.moment AS \"when\", i.day AS \"from\", i.last AS \"to\", i.precision, a.day AS reported";

std::string like(const std::string& text) {
  std::string out = "%";
  for (char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

// Free words as an FTS5 query: each quoted, so that no character of them is syntax. At a NUL the
// query would end.
std::string fts_query(const std::string& text) {
  const std::string whole = replace_all(text, std::string(1, '\0'), " ");
  std::string out;
  for (std::string_view word : split_words(whole))
    out += (out.empty() ? "\"" : " \"") + replace_all(std::string(word), "\"", "\"\"") + "\"";
  return out.empty() ? "\"\"" : out;  // no words: in no article
}

std::string numbers(const std::vector<int64_t>& list) {
  std::string out;
  for (int64_t n : list) out += (out.empty() ? "" : ",") + std::to_string(n);
  return out;
}

std::string story_now(int64_t number) {
  return fmt::format("coalesce((SELECT j.story FROM story_joined j WHERE j.number = {0}), {0})",
                     number);
}

std::string matching(const Database& db) {
  return db.dialect() == Database::sqlite
             ? "SELECT rowid FROM words WHERE words MATCH ?"
             : "SELECT number FROM words WHERE search @@ plainto_tsquery('simple', ?)";
}
std::string matched_by(const Database& db, const std::string& text) {
  return db.dialect() == Database::sqlite ? fts_query(text) : text;
}

std::string sure_sql(const Database& db, const std::string& item, const SureLimits& limits) {
  const double least = item == "statement" ? limits.statement
                       : item == "event"   ? limits.event
                                           : limits.position;
  std::string out = fmt::format("i.confidence >= {} AND i.confidence > 0", least);
  if (item == "statement") return out;
  // A statement may be of another month than what it tells; its article says of which.
  const std::string from = lies_by_months(db, "statement")
                               ? "article b JOIN statement s ON s.article = b.number" +
                                     at_month_of_day(db, "b.day", "s.") +
                                     " WHERE b.number = i.article"
                               : "statement s WHERE s.article = i.article";
  out += fmt::format(
      " AND (i.said_in = '' OR EXISTS (SELECT 1 FROM {} AND s.id = i.said_in AND s.confidence >= "
      "{}))",
      from, limits.statement);
  return out;
}

static Answer collect(Query& q) {
  Answer out;
  while (q.step()) {
    if (out.columns.empty())
      for (int c = 0; c < q.columns(); ++c) out.columns.push_back(q.name(c));
    std::vector<std::string> row;
    for (int c = 0; c < q.columns(); ++c) row.push_back(q.text(c));
    out.rows.push_back(std::move(row));
  }
  if (out.columns.empty())
    for (int c = 0; c < q.columns(); ++c) out.columns.push_back(q.name(c));
  return out;
}

Answer run(Database& db, const Sql& sql) {
  Query q(db, sql.text);
  for (const std::string& v : sql.values) q.bind(v);
  return collect(q);
}

void no_mark(const std::string& after) {
  throw UsageError("'" + after.substr(0, 60) +
                   "' is no place in this answer; take `next` of the page before");
}

std::pair<std::string, int64_t> mark(const std::string& after) {
  size_t bar = after.rfind('|');
  int64_t number = 0;
  if (bar == std::string::npos || after.size() > 60) no_mark(after);
  const char *begin = after.data() + bar + 1, *end = after.data() + after.size();
  auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop != end || begin == end || number < 0) no_mark(after);
  return {after.substr(0, bar), number};
}

std::pair<std::string, int64_t> cursor(const std::string& after) {
  auto place = mark(after);
  if (!place.first.empty() && !When(place.first).valid()) no_mark(after);
  return place;
}

int64_t rows_before(const Question& q) {
  if (q.after.empty()) return 0;
  auto [kind, rows] = mark(q.after);
  if (kind != "r") no_mark(q.after);
  if (rows > 100000)
    throw UsageError(
        "a list by rank goes no further than its hundred thousandth row; ask more "
        "narrowly");
  return rows;
}

void page_by_rank(Answer& a, const Question& q) {
  if (static_cast<int>(a.rows.size()) <= q.limit) return;
  a.rows.resize(static_cast<size_t>(q.limit));
  a.next = "r|" + std::to_string(rows_before(q) + q.limit);
}

std::string limit_and_offset(const Question& q) {
  return fmt::format(" LIMIT {} OFFSET {}", q.limit + 1, rows_before(q));
}

const char* const kArticleTime =
    ", a.day AS \"from\", a.day AS \"to\", CASE WHEN a.day = '' THEN '' ELSE 'day' END AS "
    "precision";

std::string since_until(const std::string& day, const std::string& last, bool named) {
  std::string first_day = "min(nullif(" + day + ", ''))",
              last_day = "max(nullif(" + last + ", ''))";
  return (named ? first_day + " AS first, " + last_day + " AS last, " : "") + first_day +
         " AS \"from\", " + last_day + " AS \"to\", CASE WHEN " + first_day +
         " IS NULL THEN '' ELSE 'day' END AS precision";
}

void cut_page(Answer& a, int limit, size_t day, size_t number) {
  if (static_cast<int>(a.rows.size()) <= limit) return;
  a.rows.resize(static_cast<size_t>(limit));
  if (!a.rows.empty()) a.next = a.rows.back()[day] + "|" + a.rows.back()[number];
}

// The earliest day on which something begins that reaches into a period from `from` on: not before
// this a question need look. `from` itself where nothing does.
static std::string lower_bound(Database& db, const std::string& from) {
  Query q(db, "SELECT min(day) FROM span WHERE last >= ?");
  q.bind(from);
  if (!q.step() || q.null(0)) return from;
  return std::min(from, q.text(0));
}

std::string at_months_of(Database& db, const Sql& rows, const std::string& month) {
  constexpr size_t kMost = 24;
  if (!lies_by_months(db, "event")) return "";
  Query q(db, fmt::format("SELECT DISTINCT {} FROM ({}) m LIMIT {}", month, rows.text, kMost + 1));
  for (const std::string& v : rows.values) q.bind(v);
  std::string list = "''";
  size_t count = 0;
  for (; q.step(); ++count) list += ", '" + q.text(0) + "'";
  return count > kMost ? "" : " AND i.month IN (" + list + ")";
}

void in_period(Database& db, Sql& sql, const Question& q, const std::string& day,
               const std::string& last) {
  Period period = period_of(q.from, q.until);
  if (!period.from.empty()) {
    sql.add(" AND " + last + " >= ?", {period.from});
    if (day != last) sql.add(" AND " + day + " >= ?", {lower_bound(db, period.from)});
  }
  if (!period.until.empty()) sql.add(" AND " + day + " <= ?", {period.until});
  // What has no day is in no period. Said only where nothing else bounds the days from below: a
  // second bound might keep the store from using the first.
  if (period.from.empty() && !period.until.empty()) sql.add(" AND " + day + " > ''");
}

void parts_in_period(Database& db, Sql& sql, const Question& q) {
  Period period = period_of(q.from, q.until);
  if (!period.from.empty())
    sql.add(fmt::format(" AND coalesce(last, day) >= {} AND day >= {}", day_code(period.from),
                        day_code(lower_bound(db, period.from))));
  if (!period.until.empty()) sql.add(fmt::format(" AND day <= {}", day_code(period.until)));
  if (period.from.empty() && !period.until.empty()) sql.add(" AND " + is_dated("day"));
}

Answer newest_first(Database& db, Sql& sql, const Question& q, const std::string& last,
                    const std::string& first, const std::string& number) {
  Period period = period_of(q.from, q.until);
  if (!period.from.empty()) sql.add(" AND " + last + " >= ?", {period.from});
  if (!period.until.empty()) sql.add(" AND " + first + " <= ?", {period.until});
  if (period.from.empty() && !period.until.empty()) sql.add(" AND " + first + " > ''");
  if (!q.after.empty()) {
    auto [day, at] = cursor(q.after);
    sql.add(fmt::format(" AND ({0} < ? OR ({0} = ? AND {1} < {2}))", last, number, at), {day, day});
  }
  sql.add(fmt::format(" ORDER BY {} DESC, {} DESC LIMIT {}", last, number, q.limit + 1));
  Answer out = run(db, sql);
  cut_page(out, q.limit, 1, 0);
  return out;
}

Answer dated_first(const Question& q, const std::function<Answer(const Question&, bool)>& ask) {
  if (!q.after.empty() && cursor(q.after).first.empty()) return ask(q, false);
  Answer out = ask(q, true);
  if (!out.next.empty()) return out;
  Question rest = q;
  rest.after.clear();
  int room = q.limit - static_cast<int>(out.rows.size());
  rest.limit = std::max(1, room);
  Answer undated = ask(rest, false);
  if (undated.rows.empty()) return out;
  if (room > 0) {
    out.rows.insert(out.rows.end(), undated.rows.begin(), undated.rows.end());
    out.next = undated.next;
  } else {
    out.next = q.newest_first ? "|9223372036854775807" : "|0";
  }
  return out;
}

void drop_last(Answer& a) {
  if (!a.columns.empty()) a.columns.pop_back();
  for (auto& row : a.rows) row.pop_back();
}

}  // namespace chancery
