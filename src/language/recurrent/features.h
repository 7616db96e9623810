// What the recurrent encoder sees of a word: rows of six embedding tables and a bag of character
// n-grams. One piece of code for training and for running, so that the two cannot drift apart. All
// hashes are FNV-1a and part of the model's format.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/vocabulary.h"

namespace chancery {

enum FeatureTable { kWord, kNorm, kSuffix3, kSuffix2, kPrefix3, kShape, kFeatureTables };

// Rows of the hashed tables; kWord's are the vocabulary's size + 1 (row 0: unknown word).
constexpr std::array<uint32_t, kFeatureTables> kTableRows = {0, 16384, 8192, 1024, 8192, 512};
constexpr std::array<uint32_t, kFeatureTables> kTableWidth = {128, 48, 40, 24, 32, 24};
// Character 3-grams and 4-grams of the normal form with its limits marked, in one hashed table;
// their sum over the square root of their number is one more part of the input. A word has
// kMostGrams at most, 3-grams first.
constexpr uint32_t kGramRows = 16384, kGramWidth = 48, kMostGrams = 24;
constexpr uint32_t kInputWidth = 128 + 48 + 40 + 24 + 32 + 24 + kGramWidth;

// 1 / sqrt(n) for n n-grams; 0 for none.
extern const std::array<float, kMostGrams + 1> kGramWeight;

// Where a training sentence came from. `any` is what chancery reads as: gold sentences are half the
// time shown as `any` and half the time as their own treebank, so that differences of convention do
// not blur into one.
enum class Treebank { any, ewt, gum, silver };
constexpr int kTreebanks = 4, kTreebankWidth = 8;

struct FeatureRows {
  std::array<uint32_t, kFeatureTables> tables{};
  std::array<uint32_t, kMostGrams> grams{};
  uint32_t gram_count = 0;
};

// Lower case, digits as 0, typographic quotes and dashes as ASCII ones.
std::string normal_form(std::string_view form);
// "Xxxx", "dd.d", "xxx-xxx"; runs cut at four.
std::string word_shape(std::string_view form);

FeatureRows feature_rows(std::string_view form, const Vocabulary& vocabulary);

}  // namespace chancery
