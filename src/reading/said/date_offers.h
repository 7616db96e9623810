// The dates that a text offers for something told in it, an act or a remark, each with the signs that
// speak for it. Who dates adds offers of his own and has them weighed (sign_judge.h).
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "reading/said/statements.h"
#include "reading/sign_judge.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"

namespace chancery {

struct DateOffer {
  When when;
  std::vector<std::string> signs;
};

// What is to be dated: its word, the words that tell it, the statement in which it is told (-1: the
// report tells it), and in a word what it is ("occurred", "direct").
struct ToDate {
  int word = -1;
  Span words;
  int said_in = -1;
  std::string sort;
};

// Points into its arguments.
class DateOffers {
 public:
  DateOffers(const TreeView& tree, const Times& times,
             const std::vector<FoundStatement>& statements)
      : t_(tree), times_(times), statements_(statements) {}

  // The dates of its sentence: how each hangs together with it, and beside how many others; none that is
  // another's of the `acts`, which are words of what is told.
  void of_sentence(const ToDate& what, std::vector<DateOffer>& out,
                   const std::set<int>& acts = {}) const;
  // The day of publication, if it is known.
  void of_publication(const ToDate& what, std::vector<DateOffer>& out) const;
  // "would arrive on Tuesday", in a report of Wednesday: what was to come when it was said has a date of its own that
  // is past.
  bool was_to_come(int verb) const;
  // Does it lie wholly behind the day of publication?
  bool ahead(const When& when) const;
  // One offer a date with all that speaks for it; `every` speaks for each. What is yet to come lies
  // not before the day of publication, what was done not behind it: other dates are no offers, but of what was to
  // come when it was said (`either`).
  std::vector<DateOffer> together(std::vector<DateOffer> offers,
                                  const std::vector<std::string>& every, bool to_come,
                                  bool either = false) const;

 private:
  std::string path(int from, int word) const;
  int clause(int word) const;
  bool of_another(int what, int date, const std::set<int>& acts) const;
  bool first_of(int what) const;
  bool apart(int word, int from) const;

  const TreeView& t_;
  const Times& times_;
  const std::vector<FoundStatement>& statements_;
};

// Weighs the offers: `when` becomes the surest of them or, where none is sure enough, nothing; a change
// is told in `explain`. `watch`, if any, sees the dates and what speaks for each. No offers: no change.
using DateWatch = std::function<void(const std::vector<When>&, const SignCase&)>;
void choose_date(const std::vector<DateOffer>& offers, const SignJudge& judge,
                 const DateWatch& watch, When& when, std::string& explain);

}  // namespace chancery
