// How much some words of a text are, and how much of them lies in others.
#pragma once
#include <algorithm>
#include <cstdint>

#include "base/strings.h"
#include "record/record.h"

namespace chancery::present {

inline uint32_t length(const Spans& spans) {
  uint32_t sum = 0;
  for (Span s : spans) sum += s.end - s.begin;
  return sum;
}

// Which part of `inner` lies in `outer`.
inline double share(const Spans& inner, const Spans& outer) {
  uint32_t common = 0;
  for (Span a : inner)
    for (Span b : outer) {
      const uint32_t from = std::max(a.begin, b.begin), to = std::min(a.end, b.end);
      if (from < to) common += to - from;
    }
  const uint32_t all = length(inner);
  return all ? static_cast<double>(common) / all : 0;
}

// A word or two tell nobody anything.
inline bool scant(std::string_view words) { return split_words(words).size() < 3; }

}  // namespace chancery::present
