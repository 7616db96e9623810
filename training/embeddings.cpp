#include "embeddings.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <unordered_map>

namespace chancery::training {

Embeddings::Embeddings(const Matrix& vectors) {
  std::mt19937_64 random(7);
  std::normal_distribution<float> normal(0, 0.1f);
  for (int t = 0; t <= kFeatureTables; ++t) {
    uint32_t rows = t == kFeatureTables ? kGramRows : t == kWord ? vectors.rows + 1 : kTableRows[t];
    uint32_t width = t == kFeatureTables ? kGramWidth : kTableWidth[t];
    Table table{rows, width, std::vector<float>(size_t(rows) * width), {}, {}, {}};
    for (float& v : table.value) v = normal(random);
    if (t == kWord && !vectors.values.empty()) {
      double sum = 0;
      for (float v : vectors.values) sum += double(v) * v;
      float scale = 0.15f / static_cast<float>(std::sqrt(sum / vectors.values.size()));
      for (size_t i = 0; i < vectors.values.size(); ++i)
        table.value[width + i] = vectors.values[i] * scale;
    }
    table.first.assign(table.value.size(), 0);
    table.second.assign(table.value.size(), 0);
    table.averaged = table.value;
    tables_.push_back(std::move(table));
  }
}

// use(table, row, offset in the input, weight)
template <class F>
void Embeddings::each_part(const FeatureBatch& batch, int64_t word, F&& use) const {
  const FeatureRows& rows = *batch.words[word];
  uint32_t offset = 0;
  for (int t = 0; t < kFeatureTables; ++t) {
    use(t, t == kWord && batch.unknown[word] ? 0 : rows.tables[t], offset, 1.f);
    offset += kTableWidth[t];
  }
  float weight = kGramWeight[rows.gram_count];
  for (uint32_t g = 0; g < rows.gram_count; ++g) use(kFeatureTables, rows.grams[g], offset, weight);
}

torch::Tensor Embeddings::gather(const FeatureBatch& batch) const {
  torch::Tensor out = torch::zeros({batch.batch, batch.steps, static_cast<int64_t>(kInputWidth)});
  float* to = out.data_ptr<float>();
  for (size_t i = 0; i < batch.words.size(); ++i)
    if (batch.words[i])
      each_part(batch, static_cast<int64_t>(i),
                [&](int t, uint32_t row, uint32_t offset, float weight) {
                  const float* from = &tables_[t].value[size_t(row) * tables_[t].width];
                  float* at = to + i * kInputWidth + offset;
                  for (uint32_t j = 0; j < tables_[t].width; ++j) at[j] += weight * from[j];
                });
  out.requires_grad_(true);
  return out;
}

void Embeddings::update(const FeatureBatch& batch, const torch::Tensor& gradient, float rate,
                        long step) {
  torch::Tensor dense = gradient.contiguous();
  const float* from = dense.data_ptr<float>();
  std::vector<std::unordered_map<uint32_t, std::vector<float>>> sums(tables_.size());
  for (size_t i = 0; i < batch.words.size(); ++i)
    if (batch.words[i])
      each_part(batch, static_cast<int64_t>(i),
                [&](int t, uint32_t row, uint32_t offset, float weight) {
                  auto& sum = sums[t][row];
                  sum.resize(tables_[t].width);
                  const float* at = from + i * kInputWidth + offset;
                  for (uint32_t j = 0; j < tables_[t].width; ++j) sum[j] += weight * at[j];
                });
  constexpr float kFirst = 0.9f, kSecond = 0.98f;
  float correct_first = 1 - std::pow(kFirst, static_cast<float>(step)),
        correct_second = 1 - std::pow(kSecond, static_cast<float>(step));
  for (size_t t = 0; t < tables_.size(); ++t)
    for (auto& [row, sum] : sums[t]) {
      size_t at = size_t(row) * tables_[t].width;
      float *value = &tables_[t].value[at], *first = &tables_[t].first[at],
            *second = &tables_[t].second[at];
      for (uint32_t j = 0; j < tables_[t].width; ++j) {
        first[j] = kFirst * first[j] + (1 - kFirst) * sum[j];
        second[j] = kSecond * second[j] + (1 - kSecond) * sum[j] * sum[j];
        value[j] -=
            rate * (first[j] / correct_first) / (std::sqrt(second[j] / correct_second) + 1e-8f);
      }
    }
}

void Embeddings::average(float keep) {
  for (Table& t : tables_)
    for (size_t i = 0; i < t.value.size(); ++i)
      t.averaged[i] = keep * t.averaged[i] + (1 - keep) * t.value[i];
}

void Embeddings::swap() {
  for (Table& t : tables_) t.value.swap(t.averaged);
}

void Embeddings::save(ModelFile& file) const {
  for (size_t t = 0; t < tables_.size(); ++t)
    file.set("table." + std::to_string(t),
             Matrix{tables_[t].rows, tables_[t].width, tables_[t].averaged});
}

void Embeddings::load(const ModelFile& file) {
  for (size_t t = 0; t < tables_.size(); ++t)
    tables_[t].value = tables_[t].averaged =
        file.matrix("table." + std::to_string(t), tables_[t].rows, tables_[t].width).values;
}

}  // namespace chancery::training
