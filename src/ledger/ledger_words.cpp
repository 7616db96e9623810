#include "ledger/ledger_words.h"

#include <algorithm>

#include "base/embedded.h"

CHANCERY_EMBEDDED(chancery_ledger_words, CHANCERY_LEDGER_WORDS);

namespace chancery {
namespace {

constexpr WordSets::Name kNames[] = {
#define CHANCERY_WORDS(name, values) {#name, values},
#include "ledger/ledger_words.def"
#undef CHANCERY_WORDS
};

}  // namespace

const WordSet& ledger_words(LedgerWords set) {
  static const WordSets sets = WordSets::compiled_in(
      chancery_ledger_words, chancery_ledger_words_end, "data/ledger/words.tsv", kNames);
  return sets[static_cast<size_t>(set)];
}

bool begins_with(std::string_view text, LedgerWords set) {
  const WordSet& words = ledger_words(set);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return text.starts_with(word); });
}

bool has_part(std::string_view text, LedgerWords set) {
  const WordSet& words = ledger_words(set);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

std::string sql_is(const std::string& column, LedgerWords set) {
  std::string out;
  for (const std::string& word : ledger_words(set))
    out += (out.empty() ? "" : " OR ") + column + " = '" + word + "'";
  return out;
}

}  // namespace chancery
