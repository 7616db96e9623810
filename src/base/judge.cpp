#include "base/judge.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/strings.h"

namespace chancery {
namespace {

constexpr uint32_t kMostHidden = 256;

// e^x by its series around the nearest power of two. Libraries differ in the last bit of theirs.
float exponential(float x) {
  x = std::clamp(x, -80.0f, 80.0f);
  float turns = std::nearbyint(x * 1.44269504f);
  float rest = x - turns * 0.693359375f;
  rest = rest + turns * 2.12194440e-4f;
  float sum = 1.0f / 720;
  for (float term : {1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f}) sum = sum * rest + term;
  return std::ldexp(sum, static_cast<int>(turns));
}

std::vector<std::string> owned(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

void put(ModelFile& file, const std::string& name, uint32_t rows, uint32_t columns,
         const std::vector<float>& values) {
  file.set(name, Matrix{rows, columns, values}, SectionKind::floats);
}

// The names a program knows against those of the file; says the first that differs.
void agree(const std::string& what, const std::vector<std::string>& program,
           const std::vector<std::string>& file) {
  size_t i = 0;
  while (i < program.size() && i < file.size() && program[i] == file[i]) ++i;
  if (i == program.size() && i == file.size()) return;
  auto name = [&](const std::vector<std::string>& of) {
    return i < of.size() ? "'" + of[i] + "'" : std::string("none");
  };
  throw StartError("the model's " + what + " are not this program's: number " +
                   std::to_string(i + 1) + " is " + name(file) + ", expected " + name(program) +
                   "; use the model that was shipped with it");
}

}  // namespace

void put_judge(ModelFile& file, const std::string& name, const JudgeWeights& w) {
  uint32_t features = static_cast<uint32_t>(w.features.size()),
           classes = static_cast<uint32_t>(w.classes.size());
  file.set(name + ".features", w.features);
  file.set(name + ".classes", w.classes);
  std::vector<float> scales(w.buckets, 0.0f);
  std::string bytes(static_cast<size_t>(w.buckets) * w.hidden, 0);
  for (size_t row = 0; row < w.buckets; ++row) {
    const float* values = &w.rows[row * w.hidden];
    float largest = 0;
    for (size_t i = 0; i < w.hidden; ++i) largest = std::max(largest, std::fabs(values[i]));
    if (largest == 0) continue;
    scales[row] = largest / 127;
    for (size_t i = 0; i < w.hidden; ++i)
      bytes[row * w.hidden + i] = static_cast<char>(std::lround(values[i] / scales[row]));
  }
  std::string data(reinterpret_cast<const char*>(scales.data()), scales.size() * sizeof(float));
  file.set(name + ".rows", SectionKind::bytes, w.buckets, w.hidden, data + bytes);
  put(file, name + ".dense", features, w.hidden, w.dense);
  put(file, name + ".bias", 1, w.hidden, w.bias);
  put(file, name + ".out", w.hidden, classes, w.out);
  put(file, name + ".out_bias", 1, classes, w.out_bias);
  put(file, name + ".calibration", 1, 1, {w.temperature});
}

Judge::Judge(const ModelFile& file, const std::string& name,
             const std::vector<std::string>& features, const std::vector<std::string>& classes) {
  JudgeWeights& w = weights_;
  w.features = owned(file.strings(name + ".features"));
  w.classes = owned(file.strings(name + ".classes"));
  agree("features", features, w.features);
  agree("classes", classes, w.classes);
  Section rows = file.section(name + ".rows", SectionKind::bytes, 0, 0);
  if (!std::has_single_bit(rows.rows) || rows.columns == 0 || rows.columns > kMostHidden)
    throw StartError("damaged model: section " + name + ".rows has no shape of a judge's");
  w.buckets = rows.rows;
  w.hidden = rows.columns;
  uint32_t in = static_cast<uint32_t>(features.size()), out = static_cast<uint32_t>(classes.size());
  w.dense = file.matrix(name + ".dense", in, w.hidden).values;
  w.bias = file.matrix(name + ".bias", 1, w.hidden).values;
  w.out = file.matrix(name + ".out", w.hidden, out).values;
  w.out_bias = file.matrix(name + ".out_bias", 1, out).values;
  w.temperature = file.matrix(name + ".calibration", 1, 1).values[0];
  if (!(w.temperature >= 0.05f))
    throw StartError("damaged model: section " + name + ".calibration is out of range");
  w.rows.resize(static_cast<size_t>(w.buckets) * w.hidden);
  const char* bytes = rows.data.data() + static_cast<size_t>(w.buckets) * sizeof(float);
  for (size_t row = 0; row < w.buckets; ++row) {
    float scale;
    std::memcpy(&scale, rows.data.data() + row * sizeof(float), sizeof scale);
    if (!(std::fabs(scale) < 1e4f))
      throw StartError("damaged model: section " + name + ".rows holds a value out of range");
    for (size_t i = 0; i < w.hidden; ++i)
      w.rows[row * w.hidden + i] =
          scale * static_cast<float>(static_cast<signed char>(bytes[row * w.hidden + i]));
  }
}

Judge::Judge(JudgeWeights weights) : weights_(std::move(weights)) {
  if (weights_.hidden > kMostHidden || !std::has_single_bit(weights_.buckets))
    throw Error("a judge has at most " + std::to_string(kMostHidden) +
                " hidden units, and a power of two of buckets");
}

void Judge::decide(const Features& features, std::span<float> probabilities) const {
  const JudgeWeights& w = weights_;
  float hidden[kMostHidden];
  std::copy(w.bias.begin(), w.bias.end(), hidden);
  for (uint64_t hash : features.sparse) {
    const float* row = &w.rows[(hash & (w.buckets - 1)) * w.hidden];
    for (size_t i = 0; i < w.hidden; ++i) hidden[i] += row[i];
  }
  for (size_t f = 0; f < features.dense.size(); ++f) {
    float value = features.dense[f];
    if (value == 0) continue;
    const float* row = &w.dense[f * w.hidden];
    for (size_t i = 0; i < w.hidden; ++i) hidden[i] += value * row[i];
  }
  std::copy(w.out_bias.begin(), w.out_bias.end(), probabilities.begin());
  size_t classes = w.classes.size();
  for (size_t i = 0; i < w.hidden; ++i) {
    if (hidden[i] <= 0) continue;
    for (size_t c = 0; c < classes; ++c) probabilities[c] += hidden[i] * w.out[i * classes + c];
  }
  float largest = *std::max_element(probabilities.begin(), probabilities.end()), sum = 0;
  for (float& p : probabilities) sum += p = exponential((p - largest) / w.temperature);
  for (float& p : probabilities) p /= sum;
}

}  // namespace chancery
