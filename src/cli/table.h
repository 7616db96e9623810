// Answers on the command line: a table for people, JSON or CSV for programs.
#pragma once
#include <string>

#include "cli/app.h"
#include "ledger/ledger.h"

namespace chancery::cli {

// Columns share `width`; long cells wrap, empty columns are left out.
std::string as_table(const Answer& answer, const Style& style, int width);
std::string as_json(const Answer& answer);

// Columns a string takes on a terminal; combining marks none, wide characters two.
int display_width(std::string_view text);
// Breaks at blanks into lines of at most `width`.
std::vector<std::string> wrap(std::string_view text, int width);

}  // namespace chancery::cli
