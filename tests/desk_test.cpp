// What the desk, the calendar and alerts tell of a ledger: each thing once, only what is sure in
// front, under the day it is of, with what became of it. Records are made by hand.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "ledger/brief.h"
#include "ledger/desk.h"
#include "ledger/ledger.h"
#include "ledger/play.h"
#include "ledger/saved.h"
#include "present/icalendar.h"
#include "serve/appointments.h"
#include "serve/service.h"
#include "serve/told.h"
#include "support.h"

namespace chancery {
namespace {

const SureLimits& limits() {
  static const SureLimits all(test::source_dir() + "/data/sure.tsv");
  return all;
}

const present::Words& words() {
  static const present::Words all(test::source_dir() + "/data", test::resources()->known);
  return all;
}

// A report by hand: its spans are looked for in its text.
struct Report {
  Record r;
  Report(const std::string& id, const std::string& day, const std::string& text) {
    r.article.id = id;
    r.article.title = "Title of " + id;
    r.article.publisher = "Paper of " + id;
    r.article.text = text;
    r.article.published = day;
    r.article.language = "en";
  }
  Span at(const std::string& some) const {
    const size_t begin = r.article.text.find(some);
    EXPECT_NE(begin, std::string::npos) << some;
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + some.size())};
  }
  int who(const std::string& name, const std::string& country) {
    Entity e;
    e.id = "e" + std::to_string(r.entities.size() + 1);
    e.name = name;
    e.kind = "place";
    e.actor.country = country;
    e.actor.sector = "GOV";
    e.basis = "text";
    e.mentions = {at(name)};
    r.entities.push_back(e);
    return static_cast<int>(r.entities.size()) - 1;
  }
  Event& act(const std::string& type, int source, int target, const std::string& span,
             double confidence = 0.95) {
    Event e;
    e.id = "v" + std::to_string(r.events.size() + 1);
    e.type = type;
    e.status = "occurred";
    e.source = {source};
    e.target = {target};
    e.span = at(span);
    e.confidence = confidence;
    r.events.push_back(e);
    return r.events.back();
  }
  Position& stand(int holder, const std::string& stance, const std::string& content) {
    Position p;
    p.id = "p" + std::to_string(r.positions.size() + 1);
    p.holder = holder;
    p.stance = stance;
    p.content = {at(content)};
    p.confidence = 0.95;
    r.positions.push_back(p);
    return r.positions.back();
  }
  void time(const std::string& span, const std::string& value) {
    TimeExpression t;
    t.id = "t" + std::to_string(r.times.size() + 1);
    t.span = at(span);
    t.type = "DATE";
    t.when = When(value);
    r.times.push_back(t);
  }
};

struct Kept {
  test::Folder folder;
  std::string path = folder.file("desk.ledger");
  Ledger ledger{path, Ledger::write};
  void add(const Report& report) { ledger.add(report.r); }
};

Report closing(const std::string& id, const std::string& day, double confidence = 0.95) {
  Report x(id, day, "Norway closed its ports to Iceland on Monday, in report " + id + ".");
  const int nor = x.who("Norway", "NOR"), isl = x.who("Iceland", "ISL");
  Event& e =
      x.act("SANCTION", nor, isl, "Norway closed its ports to Iceland on Monday", confidence);
  e.when = When("2031-05-12");
  e.has_goldstein = true;
  e.goldstein = -6.5;
  return x;
}

Report meeting(const std::string& id, const std::string& day) {
  Report x(id, day, "Sweden met Denmark in Olm, in report " + id + ".");
  const int a = x.who("Sweden", "SWE"), b = x.who("Denmark", "DNK");
  Event& e = x.act("CONSULT", a, b, "Sweden met Denmark in Olm");
  e.mode = "meet";
  e.when = When(day);
  return x;
}

TEST(Desk, OneActIsOneLineHoweverManyPapersTellIt) {
  Kept k;
  k.add(closing("one", "2031-05-13", 0.85));
  k.add(closing("two", "2031-05-13", 0.97));
  const Desk d = make_desk(k.ledger, "", limits());
  ASSERT_EQ(d.pairs.size(), 1u);
  EXPECT_EQ(d.pairs[0].a, "ISL");
  EXPECT_EQ(d.pairs[0].b, "NOR");
  ASSERT_EQ(d.pairs[0].lines.size(), 1u);
  EXPECT_EQ(d.pairs[0].lines[0].reports, 2);
  EXPECT_EQ(d.pairs[0].lines[0].publisher, "Paper of two") << "the surest telling stands there";
}

TEST(Desk, ReportsOfOneDisputeStandTogether) {
  Kept k;
  Report ban("ban", "2031-05-12", "Norway banned trawlers of Iceland from herring and harbour.");
  ban.act("SANCTION", ban.who("Norway", "NOR"), ban.who("Iceland", "ISL"),
          "Norway banned trawlers of Iceland from herring and harbour");
  Report plea("plea", "2031-05-13",
              "Iceland asked Finland about herring, trawlers and the harbour of Norway.");
  const int isl = plea.who("Iceland", "ISL"), fin = plea.who("Finland", "FIN");
  plea.who("Norway", "NOR");
  plea.act("REQUEST", isl, fin, "Iceland asked Finland about herring, trawlers and the harbour");
  k.add(ban);
  k.add(plea);
  k.add(meeting("apart", "2031-05-13"));
  const Desk d = make_desk(k.ledger, "", limits());
  ASSERT_EQ(d.pairs.size(), 2u);
  EXPECT_GT(d.pairs[0].story, 0);
  EXPECT_TRUE(d.pairs[0].title.starts_with("Iceland and Norway: ")) << d.pairs[0].title;
  EXPECT_EQ(d.pairs[0].lines.size(), 2u);
  EXPECT_EQ(d.pairs[1].story, 0) << "one report is no dispute of several";
  EXPECT_EQ(d.pairs[1].b, "SWE");
}

TEST(Desk, AnActOfVagueWordsIsToldByTheTextsOwn) {
  Desk::Line x;
  x.who = "the navy", x.whom = "two boats", x.type = "RETREAT", x.mode = "withdraw";
  x.status = "occurred", x.words = "the navy withdrew two boats";
  const std::string vague = line_html(x, words(), 2031);
  EXPECT_NE(vague.find("The navy:</span> <q>“the navy withdrew two boats”"), std::string::npos)
      << vague;
  x.type = "CONSULT", x.mode = "meet";
  EXPECT_NE(line_html(x, words(), 2031).find("The navy met with two boats"), std::string::npos);
}

TEST(Desk, WhatIsNotSureStandsBehind) {
  Kept k;
  k.add(closing("one", "2031-05-13", 0.5));
  const Desk d = make_desk(k.ledger, "", limits());
  ASSERT_EQ(d.pairs.size(), 1u);
  EXPECT_EQ(d.pairs[0].sure, 0u);
  EXPECT_FALSE(d.pairs[0].lines[0].sure);
}

TEST(Desk, ADemandIsNotToldASecondTimeAsAnAct) {
  Kept k;
  Report x("one", "2031-05-13", "Norway demanded that Iceland open the fishing port at once.");
  const int nor = x.who("Norway", "NOR"), isl = x.who("Iceland", "ISL");
  x.act("REQUEST", nor, isl, "demanded that Iceland open the fishing port at once");
  x.stand(nor, "demands", "Iceland open the fishing port at once").toward = {isl};
  k.add(x);
  const Desk d = make_desk(k.ledger, "", limits());
  ASSERT_EQ(d.pairs.size(), 1u);
  ASSERT_EQ(d.pairs[0].lines.size(), 1u);
  EXPECT_EQ(d.pairs[0].lines[0].kind, Desk::Line::stand);
}

TEST(Desk, AChangeOfPositionIsOneOfSureStands) {
  const auto stand = [](const std::string& id, const std::string& day, const std::string& stance,
                        double confidence) {
    Report x(id, day, "Norway spoke of the quota of cod with Iceland, in report " + id + ".");
    const int nor = x.who("Norway", "NOR"), isl = x.who("Iceland", "ISL");
    Position& p = x.stand(nor, stance, "the quota of cod");
    p.toward = {isl};
    p.issue = "fishing";
    p.confidence = confidence;
    return x;
  };
  Kept k;
  k.add(stand("one", "2031-05-01", "rejects", 0.95));
  k.add(stand("two", "2031-05-05", "demands", 0.3));
  k.add(stand("three", "2031-05-13", "accepts", 0.95));
  Desk d = make_desk(k.ledger, "", limits());
  ASSERT_EQ(d.changes.rows.size(), 1u);
  EXPECT_EQ(d.changes.rows[0][3], "softened");
  EXPECT_EQ(d.changes.rows[0][7], "one") << "what was hardly a demand is no stand before";
  k.add(stand("four", "2031-07-20", "rejects", 0.3));
  k.add(closing("five", "2031-07-20"));
  d = make_desk(k.ledger, "", limits());
  EXPECT_EQ(d.until, "2031-07-20");
  EXPECT_TRUE(d.changes.rows.empty());
}

TEST(Desk, AFirstMeetingIsOneThatNoReportBeforeKnows) {
  Kept k;
  k.add(closing("early", "2031-04-01"));
  k.add(meeting("first", "2031-05-13"));
  Desk d = make_desk(k.ledger, "", limits());
  ASSERT_EQ(d.contacts.size(), 1u);
  EXPECT_EQ(d.contacts[0].a, "DNK");
  EXPECT_EQ(d.contacts[0].b, "SWE");
  EXPECT_EQ(d.earlier, "2031-04-01");
  k.add(meeting("again", "2031-07-13"));
  d = make_desk(k.ledger, "", limits());
  EXPECT_EQ(d.until, "2031-07-13");
  EXPECT_TRUE(d.contacts.empty()) << "they have met before";
}

TEST(Desk, WhatEarlierDaysToldIsNoNews) {
  Kept k;
  k.add(closing("old", "2031-05-01"));
  Report again = closing("new", "2031-05-13");
  again.r.events[0].when = When("2031-05-12");
  k.add(again);
  const Desk before = make_desk(k.ledger, "2031-05-01", limits());
  EXPECT_EQ(before.until, "2031-05-01");
  EXPECT_EQ(before.later, "2031-05-13");
}

TEST(Calendar, ADemandWithALaterDateIsDueOnIt) {
  Kept k;
  Report x("one", "2031-05-13", "Norway demanded that Iceland open the port by June 1, not May 2.");
  const int nor = x.who("Norway", "NOR");
  x.who("Iceland", "ISL");
  x.time("June 1", "2031-06-01");
  x.time("May 2", "2031-05-02");
  x.stand(nor, "demands", "Iceland open the port by June 1, not May 2");
  k.add(x);
  const Answer due = k.ledger.deadlines({});
  ASSERT_EQ(due.rows.size(), 1u);
  EXPECT_EQ(due.rows[0][1], "2031-06-01");
  Question later;
  later.from = "2031-06-02";
  EXPECT_TRUE(k.ledger.deadlines(later).rows.empty());
  const auto list = appointments(k.ledger, {}, words(), limits());
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].kind, Appointment::due);
  EXPECT_TRUE(list[0].sure);
  EXPECT_EQ(list[0].what, "What Norway demanded is due");
}

TEST(Calendar, APlanThatTwoReportsTellIsOne) {
  Kept k;
  for (const char* id : {"one", "two"}) {
    Report x(id, "2031-05-13", std::string("Norway will meet Iceland on June 3. ") + id);
    const int nor = x.who("Norway", "NOR"), isl = x.who("Iceland", "ISL");
    Event& e = x.act("CONSULT", nor, isl, "Norway will meet Iceland on June 3");
    e.mode = "meet";
    e.status = "planned";
    e.when = When("2031-06-03");
    k.add(x);
  }
  const auto list = appointments(k.ledger, {}, words(), limits());
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].reports, 2);
  EXPECT_EQ(list[0].what, "Norway is to meet with Iceland");
  const std::string file = calendar_file(list, false);
  EXPECT_NE(file.find("DTSTART;VALUE=DATE:20310603\r\nDTEND;VALUE=DATE:20310604\r\n"),
            std::string::npos)
      << file;
  // The same thing has the same name in another ledger that learns of it.
  Kept other;
  Report x("one", "2031-05-13", "Norway will meet Iceland on June 3. one");
  const int nor = x.who("Norway", "NOR"), isl = x.who("Iceland", "ISL");
  Event& e = x.act("CONSULT", nor, isl, "Norway will meet Iceland on June 3");
  e.mode = "meet";
  e.status = "planned";
  e.when = When("2031-06-03");
  other.add(closing("before", "2031-05-01"));
  other.add(x);
  auto uid = [](const std::string& text) {
    const size_t at = text.find("UID:");
    return text.substr(at, text.find("\r\n", at) - at);
  };
  EXPECT_EQ(uid(file),
            uid(calendar_file(appointments(other.ledger, {}, words(), limits()), false)));
}

TEST(ICalendar, FoldsLinesBetweenCharactersAndKeepsTextText) {
  present::Appointment a;
  a.uid = "u@chancery";
  a.from = a.to = "2031-05-13";
  a.at = "20:30";
  a.summary = "Æ; a, b\nc\\ ";
  for (int i = 0; i < 60; ++i) a.summary += "é";
  a.cancelled = true;
  const std::string file = present::icalendar("name", {a, {}});
  for (size_t at = 0; at < file.size();) {
    const size_t end = file.find("\r\n", at);
    ASSERT_NE(end, std::string::npos) << "every line ends in CR LF";
    EXPECT_LE(end - at, 75u);
    EXPECT_NE(static_cast<unsigned char>(file[at]) & 0xC0, 0x80) << "cut within a character";
    at = end + 2;
  }
  const std::string whole = replace_all(file, "\r\n ", "");
  EXPECT_NE(whole.find("SUMMARY:Æ\\; a\\, b\\nc\\\\ é"), std::string::npos) << whole;
  EXPECT_NE(whole.find("DTSTART:20310513T203000\r\n"), std::string::npos);
  EXPECT_NE(whole.find("STATUS:CANCELLED\r\n"), std::string::npos);
  EXPECT_EQ(whole.find("BEGIN:VEVENT"), whole.rfind("BEGIN:VEVENT"))
      << "what has no day is left out";
}

TEST(Saved, TellsWhatIsNewOnce) {
  Kept k;
  k.add(closing("one", "2031-05-13"));
  const auto resources = test::resources();
  const auto codes = codes_of(*resources);
  const Known known{resources->known, *codes};
  SavedQuestions saved(k.ledger.database());
  saved.put({"ports", "events", {{"by", {"NOR"}}, {"type", {"SANCTION"}}}, 0});
  int64_t newest = 0;
  EXPECT_EQ(news_of(k.ledger, *saved.find("ports"), known, newest).rows.size(), 1u);
  saved.tell("ports", newest);
  EXPECT_TRUE(news_of(k.ledger, *saved.find("ports"), known, newest).rows.empty());
  k.add(closing("two", "2031-05-20"));
  k.add(meeting("other", "2031-05-20"));
  const Answer news = news_of(k.ledger, *saved.find("ports"), known, newest);
  ASSERT_EQ(news.rows.size(), 1u);
  EXPECT_NE(std::find(news.rows[0].begin(), news.rows[0].end(), "two"), news.rows[0].end());
  EXPECT_EQ(saved.all().size(), 1u);
  EXPECT_EQ(saved.all()[0].filters.at("type"), std::vector<std::string>{"SANCTION"});
  EXPECT_TRUE(saved.remove("ports"));
  EXPECT_FALSE(saved.remove("ports"));
}

TEST(Saved, TheCommandTellsEachThingOnceAndKeepsWhatCouldNotBeSent) {
  Kept k;
  k.add(closing("one", "2031-05-13"));
  const std::string where = " --ledger " + k.path;
  EXPECT_EQ(test::program("alert save" + where + " ports events by=NOR --all").code, 0);
  EXPECT_EQ(test::program("alert list" + where).out, "ports: events by=NOR\n");
  // Nobody listens there: it is said, and told the next time.
  test::Outcome sent = test::program("alert --once --webhook http://127.0.0.1:1/x" + where);
  EXPECT_EQ(sent.code, 1);
  EXPECT_NE(sent.err.find("stays to be told"), std::string::npos) << sent.err;
  test::Outcome once = test::program("alert --once" + where);
  EXPECT_EQ(once.code, 0) << once.err;
  EXPECT_NE(once.out.find("ports: 1 new\n  - Norway"), std::string::npos) << once.out;
  EXPECT_EQ(test::program("alert --once" + where).out, "");
  EXPECT_EQ(test::program("alert save" + where + " x topics").code, 2);
  EXPECT_EQ(test::program("alert save" + where + " x events type=PICNIC").code, 2);
  EXPECT_EQ(test::program("alert drop" + where + " ports").code, 0);
  EXPECT_EQ(test::program("alert drop" + where + " ports").code, 1);
}

Response get(Service& s, const std::string& path,
             const std::multimap<std::string, std::string>& query = {}) {
  Request q;
  q.method = "GET";
  q.accept = "text/html";
  q.path = path;
  q.query = query;
  return s.answer(q);
}

TEST(Pages, TheDeskTheCalendarAndTheFeedsShowWhatIsThere) {
  Kept k;
  k.add(closing("one", "2031-05-13"));
  Report plan("plan", "2031-05-13", "Norway will meet Iceland on June 3.");
  const int nor = plan.who("Norway", "NOR"), isl = plan.who("Iceland", "ISL");
  Event& e = plan.act("CONSULT", nor, isl, "Norway will meet Iceland on June 3");
  e.mode = "meet";
  e.status = "planned";
  e.when = When("2031-06-03");
  k.add(plan);
  Service s({k.path, "", "", 5000}, test::resources(), test::source_dir() + "/data");
  const std::string desk = get(s, "/").body;
  EXPECT_NE(desk.find("Iceland and Norway</a></h2>"), std::string::npos) << desk;
  EXPECT_NE(desk.find("/articles/1#v1"), std::string::npos);
  EXPECT_NE(desk.find("Paper of one"), std::string::npos);
  EXPECT_NE(desk.find("Tue 3 Jun</b>: Norway is to meet with Iceland"), std::string::npos) << desk;
  EXPECT_EQ(desk.find("SANCTION"), std::string::npos) << "codes are for programs";
  const std::string june = get(s, "/calendar", {{"at", "2031-06"}}).body;
  EXPECT_NE(june.find("Norway is to meet with Iceland"), std::string::npos) << june;
  EXPECT_EQ(get(s, "/calendar", {{"at", "2031-05"}}).body.find("is to meet"), std::string::npos);
  EXPECT_EQ(get(s, "/calendar", {{"view", "sheet"}}).status, 400);
  const Response file = get(s, "/calendar.ics");
  EXPECT_EQ(file.type, "text/calendar; charset=utf-8");
  EXPECT_NE(file.body.find("SUMMARY:Norway is to meet with Iceland\r\n"), std::string::npos);
  const Response feed = get(s, "/api/v1/events", {{"format", "atom"}});
  EXPECT_EQ(feed.type, "application/atom+xml; charset=utf-8");
  EXPECT_NE(feed.body.find("<id>urn:chancery:one%23v1</id>"), std::string::npos) << feed.body;
  EXPECT_EQ(get(s, "/api/v1/topics", {{"format", "atom"}}).status, 400);
  const std::string pair = get(s, "/pair", {{"a", "NOR"}, {"b", "ISL"}}).body;
  EXPECT_NE(pair.find("<svg class=\"axis\""), std::string::npos);
  EXPECT_NE(pair.find("May 2031: 1 of conflict"), std::string::npos) << pair;
  EXPECT_NE(get(s, "/about").body.find(test::resources()->made_by.model), std::string::npos);
}

TEST(Brief, CountsEveryReportOfADayOfManyReports) {
  Kept k;
  for (int i = 0; i < 130; ++i) {
    const std::string n = std::to_string(i);
    k.add(Report("r" + n, "2031-05-13", "Port " + n + " saw " + n + " ships."));
  }
  EXPECT_EQ(make_brief(k.ledger, "2031-05-13", "2031-05-13").articles, 130);
}

TEST(Play, DrawsSeventyActorsEachOnALineOfItsOwn) {
  Play p;
  p.topic = "ports";
  for (int i = 0; i < 70; ++i) {
    Play::Stand s;
    s.holder = "Actor " + std::to_string(i);
    s.toward = "Actor " + std::to_string((i * 7 + 3) % 70);
    s.stance = i % 2 ? "rejects" : "demands";
    s.content = "the port";
    p.stands.push_back(s);
  }
  const std::string svg = play_as_svg(p, false);
  std::vector<double> rows;
  for (size_t at = svg.find("text-anchor=\"end\""); at != std::string::npos;
       at = svg.find("text-anchor=\"end\"", at + 1)) {
    const size_t y = svg.rfind("y=\"", at) + 3;
    rows.push_back(std::stod(svg.substr(y)));
  }
  ASSERT_EQ(rows.size(), 70u);
  std::sort(rows.begin(), rows.end());
  for (size_t i = 1; i < rows.size(); ++i) EXPECT_GE(rows[i] - rows[i - 1], 20) << "names overlap";
  EXPECT_EQ(svg.find("<style"), std::string::npos) << "the page's policy takes no style of its own";
  EXPECT_NE(play_as_svg(p).find("prefers-color-scheme:dark"), std::string::npos);
}

TEST(Calendar, WhatIsDueAndWhatIsDoneInTheSameWordsIsOneLine) {
  Kept k;
  Report x("one", "2031-05-13", "Norway will withdraw its boats from Iceland by June 1.");
  const int nor = x.who("Norway", "NOR"), isl = x.who("Iceland", "ISL");
  x.time("June 1", "2031-06-01");
  const std::string words = "Norway will withdraw its boats from Iceland by June 1";
  Event& e = x.act("RETREAT", nor, isl, words);
  e.mode = "withdraw";
  e.status = "planned";
  e.when = When("2031-06-01");
  x.stand(nor, "offers", words);
  k.add(x);
  const auto list = appointments(k.ledger, {}, ::chancery::words(), limits());
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].kind, Appointment::plan);
}

TEST(Desk, WordsThatBeginWithTheirVerbTellTheStance) {
  for (const auto& [words_of_it, said] :
       {std::pair{"welcomed the ruling", "Norway</span> <q>“welcomed the ruling”"},
        {"the ruling is good", "Norway supported:</span> <q>“the ruling is good”"}}) {
    Desk::Line line;
    line.kind = Desk::Line::stand;
    line.who = "Norway";
    line.stance = "supports";
    line.words = words_of_it;
    EXPECT_NE(line_html(line, words(), 2031).find(said), std::string::npos)
        << line_html(line, words(), 2031);
  }
}

}  // namespace
}  // namespace chancery
