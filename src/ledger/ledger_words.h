// The words and codes that the ledger's own rules ask for: data/ledger/words.tsv. Compiled in, so that
// whoever opens a ledger derives the same from its records; which sets there are, ledger_words.def
// says.
#pragma once
#include "base/word_sets.h"

namespace chancery {

enum class LedgerWords {
#define CHANCERY_WORDS(name, values) name,
#include "ledger/ledger_words.def"
#undef CHANCERY_WORDS
};

// Throws StartError at the first call where the table is wrong.
const WordSet& ledger_words(LedgerWords set);

// Does `text` begin with a word of the set; has it one anywhere?
bool begins_with(std::string_view text, LedgerWords set);
bool has_part(std::string_view text, LedgerWords set);
// Whether a column has a word of the set, in SQL: "e.type = 'CONSULT' OR e.type = 'AGREE'".
std::string sql_is(const std::string& column, LedgerWords set);

}  // namespace chancery
