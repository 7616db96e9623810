// RSS 0.9x, 1.0, 2.0 and Atom by libxml2's reader: no network, no entities expanded, no DTD loaded.
// Entries become articles of what the feed itself holds (content, else summary); the linked pages
// are not fetched here.
#include <libxml/xmlreader.h>

#include <cstring>

#include "article/byline.h"
#include "article/header_date.h"
#include "article/html.h"
#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

class Feed : public Pieces {
 public:
  Feed(std::string bytes, const std::string& path) : bytes_(std::move(bytes)), path_(path) {
    reader_ =
        xmlReaderForMemory(bytes_.data(), static_cast<int>(bytes_.size()), path.c_str(), nullptr,
                           XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR |
                               XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    if (!reader_) throw Error(path + ": no memory for the feed");
  }
  ~Feed() override { xmlFreeTextReader(reader_); }

  bool next(Piece& piece) override {
    // Entities that the feed defines itself are never expanded: a few lines of them can mean
    // gigabytes.
    bool inside = false;
    int depth = 0;
    std::string content, summary, element;
    int code;
    while ((code = xmlTextReaderRead(reader_)) == 1) {
      int type = xmlTextReaderNodeType(reader_);
      if (type == XML_READER_TYPE_DOCUMENT_TYPE)
        throw Error(path_ + ": a feed with a document type of its own is refused (entities)");
      const char* raw = reinterpret_cast<const char*>(xmlTextReaderConstLocalName(reader_));
      std::string name = raw ? lower(raw) : "";
      if (xmlTextReaderDepth(reader_) > 200) throw Error(path_ + ": nested more than 200 levels");
      if (type == XML_READER_TYPE_ELEMENT) {
        if (!inside && (name == "item" || name == "entry")) {
          inside = true;
          depth = xmlTextReaderDepth(reader_);
          piece = {};
          piece.form = Piece::entry;
          piece.place = path_ + ": entry " + std::to_string(++number_);
          content.clear();
          summary.clear();
          if (xmlTextReaderIsEmptyElement(reader_)) inside = false;
          continue;
        }
        if (!inside) {
          if (name == "title" && publisher_.empty() && xmlTextReaderDepth(reader_) <= 2)
            publisher_ = text();
          continue;
        }
        if (xmlTextReaderDepth(reader_) == depth + 1) take(name, piece, content, summary);
      } else if (type == XML_READER_TYPE_END_ELEMENT && inside &&
                 xmlTextReaderDepth(reader_) == depth) {
        finish(piece, content, summary);
        return true;
      }
    }
    if (number_ == 0) throw Error(path_ + ": no entry in this feed");
    if (code < 0 && inside) {
      piece.error = piece.place + ": the feed is cut here";
      return true;
    }
    return false;
  }

 private:
  std::string text() const {
    xmlChar* s = xmlTextReaderReadString(reader_);
    std::string out = s ? reinterpret_cast<const char*>(s) : "";
    xmlFree(s);
    return squeeze(clean_utf8(out));
  }
  std::string raw_text() const {
    xmlChar* s = xmlTextReaderReadString(reader_);
    std::string out = s ? reinterpret_cast<const char*>(s) : "";
    xmlFree(s);
    return clean_utf8(out);
  }
  std::string attribute(const char* name) const {
    xmlChar* s = xmlTextReaderGetAttribute(reader_, reinterpret_cast<const xmlChar*>(name));
    std::string out = s ? reinterpret_cast<const char*>(s) : "";
    xmlFree(s);
    return out;
  }

  void take(const std::string& name, Piece& piece, std::string& content,
            std::string& summary) const {
    Article& a = piece.article;
    if (name == "title") a.title = plain(raw_text());
    else if (name == "link") {
      std::string href = attribute("href"), rel = attribute("rel");
      if (href.empty()) href = text();
      if ((rel.empty() || rel == "alternate") && a.url.empty() &&
          (href.starts_with("http://") || href.starts_with("https://")))
        a.url = href;
    } else if (name == "pubdate" || name == "published" || name == "date" || name == "issued") {
      if (auto date = header_date(text()); date && a.published.empty()) a.published = *date;
    } else if (name == "updated" || name == "modified") {
      if (auto date = header_date(text()); date && a.updated.empty()) a.updated = *date;
    } else if (name == "guid" || name == "id") {
      a.id = text();
    } else if (name == "creator" || name == "author") {
      for (std::string& person : byline_names(text(), true)) a.byline.push_back(std::move(person));
    } else if (name == "encoded" || name == "content") {
      if (content.empty()) content = raw_text();
    } else if (name == "description" || name == "summary") {
      if (summary.empty()) summary = raw_text();
    }
  }

  // What a feed holds of a text is mostly HTML, escaped.
  static std::string plain(const std::string& html) {
    if (html.find('<') == std::string::npos && html.find('&') == std::string::npos)
      return squeeze(html);
    return html_text(html);
  }

  void finish(Piece& piece, const std::string& content, const std::string& summary) const {
    Article& a = piece.article;
    a.text = plain(content.size() > summary.size() ? content : summary);
    a.publisher = publisher_;
    a.published = a.published.empty() ? a.updated : a.published;
    piece.url = a.url;
    if (a.text.empty())
      piece.error = piece.place + (a.title.empty() ? "" : " (" + a.title.substr(0, 80) + ")") +
                    ": the feed holds no text of it, only a link";
  }

  std::string bytes_, path_, publisher_;
  xmlTextReaderPtr reader_;
  size_t number_ = 0;
};

}  // namespace

bool looks_like_feed(std::string_view bytes) {
  std::string head = lower(bytes.substr(0, 1024));
  return head.find("<rss") != std::string::npos || head.find("<feed") != std::string::npos ||
         head.find("<rdf:rdf") != std::string::npos;
}

std::unique_ptr<Pieces> open_feed(std::string bytes, const std::string& path) {
  return std::make_unique<Feed>(std::move(bytes), path);
}

}  // namespace chancery
