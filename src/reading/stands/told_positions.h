// Positions that the report tells in its own words: "Olm wants …", "who opposes …", "criticized …", and
// plans in stages.
#pragma once
#include <string>
#include <vector>

#include "reading/said/statements.h"
#include "reading/stands/ground.h"
#include "reading/stands/position_list.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Points into its arguments.
class ToldPositions {
 public:
  ToldPositions(const TreeView& tree, const Ground& ground,
                const std::vector<FoundStatement>& statements, const Entities& entities,
                PositionList& out)
      : t_(tree), g_(ground), statements_(statements), e_(entities), out_(out) {}

  void narration();
  // "three-step roadmap of “freeze, reduction, dismantlement”"
  void stages();

 private:
  struct Stages {
    std::vector<std::string> items;
    int end = -1;  // behind the last
  };

  bool told_by_report(int verb) const;
  void narrated(int verb, int holder);
  void by_adjective(int word);
  int actor(int token) const;
  bool takes_no_stance(int verb, const std::string& kind) const;
  int plan_in_stages(const Sentence& s) const;
  Stages items_of(int plan, const Sentence& s) const;
  void staged(int plan, const Stages& stages, const Sentence& s);

  const TreeView& t_;
  const Ground& g_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
  PositionList& out_;
};

}  // namespace chancery
