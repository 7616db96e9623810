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
  // "detained nine lawyers for demanding a recount": whoever the judges hear, it is they who did it, and who is named
  // before them had no part.
  bool blamed = false;
};

// Points into its arguments.
class GrammarSides {
 public:
  GrammarSides(const TreeView& tree, const Lexicon& lexicon, const ActGrammar& grammar,
               const Entities& entities)
      : t_(tree), lexicon_(lexicon), g_(grammar), e_(entities) {}

  SureSides of(int trigger, const std::string& type) const;
  // Who had no part in an act: "Norvania did not take part in the raid on Olm", "Norvania condemned the raid",
  // "Norvania expelled two envoys over the raid".
  std::vector<int> uninvolved(int trigger) const;
  // Who is only told of it: "told reporters in Oslo after talks with the premier".
  std::vector<int> listeners(int trigger) const;
  // To whom a judgement is not addressed: on whom was what it judges, where that has a doer of its own
  // ("condemned the Norvanian raid on Olm"). And of whom it is asked for: "demand for new judges".
  std::vector<int> unaddressed(int trigger, const std::string& type) const;
  // Who is said not to have done it, so that it was not done to him either: "Olm has agreed, but Norvania has not".
  std::vector<int> contrasted(int trigger) const;
  // The words behind "in" and the like that tell where an act was done ("wounded in Chad"): a place named so did not do it.
  std::vector<int> scenes(int trigger, const std::string& type) const;
  // Who denies what others did, and who accuses them of it: "Norvania accused Olm of arming rebels"; -1 for nobody.
  int denier(int trigger) const;
  int blamer(int trigger) const;
  // "recalled its ambassador to Norvania": the word of where one's own envoy was sent, to which it is done; -1 where
  // none is called back or sent away so.
  int posting(int verb) const;

 private:
  void of_verb(int verb, const std::string& type, SureSides& out) const;
  void of_noun(int noun, const std::string& type, SureSides& out) const;
  int judging(int word) const;
  int answering(int word) const;
  bool against(std::string_view lemma, char part) const;
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
