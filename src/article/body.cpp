#include "article/body.h"

#include <algorithm>

#include "article/html.h"
#include "base/strings.h"

namespace chancery {
namespace {

// The nearest box around a block with this tag, -1 when there is none.
int nearest(const Page& page, int box, GumboTag tag) {
  while (box >= 0 && page.boxes[box].tag != tag) box = page.boxes[box].parent;
  return box;
}

int list_depth(const Page& page, int box, bool& numbered) {
  int depth = 0;
  for (; box >= 0; box = page.boxes[box].parent) {
    GumboTag tag = page.boxes[box].tag;
    if (tag != GUMBO_TAG_UL && tag != GUMBO_TAG_OL) continue;
    if (depth++ == 0) numbered = tag == GUMBO_TAG_OL;
  }
  return std::max(depth, 1);
}

// Lines of a paragraph run on; lines that are paragraphs in all but name do not.
bool runs_on(const Block& before, const Block& b) {
  return b.continues && !(before.text.size() > 80 && b.text.size() > 80 &&
                          ends_with_any(before.text, {".", "!", "?", "\"", "”", "’", "…", "»"}));
}

void add_paragraph(std::string text, Article& article) {
  if (text.empty()) return;
  if (!article.text.empty()) article.text += "\n\n";
  ArticlePart part;
  part.begin = static_cast<uint32_t>(article.text.size());
  article.text += text;
  part.end = static_cast<uint32_t>(article.text.size());
  article.parts.push_back(std::move(part));
}

// Letters and digits of ASCII and what is above: quotation marks and dashes are set differently in
// a page and in its data.
std::string bare(std::string_view text) {
  std::string out;
  for (char c : text)
    if (isalnum(static_cast<unsigned char>(c))) out += c;
  return out;
}

// Whether a document has the page's longest paragraph and much more.
bool goes_on(const std::vector<std::string>& document, const Article& article) {
  size_t size = 0;
  for (const std::string& p : document) size += p.size();
  if (size * 2 < article.text.size() * 3 || size < 600) return false;
  std::string_view longest;
  for (std::string_view line : split(article.text, '\n'))
    if (line.size() > longest.size()) longest = line;
  std::string known = bare(longest);
  return known.size() >= 40 && std::any_of(document.begin(), document.end(), [&](const auto& p) {
           return bare(p).find(known) != std::string::npos;
         });
}

}  // namespace

void compose_body(const Page& page, const std::vector<BlockKind>& kinds, Article& article) {
  int last = -1, last_table = -1, last_row = -1, row = 0;
  for (size_t i = 0; i < page.blocks.size(); ++i) {
    if (kinds[i] > BlockKind::quotation) continue;
    const Block& b = page.blocks[i];
    bool joined = last >= 0 && static_cast<size_t>(last) + 1 == i && kinds[last] == kinds[i] &&
                  runs_on(page.blocks[last], b);
    if (!article.text.empty()) article.text += joined ? " " : "\n\n";
    uint32_t begin = static_cast<uint32_t>(article.text.size());
    article.text += b.text;
    if (!joined) {
      ArticlePart part;
      part.begin = begin;
      part.kind = kinds[i];
      if (part.kind == BlockKind::heading)
        part.level = is_heading(b.tag) ? std::max(2, b.tag - GUMBO_TAG_H1 + 1) : 3;
      if (part.kind == BlockKind::list) part.level = list_depth(page, b.box, part.numbered);
      int tr = nearest(page, b.box, GUMBO_TAG_TR), table = nearest(page, b.box, GUMBO_TAG_TABLE);
      // A table with one cell lays a page out.
      if (tr >= 0 && table >= 0 && b.text.size() < 200) {
        if (tr != last_row || table != last_table) ++row;
        part.row = row;
      }
      last_row = tr;
      last_table = table;
      article.parts.push_back(std::move(part));
    }
    ArticlePart& part = article.parts.back();
    part.end = static_cast<uint32_t>(article.text.size());
    for (const BlockLink& link : b.links)
      if (link.end > link.begin && link.address != " ")
        part.links.push_back({begin + link.begin, begin + link.end, std::string(link.address)});
    last = static_cast<int>(i);
  }
}

void complete_body(const PageHeader& header, Article& article) {
  std::vector<std::string> paragraphs;
  if (article.text.size() < 200 && header.declared_text.size() > 600) {
    for (std::string_view line : split(header.declared_text, '\n'))
      paragraphs.push_back(html_text(std::string(line)));
  } else if (goes_on(header.script_text, article)) {
    paragraphs = header.script_text;
  } else {
    return;
  }
  article.text.clear();
  article.parts.clear();
  for (std::string& p : paragraphs) add_paragraph(std::move(p), article);
}

}  // namespace chancery
