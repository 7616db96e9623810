#include "article/furniture.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

bool is_furniture_line(std::string_view text) {
  if (text.size() > 160) return false;
  std::string low = lower(trim(text));
  static constexpr std::string_view starts[] = {"read more",
                                                "read also",
                                                "also read",
                                                "see also",
                                                "related:",
                                                "related stories",
                                                "related articles",
                                                "more:",
                                                "advertisement",
                                                "share this",
                                                "follow us",
                                                "sign up",
                                                "subscribe",
                                                "click here",
                                                "copyright",
                                                "all rights reserved",
                                                "photo:",
                                                "image:",
                                                "image source",
                                                "image caption",
                                                "getty images",
                                                "file photo",
                                                "(photo",
                                                "watch:",
                                                "listen:",
                                                "download",
                                                "print this",
                                                "email this",
                                                "share on",
                                                "tweet",
                                                "posted by",
                                                "posted on",
                                                "published:",
                                                "updated:",
                                                "last updated",
                                                "most read",
                                                "most popular",
                                                "recommended",
                                                "© ",
                                                "(c) ",
                                                "by signing up",
                                                "go to contents",
                                                "skip to",
                                                "loading",
                                                "story continues",
                                                "continue reading",
                                                "support our",
                                                "tags:",
                                                "filed under",
                                                "leave a comment",
                                                "comments",
                                                "reporting by",
                                                "editing by",
                                                "back to top",
                                                "home >",
                                                "menu",
                                                "log in",
                                                "search",
                                                "next article",
                                                "previous article",
                                                "open in app",
                                                "listen to article",
                                                "font size",
                                                "print",
                                                "share",
                                                "save",
                                                "facebook",
                                                "whatsapp",
                                                "copy link",
                                                "trending"};
  for (std::string_view s : starts)
    if (low.starts_with(s)) {
      // Short words are furniture only when they are the whole line or a row of such words.
      bool whole = s.size() > 8 || low.size() <= s.size() + 24;
      bool sentence = low.size() > 40 && low.ends_with('.');
      if (whole && !sentence) return true;
    }
  return false;
}

namespace {

bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

}  // namespace

bool is_cookie_notice(std::string_view paragraph) {
  if (paragraph.size() > 2000) return false;
  std::string low = lower(paragraph);
  return holds_any(low, {"cookie"}) &&
         holds_any(low,
                   {"website", "web site", "browser", "webseite", "site web", "sitio web",
                    "sito web", "this site", "our site", "our partners", "advertising partners"});
}

bool is_about_sites(std::string_view headline) {
  return holds_any(lower(headline), {"cookie", "privacy", "datenschutz", "confidentialité",
                                     "privacidad", "terms of use", "browser", "tracking"});
}

bool is_archive_caption(std::string_view paragraph) {
  for (std::string_view lead : {"FILE - ", "FILE – ", "FILE — ", "FILE PHOTO"})
    if (paragraph.starts_with(lead)) return true;
  return false;
}

}  // namespace chancery
