// IEEE half floats (binary16) as bits.
#pragma once
#include <cstdint>

namespace chancery {

float from_half(uint16_t bits);
// The nearest; the largest finite one for what is larger.
uint16_t to_half(float value);

}  // namespace chancery
