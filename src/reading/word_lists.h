// The words that rules of reading ask for by name: data/lexicon/words.tsv. Which sets there are,
// word_lists.def says; the table must have each of them, and no other.
#pragma once
#include <string>

#include "base/word_sets.h"

namespace chancery {

enum class WordList {
#define CHANCERY_WORDS(room, name, values) name,
#include "reading/word_lists.def"
#undef CHANCERY_WORDS
};

class WordLists {
 public:
  // Throws StartError naming file and line.
  explicit WordLists(const std::string& path);
  const WordSet& operator[](WordList list) const { return sets_[static_cast<size_t>(list)]; }

 private:
  WordSets sets_;
};

}  // namespace chancery
