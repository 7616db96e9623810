// The dates that a text offers for what it tells, and the signs of how each hangs together with it.
#include "reading/said/date_offers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "analyzed.h"

namespace chancery {
namespace {

// What a sentence offers for the first of its words that is `word`, where the words `acts` tell other acts.
std::vector<DateOffer> offers_of(const std::string& text, const std::string& word,
                                 const std::vector<std::string>& acts = {}) {
  const test::Analyzed given(text);
  const TreeView& tree = given.tree;
  const Times times(tree, test::resources()->times, "2031-05-14");
  const std::vector<FoundStatement> nothing_said;
  const auto place = [&](const std::string& of) {
    int found = -1;
    for (int i = tree.size(); i-- > 0;)
      if (tree[i].form == of) found = i;
    return found;
  };
  ToDate what;
  what.word = place(word);
  std::set<int> others;
  for (const std::string& act : acts) others.insert(place(act));
  std::vector<DateOffer> offers;
  DateOffers(tree, times, nothing_said).of_sentence(what, offers, others);
  return offers;
}

std::vector<std::string> signs(const std::string& text, const std::string& word) {
  std::vector<std::string> all;
  for (const DateOffer& o : offers_of(text, word))
    all.insert(all.end(), o.signs.begin(), o.signs.end());
  return all;
}

std::string dates(const std::string& text, const std::string& word,
                  const std::vector<std::string>& acts) {
  std::string all;
  for (const DateOffer& o : offers_of(text, word, acts))
    all += (all.empty() ? "" : " ") + o.when.value();
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

TEST(DateOffers, ADateOfAnotherActDatesThatAlone) {
  const std::string freed = "The rebels released five nurses whom they had held since March.";
  EXPECT_EQ(dates(freed, "held", {"released", "held"}), "2031-03");
  EXPECT_EQ(dates(freed, "released", {"released", "held"}), "");
  EXPECT_EQ(dates(freed, "released", {}), "2031-03") << "where nobody tells that they were held";
  EXPECT_EQ(
      dates("After a raid on Monday the two sides signed a truce.", "signed", {"raid", "signed"}),
      "2031-05-12")
      << "what goes before may share its date";
  EXPECT_EQ(
      dates("Norway met Chad for the first time since the war of 2021.", "met", {"met", "war"}),
      "");
}

TEST(DateOffers, TheFirstSinceAYearIsNotOfThatYear) {
  EXPECT_EQ(dates("It was the first visit by a Norwegian minister to the island since 2029.",
                  "visit", {"visit"}),
            "");
  EXPECT_EQ(dates("Norway has held five fishermen since 2029.", "held", {"held"}), "2029");
}

TEST(DateOffers, WhatLiesYearsAwayHasAnotherDate) {
  const std::string text =
      "Norway and Chad exchanged envoys on Tuesday, seven years after they severed ties.";
  EXPECT_EQ(dates(text, "exchanged", {"exchanged", "severed"}), "2031-05-13");
  EXPECT_EQ(dates(text, "severed", {"exchanged", "severed"}), "");
  EXPECT_EQ(dates("Norway recalled its envoy on Tuesday, hours after Chad fired two missiles.",
                  "fired", {"recalled", "fired"}),
            "2031-05-13")
      << "hours may lie in the same day";
}

TEST(DateOffers, ADeadlineIsNoDateOfTheOrder) {
  const std::string text = "Chad has ordered French troops to leave the country by January 31.";
  EXPECT_EQ(dates(text, "ordered", {"ordered"}), "");
  EXPECT_EQ(dates(text, "leave", {"ordered"}), "2031-01-31");
  EXPECT_EQ(dates("Chad ordered French troops on Monday to leave.", "ordered", {"ordered"}),
            "2031-05-12");
}

}  // namespace
}  // namespace chancery
