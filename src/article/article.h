// An article: what a report is before anyone has read it. The text is UTF-8, paragraphs apart by
// one blank line (unless it was given as is), without furniture. Times are ISO 8601 as far as
// known; empty means unknown, nothing is guessed.
#pragma once
#include <string>
#include <vector>

namespace chancery {

struct Article {
  std::string id;
  std::string url;
  std::string publisher;
  std::string title;
  std::vector<std::string> byline;
  std::string published, updated;
  std::string language;
  std::string text;
  std::string source;  // file it came from
  std::vector<std::string>
      notes;  // what a reader should know: "truncated", "language: fr, not coded"
};

}  // namespace chancery
