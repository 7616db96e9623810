#include "article/html.h"

#include <gumbo.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "article/byline.h"
#include "article/furniture.h"
#include "article/header_date.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr int kDeepest = 512;

struct Scanned {
  std::string html;
  std::vector<std::string> json_ld;
};

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

// The end of a tag that opens at `at`, past its '>'; a '>' in quotes does not end it, unless the
// quotes never close.
size_t tag_end(std::string_view html, size_t at) {
  char quote = 0;
  size_t limit = std::min(html.size(), at + 20000);
  for (size_t i = at; i < limit; ++i) {
    char c = html[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      if (i > at && html[i - 1] == '=') quote = c;
    } else if (c == '>') {
      return i + 1;
    }
  }
  size_t end = html.find('>', at);
  return end == std::string_view::npos ? html.size() : end + 1;
}

// A start tag with those attributes that anything here reads; pages carry many others, and long
// ones.
void copy_tag(std::string_view tag, size_t name_end, std::string& out) {
  static const std::unordered_set<std::string_view> read = {
      "class",   "id",   "itemprop",    "itemtype", "rel",       "role",
      "style",   "href", "content",     "property", "name",      "datetime",
      "pubdate", "lang", "aria-hidden", "charset",  "http-equiv"};
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

Scanned scan(std::string_view html) {
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
  Scanned out;
  out.html.reserve(html.size() / 2);
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
    size_t end = tag_end(html, at);
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

// Gumbo's memory: taken from large pieces and given back all at once. Its own way of freeing a tree
// is recursive and a tenth of the whole time.
class Arena {
 public:
  void* take(size_t size) {
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

 private:
  std::vector<std::unique_ptr<char[]>> pieces_;
  char* at_ = nullptr;
  size_t left_ = 0;
};

// A parsed page; the tree lives as long as this.
class Tree {
 public:
  explicit Tree(std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* arena, size_t size) {
      return static_cast<Arena*>(arena)->take(size);
    };
    options.deallocator = [](void*, void*) {};
    options.userdata = &arena_;
    root_ = gumbo_parse_with_options(&options, html.data(), html.size())->root;
  }
  const GumboNode* root() const { return root_; }

 private:
  Arena arena_;
  const GumboNode* root_;
};

// ---- the tree, seen through small helpers ----

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
  while (!stack.empty() && out.size() < 4000) {
    const GumboNode* at = stack.back();
    stack.pop_back();
    if (at->type == GUMBO_NODE_TEXT || at->type == GUMBO_NODE_WHITESPACE) out += at->v.text.text;
    if (!has_children(at)) continue;
    if (at != node)
      out += is_element(at, GUMBO_TAG_BR) || is_element(at, GUMBO_TAG_LI) ||
                     is_element(at, GUMBO_TAG_P) || is_element(at, GUMBO_TAG_DIV)
                 ? " "
                 : "";
    const GumboVector& c = children(at);
    for (unsigned i = c.length; i-- > 0;) stack.push_back(static_cast<const GumboNode*>(c.data[i]));
  }
  return squeeze(out);
}

// Words in class and id that tell what a box is.
bool names_any(const std::string& words, std::initializer_list<std::string_view> list) {
  for (std::string_view w : list)
    if (words.find(w) != std::string::npos) return true;
  return false;
}

// Characters of running text (in paragraphs, or in blocks that read like them) below each element.
// A box that holds a good part of all of it is no furniture, whatever its name says ("has-sidebar",
// "menu-open").
using TextWeights = std::unordered_map<const GumboNode*, size_t>;

size_t weigh(const GumboNode* node, TextWeights& weights, bool prose) {
  if (node->type == GUMBO_NODE_TEXT) {
    std::string_view text = node->v.text.text;
    return prose || text.size() > 80 ? text.size() : 0;
  }
  if (!has_children(node)) return 0;
  bool paragraph = prose || is_element(node, GUMBO_TAG_P) || is_element(node, GUMBO_TAG_BLOCKQUOTE);
  if (is_element(node, GUMBO_TAG_FOOTER) || is_element(node, GUMBO_TAG_NAV)) return 0;
  size_t sum = 0;
  const GumboVector& c = children(node);
  for (unsigned i = 0; i < c.length; ++i)
    sum += weigh(static_cast<const GumboNode*>(c.data[i]), weights, paragraph);
  weights[node] = sum;
  return sum;
}

bool furniture(const GumboNode* node, const std::string& names, bool heavy) {
  if (heavy) return false;
  switch (node->v.element.tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_MENU: return true;
    default: break;
  }
  std::string_view role = attribute(node, "role");
  if (role == "navigation" || role == "complementary" || role == "banner" ||
      role == "contentinfo" || role == "dialog" || role == "search")
    return true;
  std::string_view style = attribute(node, "style");
  if (style.find("display:none") != std::string_view::npos ||
      style.find("display: none") != std::string_view::npos)
    return true;
  if (attribute(node, "aria-hidden") == "true" && node->v.element.tag != GUMBO_TAG_SPAN)
    return true;
  if (names.empty()) return false;
  if (names_any(names, {"articlebody", "article-body", "article__body", "article_body",
                        "entry-content", "post-content", "story-body", "storybody", "post-body"}))
    return false;
  return names_any(
      names, {"comment",       "share",           "social",     "related",      "newsletter",
              "subscri",       "sidebar",         "side-bar",   "promo",        "advert",
              "sponsor",       "cookie",          "consent",    "breadcrumb",   "caption",
              "footer",        "navbar",          "nav-",       "-nav",         "menu",
              "masthead",      "popup",           "modal",      "paywall",      "outbrain",
              "taboola",       "recommend",       "read-more",  "readmore",     "more-stories",
              "most-read",     "trending",        "tags",       "taglist",      "byline",
              "author-bio",    "author-box",      "authorbox",  "dateline-",    "timestamp",
              "widget",        "signup",          "sign-up",    "login",        "toolbar",
              "print-only",    "credit",          "copyright",  "disclaimer",   "skip-link",
              "screen-reader", "visually-hidden", "sr-only",    "hidden-print", "pagination",
              "pager",         "gallery",         "slideshow",  "infobox",      "metadata",
              "article-meta",  "post-meta",       "entry-meta", "rating",       "banner"});
}

struct Block {
  std::string text;
  size_t linked = 0;  // characters inside links
  GumboTag tag = GUMBO_TAG_P;
  std::vector<const GumboNode*> path;  // ancestors, outermost first
  bool dropped = false;                // inside a box that looks like furniture
};

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY: return true;
    default: return false;
  }
}

// Walks the tree in order and cuts it into blocks of running text. Two <br> in a row end a block.
// The tree is at most kDeepest levels and a few, so the recursion is bounded.
class Blocks {
 public:
  std::vector<Block> found;

  explicit Blocks(const GumboNode* root) { total_ = weigh(root, weights_, false); }

  void walk(const GumboNode* node, bool dropped, bool linked) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
      if (node->type != GUMBO_NODE_WHITESPACE) breaks_ = 0;
      size_t before = text_.size();
      text_ += node->v.text.text;
      if (linked && node->type == GUMBO_NODE_TEXT) linked_ += text_.size() - before;
      return;
    }
    if (node->type != GUMBO_NODE_ELEMENT) return;
    GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_BR) {
      if (++breaks_ >= 2) flush(dropped);
      else text_ += ' ';
      return;
    }
    std::string names =
        lower(std::string(attribute(node, "class")) + " " + std::string(attribute(node, "id")));
    bool heavy = total_ > 0 && weights_[node] * 10 > total_ * 4;
    if (tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML &&
        furniture(node, names == " " ? std::string() : names, heavy))
      dropped = true;
    bool block = is_block(tag);
    if (block) flush(dropped_now_);
    path_.push_back(node);
    bool outer = dropped_now_;
    dropped_now_ = dropped;
    const GumboVector& c = children(node);
    for (unsigned i = 0; i < c.length; ++i)
      walk(static_cast<const GumboNode*>(c.data[i]), dropped, linked || tag == GUMBO_TAG_A);
    if (block) flush(dropped);
    dropped_now_ = outer;
    path_.pop_back();
  }

 private:
  void flush(bool dropped) {
    breaks_ = 0;
    std::string text = squeeze(text_);
    if (!text.empty()) {
      Block b;
      b.text = std::move(text);
      b.linked = std::min(linked_, b.text.size());
      b.path = path_;
      for (auto at = path_.rbegin(); at != path_.rend(); ++at)
        if (is_block((*at)->v.element.tag)) {
          b.tag = (*at)->v.element.tag;
          break;
        }
      b.dropped = dropped;
      found.push_back(std::move(b));
    }
    text_.clear();
    linked_ = 0;
  }

  TextWeights weights_;
  size_t total_ = 0;
  std::vector<const GumboNode*> path_;
  std::string text_;
  size_t linked_ = 0;
  int breaks_ = 0;
  bool dropped_now_ = false;
};

bool heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

double worth(const Block& b) {
  if (b.dropped || heading(b.tag) || b.text.size() < 25) return 0;
  double density = static_cast<double>(b.linked) / static_cast<double>(b.text.size());
  if (density > 0.6) return 0;
  double commas = static_cast<double>(std::count(b.text.begin(), b.text.end(), ','));
  double stops = 0;
  for (size_t i = 0; i + 1 < b.text.size(); ++i) stops += b.text[i] == '.' && b.text[i + 1] == ' ';
  double score = 1 + commas + 2 * stops + std::min(static_cast<double>(b.text.size()) / 80.0, 8.0);
  if (b.tag == GUMBO_TAG_LI || b.tag == GUMBO_TAG_TD) score *= 0.5;
  return score * (1 - density);
}

const GumboNode* choose_container(const std::vector<Block>& blocks) {
  std::unordered_map<const GumboNode*, double> score, all;
  std::unordered_map<const GumboNode*, size_t> order;
  double total = 0;
  for (const Block& b : blocks) {
    double w = worth(b);
    total += w;
    double share = 1;
    // The nearest ancestors get most of it.
    int level = 0;
    for (auto at = b.path.rbegin(); at != b.path.rend(); ++at) {
      order.emplace(*at, order.size());
      all[*at] += w;
      if (!is_block((*at)->v.element.tag) || (*at)->v.element.tag == GUMBO_TAG_P) continue;
      double bonus = 1;
      GumboTag tag = (*at)->v.element.tag;
      if (attribute(*at, "itemprop") == "articleBody") bonus = 2.0;
      else if (tag == GUMBO_TAG_ARTICLE) bonus = 1.15;
      else if (tag == GUMBO_TAG_BODY) bonus = 0.6;
      score[*at] += w * share * bonus;
      share *= level == 0 ? 0.75 : 0.8;
      ++level;
    }
  }
  const GumboNode* best = nullptr;
  double value = 0;
  for (auto [node, s] : score)
    if (s > value || (s == value && best && order[node] < order[best])) {
      value = s;
      best = node;
    }
  // The body is often cut in several boxes: go up while the parent holds clearly more of the good
  // text.
  for (const GumboNode* at = best; at && at->parent && at->parent->type == GUMBO_NODE_ELEMENT;
       at = at->parent) {
    const GumboNode* up = at->parent;
    if (is_element(up, GUMBO_TAG_HTML)) break;
    double inside = all[best], more = all[up];
    if (more > inside * 1.25 && (!is_element(up, GUMBO_TAG_BODY) || inside < total * 0.5))
      best = up;
    else if (at != best && at->index_within_parent > 4) break;
  }
  return best;
}

// ---- header ----

struct Header {
  std::string title, published, updated, publisher, url, language;
  std::vector<std::string> byline;
  bool paid = false;  // schema.org isAccessibleForFree is false
};

void set_if_empty(std::string& field, std::string_view value) {
  if (field.empty() && !trim(value).empty()) field = squeeze(value);
}

void set_date(std::string& field, std::string_view value) {
  if (!field.empty()) return;
  if (auto date = header_date(value)) field = *date;
}

std::string unescape(std::string text) {
  if (text.find('&') == std::string::npos) return text;
  // JSON-LD strings are often escaped as HTML too; Gumbo knows the entities.
  std::string plain = text_of(Tree(text).root());
  return plain.empty() ? text : plain;
}

void json_names(simdjson::dom::element value, std::vector<std::string>& out, int depth = 0) {
  if (depth > 3 || out.size() > 20) return;
  std::string_view name;
  simdjson::dom::array array;
  simdjson::dom::element inner;
  if (value.get(name) == simdjson::SUCCESS) out.emplace_back(unescape(std::string(name)));
  else if (value.get(array) == simdjson::SUCCESS)
    for (simdjson::dom::element e : array) json_names(e, out, depth + 1);
  else if (value["name"].get(inner) == simdjson::SUCCESS) json_names(inner, out, depth + 1);
}

void json_header(simdjson::dom::element node, Header& h, int depth = 0) {
  simdjson::dom::array array;
  if (depth > 4) return;
  if (node.get(array) == simdjson::SUCCESS) {
    for (simdjson::dom::element e : array) json_header(e, h, depth + 1);
    return;
  }
  simdjson::dom::element part, type;
  if (node["@graph"].get(part) == simdjson::SUCCESS) json_header(part, h, depth + 1);
  if (node["mainEntity"].get(part) == simdjson::SUCCESS) json_header(part, h, depth + 1);
  if (node["@type"].get(type) != simdjson::SUCCESS) return;
  std::string kinds = simdjson::minify(type);
  bool article = kinds.find("Article") != std::string::npos ||
                 kinds.find("BlogPosting") != std::string::npos ||
                 kinds.find("Report") != std::string::npos;
  if (!article) return;
  std::string_view text;
  if (node["headline"].get(text) == simdjson::SUCCESS)
    set_if_empty(h.title, unescape(std::string(text)));
  if (node["datePublished"].get(text) == simdjson::SUCCESS) set_date(h.published, text);
  if (node["dateModified"].get(text) == simdjson::SUCCESS) set_date(h.updated, text);
  if (node["author"].get(part) == simdjson::SUCCESS && h.byline.empty()) {
    std::vector<std::string> names;
    json_names(part, names);
    for (const std::string& n : names)
      for (std::string& person : byline_names(n)) h.byline.push_back(std::move(person));
  }
  if (node["isAccessibleForFree"].get(part) == simdjson::SUCCESS) {
    std::string free = lower(simdjson::minify(part));
    h.paid |= free.find("false") != std::string::npos;
  }
  if (node["publisher"].get(part) == simdjson::SUCCESS && h.publisher.empty()) {
    std::vector<std::string> names;
    json_names(part, names);
    if (!names.empty()) set_if_empty(h.publisher, names[0]);
  }
}

// The site's name before or after the headline: "Headline | Site", "Headline - Site".
std::string without_site(const std::string& title) {
  for (std::string_view mark : {" | ", " — ", " – ", " - ", " :: ", " » ", " « ", " • "}) {
    size_t at = title.rfind(mark);
    if (at == std::string::npos) continue;
    std::string left = title.substr(0, at), right = title.substr(at + mark.size());
    return left.size() >= right.size()     ? without_site(left)
           : split_words(right).size() > 3 ? right
                                           : left;
  }
  return title;
}

// The same where the last part is the site's own name, whatever its length.
std::string without_site_name(const std::string& title, const std::string& site) {
  for (std::string_view mark : {" | ", " — ", " – ", " - ", " :: ", " » "}) {
    size_t at = title.rfind(mark);
    if (at == std::string::npos || at < 8) continue;
    std::string right = lower(title.substr(at + mark.size()));
    if ((!site.empty() && right == lower(site)) ||
        (mark == " | " && right.find(' ') == std::string::npos &&
         right.find('.') != std::string::npos))
      return title.substr(0, at);
  }
  return title;
}

// The page's headline among its headings: it agrees with what the head of the page says, and is not
// the site's name.
std::string headline(const std::vector<std::pair<std::string, double>>& headings,
                     const std::string& json, const std::string& og, const std::string& title,
                     const std::string& site) {
  auto inside = [](const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() &&
           (a.find(b) != std::string::npos || b.find(a) != std::string::npos);
  };
  std::string best;
  double value = 1.4;
  for (const auto& [text, weight] : headings) {
    if (text.size() < 3 || text.size() > 300) continue;
    double score = weight;
    bool known = inside(og, text) || inside(json, text);
    if (known) score += 2 + (og == text || json == text);
    else if (!og.empty() || !json.empty()) score -= 0.7;
    size_t at = title.find(text);
    if (at == 0) score += 1.2;
    else if (at != std::string::npos) score += at + text.size() == title.size() ? -0.5 : 0.5;
    if (text.size() >= 15) score += 0.5;
    if (!site.empty() && text == site) score -= 4;
    if (score > value) {
      value = score;
      best = text;
    }
  }
  return best;
}

void tree_header(const GumboNode* root, Header& h) {
  std::vector<std::pair<std::string, double>> headings;  // with what their level and name are worth
  std::string og_title, doc_title, meta_author, time_published, class_date;
  std::vector<std::string> class_authors, linked_authors;
  std::vector<std::string> itemprop_authors;
  std::vector<const GumboNode*> stack = {root};
  while (!stack.empty()) {
    const GumboNode* node = stack.back();
    stack.pop_back();
    if (!has_children(node)) continue;
    const GumboVector& c = children(node);
    for (unsigned i = c.length; i-- > 0;) stack.push_back(static_cast<const GumboNode*>(c.data[i]));
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_HTML)
      set_if_empty(h.language, lower(attribute(node, "lang").substr(0, 2)));
    if (tag == GUMBO_TAG_META) {
      std::string key = lower(!attribute(node, "property").empty() ? attribute(node, "property")
                              : !attribute(node, "name").empty()   ? attribute(node, "name")
                                                                   : attribute(node, "itemprop"));
      std::string_view value = attribute(node, "content");
      if (key == "og:title" || key == "twitter:title" || key == "dc.title")
        set_if_empty(og_title, value);
      else if (key == "article:published_time" || key == "datepublished" ||
               key == "og:published_time" || key == "date" || key == "dc.date" ||
               key == "dc.date.issued" || key == "pubdate" || key == "publishdate" ||
               key == "publish_date" || key == "sailthru.date" || key == "parsely-pub-date" ||
               key == "article.published" || key == "originalpublicationdate" ||
               key == "citation_publication_date")
        set_date(h.published, value);
      else if (key == "article:modified_time" || key == "datemodified" ||
               key == "og:updated_time" || key == "last-modified" || key == "lastmod")
        set_date(h.updated, value);
      else if (key == "og:site_name" || key == "application-name") set_if_empty(h.publisher, value);
      else if (key == "og:url") set_if_empty(h.url, value);
      else if (key == "author" || key == "article:author" || key == "dc.creator" || key == "byl" ||
               key == "parsely-author" || key == "sailthru.author" || key == "citation_author") {
        if (meta_author.empty() && value.find("http") == std::string_view::npos)
          meta_author = squeeze(value);
      }
      continue;
    }
    if (tag == GUMBO_TAG_LINK && attribute(node, "rel") == "canonical" &&
        attribute(node, "href").starts_with("http"))
      h.url = std::string(attribute(node, "href"));
    if (tag == GUMBO_TAG_TITLE && doc_title.empty()) doc_title = text_of(node);
    if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H3 && headings.size() < 30) {
      std::string marks = lower(std::string(attribute(node, "class")) + " " +
                                std::string(attribute(node, "itemprop")));
      bool marked =
          names_any(marks, {"headline", "entry-title", "post-title", "article-title",
                            "article__title", "articletitle", "entry_title", "title-article"});
      if (tag != GUMBO_TAG_H3 || marked)
        headings.emplace_back(text_of(node), (tag == GUMBO_TAG_H1 ? 1 : 0) + (marked ? 1 : 0));
    }
    std::string_view prop = attribute(node, "itemprop");
    if (prop == "datePublished" ||
        (tag == GUMBO_TAG_TIME && (!attribute(node, "pubdate").empty()))) {
      set_date(h.published, attribute(node, "datetime"));
      set_date(h.published, attribute(node, "content"));
      set_date(h.published, text_of(node));
    }
    if (prop == "dateModified") {
      set_date(h.updated, attribute(node, "datetime"));
      set_date(h.updated, attribute(node, "content"));
    }
    if (tag == GUMBO_TAG_TIME && time_published.empty()) {
      set_date(time_published, attribute(node, "datetime"));
      set_date(time_published, text_of(node));
    }
    std::string names =
        lower(std::string(attribute(node, "class")) + " " + std::string(attribute(node, "id")));
    bool small = names.size() > 1 && tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML;
    bool declared = prop == "author" || attribute(node, "rel") == "author" || names == "fn " ||
                    names == "username ";
    if (declared || (small && names_any(names, {"byline", "author", "writer", "reporter", "autor",
                                                "auteur", "verfasser"}))) {
      std::string text = text_of(node);
      if (text.size() < 120 && !text.empty()) {
        if (declared) itemprop_authors.push_back(text);
        else if (class_authors.size() < 6) class_authors.push_back(text);
      }
    }
    // A link to somebody's own page on the site.
    if (tag == GUMBO_TAG_A && linked_authors.size() < 6) {
      std::string href = lower(attribute(node, "href"));
      if (names_any(href,
                    {"/author/", "/authors/", "/autor/", "/autoren/", "/autorin/", "/auteur/",
                     "/profil/", "/profile/", "/newsteam/", "/people/", "/person/", "/staff/",
                     "/reporter/", "/reporters/", "/journalist", "trk=author", "/contributor"})) {
        std::string text = text_of(node);
        if (text.size() < 60 && text.find(' ') != std::string::npos) linked_authors.push_back(text);
      }
    }
    if (small && class_date.empty() &&
        names_any(names, {"date", "time", "posted", "publish", "byline", "meta"})) {
      std::string text = text_of(node);
      if (text.size() < 200) set_date(class_date, text);
    }
  }
  std::string json_title = h.title;
  std::string heading = headline(headings, json_title, og_title, doc_title, h.publisher);
  if (!heading.empty()) heading = without_site_name(heading, h.publisher);
  h.title = !heading.empty()      ? heading
            : !json_title.empty() ? json_title
            : !og_title.empty()   ? without_site(og_title)
                                  : without_site(doc_title);
  set_if_empty(h.published, time_published);
  set_if_empty(h.published, class_date);
  // The site itself is no author.
  auto site = [&](const std::string& name) {
    return !h.publisher.empty() && lower(name) == lower(h.publisher);
  };
  std::erase_if(h.byline, site);
  auto take = [&](const std::string& text, bool declared) {
    for (std::string& person : byline_names(text, declared))
      if (!site(person) && std::find(h.byline.begin(), h.byline.end(), person) == h.byline.end())
        h.byline.push_back(std::move(person));
  };
  if (h.byline.empty())
    for (const std::string& s : itemprop_authors) take(s, true);
  if (h.byline.empty()) take(meta_author, true);
  for (const std::string& s : class_authors)
    if (h.byline.empty()) take(s, false);
  for (const std::string& s : linked_authors)
    if (h.byline.empty()) take(s, false);
}

// A line of its own that says who wrote: "By Ana Ruiz", "Von Klaus Berg", "Text: Mia Holm".
void line_author(const std::vector<Block>& blocks, Header& h) {
  static constexpr std::string_view leads[] = {"by ",
                                               "by: ",
                                               "von ",
                                               "von: ",
                                               "par ",
                                               "por ",
                                               "text: ",
                                               "text von ",
                                               "autor: ",
                                               "author: ",
                                               "autorin: ",
                                               "written by ",
                                               "posted by ",
                                               "geschrieben von ",
                                               "verfasst von ",
                                               "ein beitrag von ",
                                               "beitrag von ",
                                               "blog beitrag von ",
                                               "ein artikel von ",
                                               "artikel von ",
                                               "door ",
                                               "auteur: ",
                                               "auteur : ",
                                               "redaktion: ",
                                               "foto und text: ",
                                               "interview: ",
                                               "von - "};
  for (size_t i = 0; i < blocks.size(); ++i) {
    const Block& b = blocks[i];
    if (b.text.size() > 90) continue;
    std::string low = lower(b.text);
    // The label on one line, the name on the next; or date and name in one.
    if ((low == "von:" || low == "autor:" || low == "author:" || low == "by:" || low == "by" ||
         low == "von" || low == "text:") &&
        i + 1 < blocks.size()) {
      h.byline = byline_names(blocks[i + 1].text, false);
      if (!h.byline.empty()) return;
    }
    for (std::string_view inner : {" von ", " by ", " redaktion: ", " autor: "})
      if (size_t at = low.find(inner);
          at != std::string::npos && low.size() == b.text.size() && header_date(b.text)) {
        h.byline = byline_names(std::string_view(b.text).substr(at + inner.size()), false);
        if (!h.byline.empty()) return;
      }
    for (std::string_view lead : leads)
      if (low.starts_with(lead)) {
        h.byline = byline_names(
            std::string_view(b.text).substr(low.size() == b.text.size() ? lead.size() : 0), false);
        if (!h.byline.empty()) return;
      }
  }
}

}  // namespace

namespace {

// What stands where an article should: said in the headline, with hardly a text under it.
std::string error_page(const Article& article) {
  if (article.text.size() > 1500) return "";
  std::string title = lower(article.title);
  static constexpr std::pair<std::string_view, std::string_view> signs[] = {
      {"404", "page not found"},
      {"not found", "page not found"},
      {"page unavailable", "page not found"},
      {"nicht gefunden", "page not found"},
      {"403", "access refused"},
      {"forbidden", "access refused"},
      {"access denied", "access refused"},
      {"just a moment", "a check for robots"},
      {"are you a robot", "a check for robots"},
      {"attention required", "a check for robots"},
      {"verify you are human", "a check for robots"},
      {"captcha", "a check for robots"},
      {"500 internal", "an error of the server"},
      {"bad gateway", "an error of the server"},
      {"service unavailable", "an error of the server"},
      {"before you continue", "a wall of consent"},
      {"cookie consent", "a wall of consent"}};
  for (auto [sign, what] : signs)
    if (size_t at = title.find(sign); at != std::string::npos && title.size() < sign.size() + 40) {
      // "404" in "404 dead in floods" is a number: the sign must stand alone or at an end.
      bool number = sign == "404" || sign == "403";
      if (!number || title.size() == 3 || title.find("error") != std::string::npos ||
          title.find("not found") != std::string::npos ||
          title.find("forbidden") != std::string::npos)
        return "no article: " + std::string(what) + " (\"" + article.title + "\")";
    }
  return "";
}

bool asks_to_pay(const std::vector<Block>& blocks) {
  for (const Block& b : blocks) {
    if (b.text.size() > 300) continue;
    std::string low = lower(b.text);
    for (std::string_view sign :
         {"subscribe to continue", "to continue reading", "subscribe to read", "subscribers only",
          "for subscribers only", "this article is for subscribers", "already a subscriber",
          "sign in to read", "nur für abonnenten", "jetzt weiterlesen mit", "réservé aux abonnés"})
      if (low.find(sign) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string html_text(const std::string& html) {
  Scanned scanned = scan(html);
  Tree tree(scanned.html);
  Blocks blocks(tree.root());
  blocks.walk(tree.root(), false, false);
  std::string out;
  for (const Block& b : blocks.found) out += (out.empty() ? "" : "\n\n") + b.text;
  return out;
}

Article read_html(std::string_view html) {
  if (html.size() > kLongestPage)
    throw Error("page of " + std::to_string(html.size() >> 20) + " MB, the limit is " +
                std::to_string(kLongestPage >> 20) + " MB");
  Scanned scanned = scan(html);
  Tree tree(scanned.html);
  Header header;
  simdjson::dom::parser parser;
  for (const std::string& json : scanned.json_ld) {
    simdjson::dom::element element;
    if (parser.parse(json).get(element) == simdjson::SUCCESS) json_header(element, header);
  }
  tree_header(tree.root(), header);

  Blocks blocks(tree.root());
  blocks.walk(tree.root(), false, false);
  const GumboNode* container = choose_container(blocks.found);
  if (header.byline.empty()) line_author(blocks.found, header);
  Article article;
  article.title = header.title;
  article.byline = header.byline;
  article.published = header.published;
  article.updated = header.updated;
  article.publisher = header.publisher;
  article.url = header.url;
  article.language = header.language;
  std::vector<const Block*> body;
  for (const Block& b : blocks.found) {
    if (b.dropped || std::find(b.path.begin(), b.path.end(), container) == b.path.end()) continue;
    double density = static_cast<double>(b.linked) / static_cast<double>(b.text.size());
    bool list = b.tag == GUMBO_TAG_LI || b.tag == GUMBO_TAG_TD || b.tag == GUMBO_TAG_TH ||
                b.tag == GUMBO_TAG_DD || b.tag == GUMBO_TAG_DT;
    if (density > (b.text.size() > 200 ? 0.6 : list ? 0.3 : 0.45)) continue;
    if (is_furniture_line(b.text)) continue;
    if (b.tag == GUMBO_TAG_H1 || b.text == article.title) continue;
    bool sentence = ends_with_any(b.text, {".", "!", "?", ":", "\"", "”", "’", ";", ")"});
    if (b.tag != GUMBO_TAG_P && !heading(b.tag) && !sentence && b.text.size() < 40 && !list)
      continue;
    if (b.text.size() < 60 && header_date(b.text) && !sentence) continue;
    body.push_back(&b);
  }
  // Headlines that are links, never more than two paragraphs between two of them: a page that leads
  // to articles, not one.
  size_t leads = 0, run = 0, longest = 0;
  for (const Block& b : blocks.found) {
    if (b.dropped || std::find(b.path.begin(), b.path.end(), container) == b.path.end()) continue;
    if (heading(b.tag) && b.tag != GUMBO_TAG_H1 && b.text.size() > 20 &&
        b.linked * 10 > b.text.size() * 8) {
      ++leads;
      run = 0;
    } else if (!heading(b.tag) && b.text.size() > 40 && b.linked * 2 < b.text.size()) {
      longest = std::max(longest, ++run);
    }
  }
  if (leads >= 6 && longest <= 2)
    throw Error("no article: a page of links to others (" + std::to_string(leads) + " headlines)");
  // Headings at the end announce what was dropped.
  while (!body.empty() && heading(body.back()->tag)) body.pop_back();
  std::string previous;
  for (const Block* b : body) {
    if (b->text == previous) continue;
    if (!article.text.empty()) article.text += "\n\n";
    article.text += b->text;
    previous = b->text;
  }
  if (article.text.empty()) throw Error("no article text in this page");
  if (std::string error = error_page(article); !error.empty()) throw Error(error);
  // Said to the reader, not judged: the text is what the page gave.
  if (article.text.size() < 250)
    article.notes.push_back("nearly empty: " + std::to_string(article.text.size()) +
                            " bytes of text");
  if (header.paid || (article.text.size() < 2500 && asks_to_pay(blocks.found)))
    article.notes.push_back("behind a paywall: the text may be its beginning only");
  if (article.published.empty())
    for (const Block& b : blocks.found) {
      if (b.text.size() > 150) continue;
      if (auto date = header_date(b.text)) {
        article.published = *date;
        break;
      }
    }
  return article;
}

}  // namespace chancery
