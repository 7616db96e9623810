#include "article/header_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <vector>

#include "article/page_words.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// English month names and the commonest of other languages in headers, by their beginnings.
int month_of(const std::string& word) {
  const WordSet& names = page_words(PageWords::month_beginnings);
  if (word.size() < 3) return 0;
  const std::string* best = nullptr;
  for (const std::string& name : names)
    if (word.starts_with(name) && (!best || name.size() > best->size())) best = &name;
  if (!best) return 0;
  const int month = std::atoi(std::string(names.value(*best)).c_str());
  // "marine", "octagon" and "mayor" are no months: a long English tail must be the name's own.
  if (best->size() == 3 && word.size() > 3 && static_cast<unsigned char>(word[0]) < 0x80) {
    const std::string& whole = *(page_words(PageWords::months).begin() + (month - 1));
    const WordSet& tails = page_words(PageWords::month_tails);
    if (!whole.starts_with(word) && word != "sept" &&
        std::none_of(tails.begin(), tails.end(),
                     [&](const std::string& tail) { return word.starts_with(tail); }))
      return 0;
  }
  return month;
}

bool valid(int y, int m, int d) {
  static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (y < 1800 || y > 2100 || m < 1 || m > 12 || d < 1 || d > days[m - 1]) return false;
  bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  return !(m == 2 && d == 29 && !leap);
}

// Zones by name, as RFC 822 has them and as feeds of other parts of the world write theirs. "" for a
// name that is none.
std::string_view offset_of_zone(std::string_view name) {
  return page_words(PageWords::zones).value(name);
}

struct Piece {
  enum Kind { number, word, mark } kind;
  std::string text;
  int value = 0, digits = 0;
  size_t begin = 0, end = 0;
};

std::vector<Piece> pieces(std::string_view text) {
  std::vector<Piece> out;
  for (size_t at = 0; at < text.size() && out.size() < 400;) {
    size_t begin = at;
    char32_t c = decode_utf8(text, at);
    if (is_space(c)) continue;
    Piece p;
    p.begin = begin;
    if (c < 0x80 && is_digit(c)) {
      p.kind = Piece::number;
      p.value = static_cast<int>(c - '0');
      p.digits = 1;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        if (p.digits < 9) p.value = p.value * 10 + (text[at] - '0');
        ++p.digits;
        ++at;
      }
    } else if (is_letter(c)) {
      p.kind = Piece::word;
      while (at < text.size()) {
        size_t before = at;
        if (!is_letter(decode_utf8(text, at))) {
          at = before;
          break;
        }
      }
      p.text = lower(text.substr(begin, at - begin));
    } else {
      p.kind = Piece::mark;
      p.text = text.substr(begin, at - begin);
    }
    p.end = at;
    out.push_back(std::move(p));
  }
  return out;
}

struct Reader {
  std::string_view text;
  std::vector<Piece> p;

  bool mark(size_t i, std::string_view m) const {
    return i < p.size() && p[i].kind == Piece::mark && p[i].text == m;
  }
  bool number(size_t i) const { return i < p.size() && p[i].kind == Piece::number; }
  bool word(size_t i, std::string_view w) const {
    return i < p.size() && p[i].kind == Piece::word && p[i].text == w;
  }
  int month(size_t i) const {
    return i < p.size() && p[i].kind == Piece::word ? month_of(p[i].text) : 0;
  }
  bool touching(size_t i) const { return i + 1 < p.size() && p[i].end == p[i + 1].begin; }

  bool short_number(size_t i) const { return number(i) && p[i].digits <= 2; }
  bool year(size_t i) const { return number(i) && p[i].digits == 4; }
  bool separator(size_t i) const { return mark(i, "-") || mark(i, "/") || mark(i, "."); }
  bool any_mark(size_t i, std::string_view marks) const {
    return i < p.size() && p[i].kind == Piece::mark && p[i].text.size() == 1 &&
           marks.find(p[i].text) != std::string_view::npos;
  }
  // Past "st", "nd", "rd" or "th".
  size_t behind_ordinal(size_t i) const {
    return i + (word(i, "st") || word(i, "nd") || word(i, "rd") || word(i, "th"));
  }

  // A clock time within the next few pieces: "08:19", "8:19:05 pm", "T08:19Z", "at 8.19 a.m.
  // +0900".
  std::string time(size_t i) const {
    const size_t stop = std::min(p.size(), i + 7);
    for (; i + 2 < p.size() && i < stop; ++i) {
      if (month(i) && i > 0) return "";
      if (clock(i)) return clock_time(i);
    }
    return "";
  }

  bool clock(size_t i) const {
    return short_number(i) && p[i].value <= 23 && (mark(i + 1, ":") || mark(i + 1, "h")) &&
           number(i + 2) && p[i + 2].digits == 2 && p[i + 2].value <= 59;
  }

  std::string clock_time(size_t i) const {
    int hour = p[i].value;
    const int minute = p[i + 2].value;
    i += 3;
    std::string seconds;
    if (mark(i, ":") && number(i + 1) && p[i + 1].digits == 2 && p[i + 1].value < 60) {
      seconds = fmt::format(":{:02}", p[i + 1].value);
      i += 2;
      if (mark(i, ".") && number(i + 1)) i += 2;
    }
    const bool pm = word(i, "pm") || (word(i, "p") && mark(i + 1, ".")),
               am = word(i, "am") || (word(i, "a") && mark(i + 1, "."));
    if (pm && hour < 12) hour += 12;
    if (am && hour == 12) hour = 0;
    if (pm || am) i += word(i, "pm") || word(i, "am") ? 1 : 4;
    return fmt::format("T{:02}:{:02}{}{}", hour, minute, seconds, zone(i));
  }

  // The zone of a clock time that ends before `i`; "" for none.
  std::string zone(size_t i) const {
    if (i < p.size() && p[i].kind == Piece::word)
      if (std::string_view offset = offset_of_zone(p[i].text); !offset.empty()) {
        // "GMT+0900" is an offset, plain GMT is Z.
        if (!any_mark(i + 1, "+-") || !number(i + 2)) return std::string(offset);
        ++i;
      }
    if (!any_mark(i, "+-") || !number(i + 1)) return "";
    const Piece& hours = p[i + 1];
    if (hours.digits == 4)
      return fmt::format("{}{:02}:{:02}", p[i].text, hours.value / 100, hours.value % 100);
    if (hours.digits == 2 && mark(i + 2, ":") && number(i + 3))
      return fmt::format("{}{:02}:{:02}", p[i].text, hours.value, p[i + 3].value);
    // "+02", "GMT+1"
    if (hours.digits <= 2 && hours.value <= 14 && touching(i - 1) && touching(i))
      return fmt::format("{}{:02}:00", p[i].text, hours.value);
    return "";
  }

  struct Day {
    int year = 0, month = 0, day = 0;
    size_t next = 0;  // the piece behind it; 0: no day is here
  };

  // "2031-05-12", "2031/5/12"
  Day year_first(size_t i) const {
    if (p[i + 4].digits > 2) return {};
    const size_t next = i + 5;
    return {p[i].value, p[i + 2].value, p[i + 4].value,
            next + (word(next, "t") && touching(i + 4))};
  }

  // "May 12th, 2031"
  Day month_first(size_t i) const {
    const size_t day = i + 1 + any_mark(i + 1, ".,");
    if (!short_number(day)) return {};
    size_t last = behind_ordinal(day + 1);
    last += any_mark(last, ".,");
    if (!year(last)) return {};
    return {p[last].value, month(i), p[day].value, last + 1};
  }

  // "12th of May 2031", with the month at `k`
  Day day_first(size_t i, size_t k) const {
    size_t last = k + 1;
    last += any_mark(last, ",.-") || word(last, "de") || word(last, "del");
    if (year(last)) return {p[last].value, month(k), p[i].value, last + 1};
    // "12 May 31 09:00": the year of RFC 822.
    if (number(last) && p[last].digits == 2 && number(last + 1) && mark(last + 2, ":"))
      return {p[last].value + (p[last].value < 50 ? 2000 : 1900), month(k), p[i].value, last + 1};
    return {};
  }

  // "12.5.2031", "5/12/31"
  Day in_numbers(size_t i) const {
    if (!separator(i + 1) || !short_number(i + 2) || !separator(i + 3) ||
        p[i + 1].text != p[i + 3].text || !number(i + 4))
      return {};
    const bool short_year = p[i + 4].digits == 2;
    if (!short_year && p[i + 4].digits != 4) return {};
    if (short_year && p[i + 1].text == "-") return {};
    const int a = p[i].value, b = p[i + 2].value, year = p[i + 4].value + (short_year ? 2000 : 0);
    const bool day_first = p[i + 1].text == "." || a > 12;
    return {year, day_first ? b : a, day_first ? a : b, i + 5};
  }

  Day day_at(size_t i) const {
    if (year(i) && separator(i + 1) && short_number(i + 2) && separator(i + 3) && number(i + 4))
      return year_first(i);
    if (number(i) && p[i].digits == 8)
      return {p[i].value / 10000, p[i].value / 100 % 100, p[i].value % 100, i + 1};
    if (month(i)) return month_first(i);
    if (!short_number(i)) return {};
    size_t k = behind_ordinal(i + 1);
    k += any_mark(k, ".-") || word(k, "de") || word(k, "of");
    return month(k) ? day_first(i, k) : in_numbers(i);
  }

  std::optional<std::string> date() const {
    for (size_t i = 0; i < p.size(); ++i)
      if (const Day d = day_at(i); d.next && valid(d.year, d.month, d.day))
        return fmt::format("{:04}-{:02}-{:02}{}", d.year, d.month, d.day, time(d.next));
    return std::nullopt;
  }
};

}  // namespace

std::optional<std::string> header_date(std::string_view text) {
  Reader reader{text, pieces(text)};
  return reader.date();
}

}  // namespace chancery
