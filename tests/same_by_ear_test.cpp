// Two names that the encoder takes for one: what both say of themselves keeps them apart, however
// sure it is. Invented texts; the threshold is set so low that the encoder alone would join them.
#include <gtest/gtest.h>

#include <algorithm>

#include "accurate.h"
#include "reading/quotes.h"
#include "reading/who/entities.h"

namespace chancery {
namespace {

using test::accurate;

// The tables' thresholds, with this one for names.
Thresholds with_names_heard_at(const std::string& least) {
  test::Folder folder;
  std::string table = read_file(test::source_dir() + "/data/lexicon/thresholds.tsv");
  const size_t at = table.find("coreference.name\t") + std::string("coreference.name\t").size();
  table.replace(at, table.find('\t', at) - at, least);
  return Thresholds(folder.write("thresholds.tsv", table));
}

// Are the two names one entity's, where the encoder need be as sure as that?
bool are_one(const std::string& text, const std::string& first, const std::string& second,
             const std::string& least = "0.2") {
  const Resources& r = *accurate();
  const Document document = r.engine.analyze(text);
  const TreeView tree(document, r.lexicon.words());
  const std::vector<Quotation> quotations = find_quotations(document);
  const JudgedWords words(r.judges, document);
  const Thresholds thresholds = with_names_heard_at(least);
  Entities entities(tree, {r.known, r.places, r.country, r.antecedent, r.pronoun, &r.coreference},
                    quotations, "2031-05-14", {}, &words, &thresholds);
  entities.write_mentions();
  auto bears = [&](const Entity& e, const std::string& name) {
    return std::any_of(e.mentions.begin(), e.mentions.end(),
                       [&](Span m) { return m.of(document.text) == name; });
  };
  int with_first = 0, with_second = 0, with_both = 0;
  for (const Entity& e : entities.entities()) {
    with_first += bears(e, first);
    with_second += bears(e, second);
    with_both += bears(e, first) && bears(e, second);
  }
  EXPECT_GT(with_first, 0) << first << " is nobody's name";
  EXPECT_GT(with_second, 0) << second << " is nobody's name";
  return with_both > 0;
}

TEST(SameByEar, TheEncoderMustBeSure) {
  const std::string text = "Oleg J. Marr met fishermen. Mr. O. Marr-Lind said the port was closed.";
  EXPECT_TRUE(are_one(text, "Oleg J. Marr", "Mr. O. Marr-Lind", "0.5"));
  EXPECT_FALSE(are_one(text, "Oleg J. Marr", "Mr. O. Marr-Lind", "0.9"));
}

TEST(SameByEar, AStateIsNoClubThatIsCalledAfterIt) {
  EXPECT_FALSE(are_one("Luxembourg won the cup on Monday. Luxembourg Rovers beat Bergen.",
                       "Luxembourg", "Luxembourg Rovers"));
}

TEST(SameByEar, APersonIsNotTheirCompany) {
  EXPECT_FALSE(are_one("The Varga company closed two plants. Ida Varga said prices had fallen.",
                       "The Varga company", "Ida Varga"));
}

TEST(SameByEar, AWomanIsNoManOfHerName) {
  EXPECT_FALSE(are_one("Ingrid Holm spoke first. Mr. Holm left early.", "Ingrid Holm", "Mr. Holm"));
}

TEST(SameByEar, BodiesOfTwoStatesAreTwo) {
  EXPECT_FALSE(
      are_one("The Norwegian Coast Guard closed two ports. The Danish Coast Guard opened one.",
              "The Norwegian Coast Guard", "The Danish Coast Guard"));
}

TEST(SameByEar, TwoNamesOfAPersonShareAWord) {
  EXPECT_FALSE(are_one("Tor Varga spoke first. Mr. Warga left early.", "Tor Varga", "Mr. Warga"));
}

}  // namespace
}  // namespace chancery
