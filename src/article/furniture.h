// Lines that belong to a page and not to a report: "Read more", "Share this", "Go to contents",
// copyright.
#pragma once
#include <string_view>

namespace chancery {

bool is_furniture_line(std::string_view line);

}  // namespace chancery
