// An HTML page → Article: the report's own paragraphs and its header, without the page around them.
//
// 1. page_scan.h, page_tree.h: JSON-LD out, scripts and styles away, the rest parsed as HTML5.
// 2. page_header.h, json_ld.h: what the page says of its article.
// 3. blocks.h, rule_body.h: the page in blocks, and what rules of thumb make of them.
// 4. block_features.h, block_judge.h: what each block is, by a learnt judge.
// 5. body.h: the blocks of the text → the article's text and its parts.
// No rule names a site.
#pragma once
#include <string_view>

#include "article/article.h"

namespace chancery {

constexpr size_t kLongestPage = 16u << 20;

// `html` is UTF-8. Throws Error when the page is over kLongestPage, holds no text, or says itself
// that it is no article (not found, log in, a check for robots, a list of others).
Article read_html(std::string_view html);

// The text of a piece of HTML (feeds): paragraphs apart by blank lines, nothing judged.
std::string html_text(const std::string& html);

}  // namespace chancery
