// Compiled with -mavx2; called only where the processor has it.
//
// vpmaddubsw multiplies unsigned by signed bytes and adds two products in 16 bits, which saturate,
// and so does a sum of two such sums. That nothing ever saturates is seen to from both sides. Most
// weights are light (Packed::eights); those of a column that are heavy together go a slower way.
// Activations are cut to kMost steps; what is cut off, a twentieth of them, is multiplied apart.
// The sums are those of the other builds to the bit.
#if defined(__x86_64__)
#include <immintrin.h>

#include <cstdint>
#define CHANCERY_LANE_BYTES 32
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
  return sum + reinterpret_cast<LaneBits>(
                   _mm256_madd_epi16(reinterpret_cast<__m256i>(x), reinterpret_cast<__m256i>(w)));
}

inline __m256i bytes_at(const void* p) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}

inline __m256i four_at(const uint8_t* p) {
  int32_t four;
  std::memcpy(&four, p, 4);
  return _mm256_set1_epi32(four);
}

// Four rows of the depth at which an activation was cut, and what was cut off there.
struct Rest {
  int k = 0;
  int32_t four = 0;  // signed bytes
};

// The most that an activation is once it is cut and moved up from its least to zero.
constexpr int kMost = 160, kMoved = kMost / 2;
static_assert(kMost * Packed::kLight <= 32767 && 255 - 128 - kMoved < 128);

// Activations of some rows, cut.
struct Cut {
  std::vector<uint8_t> kept;    // rows × depth: the activation cut, plus kMoved
  std::vector<Rest> rests;      // of all rows, one row after the other
  std::vector<uint32_t> first;  // the first rest of each row, and the end

  void take(const uint8_t* x, int rows, int depth);

 private:
  void take_row(const uint8_t* x, int depth, uint8_t* to);
};

void Cut::take(const uint8_t* x, int rows, int depth) {
  kept.resize(static_cast<size_t>(rows) * depth);
  rests.clear();
  first.assign(1, 0);
  for (int r = 0; r < rows; ++r) {
    size_t at = static_cast<size_t>(r) * depth;
    take_row(x + at, depth, &kept[at]);
    first.push_back(static_cast<uint32_t>(rests.size()));
  }
}

void Cut::take_row(const uint8_t* x, int depth, uint8_t* to) {
  constexpr uint8_t kLow = kActivationOffset - kMoved, kHigh = kLow + kMost;
  const __m256i low = _mm256_set1_epi8(static_cast<char>(kLow)),
                high = _mm256_set1_epi8(static_cast<char>(kHigh));
  int k = 0;
  for (; k + 32 <= depth; k += 32) {
    __m256i value = bytes_at(x + k), cut = _mm256_min_epu8(_mm256_max_epu8(value, low), high);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + k), _mm256_sub_epi8(cut, low));
    int same = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(value, cut)));
    if (same == 0xFF) continue;
    int32_t off[8];
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(off), _mm256_sub_epi8(value, cut));
    for (int left = ~same & 0xFF; left != 0; left &= left - 1) {
      int i = __builtin_ctz(static_cast<unsigned>(left));
      rests.push_back({k + 4 * i, off[i]});
    }
  }
  for (; k < depth; k += 4) {
    uint8_t off[4];
    for (int i = 0; i < 4; ++i) {
      uint8_t cut = std::clamp(x[k + i], kLow, kHigh);
      to[k + i] = static_cast<uint8_t>(cut - kLow);
      off[i] = static_cast<uint8_t>(x[k + i] - cut);
    }
    Rest rest{k, 0};
    std::memcpy(&rest.four, off, 4);
    if (rest.four != 0) rests.push_back(rest);
  }
}

// Adds what was cut off from a row, by one panel; the bytes' signs go over to the weights.
inline void add_rests(const Cut& x, int row, const int8_t* panel, __m256i& left, __m256i& right) {
  const __m256i ones = _mm256_set1_epi16(1);
  for (uint32_t i = x.first[row]; i < x.first[row + 1]; ++i) {
    __m256i off = _mm256_set1_epi32(x.rests[i].four), size = _mm256_abs_epi8(off);
    const int8_t* from = panel + static_cast<size_t>(x.rests[i].k) * 16;
    auto product = [&](const int8_t* weights) {
      return _mm256_madd_epi16(_mm256_maddubs_epi16(size, _mm256_sign_epi8(bytes_at(weights), off)),
                               ones);
    };
    left = _mm256_add_epi32(left, product(from));
    right = _mm256_add_epi32(right, product(from + 32));
  }
}

// Sums of R rows by one panel of 16 columns; [0] the first eight of them, [1] the others.
template <int R>
struct Sums {
  const uint8_t* rows;
  const int8_t* panel;
  size_t depth;
  __m256i sum[2][R];

  inline __attribute__((always_inline)) void add(int half, int r, __m256i pairs) {
    sum[half][r] = _mm256_add_epi32(sum[half][r], _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
  inline __attribute__((always_inline)) __m256i weights(int k, int half) const {
    return bytes_at(panel + static_cast<size_t>(k) * 16 + 32 * half);
  }
  inline __attribute__((always_inline)) __m256i four(int r, int k) const {
    return four_at(rows + r * depth + k);
  }
  // Eight rows of the depth whose sums of four products fit into 16 bits.
  inline __attribute__((always_inline)) void add_light(int k) {
#pragma GCC unroll 2
    for (int half = 0; half < 2; ++half) {
      __m256i first = weights(k, half), second = weights(k + 4, half);
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r)
        add(half, r,
            _mm256_add_epi16(_mm256_maddubs_epi16(four(r, k), first),
                             _mm256_maddubs_epi16(four(r, k + 4), second)));
    }
  }
  // Four rows, of which sums of two products fit.
  inline __attribute__((always_inline)) void add_middling(int k) {
#pragma GCC unroll 2
    for (int half = 0; half < 2; ++half) {
      __m256i first = weights(k, half);
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r) add(half, r, _mm256_maddubs_epi16(four(r, k), first));
    }
  }
  // Four rows of any weights: every product by itself.
  inline __attribute__((always_inline)) void add_heavy(int k) {
    const __m256i odd = _mm256_set1_epi16(static_cast<int16_t>(0xFF00));
    for (int half = 0; half < 2; ++half) {
      __m256i seconds = _mm256_and_si256(odd, weights(k, half)),
              firsts = _mm256_andnot_si256(odd, weights(k, half));
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r) {
        add(half, r, _mm256_maddubs_epi16(four(r, k), firsts));
        add(half, r, _mm256_maddubs_epi16(four(r, k), seconds));
      }
    }
  }
};

template <int R>
inline void block(const Cut& x, int row, const float* scale, const Packed& w, int column,
                  float* out) {
  Sums<R> sums{x.kept.data() + static_cast<size_t>(row) * w.depth,
               w.panels + static_cast<size_t>(column) * w.depth,
               static_cast<size_t>(w.depth),
               {}};
  const Packed::Eights& eights = w.eights[column / 16];
  int count = w.depth / 8, i = 0;
  const uint16_t* order = w.order.data() + static_cast<size_t>(column / 16) * count;
  for (; i < eights.light; ++i) sums.add_light(order[i] * 8);
  for (; i < eights.light + eights.middling; ++i) {
    sums.add_middling(order[i] * 8);
    sums.add_middling(order[i] * 8 + 4);
  }
  for (; i < count; ++i) {
    sums.add_heavy(order[i] * 8);
    sums.add_heavy(order[i] * 8 + 4);
  }
  if (w.depth % 8 != 0) sums.add_heavy(count * 8);
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) add_rests(x, row + r, sums.panel, sums.sum[0][r], sums.sum[1][r]);
#pragma GCC unroll 2
  for (int half = 0; half < 2; ++half) {
    int at = column + 8 * half;
    // Packed has 128 times each column's sum.
    __m256i moved =
        _mm256_mullo_epi32(_mm256_srai_epi32(bytes_at(w.sum + at), 7), _mm256_set1_epi32(kMoved));
    __m256 scales = _mm256_loadu_ps(w.scale + at), bias = _mm256_loadu_ps(w.bias + at);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      __m256 value = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(sums.sum[half][r], moved)),
                                   _mm256_mul_ps(scales, _mm256_set1_ps(scale[r])));
      _mm256_storeu_ps(out + static_cast<size_t>(r) * w.stride + at, _mm256_add_ps(value, bias));
    }
  }
}

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  constexpr int kRows = 3;
  thread_local Cut cut;
  cut.take(x.bytes.data(), rows, w.depth);
  for (int column = 0; column < w.stride; column += 16) {
    int r = 0;
    for (; r + kRows <= rows; r += kRows)
      block<kRows>(cut, r, &x.scale[r], w, column, out + static_cast<size_t>(r) * w.stride);
    for (; r < rows; ++r)
      block<1>(cut, r, &x.scale[r], w, column, out + static_cast<size_t>(r) * w.stride);
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
