#include "reading/said/statement_verdict.h"

namespace chancery {
namespace {

// Probabilities of the learnt reader, chosen on folds 1 to 4 of gold/train and gold/modern_train.
constexpr double kHeardAtAll = 0.2;  // less: the reader contradicts the rule, which must be sure
constexpr double kClearly = 0.5;     // enough where the cue's kind leaves it open

Verdict told(const CueEvidence& e) {
  bool sure = e.direct || (e.finite && e.speaker && !e.thing && e.clause);
  if (e.by_rule && !e.silent && e.heard < kHeardAtAll && !sure)
    return {false, "a cue that the learnt reader does not hear"};
  if (!e.speaker && !e.quoted) return {false, "nobody says it"};
  if (!e.by_rule && !e.quoted && e.heard < kClearly) return {false, "hardly heard"};
  return {true, "a cue of saying"};
}

// A paper shows much; it says something where it has a clause to say.
Verdict shown(const CueEvidence& e) {
  if (e.direct && e.speaker) return {true, "words of a document"};
  if (!e.speaker || e.question || !e.clause) return {false, "a thing that shows something"};
  if (!e.silent && e.heard < kClearly) return {false, "a document that is hardly heard to speak"};
  return {true, "a document that says so"};
}

// Thoughts, wishes and acts are statements where their words stand in quotation marks.
Verdict otherwise(const CueEvidence& e) {
  if (e.direct && e.speaker) return {true, "a quotation"};
  bool inner = e.kind == CueKind::think || e.kind == CueKind::wish || e.kind == CueKind::none;
  if (e.quoted && e.speaker && !inner && (e.silent || e.heard >= kClearly))
    return {true, "quoted in part"};
  switch (e.kind) {
    case CueKind::think: return {false, "thought, not said"};
    case CueKind::wish: return {false, "wished, not said"};
    case CueKind::act:
      return {false, e.listed ? "an act, not words" : "a word that is not known to attribute"};
    default: return {false, "a word that attributes nothing"};
  }
}

}  // namespace

Verdict is_statement(const CueEvidence& e) {
  switch (e.kind) {
    case CueKind::say:
    case CueKind::urge: return told(e);
    case CueKind::document: return shown(e);
    default: return otherwise(e);
  }
}

}  // namespace chancery
