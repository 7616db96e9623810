// Days that texts set, put right by people: taken out, told otherwise, confirmed; as a person, a
// program and a reading anew meet them. Records are made by hand.
#include <gtest/gtest.h>

#include "base/error.h"
#include "ledger/correction_answer.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "reported.h"
#include "serve/row_evidence.h"
#include "support.h"

namespace chancery {
namespace {

// "Iceland": a vote on the herring law on 3 June, set by its parliament.
Record report(const std::string& id_of_time = "t1") {
  Record r = test::reported(1, "2031-05-14",
                            "Iceland votes on the herring law on 3 June in Akureyri. Norway and "
                            "Iceland sat on 12 May.");
  test::add_actor(r, "Iceland", "Iceland", "place", "ISL");
  test::add_actor(r, "Norway", "Norway", "place", "NOR");
  test::add_actor(r, "Akureyri", "Akureyri", "place", "ISL");
  r.times.push_back(test::vote(r, id_of_time, "3 June", "votes on the herring law on 3 June"));
  TimeExpression plain;
  plain.id = id_of_time == "t1" ? "t2" : "t1";
  plain.type = "DATE";
  plain.span = test::span_of(r, "12 May");
  plain.when = When("2031-05-12");
  r.times.push_back(plain);
  return r;
}

class SetDays : public testing::TestWithParam<std::string> {
 protected:
  SetDays() : store(GetParam()), ledger(store.where, Ledger::write) {
    ledger.codes(codes_of(*test::resources()));
    ledger.add(report());
  }
  int64_t amend(const std::string& act, const Fields& value = {}, const std::string& item = "t1") {
    Amendment a;
    a.act = act;
    a.article = 1;
    a.item = item;
    a.value = value;
    a.author = "Ana Ruiz";
    a.reason = "read again";
    return ledger.amend(a);
  }
  void undo(int64_t number) {
    Amendment a;
    a.act = "undo";
    a.undoes = number;
    a.author = "Ben Okoro";
    a.reason = "right after all";
    ledger.amend(a);
  }
  // Rows of the calendar: day, who, what, status, place.
  std::vector<std::string> calendar() {
    std::vector<std::string> out;
    for (const auto& row : ledger.calendar({}).rows)
      out.push_back(row[1] + " " + row[2] + " " + row[3] + " " + row[7] + " " + row[6]);
    return out;
  }
  void expect_derived() {
    const auto now = calendar();
    ledger.rebuild();
    EXPECT_EQ(calendar(), now);
  }
  const StandingCorrection entry(int64_t number) {
    for (const StandingCorrection& c : ledger.corrections())
      if (c.entry.number == number) return c;
    return {};
  }

  using Rows = std::vector<std::string>;
  test::Store store;
  Ledger ledger;
};
INSTANTIATE_TEST_SUITE_P(Ledger, SetDays, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

const std::string kVote = "2031-06-03 Iceland vote planned ";

TEST_P(SetDays, AreTakenOutAndComeBack) {
  ASSERT_EQ(calendar(), Rows{kVote});
  const int64_t number = amend("reject");
  EXPECT_EQ(calendar(), Rows{});
  expect_derived();
  // The time of the text stays, and nothing is set for it.
  const Record r = *ledger.record(1);
  ASSERT_EQ(r.times.size(), 2u);
  EXPECT_EQ(r.times[0].when.value(), "2031-06-03");
  EXPECT_EQ(to_json(r).find("herring law on 3 June\",\"who"), std::string::npos);
  EXPECT_TRUE(r.times[0].occasion.empty() && r.times[0].who.empty() && r.times[0].words.empty());
  EXPECT_EQ(corrected_words(entry(number).entry), "votes on the herring law on 3 June");
  EXPECT_EQ(entry(number).entry.kind, "occasion");
  EXPECT_THROW(amend("edit", {{"status", {"denied"}}}), UsageError) << "it was taken out";
  undo(number);
  EXPECT_EQ(calendar(), Rows{kVote});
}

TEST_P(SetDays, AreToldOtherwise) {
  const int64_t number = amend("edit", {{"occasion", {"debate"}},
                                        {"status", {"occurred"}},
                                        {"when", {"2031-06-10T09:00"}},
                                        {"who", {"Norway"}},
                                        {"where", {"Akureyri"}}});
  EXPECT_EQ(calendar(), Rows{"2031-06-10 Norway debate occurred Akureyri"});
  expect_derived();
  EXPECT_EQ(ledger.record(1)->times[0].type, "TIME");
  EXPECT_NE(ledger.record(1)->times[0].explain.find("put right by Ana Ruiz"), std::string::npos);
  EXPECT_NE(correction_change(entry(number).entry).find("occasion: vote → debate"),
            std::string::npos);
  undo(number);
  EXPECT_EQ(calendar(), Rows{kVote});
  // What no record may hold changes nothing.
  for (const Fields& wrong :
       {Fields{{"occasion", {"picnic"}}}, Fields{{"occasion", {}}}, Fields{{"when", {}}},
        Fields{{"when", {"soon"}}}, Fields{{"status", {"maybe"}}}, Fields{{"who", {"Peru"}}},
        Fields{{"words", {"not of the text"}}}, Fields{{"claim", {"first"}}}})
    EXPECT_THROW(amend("edit", wrong), UsageError) << wrong.begin()->first;
  EXPECT_EQ(calendar(), Rows{kVote});
}

TEST_P(SetDays, OfTheTextForWhichNothingIsSetAreNone) {
  EXPECT_THROW(amend("reject", {}, "t2"), UsageError);
}

// Another reading gives other ids, and reads other things beside it.
TEST_P(SetDays, StayAsTheyWerePutThroughAnotherReading) {
  const auto reread = [&](const Record& r) {
    ledger.begin();
    ledger.replace(1, r);
    ledger.rebuild();
    ledger.commit();
  };
  const int64_t edited = amend("edit", {{"when", {"2031-06-04"}}});
  const int64_t confirmed = amend("confirm");
  const std::string moved = "2031-06-04 Iceland vote planned ";
  EXPECT_EQ(calendar(), Rows{moved});
  Record anew = report("t2");
  anew.times[0].where = 2;
  reread(anew);
  EXPECT_EQ(calendar(), Rows{moved + "Akureyri"});
  EXPECT_EQ(entry(edited).state, "stands");
  EXPECT_EQ(entry(confirmed).state, "does not fit") << "the place was not confirmed";
  // Read as no vote it is left alone, and the entry says so.
  anew.times[0].occasion = "meeting";
  reread(anew);
  EXPECT_EQ(calendar(), Rows{"2031-06-03 Iceland meeting planned Akureyri"});
  EXPECT_EQ(entry(edited).state, "does not fit");
  EXPECT_NE(entry(edited).why.find("occasion is 'meeting', it was 'vote'"), std::string::npos);
  reread(report());
  EXPECT_EQ(calendar(), Rows{moved});
}

TEST_P(SetDays, GoIntoAnotherLedgerAsTheyWerePut) {
  amend("edit", {{"when", {"2031-06-04"}}});
  std::vector<Correction> list;
  for (const StandingCorrection& c : ledger.corrections())
    list.push_back(correction_from_json(correction_json(c.entry)));
  test::Store other(GetParam());
  Ledger there(other.where, Ledger::write);
  there.add(report());
  EXPECT_EQ(there.take_corrections(list), 1);
  EXPECT_EQ(there.calendar({}).rows.at(0)[1], "2031-06-04");
}

// Who confirmed a whole article before said nothing of its times, and says nothing of them now.
TEST_P(SetDays, AreNoPartOfAConfirmedArticle) {
  Amendment whole;
  whole.act = "confirm";
  whole.article = 1;
  whole.author = "Ana Ruiz";
  whole.reason = "read whole";
  const int64_t number = ledger.amend(whole);
  amend("reject");
  EXPECT_EQ(entry(number).state, "stands");
}

TEST_P(SetDays, TheirRowsHaveTheWordsThatCarryThem) {
  Answer a = ledger.calendar({});
  add_evidence(ledger, "calendar", a);
  EXPECT_EQ(a.rows.at(0).back(), "8-42");
}

}  // namespace
}  // namespace chancery
