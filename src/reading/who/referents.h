// What "it" and "they" mean where that need not be somebody: the things a text tells of ("the ban",
// "three ships"), each by the nouns that name it. They stand beside the actors as candidates for a
// pronoun (pronouns.cpp), so that a pronoun of a thing is not given to somebody.
#pragma once
#include <vector>

#include "reading/tree_view.h"

namespace chancery {

struct Thing {
  std::vector<int> heads;     // tokens, in the order of the text
  std::vector<int> pronouns;  // tokens of those found to mean it
  bool plural = false;
  int last() const {
    return pronouns.empty() || pronouns.back() < heads.back() ? heads.back() : pronouns.back();
  }
};

// The things of a text that stand up to a token, found as the text is gone through.
class Things {
 public:
  // Things further back than this many are not looked at.
  static constexpr size_t kBack = 200;
  // `taken` marks tokens that are heads of a mention of somebody or words of a name; `dates` the
  // words of dates.
  Things(const TreeView& tree, std::vector<char> taken, std::vector<char> dates);

  // Lets in what stands before `token`; tokens must not fall.
  void read_to(int token);
  void refer(int thing, int pronoun) {
    things_[static_cast<size_t>(thing)].pronouns.push_back(pronoun);
  }
  const std::vector<Thing>& all() const { return things_; }

 private:
  bool names_thing(int token) const;
  int told_before(int token) const;

  const TreeView& t_;
  const std::vector<char> taken_, dates_;
  std::vector<Thing> things_;
  int read_ = 0;
};

// Whether the phrase with this head is opened by "the", "this", "its" and the like.
bool definite_phrase(const TreeView& tree, int head);

}  // namespace chancery
