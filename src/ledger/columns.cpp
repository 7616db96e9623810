#include "ledger/columns.h"

#include <algorithm>
#include <array>

namespace chancery {
namespace {

constexpr std::array kIntegers = {
    "number",     "article_number", "happening",   "reports",  "articles",      "mentions",
    "statements", "events",         "positions",   "holders",  "acts",          "copy_of",
    "replaces",   "story",          "cooperation", "conflict", "became_article"};
constexpr std::array kReals = {"goldstein", "confidence", "mean"};
constexpr std::array kDays = {"date", "from", "to", "reported", "first", "last", "before_date"};

template <size_t N>
bool has(const std::array<const char*, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ColumnKind kind_of_column(std::string_view name) {
  if (has(kIntegers, name)) return ColumnKind::integer;
  if (has(kReals, name)) return ColumnKind::real;
  if (has(kDays, name)) return ColumnKind::day;
  // A timeline counts what went from one state to the other: "NOR > ISL".
  return name.find(" > ") != std::string_view::npos ? ColumnKind::integer : ColumnKind::text;
}

}  // namespace chancery
