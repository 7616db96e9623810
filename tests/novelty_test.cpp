// What is claimed to be new, and on which condition: counts and superlatives with and without their
// frames, conditions that run past a comma, and what looks like one and is none.
#include <gtest/gtest.h>

#include "support.h"

namespace chancery {
namespace {

std::string claims(const std::string& text) {
  std::string out;
  for (const Novelty& n : test::read(text).novelty) out += (out.empty() ? "" : " ") + n.claim;
  return out;
}

TEST(Novelty, ACountIsAClaimWithAReach) {
  EXPECT_EQ(claims("It was the minister's fourth visit to Oslo this year."), "fourth");
  EXPECT_EQ(claims("Olm carried out its second missile test in a week."), "second");
  EXPECT_EQ(claims("Varga finished second in the race."), "");
  EXPECT_EQ(claims("The second paragraph names the port."), "");
}

TEST(Novelty, ASuperlativeIsAClaimWithAFrame) {
  EXPECT_EQ(claims("It was the worst fire in thirty years."), "worst");
  EXPECT_EQ(claims("Varga lives in the largest city of the country."), "");
}

// What is new stands elsewhere where nothing stands behind the word.
TEST(Novelty, SaysWhatIsNew) {
  const auto what = [](const std::string& text) {
    const Record r = test::read(text);
    return r.novelty.empty() ? "" : r.novelty[0].what;
  };
  EXPECT_EQ(what("Tariffs on herring are the highest since 1976."), "Tariffs on herring");
  EXPECT_EQ(what("Iceland imposed tariffs on Norwegian salmon, the highest since 1976."),
            "tariffs on Norwegian salmon");
  EXPECT_EQ(what("Iceland recalled its ambassador from Oslo on Wednesday and imposed tariffs on "
                 "Norwegian salmon, the "
                 "highest since 1976."),
            "tariffs on Norwegian salmon");
  EXPECT_EQ(what("Iceland's navy boarded a trawler for the first time this year."),
            "boarded a trawler");
  EXPECT_EQ(what("It was the first visit since 2029."), "visit");
}

// Without a mark behind it the claim is the text's last word.
TEST(Novelty, TheTextMayEndInAClaim) {
  for (const char* text : {"the ports up north are the best", "Olm was the first",
                           "nobody likes the second most", "a record", "It was the most"})
    EXPECT_NO_THROW(claims(text)) << text;
  EXPECT_NO_THROW(claims("of all harbours the one in olm is the best"));
}

TEST(Novelty, RanksAreNone) {
  EXPECT_EQ(claims("The first round of the talks ended on Monday."), "");
  EXPECT_EQ(claims("The third secretary of the embassy resigned."), "");
}

// The words of each claim.
std::string words_of_claims(const std::string& text) {
  Record r = test::read(text);
  std::string out;
  for (const Novelty& n : r.novelty) out += (out.empty() ? "" : " | ") + test::words(r, n.span);
  return out;
}

// A claim begins with what determines its noun, whatever the tree hangs on that noun.
TEST(Novelty, AClaimBeginsWithItsOwnWords) {
  EXPECT_EQ(words_of_claims("Ida Varga told leaders at Olm's first parade in a decade that the "
                            "port would open."),
            "Olm's first parade in a decade");
  EXPECT_EQ(words_of_claims("It was one of the worst fires in thirty years."),
            "one of the worst fires in thirty years");
}

std::string condition(const std::string& text) {
  Record r = test::read(text);
  for (const Position& p : r.positions)
    for (Span c : p.condition) return std::string(c.of(r.article.text));
  return "none";
}

TEST(Conditions, RunPastACommaThatIsTheirOwn) {
  EXPECT_EQ(condition("\"We will open the port if Iceland, our old friend, returns the boats,\" "
                      "Norwegian Premier Ida Varga said."),
            "if Iceland, our old friend, returns the boats");
}

TEST(Conditions, ConcessionsAndAsidesAreNone) {
  EXPECT_EQ(
      condition("\"Even if Iceland apologises, we will not open the port,\" Norwegian Premier "
                "Ida Varga said."),
      "none");
  EXPECT_EQ(
      condition("\"If necessary, we will close the port,\" Norwegian Premier Ida Varga said."),
      "none");
}

}  // namespace
}  // namespace chancery
