#include "reading/stands/ground.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

Ground::Ground(const TreeView& t, const Stances& stances, std::vector<Conditional> conditions,
               const std::vector<FoundStatement>& statements, const Entities& entities)
    : t_(t),
      stances_(stances),
      conditions_(std::move(conditions)),
      e_(entities),
      cue_(t.size(), 0),
      hypothetical_(t.size(), 0) {
  for (const FoundStatement& s : statements) cue_[s.cue_verb] = !s.heard_alone;
  for (const Conditional& c : conditions_)
    for (int i = c.range.begin; i < c.range.end; ++i) hypothetical_[i] = 1;
}

Ground::Condition Ground::taken(const Conditional& c) const {
  return {c.clause, t_.trimmed(c.range), &c};
}

// Does what hangs on `main` hang on `predicate`? Upward from either through complements and
// shared conjuncts, never through a verb of saying ("there is no reason we cannot": the clause
// above introduces the one below).
bool Ground::one_clause(int main, int predicate) const {
  auto climbs = [&](int from, int to, bool nominal) {
    for (int at = from, steps = 0; at >= 0 && steps < 6; ++steps) {
      if (at == to) return true;
      if (at != from && is_cue(at)) return false;
      bool link = t_.is_any(at, {"ccomp", "xcomp", "acl", "csubj"}) ||
                  (nominal && t_.is_any(at, {"obj", "obl", "nmod"})) ||
                  (t_.is(at, "conj") && t_.child(at, {"nsubj"}) < 0);
      if (!link) return false;
      at = t_[at].head;
    }
    return false;
  };
  return climbs(main, predicate, true) || climbs(predicate, main, false);
}

Ground::Condition Ground::condition_of(int predicate) const {
  if (hypothetical_[predicate]) return {};
  const Sentence& s = t_.sentence(predicate);
  for (bool phrases : {false, true})
    for (const Conditional& c : conditions_) {
      if (c.phrase != phrases || c.range.begin < s.begin || c.range.begin >= s.end) continue;
      if (c.main >= 0 && !is_cue(c.main) && !hypothetical_[c.main]) {
        if (one_clause(c.main, predicate)) return taken(c);
        continue;
      }
      // The tree hangs it on the verb of saying or on nothing: the nearest clause of the sentence
      // then.
      bool between = false;
      for (int k = std::min(c.range.end, predicate + 1); k < std::max(c.range.begin, predicate);
           ++k)
        between |=
            t_.is(k, "nsubj") && t_[k].head != predicate && !is_cue(t_[k].head) && k >= c.range.end;
      if (!between && std::abs(predicate - c.clause) < 30) return taken(c);
    }
  return {};
}

TreeView::Range Ground::clause(int predicate, bool with_subject) const {
  TreeView::Range r = t_.subtree_without(predicate, [&](int at, int c) {
    if (at == predicate && (t_.is_any(c, {"mark", "parataxis", "cc", "punct", "discourse"})))
      return true;
    // "welcomed the truce and called on both sides to respect it"
    if (at == predicate && t_.is(c, "conj") &&
        (t_.child(c, {"nsubj"}) >= 0 || t_.joined_before(c) >= 0 ||
         (t_.verb(c) && !stance_of(c).empty() && !stance_of(predicate).empty())))
      return true;
    if (hypothetical_[c] && !hypothetical_[predicate]) return true;
    if (is_cue(c) && t_.is_any(c, {"parataxis", "conj", "advcl"})) return true;
    if (!with_subject && at == predicate && t_.is_any(c, {"nsubj", "aux", "advmod", "advcl"}) &&
        c < predicate)
      return true;
    return false;
  });
  return r;
}

bool Ground::takes_stances(int who) const {
  const std::string& kind = e_.entities()[who].kind;
  return kind != "event" && kind != "other";
}

bool Ground::same_side(int who, int speaker) const {
  if (who < 0 || speaker < 0) return false;
  if (who == speaker) return true;
  const Actor &a = e_.entities()[who].actor, &b = e_.entities()[speaker].actor;
  const std::string& kind = e_.entities()[who].kind;
  if (kind == "organization" && (a.country == "EUR" || a.country == "UNO" || a.country == "IGO") &&
      a.country == b.country)
    return true;
  return !a.country.empty() && a.country == b.country &&
         (kind == "place" || (kind == "organization" && a.sector == "GOV")) &&
         (b.sector == "GOV" || b.sector == "LEG" || b.sector == "MIL" || b.sector == "PTY");
}

int Ground::subject_entity(int predicate, int& token) const {
  token = t_.subject(predicate);
  if (token < 0) return -1;
  return e_.actor_at(token);
}

bool Ground::first_person(int token) const {
  return token >= 0 && t_.in(WordList::first_person, lower(t_[token].form));
}

std::string Ground::topic(int predicate) const {
  int noun = t_.child(predicate, {"obj", "xcomp", "ccomp", "obl"});
  if (noun < 0) noun = t_.noun(predicate) ? predicate : t_.child(predicate, {"nsubj"});
  for (int steps = 0; noun >= 0 && !t_.noun(noun) && steps < 4; ++steps) {
    int inner = t_.child(noun, {"obj", "xcomp", "obl", "nsubj"});
    if (inner < 0) break;
    noun = inner;
  }
  if (noun < 0) noun = predicate;
  TreeView::Range r = t_.subtree_without(noun, [&](int at, int c) {
    return t_.is_any(c, {"acl", "appos", "parataxis", "conj", "cc", "case", "punct", "det",
                         "nmod:poss", "advcl", "mark", "cop", "nsubj", "aux", "ccomp"}) &&
           at == noun;
  });
  std::string text =
      squeeze(t_.trimmed({r.begin, std::min(r.end, r.begin + 7)}).of(t_.document().text));
  // A pronoun is no topic: then the act itself ("sit down together").
  if (t_.tag(noun, "PRP") || !t_.noun(noun)) {
    TreeView::Range act = t_.subtree_without(predicate, [&](int at, int c) {
      return at == predicate && !t_.is_any(c, {"obj", "obl", "compound:prt", "advmod"});
    });
    act.begin = std::max(act.begin, predicate);
    text =
        squeeze(t_.trimmed({act.begin, std::min(act.end, act.begin + 5)}).of(t_.document().text));
  }
  return lower(text);
}

std::vector<int> Ground::others(TreeView::Range r, int holder) const {
  std::vector<int> out;
  for (int i = r.begin; i < r.end; ++i) {
    const Mention* m = e_.mention_at(i);
    if (!m || m->head != i || m->entity < 0 || m->entity == holder || same_side(m->entity, holder))
      continue;
    if (done_to(m->head)) continue;
    const Entity& x = e_.entities()[m->entity];
    if (x.actor.country.empty() && x.kind != "person" && x.kind != "group") continue;
    if (std::find(out.begin(), out.end(), m->entity) == out.end()) out.push_back(m->entity);
    if (out.size() == 3) break;
  }
  return out;
}

// "that the prisoners be freed", "to free the sailors": it is asked or promised about them, not of them.
bool Ground::done_to(int head) const {
  if (t_.asked_for(head)) return true;
  const int verb = t_[head].head;
  if (verb < 0 || !stances().giving.count(std::string(t_.lemma(verb)))) return false;
  return t_.is(head, "obj") || (t_.passive(verb) && t_.is(head, "nsubj:pass"));
}

bool Ground::any_lemma(TreeView::Range r, const Stances::Words& words) const {
  for (int i = r.begin; i < r.end; ++i)
    if (words.count(std::string(t_.lemma(i))) || words.count(lower(t_[i].form))) return true;
  return false;
}

bool Ground::any_lemma(TreeView::Range r, WordList words) const {
  for (int i = r.begin; i < r.end; ++i)
    if (t_.in(words, t_.lemma(i)) || t_.in(words, lower(t_[i].form))) return true;
  return false;
}

bool Ground::retaliates(int verb) const {
  return t_.in(WordList::retaliating, t_.lemma(verb)) && t_.oblique(verb, "with") > verb;
}

bool Ground::unfriendly(int verb) const {
  const std::string_view stance = stance_of(verb);
  return stance != "accepts" && stance != "offers" && stance != "supports" &&
         !stances().friendly.count(std::string(t_.lemma(verb))) &&
         !stances().giving.count(std::string(t_.lemma(verb)));
}

std::string_view Ground::turned(int v) const {
  const std::string_view stance = stances_.of_negated(t_.lemma(v));
  const int what = t_.child(v, {"ccomp"});
  return what > v && t_.negated(what) && !t_.negated(v) ? stance : std::string_view();
}

std::string_view Ground::stance_of(int v) const {
  std::string_view lemma = t_.lemma(v);
  if (const std::string_view stance = turned(v); !stance.empty()) return stance;
  int particle = t_.child(v, {"compound:prt"});
  if (particle >= 0) return stances_.of(lemma, lower(t_[particle].form));
  for (int c : t_.children(v))
    if (t_.is_any(c, {"obl", "advcl", "xcomp", "ccomp"}) && c > v)
      for (const std::string& word : {t_.case_of(c), t_.mark_of(c)})
        if (std::string_view with = stances_.of(lemma, word); !word.empty() && !with.empty())
          return with;
  return stances_.of(lemma);
}

bool Ground::names(int cue) const {
  return t_.lemma(cue) == "call" && t_.child(cue, {"obj"}) >= 0 && t_.child(cue, {"xcomp"}) >= 0 &&
         t_.oblique(cue, "for") < 0 && t_.oblique(cue, "on") < 0;
}

bool Ground::no_subject(int predicate) const {
  const int subject = t_.child(predicate, {"nsubj"});
  return subject >= 0 && t_.none_of(subject);
}

}  // namespace chancery
