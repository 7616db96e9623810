// What a date is the date of: what a calendar has beside meetings.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace chancery
