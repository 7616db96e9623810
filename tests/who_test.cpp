// Who is who: whose an actor is, and whom a phrase means. Invented sentences.
#include <gtest/gtest.h>

#include "base/error.h"
#include "reading/sign_judge.h"
#include "reading/state_trail.h"
#include "support.h"

namespace chancery {
namespace {

using test::read;
using test::words;

// The entity that a text calls by these words.
const Entity* called(const Record& r, const std::string& what) {
  for (const Entity& e : r.entities)
    for (Span m : e.mentions)
      if (words(r, m) == what) return &e;
  return nullptr;
}

std::string country(const std::string& text, const std::string& what) {
  Record r = read(text);
  const Entity* e = called(r, what);
  return !e ? "no entity" : e->actor.country.empty() ? "none" : e->actor.country;
}

TEST(SignJudge, WeighsSignsAndIsSilentBelowItsThreshold) {
  test::Folder folder;
  std::string table =
      folder.write("signs.tsv", "sign\tweight\nthreshold\t0.7\nnear\t2\nfar\t-1\nloose\t1.5\n");
  SignJudge judge(table);
  SignCase c;
  c.candidates = {{7, {"far"}}, {9, {"near", "unheard of"}}};
  SignJudge::Verdict v = judge.decide(c);
  EXPECT_EQ(v.id, 9);
  // e^2 / (e^2 + e^-1 + e^0)
  EXPECT_NEAR(v.probability, 0.844, 0.001);
  EXPECT_EQ(v.why, "near");
  c.none = {"loose"};
  EXPECT_EQ(judge.decide(c).id, 9);
  EXPECT_EQ(judge.sure(c).id, -1) << "0.6 is less than the threshold";
  c.none = {"loose", "near"};
  EXPECT_EQ(judge.decide(c).id, -1) << "none of them is an answer too";
}

TEST(SignJudge, AWrongWeightIsNamedWithItsLine) {
  test::Folder folder;
  std::string table = folder.write("signs.tsv", "sign\tweight\nnear\tmuch\n");
  try {
    SignJudge judge(table);
    FAIL();
  } catch (const StartError& error) {
    EXPECT_NE(std::string(error.what()).find("signs.tsv:2"), std::string::npos) << error.what();
  }
}

StateTrail trail_of(const TreeView& tree) {
  auto r = test::resources();
  return StateTrail(tree, r->known, r->places, "2031-05-14",
                    [](std::string_view, const KnownName* known) { return known; });
}

std::string states(const std::string& text) {
  auto r = test::resources();
  Document d = r->engine.analyze(text);
  TreeView tree(d);
  StateTrail trail = trail_of(tree);
  std::string out;
  for (int s : trail.states()) out += (out.empty() ? "" : " ") + r->known.states()[s].code;
  return out;
}

TEST(StateTrail, FindsStatesByTheirPartsAndTowns) {
  EXPECT_EQ(states("The governor of Karnataka opened the bridge."), "IND");
  EXPECT_EQ(states("Voters in Ohio and in Montana were counted again."), "USA");
  EXPECT_EQ(states("The ferry sank off Surabaya, and divers came from Jakarta."), "IDN");
  EXPECT_EQ(states("Nobody knew where the ship had gone."), "");
}

TEST(StateTrail, AStateThatNamesNoneOfItsOwnIsKnownByItsParties) {
  EXPECT_EQ(states("Democrats walked out when the Senate voted."), "USA");
  EXPECT_EQ(states("In Tokyo the Democrats walked out."), "JPN")
      << "the party of the state that is spoken of";
}

TEST(StateTrail, DirectionsAreNoStates) {
  EXPECT_EQ(states("The storm moved on to North Africa."), "");
  EXPECT_EQ(states("The road leads to South Ossetia."), "GEO");
}

TEST(Who, TheCountryStandsInThePhraseItself) {
  EXPECT_EQ(country("The premier met officials from Iceland in Oslo.", "officials"), "ISL");
  EXPECT_EQ(country("France armed rebels in Chad for years.", "rebels"), "TCD");
  EXPECT_EQ(country("Reporters spoke to Chicago police officers after the march.",
                    "Chicago police officers"),
            "USA");
}

TEST(Who, SeveralStatesAreNoSingleOne) {
  EXPECT_EQ(country("Peruvian and Bolivian officials met on the lake.",
                    "Peruvian and Bolivian officials"),
            "none");
}

TEST(Who, TheArticlesStateIsThatOfItsPoliceCourtsAndTowns) {
  const std::string text =
      "NAIROBI, May 12 - Kenyan teachers marched through Nairobi on Monday. Police fired tear gas "
      "when the crowd reached parliament. A court will hear the organisers on Friday, the "
      "interior minister said. Residents of Kisumu closed their shops.";
  EXPECT_EQ(country(text, "Police"), "KEN");
  EXPECT_EQ(country(text, "parliament"), "KEN");
  EXPECT_EQ(country(text, "Kisumu"), "KEN");
  EXPECT_EQ(country(text, "the interior minister"), "KEN");
}

TEST(Who, ALocalNameIsTheBodyOfTheStateThatIsSpokenOf) {
  EXPECT_EQ(country("The Congress opposed the bill in New Delhi, and India's president did not "
                    "sign it.",
                    "The Congress"),
            "IND");
  EXPECT_EQ(country("Senator Ann Dale of Ohio said Republicans opposed the treaty.", "Republicans"),
            "USA");
}

}  // namespace
}  // namespace chancery
