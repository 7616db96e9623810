// What "it" and "they" mean: somebody, a thing or nothing that is sure; and that things are nobody.
#include <gtest/gtest.h>

#include "ledger/ledger.h"
#include "record/things.h"
#include "support.h"

namespace chancery {
namespace {

// The entity that has the last mention of these words, -1 for none.
int meant_by(const Record& r, const std::string& words) {
  const std::string& text = r.article.text;
  const size_t at = text.rfind(words);
  for (size_t i = 0; i < r.entities.size(); ++i)
    for (Span m : r.entities[i].mentions)
      if (m.begin == at && m.of(text) == words) return static_cast<int>(i);
  return -1;
}

std::string name_meant(const std::string& text, const std::string& pronoun) {
  const Record r = test::read(text, "2031-05-14");
  const int e = meant_by(r, pronoun);
  return e < 0 ? "" : r.entities[static_cast<size_t>(e)].name;
}

TEST(Pronouns, MeanSomebodyOrAThing) {
  EXPECT_EQ(name_meant("Iceland closed the port after it lost the case.", "it"), "Iceland");
  EXPECT_EQ(name_meant("Kenya recalled its envoy.", "its"), "Kenya");
  EXPECT_EQ(name_meant("The minister read out the letter. It was short.", "It"), "the letter");
  EXPECT_EQ(name_meant("Two trawlers lie in the port of Hvalsey. They have no crews.", "They"),
            "Two trawlers");
}

TEST(Pronouns, OfOneAreNotOfSeveral) {
  EXPECT_EQ(name_meant("The two sides signed an accord in Oslo on Monday. It must be ratified by "
                       "both parliaments.",
                       "It"),
            "an accord");
}

TEST(Pronouns, AThingToldAgainIsOneThing) {
  const Record r =
      test::read("The ban angered traders. The ban hurt ports. It ends in May.", "2031-05-14");
  const int ban = meant_by(r, "It");
  ASSERT_GE(ban, 0);
  EXPECT_EQ(r.entities[static_cast<size_t>(ban)].mentions.size(), 3u);
  EXPECT_EQ(r.entities[static_cast<size_t>(ban)].id, "e" + std::to_string(ban + 1));
}

TEST(Pronouns, AreNotTheSubjectOfTheirOwnClause) {
  EXPECT_EQ(name_meant("The mood of the talks has little to do with it, a dean said.", "it"), "");
  EXPECT_EQ(name_meant("The government blamed itself.", "itself"), "The government");
}

TEST(Pronouns, AThingMeantTwiceIsTheSame) {
  const Record r =
      test::read("The report is long. It names six firms. Kenya rejected it.", "2031-05-14");
  EXPECT_EQ(meant_by(r, "It"), meant_by(r, "it"));
  EXPECT_GE(meant_by(r, "it"), 0);
}

TEST(Pronouns, ThingsAreNobodyInALedger) {
  const Record r = test::read(
      "The minister read out the letter. It was short. Kenya recalled its envoy.", "2031-05-14");
  const int letter = meant_by(r, "It");
  ASSERT_GE(letter, 0);
  EXPECT_TRUE(mere_things(r)[static_cast<size_t>(letter)]);
  test::Store store("sqlite");
  Ledger ledger(store.where, Ledger::write);
  ledger.add(r);
  Query q(ledger.database(), "SELECT count(*) FROM who WHERE name = 'the letter'");
  ASSERT_TRUE(q.step());
  EXPECT_EQ(q.integer(0), 0);
  Query all(ledger.database(), "SELECT count(*) FROM who WHERE name = 'Kenya'");
  ASSERT_TRUE(all.step());
  EXPECT_EQ(all.integer(0), 1);
}

TEST(Pronouns, WhoSpeaksIsNoMereThing) {
  Record r;
  r.entities.resize(4);
  for (Entity& e : r.entities) e.kind = "other";
  r.entities[2].actor.country = "KEN";
  TimeExpression t;  // a day that is set for it
  t.who = {3};
  r.times.push_back(t);
  Statement s;
  s.speaker = 1;
  r.statements.push_back(s);
  EXPECT_EQ(mere_things(r), (std::vector<char>{1, 0, 0, 0}));
}

}  // namespace
}  // namespace chancery
