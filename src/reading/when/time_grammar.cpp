#include "reading/when/time_grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// Built-in classes, in front of those of words.tsv.
enum Builtin {
  kNumber,
  kDay,
  kYear,
  kDecade,
  kClock,
  kHours,
  kDigits,
  kSlashed,
  kShortYear,
  kDottedClock,
  kTwoDigitYear,
  kBuiltins
};
const char* const kBuiltinNames[kBuiltins] = {
    "number", "day",     "year",       "decade",       "clock",         "hours",
    "digits", "slashed", "short_year", "dotted_clock", "two_digit_year"};

bool digits(std::string_view s) {
  return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

int integer(std::string_view s) {
  int value = -1;
  if (digits(s) && s.size() < 9) std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

// Could it begin a number, a date in figures or a short year?
bool numeric(const std::string& w) {
  return !w.empty() &&
         (isdigit(static_cast<unsigned char>(w[0])) || w[0] == '\'' || w.starts_with("’"));
}

// Cuts a pattern into elements, groups kept whole.
std::vector<std::string> pieces(const Table::Row& row, const std::string& pattern) {
  std::vector<std::string> out;
  std::string group;
  int depth = 0;
  for (std::string_view word : split_words(pattern)) {
    if (word == "(") {
      if (depth++ == 0) {
        group.clear();
        continue;
      }
    } else if (word == ")" || word == ")?") {
      if (--depth < 0) row.fail("a ')' too many in the pattern");
      if (depth == 0) {
        out.push_back("(" + group + (word == ")?" ? " )?" : " )"));
        continue;
      }
    }
    if (depth > 0) group += " " + std::string(word);
    else out.emplace_back(word);
  }
  if (depth != 0) row.fail("a ')' is missing in the pattern");
  return out;
}

// Every row of plain elements that a pattern with optional parts stands for.
void expand(const Table::Row& row, const std::string& pattern,
            std::vector<std::vector<std::string>>& out) {
  out = {{}};
  for (std::string piece : pieces(row, pattern)) {
    bool optional = piece.size() > 1 && piece.back() == '?';
    if (optional) piece.pop_back();
    std::vector<std::vector<std::string>> inner = {{piece}}, next;
    if (piece[0] == '(') expand(row, piece.substr(1, piece.size() - 2), inner);
    if (optional) inner.push_back({});
    for (const auto& head : out)
      for (const auto& tail : inner) {
        next.push_back(head);
        next.back().insert(next.back().end(), tail.begin(), tail.end());
      }
    if (next.size() > 2000) row.fail("too many optional parts");
    out = std::move(next);
  }
}

// value := word | $name | name ( value , … )
TimeCall parse_call(const Table::Row& row, const std::string& text, size_t& at) {
  auto skip = [&] {
    while (at < text.size() && text[at] == ' ') ++at;
  };
  skip();
  TimeCall call;
  if (at < text.size() && text[at] == '$') {
    call.kind = TimeCall::Kind::variable;
    ++at;
  }
  while (at < text.size() && text[at] != '(' && text[at] != ')' && text[at] != ',' &&
         text[at] != ' ')
    call.name += text[at++];
  if (call.name.empty()) row.fail("an empty name in the value");
  skip();
  if (call.kind == TimeCall::Kind::word && at < text.size() && text[at] == '(') {
    call.kind = TimeCall::Kind::call;
    ++at;
    skip();
    while (at < text.size() && text[at] != ')') {
      call.arguments.push_back(parse_call(row, text, at));
      skip();
      if (at < text.size() && text[at] == ',') ++at;
      skip();
    }
    if (at >= text.size()) row.fail("a ')' is missing in the value");
    ++at;
  }
  return call;
}

// Names in a value are bound by the pattern, functions are those of Times::evaluate.
void check_names(const Table::Row& row, const TimeCall& call,
                 const std::vector<std::string>& bound) {
  static const std::vector<std::string> functions = {
      "continued",   "dashed",      "day_told",   "listed",     "weekday_day", "ago",
      "ahead",       "clock",       "date",       "feast",      "feast_of",    "half",
      "half_length", "length",      "length_up",  "minus",      "month",       "month_by",
      "month_set",   "near",        "near_month", "part",       "quarter",     "quarter_told",
      "season",      "season_by",   "shift",      "slashed",    "told",        "week_of",
      "weekday",     "weekday_set", "weekend",    "year_before"};
  if (call.kind == TimeCall::Kind::call &&
      std::find(functions.begin(), functions.end(), call.name) == functions.end())
    row.fail("function " + call.name + " is unknown");
  if (call.kind == TimeCall::Kind::variable &&
      std::find(bound.begin(), bound.end(), call.name) == bound.end())
    row.fail("$" + call.name + " is not bound by the pattern");
  for (const TimeCall& a : call.arguments) check_names(row, a, bound);
}

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
  int month = integer(std::string_view(date).substr(0, date.find('-')));
  std::string rest = date.substr(date.find('-') + 1);
  if (rest.size() <= 2)
    return integer(rest) > 0 && integer(rest) <= month_length(year, month)
               ? iso({year, month, integer(rest)})
               : "";
  int wanted = static_cast<int>(std::find(days.begin(), days.end(), rest.substr(rest.size() - 3)) -
                                days.begin()) +
               1;
  if (rest.starts_with("last")) {
    Day d{year, month, month_length(year, month)};
    while (weekday(d) != wanted) d = add_days(d, -1);
    return iso(d);
  }
  Day d{year, month, 1};
  while (weekday(d) != wanted) d = add_days(d, 1);
  return iso(add_days(d, 7L * (rest[0] - '1')));
}

TimeGrammar::~TimeGrammar() = default;

int TimeGrammar::type_of(std::string_view name) const {
  auto found = std::find(types_.begin(), types_.end(), name);
  return found == types_.end() ? -1 : static_cast<int>(found - types_.begin());
}

TimeGrammar::TimeGrammar(const std::string& folder) {
  types_.assign(kBuiltinNames, kBuiltinNames + kBuiltins);
  auto add_entry = [&](const std::string& type, const std::vector<std::string>& words,
                       const std::string& value) {
    if (type_of(type) < 0) types_.push_back(type);
    Entry entry{type_of(type), {}, value, integer(value)};
    for (const std::string& w : words) entry.words.push_back(number(w));
    if (entries_.size() < numbers_.size()) entries_.resize(numbers_.size());
    entries_[entry.words[0]].push_back(std::move(entry));
  };
  auto words_of = [](std::string_view text) {
    std::vector<std::string> out;
    for (std::string_view w : split_words(text)) out.emplace_back(w);
    return out;
  };
  Table words(folder + "/words.tsv", {"class", "word", "value"});
  for (const Table::Row& row : words.rows()) {
    if (row[0].empty() || row[1].empty()) row.fail("a class or a word is missing");
    if (int known = type_of(row[0]); known >= 0 && known < kBuiltins)
      row.fail("class " + row[0] + " is built in");
    for (const std::string& word : row.list(1)) add_entry(row[0], words_of(word), row[2]);
  }
  Table feasts(folder + "/feasts.tsv", {"name", "date"});
  for (const Table::Row& row : feasts.rows()) {
    bool sound = row[1].starts_with("easter") || (row[1].size() == 10 && parse_day(row[1])) ||
                 (row[1].find('-') != std::string::npos && row[1].size() >= 4 &&
                  !feast(row[1], 2024).empty());
    if (!sound) row.fail("'" + row[1] + "' is no date rule");
    for (const std::string& name : row.list(0)) add_entry("feast", words_of(lower(name)), row[1]);
  }
  Table rules(folder + "/rules.tsv", {"rule", "pattern", "type", "value", "mod", "where", "example",
                                      "published", "gives"});
  for (const Table::Row& row : rules.rows()) {
    TimeRule rule;
    rule.name = row[0];
    rule.type = row[2];
    rule.mod = row[4];
    rule.example = row[6];
    rule.published = row[7];
    rule.gives = row[8];
    rule.place = row.place();
    if (rule.name.empty() || row[1].empty()) row.fail("a rule needs a name and a pattern");
    if (rule.type != "DATE" && rule.type != "TIME" && rule.type != "DURATION" && rule.type != "SET")
      row.fail("type " + rule.type + " is none of TIMEX3's");
    size_t at = 0;
    rule.value = parse_call(row, row[3], at);
    if (at != row[3].size()) row.fail("something is left over behind the value");
    for (std::string_view word : split_words(row[5])) {
      TimeCondition condition;
      condition.negated = word[0] == '!';
      if (condition.negated) word.remove_prefix(1);
      size_t colon = word.find(':');
      condition.key = word.substr(0, colon);
      std::string_view argument =
          colon == std::string_view::npos ? std::string_view() : word.substr(colon + 1);
      if (size_t equals = argument.find('='); equals != std::string_view::npos) {
        condition.subject = argument.substr(0, equals);
        argument = argument.substr(equals + 1);
      }
      for (std::string_view w : split(argument, '|')) condition.words.emplace_back(w);
      static const std::vector<std::string> known = {
          "counting",    "titled",    "acts",   "ending",      "before", "after",     "tense",
          "tag",         "capital",   "name",   "relation",    "tight",  "published", "told",
          "quartertold", "clockunit", "unitis", "age",         "rate",   "duration",  "counted",
          "year",        "ambiguous", "skip",   "skiparticle", "half",   "lastnoun",  "noyear"};
      if (std::find(known.begin(), known.end(), condition.key) == known.end())
        row.fail("condition " + condition.key + " is unknown");
      if (condition.words.empty()) condition.words.emplace_back();
      rule.conditions.push_back(std::move(condition));
    }
    rules_.push_back(std::move(rule));
    add_patterns(static_cast<int>(rules_.size()) - 1, row, row[1]);
  }
  numeral_ = type_of("numeral");
  by_type_.resize(types_.size());
  entries_.resize(numbers_.size());
  by_word_.resize(numbers_.size());
  for (size_t s = 0; s < sequences_.size(); ++s) {
    for (int w : sequences_[s].elements[0].words) by_word_[w].push_back(static_cast<int>(s));
    for (int type : sequences_[s].elements[0].classes)
      by_type_[type].push_back(static_cast<int>(s));
  }
  auto shorter = [&](int a, int b) {
    return sequences_[a].elements.size() < sequences_[b].elements.size();
  };
  for (auto* lists : {&by_word_, &by_type_})
    for (std::vector<int>& list : *lists) std::stable_sort(list.begin(), list.end(), shorter);
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

void TimeGrammar::add_patterns(int rule, const Table::Row& row, const std::string& pattern) {
  std::vector<std::vector<std::string>> rows;
  expand(row, pattern, rows);
  std::vector<std::string> bound;
  for (const std::vector<std::string>& plain : rows) {
    if (plain.empty()) continue;
    Sequence sequence{rule, {}};
    for (const std::string& piece : plain) {
      Element element;
      std::string body = piece;
      if (size_t equals = body.find('='); equals != std::string::npos && equals > 0) {
        element.binds = body.substr(0, equals);
        element.binds_words = true;
        body = body.substr(equals + 1);
      }
      for (std::string_view alternative : split(body, '|')) {
        if (alternative.empty()) row.fail("an empty alternative in the pattern");
        if (alternative[0] == '$' && alternative.size() > 1) {
          std::string name(alternative.substr(1));
          if (type_of(name) < 0) row.fail("class " + name + " is unknown");
          element.classes.push_back(type_of(name));
          if (element.binds.empty()) element.binds = name;
        } else {
          element.words.push_back(number(std::string(alternative)));
        }
      }
      if (!element.binds.empty()) bound.push_back(element.binds);
      sequence.elements.push_back(std::move(element));
    }
    sequences_.push_back(std::move(sequence));
  }
  check_names(row, rules_[rule].value, bound);
}

template <class F>
void TimeGrammar::each_of_class(int type, const Words& words, int at, int end, F&& use) const {
  const std::string& w = words.forms[at];
  auto word = [&](int k) -> std::string_view {
    return k < end ? std::string_view(words.forms[k]) : std::string_view();
  };
  auto entries = [&](int k) -> const std::vector<Entry>& {
    static const std::vector<Entry> none;
    return k < end && words.numbers[k] >= 0 ? entries_[words.numbers[k]] : none;
  };
  if (type >= kBuiltins || type == kNumber) {
    for (const Entry& e : entries(at)) {
      if (e.type != (type == kNumber ? numeral_ : type)) continue;
      int n = static_cast<int>(e.words.size());
      if (at + n > end || !std::equal(e.words.begin(), e.words.end(), words.numbers.begin() + at))
        continue;
      use(n, e.value);
      if (type != kNumber) continue;
      // "twenty-five", "twenty five", "a hundred"
      int next = at + n;
      if (e.number >= 20 && e.number < 100 && e.number % 10 == 0) {
        int skip = word(next) == "-" ? 1 : 0;
        for (const Entry& u : entries(next + skip))
          if (u.type == numeral_ && u.number > 0 && u.number < 10 && u.words.size() == 1)
            use(n + skip + 1, std::to_string(e.number + u.number));
      }
      if (e.number > 0 && e.number < 10 && (word(next) == "hundred" || word(next) == "thousand"))
        use(n + 1, std::to_string(e.number * (word(next) == "hundred" ? 100 : 1000)));
    }
    if (type == kNumber && !w.empty() && isdigit(static_cast<unsigned char>(w[0]))) {
      std::string plain = replace_all(w, ",", "");
      if (digits(plain) && plain.size() <= 6) {
        use(1, std::to_string(integer(plain)));
        // "4 1/2"
        if (word(at + 1) == "1/2" || word(at + 1) == "½") use(2, plain + ".5");
        if (word(at + 1) == "1" && word(at + 2) == "/" && word(at + 3) == "2") use(4, plain + ".5");
      } else if (size_t dot = w.find('.'); dot != std::string::npos &&
                                           digits(std::string_view(w).substr(0, dot)) &&
                                           digits(std::string_view(w).substr(dot + 1))) {
        use(1, w);
      }
    }
    return;
  }
  if (w.empty()) return;
  switch (type) {
    case kDay: {
      std::string_view d = w;
      for (std::string_view ending : {"st", "nd", "rd", "th"})
        if (d.size() > 2 && d.ends_with(ending)) d.remove_suffix(2);
      if (d.size() <= 2 && integer(d) >= 1 && integer(d) <= 31) use(1, std::to_string(integer(d)));
      break;
    }
    case kYear:
      if (w.size() == 4 && integer(w) >= 1500 && integer(w) <= 2199) use(1, w);
      // "nineteen ninety-three", as broadcasts are written down
      if ((w == "nineteen" || w == "eighteen" || w == "twenty") && at + 1 < end) {
        std::function<void(int, const std::string&)> second = [&](int n, const std::string& value) {
          if (integer(value) >= 10 && integer(value) <= 99)
            use(1 + n, std::to_string((w == "nineteen"   ? 1900
                                       : w == "eighteen" ? 1800
                                                         : 2000) +
                                      integer(value)));
        };
        each_of_class(kNumber, words, at + 1, end, second);
      }
      break;
    case kDecade:
      if (w.size() == 5 && w.ends_with("0s") && integer(w.substr(0, 4)) >= 1500)
        use(1, w.substr(0, 3));
      else if (w.ends_with("0s") &&
               (w.size() == 3 || ((w[0] == '\'' || w.starts_with("’")) && w.size() >= 4)))
        use(1, std::string(w[w.size() - 3] < '3' ? "20" : "19") + w[w.size() - 3]);
      else if ((w == "'" || w == "’") && word(at + 1).size() == 3 && word(at + 1).ends_with("0s"))
        use(2, "19" + std::string(word(at + 1).substr(0, 1)));
      break;
    case kClock: {
      size_t colon = w.find(':');
      if (colon != std::string::npos && integer(std::string_view(w).substr(0, colon)) >= 0 &&
          integer(std::string_view(w).substr(0, colon)) < 25 && w.size() >= colon + 3 &&
          w.find('.', colon) == std::string::npos &&  // "2:10.33" is a length
          integer(std::string_view(w).substr(colon + 1, 2)) >= 0 &&
          integer(std::string_view(w).substr(colon + 1, 2)) < 60)
        use(1, fmt::format("{:02}:{:02}", integer(std::string_view(w).substr(0, colon)),
                           integer(std::string_view(w).substr(colon + 1, 2))));
      break;
    }
    case kHours:
      if (w.size() == 4 && integer(w) >= 0 && integer(w) <= 2400 && integer(w) % 100 < 60)
        use(1, w.substr(0, 2) + ":" + w.substr(2));
      break;
    case kDigits:
      if (digits(w)) use(1, w);
      break;
    case kSlashed: {
      char mark = w.find('/') != std::string::npos ? '/' : '.';
      std::vector<std::string_view> parts = split(w, mark);
      if (parts.size() != 3 || !digits(parts[0]) || !digits(parts[1]) || !digits(parts[2])) break;
      int a = integer(parts[0]), b = integer(parts[1]), y = integer(parts[2]);
      if (parts[0].size() == 4) {
        // 2025/9/23
        if (b >= 1 && b <= 12 && y >= 1 && y <= month_length(a, b)) use(1, iso({a, b, y}));
        break;
      }
      if (parts[2].size() == 2) y += y < 40 ? 2000 : 1900;
      else if (parts[2].size() != 4) break;
      // With slashes month first, as in America, unless that is impossible; with points day first.
      int month = mark == '/' && a <= 12 ? a : b, day = mark == '/' && a <= 12 ? b : a;
      if (month >= 1 && month <= 12 && day >= 1 && day <= month_length(y, month))
        use(1, iso({y, month, day}));
      break;
    }
    case kShortYear: {
      std::string_view rest = w;
      if (rest[0] == '\'') rest.remove_prefix(1);
      else if (w.starts_with("’")) rest.remove_prefix(3);
      else break;
      if (rest.size() == 2 && digits(rest))
        use(1, std::to_string(integer(rest) + (integer(rest) < 40 ? 2000 : 1900)));
      break;
    }
    case kDottedClock:
      // "4.49 p.m."
      if (size_t dot = w.find('.');
          (dot == 1 || dot == 2) && w.size() == dot + 3 && integer(w.substr(0, dot)) >= 0 &&
          integer(w.substr(0, dot)) < 24 && integer(w.substr(dot + 1)) >= 0 &&
          integer(w.substr(dot + 1)) < 60)
        use(1, w.substr(0, dot) + ":" + w.substr(dot + 1));
      break;
    case kTwoDigitYear:
      if (w.size() == 2 && digits(w))
        use(1, std::to_string(integer(w) + (integer(w) < 40 ? 2000 : 1900)));
      break;
    default: break;
  }
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
