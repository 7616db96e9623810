// The tables of the items (item_tables.cpp): statements, events and the acts that they tell,
// positions, claims of something new, and who plays which part in them. To change one, raise the
// version of the group.
#pragma once
#include <string>
#include <string_view>

#include "ledger/database.h"

namespace chancery {

// What most items have, and is not kept (usual.h).
inline constexpr std::string_view kUsualPrecision = "report", kUsualQuote = "indirect",
                                  kUsualForce = "asserted", kUsualStatus = "occurred";

// An act has the words of the event that told it first. On a server it keeps them itself: the
// events of this batch wait to be copied (postgres_copy.h) and cannot be asked for them.
inline bool acts_have_words(Database::Dialect dialect) { return dialect == Database::postgres; }

// In SQLite's words; Database::ddl makes PostgreSQL's of them.
std::string item_schema(Database::Dialect dialect);

}  // namespace chancery
