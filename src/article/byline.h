// The people named in a byline.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

// "By Ana Ruiz and Ben Okoye, Reuters | ana@x.org" → {"Ana Ruiz", "Ben Okoye"}. Addresses, offices,
// agencies and "By" are left out. `declared`: the page's markup says that this is the author; pen
// names of one word or in small letters pass then.
std::vector<std::string> byline_names(std::string_view text, bool declared = false);

}  // namespace chancery
