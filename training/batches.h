// Sentences in batches of like length, as tensors.
#pragma once
#include <deque>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "corpus.h"
#include "net.h"

namespace chancery::training {

// Feature rows of every form met, made once.
class FeatureCache {
 public:
  explicit FeatureCache(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}
  const FeatureRows* rows(const std::string& form);

 private:
  const Vocabulary& vocabulary_;
  std::deque<FeatureRows> store_;
  std::unordered_map<std::string, const FeatureRows*> by_form_;
};

// With `noise`: word dropout, sentences without capitals, gold sentences shown as of any treebank.
Batch make_batch(const std::vector<const Example*>& examples, FeatureCache& cache,
                 std::mt19937_64* noise);

// Sentences of like length together, about `words` words a batch, in random order.
std::vector<std::vector<const Example*>> batches(std::vector<const Example*> examples, size_t words,
                                                 std::mt19937_64& random);

}  // namespace chancery::training
