// How strongly a statement stands: asserted, denied ("denied that …"), hedged ("may", "believes",
// "allegedly"), questioned ("asked whether") or withheld ("did not say whether", "declined to
// confirm that"). Words in data/lexicon/forces.tsv.
#pragma once
#include <string>

#include "reading/lexicon.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"

namespace chancery {

std::string force_of(const TreeView& tree, const Lexicon& lexicon, const FoundStatement& statement);

}  // namespace chancery
