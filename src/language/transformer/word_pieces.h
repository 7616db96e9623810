// The pieces of a word as uncased BERT cuts it (Wu et al. 2016; Devlin et al. 2019): lower case,
// accents off, punctuation and CJK characters apart, then the longest pieces of the vocabulary from
// the left, all but a word's first written "##piece". No context: equal forms have equal pieces.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/vocabulary.h"

namespace chancery {

// Whether a piece of the pre-trained vocabulary is worth its place in a model of English: places that
// it keeps free ("[unused7]") and pieces in other scripts than Latin are not. What is left of a word
// in another script is one unknown piece.
bool piece_of_english(std::string_view piece);

class WordPieces {
 public:
  WordPieces() = default;
  // The vocabulary in the order of its numbers; views must outlive this. Throws Error when one of
  // "[UNK]", "[CLS]", "[SEP]" is missing.
  explicit WordPieces(std::vector<std::string_view> vocabulary);

  // Appends the numbers of the first `most` pieces of `form`, at least one: a form without a
  // visible character is unknown().
  void cut(std::string_view form, size_t most, std::vector<uint32_t>& to) const;

  // Whether a word is one piece, as it stands.
  bool has(std::string_view word) const { return pieces_.row(word) != 0; }

  uint32_t size() const { return pieces_.size(); }
  uint32_t unknown() const { return unknown_; }
  uint32_t begin() const { return begin_; }  // [CLS]
  uint32_t end() const { return end_; }      // [SEP]

 private:
  void cut_part(const std::u32string& part, std::vector<uint32_t>& to) const;

  Vocabulary pieces_;
  uint32_t unknown_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace chancery
