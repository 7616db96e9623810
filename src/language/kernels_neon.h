// What the two builds for ARM64 share, included by kernels_portable.cpp and kernels_dot.cpp.
#pragma once
#include <arm_neon.h>

#include "language/kernels_source.h"

namespace chancery {
namespace {

inline LaneBits multiply_pairs(LaneBits sum, LaneBits x, LaneBits w) {
  int16x8_t a = reinterpret_cast<int16x8_t>(x), b = reinterpret_cast<int16x8_t>(w);
  int32x4_t low = vmull_s16(vget_low_s16(a), vget_low_s16(b)), high = vmull_high_s16(a, b);
  return sum + reinterpret_cast<LaneBits>(vpaddq_s32(low, high));
}

inline int8x16_t four_at(const int8_t* p) {
  int32_t four;
  std::memcpy(&four, p, 4);
  return vreinterpretq_s8_s32(vdupq_n_s32(four));
}

// R rows by one panel of 16 columns. `Multiply` holds sums of four columns: add(w, x) adds products
// of four rows of the depth, add(w, x, next_w, next_x) of eight.
template <class Multiply, int R>
inline void neon_block(const int8_t* x, const float* scale, const Packed& w, int column,
                       float* out) {
  Multiply sum[R][4];
  const int8_t* panel = w.panels + static_cast<size_t>(column) * w.depth;
  int k = 0;
  auto row = [&](int r, int at) { return four_at(x + static_cast<size_t>(r) * w.depth + at); };
  for (; k + 8 <= w.depth; k += 8) {
    const int8_t* from = panel + static_cast<size_t>(k) * 16;
#pragma GCC unroll 4
    for (int p = 0; p < 4; ++p) {
      int8x16_t weights = vld1q_s8(from + 16 * p), next = vld1q_s8(from + 64 + 16 * p);
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r) sum[r][p].add(weights, row(r, k), next, row(r, k + 4));
    }
  }
  if (k < w.depth)
    for (int p = 0; p < 4; ++p)
      for (int r = 0; r < R; ++r)
        sum[r][p].add(vld1q_s8(panel + static_cast<size_t>(k) * 16 + 16 * p), row(r, k));
#pragma GCC unroll 4
  for (int p = 0; p < 4; ++p) {
    int at = column + 4 * p;
    float32x4_t scales = vld1q_f32(w.scale + at), bias = vld1q_f32(w.bias + at);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      float32x4_t value =
          vmulq_f32(vcvtq_f32_s32(sum[r][p].columns()), vmulq_n_f32(scales, scale[r]));
      vst1q_f32(out + static_cast<size_t>(r) * w.stride + at, vaddq_f32(value, bias));
    }
  }
}

template <class Multiply, int R>
inline void neon_product(const Quantized& x, const Packed& w, float* out, int rows) {
  const int8_t* from = reinterpret_cast<const int8_t*>(x.bytes.data());
  for (int column = 0; column < w.stride; column += 16) {
    int r = 0;
    for (; r + R <= rows; r += R)
      neon_block<Multiply, R>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
                              out + static_cast<size_t>(r) * w.stride);
    for (; r < rows; ++r)
      neon_block<Multiply, 1>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
                              out + static_cast<size_t>(r) * w.stride);
  }
}

}  // namespace
}  // namespace chancery
