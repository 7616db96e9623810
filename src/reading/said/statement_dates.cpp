#include "reading/said/statement_dates.h"

#include <algorithm>
#include <cstdlib>

namespace chancery {
namespace {

// Paragraphs below the first in which the day of the news may be told, and in which what is said is
// said near it.
constexpr int kBeginning = 2, kNearLead = 3;

class StatementDates {
 public:
  StatementDates(const TreeView& t, const Times& times,
                 const std::vector<FoundStatement>& statements)
      : t_(t), times_(times), statements_(statements), offers_(t, times, statements) {}

  std::vector<DateOffer> of(size_t which) const {
    const FoundStatement& f = statements_[which];
    const Statement& x = f.statement;
    const ToDate what{f.cue_verb, t_[f.cue_verb].span, innermost(statements_, t_[f.cue_verb].span),
                      x.quote};
    const std::string tag(t_[f.cue_verb].xpos);
    std::vector<DateOffer> all;
    if (x.when.dated())
      all.push_back(
          {x.when,
           {"by rule", "by rule, " + tag, "by rule, " + std::string(name_of(x.when.precision()))}});
    offers_.of_sentence(what, all);
    of_others(which, all);
    of_report(f, all);
    of_lead(f, all);
    offers_.of_publication(what, all);
    std::vector<std::string> every = {"tag " + tag, x.quote};
    if (!x.occasion.empty()) every.push_back("on an occasion");
    if (!x.via.empty()) every.push_back("carried by another");
    if (what.said_in >= 0) every.push_back("inside another's words");
    return offers_.together(std::move(all), every, false);
  }

 private:
  // What the rules have dated of the same speaker's, nearest first; else of whoever spoke before.
  void of_others(size_t which, std::vector<DateOffer>& out) const {
    const FoundStatement& f = statements_[which];
    const int here = t_.sentence_of(f.cue_verb);
    int nearest = -1, least = 0, before = -1;
    for (size_t k = 0; k < statements_.size(); ++k) {
      const FoundStatement& o = statements_[k];
      if (k == which || o.cue_verb < 0 || !o.statement.when.dated()) continue;
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

  // A day, or so, that the text tells.
  static bool tells_a_day(const TimeExpression& time) {
    return time.when.dated() && time.type != "SET" && time.type != "DURATION";
  }

  // The date that the report told last, in its own words: of what happened, on which much is said.
  void of_report(const FoundStatement& f, std::vector<DateOffer>& out) const {
    const int begin = t_.sentence(f.cue_verb).begin;
    const TimeExpression* last = nullptr;
    for (const TimeExpression& time : times_.all()) {
      if (t_.token_at(time.span.begin) >= begin) break;
      if (tells_a_day(time) && innermost(statements_, time.span) < 0) last = &time;
    }
    if (!last) return;
    const int away =
        t_.sentence(f.cue_verb).paragraph - t_.sentence(t_.token_at(last->span.begin)).paragraph;
    offer(out, last->when, "told above",
          {away == 0   ? "in the paragraph"
           : away == 1 ? "in the paragraph before"
           : away <= 3 ? "near"
                       : "far",
           std::string(name_of(last->when.precision())), tag_of(f),
           of_a_noun(*last) ? "of a noun" : "of a verb"});
  }

  // "Thursday's debate"
  bool of_a_noun(const TimeExpression& time) const {
    const TreeView::Range r = t_.range_of(time.span);
    for (int i = r.begin; i < r.end; ++i)
      if (const int up = t_[i].head; up < r.begin || up >= r.end) return up >= 0 && t_.noun(up);
    return false;
  }

  // The first day of the text's beginning, not yet to come: mostly that of its news.
  void of_lead(const FoundStatement& f, std::vector<DateOffer>& out) const {
    const int lead = t_.document().sentences[0].paragraph;
    const When published(times_.published());
    for (const TimeExpression& time : times_.all()) {
      const int paragraph = t_.sentence(t_.token_at(time.span.begin)).paragraph;
      if (paragraph > lead + kBeginning) return;
      if (!tells_a_day(time) || time.when.precision() > Precision::day) continue;
      if (published.dated() && time.when.from() > published.to()) continue;
      offer(
          out, time.when, "of the lead",
          {paragraph == lead ? "first paragraph" : "below", tag_of(f),
           t_.sentence(f.cue_verb).paragraph <= lead + kNearLead ? "said near" : "said far below"});
      return;
    }
  }

  std::string tag_of(const FoundStatement& f) const {
    return "tag " + std::string(t_[f.cue_verb].xpos);
  }

  static void offer(std::vector<DateOffer>& out, const When& when, const std::string& how,
                    const std::vector<std::string>& signs) {
    DateOffer offer{when, {how}};
    for (const std::string& sign : signs) offer.signs.push_back(how + ", " + sign);
    out.push_back(std::move(offer));
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
  const Times& times_;
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
