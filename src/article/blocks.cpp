#include "article/blocks.h"

#include <algorithm>
#include <unordered_map>

#include "article/page_words.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

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

// Whether class or id name a box beside the text.
bool named_as_furniture(const std::string& names) {
  if (names.empty()) return false;
  if (names_any(names, page_words(PageWords::text_boxes))) return false;
  return names_any(names, page_words(PageWords::furniture_boxes));
}

// Whether tag, role or style make it one.
bool set_as_furniture(const GumboNode* node) {
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
  if (gumbo_get_attribute(&node->v.element.attributes, "hidden")) return true;
  if (attribute(node, "aria-hidden") == "true" && node->v.element.tag != GUMBO_TAG_SPAN)
    return true;
  return false;
}

// Walks the tree in order. The tree is at most kDeepest levels and a few, so the recursion is
// bounded.
class Cutter {
 public:
  Page page;

  explicit Cutter(const GumboNode* root) { total_ = weigh(root, weights_, false); }

  void walk(const GumboNode* node, bool dropped, std::string_view link, bool strong) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
      append(node->v.text.text, link, strong);
      return;
    }
    if (node->type != GUMBO_NODE_ELEMENT) return;
    GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_HEAD) return;
    if (tag == GUMBO_TAG_BR) {
      flush();
      ++breaks_;
      return;
    }
    std::string names = class_and_id(node);
    bool heavy = total_ > 0 && weights_[node] * 10 > total_ * 4;
    if (!dropped && !heavy && tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML)
      dropped = set_as_furniture(node) || furniture_by_name(names);
    bool block = makes_block(tag);
    if (block) {
      flush();
      breaks_ = 0;
    }
    path_.push_back({node, -1, dropped, std::move(names)});
    if (tag == GUMBO_TAG_A) link = attribute(node, "href").empty() ? " " : attribute(node, "href");
    strong |= tag == GUMBO_TAG_STRONG || tag == GUMBO_TAG_B;
    const GumboVector& c = children(node);
    for (unsigned i = 0; i < c.length; ++i)
      walk(static_cast<const GumboNode*>(c.data[i]), dropped, link, strong);
    if (block) {
      flush();
      breaks_ = 0;
    }
    path_.pop_back();
  }

 private:
  struct Step {
    const GumboNode* node;
    int box;  // -1: no text below it yet
    bool dropped;
    std::string names;
  };

  // Many elements of a page share their names.
  bool furniture_by_name(const std::string& names) {
    auto [known, fresh] = furniture_names_.try_emplace(names, false);
    if (fresh) known->second = named_as_furniture(names);
    return known->second;
  }

  // White space is squeezed as the text comes, so that links know their place in the result.
  void append(std::string_view text, std::string_view link, bool strong) {
    size_t before = text_.size();
    for (size_t at = 0; at < text.size();) {
      size_t begin = at;
      while (at < text.size() && !blank(text, at)) ++at;
      if (at > begin) {
        if (waiting_ && !text_.empty()) text_ += ' ';
        waiting_ = false;
        text_.append(text.substr(begin, at - begin));
      }
      while (at < text.size() && blank(text, at)) {
        at += text[at] == '\xC2' ? 2 : 1;
        waiting_ = true;
      }
    }
    size_t added = text_.size() - before;
    if (added == 0) return;
    box_ = box_ < 0 ? box_here() : around(box_, box_here());
    if (strong) strong_ += added;
    if (link.empty()) return;
    linked_ += added;
    uint32_t begin = static_cast<uint32_t>(before), end = static_cast<uint32_t>(text_.size());
    if (begin < end && text_[begin] == ' ') ++begin;
    if (!links_.empty() && links_.back().address.data() == link.data() &&
        links_.back().end + 1 >= begin)
      links_.back().end = end;
    else links_.push_back({begin, end, link});
  }

  // ASCII white space and the no-break space.
  static bool blank(std::string_view text, size_t at) {
    char c = text[at];
    return c == ' ' || (c >= '\t' && c <= '\r') ||
           (c == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0');
  }

  void flush() {
    waiting_ = false;
    if (text_.empty()) return;
    Block b;
    b.text = std::move(text_);
    b.links = std::move(links_);
    b.linked = std::min(linked_, b.text.size());
    b.strong = std::min(strong_, b.text.size());
    b.box = b.element = box_;
    while (page.boxes[b.element].parent >= 0 && !makes_block(page.boxes[b.element].tag))
      b.element = page.boxes[b.element].parent;
    b.tag = page.boxes[b.element].tag;
    b.dropped = page.boxes[b.box].dropped;
    b.continues = breaks_ == 1 && !page.blocks.empty() && page.blocks.back().element == b.element;
    count(b);
    page.blocks.push_back(std::move(b));
    text_.clear();
    links_.clear();
    linked_ = strong_ = 0;
    box_ = -1;
    breaks_ = 0;
  }

  // The box of the element being walked, made when the first text below it comes.
  int box_here() {
    size_t known = path_.size();
    while (known > 0 && path_[known - 1].box < 0) --known;
    int parent = known > 0 ? path_[known - 1].box : -1;
    for (; known < path_.size(); ++known) {
      Step& step = path_[known];
      Box box;
      box.node = step.node;
      box.tag = step.node->v.element.tag;
      box.parent = parent;
      box.depth = parent < 0 ? 0 : page.boxes[parent].depth + 1;
      box.dropped = step.dropped;
      box.names = step.names;
      parent = step.box = static_cast<int>(page.boxes.size());
      page.boxes.push_back(std::move(box));
    }
    return parent;
  }

  // The innermost box around both.
  int around(int a, int b) const {
    while (a != b)
      if (page.boxes[a].depth > page.boxes[b].depth) a = page.boxes[a].parent;
      else b = page.boxes[b].parent;
    return a;
  }

  void count(const Block& b) {
    bool prose = reads_like_prose(b);
    for (int at = b.box; at >= 0; at = page.boxes[at].parent) {
      Box& box = page.boxes[at];
      ++box.blocks;
      box.bytes += b.text.size();
      box.linked += b.linked;
      if (prose) box.prose += b.text.size();
    }
  }

  TextWeights weights_;
  std::unordered_map<std::string, bool> furniture_names_;
  size_t total_ = 0;
  std::vector<Step> path_;
  std::string text_;
  std::vector<BlockLink> links_;
  size_t linked_ = 0, strong_ = 0;
  int box_ = -1;  // innermost around the text so far
  int breaks_ = 0;
  bool waiting_ = false;  // white space that may come before the next word
};

}  // namespace

const std::vector<std::string>& block_kind_names() {
  static const std::vector<std::string> names = {"text",   "heading",   "standfirst",
                                                 "list",   "quotation", "caption",
                                                 "teaser", "furniture", "comment"};
  return names;
}

const char* block_kind_name(BlockKind kind) {
  return block_kind_names()[static_cast<size_t>(kind)].c_str();
}

bool makes_block(GumboTag tag) {
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

bool is_heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

bool reads_like_prose(const Block& b) {
  if (b.text.size() < 60 || b.linked * 2 > b.text.size() || is_heading(b.tag)) return false;
  return b.text.size() > 160 ||
         ends_with_any(b.text, {".", "!", "?", ":", "\"", "”", "’", ";", "…", "»", "“", "。", "।"});
}

Page cut_into_blocks(const PageTree& tree) {
  Cutter cutter(tree.root());
  cutter.walk(tree.root(), false, {}, false);
  return std::move(cutter.page);
}

}  // namespace chancery
