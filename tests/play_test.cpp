// The state of play, the topics and the network of records that are given: what meets a condition, who
// stands near whom, and what lies outside of the period that is asked for.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "golden.h"
#include "ledger/ledger.h"
#include "ledger/play.h"
#include "support.h"

namespace chancery {
namespace {

// An invented report of Norway and Iceland, put together by hand.
class Report {
 public:
  Report(const std::string& id, const std::string& published) {
    r.article.id = id;
    r.article.published = published;
    r.article.title = "Report " + id;
    r.article.language = "en";
    person("Kari Solheim", "NOR");
    person("Birna Helgadottir", "ISL");
  }

  Report& position(const std::string& words, const std::string& condition,
                   const std::string& issue = "fisheries") {
    Position p;
    p.id = "p" + std::to_string(r.positions.size() + 1);
    p.holder = 0;
    p.stance = "offers";
    p.topic = "port";
    p.issue = issue;
    p.content = {put(words)};
    if (!condition.empty()) p.condition = {put(condition)};
    p.confidence = 0.9;
    r.positions.push_back(p);
    return *this;
  }

  // What Iceland says to it.
  Report& answer(const std::string& stance, const std::string& words) {
    position(words, "");
    r.positions.back().holder = 1;
    r.positions.back().stance = stance;
    return *this;
  }

  Report& act(const std::string& words) {
    Event e;
    e.id = "v1";
    e.type = "YIELD";
    e.cameo = "080";
    e.source = {1};
    e.target = {0};
    e.status = "occurred";
    e.span = put(words);
    r.events.push_back(e);
    return *this;
  }

  Record r;

 private:
  Span put(const std::string& words) {
    const auto begin = static_cast<uint32_t>(r.article.text.size());
    r.article.text += words + ".\n";
    return {begin, begin + static_cast<uint32_t>(words.size())};
  }

  void person(const std::string& name, const std::string& country) {
    Entity e;
    e.id = "e" + std::to_string(r.entities.size() + 1);
    e.name = name;
    e.kind = "person";
    e.actor = {country, "GOV", {}};
    e.basis = "text";
    e.mentions = {put(name)};
    r.entities.push_back(e);
  }
};

size_t openings(const Play& p) {
  return static_cast<size_t>(std::count_if(
      p.links.begin(), p.links.end(), [](const Play::Link& l) { return l.kind == "opening"; }));
}

TEST(PlayOfRecords, AConditionIsMetRefusedNearOrUnanswered) {
  const std::string condition = "if Iceland withdraws its boats from the northern strait",
                    whole = "Iceland withdraws its boats from the northern strait";
  for (const auto& [stance, words, kind] :
       {std::tuple{"offers", whole, "opening"},
        {"accepts", whole, "opening"},
        {"rejects", whole, "deadlock"},
        {"warns", whole, "deadlock"},
        {"demands", whole, "deadlock"},  // what is to be given up is no offer to give it up
        {"offers", std::string("Iceland lends two boats to fishermen in the south"), "near"},
        {"rejects", std::string("Iceland lends two nets to fishermen"), "unanswered"}}) {
    test::Folder folder;
    Ledger ledger(folder.file("l.ledger"), Ledger::write);
    ledger.add(
        Report("offer", "2031-05-10").position("Norway will open its old port", condition).r);
    ledger.add(Report("answer", "2031-05-15").answer(stance, words).r);
    const Play p = ledger.play("fisheries", {});
    std::string kinds;
    for (const Play::Link& l : p.links) kinds += l.kind;
    EXPECT_EQ(kinds, kind) << stance << " " << words;
  }
}

TEST(PlayOfRecords, NobodyAnswersHimself) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  const std::string condition = "if Iceland withdraws its boats from the northern strait";
  ledger.add(Report("offer", "2031-05-10").position("Norway will open its old port", condition).r);
  Record again = Report("again", "2031-05-15")
                     .position("Iceland withdraws its boats from the northern strait", "")
                     .r;
  // Of whom an article takes another state.
  again.entities[0].actor.country = "DNK";
  ledger.add(again);
  const Play p = ledger.play("fisheries", {});
  ASSERT_EQ(p.stands.size(), 2u);
  ASSERT_EQ(p.links.size(), 1u);
  EXPECT_EQ(p.links[0].kind, "unanswered");
}

// What was done before a condition was laid down does not meet it.
TEST(PlayOfRecords, OnlyAnActBehindTheConditionMeetsIt) {
  for (const auto& [day, met] : {std::pair{"2031-05-05", 0u}, {"2031-05-15", 1u}}) {
    test::Folder folder;
    Ledger ledger(folder.file("l.ledger"), Ledger::write);
    ledger.add(Report("offer", "2031-05-10")
                   .position("Norway will open its northern port", "if Iceland withdraws the boats")
                   .r);
    ledger.add(Report("act", day).act("Iceland withdraws the boats").r);
    const Play p = ledger.play("port", {});
    ASSERT_EQ(p.stands.size(), 1u) << day;
    EXPECT_EQ(openings(p), met) << day;
  }
}

TEST(PlayOfRecords, WhatIsDoneBehindTheEndOfThePeriodMeetsNothing) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  ledger.add(Report("offer", "2031-05-10")
                 .position("Norway will open its northern port", "if Iceland withdraws the boats")
                 .r);
  ledger.add(Report("act", "2031-05-15").act("Iceland withdraws the boats").r);
  Question until;
  until.until = "2031-05-12";
  EXPECT_EQ(openings(ledger.play("port", until)), 0u);
  until.until = "2031-05-15";
  EXPECT_EQ(openings(ledger.play("port", until)), 1u);
}

TEST(TopicsOfRecords, AreThoseOfThePeriod) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  ledger.add(Report("a", "2031-05-01").position("the nets stay at sea", "", "fisheries").r);
  ledger.add(Report("b", "2031-05-20").position("the strait stays open", "", "shipping").r);
  const auto issues = [&](const std::string& from, const std::string& until) {
    Question q;
    q.from = from;
    q.until = until;
    std::vector<std::string> out;
    for (const auto& row : ledger.topics(q).rows) out.push_back(row[0]);
    return out;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(issues("", ""), (Names{"fisheries", "shipping"}));
  EXPECT_EQ(issues("2031-05-10", ""), Names{"shipping"});
  EXPECT_EQ(issues("", "2031-05-10"), Names{"fisheries"});
  EXPECT_EQ(issues("2031-05-05", "2031-05-10"), Names{});
}

// Two circles of three come into the text in turns: each stands together.
TEST(PlayDrawing, WhoDealWithEachOtherStandTogether) {
  Play p;
  p.topic = "ports";
  const auto stand = [&](const char* holder, const char* toward) {
    Play::Stand s;
    s.holder = holder;
    s.toward = toward;
    s.stance = "demands";
    s.content = "the port";
    p.stands.push_back(s);
  };
  for (const char* alone : {"Aase", "Birna", "Clara", "Dagny", "Edda", "Frida"}) stand(alone, "");
  for (int times = 0; times < 2; ++times) {
    stand("Aase", "Edda");
    stand("Birna", "Dagny");
    stand("Clara", "Edda");
    stand("Dagny", "Frida");
  }
  const std::string svg = play_as_svg(p, false);
  std::map<std::string, double> row;
  for (const char* name : {"Aase", "Birna", "Clara", "Dagny", "Edda", "Frida"}) {
    const size_t at = svg.find(std::string("text-anchor=\"end\">") + name + "<");
    ASSERT_NE(at, std::string::npos) << name;
    row[name] = std::strtod(svg.c_str() + svg.rfind("\" y=\"", at) + 5, nullptr);
  }
  const auto [first, last] = std::minmax({row["Aase"], row["Clara"], row["Edda"]});
  for (const char* other : {"Birna", "Dagny", "Frida"})
    EXPECT_TRUE(row[other] < first || row[other] > last) << other << " stands among the others";
}

// One who says much to nobody: each number stands right of the one before.
Play talkative(int stands) {
  Play p;
  p.topic = "ports";
  for (int i = 0; i < stands; ++i) {
    Play::Stand s;
    s.holder = "Aase";
    s.stance = "demands";
    s.content = "port " + std::to_string(i);
    p.stands.push_back(s);
  }
  return p;
}

// Width or height of a drawing.
double measure(const std::string& svg, const std::string& name) {
  const size_t at = svg.find(" " + name + "=\"");
  EXPECT_NE(at, std::string::npos);
  return std::strtod(svg.c_str() + at + name.size() + 3, nullptr);
}

TEST(PlayDrawing, ReachesAsFarAsItsLastNumber) {
  const std::string svg = play_as_svg(talkative(20), false);
  double farthest = 0;
  const std::string badge = "badge\" cx=\"";
  for (size_t at = svg.find(badge); at != std::string::npos; at = svg.find(badge, at + 1))
    farthest = std::max(farthest, std::strtod(svg.c_str() + at + badge.size(), nullptr));
  const double width = measure(svg, "width");
  EXPECT_GE(width, farthest + 10) << "a number is cut off";
  EXPECT_LE(width, farthest + 60) << "nothing stands at the right";
}

TEST(PlayDrawing, ListsItsStandsWhereNoPageDoes) {
  const std::string alone = play_as_svg(talkative(3), true),
                    page = play_as_svg(talkative(3), false);
  EXPECT_NE(alone.find(">3. Aase demands: port 2 —"), std::string::npos) << alone;
  EXPECT_EQ(page.find(">3. Aase"), std::string::npos);
  EXPECT_GE(measure(alone, "width"), 800) << "a line of the list is long";
  EXPECT_GE(measure(alone, "height"), measure(page, "height") + 3 * 15);
}

// Stands of every kind between five, some of them long, and links of every kind.
Play quarrel() {
  const std::vector<std::string> who = {"Aase", "Birna",
                                        "The Permanent Secretariat of the Øresund Board",
                                        "Øyvind Ørjasæter-Ødegård of Tromsø", "\"Cod\" \\ Co."};
  const std::vector<std::string> stances = {"demands", "rejects",  "offers",  "accepts",
                                            "opposes", "supports", "proposes"};
  Play p;
  p.topic = "ports & <cod>";
  for (size_t i = 0; i < 17; ++i) {
    Play::Stand s;
    s.holder = who[i * 3 % who.size()];
    if (i % 4 != 0) s.toward = who[i * i % who.size()];
    s.stance = stances[i % stances.size()];
    s.content = "stand " + std::to_string(i) + std::string(i * 9, i % 2 ? 'x' : ' ') + "på øya";
    if (i % 3 == 0) s.condition = "if " + std::string(i * 5, 'y') + "ås";
    s.when = i % 2 ? "2031-05-14" : "2031-05";
    s.reported = "2031-05-16";
    s.article = "Report " + std::to_string(i);
    p.stands.push_back(s);
  }
  for (const auto& [kind, from, to] : {std::tuple{"deadlock", 0, 1},
                                       {"opening", 1, 2},
                                       {"near", 5, 3},
                                       {"unanswered", 6, -1},
                                       {"stage", 2, 11},
                                       {"opening", 12, -1}})
    p.links.push_back({kind, from, to, std::string("why ") + kind, ""});
  return p;
}

// A picture to the byte: where each name, arc, number and line stands. Changed on purpose, the lines that differ are
// printed and looked at.
TEST(Golden, ADrawnStateOfPlay) {
  test::GoldenFile kept("ledger/drawings");
  kept.section("graph", play_as_dot(quarrel()));
  kept.section("page", play_as_svg(quarrel(), false));
  kept.section("picture", play_as_svg(quarrel(), true));
  kept.section("nobody", play_as_svg({}, true) + play_as_dot({}));
}

}  // namespace
}  // namespace chancery
