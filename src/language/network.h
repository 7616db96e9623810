// The network of the language engine: shapes, and running it. Training (training/net.h) builds the
// same one.
//
// Encoder: the embeddings of a word's features (features.h) and one of the treebank's kind,
// concatenated; then layers of a simple recurrent unit without recurrent weights (Lei et al. 2018;
// Bradbury et al. 2017), each run forward over one half of its width and backward over the other:
//   [x' f r (p)] = W x + b,  f, r = sigmoid,  c_t = f·c_{t-1} + (1 - f)·x',  h = r·c + (1 - r)·p
//   (p is the input itself after layer 0)
// so that all matrix products are over many sentences at once and only cheap elementwise work runs
// along the sentence. Heads: tags, features, lemma scripts, names, attribution roles (one linear
// layer each); arcs (biaffine, Dozat and Manning 2017) and relations (one hidden layer over
// dependent and head).
#pragma once
#include <memory>
#include <string>

#include "language/document.h"
#include "language/kernels.h"

namespace chancery {

// What a model file says of its own size (section "shape", in this order).
struct NetworkShape {
  int width = 256, layers = 4, arc = 128, relation = 96;
};

// Where a training sentence came from. `any` is what chancery reads as: gold sentences are half the
// time shown as `any` and half the time as their own treebank, so that differences of convention do
// not blur into one.
enum class Treebank { any, ewt, gum, silver };
constexpr int kTreebanks = 4, kTreebankWidth = 8;

// Sections of a packed model beside the vocabulary, the tables and the labels: "encoder.N"; "heads"
// (arc.dependent, arc.head, relation.dependent, relation.head and the taggers side by side, each
// starting at a multiple of 16 columns); "readers" (optional: what the learnt readers of
// src/reading take from the encoder, Document::readings); "arc.matrix"; "relation.out"; and the
// vectors "shape", "source", "arc.bias", "arc.root", "relation.root".
constexpr const char* kTaggers[] = {"xpos", "upos", "features", "lemma", "name", "attribution"};

class Network {
 public:
  // Throws StartError when the file is missing, damaged or of another shape.
  explicit Network(const std::string& model_path, const Kernels& kernels = chancery::kernels());
  ~Network();
  Network(const Network&) = delete;

  // Fills tags, features, lemmas, names, attribution roles and trees of all tokens. Thread-safe;
  // the same input gives the same output whatever else runs and whichever kernels are used.
  // `states`, when given, gets the encoder's output, shape().width numbers a token (for training
  // the readers).
  void annotate(Document& document, std::vector<float>* states = nullptr) const;
  const NetworkShape& shape() const;
  // The model's file, for the sections that belong to the learnt readers.
  const ModelFile& file() const;

 private:
  struct Weights;
  std::unique_ptr<Weights> weights_;
};

}  // namespace chancery
