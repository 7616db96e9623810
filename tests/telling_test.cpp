// The lines that a record is told in, one by one: which days stand beside them, whose report they are,
// in which words, in which order, and what stands apart. present_test.cpp asks for the whole.
#include "present/telling.h"

#include <gtest/gtest.h>

#include "made.h"

namespace chancery {
namespace {

using present::Told;
using test::Made;
using test::sure_limits;
using Words = std::vector<std::string>;

// The lines of one who is told of, "" where there is no such group.
std::vector<present::Line> lines_of(const present::Telling& t, int who) {
  for (const present::Group& g : t.groups)
    if (g.who == who) return g.lines;
  return {};
}

// The first of them; an empty one where there is none.
present::Line line_of(const present::Telling& t, int who) {
  const std::vector<present::Line> lines = lines_of(t, who);
  return lines.empty() ? present::Line() : lines[0];
}

Words things(const present::Telling& t, const std::string& label) {
  for (const present::Head& head : t.head)
    if (head.label == label) return head.things;
  return {"no such label"};
}

TEST(Telling, ARemarkSaysItsDayWhereThatIsNotAboutTheReports) {
  for (auto [day, tags] : {std::pair{"2031-05-14", Words()},
                           {"2031-05-13", Words()},
                           {"2031-05-15", Words()},
                           {"2031-05-12", Words{"Mon 12 May"}},
                           {"2031-05-16", Words{"Fri 16 May"}},
                           {"2031-05", Words{"May"}},
                           {"", Words()}}) {
    Made m("Tora Berg said the ports were open.");
    const int berg = m.entity("Tora Berg", "person", "NOR");
    m.statement(berg, "said", "the ports were open").when = When(day);
    EXPECT_EQ(line_of(m.told(), berg).tags, tags) << day;
    m.r.article.published = "2031-05-14T22:10:00Z";
    EXPECT_EQ(line_of(m.told(), berg).tags, tags) << day << ", whatever the hour of the report";
  }
}

TEST(Telling, AnActSaysItsDayUnlessItsWordsDo) {
  Made m("The navy seized a trawler. The navy sank a boat in April.");
  const int navy = m.entity("The navy", "organization", "NOR"),
            crew = m.entity("a trawler", "other", "ISL"), boat = m.entity("a boat", "other", "DNK");
  m.event("COERCE", {navy}, {crew}, "The navy seized a trawler", "seized").when =
      When("2031-05-14");
  m.event("ASSAULT", {navy}, {boat}, "sank a boat in April", "sank").when = When("2031-04");
  const std::vector<present::Line> lines = lines_of(m.told(), navy);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].tags, Words{"Wed 14 May"}) << "on the day of the report, too";
  EXPECT_EQ(lines[1].tags, Words()) << "in April is said";
}

TEST(Telling, LinesSayInWhichParagraphTheyStand) {
  Made m("Olm is cold.\n\nTora Berg said the ports were open.\n\nShe said the sea was calm.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "said", "the ports were open");
  m.statement(berg, "said", "the sea was calm");
  const std::vector<present::Line> lines = lines_of(m.told(), berg);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].paragraph, 2);
  EXPECT_EQ(lines[1].paragraph, 3);
}

TEST(Telling, AReportOfAnothersWordsOrActsIsHis) {
  Made m("Tora Berg said the ports were open. Radio Olm reported war. The navy sank a boat.");
  const int radio = m.entity("Radio Olm", "organization", "NOR"),
            berg = m.entity("Tora Berg", "person", "NOR"),
            navy = m.entity("The navy", "organization", "NOR"),
            boat = m.entity("a boat", "other", "DNK");
  m.statement(berg, "said", "the ports were open").via = {radio};
  m.statement(radio, "reported", "war");
  m.event("ASSAULT", {navy}, {boat}, "The navy sank a boat", "sank").said_in = 1;
  const present::Telling t = m.told();
  EXPECT_EQ(line_of(t, berg).tags, Words{"reported by Radio Olm"});
  EXPECT_EQ(line_of(t, navy).tags, Words{"reported by Radio Olm"});
}

TEST(Telling, WhatSomebodyTellsOfHisOwnActIsNoReport) {
  Made m("Tora Berg said it was late. She met Jon Falk.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.statement(berg, "said", "it was late");
  m.event("CONSULT", {berg}, {falk}, "She met Jon Falk", "met").said_in = 0;
  const std::vector<present::Line> lines = lines_of(m.told(), berg);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].text, "She met Jon Falk");
  EXPECT_EQ(lines[1].tags, Words());
}

TEST(Telling, AStatementIsToldByItsVerbWhereThatTellsMore) {
  for (auto [cue, force, verb, joined] : {std::tuple{"urged", "asserted", "urged", true},
                                          {"said", "asserted", "said", false},
                                          {"urged", "denied", "denied", false},
                                          {"said", "hedged", "suggested", false},
                                          {"said", "questioned", "asked", false},
                                          {"said", "", "said", false}}) {
    Made m("Tora Berg " + std::string(cue) + " Iceland to open its ports.");
    const int berg = m.entity("Tora Berg", "person", "NOR");
    m.statement(berg, cue, "Iceland to open its ports").force = force;
    const present::Line line = line_of(m.told(), berg);
    EXPECT_EQ(line.verb, verb) << cue << " " << force;
    EXPECT_EQ(line.joined, joined) << cue << " " << force;
    EXPECT_EQ(line.told, Told::says);
  }
}

TEST(Telling, ASmallPositionInALongRemarkIsAWordBehindIt) {
  Made m(
      "Tora Berg said the winter had been long and the boats were old, that the crews were tired "
      "of waiting and that Iceland must open its ports.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "said",
              "the winter had been long and the boats were old, that the crews were tired of "
              "waiting and that Iceland must open its ports");
  m.position(berg, "demands", "Iceland must open its ports");
  m.position(berg, "demands", "open its ports");
  const std::vector<present::Line> lines = lines_of(m.told(), berg);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].told, Told::says);
  EXPECT_EQ(lines[0].verb, "said");
  EXPECT_EQ(lines[0].tags, Words{"demand"}) << "once";
  EXPECT_EQ(lines[0].within, (Words{"p1", "p2"}));
}

TEST(Telling, APositionOfTheReportHasItsOwnWordsAndItsCondition) {
  Made m("If Sweden agrees, Tora Berg backed the new port in Olm if Iceland pays.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.position(berg, "supports", "the new port in Olm").condition = {m.at("if Iceland pays")};
  present::Line line = line_of(m.told(), berg);
  EXPECT_EQ(line.verb, "supported");
  EXPECT_EQ(line.text, "the new port in Olm if Iceland pays");
  m.r.positions[0].condition = {m.at("If Sweden agrees")};
  line = line_of(m.told(), berg);
  EXPECT_EQ(line.text, "the new port in Olm (If Sweden agrees)") << "it does not follow the words";
  m.r.positions[0].condition = {m.at("if Iceland pays")};
  m.r.positions[0].content = {m.at("the new port in Olm if Iceland pays")};
  line = line_of(m.told(), berg);
  EXPECT_EQ(line.text, "the new port in Olm if Iceland pays") << "it stands there already";
}

TEST(Telling, WordsBehindTheVerbOfAnActAreToldByIt) {
  Made m("Tora Berg called for the port to be opened. Jon Falk has long wished for a new port.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.event("REQUEST", {berg}, {}, "called for the port to be opened", "called", 0.1);
  m.position(berg, "demands", "the port to be opened");
  present::Line line = line_of(m.told(), berg);
  EXPECT_EQ(line.verb, "called");
  EXPECT_EQ(line.text, "for the port to be opened");
  EXPECT_TRUE(line.joined);
  m.position(falk, "demands", "a new port");
  line = line_of(m.told(), falk);
  EXPECT_EQ(line.verb, "demanded") << "the verb is another's";
  EXPECT_EQ(line.text, "a new port");
  EXPECT_FALSE(line.joined);
}

TEST(Telling, TheWordsOfAnActBeginWithTheWordThatNamesIt) {
  Made m("On a cold morning the navy sank a boat in the west. A boat was seized by the navy.");
  const int navy = m.entity("the navy", "organization", "NOR"),
            boat = m.entity("a boat", "other", "DNK");
  m.event("ASSAULT", {navy}, {boat}, "On a cold morning the navy sank a boat in the west", "sank");
  m.event("COERCE", {navy}, {boat}, "A boat was seized by the navy", "seized");
  const std::vector<present::Line> lines = lines_of(m.told(), navy);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].verb + " " + lines[0].text, "sank a boat in the west");
  EXPECT_EQ(lines[1].text, "A boat was seized by the navy") << "who did it stands behind";
}

TEST(Telling, WhatDidNotOccurSaysSo) {
  for (auto [status, tag] : {std::pair{"denied", "denied"},
                             {"possible", "possible"},
                             {"conditional", "on a condition"}}) {
    Made m("The navy sank a boat.");
    const int navy = m.entity("The navy", "organization", "NOR"),
              boat = m.entity("a boat", "other", "DNK");
    m.event("ASSAULT", {navy}, {boat}, "The navy sank a boat", "sank").status = status;
    const present::Telling t = m.told();
    EXPECT_EQ(line_of(t, navy).tags, Words{tag});
    EXPECT_EQ(line_of(t, navy).told, Told::does);
    EXPECT_EQ(things(t, "Done"), Words()) << status;
  }
}

TEST(Telling, APlanOfTheReportsOwnDayIsNotOver) {
  for (const char* published : {"2031-05-14", "2031-05-14T22:10:00Z"})
    for (auto [day, tags] :
         {std::pair{"2031-05-14", Words{"Wed 14 May"}}, {"2031-05-13", Words()}}) {
      Made m("Tora Berg will meet Jon Falk in Olm.");
      m.r.article.published = published;
      const int berg = m.entity("Tora Berg", "person", "NOR"),
                falk = m.entity("Jon Falk", "person", "ISL");
      Event& e = m.event("CONSULT", {berg}, {falk}, "Tora Berg will meet Jon Falk in Olm", "meet");
      e.status = "planned";
      e.when = When(day);
      EXPECT_EQ(line_of(m.told(), berg).tags, tags) << published << " " << day;
      EXPECT_EQ(things(m.told(), "Next").empty(), tags.empty()) << published << " " << day;
    }
}

TEST(Telling, APlanWithoutADaySaysSo) {
  Made m("Tora Berg will meet Jon Falk in Olm.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.event("CONSULT", {berg}, {falk}, "Tora Berg will meet Jon Falk in Olm", "meet").status =
      "planned";
  m.r.events[0].mode = "meet";
  const present::Telling t = m.told();
  EXPECT_EQ(line_of(t, berg).tags, Words{"date not given"});
  EXPECT_EQ(line_of(t, berg).verb, "next");
  EXPECT_EQ(things(t, "Next"), Words{"date not given: Tora Berg is to meet with Jon Falk"});
}

TEST(Telling, PlansStandInTheOrderOfTheirDays) {
  Made m("Tora Berg will meet Jon Falk in June and Ola Dahl in May.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL"),
            dahl = m.entity("Ola Dahl", "person", "DNK");
  for (auto [who, day, words, word] :
       {std::tuple{falk, "2031-06-03", "will meet Jon Falk in June", "meet"},
        {dahl, "2031-05-20", "Ola Dahl in May", "Ola"}}) {
    Event& e = m.event("CONSULT", {berg}, {who}, words, word);
    e.mode = "meet";
    e.status = "planned";
    e.when = When(day);
  }
  const present::Telling t = m.told();
  EXPECT_EQ(things(t, "Next"), (Words{"Tue 20 May: Tora Berg is to meet with Ola Dahl",
                                      "Tue 3 Jun: Tora Berg is to meet with Jon Falk"}));
  const std::vector<present::Line> lines = lines_of(t, berg);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].ids, Words{"v2"});
}

TEST(Telling, TheReportsOwnActsStandBeforeWhatSomebodyTells) {
  Made m("Ola Dahl said the navy seized a trawler. The army met Jon Falk.");
  const int dahl = m.entity("Ola Dahl", "person", "DNK"),
            navy = m.entity("the navy", "organization", "NOR"),
            crew = m.entity("a trawler", "organization", "ISL"),
            army = m.entity("The army", "organization", "SWE"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.statement(dahl, "said", "the navy seized a trawler");
  Event& seizure = m.event("COERCE", {navy}, {crew}, "the navy seized a trawler", "seized");
  seizure.said_in = 0;
  seizure.mode = "seize";
  m.event("CONSULT", {army}, {falk}, "The army met Jon Falk", "met").mode = "meet";
  const Words done = things(m.told(), "Done");
  ASSERT_EQ(done.size(), 2u);
  EXPECT_TRUE(done[0].starts_with("The army")) << done[0];
  EXPECT_TRUE(done[1].starts_with("The navy")) << done[1];
}

TEST(Telling, TheHeadHasThreeThingsOfAKindEachOnce) {
  Made m("Tora Berg met Jon Falk. Jon Falk met Ola Dahl. Ola Dahl met Per Lund. Per Lund met Ida.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL"),
            dahl = m.entity("Ola Dahl", "person", "DNK"),
            lund = m.entity("Per Lund", "person", "SWE"), ida = m.entity("Ida", "person", "FIN");
  for (auto [a, b, words] : {std::tuple{berg, falk, "Tora Berg met Jon Falk"},
                             {berg, falk, "Tora Berg met Jon Falk"},
                             {falk, dahl, "Jon Falk met Ola Dahl"},
                             {dahl, lund, "Ola Dahl met Per Lund"},
                             {lund, ida, "Per Lund met Ida"}})
    m.event("CONSULT", {a}, {b}, words, "met").mode = "meet";
  const Words done = things(m.told(), "Done");
  ASSERT_EQ(done.size(), 3u);
  EXPECT_TRUE(done[0].starts_with("Tora Berg") && done[1].starts_with("Jon Falk") &&
              done[2].starts_with("Ola Dahl"));
}

TEST(Telling, AStateBesideItsOwnPeopleSaysNothing) {
  Made m("Norway met Tora Berg. Norway met Jon Falk.");
  const int norway = m.entity("Norway", "place", "NOR"),
            berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.event("CONSULT", {norway}, {berg}, "Norway met Tora Berg", "met").mode = "meet";
  EXPECT_EQ(things(m.told(), "Done"), Words());
  m.event("CONSULT", {norway}, {falk}, "Norway met Jon Falk", "met").mode = "meet";
  EXPECT_EQ(things(m.told(), "Done").size(), 1u);
}

TEST(Telling, StandsAreOnePersonsOnceAndTheSurestFirst) {
  Made m("Tora Berg backed the port and opposed the ban. Jon Falk backed the tax.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.position(berg, "supports", "the port", 0.7);
  m.position(berg, "opposes", "the ban", 0.8);
  m.position(falk, "supports", "the tax", 0.9);
  EXPECT_EQ(things(m.told(), "Stands"),
            (Words{"Jon Falk supported: the tax", "Tora Berg opposed: the ban"}));
}

TEST(Telling, WhoeverHasMostToTellStandsFirstAndNobodyLast) {
  Made m(
      "Some sailor said it was late. Another one said it was cold. Jon Falk said it was dark. Tora "
      "Berg said it rained and said it was wet.");
  const int falk = m.entity("Jon Falk", "person", "ISL"), berg = [&] {
    m.r.entities.push_back(m.r.entities[0]);
    m.r.entities[1].id = "e2";
    m.r.entities[1].name = "Tora Berg";
    return 1;
  }();
  m.statement(-1, "said", "it was late").source = {m.at("Some sailor")};
  m.statement(-1, "said", "it was cold").source = {m.at("Some sailor")};
  m.statement(-1, "said", "it was cold").source = {m.at("Another one")};
  m.statement(falk, "said", "it was dark");
  m.statement(berg, "said", "it rained");
  m.statement(berg, "said", "it was wet");
  const present::Telling t = m.told();
  ASSERT_EQ(t.groups.size(), 4u);
  EXPECT_EQ(t.groups[0].who, berg);
  EXPECT_EQ(t.groups[1].who, falk);
  EXPECT_EQ(t.groups[2].name, "Some sailor");
  EXPECT_EQ(t.groups[2].lines.size(), 2u);
  EXPECT_EQ(t.groups[3].name, "Another one");
}

TEST(Telling, ATagOfEveryLineStandsBesideTheName) {
  Made m("Radio Olm said Tora Berg said it rained and it was wet. Tora Berg said it was dark.");
  const int radio = m.entity("Radio Olm", "organization", "NOR"),
            berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "said", "it rained").via = {radio};
  m.statement(berg, "said", "it was wet").via = {radio};
  const present::Telling all = m.told();
  EXPECT_EQ(all.groups[0].tags, Words{"reported by Radio Olm"});
  EXPECT_EQ(all.groups[0].lines[0].tags, Words());
  m.statement(berg, "said", "it was dark");
  const present::Telling some = m.told();
  EXPECT_EQ(some.groups[0].tags, Words());
  EXPECT_EQ(some.groups[0].lines[0].tags, Words{"reported by Radio Olm"});
}

TEST(Telling, HowFarALineIsAboveItsLimitSaysHowLongItStays) {
  Made m("Tora Berg said it rained. The navy sank a boat.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            navy = m.entity("The navy", "organization", "NOR"),
            boat = m.entity("a boat", "other", "DNK");
  const double statement = sure_limits().statement, event = sure_limits().event;
  m.statement(berg, "said", "it rained", (1 + statement) / 2);
  m.event("ASSAULT", {navy}, {boat}, "The navy sank a boat", "sank", (1 + event) / 2);
  const present::Telling t = m.told();
  EXPECT_NEAR(line_of(t, berg).margin, 0.75, 1e-9) << "right more often than an act";
  EXPECT_NEAR(line_of(t, navy).margin, 0.5, 1e-9);
}

TEST(Telling, WhatIsNotSureStandsApartTheNearFirst) {
  Made m("Tora Berg said the sea was rough. Jon Falk said the ice was thin and old. It was dark.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  const double limit = sure_limits().statement;
  m.statement(berg, "said", "the sea was rough", 0.3 * limit);
  m.statement(falk, "said", "the ice was thin and old", 0.99 * limit);
  m.statement(falk, "said", "the ice was thin and", 0.98 * limit);
  const present::Telling t = m.told();
  EXPECT_TRUE(t.groups.empty());
  ASSERT_EQ(t.also.size(), 3u);
  EXPECT_EQ(t.also[0].ids, Words{"s2"});
  EXPECT_TRUE(t.also[0].near && !t.also[0].repeated);
  EXPECT_EQ(t.also[1].ids, Words{"s1"});
  EXPECT_FALSE(t.also[1].near);
  EXPECT_EQ(t.also[2].ids, Words{"s3"});
  EXPECT_TRUE(t.also[2].near && t.also[2].repeated) << "its words stand in the first";
}

// What may be and what is denied is not told as if it was.
TEST(Telling, ASentenceSaysWhetherItHappened) {
  for (const auto& [status, sentence] : {std::pair{"occurred", "Norway met with Iceland"},
                                         {"planned", "Norway is to meet with Iceland"},
                                         {"possible", "Norway may meet with Iceland"},
                                         {"conditional", "Norway may meet with Iceland"},
                                         {"denied", "Denied: Norway met with Iceland"}})
    EXPECT_EQ(test::plain_words().sentence("CONSULT", "meet", status, "Norway", "Iceland"),
              sentence);
  EXPECT_EQ(test::plain_words().sentence("CONSULT", "meet", "possible", "Norway", ""),
            "Norway may meet");
}

// The next act of a sentence ends the words of one only where it is joined to it.
TEST(Telling, WordsOfAnActEndWithAWord) {
  Made m(
      "Tora Berg offered to host a meeting in Olm. The navy seized a boat and sank it in the "
      "harbour.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            navy = m.entity("The navy", "organization", "NOR");
  m.event("AGREE", {berg}, {}, "Tora Berg offered to host a meeting in Olm", "offered");
  m.event("CONSULT", {berg}, {}, "a meeting in Olm", "meeting");
  m.event("COERCE", {navy}, {}, "The navy seized a boat and sank it in the harbour", "seized");
  m.event("ASSAULT", {navy}, {}, "The navy seized a boat and sank it in the harbour", "sank");
  const std::vector<present::Line> lines = lines_of(m.told(), berg);
  ASSERT_EQ(lines.size(), 1u) << "one act, one line";
  EXPECT_EQ(lines[0].verb + " " + lines[0].text, "offered to host a meeting in Olm");
  EXPECT_EQ(lines_of(m.told(), navy).at(0).verb, "seized");
  EXPECT_EQ(lines_of(m.told(), navy).at(0).text, "a boat");
}

TEST(Telling, AnActWhoseVerbAPositionHasIsToldByIt) {
  Made m("Tora Berg condemned the treaty, saying that the sea was being given away for nothing.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.position(berg, "opposes", "condemned the treaty");
  m.event("ACCUSE", {berg}, {},
          "Tora Berg condemned the treaty, saying that the sea was being given away for nothing",
          "condemned");
  const std::vector<present::Line> lines = lines_of(m.told(), berg);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].verb + " " + lines[0].text, "condemned the treaty");
}

TEST(Telling, AMeetingOfTwoStandsOnceInTheHead) {
  Made m("Tora Berg met Jon Falk in Olm. Jon Falk met Tora Berg for hours.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.event("CONSULT", {berg}, {falk}, "Tora Berg met Jon Falk in Olm", "met").mode = "meet";
  Event& again = m.event("CONSULT", {falk}, {berg}, "Jon Falk met Tora Berg for hours", "met");
  again.mode = "meet";
  EXPECT_EQ(m.told().head[0].things, Words{"Tora Berg met with Jon Falk"});
}

TEST(Telling, ANoveltyThatSaysSinceWhenIsNotToldItAgain) {
  Made m("It was the highest toll in nine years. The lowest price came in May.");
  for (const char* claim : {"the highest toll in nine years", "The lowest price"}) {
    Novelty n;
    n.id = "n" + std::to_string(m.r.novelty.size() + 1);
    n.span = m.at(claim);
    n.claim = "first";
    n.since = When("2022");
    m.r.novelty.push_back(n);
  }
  TimeExpression nine;
  nine.id = "t1";
  nine.span = m.at("nine years");
  nine.type = "DURATION";
  m.r.times.push_back(nine);
  for (const present::Head& head : m.told().head)
    if (head.label == "New") {
      EXPECT_EQ(head.things, (Words{"It was the highest toll in nine years",
                                    "The lowest price came in May since 2022"}));
    }
}

TEST(Telling, ACueOfWhichMoreBelongsToTheVerbIsSaid) {
  Made m("Tora Berg made clear that the port was shut. She described it as a first step.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "made", "that the port was shut");
  m.statement(berg, "described", "it as a first step");
  const std::vector<present::Line> lines = lines_of(m.told(), berg);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].verb, "said");
  EXPECT_EQ(lines[1].verb + " " + lines[1].text, "described it as a first step");
}

TEST(Telling, ACommaGoesOnlyBeforeTheLastMarkOfAQuotation) {
  EXPECT_EQ(present::tidy("“We will come,”"), "“We will come”");
  EXPECT_EQ(present::tidy("to \"take on the town,\" and to win"),
            "to \"take on the town,\" and to win");
}

TEST(Telling, ASentenceBeforeItsVerbStandsBehindAColon) {
  Made m("The port must open, Tora Berg ruled. She urged Iceland to open its ports.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "ruled", "The port must open");
  m.statement(berg, "urged", "Iceland to open its ports");
  const std::vector<present::Line> lines = lines_of(m.told(), berg);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_FALSE(lines[0].joined);
  EXPECT_TRUE(lines[1].joined);
}

}  // namespace
}  // namespace chancery
