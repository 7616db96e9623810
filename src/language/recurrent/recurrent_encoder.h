// The fast encoder: the embeddings of a word's features (features.h) and one of the treebank's
// kind, concatenated; then layers of a simple recurrent unit without recurrent weights (Lei et al.
// 2018; Bradbury et al. 2017), each run forward over one half of its width and backward over the
// other:
//   [x' f r (p)] = W x + b,  f, r = sigmoid,  c_t = f·c_{t-1} + (1 - f)·x',  h = r·c + (1 - r)·p (p
//   is the input itself after layer 0)
// so that all matrix products are over many sentences at once and only cheap elementwise work runs
// along the sentence. A state sees its own sentence and nothing beyond.
//
// Sections of the model: "shape" (width and layers are the first two numbers), "vocabulary",
// "table.N", "source", "encoder.N".
#pragma once
#include <array>
#include <vector>

#include "language/encoder.h"
#include "language/recurrent/features.h"
#include "language/sections.h"

namespace chancery {

class RecurrentEncoder final : public Encoder {
 public:
  RecurrentEncoder(const ModelFile& file, const Kernels& kernels);
  int width() const override { return width_; }
  void encode(const Document& document, std::vector<float>& states) const override;
  bool knows(std::string_view word) const override { return vocabulary_.row(word) != 0; }

 private:
  // Token of `document` → kIn numbers at `to`, which are zero before.
  void embed(const Token& token, float* to) const;

  static constexpr int kIn = static_cast<int>(kInputWidth) + kTreebankWidth;
  const Kernels& kernels_;
  int width_ = 0;
  Vocabulary vocabulary_;
  std::array<EmbeddingTable, kFeatureTables + 1> tables_;
  std::vector<float> source_;  // the embedding of Treebank::any, the convention we read by
  std::vector<Packed> layers_;
};

}  // namespace chancery
