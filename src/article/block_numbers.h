// What both looks at a page's blocks (block_features.cpp, block_context.cpp) reckon with.
#pragma once
#include <cstdint>

#include "article/blocks.h"

namespace chancery::block_numbers {

inline constexpr int kNeighbours = 3;  // on each side

inline uint64_t mix(uint64_t a, uint64_t b) {
  uint64_t x = (a ^ (b * 0x9E3779B97F4A7C15ull)) * 0xBF58476D1CE4E5B9ull;
  return x ^ (x >> 29);
}

inline float logarithm(size_t n) {
  // In steps of an eighth, the same on every processor.
  float whole = 0;
  while (n >= 16) n >>= 1, whole += 1;
  static constexpr float table[16] = {0,    0,      1,     1.5f,   2,    2.25f,  2.5f,  2.75f,
                                      3.0f, 3.125f, 3.25f, 3.375f, 3.5f, 3.625f, 3.75f, 3.875f};
  return whole + table[n];
}

inline int outer(const Page& page, int box, int levels) {
  while (levels-- > 0 && page.boxes[box].parent >= 0) box = page.boxes[box].parent;
  return box;
}

}  // namespace chancery::block_numbers
