// The ends of a word, which tell its part of speech and its lemma where pieces are long or rare.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace chancery {

// Rows of the hashed table; the hash is FNV-1a and part of the model's format.
constexpr uint32_t kEndingRows = 8192;
constexpr int kEndings[] = {2, 3, 4};

// Rows of the last two, three and four bytes of a word (all of it where it is shorter), ASCII
// capitals made small.
std::array<uint32_t, std::size(kEndings)> word_endings(std::string_view form);

}  // namespace chancery
