// How real an act is as its words tell it: occurred, planned, possible, conditional or denied, by tense,
// modality, negation, condition and the clauses above.
#pragma once
#include <string>

#include "reading/done/act_grammar.h"
#include "reading/lexicon.h"
#include "reading/tree_view.h"

namespace chancery {

// Points into its arguments.
class ActStatus {
 public:
  ActStatus(const TreeView& tree, const Lexicon& lexicon, const ActGrammar& grammar)
      : t_(tree), lexicon_(lexicon), grammar_(grammar) {}

  // Sets the status; "" when the words are no event at all. What is refused ("would not meet") becomes
  // a refusal, with its type, mode and code.
  void of_verb(int verb, const Trigger& t, Event& x) const;
  // A noun takes its reality from the verb above and the words before it.
  void of_noun(int noun, const Trigger& t, Event& x) const;

 private:
  enum class Next { settled, over, upward };  // what a clause above leaves to be asked

  bool clauses_above(int verb, const Trigger& t, bool to, Event& x) const;
  Next clause_above(int clause, int up, const Trigger& t, bool to, Event& x) const;
  void shared_with(int up, Event& x) const;
  void by_own_words(int verb, bool to, Event& x) const;
  void negated(int verb, const Trigger& t, Event& x) const;
  bool has_condition(int verb) const;
  void refuse(const std::string& mode, Event& x) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const ActGrammar& grammar_;
};

}  // namespace chancery
