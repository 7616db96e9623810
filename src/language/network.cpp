#include "language/network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "language/features.h"
#include "language/kernels.h"
#include "language/lemma.h"
#include "language/model_file.h"
#include "language/tree.h"

namespace chancery {

struct Network::Weights {
  Vocabulary vocabulary;
  std::array<Matrix, kFeatureTables> tables;
  std::vector<float> source;  // the embedding of "gold treebank", the convention we read by
  std::array<Packed, kEncoderLayers> encoder;
  Packed arc_dependent, arc_head, arc_matrix, relation_dependent, relation_head, relation_out, taggers;
  std::vector<float> arc_bias, arc_root, relation_root;
  std::vector<std::string> xpos, upos, features, lemma, relation;
  // Columns of each tagger in the joint matrix `taggers`.
  struct Range { int begin, end; };
  Range xpos_range, upos_range, features_range, lemma_range, name_range, attribution_range;
};

namespace {

std::vector<float> row(const ModelFile& file, const std::string& name, uint32_t columns) { return file.matrix(name, 1, columns).values; }

int argmax(const float* values, int begin, int end) { return static_cast<int>(std::max_element(values + begin, values + end) - values) - begin; }

// Names: the best sequence in which I-x follows B-x or I-x only.
void decode_names(const std::vector<const float*>& scores, std::vector<int>& out) {
  int n = static_cast<int>(scores.size());
  constexpr int kTags = 11;
  std::vector<std::array<float, kTags>> best(n);
  std::vector<std::array<int, kTags>> from(n);
  auto allowed = [](int a, int b) { return b == 0 || b % 2 == 1 || a == b || a == b - 1; };
  for (int i = 0; i < n; ++i)
    for (int b = 0; b < kTags; ++b) {
      if (i == 0) {
        best[0][b] = b == 0 || b % 2 == 1 ? scores[0][b] : -1e9f;
        continue;
      }
      int choice = 0;
      float value = -1e30f;
      for (int a = 0; a < kTags; ++a)
        if (allowed(a, b) && best[i - 1][a] > value) {
          value = best[i - 1][a];
          choice = a;
        }
      best[i][b] = value + scores[i][b];
      from[i][b] = choice;
    }
  out.assign(n, 0);
  if (n == 0) return;
  int tag = argmax(best[n - 1].data(), 0, kTags);
  for (int i = n - 1; i >= 0; --i) {
    out[i] = tag;
    if (i > 0) tag = from[i][tag];
  }
}

}  // namespace

Network::Network(const std::string& path) : weights_(std::make_unique<Weights>()) {
  ModelFile file = ModelFile::load(path);
  Weights& w = *weights_;
  w.vocabulary = Vocabulary(file.strings("vocabulary"));
  for (int t = 0; t < kFeatureTables; ++t) {
    uint32_t rows = t == kWord ? static_cast<uint32_t>(w.vocabulary.words().size() + 1) : kTableRows[t];
    w.tables[t] = file.matrix("table." + std::to_string(t), rows, kTableWidth[t]);
  }
  const Matrix& source = file.matrix("source", 2, kSourceWidth);
  w.source.assign(source.values.begin(), source.values.begin() + kSourceWidth);
  auto linear = [&](const std::string& name, uint32_t in, uint32_t out) { return Packed(file.matrix(name + ".weight", in, out), &file.matrix(name + ".bias", 1, out)); };
  for (int l = 0; l < kEncoderLayers; ++l)
    w.encoder[l] = linear("encoder." + std::to_string(l), l == 0 ? kInputWidth + kSourceWidth : kEncoderWidth, kEncoderWidth * (l == 0 ? 4 : 3));
  w.arc_dependent = linear("arc.dependent", kEncoderWidth, kArcWidth);
  w.arc_head = linear("arc.head", kEncoderWidth, kArcWidth);
  w.arc_matrix = Packed(file.matrix("arc.matrix", kArcWidth, kArcWidth), nullptr);
  w.arc_bias = row(file, "arc.bias", kArcWidth);
  w.arc_root = row(file, "arc.root", kArcWidth);
  w.relation_dependent = linear("relation.dependent", kEncoderWidth, kRelationWidth);
  w.relation_head = linear("relation.head", kEncoderWidth, kRelationWidth);
  w.relation_root = row(file, "relation.root", kRelationWidth);
  w.relation = file.strings("labels.relation");
  w.relation_out = linear("relation.out", kRelationWidth, static_cast<uint32_t>(w.relation.size()));
  w.xpos = file.strings("labels.xpos");
  w.upos = file.strings("labels.upos");
  w.features = file.strings("labels.features");
  w.lemma = file.strings("labels.lemma");
  // All taggers in one product.
  Matrix weight{kEncoderWidth, 0, {}}, bias{1, 0, {}};
  std::vector<std::pair<const Matrix*, const Matrix*>> parts;
  auto add = [&](const std::string& name) {
    uint32_t count = static_cast<uint32_t>(file.strings("labels." + name).size());
    parts.push_back({&file.matrix("tagger." + name + ".weight", kEncoderWidth, count), &file.matrix("tagger." + name + ".bias", 1, count)});
    Weights::Range range{static_cast<int>(weight.columns), static_cast<int>(weight.columns + count)};
    weight.columns += count;
    return range;
  };
  w.xpos_range = add("xpos");
  w.upos_range = add("upos");
  w.features_range = add("features");
  w.lemma_range = add("lemma");
  w.name_range = add("name");
  w.attribution_range = add("attribution");
  if (w.name_range.end - w.name_range.begin != 11 || w.attribution_range.end - w.attribution_range.begin != 7)
    throw StartError(path + ": the sets of name and attribution labels are not this program's");
  for (const auto& labels : {w.xpos, w.upos, w.features, w.lemma, w.relation})
    if (labels.empty()) throw StartError(path + ": an empty set of labels");
  bias.columns = weight.columns;
  for (uint32_t k = 0; k < kEncoderWidth; ++k)
    for (auto [m, b] : parts) weight.values.insert(weight.values.end(), m->values.begin() + static_cast<ptrdiff_t>(k) * m->columns, m->values.begin() + static_cast<ptrdiff_t>(k + 1) * m->columns);
  for (auto [m, b] : parts) bias.values.insert(bias.values.end(), b->values.begin(), b->values.end());
  w.taggers = Packed(weight, &bias);
}

Network::~Network() = default;

namespace {

constexpr int kHalf = kEncoderWidth / 2;

}  // namespace

void Network::annotate(Document& document) const {
  const Weights& w = *weights_;
  const Kernels& k = kernels();
  constexpr int kBlock = 2048;  // words at a time: bounds memory on long texts
  std::vector<float> x, u, h, arc_d, arc_u, arc_h, rel_d, rel_h, tags, scores, hidden, out;
  std::vector<const float*> name_rows;
  std::vector<int> names;
  for (size_t first = 0; first < document.sentences.size();) {
    size_t last = first;
    int begin = document.sentences[first].begin, end = begin;
    while (last < document.sentences.size() && (last == first || document.sentences[last].end - begin <= kBlock)) end = document.sentences[last++].end;
    int n = end - begin;
    constexpr int kIn = kInputWidth + kSourceWidth;
    x.resize(static_cast<size_t>(n) * kIn);
    for (int i = 0; i < n; ++i) {
      FeatureRows rows = feature_rows(document.tokens[begin + i].form, w.vocabulary);
      float* at = &x[static_cast<size_t>(i) * kIn];
      for (int t = 0; t < kFeatureTables; ++t) {
        const float* from = &w.tables[t].values[static_cast<size_t>(rows[t]) * kTableWidth[t]];
        at = std::copy(from, from + kTableWidth[t], at);
      }
      std::copy(w.source.begin(), w.source.end(), at);
    }
    int width = kIn;
    for (int l = 0; l < kEncoderLayers; ++l) {
      int stride = w.encoder[l].stride;
      u.resize(static_cast<size_t>(n) * stride);
      k.product(x.data(), width, w.encoder[l], u.data(), n);
      h.resize(static_cast<size_t>(n) * kEncoderWidth);
      for (int i = 0; i < n; ++i) k.sigmoid(&u[static_cast<size_t>(i) * stride + kEncoderWidth], 2 * kEncoderWidth);
      for (size_t s = first; s < last; ++s) {
        int from = document.sentences[s].begin - begin, to = document.sentences[s].end - begin;
        for (int direction = 0; direction < 2; ++direction) {
          float state[kHalf] = {};
          int offset = direction * kHalf;
          for (int step = 0; step < to - from; ++step) {
            int i = direction == 0 ? from + step : to - 1 - step;
            const float* c = &u[static_cast<size_t>(i) * stride + offset];
            const float* f = c + kEncoderWidth;
            const float* r = c + 2 * kEncoderWidth;
            const float* through = l == 0 ? c + 3 * kEncoderWidth : &x[static_cast<size_t>(i) * kEncoderWidth + offset];
            float* result = &h[static_cast<size_t>(i) * kEncoderWidth + offset];
            for (int j = 0; j < kHalf; ++j) {
              state[j] = f[j] * state[j] + (1 - f[j]) * c[j];
              result[j] = r[j] * state[j] + (1 - r[j]) * through[j];
            }
          }
        }
      }
      x.swap(h);
      width = kEncoderWidth;
    }
    auto apply = [&](const Packed& p, std::vector<float>& to) {
      to.resize(static_cast<size_t>(n) * p.stride);
      k.product(x.data(), kEncoderWidth, p, to.data(), n);
    };
    auto relu = [](std::vector<float>& v) {
      for (float& f : v) f = f > 0 ? f : 0;
    };
    apply(w.taggers, tags);
    apply(w.arc_dependent, arc_d);
    apply(w.arc_head, arc_h);
    apply(w.relation_dependent, rel_d);
    apply(w.relation_head, rel_h);
    relu(arc_d);
    relu(arc_h);
    arc_u.resize(arc_d.size());
    k.product(arc_d.data(), kArcWidth, w.arc_matrix, arc_u.data(), n);

    auto dot = [](const float* a, const float* b) {
      float sums[8] = {};
      for (int j = 0; j < kArcWidth; j += 8)
        for (int lane = 0; lane < 8; ++lane) sums[lane] += a[j + lane] * b[j + lane];
      return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
    };
    hidden.resize(static_cast<size_t>(n) * kRelationWidth);
    for (size_t s = first; s < last; ++s) {
      int from = document.sentences[s].begin - begin, length = document.sentences[s].end - begin - from;
      scores.resize(static_cast<size_t>(length) * (length + 1));
      float root_bias = dot(w.arc_root.data(), w.arc_bias.data());
      for (int j = 0; j <= length; ++j) {
        const float* head = j == 0 ? w.arc_root.data() : &arc_h[static_cast<size_t>(from + j - 1) * kArcWidth];
        float bias = j == 0 ? root_bias : dot(head, w.arc_bias.data());
        for (int i = 0; i < length; ++i) scores[static_cast<size_t>(i) * (length + 1) + j] = dot(&arc_u[static_cast<size_t>(from + i) * kArcWidth], head) + bias;
      }
      std::vector<int> heads = best_tree(scores, length);
      for (int i = 0; i < length; ++i) {
        Token& token = document.tokens[begin + from + i];
        token.head = heads[i] == 0 ? -1 : begin + from + heads[i] - 1;
        const float* line = &scores[static_cast<size_t>(i) * (length + 1)];
        float sum = 0;
        for (int j = 0; j <= length; ++j)
          if (j != i + 1) sum += std::exp(std::min(60.f, line[j] - line[heads[i]]));
        token.head_score = 1 / sum;
        const float* d = &rel_d[static_cast<size_t>(from + i) * w.relation_dependent.stride];
        const float* hd = heads[i] == 0 ? w.relation_root.data() : &rel_h[static_cast<size_t>(from + heads[i] - 1) * w.relation_head.stride];
        float* to = &hidden[static_cast<size_t>(from + i) * kRelationWidth];
        for (int j = 0; j < kRelationWidth; ++j) to[j] = std::max(0.f, d[j] + hd[j]);
      }
    }
    out.resize(static_cast<size_t>(n) * w.relation_out.stride);
    k.product(hidden.data(), kRelationWidth, w.relation_out, out.data(), n);
    for (int i = 0; i < n; ++i) {
      Token& token = document.tokens[begin + i];
      const float* t = &tags[static_cast<size_t>(i) * w.taggers.stride];
      token.xpos = w.xpos[argmax(t, w.xpos_range.begin, w.xpos_range.end)].c_str();
      token.upos = w.upos[argmax(t, w.upos_range.begin, w.upos_range.end)].c_str();
      token.features = w.features[argmax(t, w.features_range.begin, w.features_range.end)].c_str();
      token.lemma = apply_lemma_script(token.form, w.lemma[argmax(t, w.lemma_range.begin, w.lemma_range.end)]);
      token.attribution = static_cast<AttributionTag>(argmax(t, w.attribution_range.begin, w.attribution_range.end));
      const float* r = &out[static_cast<size_t>(i) * w.relation_out.stride];
      token.relation = w.relation[argmax(r, 0, w.relation_out.out)].c_str();
      // "root" is the relation of the root and of no other word.
      if (token.head < 0) token.relation = "root";
      else if (std::strcmp(token.relation, "root") == 0) token.relation = "dep";
    }
    for (size_t s = first; s < last; ++s) {
      name_rows.clear();
      for (int i = document.sentences[s].begin; i < document.sentences[s].end; ++i) name_rows.push_back(&tags[static_cast<size_t>(i - begin) * w.taggers.stride + w.name_range.begin]);
      decode_names(name_rows, names);
      for (size_t i = 0; i < names.size(); ++i) {
        Token& token = document.tokens[document.sentences[s].begin + i];
        token.name = static_cast<NameKind>((names[i] + 1) / 2);
        token.name_begin = names[i] % 2 == 1;
      }
    }
    first = last;
  }
}

}  // namespace chancery
