// The invariants of a record, checked where records enter (ledger, JSON) and in tests of everything
// that makes one.
#pragma once
#include <optional>
#include <string>

#include "record/record.h"

namespace chancery {

// Spans inside the text and not empty, on code point limits; references that exist; codes from the
// closed lists. The first problem with its path, or nothing.
std::optional<std::string> first_problem(const Record& record);

}  // namespace chancery
