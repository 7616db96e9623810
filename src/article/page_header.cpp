#include "article/page_header.h"

#include <algorithm>

#include "article/byline.h"
#include "article/header_date.h"
#include "article/json_ld.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

void set_if_empty(std::string& field, std::string_view value) {
  if (field.empty() && !trim(value).empty()) field = squeeze(value);
}

void set_date(std::string& field, std::string_view value) {
  if (!field.empty()) return;
  if (auto date = header_date(value)) field = *date;
}

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

// The same where the last part is the site's own name, whatever its length.
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
std::string headline(const std::vector<std::pair<std::string, double>>& headings,
                     const std::string& json, const std::string& og, const std::string& title,
                     const std::string& site) {
  auto inside = [](const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() &&
           (a.find(b) != std::string::npos || b.find(a) != std::string::npos);
  };
  std::string best;
  double value = 1.4;
  for (const auto& [text, weight] : headings) {
    if (text.size() < 3 || text.size() > 300) continue;
    double score = weight;
    bool known = inside(og, text) || inside(json, text);
    if (known) score += 2 + (og == text || json == text);
    else if (shared_words(text, og) >= 0.33 || shared_words(text, json) >= 0.33) score += 0.5;
    else if (!og.empty() || !json.empty()) score -= 0.7;
    size_t at = title.find(text);
    if (at == 0) score += 1.2;
    else if (at != std::string::npos) score += at + text.size() == title.size() ? -0.5 : 0.5;
    if (text.size() >= 15) score += 0.5;
    if (!site.empty() && text == site) score -= 4;
    if (score > value) {
      value = score;
      best = text;
    }
  }
  return best;
}

// Who wrote a comment is no author.
bool in_comments(const GumboNode* node) {
  for (int level = 0; node && level < 8; node = node->parent, ++level)
    if (node->type == GUMBO_NODE_ELEMENT &&
        names_any(class_and_id(node), {"comment", "respond", "replies"}))
      return node->v.element.tag != GUMBO_TAG_BODY;
  return false;
}

void read_markup(const GumboNode* root, PageHeader& h) {
  std::vector<std::pair<std::string, double>> headings;  // with what their level and name are worth
  std::string og_title, doc_title, meta_author, time_published, class_date, keywords;
  std::vector<std::string> class_authors, linked_authors;
  std::vector<std::string> itemprop_authors;
  std::vector<const GumboNode*> stack = {root};
  while (!stack.empty()) {
    const GumboNode* node = stack.back();
    stack.pop_back();
    if (!has_children(node)) continue;
    const GumboVector& c = children(node);
    for (unsigned i = c.length; i-- > 0;) stack.push_back(static_cast<const GumboNode*>(c.data[i]));
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_HTML)
      set_if_empty(h.language, lower(attribute(node, "lang").substr(0, 2)));
    if (tag == GUMBO_TAG_META) {
      std::string key = lower(!attribute(node, "property").empty() ? attribute(node, "property")
                              : !attribute(node, "name").empty()   ? attribute(node, "name")
                                                                   : attribute(node, "itemprop"));
      std::string_view value = attribute(node, "content");
      if (key == "og:title" || key == "twitter:title" || key == "dc.title")
        set_if_empty(og_title, value);
      else if (key == "article:published_time" || key == "datepublished" ||
               key == "og:published_time" || key == "date" || key == "dc.date" ||
               key == "dc.date.issued" || key == "pubdate" || key == "publishdate" ||
               key == "publish_date" || key == "sailthru.date" || key == "parsely-pub-date" ||
               key == "article.published" || key == "originalpublicationdate" ||
               key == "citation_publication_date")
        set_date(h.published, value);
      else if (key == "article:modified_time" || key == "datemodified" ||
               key == "og:updated_time" || key == "last-modified" || key == "lastmod")
        set_date(h.updated, value);
      else if (key == "og:site_name" || key == "application-name") set_if_empty(h.publisher, value);
      else if (key == "og:description" || key == "description" || key == "twitter:description")
        set_if_empty(h.description, value);
      else if (key == "og:image" || key == "twitter:image") set_if_empty(h.picture, value);
      else if (key == "article:section" || key == "section") set_if_empty(h.section, value);
      else if (key == "article:tag") {
        if (h.tags.size() < 30) h.tags.push_back(squeeze(value));
      } else if (key == "keywords" || key == "news_keywords") {
        if (keywords.empty()) keywords = squeeze(value);
      } else if (key == "article:content_tier") h.paid |= lower(value) == "locked";
      else if (key == "og:url") set_if_empty(h.url, value);
      else if (key == "author" || key == "article:author" || key == "dc.creator" || key == "byl" ||
               key == "parsely-author" || key == "sailthru.author" || key == "citation_author") {
        if (meta_author.empty() && value.find("http") == std::string_view::npos)
          meta_author = squeeze(value);
      }
      continue;
    }
    if (tag == GUMBO_TAG_LINK && attribute(node, "rel") == "canonical" &&
        attribute(node, "href").starts_with("http"))
      h.url = std::string(attribute(node, "href"));
    if (tag == GUMBO_TAG_TITLE && doc_title.empty()) doc_title = text_of(node);
    if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H3 && headings.size() < 30) {
      std::string marks = lower(std::string(attribute(node, "class")) + " " +
                                std::string(attribute(node, "itemprop")));
      bool marked =
          names_any(marks, {"headline", "entry-title", "post-title", "article-title",
                            "article__title", "articletitle", "entry_title", "title-article"});
      if (tag != GUMBO_TAG_H3 || marked)
        headings.emplace_back(text_of(node), (tag == GUMBO_TAG_H1 ? 1 : 0) + (marked ? 1 : 0));
    }
    std::string_view prop = attribute(node, "itemprop");
    if (prop == "datePublished" ||
        (tag == GUMBO_TAG_TIME && (!attribute(node, "pubdate").empty()))) {
      set_date(h.published, attribute(node, "datetime"));
      set_date(h.published, attribute(node, "content"));
      set_date(h.published, text_of(node));
    }
    if (prop == "dateModified") {
      set_date(h.updated, attribute(node, "datetime"));
      set_date(h.updated, attribute(node, "content"));
      // "25 May, 01:57 | Updated 27 May, 19:20": the first of two dates is the one of publication.
      if (std::optional<std::string> first = header_date(text_of(node));
          first && first->substr(0, 10) < h.updated.substr(0, 10))
        set_if_empty(time_published, *first);
    } else if (tag == GUMBO_TAG_TIME && time_published.empty()) {
      set_date(time_published, attribute(node, "datetime"));
      set_date(time_published, text_of(node));
    }
    std::string names = class_and_id(node);
    bool small = names.size() > 1 && tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML;
    bool declared = prop == "author" || attribute(node, "rel") == "author" || names == "fn " ||
                    names == "username ";
    if (declared || (small && names_any(names, {"byline", "author", "writer", "reporter", "autor",
                                                "auteur", "verfasser"}))) {
      std::string text = text_of(node);
      if (text.size() < 120 && !text.empty()) {
        if (declared && !in_comments(node)) itemprop_authors.push_back(text);
        else if (declared) continue;
        else if (class_authors.size() < 6) class_authors.push_back(text);
      }
    }
    // A link to somebody's own page on the site.
    if (tag == GUMBO_TAG_A && linked_authors.size() < 6) {
      std::string href = lower(attribute(node, "href"));
      if (names_any(href,
                    {"/author/", "/authors/", "/autor/", "/autoren/", "/autorin/", "/auteur/",
                     "/profil/", "/profile/", "/newsteam/", "/people/", "/person/", "/staff/",
                     "/reporter/", "/reporters/", "/journalist", "trk=author", "/contributor"})) {
        std::string text = text_of(node);
        if (text.size() < 60 && text.find(' ') != std::string::npos) linked_authors.push_back(text);
      }
    }
    if (small && class_date.empty() &&
        names_any(names, {"date", "time", "posted", "publish", "byline", "meta"})) {
      std::string text = text_of(node);
      if (text.size() < 200) set_date(class_date, text);
    }
  }
  std::string heading = headline(headings, h.declared_title, og_title, doc_title, h.publisher);
  if (!heading.empty())
    heading = without_kicker(without_site_name(heading, h.publisher), h.declared_title, og_title);
  h.title = !heading.empty()            ? heading
            : !h.declared_title.empty() ? h.declared_title
            : !og_title.empty()         ? without_site(og_title)
                                        : without_site(doc_title);
  // A headline in the JSON-LD that none of the page's other titles shares, while these are all the
  // same, was written for this place; the others were made for search engines.
  auto in_head = [&](const std::string& title) {
    return alike(title, doc_title) || alike(title, without_site(doc_title));
  };
  if (h.declared_title.size() >= 25 && split_words(h.declared_title).size() >= 4 &&
      h.declared_title != h.publisher && !alike(h.declared_title, h.title) &&
      !alike(h.declared_title, og_title) && !in_head(h.declared_title) &&
      alike(h.title, og_title) && in_head(h.title))
    h.title = h.declared_title;
  if (h.tags.empty())
    for (std::string_view word : split(keywords, ','))
      if (std::string w = squeeze(word); !w.empty() && h.tags.size() < 30) h.tags.push_back(w);
  set_if_empty(h.published, time_published);
  set_if_empty(h.published, class_date);
  // The site itself is no author.
  auto site = [&](const std::string& name) {
    return !h.publisher.empty() && lower(name) == lower(h.publisher);
  };
  std::erase_if(h.byline, site);
  auto take = [&](const std::string& text, bool declared) {
    for (std::string& person : byline_names(text, declared))
      if (!site(person) && std::find(h.byline.begin(), h.byline.end(), person) == h.byline.end())
        h.byline.push_back(std::move(person));
  };
  if (h.byline.empty())
    for (const std::string& s : itemprop_authors) take(s, true);
  if (h.byline.empty()) take(meta_author, true);
  if (h.declared_author.empty() && meta_author.size() > 2 && meta_author.size() < 60)
    h.declared_author = meta_author;
  for (const std::string& s : class_authors)
    if (h.byline.empty()) take(s, false);
  for (const std::string& s : linked_authors)
    if (h.byline.empty()) take(s, false);
}

// A line of its own that says who wrote: "By Ana Ruiz", "Von Klaus Berg", "Text: Mia Holm".
void line_author(const std::vector<Block>& blocks, PageHeader& h) {
  static constexpr std::string_view leads[] = {"by ",
                                               "by: ",
                                               "von ",
                                               "von: ",
                                               "par ",
                                               "por ",
                                               "text: ",
                                               "text von ",
                                               "autor: ",
                                               "author: ",
                                               "autorin: ",
                                               "written by ",
                                               "posted by ",
                                               "geschrieben von ",
                                               "verfasst von ",
                                               "ein beitrag von ",
                                               "beitrag von ",
                                               "blog beitrag von ",
                                               "ein artikel von ",
                                               "artikel von ",
                                               "door ",
                                               "auteur: ",
                                               "auteur : ",
                                               "redaktion: ",
                                               "foto und text: ",
                                               "interview: ",
                                               "von - "};
  for (size_t i = 0; i < blocks.size(); ++i) {
    const Block& b = blocks[i];
    if (b.text.size() > 90) continue;
    std::string low = lower(b.text);
    // The label on one line, the name on the next; or date and name in one.
    if ((low == "von:" || low == "autor:" || low == "author:" || low == "by:" || low == "by" ||
         low == "von" || low == "text:") &&
        i + 1 < blocks.size()) {
      h.byline = byline_names(blocks[i + 1].text, false);
      if (!h.byline.empty()) return;
    }
    for (std::string_view inner : {" von ", " by ", " redaktion: ", " autor: "})
      if (size_t at = low.find(inner);
          at != std::string::npos && low.size() == b.text.size() && header_date(b.text)) {
        h.byline = byline_names(std::string_view(b.text).substr(at + inner.size()), false);
        if (!h.byline.empty()) return;
      }
    for (std::string_view lead : leads)
      if (low.starts_with(lead)) {
        h.byline = byline_names(
            std::string_view(b.text).substr(low.size() == b.text.size() ? lead.size() : 0), false);
        if (!h.byline.empty()) return;
      }
  }
}

}  // namespace

PageHeader read_page_header(const ScannedPage& scanned, const PageTree& tree) {
  PageHeader header;
  for (const std::string& json : scanned.json_ld) read_json_ld(json, header);
  read_markup(tree.root(), header);
  return header;
}

void complete_header(const std::vector<Block>& blocks, PageHeader& header) {
  if (header.byline.empty()) line_author(blocks, header);
  // Nobody by name: an agency, or the site itself, where the page declares it.
  if (header.byline.empty() && !header.declared_author.empty())
    header.byline.push_back(header.declared_author);
  if (!header.published.empty()) return;
  for (const Block& b : blocks) {
    if (b.text.size() > 150) continue;
    if (auto date = header_date(b.text)) {
      header.published = *date;
      return;
    }
  }
}

}  // namespace chancery
