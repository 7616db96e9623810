// The blocks that were judged to be an article's → its text and the parts of it.
#pragma once
#include <vector>

#include "article/article.h"
#include "article/blocks.h"
#include "article/page_header.h"

namespace chancery {

// Sets article.text and article.parts from the blocks whose kind belongs to the text. Paragraphs
// apart by a blank line; what only a line break held apart goes on in the same paragraph unless
// both sides read like paragraphs of their own.
void compose_body(const Page& page, const std::vector<BlockKind>& kinds, Article& article);

// Pages that scripts fill show little or nothing of their text: the publisher's own in the page's
// head takes its place, or the document in a script's data that goes on where the page breaks off.
void complete_body(const PageHeader& header, Article& article);

}  // namespace chancery
