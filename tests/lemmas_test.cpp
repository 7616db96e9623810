// Lemmas that the language model cut too short, and those that it must not lose.
#include "reading/lemmas.h"

#include <gtest/gtest.h>

#include "accurate.h"
#include "support.h"

namespace chancery {
namespace {

// The lemma that one word has when it is mended.
std::string mended(const std::string& form, const char* tag, const std::string& lemma) {
  Document d;
  d.text = form;
  Token t;
  t.form = d.text;
  t.xpos = tag;
  t.lemma = lemma;
  d.tokens.push_back(t);
  mend_lemmas(d, test::resources()->lexicon);
  return d.tokens[0].lemma;
}

TEST(Lemmas, IrregularFormsHaveTheirs) {
  EXPECT_EQ(mended("shot", "VBD", "sh"), "shoot");
  EXPECT_EQ(mended("withdrew", "VBP", "withdr"), "withdraw") << "whatever its tag";
  EXPECT_EQ(mended("Found", "VBN", "foun"), "find");
  EXPECT_EQ(mended("found", "VB", "found"), "found") << "a verb of its own";
  EXPECT_EQ(mended("personnel", "NNS", "personne"), "personnel");
}

TEST(Lemmas, OfWhatTheLettersAllowTheWordOfATableIsTaken) {
  EXPECT_EQ(mended("postponed", "VBD", "postpon"), "postpone");
  EXPECT_EQ(mended("accuses", "VBZ", "accus"), "accuse");
  EXPECT_EQ(mended("shelled", "VBN", "shelle"), "shell");
  EXPECT_EQ(mended("rallies", "NNS", "ralli"), "rally");
  EXPECT_EQ(mended("exercises", "NNS", "exercis"), "exercise");
  EXPECT_EQ(mended("zonked", "VBD", "zonke"), "zonke") << "no table has it";
  EXPECT_EQ(mended("killed", "VBD", "kill"), "kill");
}

TEST(Lemmas, PluralsWithOneSingularHaveIt) {
  EXPECT_EQ(mended("gunmen", "NNS", "gunme"), "gunman");
  EXPECT_EQ(mended("speeches", "NNS", "speeche"), "speech");
  EXPECT_EQ(mended("witnesses", "NNS", "witnesse"), "witness");
  EXPECT_EQ(mended("caches", "NNS", "cache"), "cache");
}

// The tag of a word that stands before "met" in a sentence.
std::string tagged(const std::string& form, const std::string& next, const char* tag) {
  Document d;
  Token a, b;
  a.form = form;
  b.form = next;
  a.xpos = tag;
  b.xpos = "VBD";
  d.tokens = {a, b};
  d.sentences.push_back({0, 2, 0});
  mend_acronyms(d, test::resources()->known);
  return d.tokens[0].xpos;
}

TEST(Lemmas, CapitalsThatTheRegisterKnowsAreNoPronoun) {
  EXPECT_EQ(tagged("WHO", "met", "WP"), "NNP");
  EXPECT_EQ(tagged("US", "met", "PRP"), "NNP");
  EXPECT_EQ(tagged("Who", "met", "WP"), "WP");
  EXPECT_EQ(tagged("WHO", "MET", "WP"), "WP") << "all is in capitals";
  EXPECT_EQ(tagged("IT", "met", "PRP"), "PRP") << "nobody's name";
}

// "relation of the subject/tag of the verb" in "S verb O", the subject that of a passive.
std::string voiced(const std::string& lemma, bool object, const char* auxiliary = "") {
  Document d;
  d.tokens.resize(4);
  const auto set = [&](int i, const char* relation, int head) {
    d.tokens[i].form = "x";
    d.tokens[i].relation = relation;
    d.tokens[i].head = head;
  };
  set(0, "nsubj:pass", 2);
  set(1, *auxiliary ? auxiliary : "advmod", 2);
  set(2, "root", -1);
  set(3, object ? "obj" : "obl", 2);
  d.tokens[2].xpos = "VBN";
  d.tokens[2].lemma = lemma;
  mend_voices(d, test::resources()->lexicon);
  return std::string(d.tokens[0].relation) + "/" + d.tokens[2].xpos;
}

TEST(Voices, AParticipleBetweenSubjectAndObjectIsNoPassive) {
  EXPECT_EQ(voiced("abduct", true), "nsubj/VBD");
  EXPECT_EQ(voiced("abduct", false), "nsubj:pass/VBN");
  EXPECT_EQ(voiced("abduct", true, "aux:pass"), "nsubj:pass/VBN");
  EXPECT_EQ(voiced("give", true), "nsubj:pass/VBN") << "\"Ministers given two months\"";
}

// The tag of the third word of "Norvania is delaying shipments", read with the tag, auxiliary and object given.
std::string progressive(const char* tag, const char* form = "delaying", const char* lemma = "be",
                        const char* relation = "aux", const char* object = "obj") {
  Document d;
  d.tokens.resize(4);
  for (int i : {0, 1, 3}) d.tokens[i].head = 2;
  d.tokens[0].relation = "nsubj";
  d.tokens[1].relation = relation;
  d.tokens[1].lemma = lemma;
  d.tokens[2].form = form;
  d.tokens[2].xpos = tag;
  d.tokens[3].relation = object;
  mend_progressives(d);
  return d.tokens[2].xpos;
}

TEST(Progressives, AWordInIngBetweenBeAndAnObjectIsAVerb) {
  EXPECT_EQ(progressive("RB"), "VBG");
  EXPECT_EQ(progressive("JJ"), "VBG");
  EXPECT_EQ(progressive("NN"), "NN") << "\"is boxing\"";
  EXPECT_EQ(progressive("RB", "daily"), "RB");
  EXPECT_EQ(progressive("RB", "delaying", "have"), "RB");
  EXPECT_EQ(progressive("RB", "delaying", "be", "cop"), "RB");
  EXPECT_EQ(progressive("RB", "delaying", "be", "aux", "obl"), "RB");
  const Record r =
      test::read_accurately("The United States military is delaying a shipment of aid to Cuba.");
  ASSERT_EQ(r.events.size(), 1u) << "an act that is told by the verb";
  EXPECT_EQ(test::words(r, r.events[0].trigger), "delaying");
}

}  // namespace
}  // namespace chancery
