// The numeric kernels of the network: products of 8-bit integers, the recurrence along a sentence,
// and what a transformer needs beside. Four builds of one source (portable; AVX2; AVX-512 with
// VNNI; the same with AMX tiles), the best chosen once at run time. All give the same bits:
// products are sums of integers, and the few float operations are elementwise or summed in a fixed
// order, each rounded by itself (no fused multiply-add, no fast-math). A test compares them.
//
// Quantisation: weights are signed bytes with one scale for each column of the matrix, made once
// when the model is packed; activations get one scale for each row (word) as they come, the largest
// becoming 127.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/model_file.h"

namespace chancery {

// A weight matrix as products read it, a view into a mapped model or into bytes made by pack().
// Columns are padded with zeros to a multiple of 16, rows to a multiple of 4. Layout: float
// scale[stride], float bias[stride], int32 sum[stride] (128 times the sum of each column), then
// panels of 16 columns: for each 4 rows, 16 × 4 signed bytes.
struct Packed {
  int in = 0, out = 0, stride = 0, depth = 0;  // stride: columns, depth: rows, both as padded
  const float* scale = nullptr;
  const float* bias = nullptr;
  const int32_t* sum = nullptr;
  const int8_t* panels = nullptr;
  // What AVX2 needs to know to add up products in 16 bits (kernels_avx2.cpp). Weights of eight rows
  // are `light` where four that are added up (rows 0, 1, 4, 5 or 2, 3, 6, 7 of one column) come to
  // at most kLight to either side of zero, else `middling` where two do (0, 1; 2, 3; …).
  static constexpr int kLight = 204;
  struct Eights {
    int light = 0, middling = 0;  // how many of a panel
  };
  std::vector<Eights> eights;   // of each panel
  std::vector<uint16_t> order;  // for each panel its depth / 8 eights: light, middling, the others

  Packed() = default;
  // `data` must be aligned to 64 bytes, as sections of a model file are, and outlive this. Throws
  // Error when its size or its values do not fit.
  Packed(uint32_t rows, uint32_t columns, std::string_view data);

 private:
  void weigh_panel(int column);
};

// The bytes of a Packed.
std::string pack(const Matrix& weight, const Matrix* bias);

// Rows of activations as the product reads them; the format is the kernel's own.
struct Quantized {
  std::vector<uint8_t> bytes;
  std::vector<float> scale;
};

// What attend() works with; kept by its caller, so that it allocates next to nothing.
struct AttentionSpace {
  std::vector<int16_t> queries, keys, values, weights;
  std::vector<int32_t> scores, sums;
};

struct Kernels {
  const char* name;
  // to[j] += scale · row[j]: a row of an embedding table.
  void (*accumulate)(const int8_t* row, float scale, int width, float* to);
  // rows × width floats, `x_stride` apart → to, padded with zeros to a multiple of four columns.
  void (*quantize)(const float* x, size_t x_stride, int width, int rows, Quantized& to);
  // out[rows × w.stride] = x · w + bias, rows as quantized with width w.in.
  void (*product)(const Quantized& x, const Packed& w, float* out, int rows);
  // One layer of simple recurrent units along one sentence of `length` words (network.h): u holds
  // `parts` (3 or 4) times `width` floats a word, `stride` apart; `through` (for 3 parts) and h are
  // `width` apart. The first half of the width runs forward, the second backward. width is a
  // multiple of 32, at most 1024.
  void (*recur)(const float* u, size_t stride, int parts, const float* through, float* h, int width,
                int length);
  // scores[i * (n + 1) + j] = dependents[i] · heads[j] + bias[j] for i < n, j ≤ n; width a multiple
  // of 16.
  void (*arcs)(const float* dependents, size_t dependent_stride, const float* heads,
               size_t head_stride, const float* bias, int width, int n, float* scores);
  // to[i] += scale · x[i]; count a multiple of 16.
  void (*add_scaled)(const float* x, float scale, size_t count, float* to);
  // Each row of `width` numbers (a multiple of 16): x = layer norm of x + added (nullptr: of x
  // alone), epsilon 1e-12.
  void (*normalize)(float* x, const float* added, const float* weight, const float* bias, int width,
                    int rows);
  // x · Φ(x) to an absolute 1e-5 for each of `count` numbers, a multiple of 16.
  void (*gelu)(float* x, size_t count);
  // Attention among n rows (at most 256) that hold queries, keys and values side by side, `width`
  // numbers each, `stride` from row to row; the queries are scaled already. Heads are `width /
  // heads` wide, a multiple of 16. out: n rows of `width`. Queries, keys, values and shares are
  // rounded to 16-bit integers, one scale a head; a share is of the sum of the rounded ones.
  void (*attend)(const float* qkv, size_t stride, int width, int heads, int n, float* out,
                 AttentionSpace& space);
};

// The best kernels this processor runs.
const Kernels& kernels();
// All that this processor runs, `portable` first, for comparison.
std::vector<const Kernels*> all_kernels();

// e^x to a relative 5e-7 near zero (2e-6 at the ends), x cut to ±87; the same bits everywhere.
float exponential(float x);

}  // namespace chancery
