// Whose somebody is who says what a state will do.
#include "reading/said/speakers.h"

#include <gtest/gtest.h>

#include "analyzed.h"

namespace chancery {
namespace {

// The state of Ida Varga, of whom nothing else is told than that she says this.
std::string state_of_who_says(const std::string& content) {
  const std::string text = "Minister Ida Varga said " + content + ".";
  const test::Analyzed given(text);
  Entities entities = test::named_alone(given);
  FoundStatement found;
  for (size_t i = 0; i < entities.entities().size(); ++i)
    if (entities.entities()[i].kind == "person") found.statement.speaker = static_cast<int>(i);
  if (found.statement.speaker < 0) return "nobody";
  found.statement.quote = "indirect";
  const auto begin = static_cast<uint32_t>(text.find(content));
  found.statement.content = {{begin, begin + static_cast<uint32_t>(content.size())}};
  settle_speakers(given.tree, {found}, entities);
  return entities.entities()[static_cast<size_t>(found.statement.speaker)].actor.country;
}

TEST(SettleSpeakers, WhoSaysWhatAStateWillDoIsOfIt) {
  EXPECT_EQ(state_of_who_says("Norway will lift the ban on Friday"), "NOR");
  EXPECT_EQ(state_of_who_says("Norway had no plan to lift the ban"), "NOR");
  EXPECT_EQ(state_of_who_says("Norway had no intention of lifting the ban"), "NOR");
}

TEST(SettleSpeakers, WhoSaysWhatAStateHasOrDidNeedNotBe) {
  EXPECT_EQ(state_of_who_says("Norway had a long coast"), "");
  EXPECT_EQ(state_of_who_says("Norway lifted the ban on Friday"), "");
}

}  // namespace
}  // namespace chancery
