#include "register/gazetteer.h"

#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/strings.h"

namespace chancery {
namespace {

std::string_view line_at(std::string_view text, uint32_t begin) {
  return text.substr(begin, text.find('\n', begin) - begin);
}
std::string_view name_of(std::string_view line) { return line.substr(0, line.find('\t')); }

}  // namespace

Gazetteer::Gazetteer(const std::string& path) : text_(read_file(path)) {
  size_t number = 0;
  bool header = false;
  for (size_t at = 0; at < text_.size();) {
    ++number;
    std::string_view line = line_at(text_, static_cast<uint32_t>(at));
    auto fail = [&](const char* what) {
      throw StartError(path + ":" + std::to_string(number) + ": " + what);
    };
    if (!line.empty() && line[0] != '#') {
      if (!header) {
        if (line != "name\tcountry\tlatitude\tlongitude\tpopulation\trank\tgeonames")
          fail("another header than expected");
        header = true;
      } else {
        if (std::count(line.begin(), line.end(), '\t') != 6) fail("seven fields expected");
        if (!lines_.empty() && name_of(line_at(text_, lines_.back())) > name_of(line))
          fail("out of order: the table is sorted by name");
        lines_.push_back(static_cast<uint32_t>(at));
      }
    }
    at += line.size() + 1;
  }
}

std::vector<Town> Gazetteer::find(std::string_view name) const {
  std::vector<Town> out;
  auto first = std::lower_bound(lines_.begin(), lines_.end(), name,
                                [&](uint32_t line, std::string_view wanted) {
                                  return name_of(line_at(text_, line)) < wanted;
                                });
  for (; first != lines_.end() && name_of(line_at(text_, *first)) == name; ++first) {
    std::vector<std::string_view> f = split(line_at(text_, *first), '\t');
    out.push_back({f[0], f[1], std::strtod(std::string(f[2]).c_str(), nullptr),
                   std::strtod(std::string(f[3]).c_str(), nullptr),
                   std::atol(std::string(f[4]).c_str()), f[5] == "capital", f[6]});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Town& a, const Town& b) { return a.population > b.population; });
  return out;
}

}  // namespace chancery
