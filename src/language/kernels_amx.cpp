// Compiled with the flags of kernels_avx512.cpp and -mamx-tile -mamx-int8; called only where the
// processor has tiles and the kernel lends them. A tile holds 16 rows of 64 bytes: 16 rows of
// activations, or 64 rows of one panel of weights, which lie in Packed just so.
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
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

// All eight tiles of 16 rows by 64 bytes.
struct alignas(64) TileConfiguration {
  uint8_t palette = 1, start_row = 0, reserved[14] = {};
  uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};

// Panels of the columns at hand; the last rows of the depth, where they fill no tile, apart and
// filled up with zeros.
struct Panels {
  const int8_t* whole[2];
  const int8_t* rest[2];
  int depth = 0;
};

// R × 16 rows by P panels: tiles 0 to 3 hold sums, 4 and 5 activations, 6 and 7 weights.
template <int R, int P>
inline void tiles(const uint8_t* x, const Panels& w, int32_t* sums) {
  _tile_zero(0);
  if constexpr (P > 1) _tile_zero(1);
  if constexpr (R > 1) _tile_zero(2);
  if constexpr (R > 1 && P > 1) _tile_zero(3);
  auto step = [&](const uint8_t* from, const int8_t* first, const int8_t* second) {
    size_t stride = static_cast<size_t>(w.depth);
    _tile_loadd(6, first, 64);
    if constexpr (P > 1) _tile_loadd(7, second, 64);
    _tile_loadd(4, from, stride);
    _tile_dpbusd(0, 4, 6);
    if constexpr (P > 1) _tile_dpbusd(1, 4, 7);
    if constexpr (R > 1) {
      _tile_loadd(5, from + 16 * stride, stride);
      _tile_dpbusd(2, 5, 6);
      if constexpr (P > 1) _tile_dpbusd(3, 5, 7);
    }
  };
  int k = 0;
  for (; k + 64 <= w.depth; k += 64)
    step(x + k, w.whole[0] + static_cast<size_t>(k) * 16, w.whole[1] + static_cast<size_t>(k) * 16);
  if (k < w.depth) step(x + k, w.rest[0], w.rest[1]);
  _tile_stored(0, sums, 128);
  if constexpr (P > 1) _tile_stored(1, sums + 16, 128);
  if constexpr (R > 1) _tile_stored(2, sums + 16 * 32, 128);
  if constexpr (R > 1 && P > 1) _tile_stored(3, sums + 16 * 32 + 16, 128);
}

// Sums of `rows` rows, 32 apart, as the numbers they stand for.
inline void finish(const int32_t* sums, const float* scale, const Packed& w, int column, int panels,
                   int rows, float* out) {
  for (int p = 0; p < panels; ++p) {
    int at = column + 16 * p;
    __m512i moved = _mm512_loadu_si512(w.sum + at);
    __m512 scales = _mm512_loadu_ps(w.scale + at), bias = _mm512_loadu_ps(w.bias + at);
    for (int r = 0; r < rows; ++r) {
      __m512 value =
          _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_loadu_si512(sums + r * 32 + p * 16), moved));
      value = _mm512_add_ps(_mm512_mul_ps(value, _mm512_mul_ps(scales, _mm512_set1_ps(scale[r]))),
                            bias);
      _mm512_storeu_ps(out + static_cast<size_t>(r) * w.stride + at, value);
    }
  }
}

void product(const Quantized& x, const Packed& w, float* out, int rows) {
  // Rows in groups that stay in the first-level cache, while the weights stream past them.
  constexpr int kGroup = 64;
  static const TileConfiguration configuration;
  _tile_loadconfig(&configuration);
  alignas(64) int32_t sums[32 * 32];
  alignas(64) int8_t rest[2][1024];
  int whole = w.depth / 64 * 64;
  for (int group = 0; group < rows; group += kGroup)
    for (int column = 0; column < w.stride; column += 32) {
      int panels = std::min(2, (w.stride - column) / 16);
      Panels at{{}, {rest[0], rest[1]}, w.depth};
      for (int p = 0; p < 2; ++p) {
        at.whole[p] =
            w.panels + (static_cast<size_t>(column) + (p < panels ? 16 * p : 0)) * w.depth;
        if (whole == w.depth) continue;
        std::memset(rest[p], 0, sizeof rest[p]);
        std::memcpy(rest[p], at.whole[p] + static_cast<size_t>(whole) * 16,
                    static_cast<size_t>(w.depth - whole) * 16);
      }
      asm volatile("" ::: "memory");  // tiles read what was written just now
      for (int r = group; r < std::min(rows, group + kGroup); r += 32) {
        const uint8_t* from = x.bytes.data() + static_cast<size_t>(r) * w.depth;
        int n = std::min(32, rows - r);
        if (n > 16) panels > 1 ? tiles<2, 2>(from, at, sums) : tiles<2, 1>(from, at, sums);
        else panels > 1 ? tiles<1, 2>(from, at, sums) : tiles<1, 1>(from, at, sums);
        finish(sums, &x.scale[r], w, column, panels, n, out + static_cast<size_t>(r) * w.stride);
      }
    }
  _tile_release();
}

}  // namespace

// Asks the kernel once for the process to use tiles.
bool amx_permitted();
bool amx_permitted() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kTiles = 1u << 24, kIntegers = 1u << 25;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(d & kTiles) || !(d & kIntegers)) return false;
  constexpr long kRequestPermission = 0x1023, kTileData = 18;
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}

const Kernels& amx_kernels();
const Kernels& amx_kernels() {
  static const Kernels table{"amx-int8", accumulate, quantize,  product, recur,
                             arcs,       add_scaled, normalize, gelu,    attend};
  return table;
}

}  // namespace chancery
#endif
