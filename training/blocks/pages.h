// The pages to learn from: read by the program's own code, their blocks labelled by the text that
// people say they hold.
#pragma once
#include <string>
#include <vector>

#include "article/block_features.h"

namespace chancery::training {

// Conventions of a set (its README): whether its article texts hold standfirst and headings.
struct PageSet {
  std::string name, folder, file;  // "modern", "modern", "modern.jsonl"
  bool standfirsts = true, headings = true;
  bool segments = false;  // only pieces that must and must not be in the text are known
};

struct LabelledPage {
  std::string set, id, site;
  std::string place;               // of the page's file
  std::vector<std::string> texts;  // of the blocks
  std::vector<bool> continues;
  PageHeader header;
  Page page;  // its boxes' nodes are gone: for context_features alone
  BlockFeatures features;
  std::vector<uint32_t> allowed;  // a bit a kind; 0: not known
  std::vector<float> weight;
};

// Throws Error naming the file or line.
std::vector<LabelledPage> read_pages(const std::string& data, const PageSet& set);

// Weights of a page's blocks for the labels it has: the page counts as `whole`, its blocks by the
// words that are won or lost with them.
std::vector<float> weights_of(const LabelledPage& page, const std::vector<uint32_t>& allowed,
                              double whole);

// The host a page came from, as far as two pages of one site share it ("www.", "m." and the like
// are left out).
std::string site_of(std::string_view url);

}  // namespace chancery::training
