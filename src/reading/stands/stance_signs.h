// What speaks for and against words as somebody's position of some kind: what the network's judges
// hear, which rule names it and which kind, who says or tells it under which cue, how its clause
// stands. Weighed by data/lexicon/stance_signs.tsv (sign_judge.h); the verdict is the position's kind
// and confidence.
#pragma once
#include <string>
#include <vector>

#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"
#include "reading/word_judges.h"
#include "record/record.h"

namespace chancery {

// Points into its arguments.
class StanceSigns {
 public:
  StanceSigns(const TreeView& tree, const JudgedWords& words,
              const std::vector<FoundStatement>& statements, const Entities& entities)
      : t_(tree), words_(words), statements_(statements), e_(entities) {}

  // `head`: the word of the content that the judges hear most. The position's stance is the rule's
  // where `by_rule`. The ids of the candidates are places among the classes of WordJudges::stance.
  SignCase of(const Position& position, int head, bool by_rule) const;

 private:
  void act(int head, std::vector<std::string>& signs) const;
  void clause(int head, const Position& position, std::vector<std::string>& signs) const;
  void teller(int head, const Position& position, std::vector<std::string>& signs) const;

  const TreeView& t_;
  const JudgedWords& words_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
};

}  // namespace chancery
