// Temporal expressions: found by the grammar in data/time, resolved against the publication date,
// what was dated before in the text, and the tense of the clause (TIMEX3). Without a publication
// date relative expressions keep their unresolved value; nothing is taken from today's clock.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "reading/tree_view.h"
#include "reading/when/time_grammar.h"
#include "record/record.h"

namespace chancery {

class Times {
 public:
  Times(const TreeView& tree, const TimeGrammar& grammar, const std::string& published);

  const std::vector<TimeExpression>& all() const { return times_; }
  // The publication day, "" when it is not known.
  std::string published() const { return article_day_ ? iso(*article_day_) : ""; }
  // The date that dates this verb or noun: an expression in its clause that hangs on it, else
  // nothing. DATE and TIME only.
  const TimeExpression* of(int token) const;
  // For every token: is it a word of a date ("Nov" of 19-Nov-12, "Memorial Day") and so nobody's
  // name? The day of an event ("the September 11 attacks") stays its name.
  std::vector<char> date_words() const;
  // First dated expression within a span.
  const TimeExpression* in(Span span) const;

 private:
  enum class Tense { past, present, future, unknown };
  struct Match {
    const TimeRule* rule = nullptr;
    int begin = 0, end = 0;
    std::string type;
    When when;
    std::string mod;
    int weekday = 0;       // the one it names, 0 for none
    bool history = false;  // the day of an event, named by the event
  };

  // Where an expression stands and what it is, for those that complete each other.
  struct Place {
    TreeView::Range range;
    bool compared = false;    // it only says what something is compared with
    bool lone_clock = false;  // a time of day whose day stands elsewhere
    bool full_date = false;   // a day with its month, not reckoned from a weekday
    int weekday = 0;          // a weekday alone, 1 = Monday
    bool history = false;     // the day of an event, named by the event
  };
  // A day of a list: "Tuesday 21", "the 3rd", "22 April"; what it leaves open is 0.
  struct ListedDay {
    int weekday = 0, day = 0, month = 0, year = 0;
    int end = 0;  // behind its last token
  };

  void scan(int begin, int end);
  std::optional<Day> dateline() const;
  void add(Match match);
  // The best rule at a token, if any.
  Match best_at(int i, int end) const;
  class Conditions;  // time_conditions.cpp
  bool holds(const TimeRule& rule, int begin, int end, const TimeBindings& bindings) const;
  class Value;  // time_values.cpp
  std::string evaluate(const TimeCall& call, int begin, int end,
                       const TimeBindings& bindings) const;
  Tense tense(int token) const;
  // "postponed until Monday", "due Friday": it points ahead whatever the tense. strictly: not the
  // same day.
  enum class Ahead { no, yes, strictly };
  Ahead looks_ahead(int begin) const;
  // The word before a phrase of time, past a time of day that belongs to it; -1 for none.
  int lead_in(int begin) const;
  bool hangs_on_verb(int begin) const;
  // "would arrive on Tuesday", in a report of Wednesday: what was to come when it was said.
  bool told_ahead(int begin) const;
  int governor(int token) const;  // the verb above a token, or it; -1 for none
  Tense tense_of(int begin, int end) const;
  std::string word(int i) const;
  // What was dated last before here, as exact as the unit asks; nothing when there is none.
  std::optional<Day> told(char unit) const;
  std::string quarter_told() const;

  std::string near(int month, int day, Tense tense) const;
  std::string near_month(int month, Tense tense) const;
  std::string weekday_value(int wanted, const std::string& mode, Tense tense, int begin) const;
  std::string weekday_of_month(int weekday, int day, Tense tense) const;
  std::string dated(int year, int month, int day, Tense tense) const;
  std::string clock_day(int begin, Tense tense) const;
  std::string season_by(const std::string& season, int direction, Tense tense) const;
  std::string quarter_near(int order, bool half, Tense tense) const;
  std::string feast_near(const std::string& rule, Tense tense) const;

  // The expressions of a token's sentence, as places in times_: from the first to behind the last.
  std::pair<size_t, size_t> in_sentence(int token) const;

  // time_joins.cpp
  bool capital(int token) const;
  // The value of the class at a word, which then stands behind it; "" for none, "+" for one without
  // a value.
  std::string member(const char* type, int& at, int end) const;
  bool counts(int token) const;
  std::optional<ListedDay> listed_day(int at, int end) const;
  // What the rest of a list says of the days before it: the month and the year that stand at its
  // end.
  ListedDay list_behind(int at, int end) const;
  // The month that stands before the first day of a list that ends before here; 0 for none.
  int month_before(int begin, int end) const;
  bool joined_by(const char* type, int from, int to) const;
  void take_part_of_day(int end);
  void join_clock_and_day();
  int bracket(int token) const;
  const When* day_behind(size_t clock) const;
  const When* day_in_sentence(size_t clock, size_t first) const;
  void date_lone_clocks(size_t first);
  void date_weekdays(size_t first);

  const TreeView& t_;
  const TimeGrammar& grammar_;
  std::optional<Day> article_day_;
  // The day from which the text reckons: its dateline's, else that of publication.
  std::optional<Day> published_;
  TimeGrammar::Words words_;
  const std::vector<std::string>& low_ = words_.forms;
  std::vector<TimeExpression> times_;
  std::vector<Place> places_;
};

}  // namespace chancery
