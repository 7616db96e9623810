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

// Zones by name, as RFC 822 has them and as feeds of other parts of the world write theirs. Names
// that several zones bear in newspapers (IST) are left out, and so are those that do not tell
// summer time from winter time (ET).
std::string_view offset_of_zone(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> zones[] = {
      {"z", "Z"},         {"ut", "Z"},        {"utc", "Z"},       {"gmt", "Z"},
      {"wet", "+00:00"},  {"est", "-05:00"},  {"edt", "-04:00"},  {"cst", "-06:00"},
      {"cdt", "-05:00"},  {"mst", "-07:00"},  {"mdt", "-06:00"},  {"pst", "-08:00"},
      {"pdt", "-07:00"},  {"akst", "-09:00"}, {"akdt", "-08:00"}, {"hst", "-10:00"},
      {"ast", "-04:00"},  {"adt", "-03:00"},  {"nst", "-03:30"},  {"ndt", "-02:30"},
      {"bst", "+01:00"},  {"west", "+01:00"}, {"cet", "+01:00"},  {"met", "+01:00"},
      {"mez", "+01:00"},  {"cest", "+02:00"}, {"mest", "+02:00"}, {"mesz", "+02:00"},
      {"eet", "+02:00"},  {"eest", "+03:00"}, {"sast", "+02:00"}, {"msk", "+03:00"},
      {"pkt", "+05:00"},  {"wib", "+07:00"},  {"hkt", "+08:00"},  {"sgt", "+08:00"},
      {"awst", "+08:00"}, {"jst", "+09:00"},  {"kst", "+09:00"},  {"acst", "+09:30"},
      {"acdt", "+10:30"}, {"aest", "+10:00"}, {"aedt", "+11:00"}, {"nzst", "+12:00"},
      {"nzdt", "+13:00"}};
  for (const auto& [zone, offset] : zones)
    if (zone == name) return offset;
  return "";
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

  // A clock time within the next few pieces: "08:19", "8:19:05 pm", "T08:19Z", "at 8.19 a.m.
  // +0900".
  std::string time(size_t i) const {
    size_t stop = std::min(p.size(), i + 7);
    for (; i + 2 < p.size() && i < stop; ++i) {
      if (month(i) && i > 0) return "";
      if (!number(i) || p[i].digits > 2 || p[i].value > 23 ||
          !(mark(i + 1, ":") || mark(i + 1, "h")) || !number(i + 2) || p[i + 2].digits != 2 ||
          p[i + 2].value > 59)
        continue;
      int hour = p[i].value, minute = p[i + 2].value, second = -1;
      i += 3;
      if (mark(i, ":") && number(i + 1) && p[i + 1].digits == 2 && p[i + 1].value < 60) {
        second = p[i + 1].value;
        i += 2;
        if (mark(i, ".") && number(i + 1)) i += 2;
      }
      bool pm = word(i, "pm") || (word(i, "p") && mark(i + 1, ".")),
           am = word(i, "am") || (word(i, "a") && mark(i + 1, "."));
      if (pm && hour < 12) hour += 12;
      if (am && hour == 12) hour = 0;
      if (pm || am) i += word(i, "pm") || word(i, "am") ? 1 : 4;
      std::string out = second < 0 ? fmt::format("T{:02}:{:02}", hour, minute)
                                   : fmt::format("T{:02}:{:02}:{:02}", hour, minute, second);
      if (i < p.size() && p[i].kind == Piece::word)
        if (std::string_view offset = offset_of_zone(p[i].text); !offset.empty()) {
          // "GMT+0900" is an offset, plain GMT is Z.
          if (!(mark(i + 1, "+") || mark(i + 1, "-")) || !number(i + 2))
            return out + std::string(offset);
          ++i;
        }
      if ((mark(i, "+") || mark(i, "-")) && number(i + 1)) {
        if (p[i + 1].digits == 4)
          return out + fmt::format("{}{:02}:{:02}", p[i].text, p[i + 1].value / 100,
                                   p[i + 1].value % 100);
        if (p[i + 1].digits == 2 && mark(i + 2, ":") && number(i + 3))
          return out + fmt::format("{}{:02}:{:02}", p[i].text, p[i + 1].value, p[i + 3].value);
        // "+02", "GMT+1"
        if (p[i + 1].digits <= 2 && p[i + 1].value <= 14 && touching(i - 1) && touching(i))
          return out + fmt::format("{}{:02}:00", p[i].text, p[i + 1].value);
      }
      return out;
    }
    return "";
  }

  std::optional<std::string> date() const {
    for (size_t i = 0; i < p.size(); ++i) {
      int y = 0, m = 0, d = 0;
      size_t next = 0;
      auto year = [&](size_t k) { return number(k) && p[k].digits == 4; };
      auto separator = [&](size_t k) { return mark(k, "-") || mark(k, "/") || mark(k, "."); };
      if (year(i) && separator(i + 1) && number(i + 2) && p[i + 2].digits <= 2 &&
          separator(i + 3) && number(i + 4)) {
        y = p[i].value, m = p[i + 2].value, d = p[i + 4].value, next = i + 5;
        if (p[i + 4].digits > 2) continue;
        if (word(next, "t") && touching(i + 4)) ++next;
      } else if (number(i) && p[i].digits == 8) {
        y = p[i].value / 10000, m = p[i].value / 100 % 100, d = p[i].value % 100, next = i + 1;
      } else if (month(i)) {
        size_t k = i + 1;
        if (mark(k, ".") || mark(k, ",")) ++k;
        if (number(k) && p[k].digits <= 2) {
          size_t l = k + 1;
          if (word(l, "st") || word(l, "nd") || word(l, "rd") || word(l, "th")) ++l;
          if (mark(l, ",") || mark(l, ".")) ++l;
          if (year(l)) m = month(i), d = p[k].value, y = p[l].value, next = l + 1;
        }
      } else if (number(i) && p[i].digits <= 2) {
        size_t k = i + 1;
        if (word(k, "st") || word(k, "nd") || word(k, "rd") || word(k, "th")) ++k;
        if (mark(k, ".") || mark(k, "-") || word(k, "de") || word(k, "of")) ++k;
        if (month(k)) {
          size_t l = k + 1;
          if (mark(l, ",") || mark(l, ".") || mark(l, "-") || word(l, "de") || word(l, "del")) ++l;
          if (year(l)) d = p[i].value, m = month(k), y = p[l].value, next = l + 1;
          // "12 May 31 09:00": the year of RFC 822.
          else if (number(l) && p[l].digits == 2 && number(l + 1) && mark(l + 2, ":"))
            d = p[i].value, m = month(k), y = p[l].value + (p[l].value < 50 ? 2000 : 1900),
            next = l + 1;
        } else if (separator(i + 1) && number(i + 2) && p[i + 2].digits <= 2 && separator(i + 3) &&
                   p[i + 1].text == p[i + 3].text && number(i + 4) &&
                   (p[i + 4].digits == 4 || p[i + 4].digits == 2)) {
          int a = p[i].value, b = p[i + 2].value;
          y = p[i + 4].value + (p[i + 4].digits == 2 ? 2000 : 0);
          bool day_first = p[i + 1].text == "." || a > 12;
          m = day_first ? b : a;
          d = day_first ? a : b;
          next = i + 5;
          if (p[i + 4].digits == 2 && p[i + 1].text != "/" && p[i + 1].text != ".") continue;
        }
      }
      if (next == 0 || !valid(y, m, d)) continue;
      return fmt::format("{:04}-{:02}-{:02}{}", y, m, d, time(next));
    }
    return std::nullopt;
  }
};

}  // namespace

std::optional<std::string> header_date(std::string_view text) {
  Reader reader{text, pieces(text)};
  return reader.date();
}

}  // namespace chancery
