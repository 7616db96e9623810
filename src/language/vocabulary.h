// Words, or pieces of words, with a number of their own.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace chancery {

// Rows in the order of the words, from 1. Points into the strings it was made from.
class Vocabulary {
 public:
  Vocabulary() = default;
  explicit Vocabulary(std::vector<std::string_view> words);
  uint32_t row(std::string_view norm) const;  // 1-based; 0 when unknown
  uint32_t size() const { return static_cast<uint32_t>(words_.size()); }

 private:
  std::vector<std::string_view> words_;
  std::vector<uint32_t>
      slots_;  // open addressing, a power of two at least twice the number of words; 0 = free
};

}  // namespace chancery
