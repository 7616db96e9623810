// Changes of position, over records that are made by hand: which stand is held against which, and
// what is said of the two.
#include <gtest/gtest.h>

#include "base/error.h"
#include "ledger/ledger.h"
#include "reported.h"
#include "support.h"

namespace chancery {
namespace {

using test::span_of;

// What somebody stands for: Tora Solheim of Norway, toward Iceland unless another is named.
struct Stance {
  std::string day, stance, content, condition, toward = "Iceland", issue = "fishing";
  std::string when = "";  // of the statement that told it
};

class Changes : public testing::TestWithParam<std::string> {
 protected:
  Changes() : store(GetParam()), ledger(store.where, Ledger::write) {}

  // Each a report of its own, called by its number from 1.
  void told(const std::vector<Stance>& all) {
    for (const Stance& s : all) told(s);
  }
  void told(const Stance& s) {
    ++reports;
    Record r = test::reported(reports, s.day,
                              "In report " + std::to_string(reports) + " Solheim speaks of " +
                                  s.toward + ": " + s.content + ". " + s.condition);
    test::add_actor(r, "Tora Solheim", "Solheim", "person", "NOR");
    if (!s.toward.empty())
      test::add_actor(r, s.toward, s.toward, "place", s.toward == "Iceland" ? "ISL" : "DNK");
    Position p;
    p.id = "p1";
    p.holder = 0;
    if (!s.toward.empty()) p.toward = {1};
    p.stance = s.stance;
    p.topic = p.issue = s.issue;
    p.content = {span_of(r, s.content)};
    if (!s.condition.empty()) p.condition = {span_of(r, s.condition)};
    p.confidence = 0.9;
    if (!s.when.empty()) {
      p.said_in = 0;
      Statement said;
      said.id = "s1";
      said.speaker = 0;
      said.quote = "indirect";
      said.force = "asserted";
      said.cue = {span_of(r, "speaks")};
      said.when = When(s.when);
      said.content = p.content;
      said.confidence = 0.9;
      r.statements.push_back(said);
    }
    r.positions.push_back(p);
    ledger.add(r);
  }
  // "hardened 1 2": what changed, in which report it was otherwise, in which it is so.
  std::vector<std::string> changes(const Question& q = {}) {
    std::vector<std::string> out;
    for (const auto& row : ledger.changes(q).rows)
      out.push_back(row[3] + " " + row[7] + (row[7].empty() ? "" : " ") + row[9]);
    return out;
  }

  test::Store store;
  Ledger ledger;
  int reports = 0;
};
INSTANTIATE_TEST_SUITE_P(Ledger, Changes, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

using Lines = std::vector<std::string>;
const std::string kQuota = "the quota of cod", kFleet = "if the fleet stays at sea",
                  kWinter = "once the winter is over";

TEST_P(Changes, AStandIsHarderTheNearerItIsToARefusal) {
  const std::vector<std::vector<std::string>> steps = {{"accepts", "supports"},
                                                       {"offers", "proposes"},
                                                       {"demands", "warns"},
                                                       {"opposes", "rejects"}};
  int day = 1;
  for (size_t a = 0; a < steps.size(); ++a)
    for (size_t b = 0; b < steps.size(); ++b)
      for (size_t i = 0; i < 2; ++i) {
        // An issue of its own for each pair.
        const std::string issue = "issue " + std::to_string(++day);
        told({{"2031-01-10", steps[a][i], kQuota, "", "Iceland", issue},
              {"2031-02-10", steps[b][1 - i], kQuota, "", "Iceland", issue}});
        Question q;
        q.topic = issue;
        const std::string pair = " " + std::to_string(reports - 1) + " " + std::to_string(reports);
        const Lines expected = b > a   ? Lines{"hardened" + pair}
                               : b < a ? Lines{"softened" + pair}
                                       : Lines{};
        EXPECT_EQ(changes(q), expected) << steps[a][i] << " " << steps[b][1 - i];
      }
}

TEST_P(Changes, AConditionIsAddedChangedOrDropped) {
  told({{"2031-01-10", "offers", kQuota, ""},
        {"2031-02-10", "offers", kQuota, kFleet},
        {"2031-03-10", "offers", kQuota, "if the fleets stay at sea again"},
        {"2031-04-10", "offers", kQuota, kWinter},
        {"2031-05-10", "offers", kQuota, ""}});
  EXPECT_EQ(changes(),
            (Lines{"condition added 1 2", "condition changed 3 4", "condition dropped 4 5"}));
}

TEST_P(Changes, TheNewestStandOfAnotherDayIsTheOneBefore) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-02-10", "accepts", kQuota, ""},
        {"2031-03-10", "accepts", kQuota, ""},
        {"2031-03-10", "rejects", kQuota, ""},
        {"2031-04-10", "rejects", kQuota, ""}});
  // Of two of one day neither is before the other; what was so on that day is no change.
  EXPECT_EQ(changes(), (Lines{"softened 1 2", "hardened 2 4"}));
}

TEST_P(Changes, OnlyAStandTowardTheSameOtherIsHeldAgainstIt) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-02-10", "accepts", kQuota, "", "Denmark"},
        {"2031-03-10", "offers", kQuota, ""}});
  EXPECT_EQ(changes(), Lines{"softened 1 3"});
  told({"2031-04-10", "demands", kQuota, "", ""});
  EXPECT_EQ(changes(), (Lines{"softened 1 3", "hardened 3 4"})) << "toward nobody is toward all";
}

TEST_P(Changes, OfAnotherIssueThereIsNoBefore) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-02-10", "accepts", kQuota, "", "Iceland", "shipping"}});
  EXPECT_EQ(changes(), Lines());
}

TEST_P(Changes, WhoSpokeOnTwoDaysBeforeTakesUpAnIssueForTheFirstTime) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-01-11", "rejects", kQuota, ""},
        {"2031-02-10", "accepts", kQuota, "", "Iceland", "shipping"},
        {"2031-02-11", "accepts", kQuota, "", "Iceland", "shipping"}});
  EXPECT_EQ(changes(), Lines{"first mention 3"});
}

TEST_P(Changes, APeriodIsHeldAgainstWhatWasBeforeIt) {
  told({{"2031-01-10", "rejects", kQuota, ""}, {"2031-02-10", "accepts", kQuota, ""}});
  Question q;
  q.from = "2031-02-01";
  EXPECT_EQ(changes(q), Lines{"softened 1 2"});
  q.until = "2031-02-09";
  EXPECT_EQ(changes(q), Lines());
}

TEST_P(Changes, WhatAFilterLeavesOutWasSaidAllTheSame) {
  told({{"2031-01-10", "rejects", "the herring", ""},
        {"2031-02-10", "accepts", "the mackerel", ""},
        {"2031-03-10", "rejects", "the herring", ""},
        {"2031-04-10", "rejects", "the mackerel", ""}});
  Question q;
  q.text = "herring";
  EXPECT_EQ(changes(q), Lines{"hardened 2 3"});
  q.text = "mackerel";
  EXPECT_EQ(changes(q), Lines{"softened 1 2"}) << "in between he has gone back to the first";
}

TEST_P(Changes, WhoeverWasAddressedInBetweenTheOneBeforeIsFound) {
  told({"2031-01-10", "rejects", kQuota, ""});
  for (int day = 10; day < 29; ++day)
    told({"2031-02-" + std::to_string(day), "accepts", kQuota, "", "Denmark"});
  told({"2031-03-10", "offers", kQuota, ""});
  Question q;
  q.from = "2031-03-01";
  EXPECT_EQ(changes(q), Lines{"softened 1 21"});
}

TEST_P(Changes, AStandOfSeveralDaysIsBeforeWhatFollowsItsLast) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-03-10", "demands", kQuota, "", "Iceland", "fishing", "2031-02"},
        {"2031-02-20", "accepts", kQuota, ""},
        {"2031-03-12", "accepts", kQuota, ""}});
  EXPECT_EQ(changes(), (Lines{"softened 1 2", "softened 1 3"}));
  Question q;
  q.from = "2031-03-11";
  EXPECT_EQ(changes(q), Lines()) << "the newest is that of 20 February";
}

TEST_P(Changes, WhatCannotBeDatedWasHeldWhenItWasTold) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-02-10", "demands", kQuota, "", "Iceland", "fishing", "PAST_REF"},
        {"2031-03-10", "accepts", kQuota, ""}});
  EXPECT_EQ(changes(), (Lines{"softened 1 2", "softened 2 3"}));
  Question q;
  q.from = "2031-03-01";
  EXPECT_EQ(changes(q), Lines{"softened 2 3"});
}

TEST_P(Changes, OfAnIssueTakenUpTwiceOnADayTheFirstIsTheFirst) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-01-11", "rejects", kQuota, ""},
        {"2031-02-10", "accepts", "the ferry", "", "Iceland", "shipping"},
        {"2031-02-10", "accepts", "the harbour", "", "Iceland", "shipping"}});
  EXPECT_EQ(changes(), Lines{"first mention 3"});
  Question q;
  q.text = "harbour";
  EXPECT_EQ(changes(q), Lines());
}

TEST_P(Changes, BothStandsAreToldInTheirWords) {
  told({{"2031-01-10", "rejects", kQuota, ""}, {"2031-02-10", "accepts", kQuota, kFleet}});
  const Answer a = ledger.changes({});
  ASSERT_EQ(a.rows.size(), 1u);
  EXPECT_EQ(a.rows[0][2], "Tora Solheim");
  EXPECT_EQ(a.rows[0][4], "fishing");
  EXPECT_EQ(a.rows[0][5], "rejects (to Iceland): the quota of cod");
  EXPECT_EQ(a.rows[0][6], "2031-01-10");
  EXPECT_EQ(a.rows[0][8],
            "accepts (to Iceland): the quota of cod, on the condition “if the fleet stays at sea”");
}

TEST_P(Changes, PagesFollowEachOther) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-02-10", "accepts", kQuota, ""},
        {"2031-03-10", "rejects", kQuota, ""},
        {"2031-04-10", "offers", kQuota, ""}});
  Question q;
  q.limit = 2;
  EXPECT_EQ(changes(q), (Lines{"softened 1 2", "hardened 2 3"}));
  q.after = ledger.changes(q).next;
  EXPECT_EQ(changes(q), Lines{"softened 3 4"});
  EXPECT_EQ(ledger.changes(q).next, "");
  q.after = "2031-02-10|99";
  EXPECT_THROW(ledger.changes(q), UsageError);
}

TEST_P(Changes, WhatIsNewIsOnlyThatOfNewArticles) {
  told({{"2031-01-10", "rejects", kQuota, ""},
        {"2031-02-10", "accepts", kQuota, ""},
        {"2031-03-10", "rejects", kQuota, ""}});
  Question q;
  q.behind_article = 2;
  EXPECT_EQ(changes(q), Lines{"hardened 2 3"});
}

}  // namespace
}  // namespace chancery
