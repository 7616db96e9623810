#include "reading/stands/told_positions.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
void ToldPositions::narration() {
  for (int v = 0; v < t_.size(); ++v) {
    if (out_.done(v) || t_.is_any(v, {"aux", "cop", "amod"}) || !told_by_report(v)) continue;
    // "is against sending troops": what somebody is against, done as a verb.
    const bool is = t_.child(v, {"cop"}) >= 0 && t_.mark_of(v) == "against";
    if (!t_.verb(v) || is || (t_.passive(v) && t_.oblique(v, "by") < 0)) {
      by_adjective(v);
      continue;
    }
    const int holder = actor(t_.agent(v));
    if (holder >= 0) narrated(v, holder);
  }
}

// Who takes a stance at this word; -1 for nobody who can.
int ToldPositions::actor(int token) const {
  const int who = token >= 0 ? e_.actor_at(token) : -1;
  return who >= 0 && g_.takes_stances(who) ? who : -1;
}

// "is opposed to any deal", "is against a ceasefire", "is willing to talk".
void ToldPositions::by_adjective(int v) {
  if (t_.child(v, {"cop"}) < 0 && !t_.passive(v)) return;
  const int holder = actor(t_.subject(v));
  if (holder < 0) return;
  const std::string preposition = t_.noun(v)                   ? t_.case_of(v)
                                  : t_.mark_of(v) == "against" ? t_.mark_of(v)
                                                               : "";
  const bool against = preposition == "against";
  if (t_.noun(v) && !against && preposition != "in") return;
  const std::string word = against ? preposition : lower(t_[v].form);
  std::string kind(g_.stances().of_adjective(word));
  const int infinitive = t_.child(v, {"xcomp", "ccomp", "advcl"});
  const bool to = infinitive > v && t_.mark_of(infinitive) == "to";
  const bool readiness = kind == "offers" || kind == "rejects";
  if (kind.empty() || (readiness ? !to : !against && !to && t_.child(v, {"obl", "nmod"}) < v))
    return;
  if (t_.negated(v)) {
    if (kind != "offers") return;
    kind = "rejects";
  }
  const int first = preposition.empty() ? v : t_.child(v, {"case", "mark"});
  out_.add(holder, kind, {first, g_.clause(v).end}, v, -1, g_.condition_of(v),
           "'" + word + "' in the report's own words");
}

bool ToldPositions::told_by_report(int v) const {
  if (g_.is_cue(v)) return false;
  for (const FoundStatement& f : statements_)
    for (Span c : f.statement.content)
      if (c.contains(t_[v].span)) return false;
  return true;
}

void ToldPositions::narrated(int v, int holder) {
  const std::string_view modal = t_.modal(v), lemma = t_.lemma(v);
  std::string kind(g_.stance_of(v));
  if (kind.empty()) {
    // "will not sit down with", "would not recognize"
    if (t_.negated(v) && (modal == "will" || modal == "would") &&
        t_.child(v, {"obj", "obl", "xcomp"}) >= 0)
      out_.add(holder, "rejects", g_.clause(v), v, -1, g_.condition_of(v),
               "'" + std::string(modal) + " not'");
    // "would sign only if Norvania paid"
    else if (const Ground::Condition on = g_.condition_of(v); !t_.negated(v) && on.clause >= 0 &&
                                                              !on.found->phrase &&
                                                              (modal == "will" || modal == "would"))
      out_.add(holder, on.found->negative ? "warns" : "offers", g_.clause(v), v, -1, on,
               "'" + std::string(modal) + "' with a condition");
    return;
  }
  if (takes_no_stance(v, kind)) return;
  if (t_.negated(v)) {
    if (kind != "accepts" && kind != "supports") return;
    kind = "rejects";
  }
  TreeView::Range r = g_.clause(v, false);
  if (r.begin < v - 3) r.begin = v;
  const bool own = lemma == "hope" || lemma == "want";
  out_.add(holder, kind, own ? g_.clause(v) : r, v, -1, g_.condition_of(v),
           "'" + std::string(lemma) + "' in the report's own words");
}

// Verbs that take a stance only with what they govern.
bool ToldPositions::takes_no_stance(int v, const std::string& kind) const {
  const std::string_view lemma = t_.lemma(v);
  // "critics who say he should condemn it": what is asked of somebody is not yet his stance.
  if (t_.in(WordList::owed, t_.modal(v))) return true;
  if (kind == "warns" || t_.in(WordList::no_stance, lemma)) return true;
  if (t_.is_any(v, {"xcomp", "amod"})) return true;
  if (t_.child(v, {"obj", "xcomp", "ccomp", "obl", "advcl"}) < 0) return true;
  const int adverbial = t_.child(v, {"advcl"});
  if (t_.in(WordList::promising, lemma) && t_.child(v, {"xcomp", "obj"}) < 0 &&
      (adverbial < v || t_.mark_of(adverbial) != "to"))
    return true;
  return (lemma == "insist" && t_.oblique(v, "on") < 0) ||
         (lemma == "back" && t_.child(v, {"obj"}) < 0);
}

void ToldPositions::stages() {
  for (const Sentence& s : t_.document().sentences) {
    const int plan = plan_in_stages(s);
    if (plan < 0) continue;
    const Stages found = items_of(plan, s);
    if (found.items.size() >= 2 && found.end >= 0) staged(plan, found, s);
  }
}

// The word of the plan, where the sentence says that it has steps; -1 otherwise.
int ToldPositions::plan_in_stages(const Sentence& s) const {
  int plan = -1;
  bool counted = false;
  for (int i = s.begin; i < s.end; ++i) {
    const std::string_view lemma = t_.lemma(i);
    const std::string low = lower(t_[i].form);
    if (!t_.in(WordList::plans, lemma) && !t_.in(WordList::plans, low)) continue;
    if (plan < 0 || lemma == "roadmap" || lemma == "plan") plan = i;
    counted |= t_.in(WordList::steps, lemma) || low == "phased" || low == "staged";
  }
  return counted ? plan : -1;
}

// Items apart by commas, one to four words each, after the plan.
ToldPositions::Stages ToldPositions::items_of(int plan, const Sentence& s) const {
  Stages out;
  // "a plan in three phases: …", "would proceed in three stages: …": the list begins behind its mark.
  int from = plan + 1;
  for (int i = plan + 1; i < std::min(s.end, plan + 9); ++i)
    if (t_[i].form == ":" || t_[i].form == "(") {
      from = i + 1;
      break;
    }
  int item = -1;
  for (int i = from; i <= s.end; ++i) {
    const std::string_view f = i < s.end ? t_[i].form : std::string_view(".");
    if (!t_.in(WordList::list_marks, f)) {
      if (item < 0) item = i;
      if (i - item > 3) break;
      if (t_.verb(i) && t_.child(i, {"nsubj"}) >= 0) break;
      continue;
    }
    if (item < 0) continue;
    bool noun = false;
    for (int k = item; k < i; ++k) noun |= t_.noun(k) || t_.tag(k, "VBG") || t_.tag(k, "VB");
    if (noun) {
      out.items.push_back(squeeze(t_.span({item, i}).of(t_.document().text)));
      out.end = i;
      if ((f == "." || f == "”" || f == "\"" || f == ";" || f == ")") && out.items.size() >= 2)
        break;
      if (f == "of" || f == ":" || f == "(" || f == "“") out.items.clear();
    } else if (!out.items.empty()) {
      break;
    }
    item = -1;
  }
  return out;
}

// Whose plan it is: its owner, who tells it, or the subject of its verb.
void ToldPositions::staged(int plan, const Stages& stages, const Sentence& s) {
  const int possessor = t_.child(plan, {"nmod:poss"});
  int holder = possessor >= 0 ? e_.at(possessor) : -1;
  int said = -1;
  for (size_t k = 0; k < statements_.size(); ++k)
    for (Span c : statements_[k].statement.content)
      if (c.contains(t_[plan].span)) said = static_cast<int>(k);
  if (holder < 0 && said >= 0) holder = statements_[said].statement.speaker;
  if (holder < 0) {
    const int up = t_[plan].head;
    const int subject = up >= 0 && t_.verb(up) ? t_.subject(up) : -1;
    holder = subject >= 0 ? e_.actor_at(subject) : -1;
  }
  TreeView::Range r = t_.subtree_without(plan, [&](int, int c) {
    return t_.is_any(c, {"case", "acl"});
  });
  r = {std::min(possessor >= 0 ? possessor : plan, r.begin), stages.end};
  if (r.begin < s.begin) r.begin = s.begin;
  out_.add(holder, "proposes", r, plan, said, {}, "a plan in stages");
  if (!out_.found.empty() && out_.found.back().stance == "proposes")
    out_.found.back().stages = stages.items;
}

}  // namespace chancery
