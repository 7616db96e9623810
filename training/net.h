// The network of src/language/network.h in libtorch, for training.
#pragma once
#include <torch/torch.h>

#include <array>
#include <vector>

#include "base/model_file.h"
#include "corpus.h"
#include "embeddings.h"
#include "language/network.h"

namespace chancery::training {

struct Batch {
  FeatureBatch features;
  torch::Tensor source, real, lengths, heads, relation;  // [B], [B,T], [B], [B,T], [B,T]
  std::array<torch::Tensor, kLabels> labels;             // [B,T]
  int64_t words = 0;
};

struct Net : torch::nn::Module {
  Net(const NetworkShape& shape, const LabelSets& labels);

  torch::Tensor encode(const torch::Tensor& x,
                       const Batch& batch);  // gathered embeddings → [B,T,width]
  torch::Tensor arcs(const torch::Tensor& x,
                     const torch::Tensor& real);  // [B,T,T+1]; column 0 is the root
  torch::Tensor relations(const torch::Tensor& x, const torch::Tensor& heads);
  torch::Tensor drop(
      const torch::Tensor& x,
      double rate);  // one mask for all words of a sentence (Gal and Ghahramani 2016)

  void save(ModelFile& file, const LabelSets& labels) const;
  void load(const ModelFile& file);

  NetworkShape shape;
  double dropout = 0.25;
  torch::nn::Embedding source{nullptr};
  std::vector<torch::nn::Linear> layers;
  torch::nn::Linear arc_dependent{nullptr}, arc_head{nullptr}, relation_dependent{nullptr},
      relation_head{nullptr}, relation_out{nullptr};
  torch::Tensor arc_matrix, arc_bias, arc_root, relation_root;
  std::vector<torch::nn::Linear> taggers;

 private:
  template <class Self, class UseMatrix, class UseVector>
  static void each_part(Self& self, UseMatrix&& matrix, UseVector&& vector);
};

}  // namespace chancery::training
