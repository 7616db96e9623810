#include "article/block_judge.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "article/furniture.h"
#include "article/rule_body.h"
#include "base/embedded.h"
#include "base/strings.h"

CHANCERY_EMBEDDED(chancery_blocks_model, CHANCERY_BLOCKS_MODEL);

namespace chancery {
namespace {

size_t likeliest(const float* p, bool text) {
  size_t best = kBlockKinds;
  for (size_t k = 0; k < kBlockKinds; ++k)
    if (of_the_text(static_cast<BlockKind>(k)) == text && (best == kBlockKinds || p[k] > p[best]))
      best = k;
  return best;
}

// The nearest box around with this tag, -1 when there is none.
int box_with_tag(const Page& page, int box, GumboTag tag) {
  while (box >= 0 && page.boxes[box].tag != tag) box = page.boxes[box].parent;
  return box;
}

int headline_block(const Page& page, const PageHeader& header) {
  int found = -1;
  for (size_t i = 0; i < page.blocks.size(); ++i)
    if (page.blocks[i].tag == GUMBO_TAG_H1 && page.blocks[i].text == header.title) {
      if (found >= 0) return -1;
      found = static_cast<int>(i);
    }
  return found;
}

// Where a page goes on with other articles, each in a box like the one before and each under a
// headline of its own: the box of this one. -1 elsewhere.
int own_article(const Page& page, const PageHeader& header) {
  int headline = headline_block(page, header);
  if (headline < 0) return -1;
  int box = page.blocks[headline].box;
  for (; box >= 0 && page.boxes[box].parent >= 0; box = page.boxes[box].parent)
    for (size_t i = 0; i < page.blocks.size(); ++i) {
      if (page.blocks[i].tag != GUMBO_TAG_H1 || static_cast<int>(i) == headline) continue;
      int other = page.blocks[i].box;
      while (other >= 0 && page.boxes[other].depth > page.boxes[box].depth)
        other = page.boxes[other].parent;
      if (other < 0 || other == box || page.boxes[other].parent != page.boxes[box].parent) continue;
      const Box &mine = page.boxes[box], &theirs = page.boxes[other];
      if (mine.tag == theirs.tag && mine.names == theirs.names && mine.prose > 300 &&
          theirs.prose > 300)
        return box;
    }
  return -1;
}

// Tells a block that holds the article again in one piece ("articleBody" beside the paragraphs, a
// version for printers): it begins with a paragraph that was taken and goes on with the next.
class Repeated {
 public:
  explicit Repeated(const Page& page) : page_(page) {}

  bool take(size_t block) {
    const std::string& text = page_.blocks[block].text;
    std::string_view key = std::string_view(text).substr(0, kKey);
    if (auto found = by_beginning_.find(key); found != by_beginning_.end())
      if (size_t k = found->second;
          k + 1 < taken_.size() && goes_on_alike(text, taken_[k], taken_[k + 1]))
        return false;
    if (text.size() < kKey) return true;
    by_beginning_.try_emplace(key, taken_.size());
    taken_.push_back(block);
    return true;
  }

 private:
  static constexpr size_t kKey = 40;

  bool goes_on_alike(const std::string& whole, size_t a, size_t b) const {
    const std::string &first = page_.blocks[a].text, &next = page_.blocks[b].text;
    return whole.starts_with(first) && whole.find(next, first.size()) < first.size() + kKey;
  }

  const Page& page_;
  std::vector<size_t> taken_;
  std::unordered_map<std::string_view, size_t> by_beginning_;
};

}  // namespace

BlockJudge::BlockJudge(const ModelFile& file)
    : first_(file, "first", block_feature_names(), block_kind_names()),
      second_(file, "second", context_feature_names(), block_kind_names()) {}

BlockJudge BlockJudge::load(const std::string& path) { return BlockJudge(ModelFile::load(path)); }

const BlockJudge& BlockJudge::shipped() {
  static const BlockJudge judge(ModelFile::view(
      std::string_view(chancery_blocks_model,
                       static_cast<size_t>(chancery_blocks_model_end - chancery_blocks_model)),
      "models/blocks.model (compiled in)"));
  return judge;
}

std::vector<float> judge_blocks(const Judge& judge, const BlockFeatures& features) {
  size_t count = features.begin.size() - 1;
  std::vector<float> out(count * kBlockKinds);
  for (size_t i = 0; i < count; ++i)
    judge.decide(features.of(i), std::span(out).subspan(i * kBlockKinds, kBlockKinds));
  return out;
}

std::vector<BlockKind> settle_blocks(const Page& page, const PageHeader& header,
                                     const std::vector<float>& probabilities) {
  size_t count = page.blocks.size();
  std::vector<BlockKind> kinds(count);
  std::unordered_set<std::string_view> seen;
  Repeated repeated(page);
  bool of_sites = is_about_sites(header.title);
  int own = own_article(page, header);
  for (size_t i = 0; i < count; ++i) {
    const float* p = &probabilities[i * kBlockKinds];
    float text = 0;
    for (size_t k = 0; k < kBlockKinds; ++k)
      if (of_the_text(static_cast<BlockKind>(k))) text += p[k];
    kinds[i] = static_cast<BlockKind>(likeliest(p, text > 0.5f));
    const Block& b = page.blocks[i];
    if (!of_the_text(kinds[i])) continue;
    if (own >= 0 && !encloses(page, own, b.box)) kinds[i] = BlockKind::teaser;
    else if (b.text == header.title && b.text.size() < 300) kinds[i] = BlockKind::furniture;
    else if (b.text.size() > 40 && !seen.insert(b.text).second) kinds[i] = BlockKind::furniture;
    else if (!repeated.take(i)) kinds[i] = BlockKind::furniture;
    else if (is_archive_caption(b.text)) kinds[i] = BlockKind::caption;
    else if (!of_sites && is_cookie_notice(b.text)) kinds[i] = BlockKind::furniture;
  }
  // A paragraph of whole sentences between two others is text, though all of it be a link.
  for (size_t i = 1; i + 1 < count; ++i) {
    const Block& b = page.blocks[i];
    if (!of_the_text(kinds[i]) && of_the_text(kinds[i - 1]) && of_the_text(kinds[i + 1]) &&
        b.tag == GUMBO_TAG_P && b.text.size() >= 80 && b.linked * 10 >= b.text.size() * 8 &&
        b.links.size() == 1 && ends_with_any(b.text, {".", ".”", ".\""}) && !b.dropped &&
        !is_furniture_line(b.text) && seen.insert(b.text).second)
      kinds[i] = BlockKind::text;
  }
  // A quotation keeps who said it.
  for (size_t i = 1; i < count; ++i) {
    int quotation = box_with_tag(page, page.blocks[i].box, GUMBO_TAG_BLOCKQUOTE);
    if (of_the_text(kinds[i - 1]) && !of_the_text(kinds[i]) && quotation >= 0 &&
        encloses(page, quotation, page.blocks[i - 1].box) &&
        (box_with_tag(page, page.blocks[i].box, GUMBO_TAG_CITE) >= 0 ||
         box_with_tag(page, page.blocks[i].box, GUMBO_TAG_FOOTER) >= 0))
      kinds[i] = BlockKind::quotation;
  }
  // A heading with no text behind it announces what was left out.
  bool announced = false;
  for (size_t i = count; i-- > 0;) {
    if (!of_the_text(kinds[i])) continue;
    if (kinds[i] != BlockKind::heading) announced = true;
    else if (!announced) kinds[i] = BlockKind::furniture;
  }
  return kinds;
}

std::vector<BlockKind> BlockJudge::judge(const Page& page, const PageHeader& header,
                                         int body) const {
  const BlockViews views(page, header, body);
  const auto judged = [&](const auto& decide) {
    std::vector<float> out(page.blocks.size() * kBlockKinds);
    views.each([&](size_t i, const Features& features) {
      decide(i, features, std::span(out).subspan(i * kBlockKinds, kBlockKinds));
    });
    return out;
  };
  const std::vector<float> first =
      judged([&](size_t, const Features& features, auto out) { first_.decide(features, out); });
  BlockContext context(page, first);
  std::vector<float> dense;
  std::vector<BlockKind> kinds =
      settle_blocks(page, header, judged([&](size_t i, const Features& features, auto out) {
                      dense.assign(features.dense.begin(), features.dense.end());
                      context.append(i, dense);
                      second_.decide({dense, features.sparse}, out);
                    }));
  if (std::none_of(kinds.begin(), kinds.end(), of_the_text))
    for (size_t i = 0; i < kinds.size(); ++i)
      if (page.blocks[i].kept) kinds[i] = BlockKind::text;
  return kinds;
}

}  // namespace chancery
