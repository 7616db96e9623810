// What grows with the articles lies on a PostgreSQL server by months: the records, their full text,
// statements, events and positions. Each of these tables has a column `month`, and a partition for
// each month in which articles were published; a question for some days reads those of its months.
// SQLite keeps each table whole, without that column.
//
//   need_month(db, {"words"}, month_of(day));  // before the first row of that month
//
// What must be unique in the whole ledger, the keys and numbers of articles, is in `article`, which
// has no partitions and no records in it. Partitions are made in the transaction that first needs
// them, by the one writer there is at a time (Database::lock), and put below their tables when they
// are whole: that waits for no reader, and none waits for it.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "ledger/database.h"
#include "ledger/filed.h"

namespace chancery {

// "2031-05-13" → "2031-05". "" for no day, and for days so far from our time that they are most
// likely wrong, which are to make no partitions.
std::string month_of(std::string_view day);
// An item's: that of its report, where all of its days are in it. "" for items of other days, a
// twentieth of all, which are of many months, and of none.
std::string month_of_item(const Filed& time, const std::string& published);

// SQL: the month of a column of ISO days.
std::string month_of_column(const std::string& day);
// SQL: where an item can be whose first day, or whose article's day, is in that column of ISO days;
// in that of codes of days (parts.h). " AND …" of the row's month, nothing in SQLite.
std::string at_month_of_day(const Database& db, const std::string& day,
                            const std::string& row = "i.");
std::string at_month_of_code(const Database& db, const std::string& code);
// SQL: the month of such a code.
std::string month_of_code(const std::string& code);
// Where items of an article of that month can be.
std::string at_month(const Database& db, const std::string& month);
// The same of items, or articles, that have a day in common with a period; of those without a day.
std::string in_months(const Database& db, const Period& period, const std::string& row = "i.");
std::string in_no_month(const Database& db, const std::string& row = "i.");

// Does this store keep the table by months?
bool lies_by_months(const Database& db, std::string_view table);
// In the definition of such a table: its number with what goes before its other columns, and its
// end; as any other table's in SQLite. In SQLite's words, as all of it (Database::ddl).
std::string numbered_by_months(Database::Dialect dialect);
std::string end_by_months(Database::Dialect dialect, const std::string& table);

// Makes the partitions of these tables for a month where they are not there yet. Inside a writer's
// transaction.
void need_month(Database& db, std::initializer_list<const char*> tables, const std::string& month);

// How full a server's list of locks gets when one program looks at every partition: what there is to
// be locked, and how many locks the server can hold. Nothing of SQLite.
struct LockRoom {
  int64_t needed = 0, room = 0;
};
LockRoom lock_room(Database& db);

}  // namespace chancery
