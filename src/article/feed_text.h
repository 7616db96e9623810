// The text of a feed before any XML parser sees it: where its entries are, and what their writers
// got wrong. Parsed whole, a feed ends at its first fault; cut into entries, a fault costs its own
// entry, and the common ones can be mended.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

struct FeedParts {
  std::string root;      // "rss", "feed", "RDF": the local name; "" when this is no feed
  std::string root_tag;  // "<rss …>" with its namespaces
  std::string channel;   // what stands outside of the entries
  struct Entry {
    std::string_view bytes;  // from "<item" to "</item>"
    bool cut = false;        // its end is missing
  };
  std::vector<Entry> entries;
  bool closed = false;        // the root's end is there
  bool own_entities = false;  // a document type whose entities build on others
};

// Views into `feed`, which is UTF-8. Linear in its length.
FeedParts feed_parts(std::string_view feed);

// Named entities of HTML become characters; CDATA sections and what XML knows stay.
std::string without_html_entities(std::string_view xml);

// An entry whose writer forgot to escape: a bare "&" and a bare "<" become text, and so does all
// markup inside the fields that hold text (title, description, summary, content, encoded), which is
// how feeds should hold HTML.
std::string mended_entry(std::string_view entry);

}  // namespace chancery
