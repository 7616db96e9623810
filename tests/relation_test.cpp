// The act between two marked spans: by an event that was found, by the nearest word of the lexicon,
// or by the learnt reader alone.
#include <gtest/gtest.h>

#include "reading/reader.h"
#include "support.h"

namespace chancery {
namespace {

Relation between(const std::string& text, const std::string& source, const std::string& target) {
  const auto at = [&](const std::string& words) {
    const auto begin = static_cast<uint32_t>(text.find(words));
    return Span{begin, begin + static_cast<uint32_t>(words.size())};
  };
  return Reader(test::resources()).relation(text, at(source), at(target));
}

TEST(RelationOfSpans, AnEventBetweenThemIsTheAnswer) {
  const Relation found = between("Norway expelled two envoys of Iceland.", "Norway", "Iceland");
  EXPECT_EQ(found.root, "SANCTION");
  EXPECT_EQ(found.cameo, "161");
  EXPECT_EQ(found.status, "occurred");
}

TEST(RelationOfSpans, WithoutAnEventAWordBetweenThemIs) {
  const Relation word = between("Norway's tariffs: Iceland waits.", "Norway", "Iceland");
  // Whether the learnt reader agrees or not, it says what the rules found.
  EXPECT_NE(word.explain.find("word 'tariff' between the spans ("), std::string::npos)
      << word.explain;
}

TEST(RelationOfSpans, WithoutAnyTheLearntReaderAnswersAlone) {
  const Relation learnt = between("Norway is far from Iceland.", "Norway", "Iceland");
  EXPECT_FALSE(learnt.root.empty());
  EXPECT_EQ(learnt.status, "occurred") << "no rule said another";
  EXPECT_TRUE(learnt.explain.starts_with("the learnt reader, ")) << learnt.explain;
  EXPECT_EQ(learnt.explain.find("the rules say"), std::string::npos) << learnt.explain;
}

TEST(RelationOfSpans, OfNoTextThereIsNone) {
  const Relation none = Reader(test::resources()).relation("", {0, 0}, {0, 0});
  EXPECT_EQ(none.root, "");
  EXPECT_EQ(none.explain, "empty text");
}

}  // namespace
}  // namespace chancery
