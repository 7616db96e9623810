#include "language/text_words.h"

#include "base/embedded.h"

CHANCERY_EMBEDDED(chancery_text_words, CHANCERY_TEXT_WORDS);

namespace chancery {
namespace {

constexpr WordSets::Name kNames[] = {
#define CHANCERY_WORDS(name, values) {#name, values},
#include "language/text_words.def"
#undef CHANCERY_WORDS
};

}  // namespace

const WordSet& text_words(TextWords set) {
  static const WordSets sets(
      Table(
          {chancery_text_words, static_cast<size_t>(chancery_text_words_end - chancery_text_words)},
          "data/language/words.tsv", WordSets::columns()),
      kNames);
  return sets[static_cast<size_t>(set)];
}

}  // namespace chancery
