// What a date is the date of: what a calendar has beside meetings.
#include <gtest/gtest.h>

#include <algorithm>

#include "reading/ahead/scheduled.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

// "vote planned 2031-06-03": the occasions of a text, in its order.
std::string set_for(const std::string& text) {
  std::string out;
  for (const TimeExpression& t : test::read(text).times)
    if (!t.occasion.empty())
      out += (out.empty() ? "" : " | ") + t.occasion + " " + t.status + " " + t.when.value();
  return out;
}

// Every line of the table has a sentence that it reads.
TEST(Scheduled, TheTableReadsItsOwnSentences) {
  const auto& examples = test::resources()->scheduled.examples();
  ASSERT_GT(examples.size(), 20u);
  for (const auto& x : examples)
    EXPECT_EQ(set_for(x.text), x.occasion + " planned " + x.says) << x.place << ": " << x.text;
}

TEST(Scheduled, WhatIsOverIsOverAndWhatIsCalledOffIsNot) {
  EXPECT_EQ(set_for("Norvania held elections on 11 May."), "election occurred 2031-05-11");
  EXPECT_EQ(set_for("The vote on 3 June was cancelled."), "vote denied 2031-06-03");
  EXPECT_EQ(set_for("The vote was postponed until 10 June."), "vote planned 2031-06-10");
}

TEST(Scheduled, WhatMayBeOrIsOfferedIsSetForNoDay) {
  EXPECT_EQ(set_for("Parliament could vote on the accord on 3 June."), "");
  EXPECT_EQ(set_for("The minister offered to hold a summit on 3 June."), "");
  EXPECT_EQ(set_for("The minister criticized the election on Tuesday."), "");
}

TEST(Scheduled, TellsWhoseItIsWhereAndWhoSaysSo) {
  const Record r = test::read("Norway will hold elections on 9 September, Tora Berg said.");
  const auto at = std::find_if(r.times.begin(), r.times.end(),
                               [](const TimeExpression& t) { return !t.occasion.empty(); });
  ASSERT_NE(at, r.times.end());
  ASSERT_EQ(at->who.size(), 1u);
  EXPECT_EQ(r.entities[static_cast<size_t>(at->who[0])].name, "Norway");
  EXPECT_EQ(at->said_in, 0);
  EXPECT_EQ(test::words(r, at->words), "Norway will hold elections on 9 September");
}

}  // namespace
}  // namespace chancery
