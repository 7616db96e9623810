#include "article/sitemap.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "article/header_date.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

std::string name_of(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? reinterpret_cast<const char*>(node->name) : "";
}

std::string words(const xmlNode* node) {
  xmlChar* text = xmlNodeGetContent(node);
  std::string out = text ? squeeze(clean_utf8(reinterpret_cast<const char*>(text))) : "";
  xmlFree(text);
  return out;
}

// The first of that name below a node, one or more floors down, in whichever namespace.
std::string below(const xmlNode* node, const std::string& name, int floors = 3) {
  for (const xmlNode* child = node->children; child; child = child->next) {
    if (name_of(child) == name) return words(child);
    if (floors > 1 && child->type == XML_ELEMENT_NODE)
      if (std::string found = below(child, name, floors - 1); !found.empty()) return found;
  }
  return "";
}

bool is_address(std::string_view text) {
  std::string low = lower(text.substr(0, 8));
  return (low.starts_with("http://") || low.starts_with("https://")) &&
         text.find_first_of(" \t\"<>") == std::string_view::npos;
}

}  // namespace

bool looks_like_sitemap(std::string_view head) {
  head = head.substr(0, 4096);
  return head.find("<urlset") != std::string_view::npos ||
         head.find("<sitemapindex") != std::string_view::npos;
}

Sitemap read_sitemap(const std::string& xml) {
  std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "", nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA),
      xmlFreeDoc);
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (!root) throw Error("a sitemap that is not well-formed");
  Sitemap out;
  std::vector<std::pair<std::string, std::string>> maps;  // when it changed, where it is
  for (const xmlNode* entry = root->children; entry; entry = entry->next) {
    const std::string name = name_of(entry), url = below(entry, "loc", 1);
    if (!is_address(url)) continue;
    if (name == "sitemap") maps.emplace_back(below(entry, "lastmod", 1), url);
    if (name != "url") continue;
    Sitemap::Page page{url, below(entry, "title"), below(entry, "name"), ""};
    if (auto date = header_date(below(entry, "publication_date"))) page.published = *date;
    out.pages.push_back(std::move(page));
  }
  std::stable_sort(maps.begin(), maps.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [when, url] : maps) out.maps.push_back(std::move(url));
  return out;
}

std::vector<std::string> read_addresses(std::string_view text) {
  std::vector<std::string> out;
  size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = trim(line);
    if (line.empty() || line[0] == '#') continue;
    if (!is_address(line))
      throw Error("line " + std::to_string(number) + ": '" + std::string(line.substr(0, 80)) +
                  "' is no address (https://…)");
    out.emplace_back(line);
  }
  return out;
}

}  // namespace chancery
