// The learnt half of statements over what is heard, given by hand: what it adds to the rules, what it
// takes from them, and from how sure a hearing on.
#include "reading/said/heard_half.h"

#include <gtest/gtest.h>

#include "reading/quotes.h"
#include "support.h"

namespace chancery {
namespace {

struct Hearing {
  std::string cue;
  float score;
  std::string source, content;
};

// Words of the text, the content of each statement in order, with who speaks; " + " between parts.
std::vector<std::string> said(const std::string& text, const std::vector<Hearing>& hearings,
                              Attributions which) {
  const Resources& r = *test::resources();
  const Document document = r.engine.analyze(text);
  const TreeView tree(document, r.lexicon.words());
  const std::vector<Quotation> quotations = find_quotations(document);
  const Times times(tree, r.times, "2031-05-14");
  const JudgedWords words(r.judges, document);
  Entities entities(tree, {r.known, r.places, r.country, r.antecedent, r.pronoun}, quotations,
                    "2031-05-14", times.date_words(), &words, &r.thresholds);
  auto range = [&](const std::string& part) {
    const auto at = static_cast<uint32_t>(text.find(part));
    return tree.range_of({at, at + static_cast<uint32_t>(part.size())});
  };
  HeardAttributions heard;
  heard.silent = false;
  for (const Hearing& h : hearings) {
    Heard x;
    x.cue = range(h.cue).begin;
    x.cue_score = h.score;
    if (!h.source.empty()) x.source = {range(h.source)};
    x.content = {range(h.content)};
    heard.heard.push_back(std::move(x));
  }
  std::vector<std::string> out;
  for (const FoundStatement& f :
       find_statements(tree, r.lexicon, quotations, times, heard, which, r.thresholds, entities)) {
    const int speaker = f.statement.speaker;
    std::string line = (speaker < 0 ? "nobody" : entities.entities()[speaker].name) + ":";
    for (Span c : f.statement.content) line += " " + std::string(c.of(text));
    out.push_back(std::move(line));
  }
  return out;
}

using Lines = std::vector<std::string>;
constexpr Attributions kRecord = Attributions::record, kAll = Attributions::all;

TEST(HeardHalf, InTheWiderNotionARulesCueMustBeHeardAtAll) {
  const std::string text = "Tora Solheim said that the port was open.",
                    words = "that the port was open";
  const Lines one = {"Tora Solheim: " + words};
  EXPECT_EQ(said(text, {{"said", 0.21f, "Tora Solheim", words}}, kAll), one);
  EXPECT_EQ(said(text, {{"said", 0.19f, "Tora Solheim", words}}, kAll), Lines());
  EXPECT_EQ(said(text, {}, kAll), Lines());
  const std::string quoted = "“The port is open,” Tora Solheim said.";
  EXPECT_EQ(said(quoted, {}, kAll).size(), 1u) << "a quotation is one whoever hears it";
}

TEST(HeardHalf, AThingMustBeHeardToSpeakAPersonNot) {
  const std::string words = "that the port was open";
  for (auto [who, score, count] :
       {std::tuple{"The study", 0.1f, 0u}, {"The study", 0.9f, 1u}, {"Tora Solheim", 0.1f, 1u}})
    EXPECT_EQ(
        said(std::string(who) + " said " + words + ".", {{"said", score, who, words}}, kRecord)
            .size(),
        count)
        << who << " " << score;
}

TEST(HeardHalf, WhatNoRuleFindsIsAddedFromAScoreOn) {
  const std::string text = "Tora Solheim wants the port to be open.", words = "the port to be open";
  EXPECT_EQ(said(text, {{"wants", 0.23f, "Tora Solheim", words}}, kAll),
            Lines({"Tora Solheim: " + words}));
  EXPECT_EQ(said(text, {{"wants", 0.21f, "Tora Solheim", words}}, kAll), Lines());
  EXPECT_EQ(said(text, {{"wants", 0.9f, "", words}}, kAll), Lines()) << "nobody wants it";
}

TEST(HeardHalf, AnActWithItsObjectMustBeHeardClearly) {
  const std::string text = "Tora Solheim visited the port of the island.",
                    object = "the port of the island";
  EXPECT_EQ(said(text, {{"visited", 0.59f, "Tora Solheim", object}}, kAll), Lines());
  EXPECT_EQ(said(text, {{"visited", 0.61f, "Tora Solheim", object}}, kAll),
            Lines({"Tora Solheim: " + object}));
}

TEST(HeardHalf, TheWordsOfAStatementAreThoseHeardFromAScoreOn) {
  const std::string text = "Tora Solheim said that the port was open on Monday.";
  const std::string heard = "that the port was open", rule = "that the port was open on Monday";
  EXPECT_EQ(said(text, {{"said", 0.31f, "Tora Solheim", heard}}, kRecord),
            Lines({"Tora Solheim: " + heard}));
  EXPECT_EQ(said(text, {{"said", 0.29f, "Tora Solheim", heard}}, kRecord),
            Lines({"Tora Solheim: " + rule}));
}

TEST(HeardHalf, WordsThatStopWithinAClauseGoOnToItsEnd) {
  const std::string text = "Tora Solheim said that the old port was open.";
  const std::vector<Hearing> ends = {{"said", 0.9f, "Tora Solheim", "that the old port"}},
                             begins = {{"said", 0.9f, "Tora Solheim", "port was open"}};
  EXPECT_EQ(said(text, ends, kRecord), Lines({"Tora Solheim: that the old port was open"}));
  EXPECT_EQ(said(text, begins, kRecord), Lines({"Tora Solheim: that the old port was open"}));
  EXPECT_EQ(said(text, begins, kAll), Lines({"Tora Solheim: port was open"}));
}

TEST(HeardHalf, WordsThatRunOverCueOrSourceAreNotTaken) {
  const std::string text = "Tora Solheim said that the port was open.";
  for (const char* heard : {"said that the port was open", "Solheim said that the port was open"})
    EXPECT_EQ(said(text, {{"said", 0.9f, "Tora Solheim", heard}}, kRecord),
              Lines({"Tora Solheim: that the port was open"}))
        << heard;
}

TEST(HeardHalf, AQuotationKeepsAllItsWords) {
  const std::string text = "“The port is open and the ships may sail,” Tora Solheim said.";
  const std::vector<Hearing> less = {{"said", 0.9f, "Tora Solheim", "The port is open"}};
  EXPECT_EQ(said(text, less, kRecord),
            Lines({"Tora Solheim: “The port is open and the ships may sail,”"}));
}

TEST(HeardHalf, WhatIsOnesContentIsNotHeardOfAnother) {
  const std::string text = "Tora Solheim said that the port was open, to the joy of all sailors.";
  EXPECT_EQ(said(text,
                 {{"said", 0.9f, "Tora Solheim", "that the port was open"},
                  {"joy", 0.9f, "all sailors", "the port was open"}},
                 kAll),
            Lines({"Tora Solheim: that the port was open"}));
}

}  // namespace
}  // namespace chancery
