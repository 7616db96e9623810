// How a brief says an act: in plain words where they tell it, else by the text's own.
#pragma once
#include "base/utf8.h"
#include "ledger/brief.h"
#include "present/words.h"

namespace chancery {

// Is an act told better by the text's own words: its plain ones are vague, or whom it was done to is
// only called somebody's ("its ambassador")?
inline bool in_own_words(const present::Words& words, const std::string& type,
                         const std::string& mode, const std::string& whom) {
  const std::string first = lower(whom.substr(0, whom.find(' ')));
  return words.vague(type, mode) || (!first.empty() && words.said("pronoun", first) != first);
}

// Both must outlive what is returned.
inline BriefWords brief_words(const present::Words& words, const SureLimits& limits) {
  const auto said = [&words](const BriefAct& act) -> std::string {
    const std::string type(act.type), mode(act.mode), status(act.status);
    if (in_own_words(words, type, mode, std::string(act.whom)) && status != "planned") return "";
    std::string out =
        words.sentence(type, mode, status, std::string(act.who), std::string(act.whom));
    if (status == "conditional") out += " (" + words.said("status", status) + ")";
    return out;
  };
  const auto saying = [&words](const std::string& cue, const std::string& content) {
    return words.saying(cue, content);
  };
  return {said, saying, &limits};
}

}  // namespace chancery
