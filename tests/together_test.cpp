// Many articles written together: what is fetched for all of them at once, and written at the end,
// makes the ledger that single articles make, on both stores.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "kin.h"
#include "ledger/given.h"
#include "support.h"

namespace chancery {
namespace {

using Rows = std::map<int64_t, std::string>;

Rows rows_of(Database& db) {
  Rows out;
  Query q(db, "SELECT number, word FROM thing");
  while (q.step()) out[q.integer(0)] = q.null(1) ? "nothing" : q.text(1);
  return out;
}

TEST(Given, IsOneStatementForManyRows) {
  for (const std::string& kind : test::stores()) {
    test::Store store(kind);
    auto db = Database::open(store.where, false);
    db->run(db->ddl("CREATE TABLE thing (number INTEGER PRIMARY KEY, word TEXT, times INTEGER);"));
    const std::vector<Given::Column> columns = {{"n", Given::number}, {"w", Given::text}};
    Given put(*db, "INSERT INTO thing(number, word) VALUES (given.n, given.w)", columns);
    const std::string odd = "a \"b\", {c}\\ 'd' NULL\n\té";
    put.add(1).add(odd).add(2).add_null().add(3).add("NULL").add(4).add("");
    put.run();
    EXPECT_TRUE(put.empty());
    EXPECT_EQ(rows_of(*db), (Rows{{1, odd}, {2, "nothing"}, {3, "NULL"}, {4, ""}})) << kind;

    Given more(*db,
               "INSERT INTO thing(number, word) VALUES (given.n, given.w) ON CONFLICT (number) DO "
               "UPDATE SET word = excluded.word",
               columns);
    more.add(3).add("three").add(5).add("five").run();
    Given change(*db, "UPDATE thing SET word = given.w WHERE number = given.n", columns);
    change.add(1).add("one").run();
    Given drop(*db, "DELETE FROM thing WHERE number = given.n", {{"n", Given::number}});
    drop.add(2).add(77).run();
    EXPECT_EQ(rows_of(*db), (Rows{{1, "one"}, {3, "three"}, {4, ""}, {5, "five"}})) << kind;

    // As if each row of values stood alone.
    Given newest(*db,
                 "SELECT given.n, number FROM thing WHERE number <= given.n ORDER BY number DESC "
                 "LIMIT 2",
                 {{"n", Given::number}});
    std::map<int64_t, std::vector<int64_t>> found;
    newest.add(4).add(0).add(1).add(9);
    newest.run([&](const Query& row) { found[row.integer(0)].push_back(row.integer(1)); });
    EXPECT_EQ(found, (std::map<int64_t, std::vector<int64_t>>{{1, {1}}, {4, {4, 3}}, {9, {5, 4}}}))
        << kind;
    newest.run([&](const Query&) { ADD_FAILURE() << "nothing was asked"; });
  }
}

// Of two storylines that become one, of actors who are known and not, of copies and later versions.
std::vector<Record> articles() {
  test::Reports out("m", test::kin());
  for (int d = 10; d < 20; ++d) {
    const std::string day = "2031-07-" + std::to_string(d), n = std::to_string(d);
    out.put(
        day,
        "Norwegian Foreign Minister Ivar Holt met Icelandic Prime Minister Asta Bjarnadottir in "
        "Oslo. Holt said Norway would sign the fishing agreement on herring quotas, issue " +
            n + ".",
        "https://one.example/" + std::to_string(d / 3));
    out.put(day,
            "Ivar Holt condemned Iceland over herring quotas. Asta Bjarnadottir rejected the "
            "fishing agreement of port " +
                n + ".");
    out.put(day,
            "Kenya and Peru signed a treaty on copper mines in Lima. Peru said that the treaty of "
            "mines would hold, part " +
                n + ".");
    if (d > 14)
      out.put(day,
              "Kenya and Peru said that the treaty on copper mines and the fishing agreement on "
              "herring quotas of Norway and Iceland would be signed in Lima, part " +
                  n + ".");
  }
  return out.all;
}

// So many in a transaction, so many of them announced together, 0: none.
std::string digest_of_batches(const std::string& kind, const std::vector<Record>& records,
                              size_t batch, size_t together) {
  test::Store store(kind);
  Ledger ledger(store.where, Ledger::write);
  for (size_t i = 0; i < records.size(); ++i) {
    if (i % batch == 0) ledger.begin();
    if (together && i % together == 0) {
      std::vector<const Record*> next;
      for (size_t k = i; k < std::min(records.size(), i + together); ++k)
        next.push_back(&records[k]);
      ledger.expect(next);
    }
    ledger.add(records[i]);
    if ((i + 1) % batch == 0 || i + 1 == records.size()) ledger.commit();
  }
  std::string out;
  for (const TableDigest& table : digests(ledger.database()))
    out += table.name + " " + std::to_string(table.rows) + " " + table.sha256 + "\n";
  return out;
}

TEST(Together, ArticlesMakeWhatTheyMakeOneByOne) {
  const std::vector<Record> records = articles();
  std::string one_by_one;
  for (const std::string& kind : test::stores())
    for (auto [batch, together] : {std::pair<size_t, size_t>{1, 0},
                                   {1, 1},
                                   {7, 0},
                                   {12, 3},
                                   {1000, 0},
                                   {1000, 1000},
                                   {1000, 10}}) {
      const std::string now = digest_of_batches(kind, records, batch, together);
      if (one_by_one.empty()) one_by_one = now;
      EXPECT_EQ(now, one_by_one) << kind << " " << batch << " " << together;
    }
  EXPECT_EQ(one_by_one.find("joined stories 0 "), std::string::npos) << "none became one";
}

TEST(Together, WhatWasAnnouncedNeedNotCome) {
  for (const std::string& kind : test::stores()) {
    test::Store store(kind);
    const std::vector<Record> records = articles();
    Ledger ledger(store.where, Ledger::write), other(store.where, Ledger::write);
    ledger.begin();
    ledger.expect({&records[0], &records[1], &records[2]});
    ledger.add(records[0]);
    ledger.commit();
    // Another program comes between: what was found of its articles holds no longer.
    EXPECT_NE(other.add(records[1]), Ledger::Added::known);
    ledger.begin();
    ledger.expect({&records[1], &records[2]});
    EXPECT_EQ(ledger.add(records[1]), Ledger::Added::known) << kind;
    EXPECT_EQ(ledger.add(records[0]), Ledger::Added::known) << kind;
    EXPECT_NE(ledger.add(records[2]), Ledger::Added::known) << kind;
    EXPECT_EQ(ledger.add(records[2]), Ledger::Added::known) << kind;
    ledger.rollback();
    EXPECT_NE(other.add(records[2]), Ledger::Added::known) << kind;
    EXPECT_EQ(ledger.articles(), 3) << kind;
  }
}

TEST(Together, NumbersOfArticlesRiseWhoeverWrites) {
  for (const std::string& kind : test::stores()) {
    test::Store store(kind);
    const std::vector<Record> records = articles();
    Ledger a(store.where, Ledger::write), b(store.where, Ledger::write);
    int64_t last = 0;
    for (size_t i = 0; i < 6; ++i) {
      (i % 2 ? a : b).add(records[i]);
      Query q(a.database(), "SELECT max(number), count(*) FROM article");
      ASSERT_TRUE(q.step());
      Query own(a.database(), "SELECT number FROM article WHERE id = ?");
      ASSERT_TRUE(own.bind(records[i].article.id).step());
      EXPECT_EQ(own.integer(0), q.integer(0)) << kind;
      EXPECT_GT(q.integer(0), last) << kind;
      last = q.integer(0);
    }
  }
}

}  // namespace
}  // namespace chancery
