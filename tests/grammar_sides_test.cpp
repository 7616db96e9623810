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

}  // namespace
}  // namespace chancery
