// The network of the language engine: an encoder (encoder.h) and heads over its states. Training
// (training/net.h) builds the same heads.
//
// Heads: tags, features, lemma scripts, names, attribution roles (one linear layer each); arcs
// (biaffine, Dozat and Manning 2017) and relations (one hidden layer over dependent and head);
// where sentences begin (optional: without it the tokenizer's sentences stand).
#pragma once
#include <memory>
#include <string>

#include "language/document.h"
#include "language/encoder.h"
#include "language/kernels.h"

namespace chancery {

// What a model file says of its own size (section "shape", in this order): width of the states,
// layers of a recurrent encoder, widths of the hidden layers of arcs and relations.
struct NetworkShape {
  int width = 256, layers = 4, arc = 128, relation = 96;
};

// Sections of a packed model beside the encoder's own and the labels: "heads" (arc.dependent,
// arc.head, relation.dependent, relation.head and the taggers side by side, each starting at a
// multiple of 16 columns); "boundary" (optional: 2 columns, the second says that this token begins
// a sentence); "readers" (optional: what the learnt readers of src/reading take from the encoder,
// Document::readings); "coreference.words" (optional: Document::mention_words);
// "judge.hidden", "judge.out" and "judge.sides" (optional: Document::judged by
// one hidden layer with GELU, Document::sides with GELU); "arc.matrix"; "relation.out"; and the vectors "shape", "arc.bias",
// "arc.root", "relation.root".
constexpr const char* kTaggers[] = {"xpos", "upos", "features", "lemma", "name", "attribution"};

class Network {
 public:
  // Throws StartError when the file is missing, damaged or of another shape.
  explicit Network(const std::string& model_path, const Kernels& kernels = chancery::kernels());
  ~Network();
  Network(const Network&) = delete;

  // Fills tags, features, lemmas, names, attribution roles and trees of all tokens, and draws
  // proposed sentences anew where the model knows where they begin. Thread-safe; the same input
  // gives the same output whatever else runs and whichever kernels are used.
  // `states`, when given, gets the encoder's output, shape().width numbers a token (for training
  // the readers).
  void annotate(Document& document, std::vector<float>* states = nullptr) const;
  const NetworkShape& shape() const;
  // What annotate() costs, counted in places (Encoder::work): the same on every machine.
  size_t work(const Document& document) const;
  double bytes_of_work() const;  // Encoder::bytes_of_work
  // The model's file, for the sections that belong to the learnt readers.
  const ModelFile& file() const;

 private:
  struct Weights;
  struct Heads;
  std::unique_ptr<Weights> weights_;
};

}  // namespace chancery
