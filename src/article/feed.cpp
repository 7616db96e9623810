// RSS 0.9x, 1.0, 2.0 and Atom: entries become articles of what the feed itself holds (content, else
// summary); the linked pages are not fetched here, nor is anything else: libxml2 reads one entry at
// a time, without network, document types or entities of the feed's own.
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <libxml/xmlsave.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "article/byline.h"
#include "article/charset.h"
#include "article/feed_text.h"
#include "article/header_date.h"
#include "article/html.h"
#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

std::string text_of(const xmlChar* chars) {
  return chars ? std::string(reinterpret_cast<const char*>(chars)) : std::string();
}

std::string taken(xmlChar* chars) {
  std::string out = text_of(chars);
  xmlFree(chars);
  return out;
}

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// `base`: the address that relative links are of, "" when unknown.
Document parse_xml(const std::string& xml, const std::string& base, int options = 0) {
  return Document(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), base.c_str(), "UTF-8",
                                options | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                    XML_PARSE_NOWARNING | XML_PARSE_NOCDATA),
                  xmlFreeDoc);
}

std::string last_problem() {
  const xmlError* error = xmlGetLastError();
  return error && error->message ? squeeze(clean_utf8(error->message)) : "not well-formed";
}

// An element as feeds use it: its name without prefix, in lower case, when the prefix is one whose
// elements we know or the entry's own; else "".
std::string field_name(const xmlNode* node, std::string_view own_prefix) {
  std::string name = text_of(node->name), prefix;
  if (node->ns && node->ns->prefix) prefix = text_of(node->ns->prefix);
  else if (size_t colon = name.find(':'); colon != std::string::npos) {
    // A prefix that nobody declared.
    prefix = name.substr(0, colon);
    name.erase(0, colon + 1);
  }
  static constexpr std::string_view known[] = {"",        "atom", "a10",    "rss",
                                               "content", "dc",   "dcterms"};
  if (prefix == "feedburner" && name == "origLink") return "origlink";
  if (prefix == own_prefix ||
      std::find(std::begin(known), std::end(known), prefix) != std::end(known))
    return lower(name);
  return "";
}

std::string own_prefix(const xmlNode* node) {
  return node->ns && node->ns->prefix ? text_of(node->ns->prefix) : "";
}

std::string attribute(const xmlNode* node, const char* name) {
  return taken(xmlGetNoNsProp(node, chars(name)));
}

std::string content(const xmlNode* node) { return clean_utf8(taken(xmlNodeGetContent(node))); }

xmlNode* first_element(xmlNode* node) {
  while (node && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

bool has_elements(const xmlNode* node) { return first_element(node->children) != nullptr; }

// What is inside an element, as HTML.
std::string inner_html(const xmlNode* node) {
  std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(), xmlBufferFree);
  xmlSaveCtxt* save = xmlSaveToBuffer(buffer.get(), "UTF-8", XML_SAVE_XHTML | XML_SAVE_NO_DECL);
  if (!save) return "";
  for (xmlNode* child = node->children; child; child = child->next) xmlSaveTree(save, child);
  xmlSaveClose(save);
  return clean_utf8(text_of(xmlBufferContent(buffer.get())));
}

// What a feed holds of a text is mostly HTML, escaped.
std::string plain(const std::string& html) {
  if (html.find('<') == std::string::npos && html.find('&') == std::string::npos)
    return squeeze(html);
  return html_text(html);
}

// A text as it is: paragraphs apart by one blank line.
std::string literal(const std::string& text) {
  std::string out, paragraph;
  auto end = [&] {
    std::string words = squeeze(paragraph);
    if (!words.empty()) out += (out.empty() ? "" : "\n\n") + words;
    paragraph.clear();
  };
  for (std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) end();
    else (paragraph += line) += '\n';
  }
  end();
  return out;
}

// RFC 4287: "text", "html" and "xhtml"; media types, and "mode" as Atom 0.3 has it.
std::string words_of(const xmlNode* node, bool atom) {
  std::string type = lower(attribute(node, "type"));
  bool text = type == "text" || type == "text/plain" || (type.empty() && atom);
  if (has_elements(node)) return html_text(inner_html(node));
  if (text && lower(attribute(node, "mode")) != "escaped") return literal(content(node));
  bool readable = type.empty() || type == "escaped" || type.find("html") != std::string::npos ||
                  type.starts_with("text") || type.ends_with("xml");
  return readable ? plain(content(node)) : "";
}

// "ana@harbour.example (Ana Ruiz)" and Atom's <name>.
std::string person_of(const xmlNode* node) {
  for (xmlNode* child = first_element(node->children); child; child = first_element(child->next))
    if (lower(text_of(child->name)).ends_with("name")) return squeeze(content(child));
  std::string words = squeeze(content(node));
  size_t open = words.find('('), close = words.rfind(')');
  if (words.find('@') < open && close != std::string::npos && open < close)
    return words.substr(open + 1, close - open - 1);
  return words;
}

bool is_address(std::string_view text) {
  std::string low = lower(text.substr(0, 8));
  return low.starts_with("http://") || low.starts_with("https://");
}

// A link beside its base; "" when it is none of the web.
std::string address_of(const std::string& link, const std::string& base) {
  if (link.empty()) return "";
  if (is_address(link)) return link;
  if (!is_address(base)) return "";
  std::string whole = taken(xmlBuildURI(chars(link.c_str()), chars(base.c_str())));
  return is_address(whole) ? whole : "";
}

std::string base_of(xmlNode* node) { return taken(xmlNodeGetBase(node->doc, node)); }

// The feed's charset, by its own word in the first line.
std::string declared(std::string_view bytes) {
  std::string_view head = bytes.substr(0, bytes.find("?>"));
  size_t at = head.substr(0, 256).find("encoding=");
  if (!head.starts_with("<?xml") || at == std::string_view::npos || at + 10 > head.size())
    return "";
  size_t end = head.find(head[at + 9], at + 10);
  return std::string(head.substr(at + 10, end == std::string_view::npos ? end : end - at - 10));
}

class Feed : public Pieces {
 public:
  Feed(const std::string& bytes, const std::string& path)
      : path_(path), text_(to_utf8(bytes, declared(bytes))), parts_(feed_parts(text_)) {
    if (parts_.own_entities)
      throw Error(path + ": a feed with a document type of its own is refused (entities)");
    if (parts_.entries.empty()) throw Error(path + ": no entry in this feed");
    atom_ = lower(parts_.root) == "feed";
    if (is_address(path)) base_ = path;
    read_channel();
  }

  bool next(Piece& piece) override {
    piece = {};
    if (at_ == parts_.entries.size()) {
      bool cut = !parts_.closed && !std::exchange(told_, true) && !parts_.entries.back().cut;
      if (cut) piece.error = path_ + ": the feed is cut behind entry " + std::to_string(at_);
      return cut;
    }
    const FeedParts::Entry& entry = parts_.entries[at_++];
    piece.form = Piece::entry;
    piece.place = path_ + ": entry " + std::to_string(at_);
    if (entry.cut) {
      bool last = at_ == parts_.entries.size();
      piece.error = piece.place + (last ? ": the feed is cut here" : ": its end is missing");
      return true;
    }
    std::string problem;
    Document document = document_of(entry.bytes, problem);
    xmlNode* node =
        document ? first_element(xmlDocGetRootElement(document.get())->children) : nullptr;
    if (!node) {
      piece.error = piece.place + ": " + problem;
      return true;
    }
    if (!problem.empty()) piece.warning = piece.place + ": faulty markup, mended (" + problem + ")";
    read(node, piece);
    return true;
  }
  double share() const override {
    return static_cast<double>(at_) / static_cast<double>(parts_.entries.size());
  }

 private:
  // `problem`: why it was mended or could not be.
  Document document_of(std::string_view entry, std::string& problem) const {
    std::string root = parts_.root_tag,
                end = "</" + root.substr(1, root.find_first_of(" \t\r\n/>") - 1) + ">";
    std::string known = without_html_entities(entry);
    Document document = parse_xml(root + known + end, base_);
    if (document) return document;
    problem = last_problem();
    return parse_xml(root + mended_entry(known) + end, base_);
  }

  void read_channel() {
    std::string known = without_html_entities(parts_.channel);
    Document document = parse_xml(parts_.root_tag + known, base_);
    if (!document)
      document = parse_xml(parts_.root_tag + mended_entry(known), base_, XML_PARSE_RECOVER);
    xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (!root) return;
    xmlNode* channel = root;
    for (xmlNode* n = first_element(root->children); n; n = first_element(n->next))
      if (field_name(n, own_prefix(n)) == "channel") channel = n;
    std::string link, self;
    for (xmlNode* n = first_element(channel->children); n; n = first_element(n->next)) {
      std::string name = field_name(n, own_prefix(channel));
      if (name == "title" && publisher_.empty()) publisher_ = squeeze(words_of(n, atom_));
      if (name == "link" && link.empty()) link = link_of(n);
      if (name == "link" && lower(attribute(n, "rel")) == "self") self = attribute(n, "href");
    }
    if (is_address(link)) base_ = link;
    else if (base_.empty() && is_address(self)) base_ = self;
  }

  // Of a link element: its address, "" for links to other things than the page.
  std::string link_of(xmlNode* node) const {
    std::string href = attribute(node, "href"), rel = lower(attribute(node, "rel"));
    if (href.empty()) href = squeeze(content(node));
    if (!rel.empty() && rel != "alternate") return "";
    return address_of(href, base_of(node));
  }

  void read(xmlNode* entry, Piece& piece) const {
    Article& a = piece.article;
    std::string content_words, summary, permanent, original;
    for (xmlNode* n = first_element(entry->children); n; n = first_element(n->next)) {
      std::string name = field_name(n, own_prefix(entry));
      if (name == "title") {
        if (a.title.empty()) a.title = squeeze(words_of(n, atom_));
      } else if (name == "link") {
        if (a.url.empty()) a.url = link_of(n);
      } else if (name == "origlink") {
        original = address_of(squeeze(content(n)), base_of(n));
      } else if (name == "pubdate" || name == "published" || name == "date" || name == "issued") {
        if (auto date = header_date(content(n)); date && a.published.empty()) a.published = *date;
      } else if (name == "updated" || name == "modified") {
        if (auto date = header_date(content(n)); date && a.updated.empty()) a.updated = *date;
      } else if (name == "guid" || name == "id" || name == "identifier") {
        a.id = squeeze(content(n));
        if (name == "guid" && lower(attribute(n, "isPermaLink")) != "false" && is_address(a.id))
          permanent = a.id;
      } else if (name == "creator" || name == "author") {
        for (std::string& person : byline_names(person_of(n), true))
          a.byline.push_back(std::move(person));
      } else if (name == "encoded" || name == "content") {
        if (content_words.empty()) content_words = words_of(n, atom_ && name == "content");
      } else if (name == "description" || name == "summary") {
        if (summary.empty()) summary = words_of(n, atom_ && name == "summary");
      }
    }
    if (!original.empty()) a.url = original;
    if (a.url.empty()) a.url = permanent;
    if (a.url.empty()) a.url = address_of(taken(xmlGetProp(entry, chars("about"))), base_of(entry));
    a.text = content_words.size() > summary.size() ? content_words : summary;
    a.publisher = publisher_;
    a.published = a.published.empty() ? a.updated : a.published;
    piece.url = a.url;
    if (a.text.empty())
      piece.error = piece.place + (a.title.empty() ? "" : " (" + a.title.substr(0, 80) + ")") +
                    ": the feed holds no text of it, only a link";
  }

  std::string path_, text_, publisher_, base_;
  FeedParts parts_;
  bool atom_ = false, told_ = false;
  size_t at_ = 0;
};

}  // namespace

bool looks_like_feed(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string root = lower(feed_parts(bytes.substr(0, 1 << 14)).root);
  return root == "rss" || root == "feed" || root == "rdf";
}

std::unique_ptr<Pieces> open_feed(std::string bytes, const std::string& path) {
  return std::make_unique<Feed>(bytes, path);
}

}  // namespace chancery
