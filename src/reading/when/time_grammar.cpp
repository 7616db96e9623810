// Where the rules of the temporal grammar match. How its tables are read is in time_rules.cpp, what its
// built-in classes are in time_classes.cpp.
#include "reading/when/time_grammar.h"

#include <algorithm>
#include <utility>

#include "base/calendar.h"
#include "reading/when/time_classes.h"

namespace chancery {

using namespace time_classes;

namespace {

Day easter(int year) {  // Meeus, Jones and Butcher
  int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25,
      g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4,
      l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  return {year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1};
}

}  // namespace

std::string TimeGrammar::feast(const std::string& date, int year) {
  static const std::vector<std::string> days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  if (date.starts_with("easter"))
    return iso(add_days(easter(year), date.size() > 6 ? std::stol(date.substr(6)) : 0));
  if (parse_day(date)) return date;  // one day of history
  const int month = integer(std::string_view(date).substr(0, date.find('-')));
  const std::string rest = date.substr(date.find('-') + 1);
  if (month < 1 || month > 12) return "";
  if (rest.size() <= 2)
    return integer(rest) > 0 && integer(rest) <= month_length(year, month)
               ? iso({year, month, integer(rest)})
               : "";
  const auto day = std::find(days.begin(), days.end(), rest.substr(rest.size() - 3));
  if (day == days.end()) return "";
  const int wanted = static_cast<int>(day - days.begin()) + 1;
  if (rest.starts_with("last")) {
    Day d{year, month, month_length(year, month)};
    while (weekday(d) != wanted) d = add_days(d, -1);
    return iso(d);
  }
  if (rest.size() != 4 || rest[0] < '1' || rest[0] > '5') return "";
  Day d{year, month, 1};
  while (weekday(d) != wanted) d = add_days(d, 1);
  return iso(add_days(d, 7L * (rest[0] - '1')));
}

TimeGrammar::~TimeGrammar() = default;

int TimeGrammar::type_of(std::string_view name) const {
  auto found = std::find(types_.begin(), types_.end(), name);
  return found == types_.end() ? -1 : static_cast<int>(found - types_.begin());
}

int TimeGrammar::number(const std::string& word) {
  return numbers_.emplace(word, static_cast<int>(numbers_.size())).first->second;
}

TimeGrammar::Words TimeGrammar::words(std::vector<std::string> forms) const {
  Words out{std::move(forms), {}};
  out.numbers.reserve(out.forms.size());
  for (const std::string& form : out.forms) {
    auto found = numbers_.find(form);
    out.numbers.push_back(found == numbers_.end() ? -1 : found->second);
  }
  return out;
}

std::optional<TimeGrammar::Member> TimeGrammar::member(std::string_view type, const Words& words,
                                                       int at, int end) const {
  std::optional<Member> best;
  int known = type_of(type);
  if (at < 0 || at >= end || known < 0) return best;
  each_of_class(known, words, at, end, [&](int tokens, const std::string& value) {
    if (!best || tokens > best->tokens) best = Member{tokens, value};
  });
  return best;
}

bool TimeGrammar::in_class(std::string_view type, std::string_view word) const {
  auto found = numbers_.find(std::string(word));
  int known = type_of(type);
  if (found == numbers_.end() || known < 0) return false;
  const std::vector<Entry>& entries = entries_[found->second];
  return std::any_of(entries.begin(), entries.end(),
                     [&](const Entry& e) { return e.type == known && e.words.size() == 1; });
}

void TimeGrammar::advance(const Sequence& s, size_t element, const Words& words, int at, int end,
                          TimeBindings& bindings, const Use& use) const {
  if (element == s.elements.size()) {
    use(rules_[s.rule], at, bindings);
    return;
  }
  if (at >= end) return;
  const Element& e = s.elements[element];
  auto go_on = [&](bool binds, int taken, const std::string& value) {
    if (!binds) return advance(s, element + 1, words, at + taken, end, bindings, use);
    TimeBinding before = std::exchange(bindings[e.binds], {value, at});
    advance(s, element + 1, words, at + taken, end, bindings, use);
    bindings[e.binds] = std::move(before);
  };
  if (words.numbers[at] >= 0 &&
      std::find(e.words.begin(), e.words.end(), words.numbers[at]) != e.words.end())
    go_on(e.binds_words, 1, words.forms[at]);
  for (int type : e.classes)
    each_of_class(type, words, at, end, [&](int taken, const std::string& value) {
      go_on(!e.binds.empty(), taken, value);
    });
}

void TimeGrammar::match(const Words& words, int begin, int end, const Use& use) const {
  const std::string& w = words.forms[begin];
  int number = words.numbers[begin];
  if (number < 0 && !numeric(w)) return;
  // Before a word that no rule knows only patterns of one element can match.
  bool more = begin + 1 < end && (words.numbers[begin + 1] >= 0 || numeric(words.forms[begin + 1]));
  TimeBindings bindings;
  auto try_all = [&](const std::vector<int>& list) {
    for (int s : list) {
      if (!more && sequences_[s].elements.size() > 1) break;  // shorter ones stand first
      advance(sequences_[s], 0, words, begin, end, bindings, use);
    }
  };
  if (number >= 0) try_all(by_word_[number]);
  for (int type = 0; type < static_cast<int>(types_.size()); ++type) {
    if (by_type_[type].empty()) continue;
    auto of_type = [&](const Entry& e) {
      return e.type == type || (type < kBuiltins && e.type == numeral_);
    };
    if ((type < kBuiltins && numeric(w)) ||
        (number >= 0 && std::any_of(entries_[number].begin(), entries_[number].end(), of_type)))
      try_all(by_type_[type]);
  }
}

}  // namespace chancery
