// Whose position it is: everybody whom the grammar offers - who says it, the subjects and agents of the
// words and of what governs them, their owners - with what speaks for each. Weighed by
// data/lexicon/holder_signs.tsv (sign_judge.h): "Norvania has pledged grain, said Lund" is
// Norvania's offer, "Norvania must pay, said Lund" Lund's demand.
#pragma once
#include <string>
#include <vector>

#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/stands/ground.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"
#include "record/record.h"

namespace chancery {

// Points into its arguments.
class HolderSigns {
 public:
  HolderSigns(const TreeView& tree, const Ground& ground,
              const std::vector<FoundStatement>& statements, const Entities& entities)
      : t_(tree), g_(ground), statements_(statements), e_(entities) {}

  // `head`: the word of the content that the judges hear most; `stance`: the likeliest kind. The ids
  // of the candidates are entities; the position's own holder is one of them.
  SignCase of(const Position& position, int head, const std::string& stance, bool by_rule) const;

 private:
  struct Offer {
    int entity = -1;
    std::vector<std::string> ways;  // by which the grammar offers them
  };
  void offer(std::vector<Offer>& offers, int entity, const std::string& way) const;
  void sayers(std::vector<Offer>& offers, const Position& position, int head) const;
  void doers(std::vector<Offer>& offers, int head) const;
  std::vector<std::string> circumstances(const Position& position, int head,
                                         const std::string& stance) const;

  const TreeView& t_;
  const Ground& g_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
};

}  // namespace chancery
