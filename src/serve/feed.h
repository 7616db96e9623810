// An answer as an Atom feed (RFC 4287), the newest first; each entry under an id of its own that
// stays, whichever ledger has it.
#pragma once
#include <string>

#include "ledger/ledger.h"
#include "present/words.h"

namespace chancery {

// `title` of the feed; `self` its address, which is its id too.
std::string atom_feed(const Answer& answer, const std::string& title, const std::string& self,
                      const present::Words& words);

}  // namespace chancery
