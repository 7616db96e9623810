// Probabilities as explanations write them.
#pragma once
#include <cstdio>
#include <string>

namespace chancery {

// "0.87"
inline std::string two_decimals(double probability) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", probability);
  return text;
}

}  // namespace chancery
