// Where they stand: demands, offers, acceptances, refusals, proposals, support, opposition and
// warnings, with their conditions and stages. From the contents of statements, from acts in words,
// and from the reporter's own telling. Precision first: a clause that no rule names gives no
// position.
#pragma once
#include <vector>

#include "reading/conditions.h"
#include "reading/entities.h"
#include "reading/stances.h"
#include "reading/statements.h"
#include "reading/tree_view.h"
#include "record/record.h"

namespace chancery {

std::vector<Position> find_positions(const TreeView& tree, const Stances& stances,
                                     const ConditionGrammar& conditions,
                                     const std::vector<FoundStatement>& statements,
                                     Entities& entities);

}  // namespace chancery
