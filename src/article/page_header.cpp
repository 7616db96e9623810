#include "article/page_header.h"

#include <algorithm>

#include "article/byline.h"
#include "article/header_date.h"
#include "article/headline.h"
#include "article/json_ld.h"
#include "article/page_words.h"
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
        names_any(class_and_id(node), page_words(PageWords::comment_boxes)))
      return node->v.element.tag != GUMBO_TAG_BODY;
  return false;
}

// What the markup of a page says of its article, gathered element by element.
class Markup {
 public:
  Markup(const GumboNode* root, PageHeader& header) : h_(header) {
    std::vector<const GumboNode*> stack = {root};
    while (!stack.empty()) {
      const GumboNode* node = stack.back();
      stack.pop_back();
      if (!has_children(node)) continue;
      const GumboVector& c = children(node);
      for (unsigned i = c.length; i-- > 0;)
        stack.push_back(static_cast<const GumboNode*>(c.data[i]));
      if (node->type == GUMBO_NODE_ELEMENT) element(node, node->v.element.tag);
    }
  }

  // Title, tags, dates and names into the header: what is declared goes before what is guessed.
  void finish() {
    titles_.json = h_.declared_title;
    titles_.site = h_.publisher;
    h_.title = headline_of(titles_);
    if (h_.tags.empty())
      for (std::string_view word : split(keywords_, ','))
        if (std::string w = squeeze(word); !w.empty() && h_.tags.size() < kTags)
          h_.tags.push_back(w);
    set_if_empty(h_.published, time_published_);
    set_if_empty(h_.published, class_date_);
    // The site itself is no author.
    std::erase_if(h_.byline, [&](const std::string& name) { return site(name); });
    if (h_.byline.empty())
      for (const std::string& s : declared_authors_) take(s, true);
    if (h_.byline.empty()) take(meta_author_, true);
    if (h_.declared_author.empty() && meta_author_.size() > 2 && meta_author_.size() < 60)
      h_.declared_author = meta_author_;
    for (const std::string& s : class_authors_)
      if (h_.byline.empty()) take(s, false);
    for (const std::string& s : linked_authors_)
      if (h_.byline.empty()) take(s, false);
  }

 private:
  static constexpr size_t kTags = 30, kHeadings = 30, kAuthors = 6;

  void element(const GumboNode* node, GumboTag tag) {
    if (tag == GUMBO_TAG_HTML)
      set_if_empty(h_.language, lower(attribute(node, "lang").substr(0, 2)));
    if (tag == GUMBO_TAG_META) {
      meta(node);
      return;
    }
    if (tag == GUMBO_TAG_LINK && attribute(node, "rel") == "canonical" &&
        attribute(node, "href").starts_with("http"))
      h_.url = std::string(attribute(node, "href"));
    if (tag == GUMBO_TAG_TITLE && titles_.document.empty()) titles_.document = text_of(node);
    if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H3) heading(node, tag);
    dates(node, tag);
    const std::string names = class_and_id(node);
    const bool small = names.size() > 1 && tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML;
    if (!author(node, names, small)) return;
    if (tag == GUMBO_TAG_A) link(node);
    if (small && class_date_.empty() && names_any(names, page_words(PageWords::date_classes)))
      if (std::string text = text_of(node); text.size() < 200) set_date(class_date_, text);
  }

  void meta(const GumboNode* node) {
    const std::string key = lower(!attribute(node, "property").empty() ? attribute(node, "property")
                                  : !attribute(node, "name").empty()   ? attribute(node, "name")
                                                                     : attribute(node, "itemprop"));
    const std::string_view value = attribute(node, "content"),
                           field = page_words(PageWords::meta_keys).value(key);
    if (field == "title") set_if_empty(titles_.og, value);
    else if (field == "published") set_date(h_.published, value);
    else if (field == "updated") set_date(h_.updated, value);
    else if (field == "publisher") set_if_empty(h_.publisher, value);
    else if (field == "description") set_if_empty(h_.description, value);
    else if (field == "picture") set_if_empty(h_.picture, value);
    else if (field == "section") set_if_empty(h_.section, value);
    else if (field == "url") set_if_empty(h_.url, value);
    else if (field == "tier") h_.paid |= lower(value) == "locked";
    else if (field == "tag" && h_.tags.size() < kTags) h_.tags.push_back(squeeze(value));
    else if (field == "keywords" && keywords_.empty()) keywords_ = squeeze(value);
    else if (field == "author" && meta_author_.empty() &&
             value.find("http") == std::string_view::npos)
      meta_author_ = squeeze(value);
  }

  void heading(const GumboNode* node, GumboTag tag) {
    if (titles_.headings.size() >= kHeadings) return;
    const std::string marks = lower(std::string(attribute(node, "class")) + " " +
                                    std::string(attribute(node, "itemprop")));
    const bool marked = names_any(marks, page_words(PageWords::headline_classes));
    if (tag != GUMBO_TAG_H3 || marked)
      titles_.headings.push_back({text_of(node), last_part(node), tag - GUMBO_TAG_H1 + 1, marked});
  }

  void dates(const GumboNode* node, GumboTag tag) {
    const std::string_view prop = attribute(node, "itemprop");
    if (prop == "datePublished" || (tag == GUMBO_TAG_TIME && !attribute(node, "pubdate").empty())) {
      set_date(h_.published, attribute(node, "datetime"));
      set_date(h_.published, attribute(node, "content"));
      set_date(h_.published, text_of(node));
    }
    if (prop == "dateModified") {
      set_date(h_.updated, attribute(node, "datetime"));
      set_date(h_.updated, attribute(node, "content"));
      // "25 May, 01:57 | Updated 27 May, 19:20": the first of two dates is the one of publication.
      if (std::optional<std::string> first = header_date(text_of(node));
          first && first->substr(0, 10) < h_.updated.substr(0, 10))
        set_if_empty(time_published_, *first);
    } else if (tag == GUMBO_TAG_TIME && time_published_.empty()) {
      set_date(time_published_, attribute(node, "datetime"));
      set_date(time_published_, text_of(node));
    }
  }

  // False for who wrote a comment: nothing else is asked of such an element.
  bool author(const GumboNode* node, const std::string& names, bool small) {
    const bool declared = attribute(node, "itemprop") == "author" ||
                          attribute(node, "rel") == "author" || names == "fn " ||
                          names == "username ";
    if (!declared && !(small && names_any(names, page_words(PageWords::author_classes))))
      return true;
    const std::string text = text_of(node);
    if (text.size() >= 120 || text.empty()) return true;
    if (declared && in_comments(node)) return false;
    if (declared) declared_authors_.push_back(text);
    else if (class_authors_.size() < kAuthors) class_authors_.push_back(text);
    return true;
  }

  // A link to somebody's own page on the site.
  void link(const GumboNode* node) {
    if (linked_authors_.size() >= kAuthors) return;
    if (!names_any(lower(attribute(node, "href")), page_words(PageWords::author_links))) return;
    const std::string text = text_of(node);
    if (text.size() < 60 && text.find(' ') != std::string::npos) linked_authors_.push_back(text);
  }

  bool site(const std::string& name) const {
    return !h_.publisher.empty() && lower(name) == lower(h_.publisher);
  }

  void take(const std::string& text, bool declared) {
    for (std::string& person : byline_names(text, declared))
      if (!site(person) && std::find(h_.byline.begin(), h_.byline.end(), person) == h_.byline.end())
        h_.byline.push_back(std::move(person));
  }

  PageHeader& h_;
  TitleSources titles_;
  std::string meta_author_, time_published_, class_date_, keywords_;
  std::vector<std::string> class_authors_, linked_authors_, declared_authors_;
};

// A line of its own that says who wrote: "By Ana Ruiz", "Von Klaus Berg", "Text: Mia Holm".
void line_author(const std::vector<Block>& blocks, PageHeader& h) {
  for (size_t i = 0; i < blocks.size(); ++i) {
    const Block& b = blocks[i];
    if (b.text.size() > 90) continue;
    std::string low = lower(b.text);
    // The label on one line, the name on the next; or date and name in one.
    if (page_words(PageWords::author_labels).has(low) && i + 1 < blocks.size()) {
      h.byline = byline_names(blocks[i + 1].text, false);
      if (!h.byline.empty()) return;
    }
    for (std::string_view inner : {" von ", " by ", " redaktion: ", " autor: "})
      if (size_t at = low.find(inner);
          at != std::string::npos && low.size() == b.text.size() && header_date(b.text)) {
        h.byline = byline_names(std::string_view(b.text).substr(at + inner.size()), false);
        if (!h.byline.empty()) return;
      }
    for (const std::string& lead : page_words(PageWords::author_leads))
      if (low.starts_with(lead + ' ')) {
        h.byline = byline_names(
            std::string_view(b.text).substr(low.size() == b.text.size() ? lead.size() + 1 : 0),
            false);
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
  Markup(tree.root(), header).finish();
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
