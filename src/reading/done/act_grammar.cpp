#include "reading/done/act_grammar.h"

#include <algorithm>

namespace chancery {

void add_all(std::vector<int>& to, const std::vector<int>& from) {
  for (int e : from)
    if (e >= 0 && std::find(to.begin(), to.end(), e) == to.end()) to.push_back(e);
}

bool ActGrammar::can_act(int e) const {
  const Entity& x = e_.entities()[e];
  if (x.kind == "event" || x.kind == "other") return x.kind == "event";
  return true;
}

// Actors of a phrase; a phrase that is nobody gives its owner ("Lee's roadmap", "a plan of the
// party").
std::vector<int> ActGrammar::actors(int token, bool owner_too) const {
  std::vector<int> out;
  token = antecedent(token);
  if (token < 0) return out;
  std::vector<int> heads = {token};
  for (int c : t_.children(token))
    if (t_.is(c, "conj") && !t_.verb(c)) heads.push_back(c);
  for (int h : heads) {
    const int e = actor_of(h, owner_too);
    if (e >= 0 && can_act(e)) add_all(out, {e});
    // "such as Iran, Syria and Iraq": the members rather than the class.
    int such = t_.oblique(h, "such as");
    if (such >= 0) {
      std::vector<int> members = actors(such, false);
      if (!members.empty()) {
        out.erase(std::remove(out.begin(), out.end(), e), out.end());
        add_all(out, members);
      }
    }
  }
  return out;
}

int ActGrammar::antecedent(int word) const {
  if (word < 0 || (!t_.tag(word, "WP") && !t_.tag(word, "WDT"))) return word;
  int verb = t_[word].head;
  while (verb >= 0 && !t_.is(verb, "acl")) verb = t_[verb].head;
  return verb >= 0 ? t_[verb].head : -1;
}

int ActGrammar::actor_of(int head, bool owner_too) const {
  const Mention* m = e_.mention_at(head);
  int e = m && m->head == head ? m->entity : -1;
  if (e < 0 && m && m->begin <= head && head < m->end && m->sort == Mention::name) e = m->entity;
  return e < 0 && owner_too ? owner_of(head) : e;
}

// Whose a thing is: by its possessor, a phrase behind it, an adjective before it.
int ActGrammar::owner_of(int head) const {
  const int possessor = t_.child(head, {"nmod:poss"});
  int e = possessor >= 0 ? e_.at(possessor) : -1;
  for (const std::string& preposition : t_.words(WordList::owner_prepositions))
    if (e < 0) {
      const int o = t_.oblique(head, preposition);
      const Mention* m = o >= 0 ? e_.mention_at(o) : nullptr;
      if (m && m->head == o) e = m->entity;
    }
  if (e >= 0) return e;
  for (int c : t_.children(head)) {
    const Mention* m = t_.is_any(c, {"amod", "compound"}) ? e_.mention_at(c) : nullptr;
    if (m && m->head == c && m->entity >= 0) e = m->entity;
    else if (e < 0 && t_.is(c, "amod")) e = e_.state_of_adjective(c);
  }
  return e;
}

std::vector<int> ActGrammar::named_at(int word) const {
  const Mention* m = e_.mention_at(word);
  std::vector<int> out;
  if (m && m->head == word) add_all(out, {m->entity});
  if (out.empty() && t_.is(word, "amod")) add_all(out, {e_.state_of_adjective(word)});
  return out;
}

std::vector<int> ActGrammar::obliques(int token, const std::string& preposition) const {
  std::vector<int> out;
  for (int c : t_.children(token))
    if (t_.is_any(c, {"obl", "nmod"}) && t_.case_of(c) == preposition)
      add_all(out, actors(c, true));
  return out;
}

int ActGrammar::object_of(int v) const {
  if (t_.passive(v)) {
    int s = t_.child(v, {"nsubj:pass"});
    if (s >= 0) return (t_.tag(s, "WP") || t_.tag(s, "WDT")) && t_.is(v, "acl") ? t_[v].head : s;
    if (t_.is(v, "acl")) return t_[v].head;
    // A passive shared with the verb it is joined to: "was arrested and jailed".
    int up = t_[v].head;
    if (t_.is(v, "conj") && up >= 0) return t_.child(up, {"nsubj:pass"});
    return -1;
  }
  int o = t_.child(v, {"obj"});
  return o >= 0 ? o : t_.child(v, {"iobj"});
}

int ActGrammar::statement_of(int token) const { return innermost(statements_, t_[token].span); }

void ActGrammar::span_of_verb(int v, int subject, const Sentence& s, Event& x) const {
  TreeView::Range r = t_.subtree_without(v, [&](int at, int c) {
    if (t_.is_any(c, {"parataxis", "cc", "mark"}) && at == v) return true;
    if (t_.is(c, "conj") && at == v && t_.verb(c)) return true;
    if (t_.is(c, "advcl") && at == v && t_.mark_of(c) != "to") return true;
    return false;
  });
  if (subject >= 0 && subject < v && t_.sentence_of(subject) == t_.sentence_of(v) &&
      subject < r.begin && v - subject < 25)
    r.begin = t_.subtree_without(subject, [&](int, int c) {
                  return t_.is_any(c, {"acl", "parataxis"});
                }).begin;
  r.begin = std::max(r.begin, s.begin);
  r.end = std::min(r.end, s.end);
  if (r.end <= r.begin) r = {v, v + 1};
  x.span = t_.trimmed(r);
}

}  // namespace chancery
