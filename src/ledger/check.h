// Is what a ledger keeps what its records say? Every row of every derived table is made anew in a
// ledger for the occasion and compared; what is kept for its own sake is held against the records.
//
// What cannot show: an address that is missing, what was learnt of actors (its history is not
// kept), when an article was taken, feeds and pages that wait; and a record that was exchanged for
// another sound one together with its key.
#pragma once
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace chancery {

// Sentences, one a damage; none when all is sound. Takes as long as filling a ledger with the
// records, and as much room for files that are thrown away (under TMPDIR).
std::vector<std::string> damages(Ledger& ledger, const Ledger::Progress& progress = {});

}  // namespace chancery
