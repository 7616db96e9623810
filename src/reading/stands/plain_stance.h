// What the grammar alone says of a stance that the judges have found: whose it is where a word of the
// stance names its holder, and that what both sides ought to do is a proposal.
#pragma once
#include <string_view>

#include "reading/stands/ground.h"

namespace chancery {

// Points into its arguments.
class PlainStance {
 public:
  PlainStance(const TreeView& tree, const Ground& ground, const Entities& entities)
      : t_(tree), g_(ground), e_(entities) {}

  // Who holds the stance of words with this head: the subject of the verb that takes it ("Norvania
  // backs the accord"), or whose refusal or call the noun is; -1 where no word of that stance says.
  int holder(int head, std::string_view stance) const;
  // "both countries should reopen the rail line", "let us sit down together", and of the holder's side
  // with another: "Norvania and Olm need to talk"
  // The stance that grammar leaves no choice of, "" for most: "We hope that it will never happen again" opposes, "if they
  // cross it, we shall respond" warns.
  std::string certain(int head, bool on_condition) const;
  bool for_both(int head, int holder) const;

 private:
  int taker(int token) const;
  int of_noun(int noun) const;
  int verb_of(int head, std::string_view stance) const;
  bool speaks_for_its_subject(int verb) const;

  const TreeView& t_;
  const Ground& g_;
  const Entities& e_;
};

}  // namespace chancery
