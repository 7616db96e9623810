#include "base/half_float.h"

#include <bit>
#include <cmath>

namespace chancery {

float from_half(uint16_t h) {
  uint32_t sign = static_cast<uint32_t>(h & 0x8000) << 16, exponent = (h >> 10) & 31,
           mantissa = h & 0x3FF;
  uint32_t bits;
  if (exponent == 0) {
    float value = static_cast<float>(mantissa) * 0x1p-24f;
    return sign ? -value : value;
  }
  bits =
      exponent == 31 ? 0x7F800000u | (mantissa << 13) : ((exponent + 112) << 23) | (mantissa << 13);
  return std::bit_cast<float>(bits | sign);
}

uint16_t to_half(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  uint16_t sign = static_cast<uint16_t>((bits >> 16) & 0x8000);
  float absolute = std::bit_cast<float>(bits & 0x7FFFFFFF);
  if (absolute >= 65504.0f) return sign | 0x7BFF;
  if (absolute < 0x1p-14f) return sign | static_cast<uint16_t>(std::lround(absolute * 0x1p24f));
  uint32_t rounded = (bits & 0x7FFFFFFF) + 0xFFF + ((bits >> 13) & 1);
  return sign | static_cast<uint16_t>((rounded >> 13) - (112u << 10));
}

}  // namespace chancery
