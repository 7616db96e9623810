// How much some words of a text are, and how much of them lies in others.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/strings.h"
#include "record/record.h"

namespace chancery::present {

// What part of another's words a line must hold to tell it too.
constexpr double kMost = 0.6;

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

inline bool at_one_time(const Event& a, const Event& b) {
  return a.when == b.when || a.when.empty() || b.when.empty();
}

// The same act again.
inline bool is_retold(const Event& a, const Event& b) {
  return a.type == b.type && a.mode == b.mode && a.source == b.source && a.target == b.target &&
         a.status == b.status && at_one_time(a, b);
}

// The same act told from its other side: each does it to the other.
inline bool with_sides_turned(const Event& a, const Event& b) {
  const auto in = [](const std::vector<int>& who, const std::vector<int>& some) {
    return !who.empty() && std::find(some.begin(), some.end(), who[0]) != some.end();
  };
  return a.type == b.type && a.mode == b.mode && a.status == b.status && at_one_time(a, b) &&
         in(a.source, b.target) && in(b.source, a.target);
}

// Do some words begin with the verb of the act? "Condemned the treaty" tells it, whatever went with it.
inline bool begins(const Event& act, Span words) {
  return act.trigger.begin < act.trigger.end && words.begin == act.trigger.begin;
}

// A word or two tell nobody anything.
inline bool scant(std::string_view words) { return split_words(words).size() < 3; }

}  // namespace chancery::present
