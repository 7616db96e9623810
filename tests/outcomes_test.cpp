// What became of plans, and whether a first is one, over records that are made by hand.
#include <gtest/gtest.h>

#include "ledger/ledger.h"
#include "reported.h"
#include "support.h"

namespace chancery {
namespace {

using test::span_of;

// An act of Norway and Sweden as a report tells it.
struct Act {
  std::string reported, type, status, day, words, cameo = "";
};

class Outcomes : public testing::TestWithParam<std::string> {
 protected:
  Outcomes() : store(GetParam()), ledger(store.where, Ledger::write) {}

  // Each a report of its own, called by its number from 1.
  Record report(const std::string& day, const std::string& text) {
    ++reports;
    Record r = test::reported(
        reports, day, "Norway and Sweden, report " + std::to_string(reports) + ": " + text + ".");
    test::add_actor(r, "Norway", "Norway", "place", "NOR");
    test::add_actor(r, "Sweden", "Sweden", "place", "SWE");
    return r;
  }
  static Event event(const Record& r, const Act& a) {
    Event e;
    e.id = "v" + std::to_string(r.events.size() + 1);
    e.type = a.type;
    e.status = a.status;
    e.cameo = a.cameo;
    e.source = {0};
    e.target = {1};
    e.span = e.trigger = span_of(r, a.words);
    e.when = When(a.day);
    e.confidence = 0.9;
    return e;
  }
  void told(const Act& a) {
    Record r = report(a.reported, a.words);
    r.events.push_back(event(r, a));
    ledger.add(r);
  }
  // What became of the plan of the first report.
  std::string became() {
    for (const auto& row : ledger.calendar({}).rows)
      if (row[7] == "planned" && row[10] == "1") return row[8];
    return "no plan";
  }
  // A claim of report and day that Norway does something for the first time since then.
  void claimed(const std::string& day, const std::string& what, const std::string& since) {
    Record r = report(day, what);
    Novelty n;
    n.id = "n1";
    n.span = span_of(r, what);
    n.claim = "first";
    n.what = what;
    n.since = When(since);
    n.by = 0;
    r.novelty.push_back(n);
    ledger.add(r);
  }
  std::string verdict() {
    const Answer a = ledger.novelty({});
    return a.rows.empty() ? "no claim" : a.rows[0][6];
  }

  test::Store store;
  Ledger ledger;
  int reports = 0;
};
INSTANTIATE_TEST_SUITE_P(Ledger, Outcomes, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

const Act kPlan = {"2031-05-10", "CONSULT", "planned", "2031-05-20", "will meet"};

TEST_P(Outcomes, AMeetingOnTheDayOrUpToTwoLaterWasThePlan) {
  told(kPlan);
  EXPECT_EQ(became(), "");
  told({"2031-05-24", "CONSULT", "occurred", "2031-05-23", "met late"});
  told({"2031-05-24", "CONSULT", "occurred", "2031-05-19", "met early"});
  EXPECT_EQ(became(), "") << "neither three days behind nor one before";
  told({"2031-05-25", "CONSULT", "occurred", "2031-05-22", "met in Olm"});
  EXPECT_EQ(became(), "held (4)");
}

TEST_P(Outcomes, AMeetingWithoutADayWasOnThatOfItsReport) {
  told(kPlan);
  told({"2031-05-21", "CONSULT", "occurred", "", "met in Olm"});
  EXPECT_EQ(became(), "held (2)");
}

TEST_P(Outcomes, ADeniedMeetingIsCalledOffOrPostponed) {
  told(kPlan);
  told({"2031-05-12", "CONSULT", "denied", "2031-05-20", "will not meet"});
  EXPECT_EQ(became(), "called off (2)");
}

TEST_P(Outcomes, ARefusalToMeetCallsItOffAndNoOther) {
  told(kPlan);
  told({"2031-05-11", "REJECT", "occurred", "2031-05-11", "refused to sell fish", "124"});
  EXPECT_EQ(became(), "");
  told({"2031-05-12", "REJECT", "occurred", "2031-05-12", "refused to come", "125"});
  EXPECT_EQ(became(), "called off (3)");
}

TEST_P(Outcomes, WhatIsPutOffIsPostponed) {
  told(kPlan);
  told({"2031-05-12", "CONSULT", "denied", "2031-05-20", "postponed their meeting"});
  EXPECT_EQ(became(), "postponed (2)");
}

TEST_P(Outcomes, WhatWasRefusedBeforeThePlanSaysNothingOfIt) {
  told(kPlan);
  told({"2031-05-09", "CONSULT", "denied", "2031-05-20", "will not meet"});
  EXPECT_EQ(became(), "");
}

TEST_P(Outcomes, ALaterPlanOfALaterDayMovesIt) {
  told(kPlan);
  told({"2031-05-12", "CONSULT", "planned", "2031-05-28", "will meet later"});
  EXPECT_EQ(became(), "moved to Wed 28 May 2031 (2)");
  told({"2031-05-29", "CONSULT", "occurred", "2031-05-20", "met after all"});
  EXPECT_EQ(became(), "held (3)") << "what was held was not moved";
}

TEST_P(Outcomes, AnEarlierPlanMovesNothing) {
  told(kPlan);
  told({"2031-05-09", "CONSULT", "planned", "2031-05-28", "will meet later"});
  told({"2031-05-12", "CONSULT", "planned", "2031-05-15", "will meet sooner"});
  told({"2031-05-13", "COOPERATE", "planned", "2031-05-28", "will trade"});
  EXPECT_EQ(became(), "");
}

const std::string kVisit = "visit of the queen to the harbour of Olm";

TEST_P(Outcomes, AFirstIsContradictedByTheSameBefore) {
  told({"2029-03-02", "CONSULT", "occurred", "2029-03-01", kVisit});
  claimed("2031-05-14", kVisit, "2028");
  EXPECT_EQ(verdict(), "contradicted: Thu 1 Mar 2029 (1)");
}

TEST_P(Outcomes, WhatWasBeforeItsSinceContradictsNothing) {
  told({"2029-03-02", "CONSULT", "occurred", "2029-03-01", kVisit});
  claimed("2031-05-14", kVisit, "2029");
  EXPECT_EQ(verdict(), "agrees: nothing like it since 2029");
}

TEST_P(Outcomes, ALedgerThatBeginsLaterCannotTell) {
  told({"2029-03-02", "CONSULT", "occurred", "2029-03-01", "talks of fish"});
  claimed("2031-05-14", kVisit, "2027");
  EXPECT_EQ(verdict(), "the ledger begins Fri 2 Mar 2029: not far enough back to tell");
}

TEST_P(Outcomes, ThreeInFourOfTheWordsMustBeTheSame) {
  // visit, queen, harbour, olm
  told(
      {"2029-03-02", "CONSULT", "occurred", "2029-03-01", "visit of the queen to the town of Ulv"});
  claimed("2031-05-14", kVisit, "2030");
  EXPECT_EQ(verdict(), "agrees: nothing like it since 2030");
  told(
      {"2031-02-02", "CONSULT", "occurred", "2031-02-01", "visit to the harbour of Ulv and ships"});
  EXPECT_EQ(verdict(), "agrees: nothing like it since 2030");
  told({"2031-03-02", "CONSULT", "occurred", "2031-03-01",
        "visit of a queen to the harbour of Ulv"});
  EXPECT_EQ(verdict(), "contradicted: Sat 1 Mar 2031 (4)");
}

}  // namespace
}  // namespace chancery
