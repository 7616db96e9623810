// Where they stand: demands, offers, acceptances, refusals, proposals, support, opposition and
// warnings, with their conditions and stages. From the contents of statements, from acts in words,
// and from the reporter's own telling. Precision first: a clause that no rule names gives no
// position. Where the model has judges of words, they propose too, and what speaks for each
// proposal is weighed (stance_signs.h).
#pragma once
#include <vector>

#include "reading/reading_watch.h"
#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/stands/conditions.h"
#include "reading/stands/stances.h"
#include "reading/thresholds.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"
#include "reading/word_judges.h"
#include "record/record.h"

namespace chancery {

// What weighs the signs of positions: is it one and of which kind; whose it is.
struct StanceJudges {
  SignJudge stance, holder;
};

std::vector<Position> find_positions(const TreeView& tree, const Stances& stances,
                                     const ConditionGrammar& conditions,
                                     const std::vector<FoundStatement>& statements,
                                     const JudgedWords& words, const Thresholds& least,
                                     const StanceJudges& judges, const ReadingWatch* watch,
                                     Entities& entities);

}  // namespace chancery
