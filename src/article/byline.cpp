#include "article/byline.h"

#include <algorithm>

#include "article/page_words.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// A word of a body's, a page's or a calendar's rather than of a name.
bool is_job(const std::string& low) {
  if (page_words(PageWords::no_names).has(low)) return true;
  for (std::string_view word : split_words(low))
    if (page_words(PageWords::no_name_words).has(word)) return true;
  for (const std::string& job : page_words(PageWords::no_name_parts))
    if (low.find(job) != std::string::npos) return true;
  return false;
}

// A name: one to five words, mostly capitalised, no digits.
bool is_name(const std::string& part, bool declared) {
  auto words = split_words(part);
  if (!declared && words.size() == 1) return false;
  if (words.empty() || words.size() > 5 || part.size() < 3 || part.size() > 60) return false;
  int capital = 0;
  for (std::string_view w : words) {
    size_t at = 0;
    capital += is_upper(decode_utf8(w, at));
  }
  if (std::any_of(part.begin(), part.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == ':' || c == '/' || c == '?';
      }))
    return false;
  return (capital * 2 > static_cast<int>(words.size()) || (declared && words.size() <= 3)) &&
         !is_job(lower(part));
}

// "Ida Marr Herald Staff", "Ida Marr Staff Writer": what stands behind the name goes.
std::string without_desk(const std::string& name) {
  std::vector<std::string_view> words = split_words(name);
  size_t keep = words.size();
  while (keep > 2 && page_words(PageWords::jobs).has(lower(words[keep - 1]))) --keep;
  if (keep == words.size()) return name;
  while (keep > 2 && page_words(PageWords::paper_words).has(lower(words[keep - 1]))) --keep;
  std::string out;
  for (size_t i = 0; i < keep; ++i) out += (i ? " " : "") + std::string(words[i]);
  return out;
}

}  // namespace

std::vector<std::string> byline_names(std::string_view given, bool declared) {
  std::string text;
  for (std::string_view word : split_words(given)) {
    // Addresses and dates stand between names, never in them.
    if (word.find('@') != std::string_view::npos ||
        word.find_first_of("0123456789") != std::string_view::npos) {
      text += " | ";
      continue;
    }
    if (!text.empty()) text += ' ';
    text += word;
  }
  std::string low = lower(text);
  for (const std::string& lead : page_words(PageWords::byline_leads))
    if (low.starts_with(lead + ' ')) {
      text.erase(0, lead.size() + 1);
      break;
    }
  for (std::string_view mark :
       {" and ", " And ", " AND ", " & ",  " with ", " und ", " et ", ";", "|",
        " in ",  " – ",   " — ",   " - ",  "/",      "•",     "·",    "(", ")",
        " for ", " on ",  " am ",  " um ", " le ",   " at ",  "\n"})
    text = replace_all(text, mark, ",");
  std::vector<std::string> out;
  for (std::string_view part : split(text, ',')) {
    std::string name = squeeze(part);
    std::string l = lower(name);
    if (l.starts_with("by ")) name.erase(0, 3);
    name = without_desk(name);
    if (is_name(name, declared) && std::find(out.begin(), out.end(), name) == out.end())
      out.push_back(name);
  }
  return out;
}

}  // namespace chancery
