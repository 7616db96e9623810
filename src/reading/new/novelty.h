// Claims that something is the first, the fourth this year, the last, the worst in a decade, a
// record, or new since a time. Words from data/lexicon/novelty.tsv over trees: a word proposes, and
// learnt signs decide by what it stands with (a frame, a since clause, whose first it is, what it is
// the first to do; novelty_signs.h). What only ranks ("the first round", "the largest bank of Norvania") is none.
#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "reading/new/novelty_signs.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"
#include "record/record.h"

namespace chancery {

// Decides (data/lexicon/novelty_signs.tsv); training is told of each proposal.
struct NoveltyJudge {
  const SignJudge& signs;
  std::function<void(const TreeView&, const NoveltyProposal&, const SignCase&)> watch = nullptr;
};

class NoveltyGrammar {
 public:
  // data/lexicon/novelty.tsv; throws StartError.
  explicit NoveltyGrammar(const std::string& path);

  std::vector<Novelty> find(const TreeView& tree, const Times& times, Entities& entities,
                            const NoveltyJudge& judge) const;

  enum class Kind { first, ordinal, most, record };
  struct Word {
    Kind kind;
    std::string claim;
  };
  // The word of a claim, ordinals in digits among them; kind and claim, nullptr if it is none.
  const Word* word(const std::string& lower) const;
  bool ranks(std::string_view lemma) const { return ranks_.count(std::string(lemma)) > 0; }
  // Tokens of the frame that begins at a token, 0 when none does.
  int frame_at(const TreeView& tree, int token, int end) const;

 private:
  std::unordered_map<std::string, Word> words_;
  std::unordered_set<std::string> ranks_;
  std::unordered_map<std::string, std::vector<std::vector<std::string>>> frames_;  // by first word
};

}  // namespace chancery
