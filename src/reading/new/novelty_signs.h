// Whether words claim that something is new, by signs (SignJudge weighs them): the word, its noun,
// what frames it, where the phrase stands. Three answers: the whole phrase is the claim ("the first test to
// fail"), the phrase up to its noun with the frame behind it ("its first test since 2017"), or the clause ("for
// the first time, they met").
#pragma once
#include <string>

#include "reading/sign_judge.h"
#include "reading/tree_view.h"

namespace chancery {

// One word that may claim, with what it stands with.
struct NoveltyProposal {
  int word = -1;                // token
  int noun = -1;                // what is new; the word itself where no noun stands
  std::string kind;             // of the word, as data/lexicon/novelty.tsv has it
  TreeView::Range range{0, 0};  // the noun phrase
  int since = -1;               // token
  int years = -1;               // "in" or "for" before a length of time
  bool frame = false, such = false, to_act = false, owned = false, reach = false, time = false;
  std::string reason;  // the rule's, empty where it sees no claim
  // The words of the claim: one of these.
  TreeView::Range phrase{0, 0}, clause{0, 0}, brief{0, 0};

  // The words by the id of an answer.
  TreeView::Range words(int answer) const {
    return answer == 1 ? clause : answer == 2 ? brief : phrase;
  }
};

// Candidate 0 is the phrase, 1 the clause, 2 the phrase up to its noun; each only where its words are
// others than those before.
SignCase novelty_case(const TreeView& tree, const NoveltyProposal& proposal);

}  // namespace chancery
