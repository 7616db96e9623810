#include "reading/when/time_classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/calendar.h"
#include "base/strings.h"
#include "reading/when/time_grammar.h"

namespace chancery {
namespace time_classes {

bool digits(std::string_view s) {
  return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

int integer(std::string_view s) {
  int value = -1;
  if (digits(s) && s.size() < 9) std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

bool numeric(const std::string& w) {
  return !w.empty() &&
         (isdigit(static_cast<unsigned char>(w[0])) || w[0] == '\'' || w.starts_with("’"));
}

}  // namespace time_classes

namespace {

using namespace time_classes;

std::string two_digit_year(int year) { return std::to_string(year + (year < 40 ? 2000 : 1900)); }

// "21st": the day of a month; "" for none.
std::string day_in(std::string_view w) {
  for (std::string_view ending : {"st", "nd", "rd", "th"})
    if (w.size() > 2 && w.ends_with(ending)) w.remove_suffix(2);
  return w.size() <= 2 && integer(w) >= 1 && integer(w) <= 31 ? std::to_string(integer(w)) : "";
}

// "8:30"; "2:10.33" is a length.
std::string clock_in(const std::string& w) {
  const size_t colon = w.find(':');
  if (colon == std::string::npos || w.size() < colon + 3 || w.find('.', colon) != std::string::npos)
    return "";
  const int hour = integer(std::string_view(w).substr(0, colon)),
            minute = integer(std::string_view(w).substr(colon + 1, 2));
  return hour >= 0 && hour < 25 && minute >= 0 && minute < 60
             ? fmt::format("{:02}:{:02}", hour, minute)
             : "";
}

// "4.49 p.m."
std::string dotted_clock_in(const std::string& w) {
  const size_t dot = w.find('.');
  if ((dot != 1 && dot != 2) || w.size() != dot + 3) return "";
  const std::string hour = w.substr(0, dot), minute = w.substr(dot + 1);
  return integer(hour) >= 0 && integer(hour) < 24 && integer(minute) >= 0 && integer(minute) < 60
             ? hour + ":" + minute
             : "";
}

// "0830"
std::string hours_in(const std::string& w) {
  return w.size() == 4 && integer(w) >= 0 && integer(w) <= 2400 && integer(w) % 100 < 60
             ? w.substr(0, 2) + ":" + w.substr(2)
             : "";
}

// "9/23/2025", "23.9.2025", "2025/9/23"
std::string slashed_in(const std::string& w) {
  const char mark = w.find('/') != std::string::npos ? '/' : '.';
  std::vector<std::string_view> parts = split(w, mark);
  if (parts.size() != 3 || !digits(parts[0]) || !digits(parts[1]) || !digits(parts[2])) return "";
  const int a = integer(parts[0]), b = integer(parts[1]);
  int y = integer(parts[2]);
  if (parts[0].size() == 4)
    return b >= 1 && b <= 12 && y >= 1 && y <= month_length(a, b) ? iso({a, b, y}) : "";
  if (parts[2].size() == 2) y += y < 40 ? 2000 : 1900;
  else if (parts[2].size() != 4) return "";
  // With slashes month first, as in America, unless that is impossible; with points day first.
  const bool month_first = mark == '/' && a <= 12;
  const int month = month_first ? a : b, day = month_first ? b : a;
  return month >= 1 && month <= 12 && day >= 1 && day <= month_length(y, month)
             ? iso({y, month, day})
             : "";
}

// "'98"
std::string short_year_in(const std::string& w) {
  std::string_view rest = w;
  if (rest[0] == '\'') rest.remove_prefix(1);
  else if (w.starts_with("’")) rest.remove_prefix(3);
  else return "";
  return rest.size() == 2 && digits(rest) ? two_digit_year(integer(rest)) : "";
}

// "1990s", "90s", "'90s"
std::string decade_in(const std::string& w) {
  if (w.size() == 5 && w.ends_with("0s") && integer(w.substr(0, 4)) >= 1500) return w.substr(0, 3);
  if (w.ends_with("0s") &&
      (w.size() == 3 || ((w[0] == '\'' || w.starts_with("’")) && w.size() >= 4)))
    return std::string(w[w.size() - 3] < '3' ? "20" : "19") + w[w.size() - 3];
  return "";
}

// What a word is as a member of a class that one word makes; "" for none.
std::string one_word(int type, const std::string& w) {
  switch (type) {
    case kDay: return day_in(w);
    case kYear: return w.size() == 4 && integer(w) >= 1500 && integer(w) <= 2199 ? w : "";
    case kDecade: return decade_in(w);
    case kClock: return clock_in(w);
    case kHours: return hours_in(w);
    case kDigits: return digits(w) ? w : "";
    case kSlashed: return slashed_in(w);
    case kShortYear: return short_year_in(w);
    case kDottedClock: return dotted_clock_in(w);
    case kTwoDigitYear: return w.size() == 2 && digits(w) ? two_digit_year(integer(w)) : "";
    default: return "";
  }
}

std::string_view word_at(const TimeGrammar::Words& words, int at, int end) {
  return at < end ? std::string_view(words.forms[at]) : std::string_view();
}

}  // namespace

const std::vector<TimeGrammar::Entry>& TimeGrammar::entries_at(const Words& words, int at,
                                                               int end) const {
  static const std::vector<Entry> none;
  return at < end && words.numbers[at] >= 0 ? entries_[words.numbers[at]] : none;
}

void TimeGrammar::each_of_class(int type, const Words& words, int at, int end,
                                const UseMember& use) const {
  if (type >= kBuiltins || type == kNumber) {
    for (const Entry& e : entries_at(words, at, end)) {
      if (e.type != (type == kNumber ? numeral_ : type)) continue;
      const int n = static_cast<int>(e.words.size());
      if (at + n > end || !std::equal(e.words.begin(), e.words.end(), words.numbers.begin() + at))
        continue;
      use(n, e.value);
      if (type == kNumber) number_words(e, words, at + n, n, end, use);
    }
    if (type == kNumber) number_in_figures(words, at, end, use);
    return;
  }
  const std::string& w = words.forms[at];
  if (w.empty()) return;
  if (std::string value = one_word(type, w); !value.empty()) use(1, value);
  if (type == kYear) year_in_words(words, at, end, use);
  const std::string_view next = word_at(words, at + 1, end);
  if (type == kDecade && (w == "'" || w == "’") && next.size() == 3 && next.ends_with("0s"))
    use(2, "19" + std::string(next.substr(0, 1)));
}

// "twenty-five", "twenty five", "a hundred": what goes on behind a number word of n tokens.
void TimeGrammar::number_words(const Entry& e, const Words& words, int next, int n, int end,
                               const UseMember& use) const {
  const std::string_view word = word_at(words, next, end);
  if (e.number >= 20 && e.number < 100 && e.number % 10 == 0) {
    const int skip = word == "-" ? 1 : 0;
    for (const Entry& u : entries_at(words, next + skip, end))
      if (u.type == numeral_ && u.number > 0 && u.number < 10 && u.words.size() == 1)
        use(n + skip + 1, std::to_string(e.number + u.number));
  }
  if (e.number > 0 && e.number < 10 && (word == "hundred" || word == "thousand"))
    use(n + 1, std::to_string(e.number * (word == "hundred" ? 100 : 1000)));
}

// "1,200", "4 1/2", "3.5"
void TimeGrammar::number_in_figures(const Words& words, int at, int end,
                                    const UseMember& use) const {
  const std::string& w = words.forms[at];
  if (w.empty() || !isdigit(static_cast<unsigned char>(w[0]))) return;
  const std::string plain = replace_all(w, ",", "");
  if (digits(plain) && plain.size() <= 6) {
    use(1, std::to_string(integer(plain)));
    const std::string_view next = word_at(words, at + 1, end);
    if (next == "1/2" || next == "½") use(2, plain + ".5");
    if (next == "1" && word_at(words, at + 2, end) == "/" && word_at(words, at + 3, end) == "2")
      use(4, plain + ".5");
  } else if (size_t dot = w.find('.'); dot != std::string::npos &&
                                       digits(std::string_view(w).substr(0, dot)) &&
                                       digits(std::string_view(w).substr(dot + 1))) {
    use(1, w);
  }
}

// "nineteen ninety-three", as broadcasts are written down
void TimeGrammar::year_in_words(const Words& words, int at, int end, const UseMember& use) const {
  const std::string& w = words.forms[at];
  const int century = w == "nineteen" ? 1900 : w == "eighteen" ? 1800 : w == "twenty" ? 2000 : 0;
  if (!century || at + 1 >= end) return;
  each_of_class(kNumber, words, at + 1, end, [&](int n, const std::string& value) {
    if (integer(value) >= 10 && integer(value) <= 99)
      use(1 + n, std::to_string(century + integer(value)));
  });
}

}  // namespace chancery
