// Which words carry a stance whose head is known: what the record quotes of it.
#pragma once
#include "reading/stands/ground.h"
#include "reading/tree_view.h"

namespace chancery {

// A clause without what introduces it, a noun with what belongs to it. Where the tree hangs on the verb
// above what is said of the noun, that too: who is asked with what they are asked to do ("called on
// Norvania to open the port"), what is felt with what it is felt for ("voiced satisfaction at the
// accord").
TreeView::Range words_of_stance(const TreeView& tree, const Ground& ground, int head);

}  // namespace chancery
