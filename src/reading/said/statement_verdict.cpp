#include "reading/said/statement_verdict.h"

namespace chancery {
namespace {

bool heard(const CueEvidence& e, const Thresholds& least, const char* how) {
  return e.heard >= static_cast<double>(least[how]);
}

Verdict told(const CueEvidence& e, const Thresholds& least) {
  bool sure = e.direct || (e.finite && e.speaker && !e.thing && e.clause);
  if (e.by_rule && !e.silent && !heard(e, least, "heard.at_all") && !sure)
    return {false, "a cue that the learnt reader does not hear"};
  if (!e.speaker && !e.quoted) return {false, "nobody says it"};
  if (!e.by_rule && !e.quoted && !heard(e, least, "heard.clearly")) return {false, "hardly heard"};
  return {true, "a cue of saying"};
}

// A paper shows much; it says something where it has a clause to say.
Verdict shown(const CueEvidence& e, const Thresholds& least) {
  if (e.direct && e.speaker) return {true, "words of a document"};
  if (!e.speaker || e.question || !e.clause) return {false, "a thing that shows something"};
  if (!e.silent && !heard(e, least, "heard.clearly"))
    return {false, "a document that is hardly heard to speak"};
  return {true, "a document that says so"};
}

// Thoughts, wishes and acts are statements where their words stand in quotation marks.
Verdict otherwise(const CueEvidence& e, const Thresholds& least) {
  if (e.direct && e.speaker) return {true, "a quotation"};
  bool inner = e.kind == CueKind::think || e.kind == CueKind::wish || e.kind == CueKind::none;
  if (e.quoted && e.speaker && !inner && (e.silent || heard(e, least, "heard.clearly")))
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

Verdict is_statement(const CueEvidence& e, const Thresholds& least) {
  switch (e.kind) {
    case CueKind::say:
    case CueKind::urge: return told(e, least);
    case CueKind::document: return shown(e, least);
    default: return otherwise(e, least);
  }
}

}  // namespace chancery
