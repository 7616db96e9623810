#include "article/page_header.h"

#include <algorithm>

#include "article/byline.h"
#include "article/header_date.h"
#include "article/headline.h"
#include "article/json_ld.h"
#include "article/script_text.h"
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

// The last piece of a heading that stands in an element of its own, when it is not all of it.
std::string last_part(const GumboNode* heading) {
  const GumboVector& c = children(heading);
  std::string part;
  for (unsigned i = 0; i < c.length; ++i)
    if (const auto* child = static_cast<const GumboNode*>(c.data[i]);
        child->type == GUMBO_NODE_ELEMENT)
      if (std::string text = text_of(child); !text.empty()) part = std::move(text);
  return part == text_of(heading) ? "" : part;
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
  TitleSources titles;
  std::string meta_author, time_published, class_date, keywords;
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
        set_if_empty(titles.og, value);
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
    if (tag == GUMBO_TAG_TITLE && titles.document.empty()) titles.document = text_of(node);
    if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H3 && titles.headings.size() < 30) {
      std::string marks = lower(std::string(attribute(node, "class")) + " " +
                                std::string(attribute(node, "itemprop")));
      bool marked =
          names_any(marks, {"headline", "entry-title", "post-title", "article-title",
                            "article__title", "articletitle", "entry_title", "title-article"});
      if (tag != GUMBO_TAG_H3 || marked)
        titles.headings.push_back({text_of(node), last_part(node), tag - GUMBO_TAG_H1 + 1, marked});
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
  titles.json = h.declared_title;
  titles.site = h.publisher;
  h.title = headline_of(titles);
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
  for (std::string_view json : scanned.documents)
    if (header.script_text.empty()) header.script_text = paragraphs_in_script(json);
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
