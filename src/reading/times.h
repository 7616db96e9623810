// Temporal expressions: found by the grammar in data/time, resolved against the publication date,
// what was dated before in the text, and the tense of the clause (TIMEX3). Without a publication
// date relative expressions keep their unresolved value; nothing is taken from today's clock.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "reading/time_grammar.h"
#include "reading/tree_view.h"
#include "record/record.h"

namespace chancery {

class Times {
 public:
  Times(const TreeView& tree, const TimeGrammar& grammar, const std::string& published);

  const std::vector<TimeExpression>& all() const { return times_; }
  // The publication day, "" when it is not known.
  std::string published() const { return published_ ? iso(*published_) : ""; }
  // The date that dates this verb or noun: an expression in its clause that hangs on it, else
  // nothing. DATE and TIME only.
  const TimeExpression* of(int token) const;
  // First dated expression within a span.
  const TimeExpression* in(Span span) const;

 private:
  enum class Tense { past, present, future, unknown };
  struct Match {
    const TimeRule* rule = nullptr;
    int begin = 0, end = 0;
    std::string value, mod;
  };

  void scan(int begin, int end);
  // The best rule at a token, if any.
  Match best_at(int i, int end) const;
  bool holds(const TimeRule& rule, int begin, int end, const TimeBindings& bindings) const;
  std::string evaluate(const TimeCall& call, int begin, int end,
                       const TimeBindings& bindings) const;
  Tense tense(int token) const;
  Tense tense_of(int begin, int end) const;
  std::string word(int i) const;
  // What was dated last before here, as exact as the unit asks; nothing when there is none.
  std::optional<Day> told(char unit) const;
  std::string quarter_told() const;

  std::string near(int month, int day, Tense tense) const;
  std::string near_month(int month, Tense tense) const;
  std::string weekday_value(int wanted, const std::string& mode, Tense tense) const;
  std::string season_by(const std::string& season, int direction, Tense tense) const;
  std::string quarter_near(int order, bool half, Tense tense) const;
  std::string feast_near(const std::string& rule, Tense tense) const;

  const TreeView& t_;
  const TimeGrammar& grammar_;
  std::optional<Day> published_;
  TimeGrammar::Words words_;
  const std::vector<std::string>& low_ = words_.forms;
  std::vector<TimeExpression> times_;
  std::vector<TreeView::Range> ranges_;
  std::vector<char> compared_;  // the expression only says what something is compared with
};

}  // namespace chancery
