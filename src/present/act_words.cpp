#include "present/act_words.h"

#include <algorithm>
#include <cctype>

#include "base/strings.h"
#include "base/utf8.h"
#include "present/shares.h"
#include "present/verbs.h"

namespace chancery::present {

Spans act_words(const Record& r, const Event& e, const Words& words) {
  Span s = e.span;
  if (e.trigger.begin >= e.trigger.end || e.trigger.begin < s.begin || e.trigger.end > s.end)
    return {s};
  bool doer_before = false;
  for (int who : e.source)
    for (Span m : r.entities[static_cast<size_t>(who)].mentions)
      doer_before |= m.begin >= s.begin && m.end <= e.trigger.begin;
  if (!doer_before) return {s};
  s.begin = e.trigger.begin;
  for (const Event& next : r.events)
    if (next.trigger.begin > e.trigger.end && next.trigger.begin < s.end && next.source == e.source)
      if (const uint32_t length = up_to_joint(
              words,
              std::string_view(r.article.text).substr(s.begin, next.trigger.begin - s.begin)))
        s.end = s.begin + length;
  // Too little, unless it names the other side: then the whole.
  bool names_other = false;
  for (int who : e.target)
    for (Span m : r.entities[static_cast<size_t>(who)].mentions)
      names_other |= m.begin >= s.begin && m.end <= s.end;
  if (!names_other && scant(s.of(r.article.text))) return {e.span};
  return {s};
}

std::string cut_verb(const Words& words, std::string& text) {
  std::string_view rest = text;
  std::string word;
  const auto next = [&] {
    const size_t blank = std::min(rest.find(' '), rest.size());
    word = lower(rest.substr(0, blank));
    return std::string(trim(rest.substr(blank)));
  };
  std::string behind = next();
  while (!behind.empty() && words.said("lead", word) != word) {
    rest = std::string_view(text).substr(text.size() - behind.size());
    behind = next();
  }
  // "United" is no verb.
  const bool small = rest[0] >= 'a' && rest[0] <= 'z';
  const bool verb = words.past(word) || words.said("modal", word) != word;
  if (behind.empty() || !small || !verb) return "";
  text = behind;
  return word;
}

bool plain(const Record& r, const Event& e) {
  const auto entity = [&](int who) -> const Entity& {
    return r.entities[static_cast<size_t>(who)];
  };
  for (const std::vector<int>& side : {e.source, e.target})
    for (int who : side)
      if (!Words::acts(entity(who))) return false;
  // A state beside its own people says nothing.
  for (int a : e.source)
    for (int b : e.target) {
      const std::string& country = entity(a).actor.country;
      if (!country.empty() && country == entity(b).actor.country &&
          (entity(a).kind == "place" || entity(b).kind == "place"))
        return false;
    }
  return true;
}

bool said_by_holder(const Record& r, const Position& p) {
  return std::any_of(r.statements.begin(), r.statements.end(), [&](const Statement& s) {
    return s.speaker == p.holder && share(p.content, s.content) >= kMost;
  });
}

bool is_cue(const Record& r, const Event& e, const std::string& statement, const Words& words) {
  if (!words.verbal(e.type)) return false;
  for (const Statement& s : r.statements)
    if (s.id == statement)
      for (Span cue : s.cue)
        if (e.trigger.begin < cue.end && cue.begin < e.trigger.end) return true;
  return false;
}

std::string with_condition(const Position& p, const std::string& words,
                           const std::string& condition) {
  constexpr uint32_t kGap = 2;  // ", "
  if (condition.empty() || share(p.condition, p.content) >= kMost) return words;
  const uint32_t end = p.content.back().end, begin = p.condition.front().begin;
  const bool behind = begin >= end && begin <= end + kGap;
  return words + (behind ? " " + condition : " (" + condition + ")");
}

int told_by(const Record& r, const Position& p) {
  const Statement* inner = nullptr;
  for (const Statement& s : r.statements)
    if (share(p.content, s.content) >= kMost &&
        (!inner || length(s.content) < length(inner->content)))
      inner = &s;
  return inner && inner->speaker != p.holder ? inner->speaker : -1;
}

bool names_day(const std::string& text, const std::string& day) {
  const std::vector<std::string_view> parts = split_words(day);
  const auto number = std::find_if(parts.begin(), parts.end(), [](std::string_view part) {
    return std::isdigit(static_cast<unsigned char>(part[0])) && part.size() <= 2;
  });
  if (number == parts.end() || number + 1 == parts.end()) return false;
  const std::string_view month = number[1].substr(0, 3);
  const std::vector<std::string_view> words = split_words(text);
  const auto is = [&](std::string_view word, std::string_view what) {
    while (!word.empty() && !std::isalnum(static_cast<unsigned char>(word.back())))
      word.remove_suffix(1);
    return what == *number ? word == what : word.starts_with(what);
  };
  for (size_t i = 0; i + 1 < words.size(); ++i)
    if ((is(words[i], month) && is(words[i + 1], *number)) ||
        (is(words[i], *number) && is(words[i + 1], month)))
      return true;
  return false;
}

}  // namespace chancery::present
