// What teaches the judge of blocks: labels by alignment, sites, the teaching itself.
#include <gtest/gtest.h>

#include "align.h"
#include "judge_trainer.h"
#include "pages.h"

namespace chancery::training {
namespace {

const std::string kGold =
    "The two ministers signed the paper in Turku after a long night of talks.\n"
    "What it says\n"
    "Each state draws a third of the water in a dry year, and no more than that.\n"
    "The first boats leave in May, said a woman at the quay who sells tickets.";

TEST(Align, FindsTheTextAmongTheRest) {
  EXPECT_EQ(align({"What it says", "Home World Sport",
                   "The two ministers signed the paper in Turku after a long night of talks.",
                   "What it says",
                   "Each state draws a third of the water in a dry year, and no more than that.",
                   "Sign up for our letter and read of the water every morning.",
                   "The first boats leave in May, said a woman at the quay who sells tickets."},
                  kGold),
            (std::vector<bool>{false, false, true, true, true, false, true}))
      << "the short heading counts in its place alone";
}

TEST(Align, ATeaserOfTheSameWordsIsNotTheText) {
  std::vector<bool> found =
      align({"The two ministers signed the paper in Turku after a long night of talks.",
             "Each state draws a third of the water in a dry year, and no more than that.",
             "The first boats leave in May, said a woman at the quay who sells tickets.",
             "The two ministers signed the paper in Turku after a long night of talks."},
            kGold);
  EXPECT_EQ(found, (std::vector<bool>{true, true, true, false}));
}

TEST(Align, AWordMoreOrLessDoesNotMatter) {
  EXPECT_EQ(align({"The first boats leave in late May, said a woman at the quay who sells tickets "
                   "there.",
                   "A wholly other sentence on water and boats and what a woman said of tickets."},
                  kGold),
            (std::vector<bool>{true, false}));
}

TEST(Align, OneBlockMayHoldSeveralLines) {
  EXPECT_EQ(align({kGold}, kGold), std::vector<bool>{true});
  EXPECT_EQ(align({"", "x"}, kGold), (std::vector<bool>{false, false}));
}

TEST(Site, IsTheRegisteredName) {
  EXPECT_EQ(site_of("https://www.harbour-courier.example/world/a.html"), "harbour-courier.example");
  EXPECT_EQ(site_of("http://sport.harbour-courier.example?x=1"), "harbour-courier.example");
  EXPECT_EQ(site_of("https://news.courier.co.olm"), "co.olm");
  EXPECT_EQ(site_of("https://news.courier.co.uk/a"), "courier.co.uk");
  EXPECT_EQ(site_of("hard::courier.example-the-sund.html"), "courier.example");
}

// Two things that hold together or not at all: one says text, the other not.
TEST(Teaching, LearnsWhatFeaturesSay) {
  std::vector<std::vector<float>> dense;
  std::vector<std::vector<uint64_t>> sparse;
  for (int i = 0; i < 400; ++i) {
    bool paragraph = i % 2 == 0, linked = i % 4 < 2;
    dense.push_back({linked ? 1.0f : 0.0f});
    sparse.push_back({paragraph ? 111u : 222u});
  }
  std::vector<Example> examples;
  for (size_t i = 0; i < dense.size(); ++i)
    examples.push_back({{dense[i], sparse[i]}, i % 2 == 0 && dense[i][0] == 0 ? 1u : 2u, 1.0f});
  Schooling schooling;
  schooling.buckets = 64;
  schooling.hidden = 8;
  schooling.forget_sparse = 0.1f;
  schooling.passes = 20;
  JudgeWeights weights = teach({"linked"}, {"text", "furniture"}, examples, schooling);
  EXPECT_EQ(weights.hidden, 16u) << "two pupils side by side";
  weights.temperature = fit_temperature(weights, examples);
  Judge judge(weights);
  size_t right = 0;
  for (const Example& e : examples) {
    std::vector<float> p(2);
    judge.decide(e.features, p);
    right += (p[0] > 0.5f) == (e.allowed == 1);
  }
  EXPECT_EQ(right, examples.size());
  JudgeWeights again = teach({"linked"}, {"text", "furniture"}, examples, schooling);
  EXPECT_EQ(again.rows, weights.rows) << "the same examples make the same judge";
}

// Where only "one of these" is known, the others lose.
TEST(Teaching, LearnsFromWhatIsKnownInPart) {
  std::vector<uint64_t> seen = {7};
  std::vector<Example> examples(200, Example{{{}, seen}, 0b011, 1.0f});
  Schooling schooling;
  schooling.buckets = 16;
  schooling.hidden = 4;
  JudgeWeights weights = teach({}, {"a", "b", "c"}, examples, schooling);
  std::vector<float> p(3);
  Judge(weights).decide({{}, seen}, p);
  EXPECT_LT(p[2], 0.1f);
}

}  // namespace
}  // namespace chancery::training
