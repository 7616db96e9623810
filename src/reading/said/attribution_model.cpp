#include "reading/said/attribution_model.h"

#include <algorithm>
#include <cmath>

#include "language/kernels.h"

namespace chancery {
namespace {

uint32_t hash(std::string_view text, uint32_t buckets) {
  uint32_t h = 2166136261u;
  for (char c : text) h = (h ^ static_cast<uint8_t>(c)) * 16777619u;
  return h % buckets;
}

// 0 for the same place, then 1, 2, 3, 4, 5-6, 7-9, 10-14, 15-22, 23-35, 36 and more.
uint32_t distance_bucket(int distance) {
  static constexpr int kLimits[] = {1, 2, 3, 4, 6, 9, 14, 22, 35};
  if (distance == 0) return 0;
  int away = std::abs(distance);
  uint32_t bucket = 1;
  for (int limit : kLimits) bucket += away > limit;
  return distance < 0 ? bucket : 10 + bucket;
}

uint32_t few(int count, int most) { return static_cast<uint32_t>(std::min(count, most)); }

}  // namespace

AttributionFeatures::AttributionFeatures(const TreeView& tree,
                                         const std::vector<Quotation>& quotations)
    : t_(tree),
      quote_(tree.size(), -1),
      speech_(tree.size(), -1),
      cues_(tree.size() + 1),
      commas_(tree.size() + 1),
      marks_(tree.size() + 1),
      spoken_(tree.size() + 1) {
  std::vector<char> edge(tree.size() + 1);
  for (size_t q = 0; q < quotations.size(); ++q) {
    for (int i = quotations[q].begin; i < quotations[q].end; ++i) {
      quote_[i] = static_cast<int>(q);
      if (quotations[q].speech) speech_[i] = static_cast<int>(q);
    }
    edge[quotations[q].begin] = edge[quotations[q].end] = 1;
  }
  for (int i = 0; i < tree.size(); ++i) {
    AttributionTag tag = tree[i].attribution;
    cues_[i + 1] = cues_[i] + (tag == AttributionTag::cue_begin);
    commas_[i + 1] =
        commas_[i] + (tree[i].form == "," || tree[i].form == ";" || tree[i].form == ":");
    marks_[i + 1] = marks_[i] + edge[i];
    spoken_[i + 1] = spoken_[i] + (speech_[i] >= 0);
  }
}

AttributionFeatures::CueRowsOf AttributionFeatures::cue(int i) const {
  const Token& w = t_[i];
  const Sentence& s = t_.sentence(i);
  bool quotes_here = spoken_[s.end] > spoken_[s.begin];
  int subject = -1, clause = -1;
  for (int c : t_.children(i)) {
    if (t_.is(c, "nsubj")) subject = c;
    if (t_.is_any(c, {"ccomp", "xcomp", "parataxis"})) clause = c;
  }
  return {static_cast<uint32_t>(w.attribution),
          8 + (speech_[i] >= 0 ? 1u : 0u) + (quote_[i] >= 0 ? 2u : 0u) + (quotes_here ? 4u : 0u),
          16 + hash(w.xpos, 48),
          64 + hash(w.relation, 64),
          128 +
              (subject < 0   ? 0u
               : subject < i ? 1u
                             : 2u) +
              3 * (clause < 0   ? 0u
                   : clause > i ? 1u
                                : 2u),
          144 + few(i - s.begin, 3) + 4 * few(s.end - 1 - i, 3),
          160 + hash(w.lemma, 352)};
}

TreeView::Range AttributionFeatures::window(int i) const {
  const auto& sentences = t_.document().sentences;
  int at = t_.sentence_of(i), first = at, last = at;
  if (at > 0 && sentences[at - 1].paragraph == sentences[at].paragraph) first = at - 1;
  while (last + 1 < static_cast<int>(sentences.size()) && last < at + 2 &&
         sentences[last + 1].paragraph == sentences[at].paragraph)
    ++last;
  return {std::max(sentences[first].begin, i - 100), std::min(sentences[last].end, i + 120)};
}

void AttributionFeatures::pairs(int i, TreeView::Range window, std::vector<PairRowsOf>& out) const {
  out.clear();
  // Ancestors of the cue, nearest first.
  std::vector<int> above;
  for (int a = t_[i].head; a >= 0 && above.size() < 40; a = t_[a].head) above.push_back(a);
  for (int j = window.begin; j < window.end; ++j) {
    const Token& w = t_[j];
    int sentences = t_.sentence_of(j) - t_.sentence_of(i);
    // Where j hangs: below the cue through one of its children; above it; or beside it, below one
    // of its ancestors.
    uint32_t tree_row = 0;
    if (sentences == 0 && j != i) {
      int at = j, before = -1, steps = 0;
      auto ancestor = [&](int k) { return std::find(above.begin(), above.end(), k); };
      while (at >= 0 && at != i && ancestor(at) == above.end() && steps++ < 60) {
        before = at;
        at = t_[at].head;
      }
      if (at == i) tree_row = 1 + hash(t_[before].relation, 64) + 64 * (before > i);
      else if (at == j)
        tree_row = 129 + few(static_cast<int>(ancestor(j) - above.begin()), 3) + 4 * (j > i);
      else if (at >= 0)
        tree_row = 137 + hash(t_[before].relation, 64) +
                   64 * few(static_cast<int>(ancestor(at) - above.begin()), 1);
    }
    int low = std::min(i, j), high = std::max(i, j);
    uint32_t quote_row = (speech_[j] >= 0  ? 1u
                          : quote_[j] >= 0 ? 2u
                                           : 0u) +
                         3 * (quote_[j] >= 0 && quote_[j] == quote_[i] ? 1u
                              : quote_[i] >= 0                         ? 2u
                                                                       : 0u);
    uint32_t between = few(commas_[high] - commas_[low], 2) +
                       3 * few(marks_[high] - marks_[low], 2) +
                       9 * few(cues_[high] - cues_[std::min(low + 1, high)], 2);
    uint32_t base = static_cast<uint32_t>(w.attribution);
    out.push_back({distance_bucket(j - i), 24 + static_cast<uint32_t>(sentences + 1), 32 + tree_row,
                   320 + hash(w.relation, 64), 384 + quote_row,
                   400 + base + 8 * few(cues_[high] - cues_[std::min(low + 1, high)], 2),
                   432 + between, 464 + hash(w.xpos, 48), 512 + hash(t_[i].lemma, 256),
                   768 + hash(t_[i].xpos, 16) * 16 + hash(t_[i].relation, 16)});
  }
}

AttributionModel::AttributionModel(const ModelFile& file) {
  if (!file.has("attribution.cue.out")) return;
  cue_rows_ = file.matrix("attribution.cue.rows", kCueRows, kCueWidth).values;
  Matrix out = file.matrix("attribution.cue.out", 1, kCueWidth + 1);
  cue_bias_ = out.values.back();
  cue_out_.assign(out.values.begin(), out.values.end() - 1);
  pair_rows_ = file.matrix("attribution.pair.rows", kPairRows, kPairWidth).values;
  pair_out_ = file.matrix("attribution.pair.out", 3, kPairWidth).values;
  pair_bias_ = file.matrix("attribution.pair.bias", 1, 3).values;
}

float AttributionModel::cue_probability(const float* reading,
                                        const AttributionFeatures::CueRowsOf& rows) const {
  std::array<float, kCueWidth> hidden;
  std::copy_n(reading + 2 * kPairWidth, kCueWidth, hidden.begin());
  for (uint32_t row : rows)
    for (int d = 0; d < kCueWidth; ++d) hidden[d] += cue_rows_[row * kCueWidth + d];
  float score = cue_bias_;
  for (int d = 0; d < kCueWidth; ++d) score += std::max(0.f, hidden[d]) * cue_out_[d];
  return 1 / (1 + exponential(-score));
}

std::array<float, 3> AttributionModel::pair_scores(
    const float* cue, const float* other, const AttributionFeatures::PairRowsOf& rows) const {
  std::array<float, kPairWidth> pair;
  for (int d = 0; d < kPairWidth; ++d) pair[d] = other[d] + cue[kPairWidth + d];
  for (uint32_t row : rows)
    for (int d = 0; d < kPairWidth; ++d) pair[d] += pair_rows_[row * kPairWidth + d];
  std::array<float, 3> out;
  for (int r = 0; r < 3; ++r) {
    float sum = pair_bias_[r];
    for (int d = 0; d < kPairWidth; ++d)
      sum += std::max(0.f, pair[d]) * pair_out_[r * kPairWidth + d];
    out[r] = sum;
  }
  return out;
}

namespace {

using Scores = std::vector<std::array<float, 3>>;

// The likeliest roles of the words in a row (none, source, content), where taking up or leaving a role
// has its cost.
std::vector<int> likeliest_roles(const Scores& scores) {
  constexpr float kSwitch = 1.0f;
  const int n = static_cast<int>(scores.size());
  Scores best(n);
  std::vector<std::array<uint8_t, 3>> from(n);
  for (int k = 0; k < n; ++k)
    for (int r = 0; r < 3; ++r) {
      int choice = r;
      float value = k == 0 ? (r == 0 ? 0 : -kSwitch) : best[k - 1][r];
      if (k > 0)
        for (int p = 0; p < 3; ++p)
          if (p != r && best[k - 1][p] - kSwitch > value) {
            value = best[k - 1][p] - kSwitch;
            choice = p;
          }
      best[k][r] = value + scores[k][r];
      from[k][r] = static_cast<uint8_t>(choice);
    }
  std::vector<int> roles(n);
  int role = static_cast<int>(std::max_element(best[n - 1].begin(), best[n - 1].end()) -
                              best[n - 1].begin());
  for (int k = n - 1; k >= 0; --k) {
    roles[k] = role;
    role = from[k][role];
  }
  return roles;
}

// Source and content of a cue from the roles of the words around it: of several sources the surest.
void take_roles(const Scores& scores, const std::vector<int>& roles, int begin, Heard& heard) {
  float sum = 0;
  int count = 0;
  float best_source = -1e9f;
  const int n = static_cast<int>(roles.size());
  for (int k = 0, end = 0; k < n; k = end) {
    end = k + 1;
    while (end < n && roles[end] == roles[k]) ++end;
    if (roles[k] == 0) continue;
    float gain = 0;
    for (int m = k; m < end; ++m) {
      gain += scores[m][roles[k]] - scores[m][0];
      float total = 0;
      for (int r = 0; r < 3; ++r) total += exponential(scores[m][r] - scores[m][roles[k]]);
      sum += 1 / total;
      ++count;
    }
    const TreeView::Range range{begin + k, begin + end};
    if (roles[k] == 2) heard.content.push_back(range);
    else if (gain > best_source) {
      best_source = gain;
      heard.source = {range};
    }
  }
  heard.role_score = count ? sum / static_cast<float>(count) : 0;
}

}  // namespace

HeardAttributions AttributionModel::read(const TreeView& tree,
                                         const std::vector<Quotation>& quotations,
                                         float least) const {
  HeardAttributions out;
  if (empty() || tree.document().reading_width < kAttributionReadings) return out;
  out.silent = false;
  AttributionFeatures features(tree, quotations);
  std::vector<AttributionFeatures::PairRowsOf> rows;
  for (int i = 0; i < tree.size(); ++i) {
    const float* reading = tree.document().reading(i);
    Heard heard;
    heard.cue = i;
    heard.cue_score = cue_probability(reading, features.cue(i));
    if (heard.cue_score < least) continue;
    const TreeView::Range window = features.window(i);
    features.pairs(i, window, rows);
    Scores scores(window.end - window.begin);
    for (size_t k = 0; k < scores.size(); ++k) {
      const int word = window.begin + static_cast<int>(k);
      scores[k] = word == i ? std::array<float, 3>{0, -30, -30}
                            : pair_scores(reading, tree.document().reading(word), rows[k]);
    }
    take_roles(scores, likeliest_roles(scores), window.begin, heard);
    if (!heard.content.empty()) out.heard.push_back(std::move(heard));
  }
  return out;
}

}  // namespace chancery
