// The list of corrections as a table, for command line, API and pages.
#pragma once
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace chancery {

// What is corrected, in words: those of the text, an actor's name.
std::string corrected_words(const Correction& correction);
// What is put in place of what: "status: planned → occurred"; "" where nothing is.
std::string correction_change(const Correction& correction);
// Columns number, at, author, act, kind, article, article_number, item, words, change, reason,
// state, why.
Answer corrections_answer(const std::vector<StandingCorrection>& corrections);

}  // namespace chancery
