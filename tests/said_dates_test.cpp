// The days that a text offers for a remark that tells none itself.
#include <gtest/gtest.h>

#include <algorithm>

#include "accurate.h"
#include "reading/reading_watch.h"
#include "reading/said/statements.h"

namespace chancery {
namespace {

// The signs of each day that is offered for the remark in these words: "2031-05-10: told above".
std::vector<std::string> offers(const std::string& text, const std::string& part) {
  std::vector<std::string> out;
  ReadingWatch watch;
  watch.said_date = [&](const FoundStatement& f, const std::vector<When>& days, const SignCase& c) {
    const Span words = f.statement.content[0];
    if (words.of(text).find(part) == std::string_view::npos) return;
    for (const SignCase::Candidate& day : c.candidates)
      for (const std::string& sign : day.signs)
        out.push_back(days[static_cast<size_t>(day.id)].value() + ": " + sign);
  };
  Reader(test::accurate(), &watch).read(test::article_of(text));
  return out;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

TEST(SaidDates, TheReportsOwnLastDayAbove) {
  const auto found = offers(
      "Ministers met in Bergen on Saturday.\n\nThe hall was cold.\n\n\"The nets are torn on "
      "Monday,\" Ida Marr said.\n\n\"The boats are old,\" Teo Varga said.",
      "boats");
  EXPECT_TRUE(has(found, "2031-05-10: told above, near")) << "not a day in another's words";
  EXPECT_TRUE(has(found, "2031-05-10: told above, of a verb"));
  EXPECT_TRUE(has(offers("Saturday's debate was loud. Ida Marr said the nets were torn.", "nets"),
                  "2031-05-10: told above, of a noun"));
}

TEST(SaidDates, TheFirstDayOfTheBeginning) {
  const std::string text =
      "The port of Bergen closes in June.\n\nMinisters met there on Saturday.\n\nThey had come on "
      "Friday.\n\n\"The boats are old,\" Teo Varga said.";
  const auto found = offers(text, "boats");
  EXPECT_TRUE(has(found, "2031-05-10: of the lead, below")) << "June is yet to come";
  EXPECT_FALSE(has(found, "2031-05-09: of the lead"));
}

}  // namespace
}  // namespace chancery
