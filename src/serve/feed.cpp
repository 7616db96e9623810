#include "serve/feed.h"

#include <algorithm>
#include <vector>

#include "ledger/brief.h"
#include "serve/html.h"
#include "serve/told.h"

namespace chancery {

std::string atom_feed(const Answer& answer, const std::string& title, const std::string& self,
                      const present::Words& words) {
  std::vector<Told> entries;
  for (size_t r = 0; r < answer.rows.size(); ++r) entries.push_back(told(answer, r, words));
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Told& a, const Told& b) { return a.day > b.day; });
  auto element = [](const std::string& name, const std::string& text) {
    return "<" + name + ">" + html_escaped(text) + "</" + name + ">\n";
  };
  // A day is all that a report says; the feed's day is that of its newest entry.
  auto moment = [](const std::string& day) {
    return (day.empty() ? std::string("1970-01-01") : day) + "T00:00:00Z";
  };
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n" +
      element("title", title) + element("id", "urn:chancery:feed:" + url_encoded(self)) +
      element("updated", moment(entries.empty() ? "" : entries[0].day)) +
      "<author><name>chancery</name></author>\n<link rel=\"self\" href=\"" + html_escaped(self) +
      "\"/>\n";
  for (const Told& t : entries)
    out += "<entry>\n" + element("title", t.title) +
           element("id", "urn:chancery:" + url_encoded(t.id)) + element("updated", moment(t.day)) +
           "<link href=\"" + html_escaped(t.address) + "\"/>\n" +
           element("summary", t.when + (t.words.empty() ? "" : " — “" + t.words + "”")) +
           "</entry>\n";
  return out + "</feed>\n";
}

}  // namespace chancery
