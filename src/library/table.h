// What stands behind the public table: an answer with the kinds of its columns.
#pragma once
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "library/guard.h"

namespace chancery {

struct v1::Table::Inside {
  Answer answer;
  std::vector<v1::Kind> kinds;
  explicit Inside(Answer a);
  // nullptr for a cell that there is not, or that says nothing.
  const std::string* cell(size_t row, size_t column) const;
};

}  // namespace chancery
