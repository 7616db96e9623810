// The words by which a text is cut into tokens and sentences: data/language/words.tsv. Compiled in, so
// that the tokenizer needs nothing but the text; which sets there are, text_words.def says.
#pragma once
#include "base/word_sets.h"

namespace chancery {

enum class TextWords {
#define CHANCERY_WORDS(name, values) name,
#include "language/text_words.def"
#undef CHANCERY_WORDS
};

// Throws StartError at the first call where the table is wrong.
const WordSet& text_words(TextWords set);

}  // namespace chancery
