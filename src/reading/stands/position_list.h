// The positions proposed so far.
#pragma once
#include <string>
#include <vector>

#include "reading/stands/ground.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"
#include "record/record.h"

namespace chancery {

// Points into its arguments.
class PositionList {
 public:
  PositionList(const TreeView& tree, const Ground& ground, const Entities& entities)
      : t_(tree), g_(ground), e_(entities), done_(tree.size(), 0) {}

  // Somebody's stance in these words; without a holder or words it is none. `toward` -1: those named
  // in the words who are not on the holder's side.
  void add(int holder, const std::string& stance, TreeView::Range r, int predicate, int said_in,
           const Ground::Condition& condition, const std::string& why, int toward = -1);
  // "If Olm opens the port": what is asked of Olm.
  void demand_of_condition(const Ground::Condition& c, int holder, int said_in);

  // Has the word given a position?
  bool done(int token) const { return done_[token] != 0; }
  void set_done(int token) { done_[token] = 1; }
  std::vector<Position> found;

 private:
  bool of_nothing(int predicate) const;
  int asked_by(const Ground::Condition& c) const;
  int behind_mark(const Ground::Condition& c) const;

  const TreeView& t_;
  const Ground& g_;
  const Entities& e_;
  std::vector<char> done_;  // by token
};

}  // namespace chancery
