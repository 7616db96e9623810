#include "article/page_tree.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

void* Arena::take(size_t size) {
  size = (size + 15) & ~size_t{15};
  if (size > left_) {
    size_t piece = std::max<size_t>(size, 1 << 18);
    pieces_.push_back(std::make_unique_for_overwrite<char[]>(piece));
    at_ = pieces_.back().get();
    left_ = piece;
  }
  void* out = at_;
  at_ += size;
  left_ -= size;
  return out;
}

PageTree::PageTree(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* arena, size_t size) {
    return static_cast<Arena*>(arena)->take(size);
  };
  options.deallocator = [](void*, void*) {};
  options.userdata = &arena_;
  // What is wrong with a page nobody asks for, and Gumbo keeps an error for every '<' that is no tag.
  options.max_errors = 0;
  root_ = gumbo_parse_with_options(&options, html.data(), html.size())->root;
}

std::string_view attribute(const GumboNode* node, const char* name) {
  if (node->type != GUMBO_NODE_ELEMENT) return {};
  const GumboAttribute* a = gumbo_get_attribute(&node->v.element.attributes, name);
  return a ? a->value : std::string_view();
}

bool is_element(const GumboNode* node, GumboTag tag) {
  return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

const GumboVector& children(const GumboNode* node) {
  return node->type == GUMBO_NODE_DOCUMENT ? node->v.document.children : node->v.element.children;
}

bool has_children(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_DOCUMENT;
}

std::string text_of(const GumboNode* node) {
  std::string out;
  std::vector<const GumboNode*> stack = {node};
  bool edge = false;  // an element began or ended since the last text
  while (!stack.empty() && out.size() < 4000) {
    const GumboNode* at = stack.back();
    stack.pop_back();
    if (!at) {
      edge = true;
      continue;
    }
    if (at->type == GUMBO_NODE_TEXT || at->type == GUMBO_NODE_WHITESPACE) {
      std::string_view text = at->v.text.text;
      // "Mia Holm</a><span>Reporter": two things that only the style sheet keeps apart.
      if (edge && !out.empty() && !text.empty() &&
          islower(static_cast<unsigned char>(out.back())) &&
          isupper(static_cast<unsigned char>(text[0])))
        out += ' ';
      out += text;
      edge = false;
    }
    if (!has_children(at)) continue;
    edge = true;
    if (at != node)
      out += is_element(at, GUMBO_TAG_BR) || is_element(at, GUMBO_TAG_LI) ||
                     is_element(at, GUMBO_TAG_P) || is_element(at, GUMBO_TAG_DIV)
                 ? " "
                 : "";
    const GumboVector& c = children(at);
    stack.push_back(nullptr);
    for (unsigned i = c.length; i-- > 0;) stack.push_back(static_cast<const GumboNode*>(c.data[i]));
  }
  return squeeze(out);
}

bool names_any(std::string_view words, std::initializer_list<std::string_view> list) {
  for (std::string_view w : list)
    if (words.find(w) != std::string_view::npos) return true;
  return false;
}

bool names_any(std::string_view words, const WordSet& list) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& w) { return words.find(w) != std::string_view::npos; });
}

std::string class_and_id(const GumboNode* node) {
  std::string_view c = attribute(node, "class"), id = attribute(node, "id");
  if (c.empty() && id.empty()) return "";
  std::string out;
  out.reserve(c.size() + id.size() + 1);
  out.append(c).append(" ").append(id);
  return lower(out);
}

std::string unescape_html(std::string text) {
  if (text.find('&') == std::string::npos) return text;
  std::string plain = text_of(PageTree(text).root());
  return plain.empty() ? text : plain;
}

}  // namespace chancery
