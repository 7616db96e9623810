#include "reading/done/grammar_dates.h"

#include <algorithm>

namespace chancery {

void GrammarDates::by_words(int trigger, Event& x) const {
  if (x.when.empty())
    if (const TimeExpression* time = times_.of(trigger)) x.when = time->when;
  if (!x.when.empty()) return;
  // Said in a dated speech, the act is the word itself; or its clause gives the date ("On Monday A
  // met B and praised C").
  for (const FoundStatement& s : statements_)
    if (s.cue_verb == trigger) x.when = s.statement.when;
  const int up = t_[trigger].head;
  if (x.when.empty() && t_.is(trigger, "conj") && up >= 0 && t_.verb(up))
    if (const TimeExpression* time = times_.of(up)) x.when = time->when;
}

void GrammarDates::by_speech(int trigger, Event& x) const {
  const int said = x.said_in;
  if (!x.when.empty() || !lexicon_.has(x.type, Trait::done_by_words) || x.status != "occurred" ||
      x.source.size() != 1)
    return;
  // In somebody's own words.
  if (said >= 0) {
    if (x.source[0] == statements_[said].statement.speaker)
      x.when = statements_[said].statement.when;
    return;
  }
  // "Kim also criticized …", told among dated words of his: part of the same speech.
  if (!t_.tag(trigger, "VBD")) return;
  When when;
  for (const FoundStatement& f : statements_) {
    if (f.statement.speaker != x.source[0] || f.statement.when.empty() || f.cue_verb < 0) continue;
    if (!when.empty() && when != f.statement.when) return;
    when = f.statement.when;
  }
  x.when = when;
}

void GrammarDates::beside_noun(int trigger, Event& x) const {
  if (!x.when.empty()) return;
  if (const TimeExpression* time = times_.in(x.span);
      time && !time->when.reference() && !since(*time))
    x.when = time->when;
  for (const TimeExpression& time : times_.all())
    if (x.when.empty() && time.type == "DATE" && time.span.begin >= x.span.end &&
        time.span.begin <= x.span.end + 1 && !time.when.reference())
      x.when = time.when;
  const int up = t_[trigger].head;
  if (x.when.empty() && t_.is(trigger, "obl") && up >= 0 && t_.verb(up) &&
      t_.case_of(trigger) == "for")
    if (const TimeExpression* time = times_.of(up)) x.when = time->when;
}

// "since May", "until Friday": a limit, not a date of the act.
bool GrammarDates::since(const TimeExpression& time) const {
  int i = t_.token_at(time.span.begin);
  return i > 0 && t_.in(WordList::limits, t_[i - 1].form);
}

void GrammarDates::carry(std::vector<FoundEvent>& found) const {
  std::stable_sort(found.begin(), found.end(),
                   [](const FoundEvent& a, const FoundEvent& b) { return a.trigger < b.trigger; });
  for (size_t i = 1; i < found.size(); ++i) {
    if (!goes_on(found[i])) continue;
    Event& x = found[i].event;
    const int sentence = t_.sentence_of(found[i].trigger);
    for (size_t k = i; k-- > 0;) {
      const Event& before = found[k].event;
      if (sentence - t_.sentence_of(found[k].trigger) > 1) break;
      if (before.when.empty() || before.status != "occurred" || before.said_in >= 0 ||
          !t_.verb(found[k].trigger) || !same_people(before, x))
        continue;
      x.when = before.when;
      x.explain += ", dated by the sentence before";
      break;
    }
  }
}

// Told in the past by the report itself, in a sentence that names no time.
bool GrammarDates::goes_on(const FoundEvent& later) const {
  const Event& x = later.event;
  const int trigger = later.trigger;
  if (!x.when.empty() || x.status != "occurred" || !t_.tag(trigger, "VBD") || x.said_in >= 0 ||
      (t_[trigger].head >= 0 && !t_.is(trigger, "conj")))
    return false;
  return !times_.in(t_.span({t_.sentence(trigger).begin, t_.sentence(trigger).end}));
}

bool GrammarDates::same_people(const Event& before, const Event& later) const {
  return std::any_of(later.source.begin(), later.source.end(), [&](int e) {
    return std::find(before.source.begin(), before.source.end(), e) != before.source.end() ||
           (e_.entities()[e].kind == "group" && before.source.size() > 1);
  });
}

}  // namespace chancery
