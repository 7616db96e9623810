// An article: what a report is before anyone has read it. The text is UTF-8, paragraphs apart by
// one blank line (unless it was given as is), without furniture. Times are ISO 8601 as far as
// known; empty means unknown, nothing is guessed.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace chancery {

// What a block of a page is. The first five belong to the article's text.
enum class BlockKind : uint8_t {
  text,
  heading,
  standfirst,
  list,
  quotation,
  caption,
  teaser,
  furniture,
  comment
};
// "text", "heading", …
const char* block_kind_name(BlockKind kind);

struct ArticleLink {
  uint32_t begin, end;  // bytes of the article's text
  std::string address;  // as the page has it
};

// A piece of an article's text as the page set it: bytes [begin, end).
struct ArticlePart {
  uint32_t begin = 0, end = 0;
  BlockKind kind = BlockKind::text;
  int level = 0;          // of a heading, 2 to 6; how deep a list's item lies, from 1
  bool numbered = false;  // an item of a numbered list
  int row = 0;            // cells of one row of a table share its number; 0: no table
  std::vector<ArticleLink> links;
};

struct Article {
  std::string id;
  std::string url;
  std::string publisher;
  std::string title;
  std::vector<std::string> byline;
  std::string published, updated;
  std::string language;
  std::string text;
  // What pages say besides; empty where an article came from elsewhere. None of it is part of a
  // record.
  std::string section, picture;
  std::vector<std::string> tags;
  bool paywall = false;
  std::vector<ArticlePart> parts;  // of `text`, in its order; none: its paragraphs are all there is
  std::string source;              // file it came from
  std::vector<std::string>
      notes;  // what a reader should know: "truncated", "language: fr, not coded"
};

}  // namespace chancery
