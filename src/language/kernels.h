// The numeric kernels of the network: a matrix product and a sigmoid, in two builds of the same source (portable, and AVX2
// with fused multiply-add), chosen once at run time. The two round differently in the last bits; decisions on ordinary text
// are the same (checked by a test), bytes of probabilities may not be.
#pragma once
#include <cstddef>
#include <vector>

#include "language/model_file.h"

namespace chancery {

// A weight matrix repacked into panels of 16 columns, with its bias; columns are padded with zeros.
struct Packed {
  int in = 0, out = 0, stride = 0;  // stride: columns rounded up to 16
  std::vector<float> panels, bias;
  Packed() = default;
  Packed(const Matrix& weight, const Matrix* bias);
};

struct Kernels {
  // out[rows × stride] = x[rows × in] · w + bias. `out` rows are w.stride floats apart, x rows `x_stride`.
  void (*product)(const float* x, size_t x_stride, const Packed& w, float* out, int rows);
  void (*sigmoid)(float* values, size_t count);
};

// The best kernels this processor runs; `portable` for comparison.
const Kernels& kernels();
const Kernels& portable_kernels();

}  // namespace chancery
