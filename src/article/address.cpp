#include "article/address.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"

namespace chancery {

AddressRules::AddressRules(const std::string& path) {
  Table table(path, {"part", "pattern"});
  for (const Table::Row& row : table.rows()) {
    std::string pattern = lower(row[1]);
    if (pattern.empty() || pattern == "*") row.fail("an empty pattern");
    if (row[0] == "host") {
      if (!pattern.ends_with(".")) row.fail("the beginning of a host ends with a dot");
      hosts_.push_back(pattern);
    } else if (row[0] == "path") {
      if (!pattern.starts_with("/")) row.fail("the end of a path begins with a slash");
      endings_.push_back(pattern);
    } else if (row[0] == "query") {
      bool prefix = pattern.ends_with("*");
      if (prefix) pattern.pop_back();
      (prefix ? prefixes_ : parameters_).push_back(pattern);
    } else {
      row.fail("'" + row[0] + "' is none of host, path, query");
    }
  }
  std::sort(parameters_.begin(), parameters_.end());
}

namespace {

// Takes one of the endings off, if it is there.
template <class Endings>
bool cut_end(std::string& text, const Endings& endings) {
  for (std::string_view ending : endings)
    if (text.size() >= ending.size() &&
        lower(std::string_view(text).substr(text.size() - ending.size())) == ending) {
      text.resize(text.size() - ending.size());
      return true;
    }
  return false;
}

// Takes one of the beginnings off, if something with a dot in it is behind.
bool cut_beginning(std::string_view& host, const std::vector<std::string>& beginnings) {
  for (const std::string& beginning : beginnings)
    if (host.starts_with(beginning) && host.find('.', beginning.size()) != std::string_view::npos) {
      host.remove_prefix(beginning.size());
      return true;
    }
  return false;
}

}  // namespace

bool AddressRules::tracks(std::string_view parameter) const {
  std::string name = lower(parameter.substr(0, parameter.find('=')));
  return std::binary_search(parameters_.begin(), parameters_.end(), name) ||
         std::any_of(prefixes_.begin(), prefixes_.end(),
                     [&](const std::string& p) { return name.starts_with(p); });
}

std::string AddressRules::key(std::string_view address) const {
  address = trim(address);
  size_t scheme = address.find("://");
  std::string name = lower(address.substr(0, std::min<size_t>(scheme, 8)));
  if (scheme == std::string_view::npos || (name != "http" && name != "https"))
    return std::string(address);
  std::string_view rest = address.substr(scheme + 3);
  // "#!/a" is how pages made by scripts name their parts.
  const size_t hash = std::min(rest.find('#'), rest.size());
  std::string_view part = rest.substr(hash);
  if (!part.starts_with("#!")) part = {};
  rest = rest.substr(0, hash);
  size_t host_end = std::min(rest.find_first_of("/?"), rest.size());
  std::string host = lower(rest.substr(0, host_end));
  // Each as often as it is there: what has been cut must not be found when a key is cut again.
  while (cut_end(host, std::array<std::string_view, 3>{":80", ":443", "."})) {}
  std::string_view bare = host;
  while (cut_beginning(bare, hosts_)) {}
  rest = rest.substr(host_end);
  size_t question = std::min(rest.find('?'), rest.size());
  std::string path(rest.substr(0, question));
  std::vector<std::string> parameters;
  for (std::string_view p : split(rest.substr(std::min(question + 1, rest.size())), '&'))
    if (!p.empty() && !tracks(p)) parameters.emplace_back(p);
  while (cut_end(path, endings_) || cut_end(path, std::array<std::string_view, 1>{"/"})) {}
  std::sort(parameters.begin(), parameters.end());
  return std::string(bare) + path + (parameters.empty() ? "" : "?" + join(parameters, "&")) +
         std::string(part);
}

}  // namespace chancery
