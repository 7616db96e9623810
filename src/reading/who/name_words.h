// Small helpers that finding mentions and resolving them share. Internal to
// reading/who/mentions.cpp and reading/who/entities.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/initials.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "language/document.h"

namespace chancery::names {

inline bool proper(std::string_view tag) { return tag == "NNP" || tag == "NNPS"; }

inline std::string strip_possessive(std::string text) {
  for (const char* end : {"'s", "’s", "'", "’"})
    if (text.ends_with(end)) return text.substr(0, text.size() - std::string_view(end).size());
  return text;
}

inline std::vector<std::string> name_words(const std::string& name) {
  // A space that does not break is one, too.
  std::string plain = lower(replace_all(replace_all(name, "-", " "), "\u00a0", " "));
  std::vector<std::string> out;
  for (std::string_view w : split_words(plain)) out.emplace_back(w);
  return out;
}

inline std::string kind_of(NameKind kind) {
  switch (kind) {
    case NameKind::person: return "person";
    case NameKind::place: return "place";
    case NameKind::organization: return "organization";
    case NameKind::event: return "event";
    default: return "other";
  }
}

}  // namespace chancery::names
