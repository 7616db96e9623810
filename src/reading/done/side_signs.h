// What speaks for and against somebody as a side of an act: how much the network's judges hear of the
// words that name him, what the rules say, where the words stand to the trigger, who he is. Weighed by
// data/lexicon/side_signs.tsv (sign_judge.h), each side and each actor by itself.
#pragma once
#include <string>
#include <vector>

#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Somebody whom the sentence of a trigger names, and how much his words stand for either side.
struct Party {
  int entity = -1;
  float source = 0, target = 0;            // the most that any of his words has, 0 to 1
  int source_word = -1, target_word = -1;  // the tokens that have it
};

// Points into its arguments.
class SideSigns {
 public:
  SideSigns(const TreeView& tree, const std::vector<FoundStatement>& statements,
            const Entities& entities)
      : t_(tree), statements_(statements), e_(entities) {}

  // Whether parties[which] is a source (else a target) of the act at `trigger`, of type `type`. `own`
  // and `other`: whom the rules name for this side and the other. One candidate, with the entity's
  // id.
  SignCase of(int trigger, const std::string& type, const std::vector<Party>& parties, size_t which,
              bool source, const std::vector<int>& own, const std::vector<int>& other) const;

 private:
  std::string path(int trigger, int word) const;
  void of_type(int trigger, const std::string& type, const Party& p, int word, bool tells,
               const std::string& side, std::vector<std::string>& signs) const;
  void among(int trigger, const std::vector<Party>& parties, const Party& p, bool source,
             const std::string& side, std::vector<std::string>& signs) const;

  const TreeView& t_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
};

}  // namespace chancery
