// Who does an act and to whom, where grammar leaves no choice.
#include <gtest/gtest.h>

#include "accurate.h"

namespace chancery {
namespace {

std::string names(const Record& r, const std::vector<int>& who) {
  std::string out;
  for (int e : who) out += (out.empty() ? "" : "+") + r.entities[static_cast<size_t>(e)].name;
  return out;
}

// "doers > others" of the first act of a type that stands at the word; "" if there is none.
std::string sides(const std::string& text, std::string_view word, std::string_view type) {
  const Record r = test::read_accurately(text);
  for (const Event& e : r.events)
    if (e.type == type && e.trigger.of(r.article.text) == word)
      return names(r, e.source) + " > " + names(r, e.target);
  return "";
}

TEST(GrammarSides, WhoStandsInAnotherClauseDoesNotActBesideTheSubject) {
  EXPECT_EQ(sides("Rebels who had attacked the town were captured by Malian troops.", "attacked",
                  "ASSAULT"),
            "Rebels > the town");
}

TEST(GrammarSides, OfANounOfViolenceWhomItHitsAndWhoseItIsStandBesideIt) {
  EXPECT_EQ(
      sides("The United Nations condemned the Syrian bombing of Aleppo.", "bombing", "ASSAULT"),
      "Syria > Aleppo");
}

TEST(GrammarSides, WhoStandsBehindByActsAndBehindAgainstIsHit) {
  EXPECT_EQ(
      sides("The sanctions against Chad by Niger took effect on Monday.", "sanctions", "SANCTION"),
      "Niger > Chad");
}

TEST(GrammarSides, WhoHadNoPartInItDidNotDoIt) {
  EXPECT_EQ(sides("Norway did not take part in the attack on Iceland.", "attack", "ASSAULT"),
            " > Iceland");
  EXPECT_EQ(sides("Denmark took no part in the raid on Iceland.", "raid", "ASSAULT"), " > Iceland");
}

TEST(GrammarSides, WhoJudgesWhatOthersDidTookNoPartInIt) {
  const std::string raid = "Denmark condemned the Norwegian raid on Iceland.";
  EXPECT_EQ(sides(raid, "raid", "ASSAULT"), "Norway > Iceland");
  EXPECT_EQ(sides(raid, "condemned", "ACCUSE"), "Denmark > Norway") << "not those whom it hit";
  EXPECT_EQ(
      sides("Turkey criticized a German decision to expel a Syrian diplomat.", "expel", "COERCE"),
      "Germany > a Syrian diplomat");
  EXPECT_EQ(sides("Kenya welcomed talks between Ethiopia and Eritrea.", "talks", "CONSULT"),
            "Ethiopia > Eritrea");
  // Some who live there are not the state.
  EXPECT_EQ(sides("Much of Norway condemned the Norwegian raid on Iceland.", "raid", "ASSAULT"),
            "Norway > Iceland");
}

TEST(GrammarSides, WhoPunishesADeedDidNotDoIt) {
  const std::string text =
      "Canada imposed sanctions on 12 Iranian officials over the killing of protesters.";
  EXPECT_EQ(sides(text, "sanctions", "SANCTION"), "Canada > 12 Iranian officials");
  EXPECT_EQ(sides(text, "killing", "ASSAULT").find("Canada"), std::string::npos);
  EXPECT_EQ(sides("A Swedish court sentenced an Iranian citizen to life in prison for his part in "
                  "the execution of prisoners in 1988.",
                  "execution", "ASSAULT")
                .find("A Swedish court"),
            std::string::npos);
}

TEST(GrammarSides, WhatIsDoneInResponseToADeedDidNotDoIt) {
  EXPECT_EQ(
      sides("The European Commission suspended visa-free travel for Georgian diplomats in response "
            "to a crackdown on protests in Tbilisi.",
            "crackdown", "COERCE")
          .find("European Commission"),
      std::string::npos);
}

TEST(GrammarSides, WhoseSupportersTheyAreIsNoneOfThem) {
  EXPECT_EQ(sides("Thousands of supporters of jailed opposition leader Marko Dellin marched "
                  "through the capital Lusaka on Saturday.",
                  "marched", "PROTEST")
                .find("+ Marko"),
            std::string::npos);
}

TEST(GrammarSides, WhereItWasDoneDidNotDoIt) {
  EXPECT_EQ(
      sides("Three Ghanaian peacekeepers were wounded in Mali on Friday.", "wounded", "ASSAULT"),
      " > Three Ghanaian peacekeepers");
}

TEST(GrammarSides, WhoIsToldToBeSomebodysActsForHimself) {
  EXPECT_EQ(sides("Gunmen loyal to Haiti's ousted president tried to kidnap the Haitian finance "
                  "minister.",
                  "kidnap", "ASSAULT"),
            "Gunmen > the Haitian finance minister");
}

TEST(GrammarSides, WhoIsHeldForADeedDidIt) {
  EXPECT_EQ(sides("Police in Kampala detained nine lawyers for demanding a recount.", "demanding",
                  "REQUEST"),
            "nine lawyers > ");
}

TEST(GrammarSides, WhoHasNotDoneItIsNotToWhomItIsDone) {
  EXPECT_EQ(
      sides("Kosovo has agreed to the plan, but Serbia has not and is still seeking changes, a "
            "diplomat said.",
            "agreed", "AGREE"),
      "Kosovo > ");
}

TEST(GrammarSides, AnEnvoyIsCalledBackFromWhereHeWasSent) {
  EXPECT_EQ(sides("Croatia has recalled its ambassador to Serbia over the trial.", "recalled",
                  "SANCTION"),
            "Croatia > Serbia");
}

TEST(GrammarSides, WhatIsAskedForIsNotAsked) {
  EXPECT_EQ(
      sides("Workers in Accra held up signs with calls for a boycott of the poll and a demand "
            "for new judges.",
            "calls", "REQUEST"),
      "Workers in Accra > ");
  EXPECT_EQ(sides("Kenya's call for Uganda to withdraw its troops was ignored.", "call", "REQUEST"),
            "Kenya > Uganda");
}

TEST(GrammarSides, ThePresidentsOfTwoStatesMeetAsThese) {
  EXPECT_EQ(sides("The presidents of Chile and Bolivia met on Thursday.", "met", "CONSULT"),
            "Chile > Bolivia");
}

TEST(GrammarSides, WhoIsDeclaredUnwelcomeIsExpelled) {
  EXPECT_EQ(sides("Ecuador declared the Argentine ambassador persona non grata on Friday.",
                  "declared", "SANCTION"),
            "Ecuador > the Argentine ambassador");
  EXPECT_EQ(
      sides("The envoy of Chad was declared persona non grata by Sudan.", "declared", "SANCTION"),
      "Sudan > The envoy of Chad");
}

TEST(GrammarSides, ArmsThatAreFiredIntoTheSeaHitNobody) {
  EXPECT_EQ(sides("North Korea fired two short-range missiles into the sea on Friday.", "fired",
                  "MOBILIZE"),
            "North Korea > ");
  EXPECT_EQ(sides("North Korea fired two short-range missiles at a South Korean island on Friday.",
                  "fired", "ASSAULT"),
            "North Korea > a South Korean island");
}

TEST(GrammarSides, WhoIsToldOfTalksTookNoPartInThem) {
  EXPECT_EQ(
      sides(
          "Foreign Minister Tomas Rell told reporters in Bratislava after talks with his Hungarian "
          "counterpart that the border would stay open.",
          "talks", "CONSULT"),
      "Tomas Rell > his Hungarian counterpart");
}

}  // namespace
}  // namespace chancery
