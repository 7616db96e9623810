#include "register/state_bodies.h"

#include <algorithm>
#include <vector>

#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// So many words name a portfolio ("Youth, Sports and Culture"); more are no name.
constexpr size_t kLongestPortfolio = 6;

// Straight apostrophes, single blanks, no article.
std::string without_article(std::string_view words) {
  std::string out = replace_all(squeeze(words), "’", "'");
  if (out.starts_with("the ") || out.starts_with("The ")) out.erase(0, 4);
  return out;
}

// As words stand in the table: in small letters and American spelling.
std::string plain(std::string_view words) {
  return replace_all(replace_all(lower(words), "defence", "defense"), "labour", "labor");
}

// "Foreign Affairs" of "Ministry of Foreign Affairs", "Foreign" of "Foreign Ministry"; "" of others.
std::string portfolio_of(const std::string& words) {
  const std::string small = lower(words);
  for (const std::string_view before : {"ministry of ", "ministry for "})
    if (small.starts_with(before)) return without_article(words.substr(before.size()));
  constexpr std::string_view kBehind = " ministry";
  return small.ends_with(kBehind) ? words.substr(0, words.size() - kBehind.size()) : "";
}

bool all_capitalized(const std::string& words) {
  const std::vector<std::string_view> all = split_words(words);
  return all.size() <= kLongestPortfolio &&
         std::all_of(all.begin(), all.end(), [](std::string_view w) {
           return w == "and" || w == "of" || (w[0] >= 'A' && w[0] <= 'Z');
         });
}

}  // namespace

StateBodies::StateBodies(const std::string& file) {
  Table table(file, {"words", "kind", "name"});
  for (const Table::Row& row : table.rows()) {
    if (row[1] != "body" && row[1] != "portfolio") row.fail("kind is body or portfolio");
    const std::string sought = plain(without_article(row[0]));
    if (row[0] != sought) row.fail("'" + row[0] + "' is looked for as '" + sought + "'");
    if (row[2].empty()) row.fail("no name");
    if (!(row[1] == "body" ? bodies_ : portfolios_).emplace(row[0], row[2]).second)
      row.fail("'" + row[0] + "' stands twice");
  }
}

std::string StateBodies::name(std::string_view words) const {
  const std::string straight = without_article(words);
  const auto body = bodies_.find(plain(straight));
  if (body != bodies_.end()) return body->second;
  const std::string portfolio = portfolio_of(straight);
  if (portfolio.empty()) return "";
  const auto known = portfolios_.find(plain(portfolio));
  if (known != portfolios_.end()) return known->second + " Ministry";
  return all_capitalized(portfolio) ? portfolio + " Ministry" : "";
}

}  // namespace chancery
