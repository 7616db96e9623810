// What every processor runs, and the choice among the builds.
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif
#define CHANCERY_LANE_BYTES 16
namespace chancery {
namespace {
#if defined(__aarch64__)
using Activation = int8_t;
#else
using Activation = int16_t;
#endif
constexpr int kActivationOffset = 0;
}  // namespace
}  // namespace chancery
#include "base/error.h"
#include "language/kernels_source.h"
#if defined(__aarch64__)
#include "language/kernels_neon.h"
#endif

namespace chancery {
namespace {

#if defined(__SSE2__)
inline LaneBits multiply_pairs(LaneBits sum, LaneBits x, LaneBits w) {
  return sum + reinterpret_cast<LaneBits>(
                   _mm_madd_epi16(reinterpret_cast<__m128i>(x), reinterpret_cast<__m128i>(w)));
}

// R rows by eight columns, half a panel. Each register holds sums of two columns, two for each.
template <int R>
inline void block(const int16_t* x, const float* scale, const Packed& w, int column, float* out) {
  __m128i sum[R][4];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 8
    for (int p = 0; p < 4; ++p) sum[r][p] = _mm_setzero_si128();
  const int8_t* panel =
      w.panels + static_cast<size_t>(column / 16 * 16) * w.depth + column % 16 * 4;
  for (int k = 0; k < w.depth; k += 4) {
    __m128i value[R];
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      __m128i four = _mm_loadl_epi64(
          reinterpret_cast<const __m128i*>(x + static_cast<size_t>(r) * w.depth + k));
      value[r] = _mm_unpacklo_epi64(four, four);
    }
#pragma GCC unroll 8
    for (int p = 0; p < 2; ++p) {
      __m128i bytes = _mm_loadu_si128(
          reinterpret_cast<const __m128i*>(panel + static_cast<size_t>(k) * 16 + p * 16));
      // Bytes doubled into 16 bits and shifted back: their sign is kept.
      __m128i low = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8),
              high = _mm_srai_epi16(_mm_unpackhi_epi8(bytes, bytes), 8);
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r) {
        sum[r][2 * p] = _mm_add_epi32(sum[r][2 * p], _mm_madd_epi16(low, value[r]));
        sum[r][2 * p + 1] = _mm_add_epi32(sum[r][2 * p + 1], _mm_madd_epi16(high, value[r]));
      }
    }
  }
  for (int r = 0; r < R; ++r)
    for (int p = 0; p < 4; ++p) {
      int32_t four[4];
      _mm_storeu_si128(reinterpret_cast<__m128i*>(four), sum[r][p]);
      for (int c = 0; c < 2; ++c) {
        int at = column + 2 * p + c;
        float value = static_cast<float>(four[2 * c] + four[2 * c + 1]) * (w.scale[at] * scale[r]);
        out[static_cast<size_t>(r) * w.stride + at] = value + w.bias[at];
      }
    }
}

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  const int16_t* from = reinterpret_cast<const int16_t*>(x.bytes.data());
  for (int column = 0; column < w.stride; column += 8) {
    int r = 0;
    for (; r + 2 <= rows; r += 2)
      block<2>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
               out + static_cast<size_t>(r) * w.stride);
    for (; r < rows; ++r)
      block<1>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
               out + static_cast<size_t>(r) * w.stride);
  }
}
#elif defined(__aarch64__)
// Products of bytes are added two and two in 16 bits, where they fit: no byte is -128.
struct Multiply {
  // Sums of four columns: two for each, in two registers.
  int32x4_t low = vdupq_n_s32(0), high = vdupq_n_s32(0);
  inline __attribute__((always_inline)) void add(int8x16_t w, int8x16_t x) {
    low = vpadalq_s16(low, vmull_s8(vget_low_s8(w), vget_low_s8(x)));
    high = vpadalq_s16(high, vmull_high_s8(w, x));
  }
  inline __attribute__((always_inline)) void add(int8x16_t w, int8x16_t x, int8x16_t next_w,
                                                 int8x16_t next_x) {
    int16x8_t both = vmull_s8(vget_low_s8(w), vget_low_s8(x));
    low = vpadalq_s16(low, vmlal_s8(both, vget_low_s8(next_w), vget_low_s8(next_x)));
    both = vmull_high_s8(w, x);
    high = vpadalq_s16(high, vmlal_high_s8(both, next_w, next_x));
  }
  int32x4_t columns() const { return vpaddq_s32(low, high); }
};

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  neon_product<Multiply, 2>(x, w, out, rows);
}
#else
// The part of each lane's bits that begins at `shift` and is `bits` long, as a number with a sign:
// shifted up without one and down with it.
inline LaneBits part(LaneBits v, int shift, int bits) {
  typedef uint32_t Unsigned __attribute__((vector_size(CHANCERY_LANE_BYTES)));
  return reinterpret_cast<LaneBits>(reinterpret_cast<Unsigned>(v) << (32 - bits - shift)) >>
         (32 - bits);
}

inline LaneBits multiply_pairs(LaneBits sum, LaneBits x, LaneBits w) {
  return sum + part(x, 0, 16) * part(w, 0, 16) + part(x, 16, 16) * part(w, 16, 16);
}

// R rows by four columns, whose weights of four rows are the bytes of one register's lanes.
template <int R>
inline void block(const int16_t* x, const float* scale, const Packed& w, int column, float* out) {
  LaneBits sum[R] = {};
  const int8_t* panel =
      w.panels + static_cast<size_t>(column / 16 * 16) * w.depth + column % 16 * 4;
  for (int k = 0; k < w.depth; k += 4) {
    LaneBits bytes;
    std::memcpy(&bytes, panel + static_cast<size_t>(k) * 16, sizeof bytes);
    for (int i = 0; i < 4; ++i) {
      LaneBits weights = part(bytes, 8 * i, 8);
      for (int r = 0; r < R; ++r)
        sum[r] += weights * int32_t{x[static_cast<size_t>(r) * w.depth + k + i]};
    }
  }
  for (int r = 0; r < R; ++r)
    store(out + static_cast<size_t>(r) * w.stride + column,
          __builtin_convertvector(sum[r], Lane) * (load(w.scale + column) * scale[r]) +
              load(w.bias + column));
}

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  const int16_t* from = reinterpret_cast<const int16_t*>(x.bytes.data());
  for (int column = 0; column < w.stride; column += kLanes) {
    int r = 0;
    for (; r + 8 <= rows; r += 8)
      block<8>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
               out + static_cast<size_t>(r) * w.stride);
    for (; r < rows; ++r)
      block<1>(from + static_cast<size_t>(r) * w.depth, &x.scale[r], w, column,
               out + static_cast<size_t>(r) * w.stride);
  }
}
#endif

}  // namespace

Packed::Packed(uint32_t rows, uint32_t columns, std::string_view data)
    : in(static_cast<int>(rows)),
      out(static_cast<int>(columns)),
      stride((out + 15) / 16 * 16),
      depth((in + 3) / 4 * 4) {
  if (rows == 0 || columns == 0 || rows > 1u << 16 || columns > 1u << 16 ||
      data.size() != static_cast<size_t>(stride) * (12 + depth))
    throw Error("a packed matrix is not of the size it claims");
  if (reinterpret_cast<uintptr_t>(data.data()) % 64 != 0)
    throw Error("a packed matrix is not aligned");
  scale = reinterpret_cast<const float*>(data.data());
  bias = scale + stride;
  sum = reinterpret_cast<const int32_t*>(bias + stride);
  panels = reinterpret_cast<const int8_t*>(sum + stride);
  for (int c = 0; c < stride; ++c)
    if (!(std::fabs(scale[c]) < 1e4f) || !(std::fabs(bias[c]) < 1e4f))
      throw Error("a packed matrix holds a value out of range");
  for (int c = 0; c < stride; c += 16) weigh_panel(c);
}

// Checks the sums of the sixteen columns from `column` on, and sorts their weights by eights.
void Packed::weigh_panel(int column) {
  constexpr int kPairs = 32;  // of 64 bytes, each a 16-bit number
  int32_t total[kPairs] = {};
  int16_t least = 0;
  std::vector<uint16_t> of_kind[3];
  for (int k = 0; k < depth; k += 8) {
    // What weights above and below zero come to, by pairs, in the first four rows and the others.
    int16_t above[2][kPairs] = {}, below[2][kPairs] = {};
    for (int part = 0; part < (depth - k < 8 ? 1 : 2); ++part) {
      int16_t pairs[kPairs];
      std::memcpy(pairs, panels + static_cast<size_t>(column) * depth + (k + part * 4) * 16,
                  sizeof pairs);
      for (int i = 0; i < kPairs; ++i) {
        int16_t first = static_cast<int16_t>(static_cast<uint16_t>(pairs[i]) << 8) >> 8,
                second = pairs[i] >> 8;
        above[part][i] =
            static_cast<int16_t>(std::max<int16_t>(first, 0) + std::max<int16_t>(second, 0));
        below[part][i] = static_cast<int16_t>(above[part][i] - first - second);
        total[i] += first + second;
        least = std::min(least, std::min(first, second));
      }
    }
    int16_t two = 0, four = 0;
    for (int i = 0; i < kPairs; ++i) {
      int16_t up = std::max(above[0][i], above[1][i]), down = std::max(below[0][i], below[1][i]);
      two = std::max(two, std::max(up, down));
      up = static_cast<int16_t>(above[0][i] + above[1][i]);
      down = static_cast<int16_t>(below[0][i] + below[1][i]);
      four = std::max(four, std::max(up, down));
    }
    if (k + 8 <= depth)
      of_kind[four <= kLight ? 0 : two <= kLight ? 1 : 2].push_back(static_cast<uint16_t>(k / 8));
  }
  eights.push_back({static_cast<int>(of_kind[0].size()), static_cast<int>(of_kind[1].size())});
  for (const auto& kind : of_kind) order.insert(order.end(), kind.begin(), kind.end());
  for (int c = 0; c < 16; ++c)
    if ((total[2 * c] + total[2 * c + 1]) * 128 != sum[column + c])
      throw Error("a packed matrix holds a wrong sum");
  if (least < -127) throw Error("a packed matrix holds a value out of range");
}

std::string pack(const Matrix& weight, const Matrix* bias) {
  size_t in = weight.rows, out = weight.columns, stride = (out + 15) / 16 * 16,
         depth = (in + 3) / 4 * 4;
  std::string data(stride * (12 + depth), 0);
  float* scale = reinterpret_cast<float*>(data.data());
  float* biases = scale + stride;
  int32_t* sum = reinterpret_cast<int32_t*>(biases + stride);
  int8_t* panels = reinterpret_cast<int8_t*>(sum + stride);
  for (size_t c = 0; c < out; ++c) {
    float largest = 0;
    for (size_t k = 0; k < in; ++k)
      largest = std::max(largest, std::fabs(weight.values[k * out + c]));
    scale[c] = largest / 127;
    biases[c] = bias ? bias->values[c] : 0;
    int32_t total = 0;
    for (size_t k = 0; k < in && largest > 0; ++k) {
      int8_t value = static_cast<int8_t>(std::lround(weight.values[k * out + c] / scale[c]));
      panels[c / 16 * 16 * depth + k / 4 * 64 + c % 16 * 4 + k % 4] = value;
      total += value;
    }
    sum[c] = total * 128;
  }
  return data;
}

float exponential(float x) {
  Lane v = Lane{} + std::clamp(x, -87.0f, 87.0f);
  return exponential_of(v)[0];
}

#if defined(__x86_64__)
const Kernels& avx2_kernels();
const Kernels& avx512_kernels();
const Kernels& amx_kernels();
bool amx_permitted();
#elif defined(__aarch64__)
const Kernels& dot_kernels();
#endif

std::vector<const Kernels*> all_kernels() {
#if defined(__aarch64__)
  constexpr const char* kName = "neon";
#else
  constexpr const char* kName = "portable";
#endif
  static const Kernels portable{kName, accumulate, quantize,  product, recur,
                                arcs,  add_scaled, normalize, gelu,    attend};
  std::vector<const Kernels*> out{&portable};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) out.push_back(&avx2_kernels());
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni")) {
    out.push_back(&avx512_kernels());
    static const bool tiles = amx_permitted();
    if (tiles) out.push_back(&amx_kernels());
  }
#elif defined(__aarch64__)
  constexpr unsigned long kDotProducts = 1ul << 20;  // HWCAP_ASIMDDP
  if (getauxval(AT_HWCAP) & kDotProducts) out.push_back(&dot_kernels());
#endif
  return out;
}

const Kernels& kernels() {
  static const Kernels* best = all_kernels().back();
  return *best;
}

}  // namespace chancery
