#include "batches.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery::training {

const FeatureRows* FeatureCache::rows(const std::string& form) {
  auto [found, fresh] = by_form_.try_emplace(form, nullptr);
  if (fresh) found->second = &store_.emplace_back(feature_rows(form, vocabulary_));
  return found->second;
}

Batch make_batch(const std::vector<const Example*>& examples, FeatureCache& cache,
                 std::mt19937_64* noise) {
  size_t longest = 0;
  for (const Example* e : examples) longest = std::max(longest, e->words.size());
  int64_t n = static_cast<int64_t>(examples.size()), t = static_cast<int64_t>(longest);
  Batch b;
  b.features = {n, t, std::vector<const FeatureRows*>(n * t, nullptr), std::vector<char>(n * t, 0)};
  b.source = torch::zeros({n}, torch::kLong);
  b.lengths = torch::zeros({n}, torch::kLong);
  b.real = torch::zeros({n, t});
  b.heads = torch::full({n, t}, kUnknown, torch::kLong);
  b.relation = torch::full({n, t}, kUnknown, torch::kLong);
  for (auto& l : b.labels) l = torch::full({n, t}, kUnknown, torch::kLong);
  int64_t *heads = b.heads.data_ptr<int64_t>(), *relation = b.relation.data_ptr<int64_t>();
  float* real = b.real.data_ptr<float>();
  std::uniform_real_distribution<double> unit(0, 1);
  for (int64_t i = 0; i < n; ++i) {
    const Example& e = *examples[i];
    Treebank source = e.source;
    if (noise && (source == Treebank::ewt || source == Treebank::gum) && unit(*noise) < 0.5)
      source = Treebank::any;
    b.source[i] = static_cast<int64_t>(source);
    b.lengths[i] = static_cast<int64_t>(e.words.size());
    bool small = noise && unit(*noise) < 0.04;  // headlines and newswire without capitals
    for (size_t k = 0; k < e.words.size(); ++k) {
      const Word& w = e.words[k];
      int64_t at = i * t + static_cast<int64_t>(k);
      b.features.words[at] = cache.rows(small ? lower(w.form) : w.form);
      b.features.unknown[at] = noise && unit(*noise) < 0.12;
      real[at] = 1;
      heads[at] = w.head;
      relation[at] = w.head == kUnknown ? kUnknown : w.relation;
      for (int l = 0; l < kLabels; ++l) b.labels[l].data_ptr<int64_t>()[at] = w.label[l];
    }
    b.words += static_cast<int64_t>(e.words.size());
  }
  return b;
}

std::vector<std::vector<const Example*>> batches(std::vector<const Example*> examples, size_t words,
                                                 std::mt19937_64& random) {
  std::shuffle(examples.begin(), examples.end(), random);
  std::stable_sort(examples.begin(), examples.end(),
                   [](auto* a, auto* b) { return a->words.size() / 4 < b->words.size() / 4; });
  std::vector<std::vector<const Example*>> out;
  size_t filled = words;
  for (const Example* e : examples) {
    if (filled + e->words.size() > words) {
      out.emplace_back();
      filled = 0;
    }
    out.back().push_back(e);
    filled += e->words.size();
  }
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

}  // namespace chancery::training
