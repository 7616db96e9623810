// A mistyped name makes no new ledger: what is new is said, and where a ledger of nearly the same
// name stands beside it, asked for.
#pragma once
#include <string>

#include "cli/app.h"

namespace chancery::cli {

// Before a verb makes a ledger that may not be there. Says so when it will be a new one; throws
// UsageError when its name is a slip away from a ledger's in the same folder, unless it is wanted.
void mind_new_ledger(App& app, const std::string& where, bool wanted);

// The ledger in the folder whose name differs from this one by a slip or two, "" for none. Names
// that differ in digits alone are a series, no slip.
std::string ledger_meant(const std::string& path);

}  // namespace chancery::cli
