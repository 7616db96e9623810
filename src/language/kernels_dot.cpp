// ARM64 with dot products of bytes, compiled with -march=armv8.2-a+dotprod; called only where the
// processor has them.
#if defined(__aarch64__)
#include <cstdint>
#define CHANCERY_LANE_BYTES 16
namespace chancery {
namespace {
using Activation = int8_t;
constexpr int kActivationOffset = 0;
}  // namespace
}  // namespace chancery
#include "language/kernels_neon.h"

namespace chancery {
namespace {

struct Multiply {
  int32x4_t sum = vdupq_n_s32(0);
  inline __attribute__((always_inline)) void add(int8x16_t w, int8x16_t x) {
    sum = vdotq_s32(sum, w, x);
  }
  inline __attribute__((always_inline)) void add(int8x16_t w, int8x16_t x, int8x16_t next_w,
                                                 int8x16_t next_x) {
    sum = vdotq_s32(vdotq_s32(sum, w, x), next_w, next_x);
  }
  int32x4_t columns() const { return sum; }
};

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  neon_product<Multiply, 4>(x, w, out, rows);
}

}  // namespace

const Kernels& dot_kernels();
const Kernels& dot_kernels() {
  static const Kernels table{"neon-dot", accumulate, quantize,  product, recur,
                             arcs,       add_scaled, normalize, gelu,    attend};
  return table;
}

}  // namespace chancery
#endif
