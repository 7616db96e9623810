#include "article/mail.h"

#include <map>

#include "article/charset.h"
#include "article/header_date.h"
#include "article/html.h"
#include "article/load.h"
#include "article/plain_text.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr int kDeepest = 8;  // parts within parts

struct Part {
  std::map<std::string, std::string> headers;  // names in small letters, unfolded
  std::string_view body;

  std::string header(const std::string& name) const {
    auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

Part part_of(std::string_view bytes) {
  Part part;
  std::string last;
  size_t at = 0;
  while (at < bytes.size()) {
    size_t end = bytes.find('\n', at);
    std::string_view line =
        bytes.substr(at, end == std::string_view::npos ? std::string_view::npos : end - at);
    at = end == std::string_view::npos ? bytes.size() : end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if ((line[0] == ' ' || line[0] == '\t') && !last.empty()) {
      (part.headers[last] += ' ') += trim(line);
      continue;
    }
    size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;  // "From ana Mon May …" of a mailbox
    last = lower(trim(line.substr(0, colon)));
    if (!part.headers.count(last)) part.headers[last] = trim(line.substr(colon + 1));
    else last.clear();
  }
  part.body = bytes.substr(at);
  return part;
}

// "text/plain; charset=utf-8" → "utf-8".
std::string parameter(const std::string& header, const std::string& name) {
  std::string low = lower(header);
  for (size_t at = 0; (at = low.find(name, at)) != std::string::npos; at += name.size()) {
    if (at == 0 || (low[at - 1] != ' ' && low[at - 1] != ';' && low[at - 1] != '\t')) continue;
    std::string_view rest = trim(std::string_view(header).substr(at + name.size()));
    if (!rest.starts_with("=")) continue;
    rest = trim(rest.substr(1));
    if (rest.starts_with("\"")) return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(rest.substr(0, rest.find_first_of("; \t")));
  }
  return "";
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// In headers a blank is written as "_".
std::string quoted_printable(std::string_view text, bool header = false) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
        digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else if (text[i] == '=' && text.substr(i + 1, 1) == "\n") {
      ++i;
    } else if (text[i] == '=' && text.substr(i + 1, 2) == "\r\n") {
      i += 2;
    } else {
      out += header && text[i] == '_' ? ' ' : text[i];
    }
  }
  return out;
}

std::string base64(std::string_view text) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, count = 0;
  for (char c : text) {
    size_t value = digits.find(c);
    if (value == std::string_view::npos) continue;
    bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFFFF;
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 255);
  }
  return out;
}

// RFC 2047: "=?utf-8?Q?R=C3=A9union?=". Blanks between two such words are none.
std::string words_of(const std::string& header) {
  std::string out;
  size_t at = 0;
  bool encoded = false;
  while (at < header.size()) {
    size_t begin = header.find("=?", at), one = std::string::npos, two = one, end = one;
    if (begin != std::string::npos) {
      one = header.find('?', begin + 2);
      if (one != std::string::npos) two = header.find('?', one + 1);
      if (two != std::string::npos) end = header.find("?=", two + 1);
    }
    if (end == std::string::npos) break;
    std::string before = header.substr(at, begin - at);
    if (!encoded || !trim(before).empty()) out += before;
    std::string charset = header.substr(begin + 2, one - begin - 2),
                how = lower(header.substr(one + 1, two - one - 1)),
                what = header.substr(two + 1, end - two - 1);
    out += to_utf8(how == "b" ? base64(what) : quoted_printable(what, true), charset);
    at = end + 2;
    encoded = true;
  }
  return squeeze(out + to_utf8(header.substr(at), ""));
}

std::string decoded(const Part& part) {
  std::string how = lower(trim(part.header("content-transfer-encoding")));
  if (how == "base64") return base64(part.body);
  if (how == "quoted-printable") return quoted_printable(part.body);
  return std::string(part.body);
}

std::vector<Part> parts_of(const Part& whole) {
  std::vector<Part> out;
  const std::string mark = "--" + parameter(whole.header("content-type"), "boundary");
  if (mark.size() == 2) return out;
  size_t at = whole.body.find(mark);
  while (at != std::string_view::npos) {
    size_t begin = whole.body.find('\n', at);
    if (begin == std::string_view::npos || whole.body.substr(at + mark.size(), 2) == "--") break;
    size_t end = whole.body.find("\n" + mark, begin);
    out.push_back(part_of(whole.body.substr(
        begin + 1, end == std::string_view::npos ? std::string_view::npos : end - begin - 1)));
    at = end == std::string_view::npos ? end : end + 1;
  }
  return out;
}

// The part to be read: text before HTML, which repeats it; of a mail in several parts the first.
const Part* readable(const Part& whole, std::vector<std::vector<Part>>& kept, int depth) {
  std::string type = lower(whole.header("content-type"));
  if (lower(whole.header("content-disposition")).starts_with("attachment")) return nullptr;
  if (type.empty() || type.starts_with("text/plain") || type.starts_with("text/html"))
    return &whole;
  if (!type.starts_with("multipart/") || depth == kDeepest) return nullptr;
  kept.push_back(parts_of(whole));
  const std::vector<Part>& parts = kept.back();
  const Part* best = nullptr;
  for (const Part& part : parts) {
    const Part* found = readable(part, kept, depth + 1);
    if (!found) continue;
    bool plain = !lower(found->header("content-type")).starts_with("text/html");
    if (plain && !trim(found->body).empty()) return found;
    if (!best) best = found;
  }
  return best;
}

}  // namespace

bool looks_like_mail(std::string_view head) {
  static constexpr std::string_view names[] = {
      "from",         "to",       "subject",     "date",         "message-id",
      "mime-version", "received", "return-path", "delivered-to", "reply-to"};
  Part part = part_of(head);
  int found = 0;
  for (std::string_view name : names) found += part.headers.count(std::string(name)) > 0;
  return found >= 3 && (part.headers.count("message-id") || part.headers.count("mime-version") ||
                        part.headers.count("received") || part.headers.count("return-path"));
}

Article read_mail(std::string_view bytes) {
  const Part mail = part_of(bytes);
  std::vector<std::vector<Part>> kept;
  kept.reserve(64);  // parts point into it
  const Part* part = readable(mail, kept, 0);
  if (!part) throw Error("a mail without text to read");
  const std::string type = part->header("content-type");
  const std::string text = to_utf8(decoded(*part), parameter(type, "charset"));
  Article article = lower(type).starts_with("text/html") ? read_html(text) : read_plain_text(text);
  if (std::string subject = words_of(mail.header("subject")); !subject.empty())
    article.title = subject;
  if (auto date = header_date(mail.header("date"))) article.published = *date;
  std::string from = words_of(mail.header("from"));
  std::string_view name = trim(std::string_view(from).substr(0, from.find('<')));
  if (name.size() > 1 && name.front() == '"' && name.back() == '"')
    name = name.substr(1, name.size() - 2);
  if (article.byline.empty() && !name.empty() && name.find('@') == std::string_view::npos)
    article.byline.emplace_back(name);
  return article;
}

}  // namespace chancery
