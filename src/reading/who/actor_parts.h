// What the model's judges of words and the rules say together of an entity: whether it is somebody
// of whom a record speaks at all ("the coalition") or a passing word ("aging population"), and of
// which sector it is. Their weights stand in the table of signs of actors (country_signs.tsv), with
// "part: " and "sector: " in front.
//
//   ActorParts parts(tree, words, signs, least);
//   parts.find_sectors(entities);
//   if (!parts.takes_part(entities, e)) …  // no side of an act, nobody's opponent
//
// Where the model has no judges of words everybody takes part and sectors stay as they are.
#pragma once
#include <string>

#include "reading/who/entities.h"

namespace chancery {

class ActorParts {
 public:
  ActorParts(const TreeView& tree, const JudgedWords& words, const SignJudge& signs,
             const Thresholds& least)
      : t_(tree), words_(words), signs_(signs), least_(least) {}

  // Fit to be a side of an act or of a position.
  bool takes_part(const Entities& entities, int entity) const;
  void find_sectors(Entities& entities) const;

  // What is weighed: one candidate, the entity; the sectors by their place among the judge's.
  SignCase part_case(const Entities& entities, int entity) const;
  SignCase sector_case(const Entities& entities, int entity) const;

 private:
  const TreeView& t_;
  const JudgedWords& words_;
  const SignJudge& signs_;
  const Thresholds& least_;
};

}  // namespace chancery
