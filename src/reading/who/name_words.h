// Word lists and small helpers that finding mentions and resolving them share. Internal to
// reading/who/mentions.cpp and reading/who/entities.cpp.
#pragma once
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/strings.h"
#include "base/utf8.h"
#include "language/document.h"

namespace chancery::names {

using Words = std::unordered_set<std::string_view>;

inline const Words kTitles = {
    "mr",        "mr.",       "mrs",     "mrs.",      "ms",        "ms.",        "dr",
    "dr.",       "sir",       "lord",    "lady",      "president", "king",       "queen",
    "prince",    "princess",  "sheikh",  "sheik",     "pope",      "gen.",       "gen",
    "general",   "sen.",      "rep.",    "gov.",      "lt.",       "col.",       "colonel",
    "sgt.",      "capt.",     "captain", "adm.",      "admiral",   "maj.",       "major",
    "prof.",     "professor", "rev.",    "minister",  "premier",   "chancellor", "ambassador",
    "secretary", "senator",   "judge",   "ayatollah", "imam",      "bishop",     "archbishop",
    "cardinal",  "sultan",    "emir"};
inline const Words kMale = {
    "mr",        "mr.",         "sir",         "lord",       "king",     "prince", "spokesman",
    "chairman",  "businessman", "congressman", "policeman",  "man",      "pope",   "sheikh",
    "sheik",     "emperor",     "bishop",      "archbishop", "cardinal", "priest", "imam",
    "ayatollah", "father",      "son",         "brother",    "husband"};
inline const Words kFemale = {
    "mrs",      "mrs.",        "ms",         "ms.",           "lady",          "queen",
    "princess", "spokeswoman", "chairwoman", "businesswoman", "congresswoman", "woman",
    "mother",   "daughter",    "sister",     "wife"};
// Nouns for acts of a state: "the Norvanian proposal", "US sanctions" speak of the state.
inline const Words kActNouns = {
    "sanction",   "proposal",   "attack",       "strike",       "airstrike", "offer",
    "demand",     "request",    "decision",     "plan",         "invasion",  "withdrawal",
    "threat",     "warning",    "response",     "intervention", "pressure",  "aid",
    "support",    "invitation", "condemnation", "criticism",    "bombing",   "raid",
    "initiative", "refusal",    "policy",       "embargo",      "blockade",  "occupation",
    "accusation", "claim",      "visit",        "statement",    "position",  "relation",
    "talk",       "aggression", "involvement",  "effort",       "action",    "move",
    "ban",        "tariff",     "test",         "launch",       "drive",     "membership",
    "missile",    "program",    "programme"};
inline const Words kGroupNouns = {"two", "both", "three", "four", "five"};

// Days and months are capitalised and no names.
inline bool is_calendar_word(std::string_view word) {
  static const Words words = {
      "monday",  "tuesday",   "wednesday", "thursday", "friday",   "saturday", "sunday",
      "january", "february",  "march",     "april",    "may",      "june",     "july",
      "august",  "september", "october",   "november", "december", "sept.",    "oct.",
      "nov.",    "dec.",      "jan.",      "feb.",     "aug.",     "mar.",     "apr."};
  return words.count(word) > 0;
}

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

inline std::string acronym_of(const std::string& name) {
  std::string out, plain = replace_all(name, "-", " ");
  for (std::string_view w : split_words(plain))
    if (w[0] >= 'A' && w[0] <= 'Z') out += w[0];
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
