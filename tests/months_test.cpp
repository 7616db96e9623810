// What a PostgreSQL ledger keeps by months (ledger/months.h): where rows lie, what questions read,
// writers that need the same partitions at once.
#include "ledger/months.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "kin.h"
#include "ledger/check.h"
#include "record/sure.h"
#include "support.h"

namespace chancery {
namespace {

using test::settled_digest;

const std::vector<std::string> kTables = {"article_record", "words", "statement", "event",
                                          "position"};

class PostgresMonths : public testing::Test {
 protected:
  void SetUp() override {
    if (test::stores().size() < 2)
      GTEST_SKIP() << "no PostgreSQL server was started: script/with-postgres starts one";
  }
};

// A report of that day, of acts on it, years before, and on no day.
Record report(const std::string& day, int edition) {
  Record r = test::read(
      "Norwegian Foreign Minister Ivar Holt met Icelandic Prime Minister Asta "
      "Bjarnadottir in Oslo. Holt said Norway demanded lower quotas. Iceland "
      "condemned Norway in June 2019. Edition " +
          std::to_string(edition) + " is of haddock and herring.",
      day);
  r.article.id = "m" + std::to_string(edition);
  return r;
}

std::vector<std::string> column(Database& db, const std::string& sql) {
  std::vector<std::string> out;
  Query q(db, sql);
  while (q.step()) out.push_back(q.text(0));
  return out;
}

void fill(const std::string& where, const std::vector<std::string>& days) {
  Ledger ledger(where, Ledger::write);
  ledger.begin();
  int edition = 0;
  for (const std::string& day : days) ledger.add(report(day, ++edition));
  ledger.commit();
}

TEST(Months, AreThoseOfDaysInOurTime) {
  EXPECT_EQ(month_of("2031-05-13"), "2031-05");
  for (const char* none :
       {"", "2031", "1899-12-31", "2100-01-01", "0001-01-01", "2031-05-1'", "2031'05-13"})
    EXPECT_EQ(month_of(none), "") << none;
}

TEST(Months, OfAnItemAreItsReportsWhereAllItsDaysAreInIt) {
  const std::string published = "2031-05-31";
  EXPECT_EQ(month_of_item({"2031-05-01", "2031-05-31", "", ""}, published), "2031-05");
  EXPECT_EQ(month_of_item({"2031-05-26", "2031-06-01", "", ""}, published), "");
  EXPECT_EQ(month_of_item({"2031-04-30", "2031-04-30", "", ""}, published), "");
  EXPECT_EQ(month_of_item({"", "", "", ""}, published), "");
  EXPECT_EQ(month_of_item({"2031-05-01", "2031-05-01", "", ""}, ""), "");
}

TEST_F(PostgresMonths, HaveAPartitionWhereArticlesArePublishedAndNoOthers) {
  test::Store store("postgres");
  fill(store.where, {"2031-05-13", "2031-07-01", "2031-05-14", "", "1066-10-14"});
  auto db = Database::open(store.where, false);
  for (const std::string& table : kTables)
    EXPECT_EQ(column(*db, "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '" +
                              table + "'::regclass ORDER BY 1"),
              (std::vector<std::string>{table + "_2031_05", table + "_2031_07", table + "_other"}));
  for (const char* table : {"article_record", "words"})
    EXPECT_EQ(column(*db, std::string("SELECT month || ':' || count(*) FROM ") + table +
                              " GROUP BY month ORDER BY month"),
              (std::vector<std::string>{":2", "2031-05:2", "2031-07:1"}));
  // Acts of 2019 make no partitions of their own.
  EXPECT_EQ(column(*db, "SELECT DISTINCT month FROM event WHERE day LIKE '2019%'"),
            std::vector<std::string>{""});
  // Each partition has an index of its words.
  EXPECT_EQ(column(*db,
                   "SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%USING gin%' AND "
                   "tablename LIKE 'words\\_%'"),
            std::vector<std::string>{"3"});
  // A key is one's own in the whole ledger, whatever the month.
  EXPECT_THROW(
      db->run("UPDATE article SET key = (SELECT min(key) FROM article) WHERE number = (SELECT "
              "number FROM article ORDER BY key DESC LIMIT 1)"),
      StartError);
}

TEST_F(PostgresMonths, HoldRecordsPackedAsTheServerDoesItBest) {
  test::Store store("postgres");
  auto db = Database::open(store.where, false);
  const bool known = !column(*db,
                             "SELECT 1 FROM pg_settings WHERE name = "
                             "'default_toast_compression' AND 'lz4' = ANY(enumvals)")
                          .empty();
  {
    Ledger ledger(store.where, Ledger::write);
    Record r = report("2031-05-13", 1);
    for (int i = 0; i < 200; ++i) r.article.text += " Herring is a fish of the northern seas.";
    ledger.add(r);
  }
  EXPECT_EQ(column(*db, "SELECT pg_column_compression(record) FROM article_record"),
            std::vector<std::string>{known ? "lz4" : "pglz"});
}

// How often each partition, or an index of it, was looked at.
std::map<std::string, int64_t> looks(const std::string& where) {
  auto db = Database::open(where, true);
  std::map<std::string, int64_t> out;
  Query q(*db,
          "SELECT relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables");
  while (q.step()) out[q.text(0)] = q.integer(1);
  return out;
}

TEST_F(PostgresMonths, AQuestionForSomeDaysReadsThePartitionsOfTheirMonths) {
  test::Store store("postgres");
  fill(store.where, {"2031-03-13", "2031-04-13", "2031-05-13", "2031-06-13"});
  Question may, of_norway, words;
  may.from = may.until = "2031-05";
  of_norway = words = may;
  of_norway.actor = {"", "NOR"};
  words.text = "haddock";
  using Ask = Answer (Ledger::*)(const Question&);
  for (auto [name, question, ask] :
       {std::tuple<const char*, Question, Ask>{"statements", may, &Ledger::statements},
        {"events", may, &Ledger::events},
        {"positions", may, &Ledger::positions},
        {"topics", may, &Ledger::topics},
        {"statements of", of_norway, &Ledger::statements},
        {"events of", of_norway, &Ledger::events},
        {"positions of", of_norway, &Ledger::positions},
        {"contacts", of_norway, &Ledger::contacts},
        {"search", words, &Ledger::search}}) {
    const auto before = looks(store.where);
    size_t rows = 0;
    {
      Ledger ledger(store.where, Ledger::read);
      rows = (ledger.*ask)(question).rows.size();
    }
    EXPECT_GT(rows, 0u) << name;
    // A server counts what a connection did when that has ended.
    std::set<std::string> read;
    for (int tries = 0; tries < 100 && read.empty(); ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      for (const auto& [table, count] : looks(store.where))
        if (table.find("_2031_") != std::string::npos && count > before.at(table))
          read.insert(table.substr(table.find("_2031_")));
    }
    EXPECT_EQ(read, std::set<std::string>{"_2031_05"}) << name;
  }
}

// Several that write articles of many months, in other orders, and several that ask meanwhile: each
// new month needs five partitions. None fails, nobody is ended as one of a circle of waiting.
TEST_F(PostgresMonths, WritersWhoNeedTheSameNewOnesDoNotBlockEachOther) {
  test::Store store("postgres"), alone("sqlite");
  std::vector<Record> records;
  for (int month = 1; month <= 12; ++month)
    for (int day = 10; day < 12; ++day)
      records.push_back(report("2031-" + std::string(month < 10 ? "0" : "") +
                                   std::to_string(month) + "-" + std::to_string(day),
                               month * 100 + day));
  { Ledger ledger(store.where, Ledger::write); }
  const SureLimits limits(test::source_dir() + "/data/sure.tsv");
  std::atomic<int> writing = 3;
  std::vector<std::string> failed(5);
  auto run = [&](size_t place, const std::function<void()>& work) {
    return std::jthread([&failed, place, work] {
      try {
        work();
      } catch (const std::exception& error) {
        failed[place] = error.what();
      }
    });
  };
  {
    std::vector<std::jthread> pool;
    for (size_t w = 0; w < 3; ++w)
      pool.push_back(run(w, [&, w] {
        std::vector<Record> own = records;
        if (w == 1) std::reverse(own.begin(), own.end());
        if (w == 2) std::rotate(own.begin(), own.begin() + 11, own.end());
        struct Done {
          std::atomic<int>& writing;
          ~Done() { --writing; }
        } done{writing};
        Ledger ledger(store.where, Ledger::write);
        for (size_t i = 0; i < own.size(); ++i) {
          if (i % 5 == 0) ledger.begin();
          ledger.add(own[i]);
          if (i % 5 == 4 || i + 1 == own.size()) ledger.commit();
        }
      }));
    for (size_t r = 3; r < 5; ++r)
      pool.push_back(run(r, [&] {
        Ledger ledger(store.where, Ledger::read);
        Question all, sure;
        sure.sure = &limits;
        while (writing) ledger.events(sure), ledger.statements(all), ledger.positions(sure);
      }));
  }
  EXPECT_EQ(failed, std::vector<std::string>(5));
  {
    Ledger ledger(alone.where, Ledger::write);
    for (const Record& r : records) ledger.add(r);
  }
  EXPECT_EQ(settled_digest(store.where), settled_digest(alone.where));
  auto db = Database::open(store.where, true);
  EXPECT_EQ(column(*db,
                   "SELECT deadlocks FROM pg_stat_database WHERE datname = "
                   "current_database()"),
            std::vector<std::string>{"0"});
}

TEST_F(PostgresMonths, RecordsThatAreMissingOrStrayAreFound) {
  test::Store store("postgres");
  fill(store.where, {"2031-05-13", "2031-07-01", ""});
  Ledger ledger(store.where, Ledger::write);
  EXPECT_EQ(damages(ledger), std::vector<std::string>());
  ledger.database().run("INSERT INTO article_record VALUES (77, '2031-07', '{}')");
  EXPECT_EQ(damages(ledger), std::vector<std::string>{"a record of 1 articles that are not there"});
  ledger.database().run(
      "DELETE FROM article_record WHERE article = 77; UPDATE article_record SET month = '2031-07' "
      "WHERE month = '2031-05'");
  const std::vector<std::string> found = damages(ledger);
  ASSERT_FALSE(found.empty());
  EXPECT_NE(found[0].find("its record cannot be read"), std::string::npos) << found[0];
}

TEST_F(PostgresMonths, AnArticleThatChangesItsDayTakesItsRecordAlong) {
  test::Store store("postgres");
  fill(store.where, {"2031-05-13", "2031-05-14"});
  Ledger ledger(store.where, Ledger::write);
  Record moved = *ledger.record(1);
  moved.article.published = "2031-09-01";
  ledger.begin();
  ledger.replace(1, moved);
  ledger.rebuild();
  ledger.commit();
  EXPECT_EQ(ledger.record(1)->article.published, "2031-09-01");
  EXPECT_EQ(column(ledger.database(), "SELECT month FROM article_record ORDER BY article"),
            (std::vector<std::string>{"2031-09", "2031-05"}));
  Question september;
  september.from = "2031-09";
  EXPECT_FALSE(ledger.positions(september).rows.empty());
}

}  // namespace
}  // namespace chancery
