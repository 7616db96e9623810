#include "article/furniture.h"

#include <algorithm>
#include <string>

#include "article/page_words.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

bool is_furniture_line(std::string_view text) {
  if (text.size() > 160) return false;
  std::string low = lower(trim(text));
  // Short words are furniture only when they are the whole line or a row of such words.
  const bool sentence = low.size() > 40 && low.ends_with('.');
  const auto begins = [&](std::string_view start) {
    return low.starts_with(start) && (start.size() > 8 || low.size() <= start.size() + 24);
  };
  if (sentence) return false;
  const WordSet& starts = page_words(PageWords::furniture_starts);
  return begins("© ") || begins("(c) ") || std::any_of(starts.begin(), starts.end(), begins);
}

namespace {

bool holds_any(std::string_view text, PageWords set) {
  const WordSet& words = page_words(set);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

}  // namespace

bool is_cookie_notice(std::string_view paragraph) {
  if (paragraph.size() > 2000) return false;
  std::string low = lower(paragraph);
  return low.find("cookie") != std::string::npos && holds_any(low, PageWords::site_words);
}

bool is_about_sites(std::string_view headline) {
  return holds_any(lower(headline), PageWords::privacy_words);
}

bool is_archive_caption(std::string_view paragraph) {
  for (std::string_view lead : {"FILE - ", "FILE – ", "FILE — ", "FILE PHOTO"})
    if (paragraph.starts_with(lead)) return true;
  return false;
}

}  // namespace chancery
