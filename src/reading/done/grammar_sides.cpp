#include "reading/done/grammar_sides.h"

#include <algorithm>

namespace chancery {

SureSides GrammarSides::of(int trigger, const std::string& type) const {
  SureSides out;
  if (t_.verb(trigger)) of_verb(trigger, type, out);
  else if (t_.noun(trigger)) of_noun(trigger, type, out);
  return out;
}

std::vector<int> GrammarSides::uninvolved(int trigger) const {
  int verb = judging(trigger);
  if (verb < 0) verb = answering(trigger);
  if (verb >= 0) return g_.actors(t_.subject(verb), false);
  int under = t_[trigger].head;
  if (!t_.noun(trigger) || under < 0 || !t_.is_any(trigger, {"obl", "nmod"})) return {};
  // "took no part in", "had no role in": a tree hangs the act on either word.
  const int role = t_.noun(under) ? under : t_.child(under, {"obj"});
  const int denied = role >= 0 ? t_.child(role, {"det"}) : -1;
  const bool none = denied >= 0 && t_.in(WordList::negations, t_.lemma(denied));
  if (t_.noun(under) && t_.is(under, "obj")) under = t_[under].head;
  if (under < 0 || t_.passive(under) || !(none || t_.negated(under))) return {};
  return g_.actors(t_.child(under, {"nsubj"}), false);
}

// The active verb that judges what others did, of which this word is the object or stands in it: "condemned the
// raid", "criticized a decision to expel them"; -1 for none. One's own are told by a pronoun.
int GrammarSides::judging(int word) const {
  for (int at = word, steps = 0; steps < 4; at = t_[at].head, ++steps) {
    const int up = t_[at].head, owner = t_.child(at, {"nmod:poss"});
    if (up < 0 || (owner >= 0 && t_.tag(owner, "PRP$"))) return -1;
    if (t_.verb(up)) {
      // A tree may hang an object as an adverbial without a preposition.
      const bool object = t_.is(at, "obj") || (t_.is(at, "obl") && t_.case_of(at).empty());
      return object && !t_.passive(up) && t_.in(WordList::judging, t_.lemma(up)) ? up : -1;
    }
    if (!t_.is_any(at, {"nmod", "acl"})) return -1;
  }
  return -1;
}

// The active verb by which somebody is punished, accused or protested against for what this noun tells: "imposed sanctions on
// Olm over the killing of protesters", "sentenced him for his part in the raid"; -1 for none.
int GrammarSides::answering(int word) const {
  if (!t_.noun(word)) return -1;
  bool ground = false;
  for (int at = word, steps = 0; steps < 5; at = t_[at].head, ++steps) {
    const int up = t_[at].head;
    if (up < 0 || !t_.is_any(at, {"nmod", "obl", "obj"})) return -1;
    ground = ground || t_.in(WordList::grounds, t_.case_of(at)) ||
             (at != word && t_.in(WordList::answers, t_.lemma(at)));
    if (!t_.verb(up)) continue;
    const int object = t_.child(up, {"obj"});
    const bool answer = against(t_.lemma(up), 'v') ||
                        (object >= 0 && object != at && against(t_.lemma(object), 'n'));
    return ground && answer && !t_.passive(up) ? up : -1;
  }
  return -1;
}

// Is it a word for what is done against somebody without arms?
bool GrammarSides::against(std::string_view lemma, char part) const {
  const auto& acts = lexicon_.triggers(lemma, part);
  return std::any_of(acts.begin(), acts.end(), [&](const Trigger& t) {
    return lexicon_.has(t.type, Trait::forceful) || lexicon_.has(t.type, Trait::blames_or_asks) ||
           lexicon_.has(t.type, Trait::protests);
  });
}

std::vector<int> GrammarSides::listeners(int trigger) const {
  if (!t_.noun(trigger)) return {};
  int at = trigger;
  while (t_[at].head >= 0 && t_.noun(at) && t_.is_any(at, {"nmod", "obl"})) at = t_[at].head;
  if (!t_.verb(at) || !t_.in(WordList::speaking, t_.lemma(at))) return {};
  const int listener = t_.child(at, {"iobj", "obj"});
  return listener >= 0 ? g_.actors(listener, false) : std::vector<int>();
}

std::vector<int> GrammarSides::scenes(int trigger, const std::string& type) const {
  std::vector<int> out;
  if (t_.noun(trigger) && !lexicon_.has(type, Trait::violent)) return out;
  for (int c : t_.children(trigger))
    if (t_.is_any(c, {"obl", "nmod"}) && t_.in(WordList::inside, t_.case_of(c))) out.push_back(c);
  return out;
}

bool GrammarSides::has_own_doer(int noun) const {
  const std::array<int, 2> owners = t_.owners(noun);
  if (std::max(owners[0], owners[1]) >= 0) return true;
  const std::vector<int>& under = t_.children(noun);
  return std::any_of(under.begin(), under.end(), [&](int c) {
    return t_.is_any(c, {"amod", "compound"}) && !g_.named_at(c).empty();
  });
}

std::vector<int> GrammarSides::contrasted(int trigger) const {
  std::vector<int> out;
  for (int c : t_.children(trigger))
    if (t_.is(c, "conj") && t_.in(WordList::bare_auxiliaries, t_.lemma(c)) && t_.negated(c))
      add_all(out, g_.actors(t_.child(c, {"nsubj"}), false));
  return out;
}

std::vector<int> GrammarSides::unaddressed(int trigger, const std::string& type) const {
  std::vector<int> out;
  if (lexicon_.has(type, Trait::request)) {
    const Sentence& s = t_.sentence(trigger);
    for (int i = trigger; i < s.end; ++i)
      if (t_.asked_for(i)) add_all(out, g_.actors(i, false));
    return out;
  }
  if (!t_.verb(trigger) || !t_.in(WordList::judging, t_.lemma(trigger))) return out;
  const int judged = t_.child(trigger, {"obj"});
  if (judged < 0 || !has_own_doer(judged)) return out;
  for (int c : t_.children(judged))
    if (t_.is(c, "nmod") && t_.in(WordList::against_whom, t_.case_of(c)))
      for (int e : g_.actors(c, false)) out.push_back(e);
  return out;
}

int GrammarSides::denier(int trigger) const {
  if (!t_.is(trigger, "ccomp") || t_.subject(trigger) < 0) return -1;
  const int teller = t_.subject(t_[trigger].head);
  const Mention* m = teller >= 0 ? e_.mention_at(teller) : nullptr;
  const Mention* own = e_.mention_at(t_.subject(trigger));
  return m && !(own && own->entity == m->entity) ? m->entity : -1;
}

int GrammarSides::blamer(int trigger) const {
  const int above = t_[trigger].head;
  if (above < 0 || !t_.is(trigger, "advcl") || t_.passive(above)) return -1;
  const int blamed = t_.subject(trigger), teller = t_.subject(above);
  if (teller < 0 || blamed != t_.child(above, {"obj"})) return -1;
  const Mention *one = e_.mention_at(teller), *other = e_.mention_at(blamed);
  return one && other && one->entity != other->entity ? one->entity : -1;
}

// What the lexicon does not have for an act of this type may be told of somebody by another: "he should
// go", "it harms Olm".
void GrammarSides::of_verb(int v, const std::string& type, SureSides& out) const {
  const auto& named = lexicon_.triggers(t_.lemma(v), 'v');
  if (std::none_of(named.begin(), named.end(), [&](const Trigger& t) { return t.type == type; }))
    return;
  if (t_.passive(v)) {
    doers(t_.oblique(v, "by"), out);
    if (lexicon_.has(type, Trait::done_to_object) || lexicon_.has(type, Trait::forceful))
      others(g_.object_of(v), out);
  } else {
    doers(subject_of(v), out);
    out.blamed = out.doing >= 0 && t_.of_blame(v) && out.doing == g_.object_of(t_[v].head);
    if (lexicon_.has(type, Trait::forceful)) others(posting(v), out);
  }
}

int GrammarSides::posting(int v) const {
  const int sent = t_.child(v, {"obj"}), own = sent >= 0 ? t_.child(sent, {"nmod:poss"}) : -1;
  if (own < 0 || !t_.tag(own, "PRP$") || !t_.in(WordList::posted_abroad, t_.lemma(sent))) return -1;
  // A tree hangs it on him or on the verb.
  for (const int above : {sent, v})
    for (const int child : t_.children(above))
      if (child > sent && t_.is(child, above == sent ? "nmod" : "obl") &&
          t_.in(WordList::posting_prepositions, t_.case_of(child)))
        return child;
  return -1;
}

// The subject of the clause itself, or of the active verb that it is joined to.
int GrammarSides::subject_of(int v) const {
  // "detained nine lawyers for demanding a recount": who is detained did it.
  if (t_.of_blame(v) && t_.child(v, {"nsubj"}) < 0) {
    const int blamed = g_.object_of(t_[v].head);
    return blamed < v ? blamed : -1;
  }
  for (int at = v; at >= 0; at = t_[at].head) {
    const int subject = t_.child(at, {"nsubj"});
    if (subject >= 0) return t_.passive(at) ? -1 : subject;
    const bool participle = t_.tag(at, "VBN") && t_.child(at, {"aux"}) < 0;
    if (!t_.is(at, "conj") || participle || (at != v && t_.passive(at))) break;
    if (const int before = t_.joined_before(at); before >= 0)
      return t_.passive(t_[before].head) ? -1 : before;
  }
  return -1;
}

void GrammarSides::of_noun(int n, const std::string& type, SureSides& out) const {
  doers(by_whom(n), out);
  others(t_.oblique(n, "against"), out);
  if (!lexicon_.has(type, Trait::violent)) return;
  if (out.done_to < 0) others(t_.oblique(n, "on"), out);
  if (out.done_to < 0) others(t_.oblique(n, "of"), out);
  if (out.doing >= 0 || out.done_to < 0) return;
  // "the Norwegian raid on Olm", "Norvania's bombing of Olm"
  doers(t_.child(n, {"nmod:poss"}), out);
  for (int c : t_.children(n)) {
    if (out.doing >= 0 || !t_.is_any(c, {"amod", "compound"})) continue;
    out.doers = g_.named_at(c);
    if (!out.doers.empty()) out.doing = c;
  }
}

// "the raid by Norvania"; in "the raid on Olm by Norvania" a tree may hang it one noun lower.
int GrammarSides::by_whom(int noun) const {
  const int own = t_.oblique(noun, "by");
  if (own >= 0) return own;
  for (int c : t_.children(noun))
    if (t_.is(c, "nmod") && t_.oblique(c, "by") >= 0) return t_.oblique(c, "by");
  return -1;
}

void GrammarSides::doers(int phrase, SureSides& out) const {
  if (phrase < 0 || t_.tag(phrase, "PRP")) return;  // whom a pronoun means is not sure
  out.doers = g_.actors(phrase, false);
  out.doing = g_.antecedent(phrase);
}

void GrammarSides::others(int phrase, SureSides& out) const {
  if (phrase < 0 || t_.tag(phrase, "PRP")) return;
  out.others = g_.actors(phrase, false);
  out.done_to = g_.antecedent(phrase);
}

}  // namespace chancery
