// What the tables of thresholds make of a cue and of who speaks.
#include "reading/said/statement_confidence.h"

#include <gtest/gtest.h>

#include "support.h"

namespace chancery {
namespace {

CueEvidence heard(double probability, CueKind kind, bool by_rule) {
  CueEvidence e;
  e.kind = kind;
  e.listed = e.speaker = e.clause = e.judged = true;
  e.by_rule = by_rule;
  e.heard = probability;
  return e;
}

TEST(JudgedVerdict, AsksMoreOfWordsThatAreNoSaying) {
  const Thresholds least(test::source_dir() + "/data/lexicon/thresholds.tsv");
  auto statement = [&](const CueEvidence& e) { return judged_verdict(e, least).statement; };
  const double saying = static_cast<double>(least["cue.saying"]),
               other = static_cast<double>(least["cue.other"]),
               alone = static_cast<double>(least["cue.alone"]);
  EXPECT_TRUE(statement(heard(saying + 0.01, CueKind::say, true)));
  EXPECT_FALSE(statement(heard(saying - 0.01, CueKind::urge, true)));
  EXPECT_TRUE(statement(heard(other + 0.01, CueKind::act, true)));
  EXPECT_FALSE(statement(heard(other - 0.01, CueKind::act, true)));
  EXPECT_TRUE(statement(heard(alone + 0.01, CueKind::say, false)));
  EXPECT_FALSE(statement(heard(alone - 0.01, CueKind::say, false)));
}

TEST(JudgedVerdict, AQuotationOfSomebodyIsOneAndNobodysWordsAreNone) {
  const Thresholds least(test::source_dir() + "/data/lexicon/thresholds.tsv");
  CueEvidence e = heard(0, CueKind::act, true);
  e.direct = e.quoted = true;
  EXPECT_TRUE(judged_verdict(e, least).statement);
  e = heard(1, CueKind::say, true);
  e.speaker = false;
  EXPECT_FALSE(judged_verdict(e, least).statement);
}

double confidence(const std::string& text) {
  Record r = test::read(text);
  return r.statements.empty() ? -1 : r.statements.back().confidence;
}

TEST(Confidence, IsMoreTheBetterTheSpeakerIsKnown) {
  const double
      often = confidence(
          "Tom Varga came to Oslo. Varga saw the port. Tom Varga said the port would close."),
      once = confidence("Tom Varga said the port would close."),
      described = confidence("A sailor said the port would close."),
      thing = confidence("The letter said the port would close.");
  EXPECT_GT(often, once);
  EXPECT_GT(once, described);
  EXPECT_GT(described, 0);
  EXPECT_GT(described, thing);
}

}  // namespace
}  // namespace chancery
