// In which words a record is told: what is kept of a line that is cut, its verb, its day, one and
// several, words of speech. telling_test.cpp asks which lines there are.
#include <gtest/gtest.h>

#include "made.h"

namespace chancery {
namespace {

using test::Made;
using Words = std::vector<std::string>;

present::Line line_of(const present::Telling& t, int who) {
  for (const present::Group& g : t.groups)
    if (g.who == who) return g.lines.front();
  return {};
}

Words things(const present::Telling& t, const std::string& label) {
  for (const present::Head& head : t.head)
    if (head.label == label) return head.things;
  return {"no such label"};
}

// Tora Berg of Norway says it.
struct Remark : Made {
  int berg;
  explicit Remark(const std::string& words, const std::string& mark = "")
      : Made("Tora Berg said" + mark + " " + words + "."),
        berg(entity("Tora Berg", "person", "NOR")) {
    statement(berg, "said", words);
  }
};

TEST(ToldWords, AnOfferKeepsItsConditionHoweverLittleRoomThereIs) {
  const std::string offer =
      "she was ready to meet the ministers of all the states that border on the northern sea in "
      "the old town of Olm if Iceland opened its ports";
  Remark m(offer);
  m.position(m.berg, "offers", offer).condition = {m.at("if Iceland opened its ports")};
  const present::Line line = line_of(m.told(), m.berg);
  EXPECT_EQ(present::shown(line, 50),
            "she was ready to meet the ministers … if Iceland opened its ports");
  EXPECT_EQ(present::shown(line, 500), line.text);
  // Cut off inside the condition, the words have it once.
  Made other("Tora Berg said peace is far as long as all the old hostilities of both go on.");
  const int she = other.entity("Tora Berg", "person", "NOR");
  other.position(she, "warns", "peace is far as long as all the old hostilities of both go on")
      .condition = {other.at("as long as all the old hostilities of both go on")};
  EXPECT_EQ(present::shown(line_of(other.told(), she), 50),
            "peace is far as long as all the old hostilities of both go on");
  EXPECT_EQ(present::shown(line, offer.size() - 8), line.text);
  EXPECT_TRUE(things(m.told(), "Stands").at(0).ends_with("… if Iceland opened its ports"))
      << things(m.told(), "Stands").at(0);
}

TEST(ToldWords, OfALongRemarkTheSentenceThatTakesAStandIsShown) {
  const std::string remark =
      "Good afternoon to you all. I have two announcements and then I take your questions. We "
      "reject what Iceland says of our boats. The weather is fine. We call on Iceland to wait. "
      "That is all for today";
  Remark m(remark, ":");
  m.position(m.berg, "demands", "call on Iceland to wait");
  m.position(m.berg, "rejects", "reject what Iceland says of our boats");
  const present::Line line = line_of(m.told(), m.berg);
  EXPECT_EQ(present::shown(line, 100),
            "We reject what Iceland says of our boats. … We call on Iceland to wait.");
  EXPECT_EQ(present::shown(line, 400), line.text);
}

TEST(ToldWords, AStandInARemarkStandsInTheHead) {
  const std::string remark =
      "the winter had been long and the boats were old, that the crews were tired of waiting and "
      "that Iceland must open its ports";
  Remark m(remark);
  m.position(m.berg, "demands", "Iceland must open its ports");
  EXPECT_EQ(things(m.told(), "Stands"), Words{"Tora Berg demanded: Iceland must open its ports"});
}

TEST(ToldWords, WhatSomebodyWouldNotDoIsToldAsItStands) {
  const std::string remark =
      "her government had long backed the new accord on the boats of all the northern states but "
      "would not accept quotas unless Iceland paid";
  Remark m(remark);
  m.position(m.berg, "rejects", "would not accept quotas").condition = {
      m.at("unless Iceland paid")};
  EXPECT_EQ(things(m.told(), "Stands"),
            Words{"Tora Berg would not accept quotas unless Iceland paid"});
}

// What the head tells goes first where there is no room for all.
TEST(ToldWords, OfAShortDossierWhatTheHeadTellsIsLeftOutFirst) {
  std::string text =
      "Tora Berg offered to open the old harbour of Olm to the trawlers of all states in May.";
  for (int i = 0; i < 10; ++i)
    text += "\n\nJon Falk said boat number " + std::to_string(i) +
            " must not leave the harbour before the noon of Sunday.";
  Made m(text);
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL");
  m.position(berg, "offers", "to open the old harbour of Olm to the trawlers of all states in May",
             0.99);
  for (int i = 0; i < 10; ++i)
    m.statement(falk, "said",
                "boat number " + std::to_string(i) +
                    " must not leave the harbour before the noon of Sunday",
                0.9);
  const std::string told = m.dossier();
  EXPECT_NE(told.find("Stands  Tora Berg offered"), std::string::npos) << told;
  EXPECT_EQ(told.find("Tora Berg, Norway"), std::string::npos) << told;
  EXPECT_NE(told.find("boat number 9"), std::string::npos) << told;
  EXPECT_NE(m.dossier(true).find("Tora Berg, Norway"), std::string::npos);
}

TEST(ToldWords, AClauseThatHangsOnItsDoerIsToldByItsVerb) {
  Made m("Norway and Iceland, which had sought a longer truce, came to Olm.");
  const int norway = m.entity("Norway", "place", "NOR");
  m.position(norway, "demands", "which had sought a longer truce");
  const present::Line line = line_of(m.told(), norway);
  EXPECT_EQ(line.verb, "sought");
  EXPECT_EQ(line.text, "a longer truce");
  EXPECT_TRUE(line.joined);
}

TEST(ToldWords, AnActIsToldByItsVerbAndWhatMayBeIsNotDone) {
  Made m("Tora Berg praised Jon Falk. There may be a meeting of both states. United Olm left.");
  const int berg = m.entity("Tora Berg", "person", "NOR"),
            falk = m.entity("Jon Falk", "person", "ISL"),
            norway = m.entity("Norway", "place", "NOR"),
            olm = m.entity("Olm", "organization", "NOR");
  m.event("SUPPORT", {berg}, {falk}, "Tora Berg praised Jon Falk", "praised");
  m.event("CONSULT", {norway}, {}, "a meeting of both states", "meeting").status = "possible";
  m.event("RETREAT", {olm}, {}, "United Olm left", "United");
  const present::Telling t = m.told();
  EXPECT_EQ(line_of(t, berg).verb + " " + line_of(t, berg).text, "praised Jon Falk");
  EXPECT_EQ(line_of(t, norway).verb, "possible");
  EXPECT_EQ(line_of(t, norway).tags, Words());
  EXPECT_EQ(line_of(t, olm).text, "United Olm left") << "United is no verb";
}

TEST(ToldWords, AVerbStandsOnceBeforeItsWords) {
  Made m("Norway proposed an amendment. Sweden demanded continued support. Officials met.");
  const int norway = m.entity("Norway", "place", "NOR"),
            sweden = m.entity("Sweden", "place", "SWE"),
            officials = m.entity("Officials", "group", "");
  m.position(norway, "proposes", "proposed an amendment");
  m.position(sweden, "demands", "continued support");
  m.event("CONSULT", {officials}, {}, "Officials met", "met").mode = "meet";
  const present::Telling t = m.told();
  EXPECT_EQ(line_of(t, norway).verb + " " + line_of(t, norway).text, "proposed an amendment");
  EXPECT_EQ(line_of(t, sweden).verb + ": " + line_of(t, sweden).text,
            "demanded: continued support");
  EXPECT_EQ(things(t, "Done"), Words()) << "officials met whom?";
}

TEST(ToldWords, ADayThatTheWordsNameIsNotToldAgain) {
  for (const char* day : {"June 12", "12 June", "Jun. 12,", "12 Jun"}) {
    Made m("Tora Berg meets Jon Falk in Olm on " + std::string(day) + " at last.");
    const int berg = m.entity("Tora Berg", "person", "NOR"),
              falk = m.entity("Jon Falk", "person", "ISL");
    Event& e = m.event("CONSULT", {berg}, {falk},
                       "meets Jon Falk in Olm on " + std::string(day) + " at last", "meets");
    e.status = "planned";
    e.when = When("2031-06-12");
    EXPECT_EQ(line_of(m.told(), berg).tags, Words()) << day;
    m.r.events[0].when = When("2031-06-13");
    EXPECT_EQ(line_of(m.told(), berg).tags, Words{"Fri 13 Jun"}) << day;
  }
}

TEST(ToldWords, SeveralAreAndOneIs) {
  const present::Words& words = test::plain_words();
  const auto plan = [&](const std::string& who, const std::string& with) {
    return words.sentence("CONSULT", "meet", "planned", who, with);
  };
  EXPECT_EQ(plan("Jon Falk, Tora Berg", ""), "Jon Falk and Tora Berg are to meet");
  EXPECT_EQ(plan("the ministers of both states", ""), "The ministers of both states are to meet");
  EXPECT_EQ(plan("both sides", ""), "Both sides are to meet");
  EXPECT_EQ(plan("the two countries", "Norway"), "The two countries are to meet with Norway");
  EXPECT_EQ(plan("opposition parties", ""), "Opposition parties are to meet");
  EXPECT_EQ(plan("the crew of the boats", ""), "The crew of the boats is to meet");
  EXPECT_EQ(plan("the United States", ""), "The United States is to meet");
  EXPECT_EQ(plan("Northgate Minerals", ""), "Northgate Minerals is to meet");
  EXPECT_EQ(plan("Norway", "Iceland, Denmark, Sweden"),
            "Norway is to meet with Iceland, Denmark and Sweden");
  EXPECT_EQ(plan("Northgate, Inc.", ""), "Northgate, Inc. is to meet");
  EXPECT_EQ(plan("government", "its ambassador"), "The government is to meet with its ambassador");
  EXPECT_EQ(plan("Norway", "coast guard"), "Norway is to meet with the coast guard");
  EXPECT_EQ(words.sentence("RETREAT", "withdraw", "planned", "Iceland", ""),
            "Iceland is to withdraw");
}

TEST(ToldWords, WordsOfSpeechGoWithWhatIsSaid) {
  const present::Words& words = test::plain_words();
  EXPECT_EQ(words.saying("urged", "Iceland to open its ports"), " urged ");
  EXPECT_EQ(words.saying("warned", "Iceland of war"), " warned ");
  EXPECT_EQ(words.saying("warned", "The port is closed"), " warned: ");
  EXPECT_EQ(words.saying("warned", "\"We come\""), " warned: ");
  EXPECT_EQ(words.saying("said", "the port is closed"), ": ");
  EXPECT_EQ(words.saying("", "the port is closed"), ": ");
}

TEST(ToldWords, WhatIsSetForADayNeedsNoLabelWhereItsWordsAreAClause) {
  const present::Words& words = test::plain_words();
  EXPECT_EQ(words.occasion("start", "the joint survey will begin in August"),
            "The joint survey will begin in August");
  EXPECT_EQ(words.occasion("vote", "the accord"), "Vote: the accord");
  EXPECT_EQ(words.occasion("meeting", "which will hold its first session in Olm in April"),
            "Meeting: will hold its first session in Olm in April");
}

TEST(ToldWords, WhoStandsInCapitalsInATranscriptIsCalledAsOthersAre) {
  Entity e;
  e.kind = "person";
  for (auto [name, called] : {std::pair{"TORA BERG", "Tora Berg"},
                              {"Tora Berg", "Tora Berg"},
                              {"MBS", "MBS"},
                              {"Tora McBERG", "Tora McBERG"}}) {
    e.name = name;
    EXPECT_EQ(present::Words::called(e), called);
  }
  e.kind = "organization";
  e.name = "UNESCO";
  EXPECT_EQ(present::Words::called(e), "UNESCO");
}

TEST(ToldWords, ANumberOfAParagraphIsNoPartOfAClaim) {
  Made m("Both met.\n\n3. The two sides hold their first session in April.");
  Novelty n;
  n.id = "n1";
  n.claim = "first";
  n.span = m.at("first session");
  m.r.novelty = {n};
  EXPECT_EQ(things(m.told(), "New"), Words{"The two sides hold their first session in April"});
}

TEST(ToldWords, AClaimThatIsTheHeadlineIsNotToldAgain) {
  Made m("Norway holds its first summit\n\nIt is the first summit of all, they say.");
  m.r.article.title = "";
  Novelty n;
  n.claim = "first";
  n.id = "n1";
  n.span = m.at("first summit");
  m.r.novelty = {n};
  n.id = "n2";
  n.span = m.at("the first summit of all");
  m.r.novelty.push_back(n);
  EXPECT_EQ(things(m.told(), "New"), Words{"It is the first summit of all"});
}

TEST(ToldWords, VerbsStandInAColumnAsWideAsTheLongest) {
  Made m("Tora Berg said it was late. She criticized the plan. She condemned Olm.");
  const int berg = m.entity("Tora Berg", "person", "NOR"), olm = m.entity("Olm", "place", "");
  m.statement(berg, "said", "it was late");
  m.event("ACCUSE", {berg}, {olm}, "criticized the plan", "criticized");
  const std::string text = m.dossier();
  EXPECT_NE(text.find("\n  said       it was late"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  criticized the plan"), std::string::npos) << text;
}

}  // namespace
}  // namespace chancery
