#include "register/register.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_set>

#include "base/error.h"
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
  if (code.size() != 3 ||
      !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    row.fail("'" + code + "' is no three-letter code");
}

}  // namespace

// Three letters that the tables know: a state, or IGO, NGO, MNC, IMG (international militants).
void Register::check_actor(const Table::Row& row, const std::string& code) const {
  check_code(row, code);
  if (code != "IGO" && code != "NGO" && code != "MNC" && code != "IMG" && state_index(code) < 0)
    row.fail("'" + code + "' is no state of states.tsv, nor IGO, NGO, MNC or IMG");
}

int Register::known_state(const Table::Row& row, const std::string& code) const {
  int state = state_index(code);
  if (state < 0) row.fail("'" + code + "' is no state of states.tsv");
  return state;
}

void Register::add(const std::string& name, KnownName known) {
  std::string k = key(name);
  if (k.empty()) return;
  // First come, first served: a name that two states share ("Congolese") means the one listed for
  // it first.
  names_.emplace(k, known);
  longest_name_ =
      std::max(longest_name_, static_cast<int>(split_words(k).size()) +
                                  static_cast<int>(std::count(k.begin(), k.end(), '-')) * 2 + 1);
}

Register::Register(const std::string& folder) : state_bodies_(folder + "/state_bodies.tsv") {
  load_states(folder);
  load_organizations(folder);
  Table offices(folder + "/offices.tsv", {"noun", "sector", "kind", "others"});
  for (const Table::Row& row : offices.rows()) {
    check_code(row, row[1]);
    if (row[2] != "person" && row[2] != "group" && row[2] != "organization" && row[2] != "place")
      row.fail("kind '" + row[2] + "' is none of person, group, organization, place");
    if (!office_by_noun_.emplace(row[0], static_cast<int>(offices_.size())).second)
      row.fail("'" + row[0] + "' stands twice");
    offices_.push_back({row[0], row[1], row[2], row.list(3)});
  }
  Table heads(folder + "/name_heads.tsv", {"word", "kind", "sure"});
  for (const Table::Row& row : heads.rows()) {
    if (row[1] != "organization" && row[1] != "place") row.fail("kind is organization or place");
    if (!name_heads_.emplace(row[0], NameHead{row[1], row[2] == "yes"}).second)
      row.fail("'" + row[0] + "' stands here twice");
  }
  load_leaders(folder);
  load_regions(folder);
  load_local_names(folder);
  load_seats(folder);
  load_given_names(folder);
}

void Register::load_states(const std::string& folder) {
  Table states(folder + "/states.tsv",
               {"code", "name", "names", "demonyms", "capital", "metonyms"});
  std::unordered_map<std::string, int> lines;
  for (const Table::Row& row : states.rows()) {
    check_code(row, row[0]);
    if (row[1].empty()) row.fail("a state without a name");
    if (!lines.emplace(row[0], row.line).second)
      row.fail("code " + row[0] + " stands twice, first in line " + std::to_string(lines[row[0]]));
    states_.push_back({row[0], row[1], row.list(3)});
  }
  int index = 0;
  for (const Table::Row& row : states.rows()) {
    add(row[1], {NameSort::state, index});
    for (const std::string& name : row.list(2)) add(name, {NameSort::state, index});
    for (const std::string& name : row.list(3)) {
      add(name, {NameSort::demonym, index});
      if (name.ends_with("n") || name.ends_with("i") || name.ends_with("b") ||
          name.ends_with("k") || name.ends_with("t") || name.ends_with("e") || name.ends_with("r"))
        add(name + "s", {NameSort::demonym, index});
    }
    for (const std::string& name : row.list(4)) add(name, {NameSort::capital, index});
    for (const std::string& name : row.list(5)) add(name, {NameSort::metonym, index});
    ++index;
  }
  Table former(folder + "/former_names.tsv", {"name", "code", "demonyms", "from", "until"});
  for (const Table::Row& row : former.rows()) {
    int state = known_state(row, row[1]);
    auto year = [](const std::string& y) {
      return y.size() == 4 && y.find_first_not_of("0123456789") == std::string::npos;
    };
    if (!year(row[3]) || !(row[4].empty() || (year(row[4]) && row[3] <= row[4])))
      row.fail("years must be four digits, the last not before the first");
    if (former_.count(key(row[0]))) row.fail("'" + row[0] + "' stands twice");
    std::string note = "former name, " + row[3] + (row[4].empty() ? " on" : " to " + row[4]);
    add(row[0], {NameSort::state, state});
    former_[key(row[0])] = note;
    for (const std::string& name : row.list(2)) {
      add(name, {NameSort::demonym, state});
      add(name + "s", {NameSort::demonym, state});
      former_[key(name)] = note;
    }
  }
  Table ambiguous(folder + "/ambiguous.tsv", {"name", "code", "share", "what", "hints"});
  for (const Table::Row& row : ambiguous.rows()) {
    Meaning m;
    if (row[1] != "-") m.state = known_state(row, row[1]);
    m.share = std::atof(row[2].c_str());
    if (!(m.share > 0 && m.share <= 1)) row.fail("a share is between 0 and 1");
    m.what = row[3];
    m.hints = row.list(4);
    if (!names_.count(key(row[0])))
      row.fail("'" + row[0] + "' is no name of a state in states.tsv");
    meanings_[key(row[0])].push_back(std::move(m));
  }
}

void Register::load_organizations(const std::string& folder) {
  Table organizations(folder + "/organizations.tsv",
                      {"country", "sector", "others", "name", "names"});
  for (const Table::Row& row : organizations.rows()) {
    const bool of_no_state = row[0] == "-";
    if (!of_no_state) check_actor(row, row[0]);
    check_code(row, row[1]);
    if (row[3].empty()) row.fail("an organization without a name");
    int number = static_cast<int>(organizations_.size());
    organizations_.push_back({of_no_state ? std::string() : row[0], row[1], row[3], row.list(2),
                              "organization", of_no_state});
    auto taken = names_.find(key(row[3]));
    if (taken != names_.end() && taken->second.sort == NameSort::organization)
      row.fail("'" + row[3] + "' stands twice");
    add(row[3], {NameSort::organization, number});
    for (const std::string& name : row.list(4)) add(name, {NameSort::organization, number});
  }
  check_own_bodies(folder);
  Table groups(folder + "/groups.tsv", {"name", "names", "sector", "country"});
  for (const Table::Row& row : groups.rows()) {
    check_code(row, row[2]);
    if (!row[3].empty()) known_state(row, row[3]);
    auto taken = names_.find(key(row[0]));
    if (taken != names_.end() && taken->second.sort == NameSort::organization)
      row.fail("'" + row[0] + "' stands twice");
    int number = static_cast<int>(organizations_.size());
    organizations_.push_back({row[3], row[2], row[0], {}, "group"});
    add(row[0], {NameSort::organization, number});
    for (const std::string& name : row.list(1)) add(name, {NameSort::organization, number});
  }
}

// What states call their bodies are names of the register, of the same state.
void Register::check_own_bodies(const std::string& folder) const {
  for (const auto& [body, name] : state_bodies_.own()) {
    const std::string code = body.substr(0, body.find(' ')),
                      what = body.substr(std::min(code.size() + 1, body.size()));
    const KnownName* known = find(name);
    const bool of_it = known && known->sort == NameSort::organization &&
                       organizations_[static_cast<size_t>(known->index)].country == code;
    if (!of_it || state_bodies_.name(what) != what)
      throw StartError(folder + "/state_bodies.tsv: '" + body + "': '" + name +
                       "' is no name in organizations.tsv of that state, or no such body has every "
                       "state");
  }
}

void Register::load_leaders(const std::string& folder) {
  Table leaders(folder + "/leaders.tsv",
                {"name", "names", "short", "country", "role", "from", "until"});
  for (const Table::Row& row : leaders.rows()) {
    check_actor(row, row[3]);
    auto month = [&](const std::string& when) {
      return when.size() == 7 && when[4] == '-' &&
             when.find_first_not_of("0123456789-") == std::string::npos;
    };
    if (!month(row[5]) || !(row[6].empty() || (month(row[6]) && row[5] <= row[6])))
      row.fail("a term must be year-month, the end not before the beginning");
    int number = static_cast<int>(leaders_.size());
    auto overlap = [&](const Leader& other) {
      return (other.until.empty() || row[5] < other.until) &&
             (row[6].empty() || other.from < row[6]);
    };
    for (const Leader& other : leaders_) {
      if (other.name == row[0] && other.role == row[4] && other.country == row[3] && overlap(other))
        row.fail("'" + row[0] + "' has the same office twice at once");
      // One holder at a time.
      static const std::unordered_set<std::string> single = {"president",
                                                             "prime minister",
                                                             "premier",
                                                             "chancellor",
                                                             "foreign minister",
                                                             "foreign secretary",
                                                             "secretary of state",
                                                             "king",
                                                             "pope",
                                                             "emir",
                                                             "sultan"};
      if (other.name != row[0] && other.country == row[3] && other.country != "IGO" &&
          other.role == row[4] && single.count(row[4]) && overlap(other))
        row.fail("the term of " + row[0] + " overlaps that of " + other.name + ", " + row[4] +
                 " of " + row[3] + " " + other.from + " to " + other.until);
    }
    leaders_.push_back({row[0], row[3], row[4], row[5], row[6]});
    auto name = [&](const std::string& n) {
      std::vector<int>& list = leaders_by_name_[key(n)];
      if (list.empty() || list.back() != number) list.push_back(number);
    };
    name(row[0]);
    for (const std::string& n : row.list(1)) name(n);
    if (row[2] == "yes") name(row[0].substr(row[0].rfind(' ') + 1));
    else if (!row[2].empty()) row.fail("'short' must be yes or empty");
  }
}

void Register::load_regions(const std::string& folder) {
  Table regions(folder + "/regions.tsv", {"name", "country", "names"});
  for (const Table::Row& row : regions.rows()) {
    int state = known_state(row, row[1]);
    std::vector<std::string> names = row.list(2);
    names.insert(names.begin(), row[0]);
    for (const std::string& name : names)
      if (!regions_.emplace(key(name), state).second) row.fail("'" + name + "' stands twice");
  }
}

void Register::load_local_names(const std::string& folder) {
  Table local(folder + "/local_names.tsv", {"name", "organization", "sure"});
  for (const Table::Row& row : local.rows()) {
    auto found = names_.find(key(row[1]));
    if (found == names_.end() || found->second.sort != NameSort::organization)
      row.fail("'" + row[1] + "' is no name in organizations.tsv");
    LocalName& name = local_[key(row[0])];
    name.bodies.push_back(found->second);
    name.sure |= row[2] == "yes";
  }
}

void Register::load_seats(const std::string& folder) {
  Table seats(folder + "/seats.tsv", {"capital", "organization", "words"});
  for (const Table::Row& row : seats.rows()) {
    const auto capital = names_.find(key(row[0])), body = names_.find(key(row[1]));
    if (capital == names_.end() || capital->second.sort != NameSort::capital)
      row.fail("'" + row[0] + "' is no capital of states.tsv");
    if (body == names_.end() || body->second.sort != NameSort::organization)
      row.fail("'" + row[1] + "' is no name in organizations.tsv");
    if (row.list(2).empty()) row.fail("a seat without words of reports that speak of its body");
    if (!seats_.emplace(key(row[0]), Seat{body->second, row.list(2)}).second)
      row.fail("'" + row[0] + "' stands twice");
  }
}

void Register::load_given_names(const std::string& folder) {
  Table names(folder + "/given_names.tsv", {"name", "gender"});
  for (const Table::Row& row : names.rows()) {
    if (row[1] != "m" && row[1] != "f") row.fail("gender is m or f");
    if (!genders_.emplace(row[0], row[1][0]).second) row.fail("'" + row[0] + "' stands twice");
  }
}

bool Leader::in_office(std::string_view date) const {
  if (date.empty()) return true;
  auto before = [](std::string_view a, std::string_view b) {
    return a.substr(0, std::min(a.size(), b.size())) < b.substr(0, std::min(a.size(), b.size()));
  };
  return !before(date, from) && (until.empty() || !before(until, date));
}

// "Ana B Ruiz" with the points that some papers leave out behind an initial.
std::string with_points(std::string_view name) {
  std::string out;
  for (std::string_view word : split_words(name)) {
    if (!out.empty()) out += ' ';
    out += word;
    if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z') out += '.';
  }
  return out;
}

const Leader* Register::leader(std::string_view name, std::string_view date) const {
  auto found = leaders_by_name_.find(key(name));
  if (found == leaders_by_name_.end()) found = leaders_by_name_.find(key(with_points(name)));
  if (found == leaders_by_name_.end()) return nullptr;
  const Leader* best = nullptr;
  long nearest = 0;
  auto months = [](std::string_view when) {
    return when.size() < 4
               ? 0L
               : std::atol(std::string(when.substr(0, 4)).c_str()) * 12 +
                     (when.size() >= 7 ? std::atol(std::string(when.substr(5, 2)).c_str()) : 6);
  };
  for (int i : found->second) {
    const Leader& x = leaders_[i];
    // Without a date, the latest term.
    long away =
        date.empty() ? -months(x.from)
        : x.in_office(date)
            ? 0
            : std::min(std::abs(months(date) - months(x.from)),
                       x.until.empty() ? 1L << 30 : std::abs(months(date) - months(x.until)));
    if (!best || away < nearest) {
      best = &x;
      nearest = away;
    }
  }
  return best;
}

const std::vector<Meaning>* Register::meanings(std::string_view name) const {
  auto found = meanings_.find(key(name));
  return found == meanings_.end() ? nullptr : &found->second;
}

const LocalName* Register::local(std::string_view name) const {
  auto found = local_.find(key(name));
  return found == local_.end() ? nullptr : &found->second;
}

const Seat* Register::seat(std::string_view capital) const {
  auto found = seats_.find(key(capital));
  return found == seats_.end() ? nullptr : &found->second;
}

char Register::gender(std::string_view given_name) const {
  auto found = genders_.find(std::string(given_name));
  return found == genders_.end() ? 0 : found->second;
}

int Register::region(std::string_view name) const {
  auto found = regions_.find(key(name));
  return found == regions_.end() ? -1 : found->second;
}

std::string Register::former(std::string_view name) const {
  auto found = former_.find(key(name));
  return found == former_.end() ? "" : found->second;
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
  // "United Nations Development Program", "U.N. Development Program": the tables have "UN …".
  for (std::string_view full : {"United Nations ", "U.N. "})
    if (found == names_.end() && k.starts_with(full))
      found = names_.find("UN " + k.substr(full.size()));
  // Names in capitals, as datelines and headlines have them; acronyms stand in the tables as they
  // are.
  if (found == names_.end() && k.size() >= 4 &&
      std::none_of(k.begin(), k.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
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
