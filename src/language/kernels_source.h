// Included by kernels_portable.cpp, kernels_avx2.cpp, kernels_avx512.cpp and kernels_amx.cpp, which
// compile the same code for their instruction sets; only the innermost products differ (product()
// and multiply_pairs()). GCC's vector extension keeps the rest free of intrinsics. Compiled with
// -ffp-contract=off: see kernels.h for why.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <type_traits>

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
  // Whole tiles of 16 rows and 64 bytes may be read; what lies beyond the rows counts for nothing.
  size_t padded = static_cast<size_t>(rows + 15) / 16 * 16;
  to.bytes.resize(padded * depth * sizeof(Activation) + 64);
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

// The sum of sixteen interleaved partial sums, in one order on every processor.
inline float sum_of(const Lane (&sums)[16 / kLanes]) {
  float s[16];
  for (int p = 0; p < 16 / kLanes; ++p) store(s + p * kLanes, sums[p]);
  for (int step = 8; step > 0; step /= 2)
    for (int k = 0; k < step; ++k) s[k] += s[k + step];
  return s[0];
}

inline float dot(const float* a, const float* b, int width) {
  constexpr int kParts = 16 / kLanes;
  Lane sums[kParts] = {};
  for (int j = 0; j < width; j += 16)
    for (int p = 0; p < kParts; ++p) sums[p] += load(a + j + p * kLanes) * load(b + j + p * kLanes);
  return sum_of(sums);
}

void arcs(const float* dependents, size_t dependent_stride, const float* heads, size_t head_stride,
          const float* bias, int width, int n, float* scores) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= n; ++j)
      scores[static_cast<size_t>(i) * (n + 1) + j] =
          dot(dependents + i * dependent_stride, heads + j * head_stride, width) + bias[j];
}

void add_scaled(const float* x, float scale, size_t count, float* to) {
  for (size_t i = 0; i < count; i += kLanes) store(to + i, load(to + i) + scale * load(x + i));
}

void normalize(float* x, const float* added, const float* weight, const float* bias, int width,
               int rows) {
  constexpr int kParts = 16 / kLanes;
  for (int r = 0; r < rows; ++r, x += width) {
    Lane sums[kParts] = {}, squares[kParts] = {};
    for (int j = 0; j < width; j += 16)
      for (int p = 0; p < kParts; ++p) {
        int at = j + p * kLanes;
        Lane v = load(x + at);
        if (added) v += load(added + static_cast<size_t>(r) * width + at);
        store(x + at, v);
        sums[p] += v;
      }
    float mean = sum_of(sums) / static_cast<float>(width);
    for (int j = 0; j < width; j += 16)
      for (int p = 0; p < kParts; ++p) {
        Lane v = load(x + j + p * kLanes) - mean;
        squares[p] += v * v;
      }
    float scale = 1.0f / std::sqrt(sum_of(squares) / static_cast<float>(width) + 1e-12f);
    for (int j = 0; j < width; j += kLanes)
      store(x + j, (load(x + j) - mean) * scale * load(weight + j) + load(bias + j));
  }
}

// Φ(x) - 1/2 is x times a polynomial of x² as long as |x| ≤ 5, and as good as ±1/2 beyond.
void gelu(float* x, size_t count) {
  constexpr float kTerms[] = {-0.00110612407f, 0.00323074427f, -0.00390352167f, 0.00506021574f,
                              -0.0101220762f,  0.0169325388f,  -0.0236495643f,  0.0313545722f,
                              -0.0403874394f,  0.051525219f,   -0.0702984359f,  0.141363756f};
  for (size_t i = 0; i < count; i += kLanes) {
    Lane v = load(x + i), low = v - v - 5.0f, high = v - v + 5.0f, near = v < low ? low : v;
    near = near > high ? high : near;
    Lane t = near * near * 0.08f - 1.0f, p = v - v + kTerms[0];
    for (size_t k = 1; k < std::size(kTerms); ++k) p = p * t + kTerms[k];
    store(x + i, v * (near * p + 0.5f));
  }
}

typedef int16_t LaneShorts __attribute__((vector_size(CHANCERY_LANE_BYTES / 2)));

// The nearest integers of numbers below 2^22: adding 1.5 · 2^23 leaves them in the low bits.
inline LaneBits rounded(Lane x) {
  Lane moved = x + 12582912.0f;
  LaneBits bits;
  std::memcpy(&bits, &moved, sizeof bits);
  return bits - 0x4B400000;
}

inline void store_shorts(int16_t* p, LaneBits v) {
  LaneShorts shorts = __builtin_convertvector(v, LaneShorts);
  std::memcpy(p, &shorts, sizeof shorts);
}

// sum + x · w, where each 32 bits of x and w hold two 16-bit integers: the sum of both products.
inline LaneBits multiply_pairs(LaneBits sum, LaneBits x, LaneBits w);

// R rows by V registers of columns.
template <int R, int V>
inline void pairs_block(const int16_t* x, size_t x_stride, const int16_t* w, int depth,
                        int32_t* out, size_t out_stride) {
  LaneBits sum[R][V] = {};
  for (int k = 0; k < depth; k += 2) {
    LaneBits weights[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v)
      std::memcpy(&weights[v],
                  w + static_cast<size_t>(v * kLanes / 16) * 16 * depth +
                      static_cast<size_t>(k) * 16 + v * kLanes % 16 * 2,
                  sizeof weights[v]);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      int32_t two;
      std::memcpy(&two, x + r * x_stride + k, 4);
      LaneBits pair = LaneBits{} + two;
#pragma GCC unroll 8
      for (int v = 0; v < V; ++v) sum[r][v] = multiply_pairs(sum[r][v], pair, weights[v]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v)
      std::memcpy(out + r * out_stride + v * kLanes, &sum[r][v], sizeof sum[r][v]);
}

// out[r][c] = Σ x[r][k] · w[k][c] for `panels` panels of 16 columns, each holding for two k the 16
// pairs of its columns; depth is even.
void pairs_product(const int16_t* x, size_t x_stride, const int16_t* w, int depth, int panels,
                   int32_t* out, size_t out_stride, int rows) {
  constexpr int kRows = kLanes == 4 ? 2 : 6, kPerPanel = 16 / kLanes,
                kWide = kLanes == 16 ? 4 : kPerPanel;  // 64 columns where registers are many
  auto pass = [&](auto registers, int panel) {
    constexpr int V = decltype(registers)::value;
    const int16_t* from = w + static_cast<size_t>(panel) * 16 * depth;
    int r = 0;
    for (; r + kRows <= rows; r += kRows)
      pairs_block<kRows, V>(x + r * x_stride, x_stride, from, depth,
                            out + r * out_stride + panel * 16, out_stride);
    for (; r < rows; ++r)
      pairs_block<1, V>(x + r * x_stride, x_stride, from, depth, out + r * out_stride + panel * 16,
                        out_stride);
  };
  constexpr int kWidePanels = kWide / kPerPanel;
  int panel = 0;
  for (; panel + kWidePanels <= panels; panel += kWidePanels)
    pass(std::integral_constant<int, kWide>(), panel);
  if constexpr (kWidePanels > 1) {
    for (; panel + 2 <= panels; panel += 2) pass(std::integral_constant<int, 2>(), panel);
    for (; panel < panels; ++panel) pass(std::integral_constant<int, 1>(), panel);
  }
}

// The largest absolute value of rows × width numbers, rows `stride` apart.
inline float reach(const float* x, size_t stride, int width, int rows) {
  Lane most = {};
  for (int r = 0; r < rows; ++r)
    for (int j = 0; j < width; j += kLanes) {
      Lane v = load(x + r * stride + j), other = -v;
      v = v > other ? v : other;
      most = v > most ? v : most;
    }
  float lanes[kLanes], out = 0;
  store(lanes, most);
  for (float lane : lanes) out = std::max(out, lane);
  return out;
}

constexpr float kAttentionReach = 2047, kShareReach = 4095;

inline float inverse_of(float reach) { return reach > 0 ? kAttentionReach / reach : 0.0f; }

// Rows of one head as 16-bit integers, one after the other.
inline void attention_rows(const float* x, size_t stride, int width, int n, float inverse,
                           int16_t* to) {
  for (int r = 0; r < n; ++r)
    for (int j = 0; j < width; j += kLanes)
      store_shorts(to + static_cast<size_t>(r) * width + j,
                   rounded(load(x + r * stride + j) * inverse));
}

// Keys as panels: 16 keys are the columns, the head's numbers the depth. Missing keys are zero.
inline void attention_keys(const float* x, size_t stride, int width, int n, float inverse,
                           int16_t* to) {
  int16_t row[64];
  for (int r = 0; r < (n + 15) / 16 * 16; ++r) {
    if (r < n) attention_rows(x + r * stride, stride, width, 1, inverse, row);
    else std::memset(row, 0, sizeof row);
    int16_t* panel = to + static_cast<size_t>(r / 16) * 16 * width + r % 16 * 2;
    for (int k = 0; k < width; k += 2) std::memcpy(panel + k * 16, row + k, 4);
  }
}

// Values as panels: the head's numbers are the columns, the rows (padded to `depth`) the depth.
inline void attention_values(const float* x, size_t stride, int width, int n, int depth,
                             float inverse, int16_t* to) {
  for (int j = 0; j < width; j += kLanes) {
    int16_t* panel = to + static_cast<size_t>(j / 16) * 16 * depth + j % 16 * 2;
    for (int r = 0; r < depth; r += 2) {
      LaneBits low = {}, high = {};
      if (r < n) low = rounded(load(x + r * stride + j) * inverse);
      if (r + 1 < n) high = rounded(load(x + (r + 1) * stride + j) * inverse);
      LaneBits both = (low & 0xFFFF) | (high << 16);
      std::memcpy(panel + static_cast<size_t>(r) * 16, &both, sizeof both);
    }
  }
}

// Scores of one query with n keys (padded to `depth`) → shares of kShareReach, the largest that
// itself; returns their sum.
inline int32_t attention_shares(int32_t* scores, int n, int depth, float scale, int16_t* to) {
  int32_t largest = scores[0];
  for (int j = 1; j < n; ++j) largest = std::max(largest, scores[j]);
  for (int j = n; j < depth; ++j) scores[j] = largest;
  LaneBits total = {};
  for (int j = 0; j < depth; j += kLanes) {
    LaneBits score;
    std::memcpy(&score, scores + j, sizeof score);
    Lane x = __builtin_convertvector(score - largest, Lane) * scale, low = x - x - 16.0f;
    LaneBits share = rounded(exponential_of(x < low ? low : x) * kShareReach);
    total += share;
    store_shorts(to + j, share);
  }
  int32_t lanes[kLanes], sum = 0;
  std::memcpy(lanes, &total, sizeof lanes);
  for (int32_t lane : lanes) sum += lane;
  // The padding stood for keys like the best one.
  for (int j = n; j < depth; ++j) {
    sum -= to[j];
    to[j] = 0;
  }
  return sum;
}

void attend(const float* qkv, size_t stride, int width, int heads, int n, float* out,
            AttentionSpace& space) {
  constexpr int kQueries = 12;
  const int head = width / heads, depth = (n + 15) / 16 * 16;
  const size_t size = static_cast<size_t>(depth) * head;
  space.queries.resize(size);
  space.keys.resize(size);
  space.values.resize(size);
  space.scores.resize(static_cast<size_t>(kQueries) * depth);
  space.weights.resize(static_cast<size_t>(kQueries) * depth);
  space.sums.resize(static_cast<size_t>(kQueries) * head);
  for (int h = 0; h < heads; ++h) {
    const float *query = qkv + h * head, *key = query + width, *value = key + width;
    float q = reach(query, stride, head, n), k = reach(key, stride, head, n),
          v = reach(value, stride, head, n);
    attention_rows(query, stride, head, n, inverse_of(q), space.queries.data());
    attention_keys(key, stride, head, n, inverse_of(k), space.keys.data());
    attention_values(value, stride, head, n, depth, inverse_of(v), space.values.data());
    float score_scale = (q / kAttentionReach) * (k / kAttentionReach);
    for (int first = 0; first < n; first += kQueries) {
      int rows = std::min(kQueries, n - first);
      pairs_product(&space.queries[static_cast<size_t>(first) * head], head, space.keys.data(),
                    head, depth / 16, space.scores.data(), depth, rows);
      float share_scale[kQueries];
      for (int r = 0; r < rows; ++r) {
        int32_t sum = attention_shares(&space.scores[static_cast<size_t>(r) * depth], n, depth,
                                       score_scale, &space.weights[static_cast<size_t>(r) * depth]);
        share_scale[r] = v / kAttentionReach / static_cast<float>(sum);
      }
      pairs_product(space.weights.data(), depth, space.values.data(), depth, head / 16,
                    space.sums.data(), head, rows);
      for (int r = 0; r < rows; ++r)
        for (int j = 0; j < head; j += kLanes) {
          LaneBits sum;
          std::memcpy(&sum, &space.sums[static_cast<size_t>(r) * head + j], sizeof sum);
          store(out + static_cast<size_t>(first + r) * width + h * head + j,
                __builtin_convertvector(sum, Lane) * share_scale[r]);
        }
    }
  }
}

}  // namespace
}  // namespace chancery
