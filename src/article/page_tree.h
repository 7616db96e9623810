// A page's tree of elements, made by Gumbo, an HTML5 parser, of what page_scan.h left of its bytes.
#pragma once
#include <gumbo.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/word_sets.h"

namespace chancery {

// Gumbo's memory: taken from large pieces and given back all at once. Its own way of freeing a tree
// is recursive and a tenth of the whole time.
class Arena {
 public:
  void* take(size_t size);

 private:
  std::vector<std::unique_ptr<char[]>> pieces_;
  char* at_ = nullptr;
  size_t left_ = 0;
};

// A parsed page; its nodes live as long as this.
class PageTree {
 public:
  explicit PageTree(std::string_view html);
  PageTree(const PageTree&) = delete;
  PageTree& operator=(const PageTree&) = delete;
  const GumboNode* root() const { return root_; }

 private:
  Arena arena_;
  const GumboNode* root_;
};

// An attribute's value, empty when there is none or the node is no element.
std::string_view attribute(const GumboNode* node, const char* name);
bool is_element(const GumboNode* node, GumboTag tag);
// Elements and the document.
bool has_children(const GumboNode* node);
const GumboVector& children(const GumboNode* node);
// The text below a node, white space squeezed; about its first 4000 bytes.
std::string text_of(const GumboNode* node);
// Class and id in lower case, a blank between; empty when there is neither.
std::string class_and_id(const GumboNode* node);
// Whether any of the words stands somewhere in `words`.
bool names_any(std::string_view words, std::initializer_list<std::string_view> list);
bool names_any(std::string_view words, const WordSet& list);
// "Caf&eacute; &amp; Bar" → "Café & Bar". Strings in JSON-LD are often escaped as HTML too.
std::string unescape_html(std::string text);

}  // namespace chancery
