// The invariants of a record, checked where records enter (JSON, ledger) and in tests of everything
// that makes one.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "record/record.h"
#include "record/vocabulary.h"

namespace chancery {

// A day, month or year, and behind a day what it may carry of clock and zone: what an article says of
// when it was published.
bool is_publication(std::string_view date);

// What the schema alone can tell: spans inside the text and not empty, on limits of code points;
// ids once each, references that exist; values of closed lists; dates that exist; numbers that are
// finite and in their range. The first problem with its path ("events[2].status: 'done' is none of
// occurred, planned, …"), or nothing.
std::optional<std::string> first_problem(const Record& record);

// The same, and every code is one of the vocabulary: type, mode, CAMEO code, contexts, sectors,
// countries.
std::optional<std::string> first_problem(const Record& record, const Codes& vocabulary);

}  // namespace chancery
