// What a date is the date of, where a calendar would have it: votes, elections, debates, deadlines,
// what enters into force, court dates, anniversaries, sittings, what begins and what ends. Words from
// data/lexicon/scheduled.tsv over trees: a noun with a date of its own or with a verb that says when it
// is ("is due on Friday"), or a verb whose date it is. What is only possible or conditional is not set.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"
#include "record/record.h"

namespace chancery {

class ScheduleGrammar {
 public:
  // data/lexicon/scheduled.tsv; throws StartError.
  explicit ScheduleGrammar(const std::string& path);

  // Gives the times, those of `times` in their order, the occasions they are the dates of.
  void find(const TreeView& tree, const Times& times, const std::vector<FoundStatement>& statements,
            const Entities& entities, std::vector<TimeExpression>& out) const;

  struct Word {
    std::string occasion;
    std::vector<std::string> with, subject;
    bool thing = false;  // any subject that is no actor
  };
  const std::vector<Word>& words(std::string_view lemma, char part) const;
  struct Example {
    std::string occasion, text, says, place;
  };
  const std::vector<Example>& examples() const { return examples_; }

 private:
  std::unordered_map<std::string, std::vector<Word>> words_;  // by part and lemma
  std::vector<Example> examples_;
};

}  // namespace chancery
