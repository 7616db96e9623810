// Makes the shipped model of a trained one: weights as bytes, laid out as the kernels read them
// (src/language/kernels.h). usage: chancery-pack TRAINED.model OUT.model
#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "language/features.h"
#include "language/kernels.h"
#include "language/model_file.h"
#include "language/network.h"

namespace {

using namespace chancery;

std::string bytes_by_row(const Matrix& m) {
  std::string scales, values;
  for (uint32_t r = 0; r < m.rows; ++r) {
    const float* row = &m.values[static_cast<size_t>(r) * m.columns];
    float largest = 0;
    for (uint32_t c = 0; c < m.columns; ++c) largest = std::max(largest, std::fabs(row[c]));
    float scale = largest / 127;
    scales.append(reinterpret_cast<const char*>(&scale), 4);
    for (uint32_t c = 0; c < m.columns; ++c)
      values += static_cast<char>(largest > 0 ? std::lround(row[c] / scale) : 0);
  }
  return scales + values;
}

// Matrices side by side, each padded to a multiple of 16 columns.
struct Joint {
  Matrix weight, bias;
  void add(const Matrix& w, const Matrix& b) {
    uint32_t width = (w.columns + 15) / 16 * 16, before = weight.columns;
    Matrix joined{w.rows, before + width,
                  std::vector<float>(static_cast<size_t>(w.rows) * (before + width))};
    for (uint32_t r = 0; r < w.rows; ++r) {
      for (uint32_t c = 0; c < before; ++c)
        joined.values[static_cast<size_t>(r) * joined.columns + c] =
            weight.values[static_cast<size_t>(r) * before + c];
      for (uint32_t c = 0; c < w.columns; ++c)
        joined.values[static_cast<size_t>(r) * joined.columns + before + c] =
            w.values[static_cast<size_t>(r) * w.columns + c];
    }
    weight = std::move(joined);
    bias.rows = 1;
    bias.columns = weight.columns;
    bias.values.resize(before);
    bias.values.insert(bias.values.end(), b.values.begin(), b.values.end());
    bias.values.resize(weight.columns);
  }
};

void pack_model(const std::string& from, const std::string& to) {
  ModelFile in = ModelFile::load(from), out;
  Matrix shape = in.matrix("shape", 1, 4);
  out.set("shape", shape, SectionKind::floats);
  auto strings = [&](const std::string& name) {
    std::vector<std::string_view> views = in.strings(name);
    out.set(name, std::vector<std::string>(views.begin(), views.end()));
  };
  strings("vocabulary");
  strings("labels.relation");
  for (const char* tagger : kTaggers) strings(std::string("labels.") + tagger);
  for (int t = 0; t <= kFeatureTables; ++t) {
    std::string name = "table." + std::to_string(t);
    Matrix m = in.matrix(name);
    out.set(name, SectionKind::bytes, m.rows, m.columns, bytes_by_row(m));
  }
  Matrix source = in.matrix("source", kTreebanks, kTreebankWidth);
  out.set(
      "source",
      Matrix{1, kTreebankWidth, {source.values.begin(), source.values.begin() + kTreebankWidth}},
      SectionKind::floats);
  auto packed = [&](const std::string& name, const Matrix& weight, const Matrix* bias) {
    out.set(name, SectionKind::packed, weight.rows, weight.columns, pack(weight, bias));
  };
  auto linear = [&](const std::string& name) {
    Matrix bias = in.matrix(name + ".bias");
    packed(name, in.matrix(name + ".weight"), &bias);
  };
  for (int l = 0; l < static_cast<int>(shape.values[1]); ++l)
    linear("encoder." + std::to_string(l));
  linear("relation.out");
  packed("arc.matrix", in.matrix("arc.matrix"), nullptr);
  for (const char* name : {"arc.bias", "arc.root", "relation.root"})
    out.set(name, in.matrix(name), SectionKind::floats);
  Joint heads;
  std::vector<std::string> parts = {"arc.dependent", "arc.head", "relation.dependent",
                                    "relation.head"};
  for (const char* tagger : kTaggers) parts.push_back(std::string("tagger.") + tagger);
  for (const std::string& part : parts)
    heads.add(in.matrix(part + ".weight"), in.matrix(part + ".bias"));
  packed("heads", heads.weight, &heads.bias);
  out.save(to);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: chancery-pack TRAINED.model OUT.model\n");
    return 2;
  }
  try {
    pack_model(argv[1], argv[2]);
  } catch (const Error& error) {
    fmt::print(stderr, "chancery-pack: {}\n", error.what());
    return 1;
  }
}
