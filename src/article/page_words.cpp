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
  static const WordSets sets(
      Table(
          {chancery_page_words, static_cast<size_t>(chancery_page_words_end - chancery_page_words)},
          "data/page/words.tsv", WordSets::columns()),
      kNames);
  return sets[static_cast<size_t>(set)];
}

}  // namespace chancery
