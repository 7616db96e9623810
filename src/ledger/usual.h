// Columns that are reckoned from shorter ones, for questions and other programs alike. Those that
// mostly hold what can be told without them: the last day is the first, who says something asserts
// it; only what is otherwise is kept, in a column of its own. And those that hold a word of a closed
// list, of which its place is kept.
//
//   "day TEXT NOT NULL, " + usual("last", "day")         // last is day where kept_last is NULL
//   bind_unless(q, time.last, time.day);                 // INSERT INTO x(day, kept_last)
#pragma once
#include <cstdint>
#include <span>
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

// Both columns, the place's "kind_number". What is not of the list is "".
inline std::string of_list(const std::string& column, std::span<const std::string_view> list) {
  std::string words;
  for (size_t i = 0; i < list.size(); ++i)
    words += " WHEN " + std::to_string(i) + " THEN '" + std::string(list[i]) + "'";
  return column + "_number INTEGER NOT NULL, " + column +
         " TEXT NOT NULL GENERATED ALWAYS AS (CASE " + column + "_number" + words +
         " ELSE '' END) VIRTUAL";
}

inline int64_t place_in(std::span<const std::string_view> list, std::string_view word) {
  for (size_t i = 0; i < list.size(); ++i)
    if (list[i] == word) return static_cast<int64_t>(i);
  return -1;
}

inline Query& bind_unless(Query& q, std::string_view value, std::string_view usual) {
  return value == usual ? q.bind_null() : q.bind(value);
}

}  // namespace chancery
