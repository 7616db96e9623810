// What keeps a ledger small: what can be told from elsewhere is not kept a second time, and is read
// like everything else.
#include <gtest/gtest.h>

#include "kin.h"
#include "ledger/ledger.h"
#include "ledger/parts.h"
#include "ledger/story_profile.h"
#include "ledger/usual.h"
#include "support.h"

namespace chancery {
namespace {

struct Filled {
  test::Store store{"sqlite"};
  Ledger ledger{store.where, Ledger::write};
  Filled() {
    for (const Record& r : test::kin()) ledger.add(r);
  }
  int64_t count(const std::string& sql) {
    Query q(ledger.database(), "SELECT count(*) FROM " + sql);
    q.step();
    return q.integer(0);
  }
};

TEST(LedgerSize, WhatMostItemsHaveIsNotKept) {
  Filled f;
  for (const char* item : {"statement", "event", "position", "novelty"}) {
    const std::string table = item;
    EXPECT_GT(f.count(table + " WHERE last = day AND kept_last IS NULL"), 0) << item;
    EXPECT_GT(f.count(table + " WHERE precision = 'report' AND kept_precision IS NULL"), 0) << item;
    EXPECT_EQ(f.count(table + " WHERE kept_last = day OR kept_precision = 'report' OR (precision = "
                              "'day' AND kept_moment = day)"),
              0)
        << item;
  }
  EXPECT_GT(f.count("event WHERE last > day"), 0);
  EXPECT_GT(f.count("statement WHERE moment = day"), 0);
  EXPECT_GT(f.count("statement WHERE force = 'asserted' AND quote = 'indirect'"), 0);
  EXPECT_EQ(f.count("statement WHERE kept_force = 'asserted' OR kept_quote = 'indirect'"), 0);
  EXPECT_GT(f.count("event WHERE status = 'occurred' AND kept_status IS NULL"), 0);
}

TEST(LedgerSize, AKindOfActorIsKeptByItsPlaceInTheList) {
  Filled f;
  EXPECT_EQ(f.count("pragma_table_info('who') WHERE name = 'kind'"), 0);
  EXPECT_EQ(f.count("who WHERE kind = ''"), 0);
  EXPECT_GT(f.count("actors WHERE kind = 'person'"), 0);
  EXPECT_GT(f.count("actors WHERE kind = 'state' AND name = 'NOR'"), 0);
  EXPECT_EQ(of_list("c", std::vector<std::string_view>{"a", "b"}),
            "c_number INTEGER NOT NULL, c TEXT NOT NULL GENERATED ALWAYS AS (CASE c_number WHEN 0 "
            "THEN 'a' WHEN 1 THEN 'b' ELSE '' END) VIRTUAL");
  EXPECT_EQ(place_in(std::vector<std::string_view>{"a", "b"}, "b"), 1);
  EXPECT_EQ(place_in(std::vector<std::string_view>{"a", "b"}, "c"), -1);
}

TEST(LedgerSize, AnActHasTheWordsOfItsFirstTelling) {
  Filled f;
  EXPECT_EQ(f.count("pragma_table_info('happening') WHERE type = 'TEXT' AND name <> 'event'"), 0);
  EXPECT_GT(f.count("acts"), 0);
  EXPECT_EQ(f.count("acts t JOIN events e ON e.article = t.article AND e.id = t.id WHERE e.words "
                    "<> t.words OR t.from_day IS NOT coalesce(e.from_day, e.published)"),
            0);
}

// SQLite ends each entry of an index with the row's number.
TEST(LedgerSize, NoIndexHoldsTheNumberOfItsRowTwice) {
  Filled f;
  EXPECT_EQ(f.count("sqlite_master WHERE type = 'index' AND sql LIKE '%, number)%'"), 0);
  EXPECT_EQ(f.count("sqlite_master WHERE name = 'event_day' AND sql LIKE '%event(day)%'"), 1);
}

TEST(LedgerSize, DaysAreShortNumbersInTheirOrder) {
  Filled f;
  const std::vector<std::string> days = {"",           "0001-01-01", "1949-12-31", "1950-01-01",
                                         "1999-12-31", "2000-02-29", "2031-05-13", "9999-12-31"};
  for (size_t i = 0; i < days.size(); ++i) {
    const int64_t code = day_code(days[i]);
    EXPECT_TRUE(i == 0 || code > day_code(days[i - 1])) << days[i];
    const std::string n = "(" + std::to_string(code) + ")";
    Query q(f.ledger.database(), "SELECT coalesce(" + day_words(n) + ", ''), " +
                                     day_code_of("'" + days[i] + "'") + ", " + is_dated(n) + ", " +
                                     is_undated(n));
    ASSERT_TRUE(q.step());
    EXPECT_EQ(q.text(0), days[i]);
    EXPECT_EQ(q.integer(1), code) << days[i];
    EXPECT_EQ(q.integer(2), !days[i].empty());
    EXPECT_EQ(q.integer(3), days[i].empty());
  }
  EXPECT_LT(day_code("2037-12-31"), 32768);
  EXPECT_EQ(day_code("2031-05"), day_code(""));
}

TEST(LedgerSize, AStorylineSaysNoWordTwice) {
  StoryText text;
  text.actors = {{"NOR", "Norway"}, {"un", "UN"}};
  text.words = {{"trawler", "trawlers"}, {"quota", "quota"}, {"policy", "policies"}};
  text.names = {"solheim"};
  StoryProfile profile;
  profile.add(text);
  profile.add(text);
  const std::string column = profile.column();
  EXPECT_EQ(
      column,
      "2\nNOR\tNorway\t2\nun\tUN\t2\n\npolicy\tpolicies\t2\nquota\t=\t2\nsolheim\t\t2\ntrawler"
      "\t=s\t2");
  const StoryProfile again = StoryProfile::parse(column);
  EXPECT_EQ(again.column(), column);
  EXPECT_EQ(again.articles(), 2u);
  EXPECT_EQ(again.title(), profile.title());
  for (const std::string& key : text.keys()) EXPECT_EQ(again.share_of(hash64(key)), 1) << key;
  EXPECT_EQ(StoryProfile::parse("").column(), StoryProfile().column());
}

}  // namespace
}  // namespace chancery
