// Records as the library gives them have all that their JSON has. Over a record made by hand.
#include "library/values.h"

#include <gtest/gtest.h>

#include "reported.h"

namespace chancery {
namespace {

TEST(LibraryValues, ATimeHasWhatIsSetForItsDay) {
  Record r =
      test::reported(1, "2031-05-14", "Iceland votes on 3 June in Akureyri, Eli Strand says.");
  test::add_actor(r, "Iceland", "Iceland", "place", "ISL");
  test::add_actor(r, "Akureyri", "Akureyri", "place", "ISL");
  Statement s;
  s.id = "s1";
  s.content = {test::span_of(r, "votes on 3 June")};
  r.statements.push_back(s);
  TimeExpression t = test::vote(r, "t1", "3 June", "votes on 3 June");
  t.mod = "APPROX";
  t.where = 1;
  t.said_in = 0;
  t.explain = "a rule";
  r.times.push_back(t);
  TimeExpression bare;
  bare.id = "t2";
  bare.type = "DATE";
  bare.span = t.span;
  bare.when = t.when;
  r.times.push_back(bare);
  const v1::Record out = library::value_of(r);
  ASSERT_EQ(out.times.size(), 2u);
  const v1::Time& set = out.times[0];
  EXPECT_EQ(set.id + set.type + set.mod + set.explain, "t1DATEAPPROXa rule");
  EXPECT_EQ(set.when.from, "2031-06-03");
  EXPECT_EQ(out.words(set.span), "3 June");
  EXPECT_EQ(set.occasion, "vote");
  EXPECT_EQ(set.status, "planned");
  EXPECT_EQ(out.words(set.words), "votes on 3 June");
  EXPECT_EQ(set.who, std::vector<int>{0});
  EXPECT_EQ(set.where, 1);
  EXPECT_EQ(set.said_in, 0);
  const v1::Time& plain = out.times[1];
  EXPECT_TRUE(plain.occasion.empty() && plain.status.empty() && plain.who.empty());
  EXPECT_EQ(plain.where, -1);
  EXPECT_EQ(plain.said_in, -1);
  EXPECT_TRUE(out.words(plain.words).empty());
}

}  // namespace
}  // namespace chancery
