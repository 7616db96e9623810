// The dates that grammar gives acts: of the words that hang on them, of the speech they are done in, of
// the telling that goes on. Where the model has judges these are offers among others (act_dates.h).
#pragma once
#include <string>
#include <vector>

#include "reading/done/events.h"
#include "reading/lexicon.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"

namespace chancery {

// Points into its arguments.
class GrammarDates {
 public:
  GrammarDates(const TreeView& tree, const Lexicon& lexicon, const Times& times,
               const std::vector<FoundStatement>& statements, const Entities& entities)
      : t_(tree), lexicon_(lexicon), times_(times), statements_(statements), e_(entities) {}

  // What hangs on the trigger, or on the verb it is joined to.
  void by_words(int trigger, Event& x) const;
  // An act of words happens when they are said.
  void by_speech(int trigger, Event& x) const;
  // "arrived Tuesday for talks", "during a visit last week": the date beside the noun, or of the way
  // to it.
  void beside_noun(int trigger, Event& x) const;
  // "They met last year. They signed two pacts": a telling in the past goes on at the time it has
  // reached, while the same people act and no other time is named. Sorts by place.
  void carry(std::vector<FoundEvent>& found) const;

 private:
  bool since(const TimeExpression& time) const;
  bool goes_on(const FoundEvent& later) const;
  bool same_people(const Event& before, const Event& later) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Times& times_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
};

}  // namespace chancery
