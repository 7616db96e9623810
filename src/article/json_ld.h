// schema.org data that a page carries as JSON-LD. Pages write it with small faults, which are repaired
// (json_repair.h).
#pragma once
#include <string>
#include <string_view>

#include "article/page_header.h"

namespace chancery {

// Adds what the article's own entry says to `header`, where it is still empty. What cannot be
// repaired is passed over.
void read_json_ld(std::string_view json, PageHeader& header);

}  // namespace chancery
