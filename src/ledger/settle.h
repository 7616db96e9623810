// What earlier articles do to later ones (fills that were learnt, copies, versions, shared acts,
// storylines) depends on the order in which they came in. To settle a ledger is to do all of that
// anew in one order that depends on the articles alone: by day, time of publication and key. The
// same articles make the same ledger then, whoever wrote them, in whichever order, on either store.
//
//   settle(ledger);                      // in one transaction; others wait
//   digest_of(digests(ledger.database()))   // tells whether two are the same
#pragma once
#include <string>

#include "ledger/ledger.h"

namespace chancery {

// Articles get new numbers. Gives how many have another number, or another record, than before.
int64_t settle(Ledger& ledger, const Ledger::Progress& progress = {});

// An article came that is kept already, under `number`: which of the two records stays is for
// settle() to say, by date, address and id, and no matter of who came first. Inside a transaction
// or alone.
void keep_twin(Database& db, int64_t number, const std::string& key, const Record& record);

}  // namespace chancery
