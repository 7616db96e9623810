// The people named in a byline.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

// "By Ana Ruiz and Ben Okoye, Reuters | ana@x.org" → {"Ana Ruiz", "Ben Okoye"}. Addresses, offices, agencies and "By" are left out.
std::vector<std::string> byline_names(std::string_view text);

}  // namespace chancery
