// Who does an act and to whom it is done where grammar leaves no choice: the subject of its verb, whom
// a passive names behind "by", whose raid on whom it was. The judges weigh each who is named by himself
// and may take the speaker, or who stands in another clause, for one who acts beside the subject.
#pragma once
#include <string>
#include <vector>

#include "reading/done/act_grammar.h"
#include "reading/lexicon.h"
#include "reading/tree_view.h"

namespace chancery {

// Those of each side and the word whose phrase names them; -1 where grammar leaves it open.
struct SureSides {
  std::vector<int> doers, others;
  int doing = -1, done_to = -1;
};

// Points into its arguments.
class GrammarSides {
 public:
  GrammarSides(const TreeView& tree, const Lexicon& lexicon, const ActGrammar& grammar,
               const Entities& entities)
      : t_(tree), lexicon_(lexicon), g_(grammar), e_(entities) {}

  SureSides of(int trigger, const std::string& type) const;
  // Who had no part in an act: "Norvania did not take part in the raid on Olm", "Norvania condemned the raid".
  std::vector<int> uninvolved(int trigger) const;
  // To whom a judgement is not addressed: on whom was what it judges, where that has a doer of its own
  // ("condemned the Norvanian raid on Olm").
  std::vector<int> unaddressed(int trigger) const;
  // Who denies what others did, and who accuses them of it: "Norvania accused Olm of arming rebels"; -1 for nobody.
  int denier(int trigger) const;
  int blamer(int trigger) const;

 private:
  void of_verb(int verb, const std::string& type, SureSides& out) const;
  void of_noun(int noun, const std::string& type, SureSides& out) const;
  int judging(int word) const;
  bool has_own_doer(int noun) const;
  int subject_of(int verb) const;
  int by_whom(int noun) const;
  void doers(int phrase, SureSides& out) const;
  void others(int phrase, SureSides& out) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const ActGrammar& g_;
  const Entities& e_;
};

}  // namespace chancery
