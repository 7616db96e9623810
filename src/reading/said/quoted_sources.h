// "The port is closed, the Herald reported, quoting fishermen": the fishermen say so, on the Herald's
// word.
#pragma once
#include <vector>

#include "reading/lexicon.h"
#include "reading/said/statement_sources.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Gives what a medium tells, quoting somebody, to whom it quotes, with the medium in the chain.
void give_to_quoted(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
                    Sources& sources, std::vector<FoundStatement>& found);

}  // namespace chancery
