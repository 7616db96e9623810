#include "ledger/parts.h"

#include <array>

#include "base/error.h"

namespace chancery {
namespace {

using Words = std::array<const char*, 4>;
// A word's number is its place, from 1.
constexpr Words kItems = {"statement", "event", "position", "novelty"};
constexpr Words kParts = {"by", "toward", "via", "about"};

int64_t number_of(const Words& words, std::string_view word) {
  for (size_t i = 0; i < words.size(); ++i)
    if (word == words[i]) return static_cast<int64_t>(i) + 1;
  throw Error("'" + std::string(word) + "' is no item and no part");
}

std::string words_of(const Words& words, const std::string& column) {
  std::string out = "CASE " + column;
  for (size_t i = 0; i < words.size(); ++i)
    out += " WHEN " + std::to_string(i + 1) + " THEN '" + words[i] + "'";
  return out + " END";
}

}  // namespace

int64_t item_number(std::string_view item) { return number_of(kItems, item); }
int64_t part_number(std::string_view part) { return number_of(kParts, part); }

int64_t day_code(std::string_view day) {
  int64_t out = 0;
  for (char c : day)
    if (c >= '0' && c <= '9') out = out * 10 + (c - '0');
  return out;
}

std::string part_is(const std::string& row, std::string_view item, std::string_view part) {
  std::string out = row + "item = " + std::to_string(item_number(item));
  if (!part.empty()) out += " AND " + row + "part = " + std::to_string(part_number(part));
  return out;
}

std::string item_words(const std::string& column) { return words_of(kItems, column); }
std::string part_words(const std::string& column) { return words_of(kParts, column); }

std::string day_words(const std::string& column) {
  // With a digit before them, so that no zero of a year is lost. In small letters: TEXT is a column's
  // (Database::ddl).
  const std::string digits = "CAST(100000000 + " + column + " AS text)";
  return "CASE WHEN " + column + " > 0 THEN substr(" + digits + ", 2, 4) || '-' || substr(" +
         digits + ", 6, 2) || '-' || substr(" + digits + ", 8, 2) END";
}

std::string day_code_of(const std::string& column) {
  return "coalesce(CAST(nullif(replace(" + column + ", '-', ''), '') AS INTEGER), 0)";
}

}  // namespace chancery
