// Entities of a record that are nobody: the things that its pronouns mean ("the ban … it"). They carry no
// actor and no line of the record is theirs, so lists of actors leave them out.
#pragma once
#include <vector>

#include "record/record.h"

namespace chancery {

// For each entity whether it is a mere thing. Linear in the record.
std::vector<char> mere_things(const Record& record);

}  // namespace chancery
