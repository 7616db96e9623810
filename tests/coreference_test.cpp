// Whom a mention means, by what the encoder hears. Invented sentences.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "accurate.h"
#include "base/error.h"
#include "reading/quotes.h"
#include "reading/who/coreference.h"
#include "reading/who/entities.h"

namespace chancery {
namespace {

using test::accurate;
using test::words;

// The words of an entity's mentions, in order.
std::vector<std::string> called_with(const Record& r, const std::string& what) {
  for (const Entity& e : r.entities) {
    std::vector<std::string> all;
    bool has = false;
    for (Span m : e.mentions) {
      all.push_back(words(r, m));
      has |= all.back() == what;
    }
    if (has) return all;
  }
  return {};
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Mentions and their signs as reading has them, before anything is resolved.
struct Seen {
  std::string text;
  Document document;
  TreeView tree;
  std::vector<Quotation> quotations;
  std::vector<Mention> mentions;
  std::unique_ptr<MentionSigns> signs;

  explicit Seen(const std::string& words)
      : text(words),
        document(accurate()->engine.analyze(text)),
        tree(document, accurate()->lexicon.words()) {
    quotations = find_quotations(document);
    ActorKnowledge knowledge{accurate()->known,      accurate()->places,  accurate()->country,
                             accurate()->antecedent, accurate()->pronoun, &accurate()->coreference};
    knowledge.watch_mentions = [&](const std::vector<Mention>& all, const MentionSigns&) {
      mentions = all;
    };
    Entities entities(tree, knowledge, quotations, "2031-05-14");
    signs = std::make_unique<MentionSigns>(tree, mentions, quotations);
  }
  int mention(const std::string& words) const {
    for (size_t i = 0; i < mentions.size(); ++i)
      if (tree.span({mentions[i].begin, mentions[i].end}).of(text) == words)
        return static_cast<int>(i);
    ADD_FAILURE() << words << " is no mention";
    return 0;
  }
};

const std::string kReport =
    "The Mining Union of Olm opened its congress on Monday. Premier Ida Varga greeted the "
    "delegates. The union demanded higher wages, and she promised to listen.";

TEST(Coreference, AnswersAreProbabilitiesOverThoseBefore) {
  Seen seen(kReport);
  Coreference heard(accurate()->coreference, seen.tree, seen.mentions, *seen.signs);
  ASSERT_FALSE(heard.silent());
  for (int i = 0; i < static_cast<int>(seen.mentions.size()); ++i) {
    Coreference::Answer answer = heard.ask(i);
    EXPECT_EQ(answer.of.size(), static_cast<size_t>(i - answer.first));
    EXPECT_NEAR(std::accumulate(answer.of.begin(), answer.of.end(), answer.none), 1, 1e-4);
  }
}

TEST(Coreference, HearsAPhraseAndAPronoun) {
  Seen seen(kReport);
  Coreference heard(accurate()->coreference, seen.tree, seen.mentions, *seen.signs);
  auto probability = [&](const std::string& later, const std::string& earlier) {
    Coreference::Answer a = heard.ask(seen.mention(later));
    return a.of[static_cast<size_t>(seen.mention(earlier) - a.first)];
  };
  EXPECT_GT(probability("The union", "The Mining Union of Olm"), 0.5);
  EXPECT_GT(probability("she", "Premier Ida Varga"), 0.5);
  EXPECT_LT(probability("she", "The union"), 0.2);
  // Who is told for the first time is nobody told before.
  EXPECT_GT(heard.ask(seen.mention("Premier Ida Varga")).none, 0.5);
}

TEST(Coreference, SignsTellPairsApart) {
  Seen seen("Premier Ida Varga met Olm's envoy. \"Varga lied,\" the envoy said.");
  const int premier = seen.mention("Premier Ida Varga"), again = seen.mention("Varga"),
            envoy = seen.mention("the envoy");
  EXPECT_NE(seen.signs->pair(again, premier), seen.signs->pair(envoy, premier));
  for (uint16_t row : seen.signs->pair(envoy, again)) EXPECT_LT(row, kPairSignRows);
  for (uint16_t row : seen.signs->lone(envoy)) EXPECT_LT(row, kLoneSignRows);
  EXPECT_EQ(MentionSigns::first_candidate(kReach + 7), 7);
}

TEST(Coreference, AModelWithoutItIsSilentAndADamagedOneRefused) {
  EXPECT_TRUE(CoreferenceModel(ModelFile()).empty());
  ModelFile damaged;
  damaged.set("coreference.words", SectionKind::packed, 4, 20, "");
  EXPECT_THROW(CoreferenceModel{damaged}, StartError);
}

TEST(Coreference, AnObjectIsNotItsOwnSubject) {
  Record r = test::read_accurately(
      "The Norvanian navy holds six fishermen. \"Norvania must free them at once,\" Premier Ida "
      "Varga of Olm said.");
  EXPECT_FALSE(has(called_with(r, "Norvania"), "them"));
}

TEST(Phrases, GoToTheEndOfTheirOf) {
  Record r = test::read_accurately(
      "The leader of the hill rebels, who fled in May, met the mayor of Tolm. The leader of the "
      "hill rebels left on Tuesday.");
  EXPECT_FALSE(called_with(r, "The leader of the hill rebels").empty());
  EXPECT_TRUE(called_with(r, "the mayor of Tolm").size() > 0);
  EXPECT_TRUE(called_with(r, "The leader of the hill rebels, who fled in May").empty());
}

TEST(Novelty, SignsDecideAndTellWhy) {
  Record r = test::read_accurately(
      "Olm fired a rocket on Monday, its first test since 2027. The first bus leaves at six.");
  ASSERT_EQ(r.novelty.size(), 1u);
  EXPECT_EQ(words(r, r.novelty[0].span), "its first test since 2027");
  EXPECT_NE(r.novelty[0].explain.find("judged by signs"), std::string::npos);
}

}  // namespace
}  // namespace chancery
