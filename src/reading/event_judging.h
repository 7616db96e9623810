// The judges of acts decide: which proposals of the rules stand, of which type and status they are,
// who their sides are; and which words name an act that no rule has proposed.
#pragma once
#include <vector>

#include "reading/act_grammar.h"
#include "reading/events.h"
#include "reading/lexicon.h"
#include "reading/thresholds.h"
#include "reading/word_judges.h"

namespace chancery {

// `proposed`: what the rules found, dated and placed. What comes back is in the order of the text;
// events without `by_rule` have neither date nor place yet. One event a trigger.
std::vector<FoundEvent> judge_events(const TreeView& tree, const JudgedWords& words,
                                     const Lexicon& lexicon, const Thresholds& thresholds,
                                     const ActGrammar& grammar, const Entities& entities,
                                     std::vector<FoundEvent> proposed);

}  // namespace chancery
