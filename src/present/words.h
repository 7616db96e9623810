// Plain words for what a record writes in codes, and names as people say them.
//
//   Words words("data", register);
//   words.full(entity)      "Jon Arnarson, prime minister, Iceland"
//   words.sentence(r, e)    "The Norwegian navy arrested the crew"
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/cutting.h"
#include "record/record.h"
#include "register/register.h"

namespace chancery::present {

class Words {
 public:
  // Reads data/present/acts.tsv and words.tsv; keeps `known`, which must outlive it. Throws
  // StartError naming file and line.
  Words(const std::string& data, const Register& known);

  // One line of acts.tsv.
  struct Act {
    std::string done, alone, plan, plan_alone, noun, joint;
  };
  // That of the mode, else that of the type, else the type in small letters.
  Act act(const std::string& type, const std::string& mode) const;
  // What a row of an answer is of: an act as a thing ("meeting"), or an occasion ("court").
  std::string noun(const std::string& type, const std::string& mode) const;
  // A word of one of the record's lists ("status", "planned"); "" for what goes without saying, the
  // word itself where the table has none.
  std::string said(const std::string& list, const std::string& word) const;
  bool verbal(const std::string& type) const { return said_.count({"verbal", type}) > 0; }
  // The part of its limit that a line which is not sure must reach to be told at all.
  double near() const { return near_; }
  // Is it a verb in the past?
  bool past(const std::string& word) const;
  // Is a cue a verb that tells more than "said" does ("urged", "insists")?
  bool telling_cue(const std::string& cue) const;
  // Are the plain words of an act too vague to tell it ("made a demand of")?
  bool vague(const std::string& type, const std::string& mode) const;

  // The state's name by its code, what a body is ("international organization"), "" for no code.
  std::string state(const std::string& code) const;
  // "probably Norway" where only the company that somebody keeps in articles tells his state.
  std::string state(const std::string& code, bool inferred) const;
  std::string state(const Entity& entity) const;
  // "prime minister, Iceland": office of a person and state, each where the name does not say it.
  std::string standing(const Entity& entity) const;
  // Name and standing.
  std::string full(const Entity& entity) const;
  // What somebody is called: the name; a person's in small letters where a transcript has it in
  // capitals.
  static std::string called(const Entity& entity);
  // "Norway and Jon Arnarson"; a state is not named beside its own people; "" for nobody.
  std::string names(const Record& record, const std::vector<int>& who) const;

  // May it stand in such a sentence? A person, a body, a group, or a state.
  static bool acts(const Entity& entity);
  // What an event says in one sentence of plain words, without its date: "Norway criticized
  // Iceland", "Norway is to meet with Iceland".
  std::string sentence(const Record& record, const Event& event) const;
  // The same of names, as a ledger's rows have them ("Norway, Iceland"); `other` may be "".
  std::string sentence(const std::string& type, const std::string& mode, const std::string& status,
                       const std::string& doer, const std::string& other) const;
  // What is set for a day, in the text's own words: "Parliament will vote on the accord"; a few words
  // need to be told of what: "Vote: the accord".
  std::string occasion(const std::string& kind, const std::string& words) const;
  // The act as a thing with the other side: "meeting with Kari Solheim".
  std::string thing(const Record& record, const Event& event) const;
  // How somebody says some words, before them: "urged " where verb and words read as one, else
  // "warned: ", ": ".
  std::string saying(const std::string& cue, const std::string& content) const;

 private:
  std::string sentence(const Act& words, const std::string& status, const std::string& doer,
                       bool many, const std::string& other) const;
  // Are these several: "Norway and Iceland", "both ministers", "the ministers", but not "the Maldives"?
  bool many(const std::string& names) const;
  // Does the name itself say the state ("the Norwegian navy")?
  bool says_state(const std::string& name, const std::string& code) const;
  const Register& known_;
  double near_ = 1;
  std::map<std::pair<std::string, std::string>, Act> acts_;
  std::map<std::pair<std::string, std::string>, std::string> said_;
};

// Names of a ledger's row, apart by commas, as people say them: "Norway and Iceland".
std::string listed(const std::string& names);
using chancery::sentence_case;

}  // namespace chancery::present
