// One line of `chancery relation`.
#pragma once
#include <string>

#include "reading/reader.h"

namespace chancery::cli {

// {"id","text","source_span":[s,e],"target_span":[s,e]}, spans in code points → {"id","root",
// "cameo","status","explain"} and a line end. Throws Error saying what is wrong with the line.
std::string relation_line(const Reader& reader, const std::string& line);

}  // namespace chancery::cli
