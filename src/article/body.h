// The blocks that were judged to be an article's → its text and the parts of it.
#pragma once
#include <vector>

#include "article/article.h"
#include "article/blocks.h"

namespace chancery {

// Sets article.text and article.parts from the blocks whose kind belongs to the text. Paragraphs
// apart by a blank line; what only a line break held apart goes on in the same paragraph unless
// both sides read like paragraphs of their own.
void compose_body(const Page& page, const std::vector<BlockKind>& kinds, Article& article);

}  // namespace chancery
