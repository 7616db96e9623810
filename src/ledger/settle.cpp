#include "ledger/settle.h"

#include <tuple>

#include "base/error.h"
#include "ledger/filed.h"
#include "record/json.h"

namespace chancery {
namespace {

// Made when it is first wanted: most ledgers never are in want of it.
constexpr const char* kTwins =
    "CREATE TABLE IF NOT EXISTS twin (article INTEGER PRIMARY KEY, key TEXT NOT NULL, published "
    "TEXT NOT NULL, url TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL) STRICT;";

bool has_table(Database& db, const std::string& name) {
  Query q(db, db.dialect() == Database::sqlite
                  ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
                  : "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
                    "current_schema() AND table_name = ?");
  q.bind(name).step();
  return q.integer(0) > 0;
}

using Rank = std::tuple<std::string, std::string, std::string>;

Rank rank_of(const Article& a) { return {a.published, a.url, a.id}; }

std::optional<Rank> rank_in(Database& db, const std::string& table, const std::string& number,
                            int64_t which) {
  Query q(db, "SELECT published, url, id FROM " + table + " WHERE " + number + " = ?");
  if (!q.bind(which).step()) return std::nullopt;
  return Rank{q.text(0), q.text(1), q.text(2)};
}

// The records that go before those that are kept take their places.
int64_t exchange_twins(Ledger& ledger) {
  Database& db = ledger.database();
  if (!has_table(db, "twin")) return 0;
  std::vector<std::tuple<int64_t, std::string, std::string>> twins;
  {
    Query q(db, "SELECT article, key, record FROM twin ORDER BY article");
    while (q.step()) twins.emplace_back(q.integer(0), q.text(1), q.text(2));
  }
  int64_t changed = 0;
  for (const auto& [number, key, json] : twins) {
    // Its key may have become that of another article meanwhile.
    Query other(db, "SELECT 1 FROM article WHERE key = ? AND number <> ?");
    if (other.bind(key).bind(number).step()) continue;
    Record record = record_from_json(json, Origin::kept);
    ledger.replace(number, record);
    const Article& a = record.article;
    Query q(db, "UPDATE article SET key = ?, id = ?, url = ?, publisher = ? WHERE number = ?");
    q.bind(key).bind(a.id).bind(a.url).bind(a.publisher).bind(number).step();
    ledger.set_address(number, a.url);
    ++changed;
  }
  db.run("DELETE FROM twin");
  return changed;
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

// Numbers the articles by day, time and key; how many had another number.
int64_t renumber(Database& db) {
  db.run(db.ddl("CREATE TEMP TABLE renumbered (was INTEGER PRIMARY KEY, now INTEGER NOT NULL);"));
  db.run(
      "INSERT INTO renumbered(was, now) SELECT number, row_number() OVER (ORDER BY day, published, "
      "key) FROM article");
  int64_t moved = 0, last = 0;
  {
    Query q(db, "SELECT count(*), (SELECT count(*) FROM article) FROM renumbered WHERE was <> now");
    q.step();
    moved = q.integer(0);
    last = q.integer(1);
  }
  if (moved) {
    const std::string now = "(SELECT now FROM renumbered WHERE was = ";
    // By way of numbers that nothing has, so that none meets another.
    db.run("UPDATE article SET number = -" + now + "number)");
    db.run("UPDATE article SET number = -number");
    for (const char* table : {"filled", "address"})
      db.run(std::string("UPDATE ") + table + " SET article = -" + now +
             "article) WHERE article IN "
             "(SELECT was FROM renumbered); UPDATE " +
             table + " SET article = -article WHERE article < 0");
  }
  db.run("DROP TABLE renumbered");
  for (const char* table : {"aside", "withdrawn"}) number_behind(db, table, last);
  if (db.dialect() == Database::postgres) {
    Query q(db,
            "SELECT setval(pg_get_serial_sequence('article', 'number'), (SELECT max(number) + 1 "
            "FROM article), false) WHERE EXISTS (SELECT 1 FROM article)");
    q.step();
  }
  return moved;
}

}  // namespace

void keep_twin(Database& db, int64_t number, const std::string& key, const Record& record) {
  const Rank rank = rank_of(record.article);
  std::optional<Rank> kept = rank_in(db, "article", "number", number);
  if (!kept || rank >= *kept) return;
  if (!has_table(db, "twin")) db.run(db.ddl(kTwins));
  std::optional<Rank> before = rank_in(db, "twin", "article", number);
  if (before && rank >= *before) return;
  {
    Query old(db, "DELETE FROM twin WHERE article = ?");
    old.bind(number).step();
  }
  Query q(db, "INSERT INTO twin VALUES (?,?,?,?,?,?)");
  q.bind(number)
      .bind(key)
      .bind(record.article.published)
      .bind(record.article.url)
      .bind(record.article.id)
      .bind(to_json(record, {true}))
      .step();
}

int64_t settle(Ledger& ledger, const Ledger::Progress& progress) {
  ledger.begin();
  try {
    int64_t changed = exchange_twins(ledger);
    changed += renumber(ledger.database());
    ledger.relearn();
    ledger.rebuild(progress);
    ledger.commit();
    return changed;
  } catch (...) {
    try {
      ledger.rollback();
    } catch (const Error&) {
      // The error that brought us here is the one to tell.
    }
    throw;
  }
}

}  // namespace chancery
