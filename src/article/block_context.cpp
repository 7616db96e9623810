// The blocks of a page in the light of a first judgement (block_features.h).
#include <algorithm>
#include <unordered_map>

#include "article/block_features.h"
#include "article/block_numbers.h"
#include "base/strings.h"

namespace chancery {

using namespace block_numbers;

namespace {

float in_text(const float* kinds) {
  float sum = 0;
  for (size_t k = 0; k < kBlockKinds; ++k)
    if (of_the_text(static_cast<BlockKind>(k))) sum += kinds[k];
  return sum;
}

// A mean of judgements, longer blocks counting more.
struct Mean {
  float sum = 0, weight = 0;
  void add(float p, float w) { sum += p * w, weight += w; }
  float value() const { return weight > 0 ? sum / weight : 0; }
};

std::vector<std::string> make_context_names() {
  std::vector<std::string> names = block_feature_names();
  for (const std::string& kind : block_kind_names()) names.push_back("first: " + kind);
  for (int step = -kNeighbours - 1; step <= kNeighbours + 1; ++step)
    if (step != 0)
      for (const char* what : {"text", "heading", "teaser or furniture"})
        names.push_back("first, neighbour " + std::to_string(step) + ": " + what);
  for (const char* what : {"alike", "box 1", "box 2", "box 3", "eight before", "eight behind",
                           "before", "behind", "since text", "until text", "of the page"})
    names.push_back(std::string("first, ") + what);
  return names;
}

}  // namespace

const std::vector<std::string>& context_feature_names() {
  static const std::vector<std::string> names = make_context_names();
  return names;
}

BlockFeatures context_features(const Page& page, const BlockFeatures& features,
                               const std::vector<float>& first) {
  size_t count = page.blocks.size();
  BlockFeatures out;
  out.width = context_feature_names().size();
  out.dense.reserve(count * out.width);
  out.sparse = features.sparse;
  out.begin = features.begin;
  std::vector<float> p(count), weight(count);
  std::vector<uint64_t> alike(count);
  std::vector<Mean> boxes(page.boxes.size());
  std::unordered_map<uint64_t, Mean> groups;
  float all = 0;
  for (size_t i = 0; i < count; ++i) {
    const Block& b = page.blocks[i];
    p[i] = in_text(&first[i * kBlockKinds]);
    weight[i] = logarithm(b.text.size());
    for (int at = b.box; at >= 0; at = page.boxes[at].parent) boxes[at].add(p[i], weight[i]);
    const Box& element = page.boxes[b.element];
    alike[i] = mix(mix(element.tag, hash64(element.names)),
                   element.parent < 0 ? 0 : hash64(page.boxes[element.parent].names));
    groups[alike[i]].add(p[i], weight[i]);
    all += p[i] * weight[i];
  }
  float before = 0;
  std::vector<int> next(count + 1, -1);
  for (size_t i = count; i-- > 0;) next[i] = p[i] > 0.5f ? static_cast<int>(i) : next[i + 1];
  int last = -1;
  for (size_t i = 0; i < count; ++i) {
    const float* mine = &first[i * kBlockKinds];
    out.dense.insert(out.dense.end(), features.dense.begin() + i * features.width,
                     features.dense.begin() + (i + 1) * features.width);
    out.dense.insert(out.dense.end(), mine, mine + kBlockKinds);
    for (int step = -kNeighbours - 1; step <= kNeighbours + 1; ++step) {
      if (step == 0) continue;
      int k = static_cast<int>(i) + step;
      bool there = k >= 0 && k < static_cast<int>(count);
      const float* other = &first[static_cast<size_t>(there ? k : 0) * kBlockKinds];
      out.dense.push_back(there ? p[k] : 0);
      out.dense.push_back(there ? other[static_cast<size_t>(BlockKind::heading)] : 0);
      out.dense.push_back(there ? other[static_cast<size_t>(BlockKind::teaser)] +
                                      other[static_cast<size_t>(BlockKind::furniture)]
                                : 1);
    }
    out.dense.push_back(groups[alike[i]].value());
    int box = page.blocks[i].element;
    for (int level = 1; level <= 3; ++level)
      out.dense.push_back(boxes[box = outer(page, box, 1)].value());
    Mean ahead, behind;
    for (size_t k = i > 8 ? i - 8 : 0; k < i; ++k) ahead.add(p[k], weight[k]);
    for (size_t k = i + 1; k < std::min(count, i + 9); ++k) behind.add(p[k], weight[k]);
    out.dense.push_back(ahead.value());
    out.dense.push_back(behind.value());
    float mass = p[i] * weight[i], rest = all - before - mass;
    out.dense.push_back(all > 0 ? before / all : 0);
    out.dense.push_back(all > 0 ? rest / all : 0);
    before += mass;
    out.dense.push_back(last < 0 ? 1.0f : logarithm(i - static_cast<size_t>(last)) / 5);
    out.dense.push_back(next[i + 1] < 0 ? 1.0f
                                        : logarithm(static_cast<size_t>(next[i + 1]) - i) / 5);
    if (p[i] > 0.5f) last = static_cast<int>(i);
    out.dense.push_back(logarithm(static_cast<size_t>(all)) / 10);
  }
  return out;
}

}  // namespace chancery
