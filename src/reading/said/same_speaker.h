// One who speaks under two names: the lead's "a senior official" whom the next paragraph names, the
// surname of a minister, "the paper" that was named before, "he" who goes on speaking. Statements
// tell more of this than names alone: who is quoted first without a name is mostly quoted next with
// it, and who says "he added" is mostly the last who spoke.
#pragma once
#include <vector>

#include "reading/lexicon.h"
#include "reading/said/forms.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Speakers, chains and addressees of the statements are set anew where two entities are one.
// in_speech: for every token, the quotation of speech around it, or -1.
void settle_same_speakers(const TreeView& tree, const Lexicon& lexicon,
                          const std::vector<int>& in_speech, const TextForm& form,
                          Entities& entities, std::vector<FoundStatement>& found);

}  // namespace chancery
