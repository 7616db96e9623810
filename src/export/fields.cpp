#include "export/fields.h"

#include <algorithm>

#include "base/strings.h"
#include "ledger/filed.h"

namespace chancery {

std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return out;
}

std::string tab_separated(const std::vector<std::string>& cells) {
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i)
    out += (i ? "\t" : "") + replace_all(one_line(cells[i]), "\"", "'");
  return out + "\n";
}

std::string quoted_tab_separated(const std::vector<std::string>& cells) {
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    std::string cell = one_line(cells[i]);
    if (cell.find('"') != std::string::npos) cell = "\"" + replace_all(cell, "\"", "\"\"") + "\"";
    out += (i ? "\t" : "") + cell;
  }
  return out + "\n";
}

std::string compact_day(const std::string& published) {
  return replace_all(day_of_publication(published), "-", "");
}

std::string compact_time(const std::string& published) {
  const std::string day = compact_day(published);
  if (day.empty()) return "";
  bool clock = When(published.substr(0, 16)).precision() == Precision::time;
  return day + (clock ? published.substr(11, 2) + published.substr(14, 2) + "00" : "000000");
}

std::string day_of(const Record& r, const Event& e) {
  std::string report = day_of_publication(r.article.published);
  if (!e.when.dated()) return report;
  // Of a week or a month the day that lies nearest to the report.
  return report.empty() ? e.when.from_day()
                        : std::clamp(report, e.when.from_day(), e.when.to_day());
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
