// Included by kernels_portable.cpp and kernels_avx2.cpp, which compile the same code for two instruction sets.
// GCC's vector extension keeps the source free of intrinsics.
#include <cstdint>
#include <cstring>

#include "language/kernels.h"

// Rows of a block: as many as the processor's registers hold sums for; bytes of one register.
#ifndef CHANCERY_BLOCK_ROWS
#define CHANCERY_BLOCK_ROWS 6
#define CHANCERY_LANE_BYTES 32
#endif

namespace chancery {
namespace {

typedef float Lane __attribute__((vector_size(CHANCERY_LANE_BYTES)));
typedef int32_t LaneBits __attribute__((vector_size(CHANCERY_LANE_BYTES)));
constexpr int kLanes = CHANCERY_LANE_BYTES / 4, kParts = 16 / kLanes;  // floats in a register, registers in a panel's row

inline Lane load(const float* p) {
  Lane v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

inline void store(float* p, Lane v) { std::memcpy(p, &v, sizeof v); }

// R rows by one panel of 16 columns.
template <int R>
inline void block(const float* x, size_t x_stride, const float* panel, const float* bias, int depth, float* out, size_t out_stride) {
  Lane sum[R][kParts];
  for (int r = 0; r < R; ++r)
    for (int p = 0; p < kParts; ++p) sum[r][p] = load(bias + kLanes * p);
  for (int k = 0; k < depth; ++k) {
    Lane row[kParts];
    for (int p = 0; p < kParts; ++p) row[p] = load(panel + 16 * k + kLanes * p);
    for (int r = 0; r < R; ++r) {
      float v = x[r * x_stride + k];
      for (int p = 0; p < kParts; ++p) sum[r][p] += row[p] * v;
    }
  }
  for (int r = 0; r < R; ++r)
    for (int p = 0; p < kParts; ++p) store(out + r * out_stride + kLanes * p, sum[r][p]);
}

void product(const float* x, size_t x_stride, const Packed& w, float* out, int rows) {
  size_t stride = static_cast<size_t>(w.stride);
  for (int column = 0; column < w.stride; column += 16) {
    const float* panel = w.panels.data() + static_cast<size_t>(column) * w.in;
    const float* bias = w.bias.data() + column;
    int row = 0;
    for (; row + CHANCERY_BLOCK_ROWS <= rows; row += CHANCERY_BLOCK_ROWS) block<CHANCERY_BLOCK_ROWS>(x + row * x_stride, x_stride, panel, bias, w.in, out + row * stride + column, stride);
    for (; row < rows; ++row) block<1>(x + row * x_stride, x_stride, panel, bias, w.in, out + row * stride + column, stride);
  }
}

// exp by 2^n · polynomial (error below 3e-7 relative in the range used); inputs are cut to ±30.
inline Lane exponential(Lane x) {
  Lane scaled = x * 1.44269504f;
  LaneBits n = __builtin_convertvector(scaled, LaneBits);  // towards zero: f stays in (-1, 1)
  Lane f = scaled - __builtin_convertvector(n, Lane);
  f *= 0.69314718f;
  Lane p = 1.0f + f * (1.0f + f * (0.5f + f * (0.16666667f + f * (0.041666667f + f * (0.0083333333f + f * 0.0013888889f)))));
  LaneBits exponent = (n + 127) << 23;
  Lane power;
  std::memcpy(&power, &exponent, sizeof power);
  return p * power;
}

inline Lane sigmoid_of(Lane x) {
  Lane low = x - x - 30.0f, high = x - x + 30.0f;
  x = x < low ? low : x;
  x = x > high ? high : x;
  return 1.0f / (1.0f + exponential(-x));
}

void sigmoid(float* values, size_t count) {
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) store(values + i, sigmoid_of(load(values + i)));
  if (i == count) return;
  float buffer[kLanes] = {};
  std::memcpy(buffer, values + i, (count - i) * sizeof(float));
  store(buffer, sigmoid_of(load(buffer)));
  std::memcpy(values + i, buffer, (count - i) * sizeof(float));
}

}  // namespace
}  // namespace chancery
