#include "reading/said/statement_dates.h"

#include <algorithm>
#include <cstdlib>

namespace chancery {
namespace {

class StatementDates {
 public:
  StatementDates(const TreeView& t, const Times& times,
                 const std::vector<FoundStatement>& statements)
      : t_(t), statements_(statements), offers_(t, times, statements) {}

  std::vector<DateOffer> of(size_t which) const {
    const FoundStatement& f = statements_[which];
    const Statement& x = f.statement;
    const ToDate what{f.cue_verb, t_[f.cue_verb].span, innermost(statements_, t_[f.cue_verb].span),
                      x.quote};
    const std::string tag(t_[f.cue_verb].xpos);
    std::vector<DateOffer> all;
    if (x.when.dated()) all.push_back({x.when, {"by rule", "by rule, " + tag}});
    offers_.of_sentence(what, all);
    of_others(which, all);
    offers_.of_publication(what, all);
    std::vector<std::string> every = {"tag " + tag, x.quote};
    if (!x.occasion.empty()) every.push_back("on an occasion");
    if (!x.via.empty()) every.push_back("carried by another");
    if (what.said_in >= 0) every.push_back("inside another's words");
    return offers_.together(std::move(all), every, false);
  }

 private:
  // What the rules have dated to the day of the same speaker's, nearest first; else of whoever spoke before. What
  // "the alliance said in 2008" dates no other remark.
  void of_others(size_t which, std::vector<DateOffer>& out) const {
    const FoundStatement& f = statements_[which];
    const int here = t_.sentence_of(f.cue_verb);
    int nearest = -1, least = 0, before = -1;
    for (size_t k = 0; k < statements_.size(); ++k) {
      const FoundStatement& o = statements_[k];
      if (k == which || o.cue_verb < 0 || !o.statement.when.one_day()) continue;
      int away = std::abs(t_.sentence_of(o.cue_verb) - here);
      if (o.statement.speaker == f.statement.speaker && f.statement.speaker >= 0) {
        if (nearest < 0 || away < least) {
          nearest = static_cast<int>(k);
          least = away;
        }
      } else if (o.cue_verb < f.cue_verb) {
        before = static_cast<int>(k);
      }
    }
    if (nearest >= 0) add("the same speaker's other remark", which, nearest, out);
    if (before >= 0) add("the remark before by another", which, before, out);
  }

  void add(const std::string& how, size_t which, int other, std::vector<DateOffer>& out) const {
    const FoundStatement &f = statements_[which], &o = statements_[static_cast<size_t>(other)];
    int away = t_.sentence_of(f.cue_verb) - t_.sentence_of(o.cue_verb);
    const char* where = away == 0   ? "in the sentence"
                        : away == 1 ? "just before"
                        : away > 1  ? "before"
                                    : "behind";
    out.push_back({o.statement.when,
                   {how, how + " " + where, how + ", tag " + t_[f.cue_verb].xpos,
                    how + (f.statement.occasion == o.statement.occasion ? ", one occasion"
                                                                        : ", other occasions")}});
  }

  const TreeView& t_;
  const std::vector<FoundStatement>& statements_;
  const DateOffers offers_;
};

}  // namespace

void date_statements(const TreeView& tree, const Times& times, const SignJudge& judge,
                     const ReadingWatch* watch, std::vector<FoundStatement>& statements) {
  // All are weighed by what the rules gave: the order makes no difference.
  const std::vector<FoundStatement> by_rule = statements;
  const StatementDates dates(tree, times, by_rule);
  for (size_t i = 0; i < statements.size(); ++i) {
    if (statements[i].cue_verb < 0) continue;
    DateWatch told;
    if (watch && watch->said_date)
      told = [&](const std::vector<When>& days, const SignCase& c) {
        watch->said_date(statements[i], days, c);
      };
    Statement& x = statements[i].statement;
    choose_date(dates.of(i), judge, told, x.when, x.explain);
  }
}

}  // namespace chancery
