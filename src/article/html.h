// An HTML page → Article: the report's own paragraphs and its header, without the page around them.
//
// 1. One linear pass takes JSON-LD out, drops scripts, styles, drawings and comments, and caps the
// depth of nesting
//    (Gumbo is quadratic in depth and frees its tree by recursion).
// 2. Gumbo, an HTML5 parser, makes the tree.
// 3. Text blocks are scored by length, punctuation and density of links; the container that holds
// most of them is the body
//    (the idea of Readability, Arc90 2010), unless the page marks its body itself.
// 4. The header comes from JSON-LD, then meta tags, then microdata and <time>, then visible text.
// No rule names a site.
#pragma once
#include <string_view>

#include "article/article.h"

namespace chancery {

constexpr size_t kLongestPage = 16u << 20;

// `html` is UTF-8. Throws Error when the page is over kLongestPage or holds no text.
Article read_html(std::string_view html);

// The text of a piece of HTML (feeds): paragraphs apart by blank lines, nothing judged.
std::string html_text(const std::string& html);

}  // namespace chancery
