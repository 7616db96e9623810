// The dates that a text offers for what it tells, and the signs of how each hangs together with it.
#include "reading/said/date_offers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "analyzed.h"

namespace chancery {
namespace {

// The signs of all dates that a sentence offers for the first of its words that is `word`.
std::vector<std::string> signs(const std::string& text, const std::string& word) {
  const test::Analyzed given(text);
  const TreeView& tree = given.tree;
  const Times times(tree, test::resources()->times, "2031-05-14");
  const std::vector<FoundStatement> nothing_said;
  ToDate what;
  for (int i = tree.size(); i-- > 0;)
    if (tree[i].form == word) what.word = i;
  std::vector<DateOffer> offers;
  DateOffers(tree, times, nothing_said).of_sentence(what, offers);
  std::vector<std::string> all;
  for (const DateOffer& o : offers) all.insert(all.end(), o.signs.begin(), o.signs.end());
  return all;
}

bool has(const std::vector<std::string>& all, const std::string& sign) {
  return std::find(all.begin(), all.end(), sign) != all.end();
}

TEST(DateOffers, TheWayToADateGoesUpToWhatGovernsBothAndDown) {
  const std::string text = "The talks ended on May 3.";
  EXPECT_TRUE(has(signs(text, "ended"), "here, vobl ")) << "from the verb that governs the date";
  EXPECT_TRUE(has(signs(text, "talks"), "here, ^nsubj vobl ")) << "over the verb";
  EXPECT_TRUE(has(signs(text, "talks"), "here, noun, ^nsubj vobl "));
}

TEST(DateOffers, SignsTellWhereADateStands) {
  const std::string two = "On May 3 the talks ended after the pause of May 1.";
  const std::vector<std::string> all = signs(two, "ended");
  for (const char* sign : {"here, one of several", "here, the nearest", "here, not the nearest",
                           "here, before", "here, behind", "here, after 'on'", "here, verb, vobl "})
    EXPECT_TRUE(has(all, sign)) << sign;
  const std::vector<std::string> one = signs("The talks ended on May 3.", "ended");
  EXPECT_TRUE(has(one, "here, the only date"));
  EXPECT_TRUE(has(one, "here, behind"));
  EXPECT_FALSE(has(one, "here, before"));
  EXPECT_FALSE(has(one, "here, not the nearest"));
}

}  // namespace
}  // namespace chancery
