// The words by which pages, bylines and headers are told from texts: data/page/words.tsv. Compiled in, so
// that a page is read without finding a file; which sets there are, page_words.def says.
#pragma once
#include "base/word_sets.h"

namespace chancery {

enum class PageWords {
#define CHANCERY_WORDS(name, values) name,
#include "article/page_words.def"
#undef CHANCERY_WORDS
};

// Throws StartError at the first call where the table is wrong.
const WordSet& page_words(PageWords set);

}  // namespace chancery
