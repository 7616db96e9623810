// The embedding tables of words, outside libtorch: a batch touches some thousand rows of 90,000, so
// gathering them and updating only what was touched (Adam with lazy rows) costs a tenth of dense
// updates.
#pragma once
#include <torch/torch.h>

#include <vector>

#include "base/model_file.h"
#include "language/recurrent/features.h"

namespace chancery::training {

// Rows for all words of a batch, padding left out: word i of sentence b stands at [b * steps + i].
struct FeatureBatch {
  int64_t batch = 0, steps = 0;
  std::vector<const FeatureRows*> words;  // nullptr: padding
  std::vector<char> unknown;              // the word's own row is hidden (word dropout)
};

class Embeddings {
 public:
  // `vectors`: rows for the vocabulary's words, 1-based in the table; empty for tables that are
  // loaded later.
  explicit Embeddings(const Matrix& vectors);

  torch::Tensor gather(const FeatureBatch& batch) const;  // [B,T,kInputWidth], requires a gradient
  void update(const FeatureBatch& batch, const torch::Tensor& gradient, float rate, long step);
  void average(float keep);  // moves the averaged tables towards the present ones

  void save(ModelFile& file) const;  // the averaged tables
  void load(const ModelFile& file);
  // Swaps present and averaged tables (for evaluation).
  void swap();

 private:
  struct Table {
    uint32_t rows, width;
    std::vector<float> value, first, second, averaged;
  };
  template <class F>
  void each_part(const FeatureBatch& batch, int64_t word, F&& use) const;
  std::vector<Table> tables_;  // kFeatureTables and the n-grams
};

}  // namespace chancery::training
