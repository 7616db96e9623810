// Whose man a speaker is, by what he says his side will do: "Olm would open the port, Minister
// Varga said" makes Varga Olm's. Only for speakers whose state the text does not tell otherwise;
// words of the text and the register go before.
#pragma once
#include <vector>

#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

void settle_speakers(const TreeView& tree, const std::vector<FoundStatement>& statements,
                     Entities& entities);

}  // namespace chancery
