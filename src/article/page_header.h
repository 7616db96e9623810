// What a page says of its article beside the text: headline, authors, dates, site, address.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "article/blocks.h"
#include "article/page_scan.h"
#include "article/page_tree.h"

namespace chancery {

// Empty means unknown. Dates in ISO 8601 with the zone where the page gives one.
struct PageHeader {
  std::string title, published, updated, publisher, url, language;
  std::string section, picture, description;
  std::vector<std::string> byline, tags;
  bool paid = false;                     // schema.org isAccessibleForFree is false
  std::string declared_text;             // articleBody of the publisher's JSON-LD
  std::string declared_title;            // its headline
  std::vector<std::string> script_text;  // paragraphs of a document in a script's data
  std::string declared_author;           // whoever it names: an agency, the site itself
};

// From JSON-LD first, then meta tags, then microdata and <time>, then the visible text's markup.
PageHeader read_page_header(const ScannedPage& scanned, const PageTree& tree);

// What only stands in the text: a line that says who wrote, a line with the date.
void complete_header(const std::vector<Block>& blocks, PageHeader& header);

}  // namespace chancery
