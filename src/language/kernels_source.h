// Included by kernels_portable.cpp, kernels_avx2.cpp and kernels_avx512.cpp, which compile the same
// code for three instruction sets; only the innermost product differs (CHANCERY_PRODUCT). GCC's
// vector extension keeps the rest free of intrinsics. Compiled with -ffp-contract=off: see
// kernels.h for why.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "language/kernels.h"

namespace chancery {
namespace {

typedef float Lane __attribute__((vector_size(CHANCERY_LANE_BYTES)));
typedef int32_t LaneBits __attribute__((vector_size(CHANCERY_LANE_BYTES)));
constexpr int kLanes = CHANCERY_LANE_BYTES / 4;

inline Lane load(const float* p) {
  Lane v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

inline void store(float* p, Lane v) { std::memcpy(p, &v, sizeof v); }

void accumulate(const int8_t* __restrict row, float scale, int width, float* __restrict to) {
  for (int j = 0; j < width; ++j) to[j] += scale * static_cast<float>(row[j]);
}

// Signed values as Activation: bytes moved up by 128 where the product wants unsigned ones, 16-bit
// integers elsewhere.
void quantize(const float* x, size_t x_stride, int width, int rows, Quantized& to) {
  int depth = (width + 3) / 4 * 4;
  to.bytes.resize(static_cast<size_t>(rows) * depth * sizeof(Activation));
  to.scale.resize(rows);
  for (int r = 0; r < rows; ++r) {
    const float* from = x + r * x_stride;
    Activation* out =
        reinterpret_cast<Activation*>(to.bytes.data()) + static_cast<size_t>(r) * depth;
    float lanes[16] = {}, largest = 0;
    int j = 0;
    for (; j + 16 <= width; j += 16)
      for (int k = 0; k < 16; ++k) lanes[k] = std::max(lanes[k], std::fabs(from[j + k]));
    for (; j < width; ++j) lanes[0] = std::max(lanes[0], std::fabs(from[j]));
    for (float lane : lanes) largest = std::max(largest, lane);
    float inverse = largest > 0 ? 127.0f / largest : 0.0f;
    to.scale[r] = largest / 127.0f;
    // Adding 1.5 · 2^23 rounds to the nearest integer, which then lies in the low bits.
    for (j = 0; j < width; ++j) {
      float moved = from[j] * inverse + 12582912.0f;
      int32_t bits;
      std::memcpy(&bits, &moved, 4);
      out[j] = static_cast<Activation>(static_cast<int8_t>(bits) + kActivationOffset);
    }
    for (; j < depth; ++j) out[j] = static_cast<Activation>(kActivationOffset);
  }
}

// exp by 2^n · polynomial, relative error below 5e-7.
inline Lane exponential_of(Lane x) {
  Lane scaled = x * 1.44269504f;
  Lane zero = x - x, half = scaled < zero ? zero - 0.5f : zero + 0.5f;
  LaneBits n = __builtin_convertvector(scaled + half, LaneBits);  // the nearest integer
  Lane f = scaled - __builtin_convertvector(n, Lane);
  f *= 0.69314718f;
  Lane p =
      1.0f +
      f * (1.0f + f * (0.5f + f * (0.16666667f +
                                   f * (0.041666667f + f * (0.0083333333f + f * 0.0013888889f)))));
  LaneBits exponent = (n + 127) << 23;
  Lane power;
  std::memcpy(&power, &exponent, sizeof power);
  return p * power;
}

inline Lane sigmoid_of(Lane x) {
  Lane low = x - x - 30.0f, high = x - x + 30.0f;
  x = x < low ? low : x;
  x = x > high ? high : x;
  return 1.0f / (1.0f + exponential_of(-x));
}

void recur(const float* u, size_t stride, int parts, const float* through, float* h, int width,
           int length) {
  int half = width / 2;
  for (int direction = 0; direction < 2; ++direction) {
    alignas(64) float state[512] = {};
    int offset = direction * half;
    for (int step = 0; step < length; ++step) {
      int i = direction == 0 ? step : length - 1 - step;
      const float* x = u + i * stride + offset;
      const float* p =
          parts == 4 ? x + 3 * width : through + static_cast<size_t>(i) * width + offset;
      float* out = h + static_cast<size_t>(i) * width + offset;
      for (int j = 0; j < half; j += kLanes) {
        Lane f = sigmoid_of(load(x + width + j)), r = sigmoid_of(load(x + 2 * width + j)),
             candidate = load(x + j), carried = load(p + j);
        Lane s = candidate + f * (load(state + j) - candidate);
        store(state + j, s);
        store(out + j, carried + r * (s - carried));
      }
    }
  }
}

inline float dot(const float* a, const float* b, int width) {
  constexpr int kParts = 16 / kLanes;
  Lane sums[kParts] = {};
  for (int j = 0; j < width; j += 16)
    for (int p = 0; p < kParts; ++p) sums[p] += load(a + j + p * kLanes) * load(b + j + p * kLanes);
  float s[16];
  for (int p = 0; p < kParts; ++p) store(s + p * kLanes, sums[p]);
  for (int step = 8; step > 0; step /= 2)
    for (int k = 0; k < step; ++k) s[k] += s[k + step];
  return s[0];
}

void arcs(const float* dependents, size_t dependent_stride, const float* heads, size_t head_stride,
          const float* bias, int width, int n, float* scores) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= n; ++j)
      scores[static_cast<size_t>(i) * (n + 1) + j] =
          dot(dependents + i * dependent_stride, heads + j * head_stride, width) + bias[j];
}

}  // namespace
}  // namespace chancery
