// Makes the shipped model of a trained one: weights as bytes, laid out as the kernels read them
// (src/language/kernels.h).
// usage: chancery-pack TRAINED.model OUT.model
//        chancery-pack LEARNT.model PACKED.model OUT.model   gives a packed model judges of words or
//                                                            coreference, in place of what it has
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/error.h"
#include "base/half_float.h"
#include "base/model_file.h"
#include "language/kernels.h"
#include "language/network.h"
#include "language/recurrent/features.h"
#include "language/transformer/windows.h"
#include "language/transformer/word_pieces.h"

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

// Numbers of four bits, each kHalfBytesAScale of a row with the scale that loses least of them.
std::string half_bytes(const Matrix& m) {
  std::string scales, values;
  for (size_t at = 0; at < m.values.size(); at += kHalfBytesAScale) {
    const float* x = &m.values[at];
    float largest = 0, best = 0, least = -1;
    for (uint32_t k = 0; k < kHalfBytesAScale; ++k) largest = std::max(largest, std::fabs(x[k]));
    auto number = [&](float value, float scale) {
      return scale > 0 ? std::clamp<long>(std::lround(value / scale), -8, 7) : 0;
    };
    for (int step = 28; step <= 40; ++step) {
      const float scale = from_half(to_half(largest / 7 * static_cast<float>(step) / 40));
      float lost = 0;
      for (uint32_t k = 0; k < kHalfBytesAScale; ++k) {
        const float off = static_cast<float>(number(x[k], scale)) * scale - x[k];
        lost += off * off;
      }
      if (least < 0 || lost < least) least = lost, best = scale;
    }
    const uint16_t half = to_half(best);
    scales.append(reinterpret_cast<const char*>(&half), 2);
    for (uint32_t k = 0; k < kHalfBytesAScale; k += 2)
      values += static_cast<char>((number(x[k], best) & 15) | (number(x[k + 1], best) & 15) << 4);
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

// One model on its way from training's form to the shipped one.
class Packing {
 public:
  explicit Packing(const std::string& from) : in_(ModelFile::load(from)) {}

  void run() {
    if (in_.has("transformer.shape")) transformer();
    else recurrent();
    heads();
    learnt();
  }
  // The judges alone, beside what a packed model has.
  void judges_into(const std::string& packed) {
    out_ = ModelFile::load(packed);
    learnt();
  }
  void save(const std::string& to) const { out_.save(to); }

 private:
  void strings(const std::string& name) {
    std::vector<std::string_view> views = in_.strings(name);
    out_.set(name, std::vector<std::string>(views.begin(), views.end()));
  }
  void floats(const std::string& name, uint32_t rows = 0, uint32_t columns = 0) {
    out_.set(name, in_.matrix(name, rows, columns), SectionKind::floats);
  }
  void bytes(const std::string& name, const Matrix& m) {
    out_.set(name, SectionKind::bytes, m.rows, m.columns, bytes_by_row(m));
  }
  void table(const std::string& name, const std::string& from) { bytes(name, in_.matrix(from)); }
  void packed(const std::string& name, const Matrix& weight, const Matrix* bias) {
    out_.set(name, SectionKind::packed, weight.rows, weight.columns, pack(weight, bias));
  }
  // A linear layer whose weight lies under `weight` and whose bias under NAME.bias.
  void linear(const std::string& name, const std::string& weight) {
    Matrix bias = in_.matrix(name + ".bias");
    packed(name, in_.matrix(weight), &bias);
  }

  void recurrent();
  void transformer();
  void words(uint32_t width);
  void heads();
  void judges();
  void coreference();
  // What is learnt on the encoder's states, where the file has it.
  void learnt() {
    if (in_.has("judge.hidden")) judges();
    if (in_.has("coreference.words")) coreference();
  }

  ModelFile in_, out_;
};

void Packing::recurrent() {
  strings("vocabulary");
  for (int t = 0; t <= kFeatureTables; ++t)
    table("table." + std::to_string(t), "table." + std::to_string(t));
  Matrix source = in_.matrix("source", kTreebanks, kTreebankWidth);
  out_.set(
      "source",
      Matrix{1, kTreebankWidth, {source.values.begin(), source.values.begin() + kTreebankWidth}},
      SectionKind::floats);
  int layers = static_cast<int>(in_.matrix("shape", 1, 4).values[1]);
  for (int l = 0; l < layers; ++l) {
    std::string name = "encoder." + std::to_string(l);
    linear(name, name + ".weight");
  }
}

// The pieces of words that a model of English needs, and their rows.
void Packing::words(uint32_t width) {
  std::vector<std::string_view> all = in_.strings("pieces");
  Matrix rows = in_.matrix("transformer.words", static_cast<uint32_t>(all.size()), width);
  std::vector<std::string> kept;
  std::vector<float> values;
  for (size_t i = 0; i < all.size(); ++i) {
    if (!piece_of_english(all[i])) continue;
    kept.emplace_back(all[i]);
    auto row = rows.values.begin() + static_cast<std::ptrdiff_t>(i * width);
    values.insert(values.end(), row, row + width);
  }
  out_.set("pieces", kept);
  if (width % kHalfBytesAScale != 0)
    throw Error("transformer.words: a width that is no multiple of 32");
  const Matrix table{static_cast<uint32_t>(kept.size()), width, std::move(values)};
  out_.set("transformer.words", SectionKind::half_bytes, table.rows, width, half_bytes(table));
}

// training/README.md lists what it expects, under which names and in which orientation.
void Packing::transformer() {
  Matrix shape = in_.matrix("transformer.shape", 1, 6);
  auto number = [&](int i) { return static_cast<uint32_t>(shape.values[i]); };
  uint32_t layers = number(0), width = number(1), heads = number(2), inner = number(3),
           positions = number(4), mixed = number(5);
  if (layers < 1 || heads < 1 || width % heads != 0 || mixed < 1 || mixed > layers)
    throw Error("transformer.shape: a shape that no transformer has");
  words(width);
  // No window is longer than this.
  Matrix places = in_.matrix("transformer.positions", positions, width);
  places.rows = std::min<uint32_t>(places.rows, Windows::kMost + 2);
  places.values.resize(static_cast<size_t>(places.rows) * width);
  bytes("transformer.positions", places);
  shape.values[4] = static_cast<float>(places.rows);
  out_.set("transformer.shape", shape, SectionKind::floats);
  floats("transformer.norm", 2, width);
  for (uint32_t l = 0; l < layers; ++l) {
    std::string at = "transformer." + std::to_string(l) + ".";
    Matrix weight = in_.matrix(at + "qkv", width, 3 * width),
           bias = in_.matrix(at + "qkv.bias", 1, 3 * width);
    float share = 1 / std::sqrt(static_cast<float>(width / heads));
    for (uint32_t c = 0; c < width; ++c) {
      bias.values[c] *= share;
      for (uint32_t r = 0; r < width; ++r)
        weight.values[static_cast<size_t>(r) * 3 * width + c] *= share;
    }
    packed(at + "qkv", weight, &bias);
    for (auto [name, from, to] :
         {std::tuple{"out", width, width}, std::tuple{"inner", width, inner},
          std::tuple{"outer", inner, width}}) {
      in_.matrix(at + name, from, to);
      linear(at + name, at + name);
    }
    floats(at + "norm1", 2, width);
    floats(at + "norm2", 2, width);
  }
  floats("transformer.mix", 1, mixed);
  floats("transformer.shapes", 16);
  table("transformer.ending_rows", "transformer.endings");
  linear("transformer.input", "transformer.input");
}

void Packing::heads() {
  floats("shape", 1, 4);
  strings("labels.relation");
  for (const char* tagger : kTaggers) strings(std::string("labels.") + tagger);
  linear("relation.out", "relation.out.weight");
  packed("arc.matrix", in_.matrix("arc.matrix"), nullptr);
  for (const char* name : {"arc.bias", "arc.root", "relation.root"}) floats(name);
  Joint joint;
  std::vector<std::string> parts = {"arc.dependent", "arc.head", "relation.dependent",
                                    "relation.head"};
  for (const char* tagger : kTaggers) parts.push_back(std::string("tagger.") + tagger);
  for (const std::string& part : parts)
    joint.add(in_.matrix(part + ".weight"), in_.matrix(part + ".bias"));
  packed("heads", joint.weight, &joint.bias);
  // Where sentences begin is asked before all else, and so is a matrix of its own.
  if (in_.has("tagger.boundary.weight")) {
    Matrix bias = in_.matrix("tagger.boundary.bias", 1, 2);
    packed("boundary", in_.matrix("tagger.boundary.weight", 0, 2), &bias);
  }
}

// What mentions are compared by (src/reading/who/coreference.h).
void Packing::coreference() {
  linear("coreference.words", "coreference.words");
  for (const char* name : {"both", "later", "earlier", "pair_signs", "out", "none", "lone_signs"})
    floats(std::string("coreference.") + name);
}

// What the record asks of words: one hidden layer, the judges side by side, and what finds the sides.
void Packing::judges() {
  linear("judge.hidden", "judge.hidden");
  Joint joint;
  strings("labels.judges");
  for (std::string_view name : in_.strings("labels.judges")) {
    std::string at = "judge." + std::string(name);
    strings("labels." + at);
    joint.add(in_.matrix(at), in_.matrix(at + ".bias"));
  }
  packed("judge.out", joint.weight, &joint.bias);
  linear("judge.sides", "judge.sides");
  floats("judge.side_matrix");
  strings("labels.sides");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    fmt::print(
        stderr,
        "usage: chancery-pack TRAINED.model OUT.model | LEARNT.model PACKED.model OUT.model\n");
    return 2;
  }
  try {
    Packing packing(argv[1]);
    if (argc == 3) packing.run();
    else packing.judges_into(argv[2]);
    packing.save(argv[argc - 1]);
  } catch (const Error& error) {
    fmt::print(stderr, "chancery-pack: {}\n", error.what());
    return 1;
  }
}
