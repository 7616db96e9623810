#include "ledger/columns.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/strings.h"

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

struct Rows {
  std::string_view question, columns;
};
constexpr Rows kRows[] = {
    {"statements",
     "number date speaker via quote content occasion article force addressee place confidence "
     "article_number id when from to precision reported cue"},
    {"events",
     "number date source type mode target status place cameo goldstein words article happening "
     "article_number id when from to precision reported confidence"},
    {"acts",
     "number date source type target status place goldstein reports words article happening "
     "article_number when from to precision reported id confidence"},
    {"timeline",
     "period events A_>_B B_>_A cooperation conflict goldstein mean from to precision "
     "A_>_B_cooperation A_>_B_conflict B_>_A_cooperation B_>_A_conflict"},
    {"positions",
     "number date holder stance toward topic content condition stages article issue "
     "holder_country toward_country article_number id when from to precision reported confidence"},
    {"changes",
     "number date holder change issue before before_date before_article after article when from "
     "to precision reported article_number id"},
    {"calendar",
     "number date who type mode with place status became words article source_country "
     "target_country reported happening article_number said_in when from to precision id "
     "confidence became_article announced"},
    {"deadlines",
     "number date holder stance toward content condition issue article holder_country "
     "toward_country article_number id when from to reported confidence"},
    {"novelty",
     "number date claim what by since verdict words article article_number id when from to "
     "precision reported"},
    {"stories", "number last first title articles from to precision"},
    {"articles",
     "number date publisher title article url copy_of replaces story from to precision"},
    {"topics", "issue positions holders first last from to precision"},
    {"contacts", "name country type acts first last from to precision country_basis"},
    {"network", "a b events goldstein cooperation conflict from to precision"},
    {"copies", "number date publisher title article what other other_publisher from to precision"},
    {"actors",
     "name kind country sector role articles mentions statements events number from to precision "
     "country_basis"},
    {"search", "number date title words article publisher copy_of from to precision"}};

}  // namespace

std::vector<std::string> columns_of(std::string_view question) {
  std::vector<std::string> out;
  for (const Rows& rows : kRows)
    if (rows.question == question)
      for (std::string_view name : split_words(rows.columns))
        out.push_back(name.find('>') == std::string_view::npos
                          ? std::string(name)
                          : replace_all(std::string(name), "_", " "));
  return out;
}

bool is_number_of(ColumnKind kind, std::string_view cell) {
  const std::string_view number = cell;
  if (!cell.empty() && cell[0] == '-') cell.remove_prefix(1);
  size_t digits = 0;
  while (digits < cell.size() && isdigit(static_cast<unsigned char>(cell[digits]))) ++digits;
  if (!digits || (digits > 1 && cell[0] == '0')) return false;
  cell.remove_prefix(digits);
  if (kind == ColumnKind::integer || cell.empty()) return cell.empty() && number.size() < 19;
  if (kind != ColumnKind::real) return false;
  auto figures = [&](char before, bool sign) {
    if (cell.empty() || cell[0] != before) return true;
    cell.remove_prefix(1);
    if (sign && !cell.empty() && (cell[0] == '-' || cell[0] == '+')) cell.remove_prefix(1);
    size_t n = 0;
    while (n < cell.size() && isdigit(static_cast<unsigned char>(cell[n]))) ++n;
    cell.remove_prefix(n);
    return n > 0;
  };
  return figures('.', false) && figures('e', true) && cell.empty();
}

ColumnKind kind_of_column(std::string_view name) {
  if (has(kIntegers, name)) return ColumnKind::integer;
  if (has(kReals, name)) return ColumnKind::real;
  if (has(kDays, name)) return ColumnKind::day;
  // A timeline counts what went from one state to the other: "NOR > ISL".
  return name.find(" > ") != std::string_view::npos ? ColumnKind::integer : ColumnKind::text;
}

}  // namespace chancery
