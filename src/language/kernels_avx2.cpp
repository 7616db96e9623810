// Compiled with -mavx2; called only where the processor has it.
#if defined(__x86_64__)
#include <immintrin.h>

#include <cstdint>
#define CHANCERY_LANE_BYTES 32
namespace chancery {
namespace {
using Activation = int16_t;
constexpr int kActivationOffset = 0;
}  // namespace
}  // namespace chancery
#include "language/kernels_source.h"

namespace chancery {
namespace {

inline LaneBits multiply_pairs(LaneBits sum, LaneBits x, LaneBits w) {
  return sum + reinterpret_cast<LaneBits>(
                   _mm256_madd_epi16(reinterpret_cast<__m256i>(x), reinterpret_cast<__m256i>(w)));
}

// R rows by one panel of 16 columns. Each register holds sums of four columns, two for each: rows 0
// and 1, rows 2 and 3.
template <int R>
inline void block(const int16_t* x, const float* scale, const Packed& w, int column, float* out) {
  __m256i sum[R][4];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 8
    for (int p = 0; p < 4; ++p) sum[r][p] = _mm256_setzero_si256();
  const int8_t* panel = w.panels + static_cast<size_t>(column) * w.depth;
  for (int k = 0; k < w.depth; k += 4) {
    __m256i value[R];
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      int64_t four;
      std::memcpy(&four, x + static_cast<size_t>(r) * w.depth + k, 8);
      value[r] = _mm256_set1_epi64x(four);
    }
#pragma GCC unroll 8
    for (int p = 0; p < 4; ++p) {
      __m256i weights = _mm256_cvtepi8_epi16(_mm_loadu_si128(
          reinterpret_cast<const __m128i*>(panel + static_cast<size_t>(k) * 16 + p * 16)));
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r)
        sum[r][p] = _mm256_add_epi32(sum[r][p], _mm256_madd_epi16(weights, value[r]));
    }
  }
#pragma GCC unroll 8
  for (int p = 0; p < 4; p += 2) {
    __m256 scales = _mm256_loadu_ps(w.scale + column + 4 * p),
           bias = _mm256_loadu_ps(w.bias + column + 4 * p);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      // hadd gives columns 0 1 4 5 | 2 3 6 7: put them in order.
      __m256i both = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][p], sum[r][p + 1]),
                                              _MM_SHUFFLE(3, 1, 2, 0));
      __m256 value =
          _mm256_mul_ps(_mm256_cvtepi32_ps(both), _mm256_mul_ps(scales, _mm256_set1_ps(scale[r])));
      _mm256_storeu_ps(out + static_cast<size_t>(r) * w.stride + column + 4 * p,
                       _mm256_add_ps(value, bias));
    }
  }
}

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  const int16_t* from = reinterpret_cast<const int16_t*>(x.bytes.data());
  for (int column = 0; column < w.stride; column += 16) {
    int r = 0;
    for (; r + 3 <= rows; r += 3)
      block<3>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
               out + static_cast<size_t>(r) * w.stride);
    for (; r < rows; ++r)
      block<1>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
               out + static_cast<size_t>(r) * w.stride);
  }
}

}  // namespace

const Kernels& avx2_kernels();
const Kernels& avx2_kernels() {
  static const Kernels table{"avx2", accumulate, quantize,  product, recur,
                             arcs,   add_scaled, normalize, gelu,    attend};
  return table;
}

}  // namespace chancery
#endif
