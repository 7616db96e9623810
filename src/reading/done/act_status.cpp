#include "reading/done/act_status.h"

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

void ActStatus::of_verb(int v, const Trigger& t, Event& x) const {
  x.status = "occurred";
  const std::string_view modal = t_.modal(v);
  const std::string mark = t_.mark_of(v);
  const bool to = t_.in(WordList::purpose, mark);
  if (t_.in(WordList::promising_modals, modal) || modal == "'ll") x.status = "planned";
  if (t_.in(WordList::may, modal)) x.status = "possible";
  // What should or must be done is asked for, not done: a position, and a request where somebody is
  // asked.
  if (t_.in(WordList::owed, modal)) {
    x.status = "";
    return;
  }
  if (modal == "would" && has_condition(v)) x.status = "conditional";
  if (!clauses_above(v, t, to, x)) return;
  by_own_words(v, to, x);
  if (t_.in(WordList::conditional_marks, mark)) x.status = "conditional";
  if (has_condition(v) && x.status != "occurred") x.status = "conditional";
  if (t_.negated(v)) negated(v, t, x);
  // A public word that was said has occurred whatever tense it speaks of.
  else if (t.verbal && x.status == "planned" && modal.empty() && !to) x.status = "occurred";
}

// The clauses above an infinitive or participle; false when they have settled the status.
bool ActStatus::clauses_above(int v, const Trigger& t, bool to, Event& x) const {
  const bool bare = t_.modal(v).empty();
  int clause = v, up = t_[v].head;
  for (int steps = 0;
       steps < 4 && up >= 0 && t_.is_any(clause, {"xcomp", "ccomp", "conj", "acl", "advcl"});
       ++steps) {
    if (t_.is(clause, "conj") && bare && t_.child(clause, {"nsubj", "aux"}) < 0) {
      shared_with(up, x);
      if (t_.mark_of(up) != "to") break;
    } else {
      const Next next = clause_above(clause, up, t, to, x);
      if (next == Next::settled) return false;
      if (next == Next::over) break;
    }
    clause = up;
    up = t_[clause].head;
  }
  return true;
}

// A verb joined to another without a subject of its own shares its modal.
void ActStatus::shared_with(int up, Event& x) const {
  const std::string_view modal = t_.modal(up);
  if (t_.in(WordList::promising_modals, modal)) x.status = "planned";
  else if (t_.in(WordList::may, modal) || modal == "should" || modal == "must")
    x.status = "possible";
}

ActStatus::Next ActStatus::clause_above(int clause, int up, const Trigger& t, bool to,
                                        Event& x) const {
  const std::string_view above = t_.lemma(up);
  if (t_.is(clause, "ccomp") && t_.in(WordList::subjunctive, above) &&
      (t_.tag(clause, "VB") || t_.tag(clause, "VBP")) && t_.modal(clause).empty()) {
    x.status = "";
    return Next::settled;
  }
  if (t_.mark_of(clause) != "to" && !t_.is(clause, "xcomp")) return Next::over;
  if (t_.in(WordList::spoken, above)) {
    // What was asked, promised or refused: an event only when it is a meeting to come.
    const bool arranged = lexicon_.has(t.type, Trait::meeting) && t_.in(WordList::agreeing, above);
    x.status = arranged ? "planned" : "";
    if (!arranged) return Next::settled;
  }
  if (t_.in(WordList::failing_to, above)) {
    if (above == "fail" && lexicon_.has(t.type, Trait::failed_is_refused)) {
      refuse("", x);
      return Next::settled;
    }
    x.status = "denied";
    return Next::over;
  }
  if (t_.in(WordList::planning, above)) {
    const std::string_view modal = t_.modal(up);
    if (x.status == "occurred") x.status = "planned";
    if (t_.in(WordList::might, modal)) x.status = "possible";
    return Next::over;
  }
  if (t_.in(WordList::weighing, above)) {
    x.status = "possible";
    return Next::over;
  }
  if (t_.is_any(clause, {"acl", "advcl"})) {
    // "a plan to attack", "went there to meet"
    if (t_.noun(up)) {
      x.status = above == "plan" || above == "decision" ? "planned" : "";
      return x.status.empty() ? Next::settled : Next::over;
    }
    if (to) x.status = "planned";
    return Next::over;
  }
  if (t_.modal(up) == "will" || t_.modal(up) == "would") x.status = "planned";
  return Next::upward;
}

// "is to visit", "is due to arrive"
void ActStatus::by_own_words(int v, bool to, Event& x) const {
  if (x.status != "occurred") return;
  if (to && t_.child(v, {"cop", "aux"}) >= 0) x.status = "planned";
  for (int c : t_.children(v)) {
    if (t_.is(c, "mark") && lower(t_[c].form) == "due") x.status = "planned";
    if (t_.is(c, "aux") && t_.lemma(c) == "be" && t_.tag(v, "VB") && !t_.tag(v, "VBN") &&
        !t_.tag(v, "VBG"))
      x.status = "planned";
  }
}

// "would not meet" refuses where it is somebody's to do; else it was not done.
void ActStatus::negated(int v, const Trigger& t, Event& x) const {
  const std::string_view modal = t_.modal(v);
  bool will_not = t_.in(WordList::promising_modals, modal) || modal == "can" || modal == "could" ||
                  t_.tag(v, "VBP") || t_.tag(v, "VBZ");
  for (int c : t_.children(v))
    will_not |= t_.is(c, "aux") && (t_.tag(c, "VBP") || t_.tag(c, "VBZ")) && t_.lemma(c) == "do";
  if (will_not && lexicon_.has(t.type, Trait::refusable)) {
    refuse(lexicon_.has(t.type, Trait::meeting) ? "meet" : "", x);
    return;
  }
  x.status = "denied";
  // "has not yet met": nothing happened and nobody denies it.
  if (grammar_.statement_of(v) < 0 && (lexicon_.has(t.type, Trait::arranged) || t.verbal))
    x.status = "";
}

void ActStatus::refuse(const std::string& mode, Event& x) const {
  x.type = lexicon_.type_with(Trait::refusal);
  x.mode = mode;
  x.cameo = lexicon_.cameo_of(x.type, mode);
  x.status = "occurred";
}

// A clause with "if" or the like that hangs on this verb.
bool ActStatus::has_condition(int v) const {
  for (int at = v, steps = 0; at >= 0 && steps < 3; ++steps) {
    for (int c : t_.children(at))
      if (t_.is(c, "advcl")) {
        std::string m = t_.mark_of(c);
        if (t_.in(WordList::condition_marks, m)) return true;
      }
    if (!t_.is_any(at, {"xcomp", "conj"})) break;
    at = t_[at].head;
  }
  return false;
}

void ActStatus::of_noun(int n, const Trigger& t, Event& x) const {
  x.status = "occurred";
  for (int c : t_.children(n)) {
    const std::string low = lower(t_[c].form);
    if (t_.in(WordList::to_come, low)) x.status = "planned";
    if (t_.in(WordList::unsure, low)) x.status = "possible";
    if (low == "no") x.status = "denied";
  }
  const int up = t_[n].head;
  if (x.status != "occurred" || up < 0) return;
  std::string above;
  int verb = up;
  while (verb >= 0 && !t_.verb(verb) && t_[verb].head >= 0) verb = t_[verb].head;
  if (t_.verb(verb)) {
    Event probe;
    of_verb(verb, Trigger(), probe);
    above = probe.status;
  }
  const bool depends = t_.is_any(n, {"obj", "nsubj", "obl", "nmod"});
  if (depends && (above == "possible" || above == "conditional")) x.status = above;
  if (depends && above == "planned" && lexicon_.has(t.type, Trait::arranged)) x.status = "planned";
  if (t_.is(n, "obj") && t_.verb(up) && t_.in(WordList::wanting, t_.lemma(up)))
    x.status = "possible";
}

}  // namespace chancery
