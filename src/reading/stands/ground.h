// What positions (positions.h) ask of clauses and people: whose side somebody is on, which condition a
// clause hangs on, which words are it, what it is about, which stance its verb takes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reading/said/statements.h"
#include "reading/stands/conditions.h"
#include "reading/stands/stances.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Points into its arguments.
class Ground {
 public:
  struct Condition {
    int clause = -1;
    Span span;
    const Conditional* found = nullptr;
  };

  Ground(const TreeView& tree, const Stances& stances, std::vector<Conditional> conditions,
         const std::vector<FoundStatement>& statements, const Entities& entities);

  const Stances& stances() const { return stances_; }
  // Is the word the cue of a statement?
  bool is_cue(int token) const { return cue_[token] != 0; }
  // Does it stand in a condition?
  bool hypothetical(int token) const { return hypothetical_[token] != 0; }

  // The condition on which a predicate hangs; clause -1 if none.
  Condition condition_of(int predicate) const;
  // The clause of a predicate without its condition, its complementiser, other clauses joined to
  // it.
  TreeView::Range clause(int predicate, bool with_subject = true) const;
  // What it is about: the noun that its object, complement or subject comes down to.
  std::string topic(int predicate) const;
  // The stance of a verb with its particle ("turned down"), or with the preposition it needs
  // ("called for").
  // "respond with force"
  bool retaliates(int verb) const;
  // Is a deed no friendly one, nor a word of consent ("if they cross the border", not "if they agree")?
  bool unfriendly(int verb) const;
  // The stance that a verb takes on what it says is not to be ("hope that it will not happen again"), "" for none.
  std::string_view turned(int verb) const;
  std::string_view stance_of(int verb) const;
  bool any_lemma(TreeView::Range r, const Stances::Words& words) const;
  bool any_lemma(TreeView::Range r, WordList words) const;
  // "called it blackmail": a naming, no call for something.
  bool names(int cue) const;
  // "no road is safe"
  bool no_subject(int predicate) const;

  // Somebody who can: no event, no thing.
  bool takes_stances(int who) const;
  bool same_side(int who, int speaker) const;
  int subject_entity(int predicate, int& token) const;
  bool first_person(int token) const;
  // Up to three among the words who are not on the holder's side.
  std::vector<int> others(TreeView::Range r, int holder) const;
  // Is it somebody to whom a thing is done, as the words have it?
  bool done_to(int head) const;

 private:
  Condition taken(const Conditional& c) const;
  bool one_clause(int main, int predicate) const;

  const TreeView& t_;
  const Stances& stances_;
  std::vector<Conditional> conditions_;
  const Entities& e_;
  std::vector<char> cue_, hypothetical_;  // by token
};

}  // namespace chancery
