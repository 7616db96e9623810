// Columns that mostly hold what can be told without them: the last day is the first, who says
// something asserts it. Only what is otherwise is kept, in a column of its own; the column of that
// name is reckoned from it, for questions and other programs alike.
//
//   "day TEXT NOT NULL, " + usual("last", "day")         // last is day where kept_last is NULL
//   bind_unless(q, time.last, time.day);                 // INSERT INTO x(day, kept_last)
#pragma once
#include <string>
#include <string_view>

#include "ledger/database.h"

namespace chancery {

// Both columns. The usual value is SQL of columns that are kept: PostgreSQL reckons from no others.
inline std::string usual(const std::string& column, const std::string& value) {
  return "kept_" + column + " TEXT, " + column +
         " TEXT NOT NULL GENERATED ALWAYS AS (coalesce(kept_" + column + ", " + value +
         ")) VIRTUAL";
}

inline Query& bind_unless(Query& q, std::string_view value, std::string_view usual) {
  return value == usual ? q.bind_null() : q.bind(value);
}

}  // namespace chancery
