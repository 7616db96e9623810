#include "language/recurrent/recurrent_encoder.h"

#include <algorithm>
#include <string>

namespace chancery {
namespace {

// What one thread needs while it reads; kept between articles, so that reading allocates next to
// nothing.
struct Workspace {
  Quantized quantized;
  std::vector<float> x, u, h;
};

}  // namespace

RecurrentEncoder::RecurrentEncoder(const ModelFile& file, const Kernels& kernels)
    : kernels_(kernels) {
  Matrix shape = file.matrix("shape", 1, 4);
  width_ = static_cast<int>(shape.values[0]);
  int layers = static_cast<int>(shape.values[1]);
  if (width_ < 32 || width_ > 1024 || width_ % 32 || layers < 1 || layers > 16)
    refuse_model(file, "damaged model: a shape that no network has");
  vocabulary_ = Vocabulary(file.strings("vocabulary"));
  for (int t = 0; t <= kFeatureTables; ++t) {
    uint32_t rows = t == kFeatureTables ? kGramRows
                    : t == kWord        ? vocabulary_.size() + 1
                                        : kTableRows[t];
    tables_[t] = table_section(file, "table." + std::to_string(t), rows,
                               t == kFeatureTables ? kGramWidth : kTableWidth[t]);
  }
  source_ = row_section(file, "source", kTreebankWidth);
  for (int l = 0; l < layers; ++l)
    layers_.push_back(packed_section(file, "encoder." + std::to_string(l), l == 0 ? kIn : width_,
                                     width_ * (l == 0 ? 4 : 3)));
}

void RecurrentEncoder::embed(const Token& token, float* to) const {
  FeatureRows rows = feature_rows(token.form, vocabulary_);
  for (int t = 0; t < kFeatureTables; ++t) {
    const EmbeddingTable& table = tables_[t];
    kernels_.accumulate(table.row(rows.tables[t]), table.scale[rows.tables[t]],
                        static_cast<int>(table.width), to);
    to += table.width;
  }
  const EmbeddingTable& grams = tables_[kFeatureTables];
  for (uint32_t g = 0; g < rows.gram_count; ++g)
    kernels_.accumulate(grams.row(rows.grams[g]),
                        grams.scale[rows.grams[g]] * kGramWeight[rows.gram_count], kGramWidth, to);
  std::copy(source_.begin(), source_.end(), to + kGramWidth);
}

void RecurrentEncoder::encode(const Document& document, std::vector<float>& states) const {
  const Kernels& k = kernels_;
  states.resize(document.tokens.size() * static_cast<size_t>(width_));
  // Words at a time: enough to keep the products busy, few enough to stay in the processor's
  // second-level cache.
  constexpr int kBlock = 320;
  thread_local Workspace space;
  for (size_t first = 0; first < document.sentences.size();) {
    size_t last = first;
    int begin = document.sentences[first].begin, end = begin;
    while (last < document.sentences.size() &&
           (last == first || document.sentences[last].end - begin <= kBlock))
      end = document.sentences[last++].end;
    int n = end - begin;
    space.x.assign(static_cast<size_t>(n) * std::max(kIn, width_), 0.f);
    for (int i = 0; i < n; ++i)
      embed(document.tokens[begin + i], &space.x[static_cast<size_t>(i) * kIn]);
    int in = kIn;
    for (size_t l = 0; l < layers_.size(); ++l) {
      const Packed& layer = layers_[l];
      k.quantize(space.x.data(), in, in, n, space.quantized);
      space.u.resize(static_cast<size_t>(n) * layer.stride);
      k.product(space.quantized, layer, space.u.data(), n);
      space.h.resize(static_cast<size_t>(n) * width_);
      for (size_t s = first; s < last; ++s) {
        size_t from = document.sentences[s].begin - begin;
        k.recur(&space.u[from * layer.stride], layer.stride, l == 0 ? 4 : 3,
                &space.x[from * width_], &space.h[from * width_], width_,
                document.sentences[s].end - document.sentences[s].begin);
      }
      space.x.swap(space.h);
      in = width_;
    }
    std::copy_n(space.x.begin(), static_cast<size_t>(n) * width_,
                &states[static_cast<size_t>(begin) * width_]);
    // A sentence that is longer than a block made the space so large.
    if (n > kBlock) space = {};
    first = last;
  }
}

}  // namespace chancery
