// What people are told of a record: plain words, one act one line, what is sure, and how long.
#include <gtest/gtest.h>

#include "made.h"
#include "serve/reader_page.h"

namespace chancery {
namespace {

using present::Told;
using test::Made;

const present::Words& words() { return test::plain_words(); }
const SureLimits& limits() { return test::sure_limits(); }

TEST(Present, EveryActOfTheOntologyHasPlainWords) {
  const Ontology ontology(test::source_dir() + "/data/ontology");
  for (const auto& [name, type] : ontology.types())
    EXPECT_FALSE(words().act(name, "").done.ends_with(":")) << name << " has no words";
  for (const Ontology::Mode& mode : ontology.modes()) {
    if (mode.type == "AGREE") continue;
    EXPECT_NE(words().act(mode.type, mode.mode).noun, words().act(mode.type, "").noun)
        << mode.type << " " << mode.mode << " has no words of its own";
  }
  for (const auto& [sector, said] : ontology.sectors())
    EXPECT_NE(words().said("sector", sector), sector);
}

TEST(Present, APersonHasNameOfficeAndState) {
  Made m("Tora Berg spoke.");
  const int berg = m.entity("Tora Berg", "person", "NOR", "foreign minister"),
            navy = m.entity("the Norwegian navy", "organization", "NOR"),
            union_ = m.entity("Harbour Union", "organization", "NOR"),
            state = m.entity("Norway", "place", "NOR"),
            general = m.entity("Ola Dahl", "person", "", "gen.");
  auto full = [&](int e) { return words().full(m.r.entities[static_cast<size_t>(e)]); };
  EXPECT_EQ(full(berg), "Tora Berg, foreign minister, Norway");
  EXPECT_EQ(full(navy), "the Norwegian navy");  // the name says it
  EXPECT_EQ(full(union_), "Harbour Union, Norway");
  EXPECT_EQ(full(state), "Norway");
  m.r.entities[static_cast<size_t>(union_)].basis = "context";
  EXPECT_EQ(full(union_), "Harbour Union, probably Norway");
  EXPECT_EQ(full(general), "Ola Dahl, general");
  EXPECT_EQ(words().names(m.r, {state, berg}), "Tora Berg");  // not the state beside its own
  EXPECT_EQ(words().names(m.r, {navy, general}), "the Norwegian navy and Ola Dahl");
}

TEST(Present, WhatAPositionSaysIsNotToldTwice) {
  Made m("Tora Berg said Iceland must open its ports before the winter comes.");
  const int berg = m.entity("Tora Berg", "person", "NOR", "foreign minister");
  m.statement(berg, "said", "Iceland must open its ports before the winter comes");
  m.position(berg, "demands", "Iceland must open its ports before the winter");
  const present::Telling t = m.told();
  ASSERT_EQ(t.groups.size(), 1u);
  ASSERT_EQ(t.groups[0].lines.size(), 1u);
  const present::Line& line = t.groups[0].lines[0];
  EXPECT_EQ(line.verb, "demanded");
  EXPECT_EQ(line.told, Told::wants);
  EXPECT_EQ(line.within, std::vector<std::string>{"p1"});
}

TEST(Present, AnActInAStatementsWordsOrCueIsNotToldTwice) {
  Made m("Tora Berg urged Iceland to open its ports. She said the navy had arrested two crews.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            iceland = m.entity("Iceland", "place", "ISL"),
            navy = m.entity("the navy", "organization", "NOR"),
            crews = m.entity("two crews", "group", "");
  m.statement(berg, "urged", "Iceland to open its ports");
  m.statement(berg, "said", "the navy had arrested two crews");
  m.event("REQUEST", {berg}, {iceland}, "Tora Berg urged Iceland to open its ports", "urged");
  m.event("COERCE", {navy}, {crews}, "the navy had arrested two crews", "arrested").said_in = 1;
  const present::Telling t = m.told();
  ASSERT_EQ(t.groups.size(), 1u);
  ASSERT_EQ(t.groups[0].lines.size(), 2u);
  EXPECT_EQ(t.groups[0].lines[0].within, std::vector<std::string>{"v1"});
  EXPECT_EQ(t.groups[0].lines[0].verb, "urged");
  EXPECT_EQ(t.groups[0].lines[1].within, std::vector<std::string>{"v2"});
}

TEST(Present, OneActIsOneLine) {
  Made m(
      "The navy seized a trawler on Monday.\n\nThe seizure angered Iceland. Tora Berg met Jon "
      "Falk and praised Olm.");
  const int navy = m.entity("The navy", "organization", "NOR"),
            crew = m.entity("a trawler", "other", "ISL"),
            berg = m.entity("Tora Berg", "person", "NOR"), falk = m.entity("Jon", "person", "ISL"),
            olm = m.entity("Olm", "place", "");
  m.event("COERCE", {navy}, {crew}, "The navy seized a trawler on Monday", "seized").mode = "seize";
  m.event("COERCE", {navy}, {crew}, "The seizure angered Iceland", "seizure").mode = "seize";
  m.event("CONSULT", {berg}, {falk}, "Tora Berg met Jon Falk and praised Olm", "met");
  m.event("SUPPORT", {berg}, {olm}, "Tora Berg met Jon Falk and praised Olm", "praised");
  const present::Telling t = m.told();
  ASSERT_EQ(t.groups.size(), 2u);
  EXPECT_EQ(t.groups[0].name, "Tora Berg");  // who has most to tell
  ASSERT_EQ(t.groups[0].lines.size(), 2u);
  // Each act has its own words, up to the next.
  EXPECT_EQ(t.groups[0].lines[0].verb + " " + t.groups[0].lines[0].text, "met Jon Falk");
  ASSERT_EQ(t.groups[1].lines.size(), 1u);
  EXPECT_EQ(t.groups[1].lines[0].ids, (std::vector<std::string>{"v1", "v2"}));
  EXPECT_EQ(t.groups[1].lines[0].verb, "seized");
  EXPECT_EQ(t.groups[1].lines[0].text, "a trawler on Monday");
  EXPECT_EQ(t.groups[1].lines[0].paragraph, 1);
}

TEST(Present, TheHeadSaysWhatWasDoneAndWhatIsNext) {
  Made m(
      "The navy arrested two crews in April. Tora Berg will meet Jon Falk in Olm. It would be "
      "the first meeting.");
  const int navy = m.entity("The navy", "organization", "NOR"),
            crews = m.entity("two crews", "group", ""),
            berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  Event& arrest =
      m.event("COERCE", {navy}, {crews}, "The navy arrested two crews in April", "arrested");
  arrest.mode = "arrest";
  arrest.when = When("2031-04");
  Event& meeting =
      m.event("CONSULT", {berg}, {falk}, "Tora Berg will meet Jon Falk in Olm", "meet");
  meeting.mode = "meet";
  meeting.status = "planned";
  meeting.when = When("2031-05-20");
  Novelty first;
  first.id = "n1";
  first.span = m.at("the first meeting");
  first.claim = "first";
  m.r.novelty = {first};
  const std::string text = m.dossier();
  for (const char* line : {"Done    The navy arrested two crews in April",
                           "Next    Tue 20 May: Tora Berg is to meet with Jon Falk",
                           "New     It would be the first meeting",
                           "Tora Berg, Norway, next: meet Jon Falk in Olm · Tue 20 May ¶1",
                           "Not sure enough to stand here: who stands where."})
    EXPECT_NE(text.find(line), std::string::npos) << line << " not in\n" << text;
  for (const char* code : {"COERCE", "CONSULT", "NOR", "GOV", "CAMEO"})
    EXPECT_EQ(text.find(code), std::string::npos) << code;
}

// "The warmest on record" alone tells nobody what was.
TEST(Present, AClaimOfNoveltyIsToldWithWhatItIsOf) {
  Made m(
      "Tora Berg left. The U.S. had a mild May. Sen. Ola Dahl said that July was the warmest on "
      "record. Her best showing since "
      "2020 came in Olm. The accord between the coast guards of both states, which both "
      "parliaments have to pass first, establishes for the first time a common watch, they say.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.r.entities[static_cast<size_t>(berg)].mentions.push_back(
      {m.at("Her best").begin, m.at("Her best").begin + 3});
  for (const char* claim :
       {"the warmest on record", "Her best showing since 2020", "establishes for the first time"}) {
    Novelty n;
    n.id = "n" + std::to_string(m.r.novelty.size() + 1);
    n.span = m.at(claim);
    n.claim = "first";
    m.r.novelty.push_back(n);
  }
  for (const present::Head& head : m.told().head)
    if (head.label == "New") {
      EXPECT_EQ(head.things,
                (std::vector<std::string>{
                    "Sen. Ola Dahl said that July was the warmest on record",
                    "Tora Berg's best showing since 2020 came in Olm",
                    "… the coast guards of both states, which both parliaments have to pass first, "
                    "establishes for the first time a common watch"}));
    }
}

// Who owns a fault does not object to it.
TEST(Present, WhatIsConcededIsNoObjection) {
  for (const char* cue : {"admitted", "argued"}) {
    Made m("Tora Berg " + std::string(cue) + " the ban had not worked.");
    const int berg = m.entity("Tora Berg", "person", "NOR");
    m.statement(berg, cue, "the ban had not worked");
    m.position(berg, "opposes", "the ban had not worked");
    const present::Telling t = m.told();
    ASSERT_EQ(t.groups.size(), 1u);
    ASSERT_EQ(t.groups[0].lines.size(), 1u);
    const bool conceded = cue == std::string("admitted");
    EXPECT_EQ(t.groups[0].lines[0].verb, conceded ? "admitted" : "objected");
    EXPECT_EQ(t.groups[0].lines[0].within, std::vector<std::string>{"p1"});
    EXPECT_TRUE(t.groups[0].lines[0].tags.empty());
  }
}

// "Tora Berg calling on Iceland …" is no sentence; nor is "concerns about …" what somebody did.
TEST(Present, AnActInAnotherFormOfItsVerbIsToldInThePast) {
  Made m("Calling on Iceland to open its ports, Tora Berg left Olm with concerns about the ban.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.event("REQUEST", {berg}, {}, "Calling on Iceland to open its ports", "Calling");
  m.event("ACCUSE", {berg}, {}, "concerns about the ban", "concerns");
  m.position(berg, "demands", "Calling on Iceland to open its ports");
  m.position(berg, "opposes", "concerns about the ban");
  const std::string text = m.dossier();
  EXPECT_NE(text.find("called    on Iceland to open its ports"), std::string::npos) << text;
  EXPECT_NE(text.find("opposed   concerns about the ban"), std::string::npos) << text;
}

// A head without a line says so, but not that there is nothing when lines follow.
TEST(Present, AReportThatOnlyQuotesTellsNotNothing) {
  Made m("Tora Berg said the ports were open.");
  m.statement(m.entity("Tora Berg", "person", "NOR"), "said", "the ports were open");
  EXPECT_EQ(m.dossier().find("tells nothing"), std::string::npos) << m.dossier();
  EXPECT_NE(m.dossier().find("Not sure enough to stand here: what was done, who stands where"),
            std::string::npos)
      << m.dossier();
  m.r.statements.clear();
  EXPECT_NE(m.dossier().find("tells nothing"), std::string::npos) << m.dossier();
}

TEST(Present, AStanceThatAnotherTellsOfIsHisReport) {
  Made m("Ola Dahl said Tora Berg opposed the ban on trawlers. Tora Berg backed the new port.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            dahl = m.entity("Ola Dahl", "person", "NOR");
  m.statement(dahl, "said", "Tora Berg opposed the ban on trawlers");
  m.position(berg, "opposes", "the ban on trawlers");
  m.position(berg, "supports", "the new port");
  for (const present::Group& g : m.told().groups)
    if (g.who == berg) {
      ASSERT_EQ(g.lines.size(), 2u);
      EXPECT_EQ(g.lines[0].tags, std::vector<std::string>{"reported by Ola Dahl"});
      EXPECT_TRUE(g.lines[1].tags.empty());
    }
}

TEST(Present, NoPlanIsForADayBeforeTheReport) {
  Made m("Tora Berg will meet Jon Falk in Olm.");
  Event& e = m.event("CONSULT", {m.entity("Tora Berg", "person", "NOR")},
                     {m.entity("Jon Falk", "person", "ISL")}, "Tora Berg will meet Jon Falk in Olm",
                     "meet");
  e.status = "planned";
  e.when = When("2031-05-12");
  std::string text = m.dossier();
  EXPECT_EQ(text.find("12 May"), std::string::npos) << text;
  EXPECT_EQ(text.find("Next  "), std::string::npos) << text;
  m.r.events[0].when = When("2031-05");  // not over yet
  EXPECT_NE(m.dossier().find("Next    May: Tora Berg"), std::string::npos) << m.dossier();
}

TEST(Present, WhatIsNotSureIsApartAndOnlyNearIt) {
  Made m(
      "Tora Berg said the port is closed. Jon Falk said the sea is calm. Ola Dahl said it may "
      "rain.");
  m.statement(m.entity("Tora Berg", "person", "NOR"), "said", "the port is closed");
  m.statement(m.entity("Jon Falk", "person", "ISL"), "said", "the sea is calm",
              0.95 * limits().statement);
  m.statement(m.entity("Ola Dahl", "person", ""), "said", "it may rain", 0.2);
  const std::string text = m.dossier();
  const size_t also = text.find("Also in the text, less sure");
  ASSERT_NE(also, std::string::npos) << text;
  EXPECT_LT(text.find("the port is closed"), also);
  EXPECT_GT(text.find("the sea is calm"), also);
  EXPECT_EQ(text.find("it may rain"), std::string::npos);
  EXPECT_NE(text.find("1 more line with --full"), std::string::npos);
  EXPECT_NE(m.dossier(true).find("it may rain"), std::string::npos);
}

TEST(Present, ALongArticlesDossierIsShorterThanHalf) {
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += "Tora Berg said the boats of harbour " + std::to_string(i) +
            " must not leave before noon.\n\n";
  Made m(text);
  const int berg = m.entity("Tora Berg", "person", "NOR", "foreign minister");
  for (int i = 0; i < 40; ++i)
    m.statement(berg, "said",
                "the boats of harbour " + std::to_string(i) + " must not leave before noon",
                0.96 + i * 0.001);
  const std::string told = m.dossier();
  EXPECT_LT(told.size() * 2, text.size());
  // The surest stay.
  EXPECT_NE(told.find("harbour 39 "), std::string::npos);
  EXPECT_EQ(told.find("harbour 0 "), std::string::npos);
  EXPECT_NE(m.dossier(true).find("harbour 0 "), std::string::npos);
}

TEST(Present, ThePageSpeaksPlainlyAndFoldsWhatIsNotSure) {
  Made m(
      "Tora Berg said the port is closed.\n\nJon Falk said the sea is calm. The navy arrested two "
      "crews.");
  m.statement(m.entity("Tora Berg", "person", "NOR", "foreign minister"), "said",
              "the port is closed");
  m.statement(m.entity("Jon Falk", "person", "ISL"), "said", "the sea is calm",
              0.95 * limits().statement);
  Event& e =
      m.event("COERCE", {m.entity("The navy", "organization", "NOR")},
              {m.entity("two crews", "group", "")}, "The navy arrested two crews", "arrested");
  e.mode = "arrest";
  e.cameo = "173";
  const std::string page = reader_body(m.r, 0, {words(), limits()});
  const std::string cards = page.substr(page.find("<aside"));
  for (const char* code : {"CAMEO", "COERCE", "NOR", "Goldstein"})
    EXPECT_EQ(cards.find(code), std::string::npos) << code;
  EXPECT_NE(cards.find("<small>foreign minister, Norway</small>"), std::string::npos) << cards;
  EXPECT_NE(cards.find("<b>detained</b>"), std::string::npos);
  m.r.entities[0].basis = "context";
  const std::string guessed = reader_body(m.r, 0, {words(), limits()});
  EXPECT_NE(guessed.find("<small>foreign minister</small>"), std::string::npos);
  EXPECT_NE(guessed.find("probably Norway"), std::string::npos) << "in the list of actors alone";
  const size_t unsure = cards.find("<details class=\"unsure\"><summary>1 less sure</summary>");
  ASSERT_NE(unsure, std::string::npos);
  EXPECT_LT(cards.find("id=\"s1\""), unsure);
  EXPECT_GT(cards.find("id=\"s2\""), unsure);
  EXPECT_GT(cards.find("id=\"v1\""), unsure);  // sure: not in that fold, but in the next layer's
  EXPECT_NE(page.find("<dt>Done</dt><dd>The navy arrested two crews"), std::string::npos);
  EXPECT_NE(cards.find("¶2</a>"), std::string::npos);
}

size_t times(const std::string& text, const std::string& some) {
  size_t n = 0;
  for (size_t at = text.find(some); at != std::string::npos; at = text.find(some, at + 1)) ++n;
  return n;
}

// Acts of one clause show it once, on the first card, in what is sure and again in what is not: that
// is folded. What is known of a line stands in one row.
TEST(Present, CardsSayTheSameWordsOnceAndWhatIsKnownInOneRow) {
  const std::string clause = "Tora Berg met Jon Falk and praised Olm";
  Made m(clause + " on Monday. Tora Berg said the port is closed. Jon Falk left.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL"), olm = m.entity("Olm", "place", "SWE");
  m.event("CONSULT", {berg}, {falk}, clause, "met").when = When("2031-05-12");
  m.event("SUPPORT", {berg}, {olm}, "praised Olm", "praised");
  m.event("RETREAT", {falk}, {}, "Jon Falk left", "left");
  m.event("ACCUSE", {berg}, {olm}, "praised Olm", "praised").confidence = 0.01;
  m.statement(berg, "said", "the port is closed");
  Statement& s = m.r.statements.back();
  s.via = {falk};
  s.occasion = "interview";
  s.explain = "a cue";
  const std::string page = reader_body(m.r, 0, {words(), limits()});
  const std::string cards = page.substr(page.find("<aside"));
  EXPECT_EQ(times(cards, "<q>" + clause + "</q>"), 1u) << cards;
  EXPECT_EQ(times(cards, "<q>praised Olm</q>"), 1u) << "in the fold alone";
  EXPECT_GT(cards.find("<q>praised Olm</q>"), cards.find("class=\"unsure\""));
  EXPECT_EQ(times(cards, "<q>Jon Falk left</q>"), 1u);
  const size_t row = cards.find("<div class=\"foot\"><div class=\"facts\">reported by <a");
  ASSERT_NE(row, std::string::npos) << cards;
  const std::string_view rest = std::string_view(cards).substr(row, cards.find("</li>", row) - row);
  EXPECT_NE(rest.find(" · interview</div><details class=\"why\">"), std::string::npos) << rest;
  // A card without facts has its row for the rest alone.
  EXPECT_EQ(times(cards, "<div"), times(cards, "</div>"));
}

TEST(Present, WordsAreCutAtAClauseAndClosed) {
  EXPECT_EQ(present::shortened("all of it", 20), "all of it");
  EXPECT_EQ(present::shortened("“We will come, if they will, and stay", 30),
            "“We will come, if they will …”");
  EXPECT_EQ(present::shortened("word after word after word", 12), "word after …");
  // Cut words end with none that only leads to the next.
  EXPECT_EQ(present::shortened("the talks in the harbour of Olm went on", 30),
            "the talks in the harbour …");
  EXPECT_EQ(present::shortened("they spoke on the phone", 15), "they spoke …");
  // What all depends on is no clause to stop behind.
  EXPECT_EQ(present::shortened("We waited. If the fees are not cut by July, Olm will leave us", 50),
            "We waited. If the fees are not cut by July, Olm …");
  EXPECT_EQ(present::shortened("“We waited.” “If the fees are not cut by July, Olm leaves”", 40),
            "“We waited.” …");
}

TEST(Present, APointThatEndsNothingIsNoPlaceToCut) {
  EXPECT_EQ(present::shortened("the banks will open before Dec. 11 in the whole country", 36),
            "the banks will open before Dec. 11 …");
  EXPECT_EQ(present::shortened("many are missing ... it is no easy job for us", 22),
            "many are missing …");
  // One gap, and no two words left alone between two.
  EXPECT_EQ(present::shortened("we waited for the boats all night … we were cold", 42),
            "we waited for the boats all night …");
}

TEST(Present, QuotationMarksAreWhole) {
  EXPECT_EQ(present::quoted_whole("\"It is sad. … \"They were people"),
            "\"It is sad. … They were people\"");
  EXPECT_EQ(present::quoted_whole("“It is sad"), "“It is sad”");
  EXPECT_EQ(present::quoted_whole("they left”"), "“they left”");
  EXPECT_EQ(present::quoted_whole("the “old” port"), "the “old” port");
}

TEST(Present, AnArticleWithoutATitleIsCalledByItsFirstWords) {
  Made m("The ferries wait in Olm.\n\nTora Berg said the port is closed.");
  m.r.article.title.clear();
  m.statement(m.entity("Tora Berg", "person", "NOR"), "said", "the port is closed");
  EXPECT_TRUE(m.dossier().starts_with("The ferries wait in Olm.\n")) << m.dossier();
  EXPECT_NE(reader_body(m.r, 0, {words(), limits()}).find("<h1>The ferries wait in Olm.</h1>"),
            std::string::npos);
}

TEST(Present, AClauseIsObjectedAndNotOpposed) {
  Made m("Tora Berg said the plan is bad for the ports. Tora Berg added rain would come.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "said", "the plan is bad for the ports");
  m.position(berg, "opposes", "the plan is bad for the ports");
  const present::Telling t = m.told();
  ASSERT_EQ(t.groups.size(), 1u);
  ASSERT_EQ(t.groups[0].lines.size(), 1u);
  EXPECT_EQ(t.groups[0].lines[0].verb, "objected");
  EXPECT_EQ(t.head[1].things,
            std::vector<std::string>{"Tora Berg objected: the plan is bad for the ports"});
}

TEST(Present, AStanceInsideAStatementIsToldAsAThing) {
  Made m("Tora Berg said the winter was long and the ports in the north must be opened by May.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "said", "the winter was long and the ports in the north must be opened by May");
  m.position(berg, "demands", "must be opened by May");
  const present::Telling t = m.told();
  ASSERT_EQ(t.groups[0].lines.size(), 1u);
  EXPECT_EQ(t.groups[0].lines[0].verb, "said");
  EXPECT_EQ(t.groups[0].lines[0].tags, std::vector<std::string>{"demand"});
}

TEST(Present, AnActIsToldByItsOwnVerbWhereThePlainWordsAreVague) {
  Made m("Tora Berg called for Iceland to open its ports. A demand of the navy on Jon Falk rests.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            iceland = m.entity("Iceland", "place", "ISL"),
            navy = m.entity("the navy", "organization", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.event("REQUEST", {berg}, {iceland}, "Tora Berg called for Iceland to open its ports", "called")
      .mode = "change";
  m.event("REQUEST", {navy}, {falk}, "A demand of the navy on Jon Falk rests", "demand");
  // The noun begins no sentence of its own.
  EXPECT_EQ(m.told().head[1].things,
            std::vector<std::string>{"Tora Berg called for Iceland to open its ports"});
  m.position(berg, "demands", "Iceland to open its ports");
  const present::Telling t = m.told();
  const present::Line& line = t.groups[0].lines[0];
  EXPECT_EQ(line.verb + " " + line.text, "called for Iceland to open its ports");
}

TEST(Present, OnlyAVerbThatTellsMoreStandsInThePlaceOfSaid) {
  Made m("Tora Berg was clear the port is closed. Tora Berg insists the sea is calm.");
  const int berg = m.entity("Tora Berg", "person", "NOR");
  m.statement(berg, "clear", "the port is closed");
  m.statement(berg, "insists", "the sea is calm");
  const present::Telling t = m.told();
  EXPECT_EQ(t.groups[0].lines[0].verb, "said");
  EXPECT_EQ(t.groups[0].lines[1].verb, "insists");
}

TEST(Present, WhatIsSaidOfEachLineIsSaidOnce) {
  Made m("Tora Berg said the port is closed, the Courier wrote. Tora Berg said the sea is calm.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            paper = m.entity("the Courier", "organization", "NOR");
  for (const char* content : {"the port is closed", "the sea is calm"})
    m.statement(berg, "said", content).via = {paper};
  m.r.statements[1].occasion = "speech";
  const std::string text = m.dossier();
  EXPECT_NE(text.find("Tora Berg, Norway · reported by the Courier\n"), std::string::npos) << text;
  EXPECT_NE(text.find("the port is closed ¶1"), std::string::npos) << text;
  EXPECT_NE(text.find("the sea is calm · speech ¶1"), std::string::npos) << text;
}

TEST(Present, WhatNobodyNamedDidIsToldByItsWords) {
  Made m("Two men were arrested in April of this year.");
  m.event("COERCE", {}, {m.entity("Two men", "group", "")},
          "Two men were arrested in April of this year", "arrested")
      .when = When("2031-04");
  m.r.article.notes = {"no event: a line for who mends the rules", "behind a paywall"};
  const std::string text = m.dossier();
  // Neither "Not named:" nor the month again.
  EXPECT_NE(text.find("\nTwo men were arrested in April of this year ¶1\n"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("no event"), std::string::npos);
  EXPECT_NE(text.find("behind a paywall"), std::string::npos);
  EXPECT_EQ(reader_body(m.r, 0, {words(), limits()}).find("no event"), std::string::npos);
}

TEST(Present, AWrongLineOfWordsIsNamed) {
  test::Folder folder;
  std::filesystem::create_directories(folder.path / "present");
  for (const char* file : {"acts.tsv", "words.tsv"})
    std::filesystem::copy_file(std::string(test::source_dir() + "/data/present/") + file,
                               folder.path / "present" / file);
  std::ofstream(folder.path / "present/words.tsv", std::ios::app) << "colour\tred\tred\n";
  try {
    present::Words wrong(folder.path.string(), test::resources()->known);
    FAIL();
  } catch (const StartError& error) {
    EXPECT_NE(std::string(error.what()).find("words.tsv"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("colour"), std::string::npos);
  }
}

}  // namespace
}  // namespace chancery
