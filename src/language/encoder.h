// What reads words in their context: the tokens of a document in, one state a token out. Heads
// (network.h) are small layers over the states and do not ask which encoder made them.
//
// Two encoders: recurrent/ (embeddings of word features and simple recurrent layers; fast) and
// transformer/ (WordPiece and attention; accurate). The model's file says which it holds: a
// transformer where section "transformer.shape" is, a recurrent one otherwise.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "base/model_file.h"
#include "language/document.h"
#include "language/kernels.h"

namespace chancery {

class Encoder {
 public:
  virtual ~Encoder() = default;
  // Numbers of a state.
  virtual int width() const = 0;
  // `states` becomes width() numbers a token, token after token. Reads the forms of the tokens, the
  // sentences and the paragraphs of `document`, nothing else. Thread-safe; the same document gives
  // the same bits whatever else runs and whichever kernels are used.
  virtual void encode(const Document& document, std::vector<float>& states) const = 0;
  // What reading `document` costs, in the places that encode() goes through: its tokens, or their
  // pieces.
  virtual size_t work(const Document& document) const { return document.tokens.size(); }
  // How many bytes of a long text each of them must bring to be worth going through: more where a
  // place costs more.
  virtual double bytes_of_work() const { return 2.1; }
  // Whether a word, in lower case, is whole in its vocabulary. Rare words are not, whatever they are.
  virtual bool knows(std::string_view word) const = 0;
};

// The encoder that the file holds; `file` must outlive it. Throws StartError naming the section
// that is missing or damaged.
std::unique_ptr<Encoder> load_encoder(const ModelFile& file, const Kernels& kernels);

}  // namespace chancery
