#include "ledger/settle.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "ledger/article_records.h"
#include "ledger/filed.h"
#include "ledger/sightings.h"

namespace chancery {
namespace {

bool has_table(Database& db, const std::string& name) {
  Query q(db, db.dialect() == Database::sqlite
                  ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
                  : "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
                    "current_schema() AND table_name = ?");
  q.bind(name).step();
  return q.integer(0) > 0;
}

int64_t ask_number(Database& db, const std::string& sql) {
  Query q(db, sql);
  return q.step() && !q.null(0) ? q.integer(0) : 0;
}

// The last of the articles whose numbers are in the one order; those that came since stand behind.
int64_t last_settled(Database& db) {
  return ask_number(db, "SELECT version FROM derived WHERE name = 'settled'");
}

void remember_settled(Database& db, int64_t last) {
  Query q(db,
          "INSERT INTO derived(name, version) VALUES ('settled', ?) ON CONFLICT (name) DO UPDATE "
          "SET version = excluded.version");
  q.bind(last).step();
}

// Numbers and keys are others than before: who remembers any looks at this.
void count_epoch(Database& db) {
  db.run("UPDATE derived SET version = version + 1 WHERE name = 'epoch'");
}

// Of rows that lie aside, and may come back: behind those of all articles.
void number_behind(Database& db, const std::string& table, int64_t last) {
  if (!has_table(db, table)) return;
  std::vector<int64_t> numbers;
  {
    Query q(db, "SELECT number FROM " + table + " ORDER BY number");
    while (q.step()) numbers.push_back(q.integer(0));
  }
  // From the end, so that none meets another.
  for (size_t i = numbers.size(); i-- > 0;) {
    const int64_t now = last + static_cast<int64_t>(i) + 1;
    if (numbers[i] >= now) continue;
    Query q(db, "UPDATE " + table + " SET number = ? WHERE number = ?");
    q.bind(now).bind(numbers[i]).step();
  }
}

// Whoever is told of what is new is told of what he was not told of; rather twice than never.
void move_told(Database& db) {
  db.run(
      "UPDATE saved SET told = coalesce((SELECT min(r.now) - 1 FROM renumbered r WHERE r.was > "
      "saved.told), (SELECT max(number) FROM article)) WHERE told >= (SELECT min(was) FROM "
      "renumbered)");
}

// Numbers the articles behind `last` in the one order; how many had another number.
int64_t renumber(Database& db, int64_t last) {
  db.run(db.ddl("CREATE TEMP TABLE renumbered (was INTEGER PRIMARY KEY, now INTEGER NOT NULL);"));
  db.run(
      fmt::format("INSERT INTO renumbered(was, now) SELECT number, {0} + row_number() OVER "
                  "(ORDER BY CASE WHEN day = '' THEN 1 ELSE 0 END, day, published, key) FROM "
                  "article WHERE number > {0}",
                  last));
  const int64_t moved = ask_number(db, "SELECT count(*) FROM renumbered WHERE was <> now");
  if (moved) {
    const std::string now = "(SELECT now FROM renumbered WHERE was = ";
    // By way of numbers that nothing has, so that none meets another.
    db.run(fmt::format("UPDATE article SET number = -{}number) WHERE number > {}", now, last));
    db.run("UPDATE article SET number = -number WHERE number < 0");
    std::vector<std::string> of_articles = {"filled", "address"};
    if (lies_by_months(db, "article_record")) of_articles.push_back("article_record");
    for (const std::string& table : of_articles)
      db.run("UPDATE " + table + " SET article = -" + now +
             "article) WHERE article IN "
             "(SELECT was FROM renumbered); UPDATE " +
             table + " SET article = -article WHERE article < 0");
    move_told(db);
  }
  db.run("DROP TABLE renumbered");
  const int64_t end = ask_number(db, "SELECT max(number) FROM article");
  for (const char* table : {"aside", "withdrawn"}) number_behind(db, table, end);
  if (db.dialect() == Database::postgres) {
    Query q(db,
            "SELECT setval(pg_get_serial_sequence('article', 'number'), (SELECT max(number) + 1 "
            "FROM article), false) WHERE EXISTS (SELECT 1 FROM article)");
    q.step();
  }
  return moved;
}

// The first day that is open: kNoDay where only those without one are, "" for none.
std::string first_day(Database& db, const std::vector<std::string>& days, int64_t settled) {
  std::string first;
  auto open = [&](const std::string& day) {
    const std::string place = day.empty() ? kNoDay : day;
    if (first.empty() || place < first) first = place;
  };
  for (const std::string& day : days) open(day);
  Query q(db, "SELECT DISTINCT day FROM article WHERE number > ?");
  q.bind(settled);
  while (q.step()) open(q.text(0));
  return first;
}

// The last article of the days before.
int64_t last_before(Database& db, const std::string& day, int64_t settled) {
  Query q(db, "SELECT max(number) FROM article WHERE number <= ? AND day <> '' AND day < ?");
  return q.bind(settled).bind(day).step() && !q.null(0) ? q.integer(0) : 0;
}

Settled settle_inside(Ledger& ledger, bool all, const Ledger::Progress& progress) {
  Database& db = ledger.database();
  const bool learns = !ledger.learned().empty();
  const int64_t settled = all ? 0 : last_settled(db);
  Reunion reunion(db);
  Settled out;
  out.from = first_day(db, reunion.days(), settled);
  const bool nothing_open = settled > 0 && out.from.empty();
  const int64_t last = nothing_open ? settled : last_before(db, out.from, settled);
  if (last == 0) out.from.clear();
  else if (!nothing_open) ledger.cut_off(last, out.from);
  out.changed = reunion.carry_out(ledger);
  count_epoch(db);
  if (nothing_open) return out;
  out.opened = ask_number(db, fmt::format("SELECT count(*) FROM article WHERE number > {}", last));
  out.changed += renumber(db, last);
  if (learns) ledger.relearn(last);
  if (last == 0) ledger.rebuild(progress);
  else ledger.derive_again(last, progress);
  remember_settled(db, ask_number(db, "SELECT max(number) FROM article"));
  return out;
}

}  // namespace

Settled settle(Ledger& ledger, bool all, const Ledger::Progress& progress) {
  ledger.begin();
  try {
    Settled out = settle_inside(ledger, all, progress);
    ledger.commit();
    return out;
  } catch (...) {
    try {
      ledger.rollback();
    } catch (const Error&) {
      // The error that brought us here is the one to tell.
    }
    throw;
  }
}

SettledUntil settled_until(Database& db) {
  SettledUntil out;
  const int64_t settled = last_settled(db);
  const std::string first = first_day(db, {}, settled);
  {
    Query q(db, "SELECT count(*) FROM article WHERE number > ?");
    q.bind(settled).step();
    out.open = q.integer(0);
  }
  Query q(db, "SELECT max(day) FROM article WHERE number <= ? AND day < ?");
  q.bind(settled).bind(first.empty() ? kNoDay : first);
  if (q.step() && !q.null(0)) out.day = q.text(0);
  return out;
}

void reopen(Database& db, int64_t number) {
  if (number <= last_settled(db)) remember_settled(db, number - 1);
}

}  // namespace chancery
