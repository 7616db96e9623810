// Conditions in all their forms: if, unless, provided, as long as, only after, until and before
// under negation, in return for, without, inverted "should the council refuse", "the day a civilian
// takes office", an imperative with "and". "even if" and "whether" are none; counterfactual "had
// they asked" is none. From data/lexicon/conditions.tsv over trees.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "reading/tree_view.h"

namespace chancery {

struct Conditional {
  int clause = -1;  // head of the condition: a verb or predicate, or the noun of a phrase
  TreeView::Range range{0, 0};  // tokens with the words that open it
  int main = -1;                // predicate that hangs on it, -1 when the tree does not tell
  std::string mark;             // "if", "unless", "should" …
  bool phrase = false;          // "without …", "in return for …": no clause of somebody
  bool negative = false;  // "unless", or its verb is negated: what is to be feared, not hoped for
  bool contrary = false;  // "if I were a fisherman": to what is so; nothing hangs on it
};

// One line of data/lexicon/conditions.tsv: words that open a condition.
struct ConditionOpening {
  std::vector<std::string> words;
  bool phrase = false;  // before a noun
  std::string when;  // any, negated, future, only: what must hold of the predicate that hangs on it
};

class ConditionGrammar {
 public:
  // data/lexicon/conditions.tsv; throws StartError.
  explicit ConditionGrammar(const std::string& path);

  // All conditions of a document in order.
  std::vector<Conditional> find(const TreeView& tree) const;

 private:
  // By the first word, longest first.
  std::unordered_map<std::string, std::vector<ConditionOpening>> openings_;
};

}  // namespace chancery
