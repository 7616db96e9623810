#include "reading/done/act_sides.h"

#include <algorithm>

namespace chancery {
void without_doers(Event& x) {
  for (int e : x.source)
    x.target.erase(std::remove(x.target.begin(), x.target.end(), e), x.target.end());
}

void ActSides::doers_of_verb(int v, int& subject, Event& x) const {
  if (t_.passive(v)) {
    subject = t_.oblique(v, "by");
    add_all(x.source, grammar_.actors(subject));
    return;
  }
  subject = t_.subject(v);
  add_all(x.source, grammar_.actors(subject, true));
  // "passed a resolution slapping sanctions on": he who passed it.
  if (x.source.empty() && t_.is(v, "acl") && t_.tag(v, "VBG") && subject >= 0 &&
      t_[subject].head >= 0 && t_.verb(t_[subject].head))
    add_all(x.source, grammar_.actors(t_.subject(t_[subject].head), true));
}

// Whom the sentence has in one place of those that a trigger names.
std::vector<int> ActSides::at_place(const std::string& where, int v, const Trigger& t,
                                    int object) const {
  if (where == "object") {
    // What is done to people is not done to the owner of a thing.
    const bool meeting = object >= 0 && lexicon_.has(t.type, Trait::meeting) &&
                         e_.at(object) >= 0 && e_.entities()[e_.at(object)].kind == "event";
    return object >= 0 && (t.objects.empty() || meeting)
               ? grammar_.actors(object, !lexicon_.has(t.type, Trait::spares_owner))
               : std::vector<int>();
  }
  if (where == "owner") return object >= 0 ? owners(object) : std::vector<int>();
  if (where == "between")
    return object >= 0 ? grammar_.obliques(object, "between") : std::vector<int>();
  std::vector<int> who = grammar_.obliques(v, where);
  return who.empty() && object >= 0 ? grammar_.obliques(object, where) : who;
}

std::string ActSides::others_of_verb(int v, const Trigger& t, int object, int subject,
                                     const Sentence& s, Event& x) const {
  std::string role;
  for (const std::string& where : t.target) {
    std::vector<int> who = at_place(where, v, t, object);
    if (who.empty()) continue;
    role = where;
    add_all(x.target, who);
    break;
  }
  if (x.target.empty() && t.objects.empty() && object >= 0 && t.particle.empty() &&
      !t.target.empty() && lexicon_.has(t.type, Trait::done_to_object))
    add_all(x.target, grammar_.actors(object, true));
  const bool deep = !lexicon_.has(t.type, Trait::in_place) &&
                    !(t.needs_target && lexicon_.has(t.type, Trait::gives));
  if (!x.target.empty() || t.target.empty() || !deep) return role;
  add_all(x.target, within_complement(v, subject, x.source));
  if (!x.target.empty()) return "nearest actor in the complement";
  if (lexicon_.has(t.type, Trait::refusal) && !x.source.empty() && !t_.is(v, "acl")) {
    add_all(x.target, earlier_in_sentence(v, s, x.source));
    if (!x.target.empty()) return "actor named before";
  }
  return role;
}

std::string ActSides::of_noun(int n, const Trigger& t, std::vector<int>& between, Event& x) const {
  between = grammar_.obliques(n, "between");
  if (!between.empty()) {
    x.source = {between[0]};
    x.target.assign(between.begin() + 1, between.end());
    return "between";
  }
  std::string role;
  doers_of_noun(n, x);
  for (const std::string& where : t.target) {
    std::vector<int> who = grammar_.obliques(n, where);
    if (who.empty() && t_[n].head >= 0 && t_.is(n, "obj"))
      who = grammar_.obliques(t_[n].head, where);
    if (who.empty()) continue;
    add_all(x.target, who);
    role = where;
    break;
  }
  // "denied bombing the port": a noun to the tree, with an object as a verb has one.
  if (const int object = t_.child(n, {"obj"}); x.target.empty() && object >= 0) {
    add_all(x.target, grammar_.actors(object, true));
    role = "object";
  }
  if (x.source.empty() && !x.target.empty() && lexicon_.has(t.type, Trait::meeting))
    doers_of_verb_above(n, x);
  return role;
}

void ActSides::doers_of_noun(int n, Event& x) const {
  const int owner = t_.child(n, {"nmod:poss"});
  if (owner >= 0) add_all(x.source, grammar_.actors(owner, false));
  for (int c : t_.children(n)) {
    if (!x.source.empty() || !t_.is_any(c, {"amod", "compound"})) continue;
    const Mention* m = e_.mention_at(c);
    if (m && m->head == c && m->entity >= 0) add_all(x.source, {m->entity});
  }
  if (x.source.empty()) add_all(x.source, grammar_.obliques(n, "by"));
  if (!x.source.empty()) return;
  // An attribute of its subject, or the object of having it: "his visit", "made a request"; or what
  // the subject owns to, "denied bombing the port".
  const int up = t_[n].head;
  if (up < 0 || !t_.verb(up) || t_.passive(up) ||
      !(t_.is(n, "xcomp") || (t_.is(n, "obj") && t_.in(WordList::light, t_.lemma(up)))))
    return;
  const int subject = t_.subject(up);
  if (subject >= 0) add_all(x.source, grammar_.actors(subject, false));
}

// "including a meeting with B" in a sentence about A.
void ActSides::doers_of_verb_above(int n, Event& x) const {
  int up = t_[n].head;
  for (int steps = 0; up >= 0 && steps < 6 && x.source.empty(); ++steps, up = t_[up].head)
    if (t_.verb(up)) {
      const int subject = t_.subject(up);
      if (subject >= 0 && subject != n && !t_.descends(subject, n))
        add_all(x.source, grammar_.actors(subject, false));
    }
}

void ActSides::speakers_own(Event& x) const {
  if (x.said_in < 0) return;
  const Statement& said = statements_[x.said_in].statement;
  if (said.speaker < 0 || x.source.empty()) return;
  const Actor &a = e_.entities()[said.speaker].actor, &b = e_.entities()[x.source[0]].actor;
  if (x.source[0] != said.speaker &&
      (a.country.empty() || a.country != b.country || a.sector == "JRN"))
    return;
  x.source = {said.speaker};
  if (x.when.empty()) x.when = said.when;
  if (x.target.empty()) first_of_another_state(said, a.country, x);
}

void ActSides::speaker_as_doer(int trigger, Event& x) const {
  if (!x.source.empty() || x.said_in < 0 || !lexicon_.has(x.type, Trait::done_by_words) ||
      t_.passive(trigger))
    return;
  const int speaker = statements_[x.said_in].statement.speaker;
  if (speaker >= 0 && std::find(x.target.begin(), x.target.end(), speaker) == x.target.end())
    x.source = {speaker};
}

void ActSides::company_travels(int trigger, Event& x) const {
  const int with = t_.verb(trigger) && t_.in(WordList::journeys, t_.lemma(trigger))
                       ? t_.oblique(trigger, "with")
                       : -1;
  if (with < 0 || x.source.empty()) return;
  std::vector<int> visited, along;
  const std::vector<int> company = grammar_.actors(with, false);
  for (int who : x.target)
    (std::find(company.begin(), company.end(), who) == company.end() ? visited : along)
        .push_back(who);
  // Where nobody else is visited it may be he: "visited with the president".
  if (visited.empty()) return;
  x.target = std::move(visited);
  for (int who : along)
    if (std::find(x.source.begin(), x.source.end(), who) == x.source.end()) x.source.push_back(who);
}

void ActSides::states_of_capitals(Event& x) const {
  // What is bombed, seized or marched through is the town.
  for (Trait trait : {Trait::violent, Trait::forceful, Trait::mobilizes, Trait::protests})
    if (lexicon_.has(x.type, trait)) return;
  for (int& who : x.target) {
    const int state = state_of_capital(who);
    if (state >= 0 && std::find(x.source.begin(), x.source.end(), state) == x.source.end() &&
        std::find(x.target.begin(), x.target.end(), state) == x.target.end())
      who = state;
  }
}

// The state whose capital this is, as an entity; -1 for what is no capital and for a state that the
// article does not name.
int ActSides::state_of_capital(int entity) const {
  int state = -1;
  for (const Mention& m : e_.mentions())
    if (m.entity == entity && m.place_only && m.names_state) state = m.state;
  return state < 0 ? -1 : e_.find_state_entity(state);
}

void ActSides::first_of_another_state(const Statement& said, const std::string& own,
                                      Event& x) const {
  for (Span c : said.content) {
    TreeView::Range r = t_.range_of(c);
    for (int i = r.begin; i < r.end; ++i) {
      const Mention* m = e_.mention_at(i);
      if (!m || m->head != i || m->entity < 0) continue;
      const std::string& country = e_.entities()[m->entity].actor.country;
      if (!country.empty() && country != own) {
        x.target = {m->entity};
        return;
      }
    }
  }
}

bool ActSides::known_actor(const std::vector<int>& who) const {
  return std::any_of(who.begin(), who.end(), [&](int e) {
    const Entity& x = e_.entities()[e];
    return !x.actor.country.empty() || !x.actor.sector.empty() || x.kind == "person";
  });
}

bool ActSides::person_or_delegation(const std::vector<int>& who) const {
  return std::any_of(who.begin(), who.end(), [&](int e) {
    return e_.entities()[e].kind == "person" || e_.entities()[e].kind == "group";
  });
}

std::vector<int> ActSides::within_complement(int v, int subject,
                                             const std::vector<int>& source) const {
  for (int c : t_.children(v)) {
    if (c < v || c == subject || !t_.is_any(c, {"obj", "obl", "xcomp", "iobj", "ccomp"})) continue;
    if (t_.is(c, "obl") && (t_.case_of(c) == "by" || times_.of(c))) continue;
    TreeView::Range r = t_.subtree_without(c, [&](int, int k) {
      return t_.is_any(k, {"advcl", "parataxis"});
    });
    for (int i = std::max(v + 1, r.begin); i < r.end; ++i) {
      const Mention* m = e_.mention_at(i);
      if (!m || m->head != i || m->entity < 0 || m->sort == Mention::pronoun) continue;
      const Entity& e = e_.entities()[m->entity];
      if (e.actor.country.empty() ||
          std::find(source.begin(), source.end(), m->entity) != source.end())
        continue;
      // "recalled its ambassador": one's own man is not the other side.
      if (!source.empty() && e.kind != "place" &&
          e.actor.country == e_.entities()[source[0]].actor.country && m->definite)
        continue;
      return {m->entity};
    }
  }
  return {};
}

// Another state's actor that the sentence named before the verb: "has met with Olm but refused to
// sign".
std::vector<int> ActSides::earlier_in_sentence(int v, const Sentence& s,
                                               const std::vector<int>& source) const {
  const std::string& own = e_.entities()[source[0]].actor.country;
  for (int i = v - 1; i >= s.begin; --i) {
    const Mention* m = e_.mention_at(i);
    if (!m || m->head != i || m->entity < 0 || m->place_only) continue;
    const Entity& e = e_.entities()[m->entity];
    if (!e.actor.country.empty() && e.actor.country != own) return {m->entity};
  }
  return {};
}

std::vector<int> ActSides::owners(int object) const {
  std::vector<int> out;
  int p = t_.child(object, {"nmod:poss"});
  if (p >= 0) add_all(out, grammar_.actors(p, false));
  for (int c : t_.children(object)) {
    if (!t_.is_any(c, {"amod", "compound"})) continue;
    const Mention* m = e_.mention_at(c);
    if (m && m->head == c && m->entity >= 0) add_all(out, {m->entity});
  }
  for (const std::string& preposition : t_.words(WordList::owner_prepositions))
    if (out.empty()) {
      int o = t_.oblique(object, preposition);
      if (o >= 0) add_all(out, grammar_.actors(o, false));
    }
  return out;
}

}  // namespace chancery
