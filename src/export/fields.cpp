#include "export/fields.h"

#include "base/strings.h"

namespace chancery {

std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return out;
}

std::string tab_separated(const std::vector<std::string>& cells) {
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) out += (i ? "\t" : "") + one_line(cells[i]);
  return out + "\n";
}

std::string compact_day(const std::string& day) {
  return day.size() >= 10 ? day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2) : "";
}

std::string day_of(const Record& r, const Event& e) {
  return e.when.size() == 10 && e.when[4] == '-' && e.when[7] == '-'
             ? e.when
             : r.article.published.substr(0, 10);
}

int sentence_number(const std::string& text, uint32_t at) {
  int n = 1;
  for (uint32_t i = 0; i + 1 < at && i + 1 < text.size(); ++i)
    if ((text[i] == '.' || text[i] == '!' || text[i] == '?' || text[i] == '"') &&
        (text[i + 1] == ' ' || text[i + 1] == '\n') && text[i] != '"')
      ++n;
  return n;
}

size_t characters(const std::string& text, uint32_t at) {
  size_t n = 0;
  for (uint32_t i = 0; i < at && i < text.size(); ++i)
    n += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
  return n;
}

std::string host(const std::string& url) {
  size_t from = url.find("://");
  if (from == std::string::npos) return "";
  from += 3;
  std::string h = url.substr(from, url.find_first_of("/?#:", from) - from);
  return h.starts_with("www.") ? h.substr(4) : h;
}

}  // namespace chancery
