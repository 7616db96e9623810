// The verb by which people are told what somebody did or said, from the text's own.
#pragma once
#include <string>

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

}  // namespace chancery::present
