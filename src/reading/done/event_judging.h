// The judges of acts decide: which words name an act, of which type and status it is, who its sides
// are. Rules and the network's judges propose; what speaks for each is weighed (act_signs.h).
#pragma once
#include <vector>

#include "reading/done/act_grammar.h"
#include "reading/done/act_signs.h"
#include "reading/done/events.h"
#include "reading/done/side_signs.h"
#include "reading/lexicon.h"
#include "reading/reading_watch.h"
#include "reading/thresholds.h"
#include "reading/word_judges.h"

namespace chancery {

// `proposed`: what the rules found, dated and placed. What comes back is in the order of the text;
// events without `by_rule` have neither date nor place yet. One event a trigger.
std::vector<FoundEvent> judge_events(const TreeView& tree, const JudgedWords& words,
                                     const Lexicon& lexicon, const Thresholds& thresholds,
                                     const ActGrammar& grammar, const ActSigns& signs,
                                     const SideSigns& side_signs, const ActJudges& judges,
                                     const ReadingWatch* watch, const Entities& entities,
                                     std::vector<FoundEvent> proposed);

}  // namespace chancery
