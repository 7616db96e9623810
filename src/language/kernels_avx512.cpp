// Compiled with -mavx512f -mavx512bw -mavx512vl -mavx512vnni; called only where the processor has
// them.
#if defined(__x86_64__)
#include <immintrin.h>

#include <cstdint>
#include <type_traits>
#define CHANCERY_LANE_BYTES 64
namespace chancery {
namespace {
using Activation = uint8_t;
constexpr int kActivationOffset = 128;
}  // namespace
}  // namespace chancery
#include "language/kernels_source.h"

namespace chancery {
namespace {

inline LaneBits multiply_pairs(LaneBits sum, LaneBits x, LaneBits w) {
  asm("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(w));
  return sum;
}

// R rows by P panels of 16 columns.
template <int R, int P>
inline void block(const uint8_t* x, const float* scale, const Packed& w, int column, float* out) {
  __m512i sum[R][P];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 8
    for (int p = 0; p < P; ++p) sum[r][p] = _mm512_setzero_si512();
  const int8_t* panel = w.panels + static_cast<size_t>(column) * w.depth;
  size_t next = static_cast<size_t>(16) * w.depth;
  for (int k = 0; k < w.depth; k += 4) {
    __m512i weights[P];
#pragma GCC unroll 8
    for (int p = 0; p < P; ++p)
      weights[p] = _mm512_loadu_si512(panel + p * next + static_cast<size_t>(k) * 16);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      int32_t four;
      std::memcpy(&four, x + static_cast<size_t>(r) * w.depth + k, 4);
      __m512i value = _mm512_set1_epi32(four);
      // As assembly, because GCC 12 copies the sums to and fro around the intrinsic (a third of the
      // speed).
#pragma GCC unroll 8
      for (int p = 0; p < P; ++p)
        asm("vpdpbusd %2, %1, %0" : "+v"(sum[r][p]) : "v"(value), "v"(weights[p]));
    }
  }
#pragma GCC unroll 8
  for (int p = 0; p < P; ++p) {
    __m512i moved = _mm512_loadu_si512(w.sum + column + 16 * p);
    __m512 scales = _mm512_loadu_ps(w.scale + column + 16 * p),
           bias = _mm512_loadu_ps(w.bias + column + 16 * p);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      __m512 value = _mm512_cvtepi32_ps(_mm512_sub_epi32(sum[r][p], moved));
      value = _mm512_add_ps(_mm512_mul_ps(value, _mm512_mul_ps(scales, _mm512_set1_ps(scale[r]))),
                            bias);
      _mm512_storeu_ps(out + static_cast<size_t>(r) * w.stride + column + 16 * p, value);
    }
  }
}

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  // Panels outside, rows inside: four panels stay in the first-level cache while all rows pass.
  int column = 0;
  auto pass = [&](auto panels) {
    constexpr int P = decltype(panels)::value;
    int r = 0;
    for (; r + 6 <= rows; r += 6)
      block<6, P>(x.bytes.data() + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
                  out + static_cast<size_t>(r) * w.stride);
    for (; r < rows; ++r)
      block<1, P>(x.bytes.data() + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
                  out + static_cast<size_t>(r) * w.stride);
    column += 16 * P;
  };
  while (column + 64 <= w.stride) pass(std::integral_constant<int, 4>());
  while (column < w.stride) pass(std::integral_constant<int, 1>());
}

}  // namespace

const Kernels& avx512_kernels();
const Kernels& avx512_kernels() {
  static const Kernels table{"avx512-vnni", accumulate, quantize,  product, recur,
                             arcs,          add_scaled, normalize, gelu,    attend};
  return table;
}

}  // namespace chancery
#endif
