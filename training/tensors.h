// Between libtorch's tensors and the matrices of model files; and offsets of corpora, which count
// code points.
#pragma once
#include <torch/torch.h>

#include <string>
#include <vector>

#include "base/model_file.h"
#include "base/utf8.h"

namespace chancery::training {

// A vector becomes one row.
inline Matrix to_matrix(torch::Tensor t) {
  t = t.detach().contiguous();
  if (t.dim() == 1) t = t.unsqueeze(0);
  Matrix out{static_cast<uint32_t>(t.size(0)), static_cast<uint32_t>(t.size(1)), {}};
  out.values.assign(t.data_ptr<float>(), t.data_ptr<float>() + t.numel());
  return out;
}

// The byte at which each code point begins, and the end.
inline std::vector<uint32_t> bytes_of_code_points(const std::string& text) {
  std::vector<uint32_t> bytes;
  for (size_t at = 0; at < text.size();) {
    bytes.push_back(static_cast<uint32_t>(at));
    decode_utf8(text, at);
  }
  bytes.push_back(static_cast<uint32_t>(text.size()));
  return bytes;
}

}  // namespace chancery::training
