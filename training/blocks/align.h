// Which blocks of a page are the article's, by the text that people say it holds.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery::training {

// For each block whether it belongs to `gold`: the chain of blocks, in the order of the page, that
// covers most of it; long blocks out of order are added where their words are not yet covered.
std::vector<bool> align(const std::vector<std::string_view>& blocks, std::string_view gold);

}  // namespace chancery::training
