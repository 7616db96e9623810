// One phrase names one carrier, whatever names stand inside it.
//
//   "the BBC Persian Service"            the service, not the BBC besides
//   "ABC's “This Week”", "ABC's Ida Marr"  the broadcaster, not its programme or who asks there
#pragma once
#include <vector>

#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Leaves of the carriers that one phrase of a statement's sentence names the one it stands for.
void one_carrier_a_phrase(const TreeView& tree, const Entities& entities,
                          std::vector<FoundStatement>& found);

}  // namespace chancery
