// Who does an act and to whom it is done, by the places that the lexicon names for its trigger and by
// what hangs together in the sentence.
#pragma once
#include <string>
#include <vector>

#include "reading/done/act_grammar.h"
#include "reading/lexicon.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"

namespace chancery {

// Points into its arguments.
class ActSides {
 public:
  ActSides(const TreeView& tree, const Lexicon& lexicon, const Times& times,
           const std::vector<FoundStatement>& statements, const ActGrammar& grammar,
           const Entities& entities)
      : t_(tree),
        lexicon_(lexicon),
        times_(times),
        statements_(statements),
        grammar_(grammar),
        e_(entities) {}

  // The doers of a verb; `subject` gets the word that names them, -1 if none.
  void doers_of_verb(int verb, int& subject, Event& x) const;
  // Those a verb is done to; returns where they were found, for the explanation.
  std::string others_of_verb(int verb, const Trigger& t, int object, int subject,
                             const Sentence& sentence, Event& x) const;
  // Both sides of a noun; the same. `between` gets those that stand behind "between".
  std::string of_noun(int noun, const Trigger& t, std::vector<int>& between, Event& x) const;
  // A refusal in somebody's words about himself or his side is his: "North Korea would not
  // negotiate", Kim said.
  void speakers_own(Event& x) const;
  // What is demanded, refused, threatened or charged in somebody's words and has no doer there is his:
  // "The refugees must go home," Holm said. Of a passive it is another.
  void speaker_as_doer(int trigger, Event& x) const;
  // "He would travel to Turku with Holm": who comes along goes there too; nobody visits him.
  void company_travels(int trigger, Event& x) const;
  // A capital to which something is done stands for its state, where the article names that: "a visit
  // to Oslo".
  void states_of_capitals(Event& x) const;
  // The first actor with a country inside what the verb governs: "opened an investigation into the
  // deaths in Syria".
  std::vector<int> within_complement(int verb, int subject, const std::vector<int>& source) const;

  // Is anybody there of whom more than a name is known?
  bool known_actor(const std::vector<int>& who) const;
  bool person_or_delegation(const std::vector<int>& who) const;

 private:
  std::vector<int> at_place(const std::string& where, int verb, const Trigger& t, int object) const;
  std::vector<int> owners(int object) const;
  std::vector<int> earlier_in_sentence(int verb, const Sentence& sentence,
                                       const std::vector<int>& source) const;
  void doers_of_noun(int noun, Event& x) const;
  void doers_of_verb_above(int noun, Event& x) const;
  void first_of_another_state(const Statement& said, const std::string& country, Event& x) const;
  int state_of_capital(int entity) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Times& times_;
  const std::vector<FoundStatement>& statements_;
  const ActGrammar& grammar_;
  const Entities& e_;
};

// Nobody does something to himself: takes the doers out of those it is done to.
void without_doers(Event& x);

}  // namespace chancery
