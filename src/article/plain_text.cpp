#include "article/plain_text.h"

#include <algorithm>
#include <map>

#include "article/byline.h"
#include "article/furniture.h"
#include "article/header_date.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

bool ends_sentence(std::string_view line) {
  return ends_with_any(line, {".", "!", "?", ".\"", ".”", ".'", ".’", "!”", "?”", "!\"", "?\"",
                              ",\"", ",”", "\"", "”", ":", ";", ".)", "…"});
}

// "Nairobi, 14 February 2031": a date and hardly more.
bool is_date_line(const std::string& line) {
  constexpr size_t kMost = 5;  // words
  return split_words(line).size() <= kMost && !ends_sentence(line) && header_date(line);
}

// Paragraphs: by blank lines; single lines are paragraphs when there are no blank lines and the
// text is not hard-wrapped.
std::vector<std::string> paragraphs(std::string_view text) {
  std::vector<std::vector<std::string>> groups(1);
  int blank_lines = 0;
  for (std::string_view raw : split(text, '\n')) {
    std::string line = squeeze(raw);
    if (line.empty()) {
      if (!groups.back().empty()) {
        groups.emplace_back();
        ++blank_lines;
      }
    } else {
      groups.back().push_back(line);
    }
  }
  if (groups.back().empty()) groups.pop_back();
  std::vector<std::string> out;
  for (const auto& group : groups) {
    // Wrapped lines are of like length and mostly do not end like sentences.
    size_t longest = 0, unfinished = 0;
    for (const std::string& line : group) longest = std::max(longest, line.size());
    for (size_t i = 0; i + 1 < group.size(); ++i)
      unfinished += !ends_sentence(group[i]) && group[i].size() * 3 > longest * 2;
    // A line that is a date stands in a head: headline, paper, day.
    const bool head = std::any_of(group.begin(), group.end(), is_date_line);
    bool wrapped = group.size() > 1 && !head && longest < 100 &&
                   unfinished * 2 >= group.size() - 1 && longest > 40;
    if (wrapped) {
      std::string joined;
      for (const std::string& line : group) joined += (joined.empty() ? "" : " ") + line;
      out.push_back(std::move(joined));
    } else {
      out.insert(out.end(), group.begin(), group.end());
    }
  }
  return out;
}

bool prose(const std::string& line) {
  return (line.size() >= 60 && ends_sentence(line)) || line.size() >= 200;
}

}  // namespace

Article read_plain_text(std::string_view text) {
  std::vector<std::string> lines = paragraphs(text);
  Article article;
  std::map<std::string, int> times;
  for (const std::string& line : lines) ++times[line];
  size_t first = 0;
  while (first < lines.size() && !prose(lines[first])) ++first;
  if (first == lines.size()) first = 0;  // notes, telegrams: all of it is body
  // Above the body: headline, dates, byline.
  std::vector<std::string> headlines;
  for (size_t i = 0; i < first; ++i) {
    const std::string& line = lines[i];
    std::string low = lower(line);
    auto date = header_date(line);
    bool labelled = low.starts_with("posted") || low.starts_with("published") ||
                    low.starts_with("updated") || low.starts_with("last updated") ||
                    low.starts_with("modified") || low.starts_with("input") ||
                    low.starts_with("date");
    if (date && (labelled || line.size() < 70)) {
      bool update = low.starts_with("updated") || low.starts_with("last updated") ||
                    low.starts_with("modified");
      std::string& field = update ? article.updated : article.published;
      if (field.empty()) field = *date;
      // "Published May 3, 2024 09:00, Updated May 3, 2024 10:30" on one line.
      size_t also = low.find("updated", 7);
      if (!update && also != std::string::npos)
        if (auto second = header_date(std::string_view(line).substr(also)))
          article.updated = *second;
      continue;
    }
    if (low.starts_with("by ") || line.find('@') != std::string::npos) {
      for (std::string& name : byline_names(line)) article.byline.push_back(std::move(name));
      continue;
    }
    if (is_furniture_line(line) && times[line] == 1) continue;
    headlines.push_back(line);
  }
  // The headline is the line that is repeated; else the longest of the first lines.
  const std::string* title = nullptr;
  for (const std::string& h : headlines)
    if (!title || times[h] > times[*title] ||
        (times[h] == times[*title] && h.size() > title->size()))
      title = &h;
  if (title) article.title = *title;
  size_t last = lines.size();
  // Below it: byline with address, captions, links.
  while (last > first + 1) {
    const std::string& line = lines[last - 1];
    bool mail = line.find('@') != std::string::npos && line.size() < 120;
    if (mail || lower(line).starts_with("by ")) {
      std::vector<std::string> names = byline_names(line);
      article.byline.insert(article.byline.end(), names.begin(), names.end());
    } else if (!is_furniture_line(line) && line != article.title &&
               (ends_sentence(line) || line.size() > 90)) {
      break;
    }
    --last;
  }
  std::sort(
      article.byline.begin(), article.byline.end(),
      [&](const std::string& a, const std::string& b) { return text.find(a) < text.find(b); });
  article.byline.erase(std::unique(article.byline.begin(), article.byline.end()),
                       article.byline.end());
  for (size_t i = first; i < last; ++i) {
    const std::string& line = lines[i];
    if (line == article.title || is_furniture_line(line)) continue;
    if (!article.text.empty()) article.text += "\n\n";
    article.text += line;
  }
  if (article.text.empty()) throw Error("no text");
  return article;
}

}  // namespace chancery
