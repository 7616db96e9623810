// Temporal expressions: found over tokens, resolved against the publication date and the tense of the clause (TIMEX3).
// Without a publication date relative expressions keep their unresolved value; nothing is taken from today's clock.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "reading/calendar.h"
#include "reading/tree_view.h"
#include "record/record.h"

namespace chancery {

class Times {
 public:
  Times(const TreeView& tree, const std::string& published);

  const std::vector<TimeExpression>& all() const { return times_; }
  // The publication day, "" when it is not known.
  std::string published() const { return published_ ? iso(*published_) : ""; }
  // The date that dates this verb or noun: an expression in its clause that hangs on it, else nothing. DATE and TIME only.
  const TimeExpression* of(int token) const;
  // First dated expression within a span.
  const TimeExpression* in(Span span) const;

 private:
  struct Found {
    int begin, end;
    std::string type, value, rule;
  };
  enum class Tense { past, present, future, unknown };

  void scan(int begin, int end);
  bool match(int i, int end, Found& f);
  Tense tense(int token) const;
  std::string word(int i) const;
  std::string month_value(int i, int month, int day, Tense tense) const;

  const TreeView& t_;
  std::optional<Day> published_;
  std::vector<std::string> low_;
  std::vector<TimeExpression> times_;
  std::vector<TreeView::Range> ranges_;
};

}  // namespace chancery
