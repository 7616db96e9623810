// An article's title among everything on its page that may be it. On one page in three the headings,
// the JSON-LD, the meta tags and the document's title differ. A learnt judge of these was tried
// and did worse on sites it had not seen: which one is the article's own is each site's custom.
#pragma once
#include <string>
#include <vector>

namespace chancery {

// A heading of the page: its text and, where its last piece stands in an element of its own
// ("<h1><span>Sport</span> <span>Reds win</span></h1>"), that piece.
struct Heading {
  std::string text, last_part;
  int level = 1;        // 1 to 3
  bool marked = false;  // its class or itemprop says "headline"
};

// Empty where the page has none.
struct TitleSources {
  std::vector<Heading> headings;
  std::string json, og, document;  // headline of the JSON-LD, og:title or twitter:title, <title>
  std::string site;                // the site's name
};

// The heading that agrees best with the page's head; without one the JSON-LD, the meta tag, the
// document's title without the site's name.
std::string headline_of(const TitleSources& sources);

}  // namespace chancery
