// How sure a statement is, and whether the judges of words hear one at all: what the tables of
// thresholds (data/lexicon/thresholds.tsv) make of its cue and of who speaks.
#pragma once
#include "reading/lexicon.h"
#include "reading/said/statement_verdict.h"
#include "reading/said/statements.h"
#include "reading/thresholds.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// The judge of cues has learnt what the record counts, so that its word goes before the kind's.
Verdict judged_verdict(const CueEvidence& evidence, const Thresholds& least);

// How often the speaker of such a statement is the right one: who is named again and again is known
// better than who is described once. Between 0 and 1, to be multiplied with what the cue is worth.
double sureness_of_speaker(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
                           const Thresholds& shares, const FoundStatement& statement);
// The same of words that the layout of the text gives to somebody (forms.h).
double sureness_of_form(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
                        const Thresholds& shares, const FoundStatement& statement);

}  // namespace chancery
