#include "net.h"

#include <fmt/format.h>

#include "simple_recurrent.h"
#include "tensors.h"

namespace chancery::training {

using torch::Tensor;

Net::Net(const NetworkShape& shape, const LabelSets& labels) : shape(shape) {
  source = register_module("source", torch::nn::Embedding(kTreebanks, kTreebankWidth));
  for (int l = 0; l < shape.layers; ++l) {
    int64_t in = l == 0 ? kInputWidth + kTreebankWidth : shape.width;
    auto layer = register_module(fmt::format("layer{}", l),
                                 torch::nn::Linear(in, shape.width * (l == 0 ? 4 : 3)));
    torch::NoGradGuard guard;
    torch::nn::init::xavier_uniform_(layer->weight);
    layer->bias.zero_();
    layer->bias.slice(0, shape.width, 2 * shape.width).fill_(0.5);  // remember at first
    layers.push_back(layer);
  }
  arc_dependent = register_module("arc_dependent", torch::nn::Linear(shape.width, shape.arc));
  arc_head = register_module("arc_head", torch::nn::Linear(shape.width, shape.arc));
  arc_matrix = register_parameter("arc_matrix", torch::randn({shape.arc, shape.arc}) * 0.02);
  arc_bias = register_parameter("arc_bias", torch::zeros({shape.arc}));
  arc_root = register_parameter("arc_root", torch::randn({shape.arc}) * 0.1);
  relation_dependent =
      register_module("relation_dependent", torch::nn::Linear(shape.width, shape.relation));
  relation_head = register_module("relation_head", torch::nn::Linear(shape.width, shape.relation));
  relation_root = register_parameter("relation_root", torch::randn({shape.relation}) * 0.1);
  relation_out = register_module(
      "relation_out",
      torch::nn::Linear(shape.relation, static_cast<int64_t>(labels.relations.size())));
  for (int l = 0; l < kLabels; ++l)
    taggers.push_back(register_module(
        fmt::format("tagger{}", l),
        torch::nn::Linear(shape.width, static_cast<int64_t>(labels.names[l].size()))));
}

Tensor Net::drop(const Tensor& x, double rate) {
  if (!is_training()) return x;
  Tensor mask = torch::empty({x.size(0), 1, x.size(2)}).bernoulli_(1 - rate) / (1 - rate);
  return x * mask;
}

Tensor Net::encode(const Tensor& embedded, const Batch& batch) {
  Tensor x =
      drop(torch::cat(
               {embedded, source(batch.source).unsqueeze(1).expand({-1, embedded.size(1), -1})}, 2),
           dropout);
  for (int l = 0; l < shape.layers; ++l)
    x = drop(simple_recurrent(layers[l](x), l == 0 ? Tensor() : x, batch.lengths), dropout);
  return x;
}

Tensor Net::arcs(const Tensor& x, const Tensor& real) {
  Tensor d = drop(torch::relu(arc_dependent(x)), 0.3), h = drop(torch::relu(arc_head(x)), 0.3);
  h = torch::cat({arc_root.view({1, 1, -1}).expand({x.size(0), 1, -1}), h}, 1);
  Tensor scores = torch::bmm(torch::matmul(d, arc_matrix), h.transpose(1, 2)) +
                  torch::matmul(h, arc_bias).unsqueeze(1);
  Tensor mask = torch::cat({torch::ones({real.size(0), 1}), real}, 1).unsqueeze(1);
  return scores + (mask - 1) * 1e9;
}

Tensor Net::relations(const Tensor& x, const Tensor& heads) {
  Tensor d = relation_dependent(x), h = relation_head(x);
  h = torch::cat({relation_root.view({1, 1, -1}).expand({x.size(0), 1, -1}), h}, 1);
  h = h.gather(1, heads.unsqueeze(2).expand({-1, -1, h.size(2)}));
  return relation_out(drop(torch::relu(d + h), 0.3));
}

// Every parameter with its name in the model file; linear layers are stored inputs by outputs.
template <class Self, class UseMatrix, class UseVector>
void Net::each_part(Self& self, UseMatrix&& matrix, UseVector&& vector) {
  auto linear = [&](const std::string& name, auto& layer) {
    matrix(name + ".weight", layer->weight, true);
    vector(name + ".bias", layer->bias);
  };
  matrix("source", self.source->weight, false);
  for (int l = 0; l < self.shape.layers; ++l) linear(fmt::format("encoder.{}", l), self.layers[l]);
  linear("arc.dependent", self.arc_dependent);
  linear("arc.head", self.arc_head);
  matrix("arc.matrix", self.arc_matrix, false);
  vector("arc.bias", self.arc_bias);
  vector("arc.root", self.arc_root);
  linear("relation.dependent", self.relation_dependent);
  linear("relation.head", self.relation_head);
  vector("relation.root", self.relation_root);
  linear("relation.out", self.relation_out);
  for (int l = 0; l < kLabels; ++l) linear(std::string("tagger.") + kTaggers[l], self.taggers[l]);
}

void Net::save(ModelFile& file, const LabelSets& labels) const {
  file.set("shape", Matrix{1,
                           4,
                           {static_cast<float>(shape.width), static_cast<float>(shape.layers),
                            static_cast<float>(shape.arc), static_cast<float>(shape.relation)}});
  each_part(
      *this,
      [&](const std::string& name, const Tensor& t, bool turned) {
        file.set(name, to_matrix(turned ? t.t() : t));
      },
      [&](const std::string& name, const Tensor& t) { file.set(name, to_matrix(t)); });
  for (int l = 0; l < kLabels; ++l) file.set(std::string("labels.") + kTaggers[l], labels.names[l]);
  file.set("labels.relation", labels.relations);
}

void Net::load(const ModelFile& file) {
  torch::NoGradGuard guard;
  auto read = [&](const std::string& name, uint32_t rows, uint32_t columns) {
    const Matrix m = file.matrix(name, rows, columns);
    return torch::from_blob(const_cast<float*>(m.values.data()), {m.rows, m.columns}, torch::kFloat)
        .clone();
  };
  each_part(
      *this,
      [&](const std::string& name, Tensor& t, bool turned) {
        Tensor m = turned ? read(name, t.size(1), t.size(0)).t() : read(name, t.size(0), t.size(1));
        t.copy_(m);
      },
      [&](const std::string& name, Tensor& t) { t.copy_(read(name, 1, t.size(0)).squeeze(0)); });
}

}  // namespace chancery::training
