#include "article/feed_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <map>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

// Finds the same words again and again in one text, forwards: each byte is looked at once.
class Finder {
 public:
  Finder(std::string_view text, std::string_view words) : text_(text), words_(words) {}
  size_t from(size_t at) {
    if (!known_ || (found_ != kNowhere && found_ < at)) {
      found_ = text_.find(words_, at);
      known_ = true;
    }
    return found_;
  }

 private:
  std::string_view text_, words_;
  size_t found_ = 0;
  bool known_ = false;
};

bool name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == ':' || (c & 0x80);
}

// "content:encoded" of "<content:encoded>", behind "<" or "</".
std::string_view name_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && name_character(text[end])) ++end;
  return text.substr(at, end - at);
}

std::string_view local(std::string_view name) {
  size_t colon = name.find(':');
  return colon == kNowhere ? name : name.substr(colon + 1);
}

// Behind the ">" of a tag, quoted attributes heeded; kNowhere when it has none.
size_t tag_end(std::string_view text, size_t at) {
  constexpr size_t kLongestTag = 1 << 14;
  char quote = 0;
  for (size_t end = std::min(text.size(), at + kLongestTag); at < end; ++at) {
    char c = text[at];
    if (quote) quote = c == quote ? 0 : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '>') return at + 1;
    else if (c == '<') return kNowhere;  // a tag that was never closed
  }
  return kNowhere;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text)
      : text_(text),
        cdata_(text, "<![CDATA["),
        cdata_end_(text, "]]>"),
        comment_(text, "<!--"),
        comment_end_(text, "-->") {}

  FeedParts scan() {
    prolog();
    if (parts_.root.empty()) return std::move(parts_);
    outside_ = at_;
    while (at_ < text_.size()) {
      size_t open = text_.find('<', at_);
      if (open == kNowhere) break;
      at_ = open;
      if (skip_section("")) continue;
      bool closing = text_.substr(at_ + 1).starts_with("/");
      std::string_view name = name_at(text_, at_ + 1 + closing);
      if (closing && local(name) == parts_.root) {
        parts_.closed = true;
        break;
      }
      std::string low = lower(local(name));
      if (!closing && (low == "item" || low == "entry")) entry(name);
      else at_ += 1;
    }
    parts_.channel += text_.substr(std::min(outside_, text_.size()));
    return std::move(parts_);
  }

 private:
  void prolog() {
    size_t begin = text_.find_first_not_of(" \t\r\n");
    // A server's warnings may come before.
    if (begin != kNowhere && text_[begin] != '<') begin = text_.substr(0, 2048).find("<?xml");
    at_ = begin == kNowhere ? text_.size() : begin;
    while (at_ < text_.size() && text_[at_] == '<') {
      std::string_view rest = text_.substr(at_);
      if (rest.starts_with("<?")) at_ = after("?>");
      else if (rest.starts_with("<!--")) at_ = after("-->");
      else if (rest.starts_with("<!")) document_type();
      else break;
      begin = text_.find_first_not_of(" \t\r\n", at_);
      at_ = begin == kNowhere ? text_.size() : begin;
    }
    if (at_ >= text_.size() || text_[at_] != '<') return;
    std::string_view name = name_at(text_, at_ + 1);
    std::string low = lower(local(name));
    if (low != "rss" && low != "feed" && low != "rdf" && low != "channel") return;
    size_t end = tag_end(text_, at_ + 1);
    if (end == kNowhere) return;
    parts_.root = std::string(local(name));
    parts_.root_tag = std::string(text_.substr(at_, end - at_));
    root_end_ = "</" + std::string(name);
    at_ = end;
  }

  // Does a document type define entities by others, or fetch them? A few lines of that can mean
  // gigabytes. (What plain ones mean is not looked up either; those of HTML are known.)
  static bool builds_on_entities(std::string_view subset) {
    for (size_t at = 0; (at = subset.find("<!ENTITY", at)) != kNowhere; ++at) {
      std::string_view definition = subset.substr(at + 8, subset.find('>', at) - at - 8);
      bool of_the_subset = trim(definition).starts_with("%");
      size_t reference = definition.find('&');
      while (reference != kNowhere && definition.substr(reference).starts_with("&#"))
        reference = definition.find('&', reference + 1);
      bool fetched = definition.find("SYSTEM") != kNowhere || definition.find("PUBLIC") != kNowhere;
      if (reference != kNowhere || (fetched && !of_the_subset)) return true;
    }
    return false;
  }

  size_t after(std::string_view words) const {
    size_t found = text_.find(words, at_);
    return found == kNowhere ? text_.size() : found + words.size();
  }

  void document_type() {
    size_t close = text_.find('>', at_), bracket = text_.find('[', at_);
    if (bracket < close) {
      size_t end = text_.find(']', bracket);
      std::string_view subset = text_.substr(bracket, end == kNowhere ? kNowhere : end - bracket);
      parts_.own_entities |= builds_on_entities(subset);
      close = end == kNowhere ? kNowhere : text_.find('>', end);
    }
    at_ = close == kNowhere ? text_.size() : close + 1;
  }

  // Past a comment, a CDATA section or an instruction that begins here. One that is never closed is
  // no section: an entry ends inside it, and another such section begins before it would end.
  bool skip_section(const std::string& entry_end) {
    std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--")) return skip(comment_, comment_end_, 4, entry_end);
    if (rest.starts_with("<![CDATA[")) return skip(cdata_, cdata_end_, 9, entry_end);
    bool instruction = rest.starts_with("<?") || rest.starts_with("<!");
    at_ += instruction;
    return instruction;
  }

  bool skip(Finder& begins, Finder& ends, size_t mark, const std::string& entry_end) {
    size_t end = ends.from(at_ + mark), other = begins.from(at_ + mark);
    if (end != kNowhere && other < end && !entry_end.empty() &&
        text_.substr(at_, other - at_).find(entry_end) != kNowhere)
      end = kNowhere;
    at_ = end == kNowhere ? at_ + mark : end + 3;
    return true;
  }

  void entry(std::string_view name) {
    parts_.channel += text_.substr(outside_, at_ - outside_);
    size_t begin = at_;
    std::string end_tag = "</" + std::string(name), start_tag = "<" + std::string(name);
    auto whole = [&](std::string_view tag) {
      return text_.substr(at_).starts_with(tag) &&
             (at_ + tag.size() >= text_.size() || !name_character(text_[at_ + tag.size()]));
    };
    size_t open_end = tag_end(text_, at_ + 1);
    bool empty = open_end != kNowhere && text_[open_end - 2] == '/';
    bool done = empty;
    if (empty) at_ = open_end;
    else ++at_;
    while (!done) {
      at_ = std::min(text_.find('<', at_), text_.size());
      if (at_ == text_.size()) break;
      if (skip_section(end_tag)) continue;
      if (whole(end_tag)) {
        at_ = std::min(text_.find('>', at_), text_.size() - 1) + 1;
        done = true;
      } else if (whole(start_tag) || whole("</channel") || whole(root_end_)) {
        break;  // this one's end is missing
      } else {
        ++at_;
      }
    }
    parts_.entries.push_back({text_.substr(begin, at_ - begin), !done});
    outside_ = at_;
  }

  std::string_view text_;
  Finder cdata_, cdata_end_, comment_, comment_end_;
  size_t at_ = 0, outside_ = 0;
  std::string root_end_;
  FeedParts parts_;
};

// The character of an entity of HTML, 0 when there is none of that name.
unsigned html_character(std::string_view name) {
  if (name.size() > 10) return 0;
  const htmlEntityDesc* found =
      htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
  return found ? found->value : 0;
}

bool of_xml(std::string_view name) {
  return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
}

// What stands between "&" and ";" right behind `at`; "" when it is no reference.
std::string_view reference_at(std::string_view text, size_t at) {
  size_t end = text.find_first_of(";&< \t\r\n", at + 1);
  if (end == kNowhere || text[end] != ';' || end == at + 1 || end > at + 33) return "";
  std::string_view name = text.substr(at + 1, end - at - 1);
  if (name[0] != '#') {
    return std::all_of(name.begin(), name.end(), name_character) && !is_digit(char32_t(name[0]))
               ? name
               : "";
  }
  bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  std::string_view number = name.substr(hex ? 2 : 1);
  unsigned long value = 0;
  if (number.empty() || number.size() > 7) return "";
  for (char c : number) {
    int digit = c >= '0' && c <= '9'          ? c - '0'
                : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                              : -1;
    if (digit < 0) return "";
    value = value * (hex ? 16 : 10) + static_cast<unsigned long>(digit);
  }
  // Characters that XML has not.
  bool allowed = value == 9 || value == 10 || value == 13 || (value >= 0x20 && value < 0xD800) ||
                 (value >= 0xE000 && value < 0xFFFE) || (value >= 0x10000 && value < 0x110000);
  return allowed ? name : "";
}

// Calls `markup` for each "<" and `reference` for each "&" outside of CDATA sections and comments;
// they append what shall stand there and return behind what they replaced.
template <class Markup, class Reference>
std::string rewritten(std::string_view xml, Markup markup, Reference reference) {
  std::string out;
  out.reserve(xml.size() + xml.size() / 8);
  Finder cdata_end(xml, "]]>"), comment_end(xml, "-->");
  for (size_t at = 0; at < xml.size();) {
    size_t next = std::min(xml.find_first_of("<&", at), xml.size());
    out += xml.substr(at, next - at);
    at = next;
    if (at == xml.size()) break;
    std::string_view rest = xml.substr(at);
    size_t end = rest.starts_with("<![CDATA[") ? cdata_end.from(at)
                 : rest.starts_with("<!--")    ? comment_end.from(at)
                                               : kNowhere;
    if (end != kNowhere) {
      out += xml.substr(at, end + 3 - at);
      at = end + 3;
    } else {
      at = xml[at] == '&' ? reference(out, at) : markup(out, at);
    }
  }
  return out;
}

bool holds_text(std::string_view name) {
  std::string low = lower(local(name));
  return low == "title" || low == "description" || low == "summary" || low == "content" ||
         low == "encoded";
}

}  // namespace

FeedParts feed_parts(std::string_view feed) { return Scanner(feed).scan(); }

std::string without_html_entities(std::string_view xml) {
  auto markup = [&](std::string& out, size_t at) {
    out += xml[at];
    return at + 1;
  };
  auto reference = [&](std::string& out, size_t at) {
    std::string_view name = reference_at(xml, at);
    unsigned c = name.empty() || of_xml(name) ? 0 : html_character(name);
    if (!c) {
      out += '&';
      return at + 1;
    }
    append_utf8(out, c);
    return at + name.size() + 2;
  };
  return rewritten(xml, markup, reference);
}

std::string mended_entry(std::string_view entry) {
  size_t field_end = 0;  // of the field whose text we are in
  std::map<std::string_view, Finder> ends;
  std::vector<std::string> end_tags;
  end_tags.reserve(64);  // the finders look into them
  auto end_of_field = [&](std::string_view name, size_t from) {
    auto found = ends.find(name);
    if (found == ends.end()) {
      if (end_tags.size() == end_tags.capacity()) return kNowhere;
      end_tags.push_back("</" + std::string(name));
      found = ends.emplace(name, Finder(entry, end_tags.back())).first;
    }
    return found->second.from(from);
  };
  auto markup = [&](std::string& out, size_t at) {
    bool closing = entry.substr(at + 1).starts_with("/");
    std::string_view name = name_at(entry, at + 1 + closing);
    size_t end = name.empty() ? kNowhere : tag_end(entry, at + 1);
    if (at < field_end || name.empty() || end == kNowhere || is_digit(char32_t(name[0]))) {
      out += "&lt;";
      return at + 1;
    }
    if (!closing && holds_text(name) && entry[end - 2] != '/' && !name.starts_with("media:"))
      if (size_t close = end_of_field(name, end); close != kNowhere) field_end = close;
    std::string tag = replace_all(std::string(entry.substr(at, end - at)), "&amp;", "&");
    out += replace_all(tag, "&", "&amp;");
    return end;
  };
  auto reference = [&](std::string& out, size_t at) {
    std::string_view name = reference_at(entry, at);
    bool good = !name.empty() && (name[0] == '#' || of_xml(name));
    if (!good) out += "&amp;";
    else out += "&" + std::string(name) + ";";
    return at + (good ? name.size() + 2 : 1);
  };
  return rewritten(entry, markup, reference);
}

}  // namespace chancery
