// Where the words of a statement end, whatever the learnt reader hears; and which marks open and close
// a quotation.
#include <gtest/gtest.h>

#include "reading/quotes.h"
#include "reading/said/content_ends.h"
#include "record/validate.h"
#include "support.h"

namespace chancery {
namespace {

// What becomes of content that is heard to end with `words`.
std::string closed(const std::string& text, const std::string& cue, const std::string& words,
                   const std::string& quote = "indirect") {
  const Document document = test::resources()->engine.analyze(text);
  const TreeView tree(document, test::resources()->lexicon.words());
  auto span = [&](const std::string& part) {
    const auto at = static_cast<uint32_t>(text.find(part));
    return Span{at, at + static_cast<uint32_t>(part.size())};
  };
  FoundStatement f;
  f.statement.cue = {span(cue)};
  f.statement.content = {span(words)};
  f.statement.quote = quote;
  const Speech speech(tree, test::resources()->lexicon, find_quotations(document));
  close_ends(tree, speech, f);
  return std::string(f.statement.content[0].of(text));
}

TEST(ContentEnds, APhraseThatWasBegunGoesOn) {
  const std::string text = "Ida Marr said the police arrested four sailors in the harbour.";
  EXPECT_EQ(closed(text, "said", "the police arrested four sailors in"),
            "the police arrested four sailors in the harbour");
  EXPECT_EQ(closed(text, "said", "the police arrested four sailors in the"),
            "the police arrested four sailors in the harbour");
  EXPECT_EQ(closed(text, "said", "the police arrested four"), "the police arrested four sailors");
  EXPECT_EQ(closed(text, "said", "the police arrested four sailors"),
            "the police arrested four sailors")
      << "what is whole stays";
  EXPECT_EQ(closed(text, "said", "the police arrested four sailors in", "direct"),
            "the police arrested four sailors in")
      << "a quotation ends with its mark";
}

TEST(ContentEnds, APhraseThatIsNotTheSpeakersGoes) {
  EXPECT_EQ(
      closed("Ida Marr condemned the latest test on Wednesday.", "condemned", "the latest test on"),
      "the latest test");
}

TEST(ContentEnds, TheMarkOfTheQuotationAroundItGoes) {
  const std::string text = "\"The Danes said they would go home,\" Ida Marr said.";
  EXPECT_EQ(closed(text, "said", "they would go home,\""), "they would go home");
}

// A mark that nothing closes and the beginning of a name: one of a hundred thousand invented articles
// had a statement with empty content (Records.AreSoundWhateverTheArticle).
TEST(ContentEnds, OfWhatHoldsNoWordNothingIsLeft) {
  const Record r = test::read(
      "China told the United Nations on Tuesday that dunes bury wells and orchards. The ban will "
      "stay as long as the overfishing goes on,\" Fisheries Minister Lars Tveit on Monday. Iceland "
      "would accept the first stage if Norway opened its ports, Helgadottir said, adding that the "
      "second stage needed more time.");
  EXPECT_FALSE(first_problem(r)) << *first_problem(r);
  ASSERT_FALSE(r.statements.empty());
  for (Span content : r.statements[0].content) EXPECT_LT(content.begin, content.end);
}

TEST(ContentEnds, AConjunctionWithoutWhatItJoinsGoes) {
  EXPECT_EQ(closed("Ida Marr said that the port was open and left the room.", "said",
                   "that the port was open and"),
            "that the port was open");
  EXPECT_EQ(closed("Ida Marr said that she had no plan and in the evening left the room.", "said",
                   "that she had no plan and in the evening"),
            "that she had no plan");
  EXPECT_EQ(closed("Ida Marr said that it was \"a risk for all\" and left the room.", "said",
                   "that it was \"a risk for all\" and"),
            "that it was \"a risk for all\"");
  const std::string whole = "that she had a plan and a map";
  EXPECT_EQ(closed("Ida Marr said " + whole + ".", "said", whole), whole);
}

TEST(Quotations, TwoSingleMarksAreADoubleOne) {
  const std::string text =
      "''The port is open to all,'' Ida Marr said. ''We don't want to close it.''";
  const Document document = test::resources()->engine.analyze(text);
  const std::vector<Quotation> all = find_quotations(document);
  ASSERT_EQ(all.size(), 2u);
  const TreeView tree(document, test::resources()->lexicon.words());
  EXPECT_EQ(std::string(document[all[1].begin + 2].form), "We");
  EXPECT_EQ(all[1].end, document.size());
  EXPECT_TRUE(all[0].closed && all[1].closed);
}

TEST(ContentEnds, WhatIsToldWithinAQuotationIsNoQuotationOfItsOwn) {
  EXPECT_EQ(closed("\"The sailors said they would stay,\" Ida Marr added.", "said",
                   "they would stay,\"", "direct"),
            "they would stay");
}

}  // namespace
}  // namespace chancery
