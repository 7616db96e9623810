#include "reading/done/act_status.h"

#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

using Words = std::unordered_set<std::string_view>;

// Verbs above an infinitive that say how real it is.
const Words kPlanning = {"plan",    "intend", "expect",  "schedule", "set", "due",
                         "prepare", "decide", "arrange", "agree",    "aim", "announce",
                         "ready",   "slate",  "going",   "go"};
const Words kPossible = {"consider", "contemplate", "mull", "like", "able",   "willing",
                         "possible", "likely",      "try",  "seek", "attempt"};
const Words kFailed = {"fail", "refuse", "decline", "unable", "stop", "prevent", "avoid", "deny"};
// Above these the infinitive is what was asked or promised, not done.
const Words kSpoken = {"urge",     "ask",      "demand",  "call",    "order",    "press",
                       "request",  "threaten", "promise", "pledge",  "vow",      "offer",
                       "invite",   "appeal",   "warn",    "advise",  "refuse",   "decline",
                       "reject",   "insist",   "propose", "suggest", "want",     "hope",
                       "wish",     "need",     "allow",   "force",   "pressure", "encourage",
                       "persuade", "implore",  "beg"};
// Above these a clause in the subjunctive is what was wished for.
const Words kSubjunctive = {"demand",    "insist", "propose", "request", "urge",
                            "recommend", "want",   "wish",    "hope"};
// What is wanted, feared or talked about is not done yet.
const Words kWanting = {"propose", "suggest", "seek", "want",     "demand", "plan",    "offer",
                        "discuss", "urge",    "fear", "consider", "avoid",  "prevent", "accept"};
const Words kToCome = {"planned", "upcoming", "scheduled", "forthcoming",
                       "future",  "coming",   "expected"};
const Words kUnsure = {"possible", "potential", "proposed", "threatened", "alleged", "would-be"};

bool may(std::string_view modal) {
  return modal == "may" || modal == "might" || modal == "could" || modal == "can";
}

bool will(std::string_view modal) {
  return modal == "will" || modal == "would" || modal == "shall";
}

}  // namespace

void ActStatus::of_verb(int v, const Trigger& t, Event& x) const {
  x.status = "occurred";
  const std::string_view modal = t_.modal(v);
  const std::string mark = t_.mark_of(v);
  const bool to = mark == "to" || mark == "in order" || mark == "due to";
  if (will(modal) || modal == "'ll") x.status = "planned";
  if (may(modal)) x.status = "possible";
  // What should or must be done is asked for, not done: a position, and a request where somebody is
  // asked.
  if (modal == "should" || modal == "must" || modal == "ought") {
    x.status = "";
    return;
  }
  if (modal == "would" && has_condition(v)) x.status = "conditional";
  if (!clauses_above(v, t, to, x)) return;
  by_own_words(v, to, x);
  if (mark == "if" || mark == "unless" || mark == "should" || mark == "provided" ||
      mark == "in case")
    x.status = "conditional";
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
  if (will(modal)) x.status = "planned";
  else if (may(modal) || modal == "should" || modal == "must") x.status = "possible";
}

ActStatus::Next ActStatus::clause_above(int clause, int up, const Trigger& t, bool to,
                                        Event& x) const {
  const std::string_view above = t_.lemma(up);
  if (t_.is(clause, "ccomp") && kSubjunctive.count(above) &&
      (t_.tag(clause, "VB") || t_.tag(clause, "VBP")) && t_.modal(clause).empty()) {
    x.status = "";
    return Next::settled;
  }
  if (t_.mark_of(clause) != "to" && !t_.is(clause, "xcomp")) return Next::over;
  if (kSpoken.count(above)) {
    // What was asked, promised or refused: an event only when it is a meeting to come.
    const bool arranged = lexicon_.has(t.type, Trait::meeting) &&
                          (above == "agree" || above == "promise" || above == "pledge");
    x.status = arranged ? "planned" : "";
    if (!arranged) return Next::settled;
  }
  if (kFailed.count(above)) {
    if (above == "fail" && lexicon_.has(t.type, Trait::failed_is_refused)) {
      refuse("", x);
      return Next::settled;
    }
    x.status = "denied";
    return Next::over;
  }
  if (kPlanning.count(above)) {
    const std::string_view modal = t_.modal(up);
    if (x.status == "occurred") x.status = "planned";
    if (modal == "may" || modal == "could" || modal == "might") x.status = "possible";
    return Next::over;
  }
  if (kPossible.count(above)) {
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
  bool will_not =
      will(modal) || modal == "can" || modal == "could" || t_.tag(v, "VBP") || t_.tag(v, "VBZ");
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
        if (m == "if" || m == "unless" || m == "provided" || m == "as long as") return true;
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
    if (kToCome.count(low)) x.status = "planned";
    if (kUnsure.count(low)) x.status = "possible";
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
  if (t_.is(n, "obj") && t_.verb(up) && kWanting.count(t_.lemma(up))) x.status = "possible";
}

}  // namespace chancery
