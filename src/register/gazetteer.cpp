#include "register/gazetteer.h"

#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"

namespace chancery {
namespace {

std::string_view line_at(std::string_view text, uint32_t begin) {
  return text.substr(begin, text.find('\n', begin) - begin);
}
std::string_view name_of(std::string_view line) { return line.substr(0, line.find('\t')); }

}  // namespace

Gazetteer::Gazetteer(const std::string& path, const std::string& names) : text_(read_file(path)) {
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
  for (uint32_t line : lines_) {
    const std::string_view name = name_of(line_at(text_, line));
    if (std::string plain = without_accents(name); plain != name)
      others_.emplace_back(std::move(plain), line);
  }
  if (!names.empty()) add_names(names);
  std::sort(others_.begin(), others_.end());
}

void Gazetteer::add_names(const std::string& path) {
  Table table(path, {"name", "town", "country"});
  for (const Table::Row& row : table.rows()) {
    const size_t before = others_.size();
    for (uint32_t line : lines_named(row[1]))
      if (town_at(line).country == row[2]) others_.emplace_back(row[0], line);
    if (others_.size() == before)
      row.fail("no town '" + row[1] + "' of " + row[2] + " in places.tsv");
  }
}

std::vector<uint32_t> Gazetteer::lines_named(std::string_view name) const {
  std::vector<uint32_t> out;
  auto at = std::lower_bound(lines_.begin(), lines_.end(), name,
                             [&](uint32_t line, std::string_view wanted) {
                               return name_of(line_at(text_, line)) < wanted;
                             });
  for (; at != lines_.end() && name_of(line_at(text_, *at)) == name; ++at) out.push_back(*at);
  return out;
}

Town Gazetteer::town_at(uint32_t line) const {
  std::vector<std::string_view> f = split(line_at(text_, line), '\t');
  return {f[0],
          f[1],
          std::strtod(std::string(f[2]).c_str(), nullptr),
          std::strtod(std::string(f[3]).c_str(), nullptr),
          std::atol(std::string(f[4]).c_str()),
          f[5] == "capital",
          f[6]};
}

std::vector<Town> Gazetteer::find(std::string_view name) const {
  std::vector<uint32_t> lines = lines_named(name);
  auto other = std::lower_bound(
      others_.begin(), others_.end(), name,
      [](const std::pair<std::string, uint32_t>& o, std::string_view n) { return o.first < n; });
  for (; other != others_.end() && other->first == name; ++other)
    if (std::find(lines.begin(), lines.end(), other->second) == lines.end())
      lines.push_back(other->second);
  std::vector<Town> out;
  for (uint32_t line : lines) out.push_back(town_at(line));
  std::stable_sort(out.begin(), out.end(),
                   [](const Town& a, const Town& b) { return a.population > b.population; });
  return out;
}

}  // namespace chancery
