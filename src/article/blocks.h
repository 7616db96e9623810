// A page's tree → its blocks: pieces of running text between the edges of boxes, in the order of
// the page. Every piece of text is in one block; nothing is judged but what the old rules of thumb
// would keep, which is one hint among others (block_features.h).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/page_tree.h"

namespace chancery {

constexpr size_t kBlockKinds = 9;
// "text", "heading", … in the order of the enum.
const std::vector<std::string>& block_kind_names();
inline bool of_the_text(BlockKind kind) { return kind <= BlockKind::quotation; }

// Bytes [begin, end) of a block's text lie in a link; the address as the page has it.
struct BlockLink {
  uint32_t begin, end;
  std::string_view address;
};

// An element with text below it.
struct Box {
  const GumboNode* node = nullptr;
  GumboTag tag = GUMBO_TAG_UNKNOWN;
  int parent = -1;  // index of the box around it; always smaller than its own
  int depth = 0;
  bool dropped = false;  // it, or a box around it, looks like furniture by its name or tag
  std::string names;     // class and id, lower case
  // Sums over the blocks below.
  size_t blocks = 0, bytes = 0, linked = 0;
  size_t prose = 0;  // bytes in blocks that read like sentences
};

struct Block {
  std::string text;  // white space squeezed, never empty
  std::vector<BlockLink> links;
  size_t linked = 0, strong = 0;  // bytes in links, in bold
  GumboTag tag = GUMBO_TAG_P;     // of the nearest element that makes a block
  int box = 0;                    // innermost element around all of it
  int element = 0;                // that of `tag`
  bool dropped = false;           // in a box that looks like furniture
  bool continues = false;         // one line break after the block before, in the same element
  bool kept = false;              // the rules of thumb take it for the article's (rule_body.h)
};

struct Page {
  std::vector<Box> boxes;
  std::vector<Block> blocks;
};

Page cut_into_blocks(const PageTree& tree);

// Elements that begin a line of their own.
bool makes_block(GumboTag tag);
bool is_heading(GumboTag tag);
// Long, and with the marks of sentences.
bool reads_like_prose(const Block& block);

}  // namespace chancery
