// Claims that something is the first, second, last or largest, or new since a time.
#pragma once
#include <vector>

#include "reading/entities.h"
#include "reading/times.h"
#include "reading/tree_view.h"
#include "record/record.h"

namespace chancery {

std::vector<Novelty> find_novelty(const TreeView& tree, const Times& times, Entities& entities);

}  // namespace chancery
