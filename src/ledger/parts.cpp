#include "ledger/parts.h"

#include <fmt/format.h>

#include <array>
#include <span>

#include "base/calendar.h"
#include "base/error.h"

namespace chancery {
namespace {

using Words = std::span<const char* const>;
constexpr std::array kItems = {"statement", "event", "position", "novelty", "occasion"};
constexpr std::array kParts = {"by", "toward", "via", "about"};

// Days are counted from a year that makes those of our time short, in months of 31 days each.
constexpr int kFirstYear = 1950, kMonth = 31, kYear = 12 * kMonth;
constexpr int64_t kNone = -1000000;  // before the year 1
constexpr int kDayLetters = 10;

int64_t place_of(Words words, std::string_view word) {
  for (size_t i = 0; i < words.size(); ++i)
    if (word == words[i]) return static_cast<int64_t>(i);
  throw Error("'" + std::string(word) + "' is no item and no part");
}

std::string words_of(Words words, const std::string& number) {
  std::string out = "CASE " + number;
  for (size_t i = 0; i < words.size(); ++i)
    out += " WHEN " + std::to_string(i) + " THEN '" + words[i] + "'";
  return out + " END";
}

}  // namespace

int64_t play_number(std::string_view item, std::string_view part) {
  return place_of(kItems, item) * static_cast<int64_t>(kParts.size()) + place_of(kParts, part);
}

int64_t day_code(std::string_view day) {
  const auto d = day.size() == kDayLetters ? parse_day(day) : std::nullopt;
  return d ? (d->year - kFirstYear) * kYear + (d->month - 1) * kMonth + d->day - 1 : kNone;
}

std::string part_is(const std::string& row, std::string_view item, std::string_view part) {
  if (!part.empty()) return fmt::format("{}play = {}", row, play_number(item, part));
  return fmt::format("{}play BETWEEN {} AND {}", row, play_number(item, kParts.front()),
                     play_number(item, kParts.back()));
}

std::string item_words(const std::string& column) {
  return words_of(kItems, fmt::format("({} / {})", column, kParts.size()));
}
std::string part_words(const std::string& column) {
  return words_of(kParts, fmt::format("({} % {})", column, kParts.size()));
}

std::string day_words(const std::string& column) {
  // No number below is negative, and each has a digit more, so that no zero is lost. In small
  // letters: TEXT is a column's (Database::ddl).
  const std::string days = fmt::format("({} + {})", column, kFirstYear * kYear);
  return fmt::format(
      "CASE WHEN {} THEN substr(CAST(10000 + {} / {} AS text), 2) || '-' || substr(CAST(101 + "
      "({} % {}) / {} AS text), 2) || '-' || substr(CAST(101 + {} % {} AS text), 2) END",
      is_dated(column), days, kYear, days, kYear, kMonth, days, kMonth);
}

std::string is_dated(const std::string& column) { return fmt::format("{} > {}", column, kNone); }
std::string is_undated(const std::string& column) { return fmt::format("{} = {}", column, kNone); }

std::string day_code_of(const std::string& column) {
  return fmt::format(
      "CASE WHEN {0} > '' THEN (CAST(substr({0}, 1, 4) AS INTEGER) - {1}) * {2} + "
      "(CAST(substr({0}, 6, 2) AS INTEGER) - 1) * {3} + CAST(substr({0}, 9, 2) AS INTEGER) - 1 "
      "ELSE {4} END",
      column, kFirstYear, kYear, kMonth, kNone);
}

}  // namespace chancery
