// The same ledger whoever wrote it, in whichever order: settled at once or by the day; which
// reports are one article; what people put right stays with it.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "corrections.h"
#include "kin.h"
#include "ledger/check.h"
#include "ledger/saved.h"
#include "support.h"

namespace chancery {
namespace {

using test::kin;
using test::settled_digest;

std::string digest_at(const std::string& where) {
  return digest_of(digests(*Database::open(where, true)));
}

TEST(Settle, TheSameArticlesMakeTheSameLedgerInAnyOrderOnAnyStore) {
  std::vector<Record> records = kin();
  std::set<std::string> settled, as_it_came;
  std::vector<TableDigest> first;
  for (unsigned seed = 0; seed < 5; ++seed)
    for (const std::string& kind : test::stores()) {
      if (seed > 2 && kind == "postgres") continue;
      test::Store store(kind);
      if (seed) std::shuffle(records.begin(), records.end(), std::mt19937(seed));
      {
        Ledger ledger(store.where, Ledger::write);
        size_t n = 0;
        for (const Record& r : records) {
          if (n++ % 4 == 0) ledger.begin();
          ledger.add(r);
          if (n % 4 == 0 || n == records.size()) ledger.commit();
        }
        for (const Record& r : records) EXPECT_EQ(ledger.add(r), Ledger::Added::known);
        as_it_came.insert(digest_of(digests(ledger.database())));
      }
      settled.insert(settled_digest(store.where));
      std::vector<TableDigest> now = digests(*Database::open(store.where, true));
      if (first.empty()) first = now;
      for (size_t i = 0; i < now.size(); ++i)
        EXPECT_EQ(now[i].sha256, first[i].sha256) << now[i].name << " seed " << seed << kind;
      Ledger ledger(store.where, Ledger::write);
      EXPECT_EQ(damages(ledger), std::vector<std::string>());
    }
  EXPECT_EQ(settled.size(), 1u);
  EXPECT_GT(as_it_came.size(), 1u) << "the order makes a difference at first: it is put right";
}

// A fortnight of reports: the same people, some days introduced and some not, acts told again days
// later, copies, later versions at one address, some without a day.
std::vector<Record> fortnight() {
  test::Reports out("f");
  for (int d = 10; d < 24; ++d) {
    const std::string n = std::to_string(d), day = "2031-05-" + n;
    const bool introduced = d % 3 == 0;
    const std::string holt = introduced ? "Norwegian Foreign Minister Ivar Holt" : "Ivar Holt",
                      asta = d % 4 == 0 ? "Icelandic Prime Minister Asta Bjarnadottir"
                                        : "Asta Bjarnadottir";
    const std::string told = holt + " met " + asta +
                             " in Oslo on Tuesday. Holt said Norway would sign the fishing "
                             "agreement next week. The two countries had accused each other of "
                             "breaking the treaty on herring for many months, edition " +
                             n + ".";
    out.put(day, told, "https://one.example/" + std::to_string(d / 3));
    out.put(day, holt + " condemned Iceland over herring. " + asta +
                     " rejected the quotas of port " + n + ".");
    if (d % 2) out.put(day, told + " Talks go on.", "https://two.example/" + n);
    if (d % 5 == 0) out.put("", "Ivar Holt left Bergen for the talks with Iceland, day " + n + ".");
  }
  return out.all;
}

TEST(Settle, ByTheDayIsWhatItIsAtOnce) {
  std::vector<Record> records = fortnight();
  std::string at_once;
  int by_the_day = 0;
  for (unsigned seed = 0; seed < 4; ++seed)
    for (const std::string& kind : test::stores()) {
      if (seed > 1 && kind == "postgres") continue;  // each takes a second there
      test::Store store(kind);
      // Mostly in the order of days, with some that come late.
      std::mt19937 random(seed);
      std::vector<size_t> order(records.size());
      for (size_t i = 0; i < order.size(); ++i) order[i] = i;
      if (seed)
        for (int n = 0; n < 6; ++n)
          std::swap(order[random() % order.size()], order[random() % order.size()]);
      {
        Ledger ledger(store.where, Ledger::write);
        for (size_t i = 0; i < order.size(); ++i) {
          ledger.add(records[order[i]]);
          if (i % 9 != 8) continue;
          const Settled done = settle(ledger);
          by_the_day += done.opened < ledger.articles();
          if (kind == "sqlite") {
            EXPECT_EQ(damages(ledger), std::vector<std::string>()) << seed;
          }
          EXPECT_EQ(settled_until(ledger.database()).open, 0);
          EXPECT_EQ(settle(ledger).opened, 0) << "nothing is open";
        }
        settle(ledger);
      }
      const std::string by_day = digest_at(store.where);
      if (at_once.empty()) {
        Ledger ledger(store.where, Ledger::write);
        settle(ledger, true);
        at_once = digest_of(digests(ledger.database()));
      }
      EXPECT_EQ(by_day, at_once) << "seed " << seed << kind;
    }
  EXPECT_GT(by_the_day, 6);
}

TEST(Settle, SaysHowFarItIs) {
  test::Folder f;
  const std::string where = f.file("l.ledger");
  {
    Ledger ledger(where, Ledger::write);
    for (const Record& r : kin())
      if (r.article.published < "2031-05-15") ledger.add(r);
    EXPECT_EQ(settled_until(ledger.database()).day, "");
    settle(ledger);
    EXPECT_EQ(settled_until(ledger.database()).day, "2031-05-14");
    for (const Record& r : kin())
      if (r.article.id == "t4" || r.article.id == "t5") ledger.add(r);
    EXPECT_EQ(settled_until(ledger.database()).day, "2031-05-14");
    EXPECT_EQ(settled_until(ledger.database()).open, 2);
    // What a person says of somebody holds on every day.
    Ledger other(f.file("other"), Ledger::write);
    for (const Record& r : kin()) other.add(r);
    settle(other);
    other.learned().set({"Ivar Holt", "ISL", "GOV", "", "", "", 0, "set by hand", "hand"});
    EXPECT_EQ(settled_until(other.database()).day, "");
    EXPECT_EQ(settle(other).opened, other.articles());
  }
  EXPECT_NE(test::program("doctor --ledger " + where).out.find("settled until 2031-05-14, 2 came"),
            std::string::npos);
  const std::string said = test::program("settle --ledger " + where).out;
  EXPECT_NE(said.find("opened from 2031-05-15 on: 2 settled"), std::string::npos) << said;
  EXPECT_NE(test::program("settle --ledger " + where).out.find("nothing was open"),
            std::string::npos);
  EXPECT_NE(test::program("settle --all --ledger " + where).out.find("every day was opened"),
            std::string::npos);
}

// One text under several days and addresses.
std::vector<Record> reports_of_one(const std::vector<std::pair<int, std::string>>& places) {
  std::vector<Record> out;
  for (const auto& [day, url] : places) {
    test::HandMade made("w");
    made.r.article.id = "w" + std::to_string(out.size());
    made.r.article.published = "2031-05-" + std::to_string(day);
    made.r.article.url = url.empty() ? "" : "https://" + url + ".example/w";
    out.push_back(made.r);
  }
  return out;
}

TEST(Sightings, AChainOfReportsIsOneArticleInAnyOrder) {
  // By address, by day, by address again; and one that is none of them.
  const std::vector<Record> records =
      reports_of_one({{14, "one"}, {15, "one"}, {15, "two"}, {16, "two"}, {18, "six"}});
  for (const std::string& kind : test::stores()) {
    std::set<std::string> settled;
    std::vector<size_t> order = {0, 1, 2, 3, 4};
    int tried = 0;
    do {
      // A fifth of all orders, fewer on a server: each is a ledger of its own.
      if (tried++ % (kind == "postgres" ? 40 : 5)) continue;
      test::Store store(kind);
      Ledger ledger(store.where, Ledger::write);
      for (size_t i : order) ledger.add(records[i]);
      for (size_t i : order) EXPECT_EQ(ledger.add(records[i]), Ledger::Added::known);
      settle(ledger);
      settled.insert(digest_of(digests(ledger.database())));
      EXPECT_EQ(ledger.articles(), 2);
      EXPECT_EQ(ledger.record(1)->article.id, "w0");
      for (const Record& r : records) {
        EXPECT_TRUE(ledger.has_url(r.article.url)) << "not to be fetched again";
        EXPECT_EQ(ledger.add(r), Ledger::Added::known);
      }
      EXPECT_EQ(settle(ledger).changed, 0);
      if (tried == 1) {
        EXPECT_EQ(damages(ledger), std::vector<std::string>());
      }
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(settled.size(), 1u) << kind;
  }
}

TEST(Sightings, WhatPeoplePutRightStaysWithItsArticle) {
  const std::vector<Record> records = reports_of_one({{14, "one"}, {13, "one"}, {13, "two"}});
  for (const std::string& kind : test::stores()) {
    test::Store store(kind), other(kind);
    Ledger ledger(store.where, Ledger::write);
    ledger.add(records[0]);
    const int64_t entry = ledger.amend({.act = "edit",
                                        .article = 1,
                                        .item = "s1",
                                        .value = {{"force", {"denied"}}},
                                        .author = "Ana Ruiz",
                                        .reason = "she denied it"});
    EXPECT_EQ(ledger.statements({.force = "denied"}).rows.size(), 1u);
    // An earlier report of it takes its place.
    ledger.add(records[1]);
    EXPECT_EQ(settle(ledger).changed, 1);
    EXPECT_EQ(ledger.record(1)->article.id, "w1");
    EXPECT_EQ(ledger.record(1)->statements[0].force, "denied");
    EXPECT_EQ(ledger.statements({.force = "denied"}).rows.size(), 1u);
    EXPECT_EQ(ledger.corrections(1).at(0).state, "stands");
    EXPECT_EQ(damages(ledger), std::vector<std::string>());
    // The list as it was written holds in a ledger that never kept the later report.
    std::vector<Correction> list;
    for (const StandingCorrection& c : ledger.corrections()) list.push_back(c.entry);
    Ledger second(other.where, Ledger::write);
    for (size_t i : {1, 2, 0}) second.add(records[i]);
    second.take_corrections(list);
    settle(second);
    EXPECT_EQ(second.statements({.force = "denied"}).rows.size(), 1u);
    EXPECT_EQ(damages(second), std::vector<std::string>());
    // What was put right is undone, and the article deleted, under its name of today.
    ledger.amend({.act = "undo", .undoes = entry, .author = "Ana Ruiz", .reason = "she did not"});
    EXPECT_EQ(ledger.statements({.force = "denied"}).rows.size(), 0u);
    const int64_t gone =
        ledger.amend({.act = "delete", .article = 1, .author = "Ana Ruiz", .reason = "a draft"});
    for (const Record& r : records) EXPECT_EQ(ledger.add(r), Ledger::Added::known);
    EXPECT_EQ(ledger.articles(), 0);
    ledger.amend({.act = "undo", .undoes = gone, .author = "Ana Ruiz", .reason = "no draft"});
    EXPECT_EQ(ledger.articles(), 1);
    EXPECT_EQ(ledger.record(1)->article.id, "w1");
  }
}

TEST(Sightings, OfOneThatWasDeletedAreRememberedToo) {
  const std::vector<Record> records = reports_of_one({{14, "one"}, {13, "one"}, {13, "two"}});
  const Amendment deletes{.act = "delete", .article = 1, .author = "Ana Ruiz", .reason = "a draft"};
  std::set<std::string> settled;
  for (bool before : {false, true}) {
    test::Folder f;
    Ledger ledger(f.file("l"), Ledger::write);
    ledger.add(records[0]);
    const int64_t gone = before ? ledger.amend(deletes) : 0;
    ledger.add(records[1]), ledger.add(records[2]);
    const int64_t undone = before ? gone : ledger.amend(deletes);
    ledger.amend({.act = "undo", .undoes = undone, .author = "Ana Ruiz", .reason = "no draft"});
    settle(ledger);
    EXPECT_EQ(ledger.record(1)->article.id, "w1");
    settled.insert(digest_of(digests(ledger.database())));
  }
  EXPECT_EQ(settled.size(), 1u);
}

TEST(Sightings, WhatPeoplePutRightOfOneThatGoesIsKeptByTheOneThatStays) {
  const std::vector<Record> records = reports_of_one({{14, "one"}, {15, "two"}, {15, "one"}});
  test::Folder f;
  Ledger ledger(f.file("l"), Ledger::write);
  ledger.add(records[0]);
  ledger.add(records[1]);
  ASSERT_EQ(ledger.articles(), 2);
  ledger.amend({.act = "reject",
                .article = 2,
                .item = "p1",
                .author = "Ana Ruiz",
                .reason = "nobody rejects it"});
  EXPECT_EQ(ledger.positions({}).rows.size(), 1u);
  ledger.add(records[2]);
  settle(ledger);
  EXPECT_EQ(ledger.articles(), 1);
  EXPECT_EQ(ledger.positions({}).rows.size(), 0u);
  EXPECT_EQ(ledger.corrections(1).at(0).state, "stands");
  EXPECT_EQ(damages(ledger), std::vector<std::string>());
}

TEST(Settle, WhoIsAddedByAPersonIsLearntAsIfRead) {
  test::Folder f;
  Ledger ledger(f.file("l"), Ledger::write);
  ledger.add(test::HandMade("one", " Mette Holm of Denmark was there.").r);
  settle(ledger);
  ledger.amend({.act = "add",
                .article = 1,
                .item = "event",
                .value = {{"words", {"Mette Holm of Denmark was there"}},
                          {"source", {"Mette Holm/person/DNK"}},
                          {"type", {"CONSULT"}},
                          {"status", {"occurred"}}},
                .author = "Ana Ruiz",
                .reason = "she was there"});
  EXPECT_EQ(ledger.learned().readings("Mette Holm").size(), 1u);
  EXPECT_EQ(damages(ledger), std::vector<std::string>());
  const std::string before = digest_of(digests(ledger.database()));
  settle(ledger, true);
  EXPECT_EQ(digest_of(digests(ledger.database())), before);
}

TEST(Settle, NobodyWhoIsToldOfNewsMissesAny) {
  test::Folder f;
  Ledger ledger(f.file("l"), Ledger::write);
  std::vector<Record> records = fortnight();
  std::erase_if(records, [](const Record& r) { return r.article.published.empty(); });
  for (size_t i = 5; i < 20; ++i) ledger.add(records[i]);
  settle(ledger);
  SavedQuestions saved(ledger.database());
  saved.put({"all", "articles", {}, ledger.articles()});
  // Of earlier days than those that he was told of.
  for (size_t i = 0; i < 3; ++i) ledger.add(records[i]);
  settle(ledger);
  const int64_t told = saved.find("all")->told;
  std::set<std::string> news;
  for (int64_t n = told + 1; n <= ledger.articles(); ++n) news.insert(ledger.record(n)->article.id);
  for (size_t i = 0; i < 3; ++i) EXPECT_TRUE(news.count(records[i].article.id)) << i;
}

}  // namespace
}  // namespace chancery
