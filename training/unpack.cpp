// The reverse of chancery-pack for the recurrent network: a shipped model → weights that
// chancery-train goes on from (--from). Bytes hold what training left to about a hundredth of the
// largest weight of a row or column. usage: chancery-unpack SHIPPED.model OUT.model
#include <fmt/format.h>

#include <cstring>

#include "base/error.h"
#include "base/model_file.h"
#include "language/kernels.h"
#include "language/network.h"
#include "language/recurrent/features.h"

namespace {

using namespace chancery;

Matrix table_of(const ModelFile& file, const std::string& name) {
  Section s = file.section(name, SectionKind::bytes, 0, 0);
  Matrix out{s.rows, s.columns, std::vector<float>(static_cast<size_t>(s.rows) * s.columns)};
  const int8_t* values = reinterpret_cast<const int8_t*>(s.data.data() + 4 * size_t{s.rows});
  for (uint32_t r = 0; r < s.rows; ++r) {
    float scale;
    std::memcpy(&scale, s.data.data() + 4 * size_t{r}, 4);
    for (uint32_t c = 0; c < s.columns; ++c) {
      size_t at = static_cast<size_t>(r) * s.columns + c;
      out.values[at] = scale * values[at];
    }
  }
  return out;
}

struct Layer {
  Matrix weight, bias;
};

// Columns [begin, end) of a packed matrix; its layout is told in kernels.h.
Layer columns_of(const Packed& p, uint32_t begin, uint32_t end) {
  uint32_t rows = static_cast<uint32_t>(p.in), width = end - begin;
  Layer out{{rows, width, std::vector<float>(static_cast<size_t>(rows) * width)},
            {1, width, std::vector<float>(width)}};
  for (uint32_t c = begin; c < end; ++c) {
    out.bias.values[c - begin] = p.bias[c];
    for (uint32_t k = 0; k < rows; ++k)
      out.weight.values[static_cast<size_t>(k) * width + c - begin] =
          p.scale[c] * p.panels[static_cast<size_t>(c / 16 * 16) * p.depth +
                                static_cast<size_t>(k / 4) * 64 + c % 16 * 4 + k % 4];
  }
  return out;
}

void unpack_model(const std::string& from, const std::string& to) {
  ModelFile in = ModelFile::load(from), out;
  Matrix shape = in.matrix("shape", 1, 4);
  out.set("shape", shape, SectionKind::floats);
  std::vector<std::string> sets = {"vocabulary", "labels.relation"};
  for (const char* tagger : kTaggers) sets.push_back(std::string("labels.") + tagger);
  for (const std::string& name : sets) {
    std::vector<std::string_view> views = in.strings(name);
    out.set(name, std::vector<std::string>(views.begin(), views.end()));
  }
  for (int t = 0; t <= kFeatureTables; ++t)
    out.set("table." + std::to_string(t), table_of(in, "table." + std::to_string(t)));
  // Only the convention that is read by was shipped; every treebank begins with it.
  Matrix any = in.matrix("source", 1, kTreebankWidth), source{kTreebanks, kTreebankWidth, {}};
  for (int t = 0; t < kTreebanks; ++t)
    source.values.insert(source.values.end(), any.values.begin(), any.values.end());
  out.set("source", source);
  auto packed = [&](const std::string& name) {
    Section s = in.section(name, SectionKind::packed, 0, 0);
    return Packed(s.rows, s.columns, s.data);
  };
  auto linear = [&](const std::string& name, const Layer& layer) {
    out.set(name + ".weight", layer.weight);
    out.set(name + ".bias", layer.bias);
  };
  auto whole = [&](const std::string& name) {
    Packed p = packed(name);
    return columns_of(p, 0, static_cast<uint32_t>(p.out));
  };
  for (int l = 0; l < static_cast<int>(shape.values[1]); ++l)
    linear("encoder." + std::to_string(l), whole("encoder." + std::to_string(l)));
  linear("relation.out", whole("relation.out"));
  out.set("arc.matrix", whole("arc.matrix").weight);
  for (const char* name : {"arc.bias", "arc.root", "relation.root"}) out.set(name, in.matrix(name));
  Packed heads = packed("heads");
  uint32_t at = 0;
  auto part = [&](const std::string& name, uint32_t width) {
    linear(name, columns_of(heads, at, at + width));
    at += (width + 15) / 16 * 16;
  };
  uint32_t arc = static_cast<uint32_t>(shape.values[2]),
           relation = static_cast<uint32_t>(shape.values[3]);
  part("arc.dependent", arc);
  part("arc.head", arc);
  part("relation.dependent", relation);
  part("relation.head", relation);
  for (const char* tagger : kTaggers)
    part(std::string("tagger.") + tagger,
         static_cast<uint32_t>(in.strings(std::string("labels.") + tagger).size()));
  out.save(to);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: chancery-unpack SHIPPED.model OUT.model\n");
    return 2;
  }
  try {
    unpack_model(argv[1], argv[2]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "chancery-unpack: {}\n", error.what());
    return 1;
  }
}
