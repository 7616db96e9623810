#include "article/headline.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// The site's name before or after the headline: "Headline | Site", "Headline - Site".
std::string without_site(const std::string& title) {
  for (std::string_view mark : {" | ", " — ", " – ", " - ", " :: ", " » ", " « ", " • "}) {
    size_t at = title.rfind(mark);
    if (at == std::string::npos) continue;
    std::string left = title.substr(0, at), right = title.substr(at + mark.size());
    return left.size() >= right.size()     ? without_site(left)
           : split_words(right).size() > 3 ? right
                                           : left;
  }
  return title;
}

// The headline where the last part is the site's own name, whatever its length.
std::string without_site_name(const std::string& title, const std::string& site) {
  for (std::string_view mark : {" | ", " — ", " – ", " - ", " :: ", " » "}) {
    size_t at = title.rfind(mark);
    if (at == std::string::npos || at < 8) continue;
    std::string right = lower(title.substr(at + mark.size()));
    if ((!site.empty() && right == lower(site)) ||
        (mark == " | " && right.find(' ') == std::string::npos &&
         right.find('.') != std::string::npos))
      return title.substr(0, at);
  }
  return title;
}

// Letters and digits, lower case, in words.
std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (size_t at = 0; at <= text.size();) {
    char32_t c = at < text.size() ? decode_utf8(text, at) : (++at, U' ');
    if (is_letter(c) || is_digit(c)) append_utf8(word, lower(c));
    else if (!word.empty()) out.push_back(std::move(word)), word.clear();
  }
  return out;
}

// The same words, or nearly all of the longer in the shorter.
bool alike(const std::string& a, const std::string& b) {
  std::string x = join(plain_words(a), " "), y = join(plain_words(b), " ");
  if (x.empty() || y.empty()) return false;
  if (x.size() < y.size()) std::swap(x, y);
  return x == y || (x.find(y) != std::string::npos && y.size() * 10 >= x.size() * 8);
}

// Share of the words of both that both have.
double shared_words(const std::string& a, const std::string& b) {
  std::vector<std::string> x = plain_words(a), y = plain_words(b);
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  x.erase(std::unique(x.begin(), x.end()), x.end());
  y.erase(std::unique(y.begin(), y.end()), y.end());
  std::vector<std::string> both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  size_t all = x.size() + y.size() - both.size();
  return all == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

// "Premier League  Liverpool loses at Everton": what stands before the headline that the page's
// head gives, unless it is part of the sentence ("Live: …"); and labels apart by a bar.
std::string without_kicker(const std::string& heading, const std::string& json,
                           const std::string& og) {
  for (const std::string& known : {json, og})
    if (known.size() >= 15 && known.size() < heading.size() && known.size() * 2 >= heading.size() &&
        heading.ends_with(known)) {
      std::string_view kicker =
          trim(std::string_view(heading).substr(0, heading.size() - known.size()));
      if (!kicker.ends_with(':')) return known;
    }
  if (heading.find(" | ") == std::string::npos) return heading;
  std::string best, cut = replace_all(heading, " | ", "|");
  size_t others = 0;
  for (std::string_view part : split(cut, '|')) {
    if (part.size() > best.size()) {
      others = std::max(others, split_words(best).size());
      best = part;
    } else {
      others = std::max(others, split_words(part).size());
    }
  }
  return others <= 2 ? best : heading;
}

// The page's headline among its headings: it agrees with what the head of the page says, and is not
// the site's name.
const Heading* best_heading(const TitleSources& s) {
  auto inside = [](const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() &&
           (a.find(b) != std::string::npos || b.find(a) != std::string::npos);
  };
  const Heading* best = nullptr;
  double value = 1.4;
  for (const Heading& heading : s.headings) {
    const std::string& text = heading.text;
    if (text.size() < 3 || text.size() > 300) continue;
    double score = (heading.level == 1) + heading.marked;
    bool known = inside(s.og, text) || inside(s.json, text);
    if (known) score += 2 + (s.og == text || s.json == text);
    else if (shared_words(text, s.og) >= 0.33 || shared_words(text, s.json) >= 0.33) score += 0.5;
    else if (!s.og.empty() || !s.json.empty()) score -= 0.7;
    size_t at = s.document.find(text);
    if (at == 0) score += 1.2;
    else if (at != std::string::npos) score += at + text.size() == s.document.size() ? -0.5 : 0.5;
    if (text.size() >= 15) score += 0.5;
    if (!s.site.empty() && text == s.site) score -= 4;
    if (score > value) {
      value = score;
      best = &heading;
    }
  }
  return best;
}

bool in_document(const std::string& title, const TitleSources& s) {
  return alike(title, s.document) || alike(title, without_site(s.document));
}

// A heading of two pieces, the first of which is a kicker: the page's head knows the second alone,
// or behind another kicker, and the whole nowhere.
std::string without_first_part(const Heading& heading, const TitleSources& s) {
  const std::string& part = heading.last_part;
  if (split_words(part).size() < 3 || !heading.text.ends_with(part)) return heading.text;
  const std::string document = without_site(s.document);
  bool known = false;
  for (const std::string* title : {&s.json, &s.og, &document}) {
    if (alike(*title, heading.text)) return heading.text;
    known |= title->ends_with(part) || alike(*title, part);
  }
  return known ? part : heading.text;
}

// A headline in the JSON-LD that none of the page's other titles shares, while these are all the
// same, was written for this place; the others were made for search engines.
bool written_for_the_page(const std::string& title, const TitleSources& s) {
  return s.json.size() >= 25 && split_words(s.json).size() >= 4 && s.json != s.site &&
         !alike(s.json, title) && !alike(s.json, s.og) && !in_document(s.json, s) &&
         alike(title, s.og) && in_document(title, s);
}

// The JSON-LD and the document's title agree, and the heading stands alone: it was written over,
// or for the place on the page.
bool heading_alone(const std::string& title, const TitleSources& s) {
  return split_words(s.json).size() >= 4 && in_document(s.json, s) && !alike(s.json, s.og) &&
         !alike(title, s.json) && !alike(title, s.og) && !in_document(title, s);
}

// Everything in the head begins the heading with the same words and a colon: the page sets them
// apart from the heading, as a line of their own.
bool cut_at_the_colon(const std::string& title, const TitleSources& s) {
  return s.og.size() > title.size() && s.og.ends_with(title) &&
         trim(std::string_view(s.og).substr(0, s.og.size() - title.size())).ends_with(':') &&
         alike(s.og, s.json) && in_document(s.og, s);
}

}  // namespace

std::string headline_of(const TitleSources& s) {
  std::string title;
  if (const Heading* best = best_heading(s)) {
    std::string part = without_first_part(*best, s);
    if (part != best->text) return part;
    title = without_kicker(without_site_name(part, s.site), s.json, s.og);
  } else {
    title = !s.json.empty() ? s.json : without_site(s.og.empty() ? s.document : s.og);
  }
  if (written_for_the_page(title, s) || heading_alone(title, s)) return s.json;
  return cut_at_the_colon(title, s) ? s.og : title;
}

}  // namespace chancery
