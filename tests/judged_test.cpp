// What the accurate model's judges decide, over and beside the rules.
#include <gtest/gtest.h>

#include "support.h"

namespace chancery {
namespace {

Record read(const std::string& text) {
  static const auto accurate =
      std::make_shared<const Resources>(SOURCE_DIR "/data", SOURCE_DIR "/models/chancery.model");
  Article article;
  article.id = "test";
  article.text = text;
  article.published = "2031-05-14";
  article.language = "en";
  return Reader(accurate).read(std::move(article));
}

// "TYPE status" of each act, in order.
std::string acts(const Record& r) {
  std::string out;
  for (const Event& e : r.events) out += (out.empty() ? "" : ", ") + e.type + " " + e.status;
  return out;
}

TEST(Judged, AnActCarriesItsWordItsSidesAndHowSureTheJudgeIs) {
  Record r = read("Norwegian warships shelled the Icelandic harbour of Seyla on Monday.");
  ASSERT_EQ(acts(r), "ASSAULT occurred");
  const Event& e = r.events[0];
  EXPECT_EQ(e.trigger.of(r.article.text), "shelled");
  EXPECT_GT(e.confidence, 0.5);
  EXPECT_EQ(e.when, "2031-05-12");
  ASSERT_FALSE(e.source.empty());
  EXPECT_EQ(r.entities[static_cast<size_t>(e.source[0])].actor.country, "NOR");
}

TEST(Judged, WhatIsDeniedWasNotDone) {
  EXPECT_EQ(acts(read("The minister denied that Norway had bombed the harbour of Iceland."))
                .find("ASSAULT occurred"),
            std::string::npos);
  Record r = read("Norway did not shell the harbour of Iceland on Monday, the minister said.");
  EXPECT_EQ(acts(r).find("occurred"), std::string::npos) << acts(r);
}

TEST(Judged, TalksThatWereCalledOffWereNotHeld) {
  for (const char* text : {"Peace talks between Norway and Iceland were suspended on Monday.",
                           "Norway called off its talks with Iceland on Monday."}) {
    std::string got = acts(read(text));
    EXPECT_EQ(got.find("CONSULT occurred"), std::string::npos) << got;
  }
}

TEST(Judged, SportAndFiguresOfSpeechAreNoActs) {
  for (const char* text :
       {"Ona Marr fired home the winner as Harbour United beat Olm Rovers on Sunday.",
        "Reporters bombarded the minister with questions about herring."})
    EXPECT_EQ(acts(read(text)).find("ASSAULT"), std::string::npos) << text;
}

TEST(Judged, AStanceThatNoRuleNamesIsHeard) {
  Record r = read(
      "Icelandic Premier Jon Arnarson said his government would not accept the limits and wanted "
      "Norway to withdraw its patrol boats.");
  bool demand = false;
  for (const Position& p : r.positions) demand |= p.stance == "demands" && p.confidence > 0;
  EXPECT_TRUE(demand);
}

}  // namespace
}  // namespace chancery
