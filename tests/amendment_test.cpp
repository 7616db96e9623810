// What people put right, in one record: an item is found again by what was seen of it, and not
// where it is read otherwise; fields are set whole or not at all; actors are one whatever the order
// in which that was said.
#include "record/amendment.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "corrections.h"
#include "record/validate.h"

namespace chancery {
namespace {

using test::HandMade;

Fields seen(const Record& r, const std::string& id) { return seen_of(r, *item_of(r, id)); }

TEST(Amendment, AnItemIsFoundAgainWhateverItsId) {
  const HandMade before;
  HandMade now;
  // Another reading found one more statement before it, and counts anew.
  Statement other = now.r.statements[0];
  other.content = {now.at("open its ports")};
  now.r.statements.insert(now.r.statements.begin(), other);
  now.r.statements[1].id = "s2";
  const Found found = find_item(now.r, "statement", seen(before.r, "s1"), {}, true);
  EXPECT_EQ(found.index, 1) << found.why;
  EXPECT_EQ(find_item(now.r, "event", seen(before.r, "v1"), {}, true).index, 0);
  EXPECT_EQ(find_item(now.r, "position", seen(before.r, "p1"), {}, true).index, 0);
  EXPECT_EQ(find_item(now.r, "actor", seen(before.r, "e2"), {}, true).index, 1);
}

TEST(Amendment, WhatIsReadOtherwiseIsNotTheSameItem) {
  const HandMade before;
  HandMade now;
  now.r.statements[0].speaker = 1;
  Found found = find_item(now.r, "statement", seen(before.r, "s1"), {}, false);
  EXPECT_EQ(found.index, -1);
  EXPECT_EQ(found.why, "read otherwise now: speaker is 'Jon Vale', it was 'Kari Solheim'");
  // Whoever put the speaker right has said who it is.
  EXPECT_EQ(find_item(now.r, "statement", seen(before.r, "s1"), {{"speaker", {}}}, false).index, 0);
  now.r.statements.clear();
  found = find_item(now.r, "statement", seen(before.r, "s1"), {}, false);
  EXPECT_EQ(found.why, "its words are read as no statement any more");
  now.r.events[0].when = When("2031-05-13");
  EXPECT_EQ(find_item(now.r, "event", seen(before.r, "v1"), {}, false).index, 0);
  EXPECT_EQ(find_item(now.r, "event", seen(before.r, "v1"), {}, true).index, -1) << "whole";
  EXPECT_EQ(find_item(now.r, "weather", {}, {}, false).index, -1);
}

TEST(Amendment, OfTwoInTheSameWordsTheOneThatIsReadAsItWasIsMeant) {
  const HandMade before;
  HandMade now;
  Event visit = now.r.events[0];
  visit.id = "v2";
  visit.type = "AGREE";
  now.r.events.insert(now.r.events.begin(), visit);
  EXPECT_EQ(find_item(now.r, "event", seen(before.r, "v1"), {}, false).index, 1);
  EXPECT_EQ(find_item(now.r, "event", seen(before.r, "v1"), {{"type", {}}}, false).why,
            "there are several of this kind in these words now");
}

TEST(Amendment, OfWordsThatComeTwiceThePlaceDecides) {
  HandMade two("two", " Later, Iceland rejects the plan of the ports.");
  Position again = two.r.positions[0];
  again.id = "p2";
  const auto second = static_cast<uint32_t>(two.r.article.text.rfind("the plan of the ports"));
  again.content = {{second, second + 21}};
  two.r.positions.push_back(again);
  EXPECT_EQ(find_item(two.r, "position", seen(two.r, "p1"), {}, false).index, 0);
  EXPECT_EQ(find_item(two.r, "position", seen(two.r, "p2"), {}, false).index, 1);
}

TEST(Amendment, FieldsAreSetByNamesAndWords) {
  const HandMade read;
  Record r = read.r;
  set_field(r, read.r, {"event", 0}, "source", {"Jon Vale", "Iceland"});
  EXPECT_EQ(r.events[0].source, (std::vector<int>{1, 2}));
  set_field(r, read.r, {"event", 0}, "type", {"CONSULT"});
  EXPECT_EQ(r.events[0].cameo, "040");
  set_field(r, read.r, {"event", 0}, "type", {"AGREE"});
  EXPECT_EQ(r.events[0].cameo, "") << "no code of the other type stays";
  EXPECT_FALSE(r.events[0].has_goldstein);
  set_field(r, read.r, {"event", 0}, "words", {"She met Jon Vale"});
  EXPECT_EQ(r.events[0].span, read.at("She met Jon Vale"));
  EXPECT_EQ(r.events[0].trigger, read.at("met"));
  set_field(r, read.r, {"statement", 0}, "speaker", {});
  EXPECT_EQ(r.statements[0].speaker, -1);
  set_field(r, read.r, {"position", 0}, "condition", {"in Bergen"});
  EXPECT_EQ(r.positions[0].condition, Spans{read.at("in Bergen")});
  set_field(r, read.r, {"actor", 1}, "country", {"ISL"});
  EXPECT_EQ(r.entities[1].basis, "hand");
  EXPECT_EQ(first_problem(r), std::nullopt);
  for (const auto& [field, value] :
       {std::pair{"source", "Teo Nobody"}, {"colour", "blue"}, {"words", "not in the text"}})
    EXPECT_THROW(set_field(r, read.r, {"event", 0}, field, {value}), UsageError) << field;
  EXPECT_THROW(set_field(r, read.r, {"event", 0}, "status", {"occurred", "denied"}), UsageError);
}

TEST(Amendment, WhatIsTakenOutIsSpokenOfNoMore) {
  HandMade made;
  made.r.events[0].said_in = 0;
  made.r.positions[0].said_in = 0;
  remove_items(made.r, {{"actor", 0}, {"statement", 0}});
  ASSERT_EQ(made.r.entities.size(), 3u);
  EXPECT_TRUE(made.r.statements.empty());
  EXPECT_TRUE(made.r.events[0].source.empty());
  EXPECT_EQ(made.r.entities[static_cast<size_t>(made.r.events[0].target.at(0))].name, "Jon Vale");
  EXPECT_EQ(made.r.entities[static_cast<size_t>(made.r.positions[0].holder)].name, "Iceland");
  EXPECT_EQ(made.r.events[0].said_in, -1);
  EXPECT_EQ(made.r.positions[0].said_in, -1);
  EXPECT_EQ(first_problem(made.r), std::nullopt);
}

TEST(Amendment, MergesSayTheSameInAnyOrder) {
  const ActorName a{"K. Solheim", "person", "NOR"}, b{"Kari Solheim", "person", "NOR"},
      c{"Solheim", "person", "NOR"}, d{"Kari Anna Solheim", "person", "NOR"};
  std::vector<ActorMerge> said = {{a, b}, {c, a}, {b, d}};
  std::sort(said.begin(), said.end(), [](const auto& x, const auto& y) { return x.from < y.from; });
  do {
    const ActorMerges merges(said);
    for (const ActorName& who : {a, b, c, d}) {
      ASSERT_TRUE(merges.find(who)) << who.name;
      EXPECT_EQ(*merges.find(who), d) << who.name;
    }
  } while (std::next_permutation(said.begin(), said.end(),
                                 [](const auto& x, const auto& y) { return x.from < y.from; }));
  // A circle is one actor too, of one name.
  const std::vector<ActorMerge> circle = {{a, b}, {b, a}}, back = {{b, a}, {a, b}};
  EXPECT_EQ(*ActorMerges(circle).find(b), *ActorMerges(back).find(a));
  // Without a country somebody is found where there is no choice, and only there.
  EXPECT_TRUE(ActorMerges(said).find({"Solheim", "person", ""}));
  EXPECT_FALSE(ActorMerges(said).find({"Solheim", "person", "DNK"}));
  const std::vector<ActorMerge> two = {
      {c, b}, {{"Solheim", "person", "DNK"}, {"Bo Solheim", "person", "DNK"}}};
  EXPECT_FALSE(ActorMerges(two).find({"Solheim", "person", ""}));
}

TEST(Amendment, TwoOfOneArticleWhoAreOneAreOneThere) {
  HandMade made;
  made.r.events[0].source = {0, 1};
  const std::vector<ActorMerge> said = {
      {{"Jon Vale", "person", "NOR"}, {"Kari Solheim", "person", "NOR"}}};
  merge_actors(made.r, ActorMerges(said));
  ASSERT_EQ(made.r.entities.size(), 3u);
  EXPECT_EQ(made.r.entities[0].name, "Kari Solheim");
  EXPECT_EQ(made.r.entities[0].mentions.size(), 3u);
  EXPECT_EQ(made.r.events[0].source, std::vector<int>{0});
  EXPECT_EQ(made.r.events[0].target, std::vector<int>{0});
  EXPECT_EQ(first_problem(made.r), std::nullopt);
}

}  // namespace
}  // namespace chancery
