#include "article/page_words.h"

#include "base/embedded.h"

CHANCERY_EMBEDDED(chancery_page_words, CHANCERY_PAGE_WORDS);

namespace chancery {
namespace {

constexpr WordSets::Name kNames[] = {
#define CHANCERY_WORDS(name, values) {#name, values},
#include "article/page_words.def"
#undef CHANCERY_WORDS
};

}  // namespace

const WordSet& page_words(PageWords set) {
  static const WordSets sets = WordSets::compiled_in(chancery_page_words, chancery_page_words_end,
                                                     "data/page/words.tsv", kNames);
  return sets[static_cast<size_t>(set)];
}

}  // namespace chancery
