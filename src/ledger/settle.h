// What earlier articles do to later ones (fills that were learnt, copies, versions, shared acts,
// storylines) depends on the order in which they came in. To settle a ledger is to do that anew in
// one order that depends on the articles alone: by day, time of publication and key; those without
// a day last. The same articles make the same ledger then, whoever wrote them, in whichever order, on
// either store.
//
//   settle(ledger);                         // in one transaction; others wait
//   digest_of(digests(ledger.database()))   // tells whether two are the same
//
// It is done by the day: the days before the first that got a new article stand as they are, and
// those from it on are opened and settled anew.
#pragma once
#include <string>

#include "ledger/ledger.h"

namespace chancery {

struct Settled {
  std::string from;     // the first day that was opened, "" for none or for all of them
  int64_t opened = 0;   // articles of the days that were
  int64_t changed = 0;  // that have another number, or another record, than before
};

// Opened articles get new numbers. `all` opens every day.
Settled settle(Ledger& ledger, bool all = false, const Ledger::Progress& progress = {});

// How far a ledger is settled.
struct SettledUntil {
  std::string day;   // the last that is, "" for none
  int64_t open = 0;  // articles that came since
};
SettledUntil settled_until(Database& db);

// An article may stand in another place than its number says: from it on all is to be settled.
void reopen(Database& db, int64_t number);

}  // namespace chancery
