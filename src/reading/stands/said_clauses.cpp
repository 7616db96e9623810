// The clauses of what was said, and the stance that each takes: the rules are asked in turn, the first
// that has a say decides.
#include <algorithm>

#include "base/utf8.h"
#include "reading/stands/said_positions.h"

namespace chancery {
namespace {

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

}  // namespace

// One clause of what was said. True when it gave a position.
bool SaidPositions::predicate(int i, int said, int speaker, TreeView::Range limit) {
  if (!puts_forward(i, limit)) return false;
  Clause c{i, said, speaker, limit};
  c.who = g_.subject_entity(i, c.subject);
  c.own = g_.first_person(c.subject) || g_.same_side(c.who, speaker);
  // "a meeting with Olm": the noun is nobody, though somebody stands in its phrase.
  const Mention* mention = c.subject >= 0 ? e_.mention_at(c.subject) : nullptr;
  c.somebody = c.who >= 0 && mention && mention->head == c.subject;
  c.modal = t_.modal(i);
  c.lemma = t_.lemma(i);
  c.negated = negated(i);
  read_condition(c);
  if (c.range.end <= c.range.begin) return false;
  if (Answer a = fails_or_opposes(c)) return *a;
  if (Answer a = no_reason(c)) return *a;
  if (Answer a = there_is_none(c)) return *a;
  if (Answer a = must(c)) return *a;
  if (Answer a = feared(c)) return *a;
  if (Answer a = lives_with(c)) return *a;
  if (Answer a = by_verb(c)) return *a;
  if (Answer a = refused_or_harmful(c)) return *a;
  return promised_on_condition(c).value_or(false);
}

// Clauses of conditions and relative clauses are not what is put forward, nor are words of saying.
bool SaidPositions::puts_forward(int i, TreeView::Range limit) const {
  if (out_.done(i) || g_.is_cue(i) || g_.hypothetical(i)) return false;
  const bool copular = t_.child(i, {"cop"}) >= 0 || t_.child(i, {"expl"}) >= 0;
  if (!t_.verb(i) && !copular) return false;
  if (t_.is_any(i, {"aux", "cop", "amod", "compound"})) return false;
  for (int at = i, steps = 0; at >= 0 && steps < 6; ++steps, at = t_[at].head) {
    if (t_.is(at, "advcl") && at >= limit.begin && at < limit.end) return false;
    if (t_.is(at, "acl:relcl") || std::string_view(t_[at].relation) == "acl:relcl") {
      if (at != i || t_.lemma(t_[at].head) != "reason") return false;
    }
    if (at == t_[at].head || at < limit.begin || at >= limit.end) break;
  }
  return true;
}

bool SaidPositions::negated(int i) const {
  if (t_.negated(i)) return true;
  if ((t_.child(i, {"cop"}) >= 0 || t_.child(i, {"expl"}) >= 0) && t_.none_of(i)) return true;
  // "would accept no mediation"
  if (int object = t_.child(i, {"obj"}); object >= 0 && t_.none_of(object)) return true;
  // "would let no inspector in": the tree may give the object to the verb below.
  if (int below = t_.child(i, {"ccomp", "xcomp"}); t_.lemma(i) == "let" && below >= 0)
    for (int k = i + 1; k < std::min(t_.size(), i + 3); ++k)
      if (lower(t_[k].form) == "no") return true;
  return false;
}

// The condition, and the clause's words without it.
void SaidPositions::read_condition(Clause& c) const {
  c.condition = g_.condition_of(c.word);
  c.range = g_.clause(c.word);
  if (c.condition.clause >= 0) {
    const TreeView::Range other = c.condition.found->range;
    if (other.begin > c.word) c.range.end = std::min(c.range.end, other.begin);
    else if (other.end <= c.word) c.range.begin = std::max(c.range.begin, other.end);
  }
  c.range.begin = std::max(c.range.begin, c.limit.begin);
  c.range.end = std::min(c.range.end, c.limit.end);
}

bool SaidPositions::put(const Clause& c, const std::string& stance, const std::string& why,
                        int toward) {
  out_.add(c.speaker, stance, c.range, c.word, c.said, c.condition, why, toward);
  if (stance == "offers" || stance == "accepts" || stance == "rejects")
    out_.demand_of_condition(c.condition, c.speaker, c.said);
  return true;
}

bool SaidPositions::promise(const Clause& c) const { return t_.in(WordList::will, c.modal); }

SaidPositions::Answer SaidPositions::fails_or_opposes(Clause& c) {
  // What cannot succeed unless the other moves is a warning, not an offer.
  if (c.condition.clause >= 0 && !c.own &&
      (g_.any_lemma(c.range, g_.stances().failing) ||
       (c.negated && g_.any_lemma(c.range, WordList::succeeding)))) {
    put(c, "warns", "what fails unless a condition is met");
    out_.demand_of_condition(c.condition, c.speaker, c.said);
    return true;
  }
  // "not going to"
  if (c.lemma == "go" && c.negated && c.own && t_.child(c.word, {"xcomp"}) > c.word)
    return put(c, "rejects", "'not going to'");
  // "is opposed to"
  if (lower(t_[c.word].form) == "opposed" && t_.oblique(c.word, "to") > c.word) {
    if (c.own || c.who < 0 || e_.entities()[c.who].kind == "event")
      return put(c, "opposes", "'opposed to'");
    out_.add(c.who, "opposes", c.range, c.word, c.said, {}, "'opposed to'");
    return true;
  }
  return {};
}

// "there is no reason we cannot …": two refusals make an offer.
SaidPositions::Answer SaidPositions::no_reason(Clause& c) {
  int reason = -1;
  for (int k = std::max(c.limit.begin, c.word - 6); k < c.word; ++k)
    if (t_.lemma(k) == "reason" && k > 0 && lower(t_[k - 1].form) == "no") reason = k;
  if (reason >= 0 && c.negated) {
    c.range.begin = std::max(c.limit.begin, reason - 1);
    for (int k = c.range.begin - 1; k >= c.limit.begin && k >= c.range.begin - 3; --k)
      if (t_.in(WordList::sees, lower(t_[k].form))) {
        if (lower(t_[k].form) == "there") c.range.begin = k;
        break;
      }
    if (c.condition.clause < 0 && t_[reason].head >= 0)
      c.condition = g_.condition_of(t_[reason].head);
    out_.set_done(reason);
    return put(c, "offers", "'no reason' with a negated clause");
  }
  const int subject = t_.child(c.word, {"nsubj"});
  if (c.lemma == "reason" || (subject >= 0 && t_.lemma(subject) == "reason")) return false;
  return {};
}

// "There can be no …", "no intention of", "no willingness to"
SaidPositions::Answer SaidPositions::there_is_none(const Clause& c) {
  const int complement = t_.noun(c.word)     ? c.word
                         : c.lemma == "have" ? t_.child(c.word, {"obj"})
                                             : t_.child(c.word, {"nsubj", "obj"});
  const bool none = (complement > 0 && (lower(t_[complement - 1].form) == "no" ||
                                        t_.lemma(complement) == "nothing")) ||
                    (complement >= 0 && t_.none_of(complement));
  if (t_.child(c.word, {"expl"}) >= 0 && (none || c.negated)) {
    if (t_.in(WordList::can_or_will, c.modal) || c.modal == "must")
      return put(c, "rejects", "'there can be no'");
    if (c.condition.clause >= 0 && c.condition.found->mark == "without")
      return put(c, "rejects", "'there is no' without something");
  }
  if (c.lemma == "have" && none && complement >= 0 && (c.own || c.who < 0) &&
      (t_.in(WordList::wishes, t_.lemma(complement)) || c.modal == "will"))
    return put(c, "rejects", "'no " + std::string(t_.lemma(complement)) + "'");
  return {};
}

SaidPositions::Answer SaidPositions::must(Clause& c) {
  const bool modal = t_.in(WordList::owed, c.modal);
  if (!modal && c.lemma != "need" && !(c.lemma == "have" && t_.child(c.word, {"xcomp"}) >= 0))
    return {};
  if (!what_is_needed(c)) return false;
  const std::string_view word = c.modal.empty() ? c.lemma : c.modal;
  // "We should expand exchanges": a plan for both.
  if (g_.first_person(c.subject) && c.modal != "must")
    return put(c, "proposes", "'we " + std::string(word) + "'");
  if (c.lemma == "have" && t_.child(c.word, {"obj"}) >= 0) return false;
  if (const int next = what_would_follow(c); next >= 0) {
    c.range.end = std::min(c.range.end, t_.child(next, {"mark"}));
    offer_after_demand(c);
  }
  return put(c, "demands", quoted(word), c.who);
}

// Something is needed, of another than the speaker himself.
bool SaidPositions::what_is_needed(const Clause& c) const {
  if (c.lemma == "need" && t_.child(c.word, {"xcomp", "obj"}) < 0) return false;
  const int infinitive = t_.child(c.word, {"xcomp"});
  if (c.lemma == "have" && (infinitive < 0 || t_.mark_of(infinitive) != "to" || c.own))
    return false;
  return !g_.first_person(c.subject) || lower(t_[c.subject].form) != "i";
}

// "must be lifted before we would discuss a map": the verb of what would follow; -1 where nothing would.
int SaidPositions::what_would_follow(const Clause& c) const {
  for (int child : t_.children(c.word))
    if (t_.is(child, "advcl") && child > c.word && t_.mark_of(child) == "before" &&
        t_.in(WordList::can_or_will, t_.modal(child)))
      return child;
  return -1;
}

// The offer of what would follow, with what must come first as its condition.
void SaidPositions::offer_after_demand(const Clause& c) {
  const int next = what_would_follow(c), before = t_.child(next, {"mark"});
  TreeView::Range first = g_.clause(c.word), second = g_.clause(next);
  if (before > c.word) {
    first.end = std::min(first.end, before);
    second.begin = std::max(second.begin, before + 1);
  }
  Ground::Condition condition;
  condition.clause = c.word;
  condition.span = t_.trimmed(first);
  out_.add(c.speaker, "offers", second, next, c.said, condition, "what would follow a demand");
}

// What hangs on a condition that is feared.
SaidPositions::Answer SaidPositions::feared(const Clause& c) {
  if (c.condition.clause < 0 || c.condition.found->phrase) return {};
  const Conditional& condition = *c.condition.found;
  const bool fear = condition.negative || g_.any_lemma(condition.range, g_.stances().hostile);
  // "If these ships come again, we will publish every track": a promise that hangs on what is feared.
  if (c.own) {
    if (promise(c) && !c.negated && !g_.stances().friendly.count(std::string(c.lemma)) && fear)
      return put(c, "warns", "a promise with a condition that is feared");
    // "If the army crosses the border, we shall respond with force", "will be compelled to answer with …"
    const int below = t_.child(c.word, {"xcomp"});
    if (promise(c) && !c.negated && g_.unfriendly(c.condition.clause) &&
        (g_.retaliates(c.word) || (below >= 0 && g_.retaliates(below))))
      return put(c, "warns", "an answer to what another would do");
    return {};
  }
  // "If it does not leave, it will be taught a lesson"; "until they go, no road is safe".
  int token;
  const int who = g_.subject_entity(c.condition.clause, token);
  if (who < 0 || g_.same_side(who, c.speaker)) return {};
  if (promise(c) && !c.negated && fear)
    return put(c, "warns", "what will follow if another does what is feared");
  if (c.modal.empty() && (condition.mark == "until" || condition.mark == "unless") &&
      (c.negated || g_.no_subject(c.word)))
    return put(c, "warns", "what fails until another moves");
  return {};
}

// "could live with", "would not object", "ready to"
SaidPositions::Answer SaidPositions::lives_with(const Clause& c) {
  if (!c.own) return {};
  if (c.lemma == "live" && t_.oblique(c.word, "with") > c.word)
    return put(c, "accepts", "'live with'");
  if (c.lemma == "object" && c.negated) return put(c, "accepts", "'not object'");
  const std::string form = lower(t_[c.word].form);
  if (!g_.stances().ready.count(form)) return {};
  return c.negated ? put(c, "rejects", "'not " + form + " to'")
                   : put(c, "offers", "'" + form + " to'");
}

// Verbs that take a stance, of the speaker or of whom he tells.
SaidPositions::Answer SaidPositions::by_verb(const Clause& c) {
  const std::string_view stance = g_.stance_of(c.word);
  if (stance.empty() || !t_.verb(c.word) ||
      (t_.tag(c.word, "VBG") && t_.child(c.word, {"aux"}) < 0))
    return {};
  // "The visit offers a chance": things take no stance.
  if (c.who < 0 && c.subject >= 0 && t_.noun(c.subject)) return false;
  const int holder = c.own || c.who < 0 ? c.speaker : c.who;
  if (!g_.takes_stances(holder) || (c.lemma == "agree" && !t_.in(WordList::can_or_will, c.modal)) ||
      stance == "warns" || (c.lemma == "hope" && c.negated) || t_.passive(c.word) ||
      c.lemma == "suggest" || (c.lemma == "dismiss" && t_.child(c.word, {"obj"}) < 0))
    return {};
  return of_verb(c, stance, holder);
}

SaidPositions::Answer SaidPositions::of_verb(const Clause& c, std::string_view stance, int holder) {
  if (c.negated) {
    if (stance != "accepts" && stance != "supports" && stance != "offers") return false;
    stance = "rejects";
  }
  if (holder == c.speaker) return put(c, std::string(stance), quoted(c.lemma));
  if (stance == "offers" || stance == "proposes" ||
      t_.child(c.word, {"obj", "xcomp", "ccomp", "obl"}) < 0)
    return {};
  out_.add(holder, std::string(stance), c.range, c.word, c.said, c.condition,
           quoted(c.lemma) + " told of another");
  return true;
}

SaidPositions::Answer SaidPositions::refused_or_harmful(const Clause& c) {
  if (c.negated && (t_.in(WordList::can_or_will, c.modal) || c.modal == "shall") && c.own)
    return put(c, "rejects", "'" + std::string(c.modal) + " not'");
  if (!c.negated && t_.in(WordList::harming, c.modal) && g_.any_lemma(c.range, g_.stances().harm))
    return put(c, "warns", "word of harm with '" + std::string(c.modal) + "'");
  return {};
}

SaidPositions::Answer SaidPositions::promised_on_condition(const Clause& c) {
  if (c.negated) return {};
  if (c.condition.clause >= 0 &&
      (t_.in(WordList::can_or_will, c.modal) || c.modal == "may" || c.modal == "might")) {
    int token;
    const int whose = g_.subject_entity(c.condition.clause, token);
    // What one would do if another moved; or what could happen then.
    const bool other_moves = whose >= 0 && !g_.same_side(whose, c.speaker);
    if (c.own || ((other_moves || t_.passive(c.word)) && !c.somebody))
      return put(c, "offers", "'" + std::string(c.modal) + "' with a condition");
  }
  // "we will share every measurement": what is promised for the other, without a condition.
  if (c.own && promise(c) && g_.stances().giving.count(std::string(c.lemma)) &&
      !t_.passive(c.word) && t_.child(c.word, {"obj", "obl"}) >= 0)
    return put(c, "offers", "'" + std::string(c.modal) + "' with a friendly act");
  return {};
}

}  // namespace chancery
