// The blocks of a page in the light of a first judgement (block_features.h).
#include <algorithm>
#include <span>
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

class BlockContext::Survey {
 public:
  Survey(const Page& page, const std::vector<float>& first)
      : page_(page),
        first_(first),
        count_(page.blocks.size()),
        p_(count_),
        weight_(count_),
        alike_(count_),
        boxes_(page.boxes.size()),
        next_(count_ + 1, -1) {
    for (size_t i = 0; i < count_; ++i) {
      const Block& b = page.blocks[i];
      p_[i] = in_text(&first[i * kBlockKinds]);
      weight_[i] = logarithm(b.text.size());
      for (int at = b.box; at >= 0; at = page.boxes[at].parent) boxes_[at].add(p_[i], weight_[i]);
      const Box& element = page.boxes[b.element];
      alike_[i] = mix(mix(element.tag, hash64(element.names)),
                      element.parent < 0 ? 0 : hash64(page.boxes[element.parent].names));
      groups_[alike_[i]].add(p_[i], weight_[i]);
      all_ += p_[i] * weight_[i];
    }
    for (size_t i = count_; i-- > 0;) next_[i] = p_[i] > 0.5f ? static_cast<int>(i) : next_[i + 1];
  }

  void append(size_t i, std::vector<float>& out) {
    const float* mine = &first_[i * kBlockKinds];
    out.insert(out.end(), mine, mine + kBlockKinds);
    neighbours(i, out);
    out.push_back(groups_[alike_[i]].value());
    int box = page_.blocks[i].element;
    for (int level = 1; level <= 3; ++level)
      out.push_back(boxes_[box = outer(page_, box, 1)].value());
    Mean ahead, behind;
    for (size_t k = i > 8 ? i - 8 : 0; k < i; ++k) ahead.add(p_[k], weight_[k]);
    for (size_t k = i + 1; k < std::min(count_, i + 9); ++k) behind.add(p_[k], weight_[k]);
    out.push_back(ahead.value());
    out.push_back(behind.value());
    const float mass = p_[i] * weight_[i], rest = all_ - before_ - mass;
    out.push_back(all_ > 0 ? before_ / all_ : 0);
    out.push_back(all_ > 0 ? rest / all_ : 0);
    before_ += mass;
    out.push_back(last_ < 0 ? 1.0f : logarithm(i - static_cast<size_t>(last_)) / 5);
    out.push_back(next_[i + 1] < 0 ? 1.0f : logarithm(static_cast<size_t>(next_[i + 1]) - i) / 5);
    if (p_[i] > 0.5f) last_ = static_cast<int>(i);
    out.push_back(logarithm(static_cast<size_t>(all_)) / 10);
  }

 private:
  void neighbours(size_t i, std::vector<float>& out) const {
    for (int step = -kNeighbours - 1; step <= kNeighbours + 1; ++step) {
      if (step == 0) continue;
      int k = static_cast<int>(i) + step;
      bool there = k >= 0 && k < static_cast<int>(count_);
      const float* other = &first_[static_cast<size_t>(there ? k : 0) * kBlockKinds];
      out.push_back(there ? p_[k] : 0);
      out.push_back(there ? other[static_cast<size_t>(BlockKind::heading)] : 0);
      out.push_back(there ? other[static_cast<size_t>(BlockKind::teaser)] +
                                other[static_cast<size_t>(BlockKind::furniture)]
                          : 1);
    }
  }

  const Page& page_;
  const std::vector<float>& first_;
  size_t count_;
  std::vector<float> p_, weight_;
  std::vector<uint64_t> alike_;
  std::vector<Mean> boxes_;
  std::unordered_map<uint64_t, Mean> groups_;
  std::vector<int> next_;
  float all_ = 0, before_ = 0;
  int last_ = -1;  // the last block so far that was thought text
};

BlockContext::BlockContext(const Page& page, const std::vector<float>& first)
    : survey_(std::make_unique<Survey>(page, first)) {}
BlockContext::~BlockContext() = default;

void BlockContext::append(size_t block, std::vector<float>& dense) {
  survey_->append(block, dense);
}

BlockFeatures context_features(const Page& page, const BlockFeatures& features,
                               const std::vector<float>& first) {
  BlockFeatures out;
  out.width = context_feature_names().size();
  out.dense.reserve(page.blocks.size() * out.width);
  out.sparse = features.sparse;
  out.begin = features.begin;
  BlockContext context(page, first);
  for (size_t i = 0; i < page.blocks.size(); ++i) {
    const std::span<const float> own = features.of(i).dense;
    out.dense.insert(out.dense.end(), own.begin(), own.end());
    context.append(i, out.dense);
  }
  return out;
}

}  // namespace chancery
