// What texts set for a day, in the ledger: in the calendar beside acts, in one order with them, with
// what became of it; on its pages, in the brief and the iCalendar. Records are made by hand.
#include <gtest/gtest.h>

#include "ledger/brief.h"
#include "ledger/ledger.h"
#include "present/ahead.h"
#include "record/json.h"
#include "record/sure.h"
#include "reported.h"
#include "serve/appointments.h"
#include "serve/service.h"
#include "support.h"

namespace chancery {
namespace {

using test::span_of;

const present::Words& words() {
  static const present::Words all(test::source_dir() + "/data", test::resources()->known);
  return all;
}

struct Set {
  std::string reported, kind, status, day, words;
};

class Occasions : public testing::TestWithParam<std::string> {
 protected:
  Occasions() : store(GetParam()), ledger(store.where, Ledger::write) {}

  Record report(const std::string& day, const std::string& text, const std::string& state) {
    ++reports;
    Record r = test::reported(reports, day,
                              state + ", report " + std::to_string(reports) + ": " + text + ".");
    test::add_actor(r, state, state, "place", state == "Norway" ? "NOR" : "SWE");
    return r;
  }
  void told(const Set& s, const std::string& state = "Norway") {
    Record r = report(s.reported, s.words, state);
    TimeExpression t;
    t.id = "t1";
    t.type = "DATE";
    t.span = t.words = span_of(r, s.words);
    t.when = When(s.day);
    t.occasion = s.kind;
    t.status = s.status;
    t.who = {0};
    r.times.push_back(t);
    ledger.add(r);
  }
  void met(const std::string& reported, const std::string& day) {
    Record r = report(reported, "they met", "Norway");
    Event e;
    e.id = "v1";
    e.type = "CONSULT";
    e.status = "occurred";
    e.cameo = "040";
    e.source = {0};
    e.span = e.trigger = span_of(r, "they met");
    e.when = When(day);
    e.confidence = 0.9;
    r.events.push_back(e);
    ledger.add(r);
  }
  std::string column(const Answer& a, const std::string& name) {
    const auto at = std::find(a.columns.begin(), a.columns.end(), name) - a.columns.begin();
    std::vector<std::string> cells;
    for (const auto& row : a.rows) cells.push_back(row[static_cast<size_t>(at)]);
    return join(cells, " | ");
  }
  std::string became() { return column(ledger.calendar({}), "became"); }

  test::Store store;
  Ledger ledger;
  int reports = 0;
};
INSTANTIATE_TEST_SUITE_P(Ledger, Occasions, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

const Set kVote = {"2031-05-10", "vote", "planned", "2031-06-03", "parliament votes on the accord"};

TEST_P(Occasions, StandInTheCalendarInOneOrderWithActs) {
  told(kVote);
  met("2031-06-04", "2031-06-03");
  told({"2031-05-10", "court", "planned", "2031-05-20", "a court hears the case"});
  met("2031-05-12", "2031-05-11");
  EXPECT_EQ(column(ledger.calendar({}), "type"), "CONSULT | court | CONSULT | vote");
  // Pages of one row each have every row once, either way round.
  for (bool newest : {false, true}) {
    Question q;
    q.limit = 1;
    q.newest_first = newest;
    std::string all;
    for (int page = 0; page < 6; ++page) {
      const Answer a = ledger.calendar(q);
      if (a.rows.empty()) break;
      all += a.rows[0][3] + " ";
      if (a.next.empty()) break;
      q.after = a.next;
    }
    EXPECT_EQ(all, newest ? "vote CONSULT court CONSULT " : "CONSULT court CONSULT vote ");
  }
}

TEST_P(Occasions, AreFoundByWhoseTheyAreByDayAndByStatus) {
  told(kVote);
  told({"2031-05-10", "election", "planned", "2031-09-09", "voters elect"}, "Sweden");
  Question q;
  q.country = "SWE";
  EXPECT_EQ(column(ledger.calendar(q), "type"), "election");
  q = {};
  q.by = {"Norway", ""};
  EXPECT_EQ(column(ledger.calendar(q), "type"), "vote");
  q = {};
  q.until = "2031-06-30";
  EXPECT_EQ(column(ledger.calendar(q), "type"), "vote");
  q = {};
  q.status = "occurred";
  EXPECT_TRUE(ledger.calendar(q).rows.empty());
}

TEST_P(Occasions, WhatBecameOfOneIsToldByLaterReportsOfTheSame) {
  told(kVote);
  EXPECT_EQ(became(), "");
  told({"2031-06-04", "vote", "occurred", "2031-06-03", "the Riksdag votes on fish"}, "Sweden");
  EXPECT_EQ(became().find("held"), std::string::npos) << "another state's vote";
  told({"2031-06-04", "vote", "occurred", "2031-06-03", "parliament voted on the accord"});
  EXPECT_NE(became().find("held (3)"), std::string::npos) << became();
}

TEST_P(Occasions, OneIsCalledOffOrMoved) {
  told(kVote);
  told({"2031-05-20", "vote", "planned", "2031-06-17",
        "parliament postponed the vote on the accord until then"});
  EXPECT_EQ(became(), "moved to Tue 17 Jun 2031 (2) | ");
  told({"2031-05-30", "vote", "denied", "2031-06-17", "the accord vote was cancelled"});
  EXPECT_EQ(became(), "moved to Tue 17 Jun 2031 (2) | called off (3)")
      << "what is called off stands in no calendar of its own";
}

TEST_P(Occasions, TellWhoAnnouncedThem) {
  Record r = report("2031-05-10", "the vote is on June 3, Berg said", "Norway");
  test::add_actor(r, "Tora Berg", "Berg", "person", "NOR");
  Statement s;
  s.id = "s1";
  s.speaker = 1;
  s.content = {span_of(r, "the vote is on June 3")};
  s.quote = "indirect";
  r.statements.push_back(s);
  TimeExpression t;
  t.id = "t1";
  t.type = "DATE";
  t.span = span_of(r, "June 3");
  t.words = span_of(r, "the vote is on June 3");
  t.when = When("2031-06-03");
  t.occasion = "vote";
  t.status = "planned";
  t.said_in = 0;
  r.times.push_back(t);
  // All of it goes through JSON and back, and a record without its statement keeps the day.
  const std::string json = to_json(r);
  EXPECT_EQ(to_json(record_from_json(json)), json);
  SureLimits limits(test::source_dir() + "/data/sure.tsv");
  EXPECT_EQ(sure_lines(r, limits).times[0].said_in, -1);
  ledger.add(r);
  EXPECT_EQ(column(ledger.calendar({}), "announced"), "Tora Berg");
}

// On PostgreSQL and SQLite a program that reads the views has them too.
TEST_P(Occasions, StandInAView) {
  told(kVote);
  Query q(ledger.database(), "SELECT type, status, who, country, from_day FROM occasions");
  ASSERT_TRUE(q.step());
  EXPECT_EQ(q.text(0) + q.text(1) + q.text(2) + q.text(3) + q.text(4),
            "voteplannedNorwayNOR2031-06-03");
}

class OccasionPages : public Occasions {};
INSTANTIATE_TEST_SUITE_P(Ledger, OccasionPages, testing::Values("sqlite"),
                         [](const auto& info) { return info.param; });

TEST_P(OccasionPages, ShowThemOnceInTheTextsOwnWords) {
  told(kVote);
  told({"2031-05-11", "vote", "planned", "2031-06-03", "the parliament votes on the accord"});
  const SureLimits limits(test::source_dir() + "/data/sure.tsv");
  const auto list = appointments(ledger, {}, words(), limits);
  ASSERT_EQ(list.size(), 1u) << "two reports of one vote";
  EXPECT_EQ(list[0].what, "Parliament votes on the accord");
  EXPECT_EQ(list[0].reports, 2);
  EXPECT_TRUE(list[0].sure);
  EXPECT_NE(calendar_file(list, false).find("SUMMARY:Parliament votes on the accord\r\n"),
            std::string::npos);
  BriefWords brief_words;
  const Brief brief = make_brief(ledger, "2031-05-10", "2031-05-11", brief_words);
  std::string ahead;
  for (const auto& section : brief.sections)
    if (section.title == "Ahead")
      for (const auto& line : section.lines) ahead += line.text + "\n";
  EXPECT_NE(ahead.find("parliament votes on the accord"), std::string::npos) << ahead;
  Service s({store.where, "", "", 5000}, test::resources(), test::source_dir() + "/data");
  Request q;
  q.method = "GET";
  q.accept = "text/html";
  q.path = "/calendar";
  q.query = {{"at", "2031-06"}};
  EXPECT_NE(s.answer(q).body.find("Parliament votes on the accord"), std::string::npos);
  q.accept = "application/json";
  q.path = "/api/v1/calendar";
  q.query = {};
  const std::string api = s.answer(q).body;
  EXPECT_NE(api.find("\"type\":\"vote\""), std::string::npos) << api;
  EXPECT_NE(api.find("\"span\":[[18,48]]"), std::string::npos) << api;
}

TEST(Ahead, TellsPlansAndWhatIsSetThatNoPlanTells) {
  Record r =
      test::reported(1, "2031-05-10", "Norway meets Sweden on May 20. A trial opens May 21.");
  test::add_actor(r, "Norway", "Norway", "place", "NOR");
  Event e;
  e.type = "CONSULT";
  e.mode = "meet";
  e.status = "planned";
  e.source = {0};
  e.span = span_of(r, "Norway meets Sweden on May 20");
  e.when = When("2031-05-20");
  TimeExpression in, beside;
  in.when = When("2031-05-20"), in.occasion = "meeting", in.status = "planned";
  in.words = e.span;
  beside.when = When("2031-05-21"), beside.occasion = "court", beside.status = "planned";
  beside.words = span_of(r, "A trial opens May 21");
  r.times = {in, beside};
  const auto lines = present::ahead(r, {&e}, words(), 2031);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1], "Wed 21 May: A trial opens May 21");
}

}  // namespace
}  // namespace chancery
