// Nearly equal texts: MinHash over shingles of three words, in six bands of three (Broder 1997).
// Two texts that share a band are candidates; their shingles are then compared exactly.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace chancery {

// Above this share of common shingles two texts are copies of each other (docs/quality.md: chosen
// on invented clusters).
inline constexpr double kCopy = 0.7;

// Hashes of the shingles of a text, sorted, each once. Words are letters and digits in lower case;
// linear in the text.
std::vector<uint64_t> shingles(std::string_view text);
// Six numbers; texts of Jaccard 0.7 share one with probability 0.92, of 0.8 with 0.986, of 0.3 with
// 0.15.
std::vector<int64_t> bands(const std::vector<uint64_t>& shingles);
// Jaccard of two sorted lists.
double likeness(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b);

}  // namespace chancery
