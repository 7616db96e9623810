// The accurate encoder: a transformer over word pieces (Vaswani et al. 2017; BERT's layers: layer
// norm after each part, GELU), of which the last layers are mixed by fixed shares. The state of a
// word is the mean of its pieces, an embedding of its shape and the sum of those of its endings
// (word_endings.h), through one linear layer and GELU.
// A state sees its whole window (windows.h), beyond its sentence.
//
// Linear layers multiply 8-bit integers, attention 16-bit ones; all else is float in a fixed order.
// Sections of the model: training/README.md; there they are as trained, here "transformer.L.qkv",
// ".out", ".inner", ".outer" and "transformer.input" are packed, "transformer.words" is
// half bytes, "transformer.positions" and "transformer.ending_rows" are bytes, pieces are those that
// English needs (word_pieces.h), and queries are divided by the root of a head's width.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "language/encoder.h"
#include "language/sections.h"
#include "language/transformer/windows.h"
#include "language/transformer/word_pieces.h"

namespace chancery {

class TransformerEncoder final : public Encoder {
 public:
  TransformerEncoder(const ModelFile& file, const Kernels& kernels);
  int width() const override { return input_.out; }
  void encode(const Document& document, std::vector<float>& states) const override;
  size_t work(const Document& document) const override;
  // Ten times the other encoder's cost: so 200 KB of whatever is read take no more than eight seconds.
  double bytes_of_work() const override { return 2.75; }
  bool knows(std::string_view word) const override { return pieces_.has(word); }

 private:
  struct Norm {
    const float* weight = nullptr;
    const float* bias = nullptr;
  };
  struct Layer {
    Packed qkv, out, inner, outer;
    Norm norm1, norm2;
  };
  struct Workspace;
  struct Batch;

  void embed(const Batch& batch, Workspace& space) const;
  void run_layers(const Batch& batch, Workspace& space) const;
  void load_endings(const ModelFile& file);
  void add_endings(std::string_view form, float* to) const;
  void run_rows(const Layer& layer, int begin, int end, Workspace& space) const;
  void pool(const Batch& batch, const Document& document, Workspace& space, float* states) const;

  const Kernels& kernels_;
  int layers_ = 0, width_ = 0, heads_ = 0, inner_ = 0, mixed_ = 0, shape_width_ = 0,
      ending_width_ = 0;
  WordPieces pieces_;
  HalfByteTable words_;
  EmbeddingTable positions_;
  const float* shapes_ = nullptr;
  const float* endings_ = nullptr;  // floats, as models of earlier versions have them, or …
  EmbeddingTable ending_rows_;      // … bytes
  Norm norm_;
  std::vector<Layer> stack_;
  std::vector<float> mix_;
  Packed input_;
};

}  // namespace chancery
