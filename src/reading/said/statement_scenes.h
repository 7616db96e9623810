// The day of a remark from the scene it belongs to. What a clause or its speaker's other remarks
// tell of the day is read before (statements.cpp); what is left here is the lead: it tells what
// happened on which day, and who took part in that spoke on that day too.
#pragma once
#include <vector>

#include "reading/said/statements.h"

namespace chancery {

void date_by_lead(const TreeView& tree, const Times& times, const Entities& entities,
                  std::vector<FoundStatement>& found);

}  // namespace chancery
