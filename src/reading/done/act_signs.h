// What speaks for and against a word as the trigger of an act of some type: what the network's judges
// say of it, what the rules, the lexicon and the reader of pairs say, its place in the tree, who its
// sides are. The signs are weighed by data/lexicon/act_signs.tsv (sign_judge.h); the verdict is the event's type and
// confidence.
#pragma once
#include <string>
#include <vector>

#include "reading/done/events.h"
#include "reading/done/relation_model.h"
#include "reading/lexicon.h"
#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/who/entities.h"
#include "reading/word_judges.h"

namespace chancery {

// How much the words of the sentence stand for the sides that were chosen, 0 to 1.
struct SideSureness {
  float source = 0, target = 0;
};

class ActSigns {
 public:
  // `pairs`: the reader of what stands between two names, null to do without. Points into its
  // arguments.
  ActSigns(const TreeView& tree, const JudgedWords& words, const Lexicon& lexicon,
           const RelationModel* pairs, const std::vector<FoundStatement>& statements,
           const Entities& entities)
      : t_(tree),
        words_(words),
        lexicon_(lexicon),
        pairs_(pairs),
        statements_(statements),
        e_(entities) {}

  // `found`: trigger, sides and status are set; its type is the rule's where `by_rule`. The ids of
  // the candidates are places among the classes of WordJudges::act: the likeliest types and the
  // rule's.
  SignCase of(const FoundEvent& found, SideSureness sure) const;

 private:
  void trigger(const FoundEvent& found, std::vector<std::string>& signs) const;
  void sides(const FoundEvent& found, SideSureness sure, std::vector<std::string>& signs) const;
  void teller(const FoundEvent& found, std::vector<std::string>& signs) const;
  std::string actor(const std::vector<int>& side) const;
  // What the reader of pairs makes of the two sides in the trigger's sentence, empty where it is not
  // asked.
  std::vector<float> between_sides(const FoundEvent& found) const;
  const Mention* nearest(int entity, int token) const;

  const TreeView& t_;
  const JudgedWords& words_;
  const Lexicon& lexicon_;
  const RelationModel* pairs_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
};

// The likeliest classes but the first ("none"), at most `count`, likeliest first.
std::vector<int> likeliest_classes(const std::vector<float>& probabilities, size_t count);

// Adds "NAME over 10", "NAME over 20" … for every step of a hundred that the value reaches: so weights need not
// follow any curve.
void add_steps(std::vector<std::string>& signs, const std::string& name, float value);

}  // namespace chancery
