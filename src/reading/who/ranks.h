// The word before an office that says it is not the whole of it: "deputy foreign minister", "former
// president". It is kept in the role, so that nobody is told of as what he is not.
#pragma once
#include <vector>

#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Puts the rank with which the text first names an actor's office before the actor's role. Ranks are
// the words that offices.tsv has before "*", any office.
void keep_ranks(const TreeView& tree, const Register& known, const std::vector<Mention>& mentions,
                std::vector<Entity>& entities);

}  // namespace chancery
