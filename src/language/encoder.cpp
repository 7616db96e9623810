#include "language/encoder.h"

#include "language/recurrent/recurrent_encoder.h"
#include "language/transformer/transformer_encoder.h"

namespace chancery {

std::unique_ptr<Encoder> load_encoder(const ModelFile& file, const Kernels& kernels) {
  if (file.has("transformer.shape")) return std::make_unique<TransformerEncoder>(file, kernels);
  return std::make_unique<RecurrentEncoder>(file, kernels);
}

}  // namespace chancery
