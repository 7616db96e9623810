// What the judges of blocks know of each block of a page: the names of the boxes around it, its
// text and links, its place, its neighbours, others like it, and what the page's head declares.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "article/blocks.h"
#include "article/page_header.h"
#include "base/judge.h"

namespace chancery {

// Features of all blocks of one page, block after block.
struct BlockFeatures {
  size_t width = 0;          // dense values of a block
  std::vector<float> dense;  // blocks × width
  std::vector<uint64_t> sparse;
  std::vector<uint32_t> begin;  // sparse features of block i: [begin[i], begin[i + 1])

  Features of(size_t block) const {
    return {{dense.data() + block * width, width},
            {sparse.data() + begin[block], begin[block + 1] - begin[block]}};
  }
  void add(const Features& block) {
    dense.insert(dense.end(), block.dense.begin(), block.dense.end());
    sparse.insert(sparse.end(), block.sparse.begin(), block.sparse.end());
    begin.push_back(static_cast<uint32_t>(sparse.size()));
  }
};

// Names of the dense features, in their order.
const std::vector<std::string>& block_feature_names();
// `body` as apply_rules_of_thumb gave it. Linear in the page, but for the depth of nesting.
BlockFeatures block_features(const Page& page, const PageHeader& header, int body);

// The same, block after block in the order of the page, each for as long as it is looked at: a page
// may have a quarter of a million blocks, and what is known of one takes more room than the block.
class BlockViews {
 public:
  // Looks at page and header as long as it lives.
  BlockViews(const Page& page, const PageHeader& header, int body);
  ~BlockViews();
  BlockViews(const BlockViews&) = delete;
  BlockViews& operator=(const BlockViews&) = delete;
  // Can be asked again, and gives the same again.
  void each(const std::function<void(size_t block, const Features&)>& take) const;

 private:
  class Extractor;
  std::unique_ptr<Extractor> extractor_;
};

// The same blocks in the light of a first judgement: `first` holds kBlockKinds probabilities a
// block. Each block's features are followed by what was thought of it, its neighbours, others in
// its boxes and others that look like it.
const std::vector<std::string>& context_feature_names();
BlockFeatures context_features(const Page& page, const BlockFeatures& features,
                               const std::vector<float>& first);

// What `first` thought of the page, to be put behind the dense features of its blocks one by one.
class BlockContext {
 public:
  // Looks at page and `first` as long as it lives.
  BlockContext(const Page& page, const std::vector<float>& first);
  ~BlockContext();
  BlockContext(const BlockContext&) = delete;
  BlockContext& operator=(const BlockContext&) = delete;
  // Blocks in the order of the page, each once.
  void append(size_t block, std::vector<float>& dense);

 private:
  class Survey;
  std::unique_ptr<Survey> survey_;
};

}  // namespace chancery
