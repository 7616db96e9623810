// What dates mean in the ledger: rows say from, to and how exact; questions by period go by
// overlap; what cannot be dated comes last and is never shown as it stands.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "base/error.h"
#include "export/export.h"
#include "ledger/answer.h"
#include "ledger/article_records.h"
#include "ledger/brief.h"
#include "ledger/ledger.h"
#include "ledger/play.h"
#include "record/json.h"
#include "record/when.h"
#include "support.h"

namespace chancery {
namespace {

// An invented record: Norway and Iceland, a statement, an event, a position and a claim for each
// time that is given.
Record report(const std::string& id, const std::string& published,
              const std::vector<std::string>& whens, const std::string& status = "occurred") {
  Record r;
  r.article.id = id;
  r.article.published = published;
  r.article.title = "Report " + id;
  r.article.language = "en";
  auto put = [&](const std::string& words) {
    uint32_t begin = static_cast<uint32_t>(r.article.text.size());
    r.article.text += words + ".\n";
    return Span{begin, begin + static_cast<uint32_t>(words.size())};
  };
  for (const char* name : {"Kari Solheim", "Birna Helgadottir"}) {
    Entity e;
    e.id = "e" + std::to_string(r.entities.size() + 1);
    e.name = name;
    e.kind = "person";
    e.actor = {r.entities.empty() ? "NOR" : "ISL", "GOV", {}};
    e.basis = "text";
    e.mentions = {put(name)};
    r.entities.push_back(e);
  }
  for (const std::string& when : whens) {
    std::string n = std::to_string(r.events.size() + 1);
    Statement s;
    s.id = "s" + n;
    s.speaker = 0;
    s.content = {put("The fleet number " + n + " of " + id + " will stay in the harbour")};
    s.quote = "indirect";
    s.force = "asserted";
    s.confidence = 0.9;
    s.when = when;
    Event e;
    e.id = "v" + n;
    e.type = "CONSULT";
    e.cameo = "040";
    e.source = {0};
    e.target = {1};
    e.when = when;
    e.status = status;
    e.goldstein = 1;
    e.has_goldstein = true;
    // Words of its own: no act is another's.
    std::string talk = "talk" + id + n;
    for (char word = 'a'; word < 'f'; ++word) talk += std::string(" ") + word + id + n;
    e.span = put(talk);
    Position p;
    p.id = "p" + n;
    p.holder = 0;
    p.stance = "demands";
    p.issue = "shipping";
    p.topic = "harbour";
    p.content = s.content;
    p.said_in = static_cast<int>(r.statements.size());
    p.confidence = 0.9;
    r.statements.push_back(s);
    r.events.push_back(e);
    r.positions.push_back(p);
  }
  Novelty claim;
  claim.id = "n1";
  claim.span = put("the first talk of this kind");
  claim.claim = "first";
  claim.what = "talk of this kind";
  claim.since = whens.empty() ? "" : whens[0];
  claim.by = 0;
  r.novelty.push_back(claim);
  return r;
}

// What records of earlier versions, or made elsewhere, may hold: put past the checks.
void force(Ledger& ledger, const Record& r) {
  Record plain = r;
  plain.article.published = "2031-05-14";
  for (Statement& s : plain.statements) s.when = {};
  for (Event& e : plain.events) e.when = {};
  for (Novelty& n : plain.novelty) n.since = {};
  ledger.add(plain);
  Query number(ledger.database(), "SELECT number FROM article WHERE id = ?");
  number.bind(r.article.id).step();
  ArticleRecords(ledger.database()).replace(number.integer(0), r);
}

class Dates : public testing::TestWithParam<std::string> {
 protected:
  test::Store store{GetParam()};
  Ledger ledger{store.where, Ledger::write};
};
INSTANTIATE_TEST_SUITE_P(Ledger, Dates, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

std::string cell(const Answer& a, const std::vector<std::string>& row, const std::string& column) {
  for (size_t c = 0; c < a.columns.size(); ++c)
    if (a.columns[c] == column) return row[c];
  ADD_FAILURE() << "no column " << column;
  return "";
}

std::vector<std::string> column(const Answer& a, const std::string& name) {
  std::vector<std::string> out;
  for (const auto& row : a.rows) out.push_back(cell(a, row, name));
  return out;
}

using Ask = Answer (Ledger::*)(const Question&);
const std::vector<std::pair<const char*, Ask>> kItems = {{"statements", &Ledger::statements},
                                                         {"events", &Ledger::events},
                                                         {"positions", &Ledger::positions},
                                                         {"acts", &Ledger::happenings}};
const std::vector<std::pair<const char*, Ask>> kOthers = {
    {"calendar", &Ledger::calendar}, {"novelty", &Ledger::novelty},
    {"changes", &Ledger::changes},   {"stories", &Ledger::stories},
    {"topics", &Ledger::topics},     {"articles", &Ledger::articles_of},
    {"copies", &Ledger::copies},     {"network", &Ledger::network}};

TEST_P(Dates, EveryRowSaysItsDaysAndHowExactTheyAre) {
  ledger.add(report("a", "2026-11-20", {"2026-W49", "2026-11-18TEV", "2016-SP", "", "PAST_REF"}));
  struct Expected {
    std::string date, when, from, to, precision;
  };
  // Oldest first; what cannot be dated last.
  const std::vector<Expected> expected = {
      {"2016-03-01", "2016-SP", "2016-03-01", "2016-05-31", "season"},
      {"2026-11-18", "2026-11-18TEV", "2026-11-18", "2026-11-18", "part of day"},
      {"2026-11-20", "", "2026-11-20", "2026-11-20", "report"},
      {"2026-11-30", "2026-W49", "2026-11-30", "2026-12-06", "week"},
      {"", "PAST_REF", "", "", "vague"}};
  for (const auto& [name, ask] : kItems) {
    Answer a = (ledger.*ask)({});
    ASSERT_EQ(a.rows.size(), expected.size()) << name;
    for (size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(cell(a, a.rows[i], "date"), expected[i].date) << name;
      EXPECT_EQ(cell(a, a.rows[i], "when"), expected[i].when) << name;
      EXPECT_EQ(cell(a, a.rows[i], "from"), expected[i].from) << name;
      EXPECT_EQ(cell(a, a.rows[i], "to"), expected[i].to) << name;
      EXPECT_EQ(cell(a, a.rows[i], "precision"), expected[i].precision) << name;
      EXPECT_EQ(cell(a, a.rows[i], "reported"), "2026-11-20") << name;
    }
  }
}

TEST_P(Dates, SumsSayTheFirstAndTheLastDayOfWhatTheyCount) {
  ledger.add(report("a", "2026-11-20", {"2026-W49", "2026-11-18", "PAST_REF"}));
  Question norway;
  norway.actor = {"", "NOR"};
  for (const auto& [name, ask] : {std::pair<const char*, Ask>{"topics", &Ledger::topics},
                                  {"contacts", &Ledger::contacts},
                                  {"network", &Ledger::network},
                                  {"actors", &Ledger::actors}}) {
    Answer a = (ledger.*ask)(norway);
    ASSERT_FALSE(a.rows.empty()) << name;
    EXPECT_EQ(cell(a, a.rows[0], "from"), "2026-11-18") << name;
    EXPECT_EQ(cell(a, a.rows[0], "to"), "2026-12-06") << name;
    EXPECT_EQ(cell(a, a.rows[0], "precision"), "day") << name;
  }
  test::Store other(GetParam());
  Ledger vague(other.where, Ledger::write);
  vague.add(report("a", "2026-11-20", {"PAST_REF"}));
  Answer a = vague.network(norway);
  ASSERT_EQ(a.rows.size(), 1u);
  EXPECT_EQ(cell(a, a.rows[0], "from") + cell(a, a.rows[0], "precision"), "");
}

TEST_P(Dates, ASumOfOneStateLeavesOthersOutWhetherInAPeriodOrNot) {
  ledger.add(report("a", "2026-11-20", {"2026-11-18"}));
  Record others = report("b", "2026-11-20", {"2026-11-19"});
  others.entities[0].actor.country = "SWE";
  others.entities[1].actor.country = "DNK";
  ledger.add(others);
  for (const char* from : {"", "2026-11-01"}) {
    Question q;
    q.from = from;
    EXPECT_EQ(ledger.network(q).rows.size(), 2u) << from;
    q.actor = {"", "NOR"};
    const Answer a = ledger.network(q);
    ASSERT_EQ(a.rows.size(), 1u) << from;
    EXPECT_EQ(cell(a, a.rows[0], "a") + cell(a, a.rows[0], "b"), "NORISL") << from;
    EXPECT_EQ(cell(a, a.rows[0], "events"), "1") << "counted once, from whichever side";
    q.actor = {"", "ISL"};
    EXPECT_EQ(ledger.network(q).rows, a.rows) << from;
  }
}

TEST_P(Dates, APeriodTakesWhatHasADayInCommonWithIt) {
  ledger.add(
      report("a", "2026-11-20", {"2026-W49", "2026-11", "2026", "2026-12-31", "2027-01-01"}));
  auto whens = [&](Ask ask, const std::string& from, const std::string& until) {
    Question q;
    q.from = from;
    q.until = until;
    Answer a = (ledger.*ask)(q);
    auto list = column(a, "when");
    return std::set<std::string>(list.begin(), list.end());
  };
  using Set = std::set<std::string>;
  for (const auto& [name, ask] : kItems) {
    EXPECT_EQ(whens(ask, "2026-11-25", "2026-12-31"),
              (Set{"2026-W49", "2026-11", "2026", "2026-12-31"}))
        << name;
    EXPECT_EQ(whens(ask, "2026-12-06", "2026-12-06"), (Set{"2026-W49", "2026"})) << name;
    EXPECT_EQ(whens(ask, "2026-12-07", "2026-12-30"), (Set{"2026"})) << name;
    EXPECT_EQ(whens(ask, "2026-12-07", ""), (Set{"2026", "2026-12-31", "2027-01-01"})) << name;
    EXPECT_EQ(whens(ask, "", "2026-10"), (Set{"2026"})) << name;
    EXPECT_EQ(whens(ask, "2027", "2027"), (Set{"2027-01-01"})) << name;
    EXPECT_EQ(whens(ask, "2026-W49", "2026-W49"), (Set{"2026-W49", "2026-11", "2026"})) << name;
    EXPECT_TRUE(whens(ask, "2028", "").empty()) << name;
    // The same by actor, through the other way into the tables.
    Question q;
    q.actor = {"", "NOR"};
    q.from = "2026-12-07";
    q.until = "2026-12-30";
    EXPECT_EQ(column((ledger.*ask)(q), "when"), std::vector<std::string>{"2026"}) << name;
    q.actor = {};
    q.from = "yesterday";
    EXPECT_THROW((ledger.*ask)(q), Error) << name;
    q.from = "2031-99";
    EXPECT_THROW((ledger.*ask)(q), Error) << name;
  }
  Question between;
  between.between_a = {"", "NOR"};
  between.between_b = {"", "ISL"};
  between.from = "2026-12-01";
  between.until = "2026-12-03";
  EXPECT_EQ(column(ledger.events(between), "when"), (std::vector<std::string>{"2026", "2026-W49"}));
}

// Whichever end of time a list begins with, whatever leads to it, page after page.
TEST_P(Dates, WhatCannotBeDatedComesLast) {
  ledger.add(report("a", "2031-05-14", {"PAST_REF", "2031-05-12", "XXXX-WXX-1", "196"}));
  ledger.add(report("b", "2031-05-20", {"XXXX-05-13", "2031-05-19", "FUTURE_REF", "PT2H"}));
  const std::vector<std::string> dated = {"196", "2031-05-12", "2031-05-19"};
  for (const auto& [name, ask] : kItems)
    for (int way = 0; way < 4; ++way)
      for (bool newest : {false, true})
        for (int limit : {1, 2, 3, 100}) {
          Question q;
          q.newest_first = newest;
          q.limit = limit;
          if (way == 1) q.actor = {"", "NOR"};
          if (way == 2) q.by = {"Solheim", ""};
          if (way == 3) {
            if (std::string_view(name) != "events") continue;
            q.between_a = {"", "NOR"};
            q.between_b = {"", "ISL"};
          }
          std::vector<std::string> whens;
          for (int page = 0; page < 20; ++page) {
            Answer a = (ledger.*ask)(q);
            for (const std::string& when : column(a, "when")) whens.push_back(when);
            ASSERT_LE(a.rows.size(), static_cast<size_t>(limit)) << "no page is longer than asked";
            if (a.next.empty()) break;
            q.after = a.next;
          }
          ASSERT_EQ(whens.size(), 8u) << name << way << newest << limit;
          std::vector<std::string> first(whens.begin(), whens.begin() + 3), expected = dated;
          if (newest) std::reverse(expected.begin(), expected.end());
          EXPECT_EQ(first, expected) << name << way << newest << limit;
          EXPECT_EQ(std::set<std::string>(whens.begin(), whens.end()).size(), 8u);
        }
  // In a period they count by their report: nothing of a day is lost.
  Question day;
  day.from = day.until = "2031-05-20";
  auto whens = column(ledger.statements(day), "when");
  EXPECT_EQ(std::set<std::string>(whens.begin(), whens.end()),
            (std::set<std::string>{"XXXX-05-13", "FUTURE_REF", "PT2H"}));
}

TEST_P(Dates, PlansOfAWeekOrAMonthAreInTheCalendarOfEveryPeriodTheyReachInto) {
  ledger.add(report("a", "2031-05-08", {"2031-W20", "2031-06", "FUTURE_REF", ""}, "planned"));
  auto whens = [&](const std::string& from, const std::string& until) {
    Question q;
    q.from = from;
    q.until = until;
    return column(ledger.calendar(q), "when");
  };
  using List = std::vector<std::string>;
  EXPECT_EQ(whens("", ""), (List{"2031-W20", "2031-06"}));
  EXPECT_EQ(whens("2031-05-14", ""), (List{"2031-W20", "2031-06"}));
  EXPECT_EQ(whens("2031-05-18", "2031-05-31"), List{"2031-W20"});
  EXPECT_EQ(whens("2031-06-15", "2031-06-16"), List{"2031-06"});
  EXPECT_EQ(whens("2031-05-19", "2031-05-31"), List{});
}

TEST_P(Dates, APlanForThisWeekendWasHeldLastWeekend) {
  ledger.add(report("plan", "2031-05-14", {"2031-W20-WE"}, "planned"));
  ledger.add(report("later", "2031-05-20", {"2031-W20-WE"}, "occurred"));
  ledger.add(report("month", "2031-05-21", {"2031-08"}, "planned"));
  std::map<std::string, std::string> became;
  Answer a = ledger.calendar({});
  for (const auto& row : a.rows)
    if (cell(a, row, "status") == "planned")
      became[cell(a, row, "article")] = cell(a, row, "became");
  EXPECT_EQ(became["plan"], "held (later)");
  EXPECT_EQ(became["month"], "");
}

TEST_P(Dates, APlanWasHeldUpToTwoDaysLaterAndByNothingToldMoreVaguely) {
  for (const auto& [met, became] : {std::pair<const char*, const char*>{"2031-05-14", "held (met)"},
                                    {"2031-05-16", "held (met)"},
                                    {"2031-05-17", ""},
                                    {"2031-05-13", ""},
                                    {"2031-W20", "held (met)"},
                                    {"2031-05", "held (met)"},
                                    {"2031", ""},
                                    {"", ""}}) {
    test::Store other(GetParam());
    Ledger l(other.where, Ledger::write);
    l.add(report("plan", "2031-05-08", {"2031-05-14"}, "planned"));
    l.add(report("met", "2031-06-20", {met}, "occurred"));
    Question plans;
    plans.status = "planned";
    Answer a = l.calendar(plans);
    ASSERT_EQ(a.rows.size(), 1u) << met;
    EXPECT_EQ(cell(a, a.rows[0], "became"), became) << met;
  }
}

// An exported event has one day: of a longer time the one nearest to its report.
TEST_P(Dates, ExportsGiveTheDayNearestToTheReport) {
  static const ExportTables tables(test::source_dir() + "/data",
                                   test::source_dir() + "/data/ontology");
  for (const auto& [published, when, day] :
       {std::tuple<const char*, const char*, const char*>{"2031-05-20", "2031-W20", "20310518"},
        {"2031-05-14", "2031-W20", "20310514"},
        {"2031-05-02", "2031-W20", "20310512"},
        {"2031-05-20", "2031-05-13TEV", "20310513"},
        {"2031-05-20", "PAST_REF", "20310520"},
        {"2031-05-20", "", "20310520"}}) {
    test::Store other(GetParam());
    Ledger l(other.where, Ledger::write);
    l.add(report("a", published, {when}));
    std::string lines;
    export_ledger(l, tables, "gdelt", {}, [&](std::string_view line) { lines += line; });
    EXPECT_EQ(std::string(split(lines, '\t').at(1)), day) << published << when;
    lines.clear();
    export_ledger(l, tables, "gdelt", {"2031-06", ""},
                  [&](std::string_view line) { lines += line; });
    EXPECT_EQ(lines, "");
    export_ledger(l, tables, "gdelt", {"2031-05", "2031-05"},
                  [&](std::string_view line) { lines += line; });
    EXPECT_NE(lines, "");
  }
}

TEST_P(Dates, APlanThatMovesSaysWhitherInWords) {
  ledger.add(report("plan", "2031-05-08", {"2031-05-14"}, "planned"));
  ledger.add(report("moved", "2031-05-12", {"2031-W22"}, "planned"));
  Answer a = ledger.calendar({});
  ASSERT_FALSE(a.rows.empty());
  EXPECT_EQ(cell(a, a.rows[0], "became"), "moved to week of 26 May 2031 (moved)");
}

TEST_P(Dates, TimelinesCountAnActWhereMostOfItLies) {
  ledger.add(report("a", "2031-06-20",
                    {"2031-05-14", "2031-W22", "2031-W23-WE", "2031-05", "2031", "PAST_REF"}));
  auto sums = [&](const std::string& period) {
    Question q;
    q.between_a = {"", "NOR"};
    q.between_b = {"", "ISL"};
    q.by_period = period;
    std::map<std::string, std::string> out;
    Answer a = ledger.timeline(q);
    for (const auto& row : a.rows) {
      out[row[0]] = row[1];
      EXPECT_EQ(cell(a, row, "from"), When(row[0]).from_day());
      EXPECT_EQ(cell(a, row, "to"), When(row[0]).to_day());
      EXPECT_EQ(cell(a, row, "precision"), period);
    }
    return out;
  };
  using Map = std::map<std::string, std::string>;
  // The week from 26 May to 1 June lies in May; a month or a year is no week, a year no month.
  EXPECT_EQ(sums("day"), (Map{{"2031-05-14", "1"}}));
  EXPECT_EQ(sums("week"), (Map{{"2031-W20", "1"}, {"2031-W22", "1"}, {"2031-W23", "1"}}));
  EXPECT_EQ(sums("month"), (Map{{"2031-05", "3"}, {"2031-06", "1"}}));
  EXPECT_EQ(sums("year"), (Map{{"2031", "5"}}));
}

TEST_P(Dates, AClaimSinceATimeIsJudgedByDays) {
  Record old = report("old", "2029-06-10", {"2029-06-08"});
  old.events[0].span = old.statements[0].content[0];
  Record claim = report("claim", "2031-05-14", {"2031-05-14"});
  claim.novelty[0].what = "The fleet number 1 of old will stay in the harbour";
  for (const auto& [since, verdict] :
       {std::pair<const char*, const char*>{"2028-SU", "contradicted: Fri 8 Jun 2029 (old)"},
        {"2029-SU", "agrees: nothing like it since summer 2029"},
        {"2027", "contradicted: Fri 8 Jun 2029 (old)"},
        {"PAST_REF", "contradicted: Fri 8 Jun 2029 (old)"}}) {
    test::Store other(GetParam());
    Ledger l(other.where, Ledger::write);
    Record first = report("begin", "2026-01-05", {"2026-01-05"});
    claim.novelty[0].since = since;
    l.add(first);
    l.add(old);
    l.add(claim);
    Answer a = l.novelty({});
    bool found = false;
    for (const auto& row : a.rows)
      if (cell(a, row, "article") == "claim") {
        found = true;
        EXPECT_EQ(cell(a, row, "verdict"), verdict) << since;
      }
    EXPECT_TRUE(found);
  }
}

// What no reader writes and no check lets in, but an old ledger may hold.
TEST_P(Dates, HostileValuesBreakNoQuestion) {
  const std::vector<std::string> hostile = {"banana",
                                            "2031-13-77",
                                            "2031-05-13TNIT",
                                            "2031-W77",
                                            "2031-W20-WE-WE",
                                            "99999999999999",
                                            "-5",
                                            std::string(5000, '9'),
                                            "2031-05-",
                                            "'; DROP TABLE event; --",
                                            "XXXX",
                                            "2031-05-1x",
                                            "\xF0\x9F\x99\x82\xF0\x9F\x99\x82",
                                            "9999-12-31",
                                            "0000",
                                            "2031-02-29",
                                            "P9999999999999Y"};
  force(ledger, report("a", "2031-05-14", hostile, "planned"));
  force(ledger, report("b", "2031-05-15", hostile, "occurred"));
  force(ledger, report("c", "someday", hostile, "planned"));
  force(ledger, report("d", "2031-13-77T99", {"", "banana"}));
  ledger.rebuild();
  const std::regex day("(\\d{4}-\\d{2}-\\d{2})?");
  for (const auto* list : {&kItems, &kOthers})
    for (const auto& [name, ask] : *list)
      for (bool newest : {false, true})
        for (const char* from : {"", "2031-05"}) {
          Question q;
          q.newest_first = newest;
          q.from = from;
          Answer a;
          ASSERT_NO_THROW(a = (ledger.*ask)(q)) << name;
          EXPECT_FALSE(a.rows.empty() && !*from && std::string_view(name) != "copies" &&
                       std::string_view(name) != "changes")
              << name;
          const std::set<std::string> dated = {"date", "from", "to", "reported", "first", "last"};
          for (size_t c = 0; c < a.columns.size(); ++c) {
            if (!dated.count(a.columns[c])) continue;
            for (const auto& row : a.rows)
              EXPECT_TRUE(std::regex_match(row[c], day)) << name << a.columns[c] << row[c];
          }
          Answer people = in_words(a);
          for (const auto& row : people.rows)
            for (const std::string& text : row)
              EXPECT_EQ(text.find("banana"), std::string::npos) << name;
        }
  Question q;
  q.actor = {"", "NOR"};
  EXPECT_NO_THROW(ledger.contacts(q));
  q = {};
  q.between_a = {"", "NOR"};
  q.between_b = {"", "ISL"};
  for (const char* period : {"day", "week", "month", "year"}) {
    q.by_period = period;
    EXPECT_NO_THROW(ledger.timeline(q));
  }
  EXPECT_NO_THROW(make_brief(ledger, "2031-05-01", "2031-05-20"));
  EXPECT_NO_THROW(make_brief(ledger, "2031-05-01", ""));
  EXPECT_NO_THROW(play_as_svg(ledger.play("shipping", {})));
  static const ExportTables tables(test::source_dir() + "/data",
                                   test::source_dir() + "/data/ontology");
  for (const std::string& format : export_formats())
    EXPECT_NO_THROW(export_ledger(ledger, tables, format, {}, [](std::string_view) {})) << format;
}

TEST_P(Dates, PeopleSeeWords) {
  ledger.add(report("a", "2031-05-14", {"2031-05-13TEV", "2031-W20", "2016-SP", "PAST_REF", ""},
                    "planned"));
  Answer a = in_words(ledger.events({}));
  EXPECT_EQ(column(a, "date"), (std::vector<std::string>{
                                   "spring 2016", "week of 12 May 2031", "Tue 13 May 2031, evening",
                                   "told Wed 14 May 2031", "date not given"}));
  for (const char* gone : {"when", "from", "to", "precision", "reported"})
    EXPECT_EQ(std::count(a.columns.begin(), a.columns.end(), gone), 0) << gone;
  // Days that stand in columns of their own.
  a = in_words({{"first", "last", "before_date", "since", "period", "name"},
                {{"2031-05-13", "2031-W20", "2031-05-14TEV", "2016-SP", "2031-05", "2031-05"},
                 {"", "", "", "", "", ""}}});
  EXPECT_EQ(a.rows[0], (std::vector<std::string>{"Tue 13 May 2031", "week of 12 May 2031",
                                                 "Wed 14 May 2031, evening", "spring 2016",
                                                 "May 2031", "2031-05"}));
  EXPECT_EQ(a.rows[1], std::vector<std::string>(6)) << "no day is no words";
  std::string brief = brief_as_text(make_brief(ledger, "2031-05-13", "2031-05-14"), 100);
  EXPECT_NE(brief.find("Brief of Tue 13 May 2031 to Wed 14 May 2031"), std::string::npos) << brief;
  EXPECT_NE(brief.find("Week of 12 May:"), std::string::npos) << brief;
  EXPECT_EQ(brief.find("2031-W20"), std::string::npos) << brief;
}

}  // namespace
}  // namespace chancery
