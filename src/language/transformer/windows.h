// The stretches of an article that a transformer reads at once. A pure function of the pieces of
// each token and of the tokenizer's sentences and paragraphs; training makes the same ones.
//
// Whole sentences are packed together while the sum of their pieces is at most kPacked; paragraphs
// are no limit, the article is. A sentence of more pieces than that has a window of its own; of
// more than kMost pieces, several, each of as many tokens as fit into kMost: the next begins at the
// first token from which at most kOverlap pieces remain to the end of the last.
#pragma once
#include <cstdint>
#include <vector>

#include "language/document.h"

namespace chancery {

struct Window {
  int begin = 0, end = 0;  // tokens it reads
  int own_begin = 0,
      own_end = 0;  // tokens whose state is taken from it: where two windows overlap,
                    // from the one with more pieces on the token's shorter side
};

class Windows {
 public:
  // [CLS] and [SEP], the pieces between them, and a word's.
  static constexpr int kPacked = 400, kMost = 480, kOverlap = 96, kMostOfToken = 12;

  // starts[i]: pieces of the document before token i; one more number than tokens.
  static std::vector<Window> of(const Document& document, const std::vector<uint32_t>& starts);
};

}  // namespace chancery
