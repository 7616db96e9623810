// Who did what to whom: triggers of the lexicon over dependency trees, roles by grammar, status by
// tense, modality, negation and conditionals, date by what hangs on the verb. Where the model has
// judges of words, the rules propose and the judges decide (event_judging.h).
#pragma once
#include <vector>

#include "reading/done/relation_model.h"
#include "reading/lexicon.h"
#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/thresholds.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"
#include "reading/word_judges.h"
#include "record/record.h"

namespace chancery {

struct FoundEvent {
  Event event;
  int trigger = -1;     // token
  bool by_rule = true;  // proposed by the rules; else by the model's judges alone
};

struct ReadingWatch;

// What weighs the signs of acts: is it one and of which type; who is a side of it; is it one that was
// told before; when was it done.
struct ActJudges {
  SignJudge act, side, retelling, date;
};

std::vector<FoundEvent> find_events(const TreeView& tree, const Lexicon& lexicon,
                                    const Times& times,
                                    const std::vector<FoundStatement>& statements,
                                    const JudgedWords& words, const Thresholds& thresholds,
                                    const RelationModel* pairs, const ActJudges& judges,
                                    const ReadingWatch* watch, Entities& entities);

}  // namespace chancery
