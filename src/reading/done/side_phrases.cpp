#include "reading/done/side_phrases.h"

#include <algorithm>

namespace chancery {

// The word by which he hangs in the sentence: any of his phrase may be heard as the side.
int SidePhrases::word(const Party& p, bool as_source) const {
  const int own = as_source ? p.source_word : p.target_word;
  const Mention* m = own >= 0 ? e_.mention_at(own) : nullptr;
  return m && m->entity == p.entity ? m->head : own;
}

bool SidePhrases::beside(const Party& p, const Parties& chosen, int likeliest,
                         bool as_source) const {
  auto heard = [&](const Party& x) { return as_source ? x.source_word : x.target_word; };
  return std::any_of(chosen.begin(), chosen.end(), [&](const Party* q) {
    const int a = heard(p), b = heard(*q);
    if (q->entity != likeliest || a < 0 || b < 0) return false;
    const int first_a = t_.is(a, "conj") ? t_[a].head : a,
              first_b = t_.is(b, "conj") ? t_[b].head : b;
    return first_a == first_b;
  });
}

bool SidePhrases::only_where(const Party& p, const std::string& type, bool as_source) const {
  const int own = as_source ? p.source_word : p.target_word;
  if (own < 0 || !lexicon_.has(type, Trait::arranged) || e_.entities()[p.entity].kind != "place")
    return false;
  return t_.is_any(own, {"obl", "nmod"}) && t_.in(WordList::scene_prepositions, t_.case_of(own));
}

bool SidePhrases::joint(const Party& p, const Parties& found) const {
  return std::any_of(e_.mentions().begin(), e_.mentions().end(), [&](const Mention& m) {
    const auto holds = [&](int word) { return m.begin <= word && word < m.end; };
    return m.entity == p.entity && std::count_if(found.begin(), found.end(), [&](const Party* q) {
                                     return q->entity != p.entity &&
                                            e_.entities()[q->entity].kind == "place" &&
                                            (holds(q->source_word) || holds(q->target_word));
                                   }) > 1;
  });
}

bool SidePhrases::within_another(const Party& p, const Parties& chosen, const Parties& found,
                                 bool as_source) const {
  return tells_who(p, chosen, as_source) || of_group(p, chosen, found, as_source);
}

bool SidePhrases::of_others(int entity) const {
  const std::string& kind = e_.entities()[entity].kind;
  return kind == "group" || kind == "organization";
}

// Not "Germany" of "the presidents of France and Germany", who are of two states.
bool SidePhrases::tells_whose(const Entity& place, const Entity& of) const {
  return place.actor.country.empty() || place.actor.country == of.actor.country;
}

// "Senator Ona Marr, Liberal of South Olm", "officials from Norvania": a party or state.
bool SidePhrases::tells_who(const Party& p, const Parties& chosen, bool as_source) const {
  const bool place = e_.entities()[p.entity].kind == "place";
  const auto is_chosen = [&](int entity) {
    return std::any_of(chosen.begin(), chosen.end(),
                       [&](const Party* q) { return q->entity == entity; });
  };
  bool located = false;
  for (int at = word(p, as_source), steps = 0; at >= 0 && steps < 6; at = t_[at].head, ++steps) {
    const Mention* m = e_.mention_at(at);
    if (m && m->entity != p.entity && m->entity >= 0 && is_chosen(m->entity)) {
      const Entity& of = e_.entities()[m->entity];
      if (of.kind == "person" ||
          (place && of_others(m->entity) && (located || tells_whose(e_.entities()[p.entity], of))))
        return true;
    }
    // "the embassy in Olm", whosever town it is
    located |= t_.is(at, "nmod") && t_.in(WordList::scene_prepositions, t_.case_of(at));
    // "gunmen loyal to the ousted president", "rebels backed by Norvania": whose they are
    const int up = t_[at].head;
    if (t_.is(at, "obl") && up >= 0 && t_.in(WordList::attached, t_.lemma(up)) &&
        t_.is_any(up, {"amod", "acl"})) {
      const Mention* whose = t_[up].head >= 0 ? e_.mention_at(t_[up].head) : nullptr;
      return whose && whose->entity != p.entity && is_chosen(whose->entity);
    }
    if (!t_.is_any(at, {"nmod", "compound", "amod", "appos", "flat", "dep", "parataxis"}))
      return false;
  }
  return false;
}

// "Supporters of Marr", "Liberal voters", "troops based in Olm": in gold the group acts, and never both. "Soldiers from
// Olm" may be either, "officials including Marr" both.
bool SidePhrases::of_group(const Party& p, const Parties& chosen, const Parties& found,
                           bool as_source) const {
  if (e_.entities()[p.entity].kind == "group") return false;
  return std::any_of(chosen.begin(), chosen.end(), [&](const Party* q) {
    return q->entity != p.entity && e_.entities()[q->entity].kind == "group" && !joint(*q, found) &&
           stands_in(word(p, as_source), word(*q, as_source));
  });
}

bool SidePhrases::stands_in(int word, int phrase) const {
  if (phrase < 0) return false;
  for (int at = word; at >= 0 && at != phrase; at = t_[at].head) {
    if (!t_.is_any(at, {"nmod", "compound", "amod", "acl", "obl"}) ||
        t_.in(WordList::members_marks, t_.case_of(at)))
      return false;
    if (t_[at].head == phrase) return true;
  }
  return false;
}

}  // namespace chancery
