// How far a chain of sourcing reaches: who is told once as the carrier of a remark carries more of
// what the text tells.
//
//   goes on    what one remark tells of Ilo's speech holds for his others
//   told of    "Ilo condemned the raid, the Herald reported": what Ilo says below, the Herald told too
//   retold     a report that opens with what one medium tells, names no other, and has one speaker
//              more, is that medium's
#pragma once
#include <vector>

#include "reading/lexicon.h"
#include "reading/said/statements.h"

namespace chancery {

// One more who carries a statement's words; -1 and who does already change nothing.
void add_carrier(std::vector<int>& via, int carrier);

// Adds to Statement::via what the chains of other statements, already found, tell of theirs.
void reach_on(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
              std::vector<FoundStatement>& found);

}  // namespace chancery
