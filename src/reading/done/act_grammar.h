// Where the parts of an act stand in a sentence: the actors of a phrase, the object of a verb, the
// words that tell the act, the statement it is told in.
#pragma once
#include <string>
#include <vector>

#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Adds entities that are not there yet; -1 is nobody.
void add_all(std::vector<int>& to, const std::vector<int>& from);

// Points into its arguments.
class ActGrammar {
 public:
  ActGrammar(const TreeView& tree, const std::vector<FoundStatement>& statements,
             const Entities& entities)
      : t_(tree), statements_(statements), e_(entities) {}

  // Actors of a phrase by its head; a phrase that is nobody gives its owner ("Lee's roadmap", "a
  // plan of the party") where `owner_too`.
  std::vector<int> actors(int token, bool owner_too = true) const;
  // The noun that a relative pronoun stands for; any other word itself. -1 if none.
  int antecedent(int word) const;
  // Who is named by an adjective or a name before a noun ("Norwegian"), its state where nobody is.
  std::vector<int> named_at(int word) const;
  // Actors of what hangs on a word by a preposition.
  std::vector<int> obliques(int token, const std::string& preposition) const;
  // What an act is done to: the object, or the subject of a passive; -1 if none.
  int object_of(int verb) const;
  // The smallest statement whose content holds the word, -1 if none.
  int statement_of(int token) const;
  // The clause that tells the act, without what is joined to it.
  void span_of_verb(int verb, int subject, const Sentence& sentence, Event& event) const;

 private:
  bool can_act(int entity) const;
  int actor_of(int head, bool owner_too) const;
  int owner_of(int head) const;

  const TreeView& t_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
};

}  // namespace chancery
