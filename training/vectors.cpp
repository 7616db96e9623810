// Word vectors from raw text: skip-gram with negative sampling (Mikolov et al. 2013), one thread,
// fixed seed. usage: chancery-vectors OUT [--words N] [--epochs N] FILE… FILE: *.txt.gz or *.txt
// with one paragraph a line, or *.jsonl whose lines carry "text". Writes a model file with the
// sections "vocabulary" and "vectors"; words are in the encoder's normal form, most frequent first.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/model_file.h"
#include "base/strings.h"
#include "language/recurrent/features.h"
#include "language/tokenizer.h"
#include "raw_text.h"

namespace {

using namespace chancery;

constexpr int kWidth = 128;

}  // namespace

int main(int argc, char** argv) {
  size_t most = 30000;
  int epochs = 2;
  std::string out;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    if (arg == "--words" && i + 1 < argc) most = std::stoul(argv[++i]);
    else if (arg == "--epochs" && i + 1 < argc) epochs = std::stoi(argv[++i]);
    else if (out.empty()) out = arg;
    else files.push_back(arg);
  }
  if (files.empty()) {
    fmt::print(stderr, "usage: chancery-vectors OUT [--words N] [--epochs N] FILE...\n");
    return 2;
  }
  // Whole corpus as word numbers: 42 M words are 170 MB.
  std::unordered_map<std::string, uint32_t> numbers;
  std::vector<std::string> words;
  std::vector<uint64_t> counts;
  std::vector<uint32_t> corpus;  // number + 1; 0 between sentences
  for (const std::string& path : files) {
    training::each_line_of_text(path, [&](std::string_view text) {
      Document document = tokenize(text);
      for (const Sentence& sentence : document.sentences) {
        for (int i = sentence.begin; i < sentence.end; ++i) {
          auto [found, fresh] = numbers.try_emplace(normal_form(document[i].form),
                                                    static_cast<uint32_t>(words.size()));
          if (fresh) {
            words.push_back(found->first);
            counts.push_back(0);
          }
          ++counts[found->second];
          corpus.push_back(found->second + 1);
        }
        corpus.push_back(0);
      }
    });
    fmt::print(stderr, "{}: {} tokens so far\n", path, corpus.size());
  }
  std::vector<uint32_t> order(words.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : words[a] < words[b];
  });
  size_t size = std::min(most, order.size());
  std::vector<uint32_t> rank(words.size() + 1, 0);  // 1-based vocabulary row, 0 out of it
  for (size_t i = 0; i < size; ++i) rank[order[i] + 1] = static_cast<uint32_t>(i + 1);
  for (uint32_t& c : corpus) c = c == 0 ? 0 : rank[c] == 0 ? UINT32_MAX : rank[c];

  std::mt19937_64 random(20261123);
  std::vector<float> in(size * kWidth), away(size * kWidth, 0.f);
  std::uniform_real_distribution<float> start(-0.5f / kWidth, 0.5f / kWidth), unit(0, 1);
  for (float& v : in) v = start(random);
  std::vector<uint32_t> noise;
  double total = 0;
  for (size_t i = 0; i < size; ++i) total += std::pow(static_cast<double>(counts[order[i]]), 0.75);
  for (size_t i = 0; i < size; ++i) {
    size_t share =
        static_cast<size_t>(std::pow(static_cast<double>(counts[order[i]]), 0.75) / total * 5e6) +
        1;
    noise.insert(noise.end(), share, static_cast<uint32_t>(i));
  }
  double tokens = static_cast<double>(corpus.size());
  std::vector<float> keep(size);
  for (size_t i = 0; i < size; ++i) {
    double frequency = counts[order[i]] / tokens;
    keep[i] = static_cast<float>(std::min(1.0, std::sqrt(1e-4 / frequency) + 1e-4 / frequency));
  }
  std::vector<float> sigmoid(1024);
  for (int i = 0; i < 1024; ++i) sigmoid[i] = 1 / (1 + std::exp(-(i - 512) / 64.0f));
  constexpr int kWindow = 3, kNegative = 4;
  std::vector<uint32_t> sentence;
  size_t done = 0;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (size_t at = 0; at < corpus.size(); ++at) {
      if (corpus[at] != 0) {
        if (corpus[at] != UINT32_MAX && unit(random) < keep[corpus[at] - 1])
          sentence.push_back(corpus[at] - 1);
        continue;
      }
      float rate = static_cast<float>(
          0.03 * std::max(0.002, 1 - (static_cast<double>(done + at)) / (tokens * epochs)));
      int n = static_cast<int>(sentence.size());
      for (int i = 0; i < n; ++i) {
        int reach = 1 + static_cast<int>(random() % kWindow);
        for (int j = std::max(0, i - reach); j <= std::min(n - 1, i + reach); ++j) {
          if (j == i) continue;
          float* centre = &in[sentence[i] * kWidth];
          float gradient[kWidth] = {};
          for (int k = 0; k <= kNegative; ++k) {
            uint32_t target = k == 0 ? sentence[j] : noise[random() % noise.size()];
            if (k > 0 && target == sentence[j]) continue;
            float* other = &away[target * kWidth];
            float dot = 0;
            for (int x = 0; x < kWidth; ++x) dot += centre[x] * other[x];
            int cell = std::clamp(static_cast<int>(dot * 64) + 512, 0, 1023);
            float g = ((k == 0) - sigmoid[cell]) * rate;
            for (int x = 0; x < kWidth; ++x) {
              gradient[x] += g * other[x];
              other[x] += g * centre[x];
            }
          }
          for (int x = 0; x < kWidth; ++x) centre[x] += gradient[x];
        }
      }
      sentence.clear();
    }
    done += corpus.size();
    fmt::print(stderr, "epoch {} done\n", epoch + 1);
  }
  ModelFile file;
  std::vector<std::string> vocabulary;
  for (size_t i = 0; i < size; ++i) vocabulary.push_back(words[order[i]]);
  file.set("vocabulary", std::move(vocabulary));
  file.set("vectors", Matrix{static_cast<uint32_t>(size), kWidth, std::move(in)});
  file.save(out);
}
