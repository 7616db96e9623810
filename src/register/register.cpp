#include "register/register.h"

#include <algorithm>

#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// The form under which names are kept: straight apostrophes, single blanks, no leading article.
std::string key(std::string_view name) {
  std::string out = replace_all(replace_all(squeeze(name), "’", "'"), "‘", "'");
  if (out.starts_with("the ") || out.starts_with("The ")) out.erase(0, 4);
  return out;
}

void check_code(const Table::Row& row, const std::string& code) {
  if (code.size() != 3 || !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) row.fail("'" + code + "' is no three-letter code");
}

}  // namespace

void Register::add(const std::string& name, KnownName known) {
  std::string k = key(name);
  if (k.empty()) return;
  // First come, first served: a name that two states share ("Congolese") means the one listed for it first.
  names_.emplace(k, known);
  longest_name_ = std::max(longest_name_, static_cast<int>(split_words(k).size()) + static_cast<int>(std::count(k.begin(), k.end(), '-')) * 2 + 1);
}

Register::Register(const std::string& folder) {
  Table states(folder + "/states.tsv", {"code", "name", "names", "demonyms", "capital", "metonyms"});
  std::unordered_map<std::string, int> lines;
  for (const Table::Row& row : states.rows()) {
    check_code(row, row[0]);
    if (row[1].empty()) row.fail("a state without a name");
    if (!lines.emplace(row[0], row.line).second) row.fail("code " + row[0] + " stands twice, first in line " + std::to_string(lines[row[0]]));
    states_.push_back({row[0], row[1]});
  }
  int index = 0;
  for (const Table::Row& row : states.rows()) {
    add(row[1], {NameSort::state, index});
    for (const std::string& name : row.list(2)) add(name, {NameSort::state, index});
    for (const std::string& name : row.list(3)) {
      add(name, {NameSort::demonym, index});
      if (name.ends_with("n") || name.ends_with("i") || name.ends_with("b") || name.ends_with("k") || name.ends_with("t") || name.ends_with("e") || name.ends_with("r")) add(name + "s", {NameSort::demonym, index});
    }
    for (const std::string& name : row.list(4)) add(name, {NameSort::capital, index});
    for (const std::string& name : row.list(5)) add(name, {NameSort::metonym, index});
    ++index;
  }
  Table organizations(folder + "/organizations.tsv", {"country", "sector", "others", "name", "names"});
  for (const Table::Row& row : organizations.rows()) {
    check_code(row, row[0]);
    check_code(row, row[1]);
    if (row[3].empty()) row.fail("an organization without a name");
    int number = static_cast<int>(organizations_.size());
    organizations_.push_back({row[0], row[1], row[3], row.list(2)});
    auto taken = names_.find(key(row[3]));
    if (taken != names_.end() && taken->second.sort == NameSort::organization) row.fail("'" + row[3] + "' stands twice");
    add(row[3], {NameSort::organization, number});
    for (const std::string& name : row.list(4)) add(name, {NameSort::organization, number});
  }
  Table offices(folder + "/offices.tsv", {"noun", "sector", "kind", "others"});
  for (const Table::Row& row : offices.rows()) {
    check_code(row, row[1]);
    if (row[2] != "person" && row[2] != "group" && row[2] != "organization" && row[2] != "place") row.fail("kind '" + row[2] + "' is none of person, group, organization, place");
    if (!office_by_noun_.emplace(row[0], static_cast<int>(offices_.size())).second) row.fail("'" + row[0] + "' stands twice");
    offices_.push_back({row[0], row[1], row[2], row.list(3)});
  }
  Table heads(folder + "/name_heads.tsv", {"word", "kind", "sure"});
  for (const Table::Row& row : heads.rows()) {
    if (row[1] != "organization" && row[1] != "place") row.fail("kind is organization or place");
    if (!name_heads_.emplace(row[0], NameHead{row[1], row[2] == "yes"}).second) row.fail("'" + row[0] + "' stands here twice");
  }
  Table leaders(folder + "/leaders.tsv", {"name", "names", "short", "country", "role", "from", "until"});
  for (const Table::Row& row : leaders.rows()) {
    check_code(row, row[3]);
    auto month = [&](const std::string& when) { return when.size() == 7 && when[4] == '-' && when.find_first_not_of("0123456789-") == std::string::npos; };
    if (!month(row[5]) || !(row[6].empty() || (month(row[6]) && row[5] <= row[6]))) row.fail("a term must be year-month, the end not before the beginning");
    int number = static_cast<int>(leaders_.size());
    leaders_.push_back({row[0], row[3], row[4], row[5], row[6]});
    if (!leader_by_name_.emplace(key(row[0]), number).second) row.fail("'" + row[0] + "' stands twice");
    for (const std::string& name : row.list(1)) leader_by_name_.emplace(key(name), number);
    if (row[2] == "yes") leader_by_name_.emplace(key(row[0].substr(row[0].rfind(' ') + 1)), number);
    else if (!row[2].empty()) row.fail("'short' must be yes or empty");
  }
}

bool Leader::in_office(std::string_view date) const {
  if (date.empty()) return true;
  auto before = [](std::string_view a, std::string_view b) { return a.substr(0, std::min(a.size(), b.size())) < b.substr(0, std::min(a.size(), b.size())); };
  return !before(date, from) && (until.empty() || !before(until, date));
}

const Leader* Register::leader(std::string_view name) const {
  auto found = leader_by_name_.find(key(name));
  return found == leader_by_name_.end() ? nullptr : &leaders_[found->second];
}

const KnownName* Register::find(std::string_view name) const {
  std::string k = key(name);
  auto found = names_.find(k);
  // "Republic of Cyprus", "Kingdom of Norway": official names by rule.
  for (std::string_view official : {"Republic of ", "Kingdom of ", "State of ", "Government of "})
    if (found == names_.end() && k.starts_with(official)) {
      found = names_.find(key(k.substr(official.size())));
      if (found != names_.end() && found->second.sort != NameSort::state) found = names_.end();
    }
  // Names in capitals, as datelines and headlines have them; acronyms stand in the tables as they are.
  if (found == names_.end() && k.size() >= 4 && std::none_of(k.begin(), k.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
    std::string title;
    bool start = true;
    for (char c : k) {
      title += start || c < 'A' || c > 'Z' ? c : static_cast<char>(c + 32);
      start = c == ' ' || c == '-';
    }
    found = names_.find(title);
  }
  return found == names_.end() ? nullptr : &found->second;
}

const Office* Register::office(std::string_view noun) const {
  auto found = office_by_noun_.find(std::string(noun));
  return found == office_by_noun_.end() ? nullptr : &offices_[found->second];
}

int Register::state_index(std::string_view code) const {
  for (size_t i = 0; i < states_.size(); ++i)
    if (states_[i].code == code) return static_cast<int>(i);
  return -1;
}

const NameHead* Register::name_head(const std::string& word) const {
  auto found = name_heads_.find(word);
  return found == name_heads_.end() ? nullptr : &found->second;
}

}  // namespace chancery
