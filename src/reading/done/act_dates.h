// When an act was done: every date that the text offers for it is weighed, the one that grammar gives,
// those of its sentence, that of the speech in which it is told, of the act before, of publication.
// What speaks for each are signs with weights in data/lexicon/date_signs.tsv (sign_judge.h), learnt
// from annotated records; an act that none of them dates keeps no date.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "reading/done/events.h"
#include "reading/reading_watch.h"
#include "reading/said/date_offers.h"
#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"

namespace chancery {

// Points into its arguments.
class ActDates {
 public:
  ActDates(const TreeView& tree, const Times& times, const std::vector<FoundStatement>& statements,
           const SignJudge& judge, const ReadingWatch* watch)
      : t_(tree),
        statements_(statements),
        offers_(tree, times, statements),
        judge_(judge),
        watch_(watch) {}

  // Dates the acts anew, which are in the order of the text. O(acts × dates of a sentence).
  void date(std::vector<FoundEvent>& found) const;

 private:
  std::vector<DateOffer> offers(const std::vector<FoundEvent>& found, size_t which,
                                const std::set<int>& acts) const;
  void of_speech(const FoundEvent& f, std::vector<DateOffer>& out) const;
  void of_acts_before(const std::vector<FoundEvent>& found, size_t which,
                      std::vector<DateOffer>& out) const;

  const TreeView& t_;
  const std::vector<FoundStatement>& statements_;
  const DateOffers offers_;
  const SignJudge& judge_;
  const ReadingWatch* watch_;
};

}  // namespace chancery
