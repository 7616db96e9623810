#include "article/render.h"

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// The parts of an article; its paragraphs where a reader gave no parts (plain text, feeds).
std::vector<ArticlePart> parts_of(const Article& article) {
  if (!article.parts.empty()) return article.parts;
  std::vector<ArticlePart> out;
  const std::string& text = article.text;
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find("\n\n", at);
    if (end == std::string::npos) end = text.size();
    ArticlePart part;
    part.begin = static_cast<uint32_t>(at);
    part.end = static_cast<uint32_t>(end);
    if (end > at) out.push_back(part);
    at = end + 2;
  }
  return out;
}

// "Mia Holm, Owen Achebe · The Harbour Courier · 2031-05-14"
std::string credits(const Article& a) {
  std::string out = join(a.byline, ", ");
  for (const std::string& more : {a.publisher, a.published})
    if (!more.empty()) out += (out.empty() ? "" : " · ") + more;
  return out;
}

bool safe_address(const std::string& address) {
  std::string low = lower(std::string(trim(address)));
  size_t colon = low.find(':'), slash = low.find_first_of("/?#");
  if (colon == std::string::npos || (slash != std::string::npos && slash < colon))
    return !low.empty();
  return low.starts_with("http:") || low.starts_with("https:") || low.starts_with("mailto:");
}

// A part's text with `plain` applied to what is between and in links, and `link` to each link.
template <class Plain, class Link>
std::string with_links(const Article& a, const ArticlePart& part, Plain plain, Link link) {
  std::string_view text = a.text;
  std::string out;
  uint32_t at = part.begin;
  for (const ArticleLink& l : part.links) {
    if (l.begin < at || l.end > part.end || !safe_address(l.address)) continue;
    out += plain(text.substr(at, l.begin - at));
    out += link(plain(text.substr(l.begin, l.end - l.begin)), std::string(trim(l.address)));
    at = l.end;
  }
  return out + plain(text.substr(at, part.end - at));
}

// Marks that Markdown would read; those that only count at a line's beginning are left to `line`.
std::string escape_markdown(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (std::string_view("\\`*_[]<>|").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_line(std::string text) {
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')'))
    text.insert(digits, "\\");
  else if (!text.empty() && std::string_view("#-+=~").find(text[0]) != std::string_view::npos)
    text.insert(0, "\\");
  return text;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

std::string markdown_part(const Article& a, const ArticlePart& part) {
  return with_links(
      a, part, escape_markdown, [](const std::string& words, const std::string& address) {
        return "[" + words + "](<" +
               replace_all(replace_all(replace_all(address, "<", "%3C"), ">", "%3E"), "\n", "") +
               ">)";
      });
}

std::string html_part(const Article& a, const ArticlePart& part) {
  return with_links(a, part, escape_html, [](const std::string& words, const std::string& address) {
    return "<a href=\"" + escape_html(address) + "\">" + words + "</a>";
  });
}

bool same_list(const ArticlePart& a, const ArticlePart& b) {
  return a.kind == BlockKind::list && b.kind == BlockKind::list && a.numbered == b.numbered;
}

// The number of an item in its list.
int item_number(const std::vector<ArticlePart>& parts, size_t i) {
  int number = 1;
  while (i > 0 && same_list(parts[i - 1], parts[i])) --i, ++number;
  return number;
}

}  // namespace

std::string article_as_text(const Article& a) {
  std::string out = a.title.empty() ? "" : a.title + "\n\n";
  std::vector<ArticlePart> parts = parts_of(a);
  for (size_t i = 0; i < parts.size(); ++i) {
    const ArticlePart& p = parts[i];
    bool row = i > 0 && p.row > 0 && parts[i - 1].row == p.row;
    bool item = i > 0 && same_list(parts[i - 1], p);
    if (i > 0) out += row ? "\t" : item ? "\n" : "\n\n";
    if (p.kind == BlockKind::list && p.row == 0)
      out += p.numbered ? std::to_string(item_number(parts, i)) + ". " : "- ";
    out += a.text.substr(p.begin, p.end - p.begin);
  }
  return out + "\n";
}

std::string article_as_markdown(const Article& a) {
  std::string out = a.title.empty() ? "" : "# " + escape_markdown(a.title) + "\n\n";
  if (std::string line = credits(a); !line.empty()) out += "*" + escape_markdown(line) + "*\n\n";
  std::vector<ArticlePart> parts = parts_of(a);
  for (size_t i = 0; i < parts.size(); ++i) {
    const ArticlePart& p = parts[i];
    std::string text = markdown_part(a, p);
    if (p.row > 0) {
      // A row is a line; the first of a table is its head.
      size_t cells = 1;
      bool first = i == 0 || parts[i - 1].row == 0;
      out += "| " + text;
      while (i + 1 < parts.size() && parts[i + 1].row == p.row)
        ++cells, out += " | " + markdown_part(a, parts[++i]);
      out += " |\n";
      if (first) {
        for (size_t c = 0; c < cells; ++c) out += "| --- ";
        out += "|\n";
      }
      if (i + 1 == parts.size() || parts[i + 1].row == 0) out += "\n";
      continue;
    }
    switch (p.kind) {
      case BlockKind::heading:
        out += std::string(static_cast<size_t>(p.level), '#') + " " + text + "\n\n";
        break;
      case BlockKind::standfirst: out += "**" + text + "**\n\n"; break;
      case BlockKind::quotation: {
        bool goes_on = i + 1 < parts.size() && parts[i + 1].kind == BlockKind::quotation;
        out += "> " + markdown_line(text) + (goes_on ? "\n>\n" : "\n\n");
        break;
      }
      case BlockKind::list: {
        bool goes_on = i + 1 < parts.size() && same_list(p, parts[i + 1]);
        out += std::string(static_cast<size_t>(p.level - 1) * 4, ' ') +
               (p.numbered ? std::to_string(item_number(parts, i)) + ". " : "- ") +
               markdown_line(text) + (goes_on ? "\n" : "\n\n");
        break;
      }
      default: out += markdown_line(text) + "\n\n";
    }
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

std::string article_as_html(const Article& a) {
  std::string out =
      a.language.empty() ? "<article>\n" : "<article lang=\"" + escape_html(a.language) + "\">\n";
  if (!a.title.empty()) out += "<h1>" + escape_html(a.title) + "</h1>\n";
  if (std::string line = credits(a); !line.empty())
    out += "<p class=\"credits\">" + escape_html(line) + "</p>\n";
  std::vector<ArticlePart> parts = parts_of(a);
  for (size_t i = 0; i < parts.size(); ++i) {
    const ArticlePart& p = parts[i];
    std::string text = html_part(a, p);
    const ArticlePart* next = i + 1 < parts.size() ? &parts[i + 1] : nullptr;
    if (p.row > 0) {
      if (i == 0 || parts[i - 1].row == 0) out += "<table>\n";
      if (i == 0 || parts[i - 1].row != p.row) out += "<tr>";
      out += "<td>" + text + "</td>";
      if (!next || next->row != p.row) out += "</tr>\n";
      if (!next || next->row == 0) out += "</table>\n";
      continue;
    }
    switch (p.kind) {
      case BlockKind::heading: {
        std::string level = std::to_string(p.level);
        out += "<h" + level + ">" + text + "</h" + level + ">\n";
        break;
      }
      case BlockKind::standfirst: out += "<p class=\"standfirst\">" + text + "</p>\n"; break;
      case BlockKind::quotation:
        if (i == 0 || parts[i - 1].kind != BlockKind::quotation) out += "<blockquote>\n";
        out += "<p>" + text + "</p>\n";
        if (!next || next->kind != BlockKind::quotation) out += "</blockquote>\n";
        break;
      case BlockKind::list: {
        const char* tag = p.numbered ? "ol" : "ul";
        if (i == 0 || parts[i - 1].row > 0 || !same_list(parts[i - 1], p))
          out += std::string("<") + tag + ">\n";
        out += "<li>" + text + "</li>\n";
        if (!next || next->row > 0 || !same_list(p, *next)) out += std::string("</") + tag + ">\n";
        break;
      }
      default: out += "<p>" + text + "</p>\n";
    }
  }
  return out + "</article>\n";
}

}  // namespace chancery
