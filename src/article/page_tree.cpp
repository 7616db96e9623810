#include "article/page_tree.h"

#include <algorithm>
#include <unordered_set>

#include "article/script_text.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr int kDeepest = 512;

bool tag_at(std::string_view html, size_t at, std::string_view name) {
  if (html.size() - at < name.size() + 1) return false;
  for (size_t i = 0; i < name.size(); ++i)
    if ((html[at + i] | 32) != name[i]) return false;
  char after = html[at + name.size()];
  return !isalnum(static_cast<unsigned char>(after)) && after != '-';
}

size_t find_close(std::string_view html, size_t at, std::string_view name) {
  for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2))
    if (tag_at(html, at + 2, name)) return at;
  return html.size();
}

// The ends of a page's tags. A '>' in quotes does not end a tag (pages keep whole documents in their
// attributes), unless the quotes never close. A page whose quotes once did not close is asked for
// short tags only from there on, so that the search stays in proportion to the page.
class TagEnds {
 public:
  explicit TagEnds(std::string_view html) : html_(html) {}

  // Past the '>' of the tag that opens at `at`.
  size_t after(size_t at) {
    char quote = 0;
    size_t limit = std::min(html_.size(), at + longest_);
    for (size_t i = at; i < limit; ++i) {
      char c = html_[i];
      if (quote) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        if (i > at && html_[i - 1] == '=') quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    longest_ = kShortTag;
    size_t end = html_.find('>', at);
    return end == std::string_view::npos ? html_.size() : end + 1;
  }

 private:
  static constexpr size_t kShortTag = 20000, kLongTag = 4 << 20;
  std::string_view html_;
  size_t longest_ = kLongTag;
};

// A start tag with those attributes that anything here reads; pages carry many others, and long
// ones.
void copy_tag(std::string_view tag, size_t name_end, std::string& out) {
  static const std::unordered_set<std::string_view> read = {
      "class",       "id",      "itemprop",   "itemtype", "rel",      "role",    "style",
      "href",        "content", "property",   "name",     "datetime", "pubdate", "lang",
      "aria-hidden", "charset", "http-equiv", "hidden",   "cite"};
  out.append(tag.substr(0, name_end));
  size_t i = name_end;
  int kept = 0;
  while (i < tag.size()) {
    while (i < tag.size() && (isspace(static_cast<unsigned char>(tag[i])) || tag[i] == '/')) ++i;
    if (i >= tag.size() || tag[i] == '>') break;
    size_t begin = i;
    while (i < tag.size() && tag[i] != '=' && tag[i] != '>' && tag[i] != '/' &&
           !isspace(static_cast<unsigned char>(tag[i])))
      ++i;
    std::string_view name = tag.substr(begin, i - begin);
    size_t after = i;
    while (after < tag.size() && isspace(static_cast<unsigned char>(tag[after]))) ++after;
    if (after < tag.size() && tag[after] == '=') {
      i = after + 1;
      while (i < tag.size() && isspace(static_cast<unsigned char>(tag[i]))) ++i;
      if (i < tag.size() && (tag[i] == '"' || tag[i] == '\'')) {
        size_t close = tag.find(tag[i], i + 1);
        i = close == std::string_view::npos ? tag.size() - 1 : close + 1;
      } else {
        while (i < tag.size() && tag[i] != '>' && !isspace(static_cast<unsigned char>(tag[i]))) ++i;
      }
    }
    if (i == begin) ++i;
    if (name.size() <= 11 && read.count(lower(name)) && kept++ < 32) {
      out += ' ';
      out.append(tag.substr(begin, i - begin));
    }
  }
  out += '>';
}

// Text with each run of white space as one: Gumbo takes every character by itself, and nobody reads
// the indentation.
void copy_text(std::string_view text, std::string& out) {
  size_t i = 0;
  auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  while (i < text.size()) {
    size_t begin = i;
    while (i < text.size() && !(blank(text[i]) && i + 1 < text.size() && blank(text[i + 1]))) ++i;
    out.append(text.substr(begin, i - begin));
    if (i == text.size()) break;
    out += text[i];
    while (i < text.size() && blank(text[i])) ++i;
  }
}

}  // namespace

ScannedPage scan_page(std::string_view html) {
  static constexpr std::string_view dropped[] = {"script",   "style",  "svg",    "noscript",
                                                 "template", "iframe", "object", "select",
                                                 "canvas",   "map"};
  static const std::unordered_set<std::string_view> unread = {
      "img", "input", "source", "embed", "track", "area", "wbr", "picture", "param"};
  // Elements that close themselves or are closed by what follows: they do not deepen the tree.
  static const std::unordered_set<std::string_view> shallow = {
      "p",   "li",    "td",     "tr",    "th",   "dt",   "dd",   "option",
      "br",  "img",   "hr",     "input", "meta", "link", "area", "base",
      "col", "embed", "source", "track", "wbr",  "html", "head", "body"};
  ScannedPage out;
  out.html.reserve(html.size() / 2);
  TagEnds tag_ends(html);
  int depth = 0, tags = 0;
  for (size_t at = 0; at < html.size();) {
    size_t open = html.find('<', at);
    if (open == std::string_view::npos) open = html.size();
    copy_text(html.substr(at, open - at), out.html);
    if (open + 1 >= html.size()) break;
    at = open;
    if (html.compare(at, 4, "<!--") == 0) {
      size_t end = html.find("-->", at + 4);
      at = end == std::string_view::npos ? html.size() : end + 3;
      continue;
    }
    bool closing = html[at + 1] == '/';
    size_t name_begin = at + 1 + closing, name_end = name_begin;
    while (name_end < html.size() && isalnum(static_cast<unsigned char>(html[name_end])))
      ++name_end;
    size_t end = tag_ends.after(at);
    if (!closing) {
      bool skip = false;
      for (std::string_view name : dropped) {
        if (!tag_at(html, at + 1, name)) continue;
        bool empty = end >= 2 && html[end - 2] == '/' && name == "svg";
        size_t close = empty ? end : find_close(html, end, name);
        if (name == "script" &&
            html.substr(at, end - at).find("ld+json") != std::string_view::npos &&
            out.json_ld.size() < 50)
          out.json_ld.emplace_back(html.substr(end, close > end ? close - end : 0));
        else if (name == "script" && close > end && out.documents.size() < 8 &&
                 may_hold_document(html.substr(at, end - at), html.substr(end, close - end)))
          out.documents.push_back(html.substr(end, close - end));
        size_t past = html.find('>', close);
        at = empty ? end : past == std::string_view::npos ? html.size() : past + 1;
        skip = true;
        break;
      }
      if (skip) continue;
    }
    if (name_end > name_begin) {
      std::string name = lower(html.substr(name_begin, name_end - name_begin));
      if (unread.count(name)) {
        at = end;
        continue;
      }
      if (!shallow.count(name)) {
        if (closing) {
          if (depth-- > kDeepest) {
            at = end;
            continue;
          }
          depth = std::max(depth, 0);
        } else if (++depth > kDeepest) {
          at = end;
          continue;
        }
      }
      if (++tags > 500000) break;
    }
    if (!closing && name_end > name_begin)
      copy_tag(html.substr(at, end - at), name_end - at, out.html);
    else out.html.append(html.substr(at, end - at));
    at = end;
  }
  return out;
}

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
