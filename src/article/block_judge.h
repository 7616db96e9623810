// What each block of a page is, by two learnt judges and a last look at the sequence. Their model
// is compiled in (models/blocks.model, about half a megabyte), so nothing is to be found or loaded
// at run time; training/blocks makes it.
#pragma once
#include <string>
#include <vector>

#include "article/block_features.h"
#include "article/blocks.h"

namespace chancery {

class BlockJudge {
 public:
  // The model that was compiled in; made once, shared by all threads.
  static const BlockJudge& shipped();
  // Another model's file. Throws StartError when it is damaged, or made for another program.
  static BlockJudge load(const std::string& path);
  explicit BlockJudge(const ModelFile& file);
  BlockJudge(Judge first, Judge second) : first_(std::move(first)), second_(std::move(second)) {}

  // The first judge sees a block with what stands around it, the second what the first thought of
  // the page; where they find no text at all, the rules of thumb have the word. `body` as
  // apply_rules_of_thumb gave it. One kind a block.
  std::vector<BlockKind> judge(const Page& page, const PageHeader& header, int body) const;

 private:
  Judge first_, second_;
};

// Probabilities of kinds, kBlockKinds a block.
std::vector<float> judge_blocks(const Judge& judge, const BlockFeatures& features);

// One kind a block from the second judge's probabilities: a block belongs to the text when its
// kinds of the text together are likelier than not; then the sequence has its say (a heading
// announces text, the headline is not repeated, the same text comes once, a next article with its
// own headline is not this one).
std::vector<BlockKind> settle_blocks(const Page& page, const PageHeader& header,
                                     const std::vector<float>& probabilities);

}  // namespace chancery
