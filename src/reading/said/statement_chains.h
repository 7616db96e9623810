// Chains of sourcing: on whose word a statement stands. Who carried it is told in many ways, and
// once for all remarks of one speech:
//
//   nested     "the agency reported that Ilo urged …", "Ilo urged …, a spokesman said"
//   beside     "Ilo said …, the Herald reported", "in remarks carried by Radio Olm"
//   spread     what the paragraph told of Ilo's first remark holds for his others
//
// Addressees and occasions that hang on the cue itself ("told the Herald") are read with the cue
// (statements.cpp). A statement never has its own speaker in its chain.
#pragma once
#include <vector>

#include "reading/said/statements.h"

namespace chancery {

// Fills Statement::via of all statements, and drops those that only carry another's words.
void find_chains(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
                 std::vector<FoundStatement>& found);

}  // namespace chancery
