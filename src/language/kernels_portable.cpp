// What every x86-64 and most other processors have: sixteen registers of sixteen bytes.
#define CHANCERY_BLOCK_ROWS 2
#define CHANCERY_LANE_BYTES 16
#include "language/kernels_source.h"

namespace chancery {

Packed::Packed(const Matrix& weight, const Matrix* given) : in(static_cast<int>(weight.rows)), out(static_cast<int>(weight.columns)), stride((out + 15) / 16 * 16) {
  panels.assign(static_cast<size_t>(in) * stride, 0.f);
  bias.assign(stride, 0.f);
  for (int k = 0; k < in; ++k)
    for (int c = 0; c < out; ++c) panels[static_cast<size_t>(c / 16 * 16) * in + static_cast<size_t>(k) * 16 + c % 16] = weight.values[static_cast<size_t>(k) * out + c];
  if (given)
    for (int c = 0; c < out; ++c) bias[c] = given->values[c];
}

const Kernels& portable_kernels() {
  static const Kernels table{product, sigmoid};
  return table;
}

#if defined(__x86_64__)
const Kernels& avx2_kernels();
#endif

const Kernels& kernels() {
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx2) return avx2_kernels();
#endif
  return portable_kernels();
}

}  // namespace chancery
