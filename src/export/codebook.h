// The codebook: every table, column and code that chancery writes, from the same lists and tables
// that it writes by; Markdown. docs/codebook.md is what it says of the tables that ship.
#pragma once
#include <string>

#include "export/export.h"
#include "record/vocabulary.h"

namespace chancery {

std::string codebook(const ExportTables& tables, const Register& names);

}  // namespace chancery
