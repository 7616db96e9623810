// The article's own blocks by rules of thumb: what the judge of blocks hears as one opinion.
#pragma once
#include <string>

#include "article/blocks.h"

namespace chancery {

// Blocks are scored by length, punctuation and density of links; the box that holds most of them
// is the body (the idea of Readability, Arc90 2010), unless the page marks its body itself. Sets
// Block::kept. Returns the index of that box, -1 when no block is worth anything.
int apply_rules_of_thumb(Page& page, const std::string& title);

// Headlines that are links with hardly a text between them: a page that leads to articles and is
// none. Their number, 0 for any other page.
size_t headlines_of_an_index(const Page& page, int body);

// Whether `box` is `inner` or around it.
bool encloses(const Page& page, int box, int inner);

}  // namespace chancery
