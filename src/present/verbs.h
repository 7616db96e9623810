// The verb by which people are told what somebody did or said, from the text's own, and the words that go
// with it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "base/utf8.h"
#include "present/words.h"

namespace chancery::present {

// A verb as it stands behind who did it: "called" for "calling"; "" for what is none.
inline std::string behind_doer(const Words& words, const std::string& verb) {
  if (words.past(verb)) return verb;
  if (std::string past = words.said("past_of", verb); past != verb) return past;
  return words.telling_cue(verb) ? verb : "";
}

// Is what a cue tells conceded, so that a stance against it is none of the speaker's? "Admitted the
// plan had failed" objects to nothing.
inline bool conceded(const Words& words, const std::string& cue, const std::string& stance) {
  const std::string word = lower(cue);
  return (stance == "opposes" || stance == "rejects") && words.said("conceding", word) != word;
}

// The words without the "and" or comma at their end that joins them to what follows.
inline std::string_view without_joint(const Words& words, std::string_view text) {
  const size_t last = text.find_last_of(" \n") + 1;  // 0 where there is one word only
  const std::string word(text.substr(last));
  if (words.said("joint", word) != word) text = trim(text.substr(0, last));
  return text.ends_with(',') ? trim(text.substr(0, text.size() - 1)) : text;
}

// Bytes of a text before the "and" or comma that joins its end to what follows; 0 where none does.
inline uint32_t up_to_joint(const Words& words, std::string_view text) {
  const std::string_view all = trim(text), before = without_joint(words, all);
  return before.size() == all.size() ? 0 : static_cast<uint32_t>(before.size());
}

}  // namespace chancery::present
