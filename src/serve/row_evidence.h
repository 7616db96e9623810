// What a row needs to be checked without asking again.
#pragma once
#include <string_view>

#include "ledger/ledger.h"

namespace chancery {

// Adds the columns that evidence_columns (api.h) names to the answer of a question: "span", the
// pieces of the article's text that carry the row, in code points ("12-48 60-70"); "url" of the
// article; and the states of who takes part, by code, where the ledger's own rows lack them. One
// record is read for each article of the page.
void add_evidence(Ledger& ledger, std::string_view question, Answer& answer);

}  // namespace chancery
