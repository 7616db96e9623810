#include "language/network.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/error.h"
#include "language/features.h"
#include "language/lemma.h"
#include "language/model_file.h"
#include "language/tree.h"

namespace chancery {
namespace {

// An embedding table as it lies in the file: one scale and `width` signed bytes a row.
struct Table {
  const float* scale = nullptr;
  const int8_t* values = nullptr;
  uint32_t width = 0;
};

// Columns of one head in the joint matrix.
struct Columns {
  int begin = 0, end = 0;
};

}  // namespace

struct Network::Weights {
  explicit Weights(const std::string& path, const Kernels& kernels)
      : file(ModelFile::load(path)), kernels(kernels) {}
  ModelFile file;  // everything below points into it
  const Kernels& kernels;
  NetworkShape shape;
  Vocabulary vocabulary;
  std::array<Table, kFeatureTables + 1> tables;
  std::vector<float> source;  // the embedding of Treebank::any, the convention we read by
  std::vector<Packed> encoder;
  Packed heads, arc_matrix, relation_out, readers;
  std::vector<float> arc_bias, arc_root, relation_root;
  float root_bias = 0;
  // Labels as C strings, for Token.
  std::vector<std::string> xpos, upos, features, relation;
  std::vector<LemmaScript> lemma;
  Columns arc_dependent, arc_head, relation_dependent, relation_head, xpos_columns, upos_columns,
      features_columns, lemma_columns, name_columns, attribution_columns;
};

namespace {

constexpr int kNameTags = 11;

int argmax(const float* values, int begin, int end) {
  return static_cast<int>(std::max_element(values + begin, values + end) - values) - begin;
}

// Names: the best sequence in which I-x follows B-x or I-x only.
void decode_names(const std::vector<const float*>& scores, std::vector<int>& out) {
  int n = static_cast<int>(scores.size());
  std::vector<std::array<float, kNameTags>> best(n);
  std::vector<std::array<int, kNameTags>> from(n);
  auto allowed = [](int a, int b) { return b == 0 || b % 2 == 1 || a == b || a == b - 1; };
  for (int i = 0; i < n; ++i)
    for (int b = 0; b < kNameTags; ++b) {
      if (i == 0) {
        best[0][b] = b == 0 || b % 2 == 1 ? scores[0][b] : -1e9f;
        continue;
      }
      int choice = 0;
      float value = -1e30f;
      for (int a = 0; a < kNameTags; ++a)
        if (allowed(a, b) && best[i - 1][a] > value) {
          value = best[i - 1][a];
          choice = a;
        }
      best[i][b] = value + scores[i][b];
      from[i][b] = choice;
    }
  out.assign(n, 0);
  if (n == 0) return;
  int tag = argmax(best[n - 1].data(), 0, kNameTags);
  for (int i = n - 1; i >= 0; --i) {
    out[i] = tag;
    if (i > 0) tag = from[i][tag];
  }
}

}  // namespace

Network::Network(const std::string& path, const Kernels& kernels)
    : weights_(std::make_unique<Weights>(path, kernels)) {
  Weights& w = *weights_;
  const ModelFile& file = w.file;
  auto refuse = [&](const std::string& why) { throw StartError(path + ": " + why); };
  Matrix shape = file.matrix("shape", 1, 4);
  w.shape = {static_cast<int>(shape.values[0]), static_cast<int>(shape.values[1]),
             static_cast<int>(shape.values[2]), static_cast<int>(shape.values[3])};
  const auto [width, layers, arc, relation] = w.shape;
  if (width < 32 || width > 1024 || width % 32 || layers < 1 || layers > 16 || arc < 16 ||
      arc > 1024 || arc % 16 || relation < 16 || relation > 1024 || relation % 16)
    refuse("damaged model: a shape that no network has");
  w.vocabulary = Vocabulary(file.strings("vocabulary"));
  for (int t = 0; t <= kFeatureTables; ++t) {
    uint32_t rows = t == kFeatureTables ? kGramRows
                    : t == kWord        ? w.vocabulary.size() + 1
                                        : kTableRows[t];
    uint32_t columns = t == kFeatureTables ? kGramWidth : kTableWidth[t];
    Section s = file.section("table." + std::to_string(t), SectionKind::bytes, rows, columns);
    w.tables[t] = {reinterpret_cast<const float*>(s.data.data()),
                   reinterpret_cast<const int8_t*>(s.data.data()) + 4 * static_cast<size_t>(rows),
                   columns};
    for (uint32_t r = 0; r < rows; ++r)
      if (!(std::abs(w.tables[t].scale[r]) < 1e4f))
        refuse("damaged model: table " + std::to_string(t) + " holds a value out of range");
  }
  auto packed = [&](const std::string& name, int in, int out) {
    try {
      return Packed(static_cast<uint32_t>(in), static_cast<uint32_t>(out),
                    file.section(name, SectionKind::packed, static_cast<uint32_t>(in),
                                 static_cast<uint32_t>(out))
                        .data);
    } catch (const StartError&) {
      throw;
    } catch (const Error& error) {
      throw StartError(path + ": damaged model: " + name + ": " + error.what());
    }
  };
  auto row = [&](const std::string& name, int columns) {
    return file.matrix(name, 1, static_cast<uint32_t>(columns)).values;
  };
  w.source = row("source", kTreebankWidth);
  for (int l = 0; l < layers; ++l)
    w.encoder.push_back(packed("encoder." + std::to_string(l),
                               l == 0 ? static_cast<int>(kInputWidth) + kTreebankWidth : width,
                               width * (l == 0 ? 4 : 3)));
  auto labels = [&](const std::string& name) {
    std::vector<std::string_view> views = file.strings("labels." + name);
    if (views.empty()) refuse("an empty set of labels");
    return std::vector<std::string>(views.begin(), views.end());
  };
  w.xpos = labels("xpos");
  w.upos = labels("upos");
  w.features = labels("features");
  w.relation = labels("relation");
  for (const std::string& script : labels("lemma")) w.lemma.emplace_back(script);
  if (labels("name").size() != kNameTags || labels("attribution").size() != 7)
    refuse("the sets of name and attribution labels are not this program's");
  int columns = 0;
  auto place = [&](Columns& part, size_t count) {
    part = {columns, columns + static_cast<int>(count)};
    columns += (static_cast<int>(count) + 15) / 16 * 16;
  };
  place(w.arc_dependent, arc);
  place(w.arc_head, arc);
  place(w.relation_dependent, relation);
  place(w.relation_head, relation);
  place(w.xpos_columns, w.xpos.size());
  place(w.upos_columns, w.upos.size());
  place(w.features_columns, w.features.size());
  place(w.lemma_columns, w.lemma.size());
  place(w.name_columns, kNameTags);
  place(w.attribution_columns, 7);
  w.heads = packed("heads", width, columns);
  w.arc_matrix = packed("arc.matrix", arc, arc);
  w.relation_out = packed("relation.out", relation, static_cast<int>(w.relation.size()));
  if (file.has("readers"))
    w.readers = packed(
        "readers", width,
        static_cast<int>(
            file.section("readers", SectionKind::packed, static_cast<uint32_t>(width), 0).columns));
  w.arc_bias = row("arc.bias", arc);
  w.arc_root = row("arc.root", arc);
  w.relation_root = row("relation.root", relation);
  for (int j = 0; j < arc; ++j) w.root_bias += w.arc_root[j] * w.arc_bias[j];
}

Network::~Network() = default;

namespace {

// What one thread needs while it reads; kept between articles, so that reading allocates next to
// nothing.
struct Workspace {
  Quantized quantized;
  std::vector<float> x, u, h, heads, arc_scores, arc_rows, arc_dependents, bias, hidden,
      relation_scores, tree_scores;
  std::vector<const float*> name_rows;
  std::vector<int> names;
};

}  // namespace

const NetworkShape& Network::shape() const { return weights_->shape; }
const ModelFile& Network::file() const { return weights_->file; }

void Network::annotate(Document& document, std::vector<float>* states) const {
  const Weights& w = *weights_;
  document.reading_width = w.readers.stride;
  document.readings.resize(document.tokens.size() * static_cast<size_t>(w.readers.stride));
  if (states) states->clear();
  const Kernels& k = w.kernels;
  const auto [width, layers, arc, relation] = w.shape;
  // Words at a time: enough to keep the products busy, few enough to stay in the processor's
  // second-level cache.
  constexpr int kBlock = 320;
  thread_local Workspace space;
  for (size_t first = 0; first < document.sentences.size();) {
    size_t last = first;
    int begin = document.sentences[first].begin, end = begin;
    while (last < document.sentences.size() &&
           (last == first || document.sentences[last].end - begin <= kBlock))
      end = document.sentences[last++].end;
    int n = end - begin;

    // Embeddings.
    constexpr int kIn = static_cast<int>(kInputWidth) + kTreebankWidth;
    space.x.assign(static_cast<size_t>(n) * std::max(kIn, width), 0.f);
    for (int i = 0; i < n; ++i) {
      FeatureRows rows = feature_rows(document.tokens[begin + i].form, w.vocabulary);
      float* at = &space.x[static_cast<size_t>(i) * kIn];
      for (int t = 0; t < kFeatureTables; ++t) {
        const Table& table = w.tables[t];
        k.accumulate(table.values + static_cast<size_t>(rows.tables[t]) * table.width,
                     table.scale[rows.tables[t]], static_cast<int>(table.width), at);
        at += table.width;
      }
      const Table& grams = w.tables[kFeatureTables];
      for (uint32_t g = 0; g < rows.gram_count; ++g)
        k.accumulate(grams.values + static_cast<size_t>(rows.grams[g]) * kGramWidth,
                     grams.scale[rows.grams[g]] * kGramWeight[rows.gram_count], kGramWidth, at);
      std::copy(w.source.begin(), w.source.end(), at + kGramWidth);
    }

    // Encoder.
    int in = kIn;
    for (int l = 0; l < layers; ++l) {
      const Packed& layer = w.encoder[l];
      k.quantize(space.x.data(), in, in, n, space.quantized);
      space.u.resize(static_cast<size_t>(n) * layer.stride);
      k.product(space.quantized, layer, space.u.data(), n);
      space.h.resize(static_cast<size_t>(n) * width);
      for (size_t s = first; s < last; ++s) {
        size_t from = document.sentences[s].begin - begin;
        k.recur(&space.u[from * layer.stride], layer.stride, l == 0 ? 4 : 3, &space.x[from * width],
                &space.h[from * width], width,
                document.sentences[s].end - document.sentences[s].begin);
      }
      space.x.swap(space.h);
      in = width;
    }

    // Heads, all in one product.
    k.quantize(space.x.data(), width, width, n, space.quantized);
    size_t stride = w.heads.stride;
    space.heads.resize(n * stride);
    k.product(space.quantized, w.heads, space.heads.data(), n);
    if (w.readers.stride > 0)
      k.product(space.quantized, w.readers,
                &document.readings[static_cast<size_t>(begin) * w.readers.stride], n);
    if (states)
      states->insert(states->end(), space.x.begin(),
                     space.x.begin() + static_cast<size_t>(n) * width);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < 2 * arc; ++j) {
        float& value = space.heads[i * stride + j];
        value = value > 0 ? value : 0;
      }
    k.quantize(space.heads.data() + w.arc_dependent.begin, stride, arc, n, space.quantized);
    space.arc_dependents.resize(static_cast<size_t>(n) * arc);
    k.product(space.quantized, w.arc_matrix, space.arc_dependents.data(), n);

    // Trees.
    space.hidden.resize(static_cast<size_t>(n) * relation);
    for (size_t s = first; s < last; ++s) {
      int from = document.sentences[s].begin - begin,
          length = document.sentences[s].end - begin - from;
      space.arc_rows.resize(static_cast<size_t>(length + 1) * arc);
      space.bias.resize(length + 1);
      std::copy(w.arc_root.begin(), w.arc_root.end(), space.arc_rows.begin());
      space.bias[0] = w.root_bias;
      for (int j = 0; j < length; ++j) {
        const float* head = &space.heads[(from + j) * stride + w.arc_head.begin];
        std::copy(head, head + arc, &space.arc_rows[static_cast<size_t>(j + 1) * arc]);
        float sum = 0;
        for (int d = 0; d < arc; ++d) sum += head[d] * w.arc_bias[d];
        space.bias[j + 1] = sum;
      }
      space.tree_scores.resize(static_cast<size_t>(length) * (length + 1));
      k.arcs(&space.arc_dependents[static_cast<size_t>(from) * arc], arc, space.arc_rows.data(),
             arc, space.bias.data(), arc, length, space.tree_scores.data());
      std::vector<int> heads = best_tree(space.tree_scores, length);
      for (int i = 0; i < length; ++i) {
        Token& token = document.tokens[begin + from + i];
        token.head = heads[i] == 0 ? -1 : begin + from + heads[i] - 1;
        const float* line = &space.tree_scores[static_cast<size_t>(i) * (length + 1)];
        float sum = 0;
        for (int j = 0; j <= length; ++j)
          if (j != i + 1 && line[j] > line[heads[i]] - 12)
            sum += exponential(line[j] - line[heads[i]]);
        token.head_score = 1 / sum;
        const float* d = &space.heads[(from + i) * stride + w.relation_dependent.begin];
        const float* hd =
            heads[i] == 0 ? w.relation_root.data()
                          : &space.heads[(from + heads[i] - 1) * stride + w.relation_head.begin];
        float* to = &space.hidden[static_cast<size_t>(from + i) * relation];
        for (int j = 0; j < relation; ++j) to[j] = std::max(0.f, d[j] + hd[j]);
      }
    }
    k.quantize(space.hidden.data(), relation, relation, n, space.quantized);
    space.relation_scores.resize(static_cast<size_t>(n) * w.relation_out.stride);
    k.product(space.quantized, w.relation_out, space.relation_scores.data(), n);

    // Labels.
    for (int i = 0; i < n; ++i) {
      Token& token = document.tokens[begin + i];
      const float* t = &space.heads[i * stride];
      auto best = [&](const Columns& c) { return argmax(t, c.begin, c.end); };
      token.xpos = w.xpos[best(w.xpos_columns)].c_str();
      token.upos = w.upos[best(w.upos_columns)].c_str();
      token.features = w.features[best(w.features_columns)].c_str();
      w.lemma[best(w.lemma_columns)].apply(token.form, token.lemma);
      token.attribution = static_cast<AttributionTag>(best(w.attribution_columns));
      token.relation =
          w.relation[argmax(&space.relation_scores[static_cast<size_t>(i) * w.relation_out.stride],
                            0, w.relation_out.out)]
              .c_str();
      // "root" is the relation of the root and of no other word.
      if (token.head < 0) token.relation = "root";
      else if (std::strcmp(token.relation, "root") == 0) token.relation = "dep";
    }
    for (size_t s = first; s < last; ++s) {
      space.name_rows.clear();
      for (int i = document.sentences[s].begin; i < document.sentences[s].end; ++i)
        space.name_rows.push_back(&space.heads[(i - begin) * stride + w.name_columns.begin]);
      decode_names(space.name_rows, space.names);
      for (size_t i = 0; i < space.names.size(); ++i) {
        Token& token = document.tokens[document.sentences[s].begin + i];
        token.name = static_cast<NameKind>((space.names[i] + 1) / 2);
        token.name_begin = space.names[i] % 2 == 1;
      }
    }
    first = last;
  }
}

}  // namespace chancery
