// JSON as pages write it, with small faults (line breaks in strings, commas too many, comments around
// it, HTML entities), made valid, so that one fault does not lose the whole.
#pragma once
#include <string>
#include <string_view>

namespace chancery {

// The same text as valid JSON where its faults are among the common ones: comments and CDATA marks
// around it; control characters and bad escapes in strings; commas before a closing bracket or
// missing between members; quotation marks as entities; brackets left open at the end. Linear.
std::string repair_json(std::string_view json);

}  // namespace chancery
