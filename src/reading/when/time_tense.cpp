// Which way a time without a year, or a weekday, points: by the tense of its clause.
#include <algorithm>

#include "reading/when/times.h"

namespace chancery {

int Times::lead_in(int begin) const {
  int first = t_.sentence(begin).begin, at = begin - 1;
  if (!places_.empty() && places_.back().lone_clock && places_.back().range.begin >= first &&
      joined_by("day_behind_time", places_.back().range.end, begin))
    at = places_.back().range.begin - 1;
  while (at >= first && grammar_.in_class("before_day", low_[at])) --at;
  return at >= first ? at : -1;
}

Times::Ahead Times::looks_ahead(int begin) const {
  int lead = lead_in(begin);
  std::string preposition = lead < 0 ? "" : low_[lead];
  for (int at = lead; at >= 0 && at >= lead - 3; --at) {
    int end = at;
    if (!member("ahead_phrase", end, lead + 1).empty() && end == lead + 1) return Ahead::yes;
  }
  auto is_deadline = [&](int i) { return grammar_.in_class("deadline", t_.lemma(i)); };
  const char* type = preposition == "until" || preposition == "till" ? "ahead_until"
                     : preposition == "to" || preposition == "into"  ? "ahead_to"
                     : preposition == "for"                          ? "ahead_for"
                     : preposition == "by"                           ? "ahead_by"
                                                                     : "ahead_on";
  bool until = std::string_view(type) == "ahead_until";
  // "due Tuesday", "due on Tuesday"
  for (int at = lead; at >= 0 && at >= lead - (preposition == "on"); --at)
    if (grammar_.in_class("ahead_on", t_.lemma(at))) return Ahead::yes;
  // "the deadline is Monday"
  for (int c : t_.children(begin))
    if (t_.is(c, "nsubj") && is_deadline(c)) return Ahead::yes;
  // The words above the expression, to the nearest verb.
  int at = t_[begin].head;
  for (int steps = 0; at >= 0 && steps < 6; ++steps, at = t_[at].head) {
    if (is_deadline(at)) {
      int verb = governor(at);
      if (verb < 0 || !grammar_.in_class("behind_deadline", t_.lemma(verb))) return Ahead::yes;
    }
    const int perfect = t_.perfect(at);
    const bool had = perfect >= 0 && !t_.tag(perfect, "VBP") && !t_.tag(perfect, "VBZ");
    if (grammar_.in_class(type, t_.lemma(at)) && !had) return until ? Ahead::strictly : Ahead::yes;
    if (!t_.verb(at)) continue;
    if (until && perfect >= 0 && !had) return Ahead::strictly;  // "has been closed until Monday"
    // "told it to leave by Friday"
    if (preposition == "by" && low_[at] == t_.lemma(at) && t_.mark_of(at) == "to")
      return Ahead::yes;
    if (until && (tense(at) == Tense::present || tense(at) == Tense::future))
      return Ahead::strictly;
    return Ahead::no;
  }
  // "is in force until Sunday"
  return until && tense(begin) == Tense::present ? Ahead::strictly : Ahead::no;
}

// The weekday or month at or behind this word tells of the verb itself, not of a noun that the verb
// speaks of.
bool Times::hangs_on_verb(int begin) const {
  for (int i = begin; i < t_.sentence(begin).end && i < begin + 3; ++i)
    if (grammar_.member("weekday", words_, i, i + 1) || grammar_.member("month", words_, i, i + 1))
      return t_[i].head >= 0 && t_.verb(t_[i].head) && t_.is_any(i, {"obl", "advmod", "nmod"});
  return false;
}

bool Times::told_ahead(int begin) const {
  for (int at = t_[begin].head, steps = 0; at >= 0 && steps < 6; ++steps, at = t_[at].head)
    if (t_.verb(at)) return t_.modal(at) == "would";
  return false;
}

Times::Tense Times::tense_of(int begin, int end) const {
  int head = begin;
  for (int i = begin; i < end; ++i)
    if (t_[i].head < begin || t_[i].head >= end) head = i;
  if (begin > 0 && low_[begin - 1] == "since") return Tense::past;
  if (looks_ahead(begin) != Ahead::no) return Tense::future;
  // "a June agreement", "Thursday's price": the verb above dates something else.
  if (t_.is(head, "compound") || std::string_view(t_[head].relation) == "nmod:poss")
    return Tense::unknown;
  return tense(head);
}

Times::Tense Times::tense(int token) const {
  // "since August" looks back whatever the verb.
  if (token > 0 && low_[token - 1] == "since") return Tense::past;
  // A time clause or the quotation's own verb: the nearest verb above.
  int at = token;
  for (int steps = 0; at >= 0 && steps < 30; ++steps, at = t_[at].head) {
    if (!t_.verb(at) && !(t_.child(at, {"cop", "aux"}) >= 0)) continue;
    bool to = false, had = false, past_aux = false, present_aux = false;
    for (int c : t_.children(at)) {
      if (t_.is(c, "mark") && low_[c] == "to") to = true;
      if (t_.is_any(c, {"aux", "cop"})) {
        had |= t_.lemma(c) == "have";
        past_aux |= t_.tag(c, "VBD");
        present_aux |= t_.tag(c, "VBZ") || t_.tag(c, "VBP");
      }
    }
    std::string_view modal = t_.modal(at);
    if (t_.in(WordList::modals, modal)) return had ? Tense::past : Tense::future;
    if (to) {
      // "agreed to meet Friday", "likely to fall", "a plan to sell" look ahead; other infinitives
      // share the time of what governs them.
      int up = t_[at].head;
      if (up < 0 || t_.noun(up) || grammar_.in_class("ahead_infinitive", t_.lemma(up)))
        return Tense::future;
      continue;
    }
    if (t_.tag(at, "VBD") || past_aux || had) return Tense::past;
    if (t_.tag(at, "VBN") && !present_aux && !past_aux) return Tense::past;
    if (t_.tag(at, "VBG") && present_aux) return Tense::future;
    if (t_.tag(at, "VBG")) continue;
    // "quit", "hit", "put": the past looks like the present.
    if (t_.tag(at, "VBP") && grammar_.in_class("same_past", low_[at])) return Tense::past;
    if (present_aux || t_.tag(at, "VBZ") || t_.tag(at, "VBP"))
      return t_.tag(at, "VBN") && !present_aux ? Tense::past : Tense::present;
    return Tense::unknown;
  }
  return Tense::unknown;
}

}  // namespace chancery
