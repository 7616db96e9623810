#include "article/page_scan.h"

#include <algorithm>
#include <unordered_set>

#include "article/script_text.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr int kDeepest = 512;
// Of start and end tags, which decide what a page's tree takes: half a kilobyte each.
constexpr int kMostTags = 250000;
constexpr size_t kMostJsonLd = 50, kMostDocuments = 8;

// Left out with all that stands in them.
constexpr std::string_view kDropped[] = {"script", "style",  "svg",    "noscript", "template",
                                         "iframe", "object", "select", "canvas",   "map"};
// Left out by themselves.
const std::unordered_set<std::string_view> kUnread = {"img",  "input", "source",  "embed", "track",
                                                      "area", "wbr",   "picture", "param"};
// Elements that close themselves or are closed by what follows: they do not deepen the tree.
const std::unordered_set<std::string_view> kShallow = {
    "p",   "li",    "td",     "tr",    "th",   "dt",   "dd",   "option",
    "br",  "img",   "hr",     "input", "meta", "link", "area", "base",
    "col", "embed", "source", "track", "wbr",  "html", "head", "body"};

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

class Scan {
 public:
  explicit Scan(std::string_view html) : html_(html), ends_(html) {
    out_.html.reserve(html.size() / 2);
  }

  ScannedPage run() {
    for (size_t at = 0; at < html_.size();) {
      const size_t open = std::min(html_.find('<', at), html_.size());
      copy_text(html_.substr(at, open - at), out_.html);
      if (open + 1 >= html_.size()) break;
      at = html_.compare(open, 4, "<!--") == 0 ? behind("-->", open + 4) : read_tag(open);
    }
    return std::move(out_);
  }

 private:
  // Each of these gives where the page goes on.
  size_t behind(std::string_view mark, size_t from) const {
    const size_t found = html_.find(mark, from);
    return found == std::string_view::npos ? html_.size() : found + mark.size();
  }

  size_t read_tag(size_t at) {
    const bool closing = html_[at + 1] == '/';
    const size_t name_begin = at + 1 + closing;
    size_t name_end = name_begin;
    while (name_end < html_.size() && isalnum(static_cast<unsigned char>(html_[name_end])))
      ++name_end;
    const size_t end = ends_.after(at);
    if (!closing)
      for (std::string_view name : kDropped)
        if (tag_at(html_, at + 1, name)) return drop(name, at, end);
    const bool named = name_end > name_begin;
    if (named) {
      const std::string name = lower(html_.substr(name_begin, name_end - name_begin));
      if (kUnread.count(name) || too_deep(name, closing)) return end;
      if (++tags_ > kMostTags) {
        out_.cut = true;
        return html_.size();
      }
    }
    const std::string_view tag = html_.substr(at, end - at);
    if (named && !closing) copy_tag(tag, name_end - at, out_.html);
    else out_.html.append(tag);
    return end;
  }

  // The element whose start tag stands from `at` to `end`.
  size_t drop(std::string_view name, size_t at, size_t end) {
    if (name == "svg" && end >= 2 && html_[end - 2] == '/') return end;
    const size_t close = find_close(html_, end, name);
    if (name == "script") keep_data(html_.substr(at, end - at), html_.substr(end, close - end));
    return behind(">", close);
  }

  void keep_data(std::string_view tag, std::string_view content) {
    if (tag.find("ld+json") != std::string_view::npos && out_.json_ld.size() < kMostJsonLd)
      out_.json_ld.emplace_back(content);
    else if (!content.empty() && out_.documents.size() < kMostDocuments &&
             may_hold_document(tag, content))
      out_.documents.push_back(content);
  }

  // Does the tag lead beyond the nesting that is kept? Its end tag is left out, too.
  bool too_deep(const std::string& name, bool closing) {
    if (kShallow.count(name)) return false;
    if (!closing) return ++depth_ > kDeepest;
    if (depth_-- > kDeepest) return true;
    depth_ = std::max(depth_, 0);
    return false;
  }

  std::string_view html_;
  TagEnds ends_;
  ScannedPage out_;
  int depth_ = 0, tags_ = 0;
};

}  // namespace

ScannedPage scan_page(std::string_view html) { return Scan(html).run(); }

}  // namespace chancery
