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
  static const WordSets sets = WordSets::compiled_in(chancery_text_words, chancery_text_words_end,
                                                     "data/language/words.tsv", kNames);
  return sets[static_cast<size_t>(set)];
}

}  // namespace chancery
