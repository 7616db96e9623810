#include "reading/done/undone.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {

Undone::Finding Undone::of(int word, const std::string& type) const {
  if (not_done(word, type)) return {"denied", "; not done"};
  if (wished_past(word) || contrary(word) || was_to_have(word))
    return {"denied", "; it would have been, had it been done"};
  if (nearly(word) || short_of(word)) return {"denied", "; nearly done"};
  if (failed_to(word, type)) return {"denied", "; somebody failed to do it or would not"};
  if (never_held(word, type)) return {"denied", "; it never was"};
  if (ceased(word, type)) return {"denied", "; done no more"};
  if (told_as_false(word)) return {"denied", "; told as false"};
  if (unproven(word)) return {"denied", "; nobody can say that it was done"};
  const Finding found = above(word, type);
  return found.status.empty() ? spoken_of(word, type) : found;
}

std::string_view Undone::settle(int word, Event& act) const {
  const Finding found = of(word, act.type);
  if (found.status == "denied" || (!found.status.empty() && act.status == "occurred"))
    act.status = found.status;
  // "failed to agree", "will not sign": it was refused indeed.
  else if (act.status == "denied" && lexicon_.has(act.type, Trait::refusal) &&
           !named_so(word, act.type, false) && !under_denial(word))
    act.status = "occurred";
  return found.why;
}

bool Undone::untold(int word, const std::string& type) const {
  // "stopped short of recalling him": what is told is that it was not done.
  for (int c : t_.children(word))
    if (t_.verb(c) && t_.is_any(c, {"advcl", "xcomp"}) && short_of(c) &&
        lexicon_.has(type, Trait::refusal))
      return true;
  if (lexicon_.has(type, Trait::gives) && sends_somebody(word)) return true;
  const int telling = t_[word].head;
  if (t_.noun(word) && telling >= 0 && t_.verb(telling) && lexicon_.has(type, Trait::arranged) &&
      t_.is(word, "obl") && t_.in(WordList::left_from, t_.case_of(word)) &&
      t_.in(WordList::leaving, with_particle(telling)))
    return true;
  if (!t_.is(word, "nmod") || telling < 0 || !t_.in(WordList::tellings, t_.lemma(telling)))
    return false;
  return t_.none_of(telling);
}

// "fired two missiles into the sea": arms are shown, and nobody is hit.
bool Undone::harms_nobody(int word) const {
  const std::vector<int>& under = t_.children(word);
  return t_.verb(word) && std::any_of(under.begin(), under.end(), [&](int c) {
           return t_.is(c, "obl") && t_.in(WordList::open_places, t_.lemma(c)) &&
                  !t_.case_of(c).empty();
         });
}

// "were sending a team to the talks": nothing is given; but "a team of doctors", "a rescue team".
bool Undone::sends_somebody(int verb) const {
  const int sent = t_.verb(verb) ? t_.child(verb, {"obj"}) : -1;
  return sent >= 0 && t_.in(WordList::delegations, t_.lemma(sent)) &&
         t_.child(sent, {"amod", "compound"}) < 0 && t_.oblique(sent, "of") < 0;
}

bool Undone::under_denial(int word) const {
  return t_.is_any(word, {"ccomp", "xcomp"}) && t_[word].head >= 0 &&
         force(t_[word].head, "cue") == "denied" && !t_.negated(t_[word].head);
}

// A team does it, or it is done in a match, by a word that is no act of force by itself: not "a team of
// gunmen attacked", "bombed a cricket match".
bool Undone::in_a_game(int word, const std::string& type) const {
  if ((!lexicon_.has(type, Trait::violent) && !lexicon_.has(type, Trait::forceful)) ||
      named_so(word, type, true))
    return false;
  const std::vector<int>& under = t_.children(word);
  return std::any_of(under.begin(), under.end(), [&](int c) {
    return (t_.is(c, "nsubj") && t_.in(WordList::teams, t_.lemma(c))) ||
           (t_.is_any(c, {"obl", "nmod"}) && t_.case_of(c) == "in" &&
            t_.in(WordList::matches, t_.lemma(c)));
  });
}

// Does the lexicon have the word for an act of this type, whatever its object if `alone`?
bool Undone::named_so(int word, const std::string& type, bool alone) const {
  const auto& named = lexicon_.triggers(t_.lemma(word), t_.verb(word) ? 'v' : 'n');
  return std::any_of(named.begin(), named.end(), [&](const Trigger& t) {
    return t.type == type && (!alone || t.objects.empty());
  });
}

// "did not bomb or shell": what is negated without a modal was not done, where the verb itself is
// the act, and not its refusal; "did not sign the accord".
bool Undone::not_done(int word, const std::string& type) const {
  if (!t_.verb(word) || !t_.negated(word) || !t_.modal(word).empty()) return false;
  if (t_.in(WordList::realizing, t_.lemma(word)) && lexicon_.has(type, Trait::accord)) return true;
  return named_so(word, type, false);
}

// "had Marr congratulated him": a clause that begins with "had" before its subject tells what was
// not done.
bool Undone::wished_past(int word) const {
  // Trees take it for a clause that is said, too.
  if (!t_.is_any(word, {"advcl", "ccomp", "parataxis"})) return false;
  const int had = t_.perfect(word), subject = t_.child(word, {"nsubj"});
  return had >= 0 && had < subject && t_.mark_of(word).empty() && lower(t_[had].form) == "had";
}

// "Had he not been warned, he would have attacked", "it would have been bombed if they had stayed", "would have
// won without them": what hangs on what was not so.
bool Undone::contrary(int word) const {
  if (!t_.verb(word) || !t_.in(WordList::past_would, t_.modal(word)) || t_.perfect(word) < 0)
    return false;
  if (t_.oblique(word, "without") >= 0) return true;
  const std::vector<int>& under = t_.children(word);
  return std::any_of(under.begin(), under.end(), [&](int c) {
    if (!t_.is(c, "advcl")) return false;
    const int had = t_.perfect(c);
    // "if passed": what was not, too
    const bool not_so = had >= 0 ? lower(t_[had].form) == "had"
                                 : t_.tag(c, "VBN") && t_.child(c, {"nsubj", "aux"}) < 0;
    return wished_past(c) || (t_.mark_of(c) == "if" && not_so);
  });
}

// "were to have met in May"
bool Undone::was_to_have(int word) const {
  const std::vector<int>& under = t_.children(word);
  return t_.perfect(word) >= 0 && t_.mark_of(word) == "to" &&
         std::any_of(under.begin(), under.end(), [&](int c) {
           return t_.is_any(c, {"aux", "cop"}) && t_.tag(c, "VBD") && t_.lemma(c) == "be";
         });
}

// "There is no evidence that they attacked", "found no sign of an attack"
bool Undone::unproven(int word) const {
  const int proof = t_[word].head;
  if (proof < 0 || !t_.is_any(word, {"acl", "ccomp", "nmod"}) ||
      !t_.in(WordList::proofs, t_.lemma(proof)))
    return false;
  const int up = t_[proof].head;
  return t_.none_of(proof) || (up >= 0 && t_.verb(up) && t_.negated(up) && t_.is(proof, "obj"));
}

// "nearly invaded"
bool Undone::nearly(int word) const {
  const std::vector<int>& under = t_.children(word);
  return t_.verb(word) && std::any_of(under.begin(), under.end(), [&](int c) {
           return t_.is(c, "advmod") && c < word && t_.in(WordList::nearly, t_.lemma(c));
         });
}

// "came close to attacking", "refrained from attacking", "was kept from attacking"
bool Undone::short_of(int word) const {
  const int up = t_[word].head, mark = t_.child(word, {"mark", "case"});
  if (up < 0 || mark <= t_.sentence(word).begin || t_.negated(up)) return false;
  // "their failure to stop them from firing"
  if (t_[up].head >= 0 && t_.in(WordList::failing_to, t_.lemma(t_[up].head))) return false;
  // "came within hours of attacking"
  if (t_.lemma(up) == "come" && t_.lemma(mark) == "of" && t_.oblique(up, "within") >= 0)
    return true;
  const std::string to = " " + std::string(t_.lemma(mark));
  return t_.in(WordList::short_of, std::string(t_.lemma(mark - 1)) + to) ||
         t_.in(WordList::short_of, std::string(t_.lemma(up)) + to);
}

// "stopped sending food": it is not given any more.
bool Undone::ceased(int word, const std::string& type) const {
  const int up = t_[word].head;
  return up >= 0 && t_.is(word, "xcomp") && t_.tag(word, "VBG") && !t_.negated(up) &&
         lexicon_.has(type, Trait::gives) && t_.in(WordList::ceasing, t_.lemma(up));
}

// "failed to sign", "refused to meet"; the refusal itself was made.
bool Undone::failed_to(int word, const std::string& type) const {
  const int up = t_[word].head;
  return up >= 0 && t_.is_any(word, {"xcomp", "acl"}) && t_.mark_of(word) == "to" &&
         !t_.negated(up) && t_.in(WordList::failing_to, t_.lemma(up)) &&
         !lexicon_.has(type, Trait::refusal);
}

// "The attack never happened", "the accord was never signed", "imposed no sanctions", "failed to sign
// the accord"; "has no intention" is a refusal.
bool Undone::never_held(int noun, const std::string& type) const {
  const int up = t_[noun].head;
  if (!t_.noun(noun) || up < 0 || !t_.verb(up) || !t_.modal(up).empty() ||
      lexicon_.has(type, Trait::refusal))
    return false;
  // "The deal fell through": talks that do have been held.
  if (t_.is(noun, "nsubj") && !lexicon_.has(type, Trait::meeting) && !t_.negated(up) &&
      t_.in(WordList::falling_through, with_particle(up)))
    return true;
  if (!t_.none_of(noun) && !t_.negated(up) && !failed_to(up, type) && !was_to_have(up))
    return false;
  if (t_.is(noun, "obj") || (t_.passive(up) && t_.is(noun, "nsubj:pass")))
    return t_.in(WordList::realizing, t_.lemma(up));
  return t_.is(noun, "nsubj") && t_.in(WordList::happening, t_.lemma(up));
}

// "Reports that Norvania had attacked Olm were false", "dismissed reports that …"
bool Undone::told_as_false(int word) const {
  const int claim = t_[word].head;
  if (claim < 0 || !t_.is_any(word, {"acl", "ccomp", "nmod"}) ||
      !t_.in(WordList::claims, t_.lemma(claim)))
    return false;
  const int up = t_[claim].head;
  if (up < 0 || t_.negated(up)) return false;
  if (t_.is_any(claim, {"nsubj", "nsubj:pass"})) {
    const int turned_out = t_.child(up, {"xcomp"});
    return t_.in(WordList::not_so, t_.lemma(up)) ||
           (turned_out >= 0 && t_.in(WordList::not_so, t_.lemma(turned_out))) ||
           (t_.passive(up) && t_.in(WordList::dismissing, t_.lemma(up)));
  }
  if (!t_.in(WordList::dismissing, t_.lemma(up))) return false;
  // "dismissed as baseless reports that …": a tree hangs them behind "as".
  const int so = t_.is(claim, "obl") && t_.case_of(claim) == "as" ? t_.child(claim, {"amod"}) : -1;
  return t_.is(claim, "obj") || (so >= 0 && t_.in(WordList::not_so, t_.lemma(so)));
}

// What the words above do to it: denied, called off, foiled.
Undone::Finding Undone::above(int word, const std::string& type) const {
  for (int at = word, steps = 0; steps < 4; ++steps) {
    const int up = t_[at].head;
    if (up < 0) break;
    // "denied that", "denied bombing", "denied involvement in the attack"
    if (t_.is_any(at, {"ccomp", "xcomp", "obj"}) && force(up, "cue") == "denied" && !t_.negated(up))
      return {"denied", "; under a denial"};
    // "The talks were suspended", "called off the talks"
    // A tree may hang an object behind a particle as an adverbial without a preposition, or as a clause.
    const bool over = t_.passive(up)
                          ? t_.is(at, "nsubj:pass")
                          : t_.is_any(at, {"obj", "xcomp"}) ||
                                (t_.is_any(at, {"obl", "ccomp"}) && t_.case_of(at).empty());
    const bool itself = at == word && t_.noun(word),
               attempt = at != word && t_.in(WordList::attempts, t_.lemma(at));
    if (over && (itself || attempt)) {
      // What only words are was said, whoever turns it down.
      const bool off =
          force(up, "over") == "denied" ||
          (t_.in(WordList::dismissing, with_particle(up)) && !lexicon_.has(type, Trait::verbal));
      // "unable to prevent the attack", "did not prevent it": it was done.
      const bool failed = t_[up].head >= 0 && t_.in(WordList::failing_to, t_.lemma(t_[up].head));
      if (off && (failed || (t_.negated(up) && t_.in(WordList::failing_to, t_.lemma(up)))))
        return {};
      if (off && t_.negated(up)) return {"possible", "; not called off"};
      if (off) return {"denied", "; called off"};
    }
    if (!t_.is_any(at, {"ccomp", "xcomp", "obj", "nmod", "conj"}) &&
        !(t_.is(at, "acl") && t_.in(WordList::attempts, t_.lemma(up))))
      break;
    at = up;
  }
  return {};
}

// "threatened to attack", "promised to withdraw"; but "I want to thank him" has thanked.
Undone::Finding Undone::spoken_of(int word, const std::string& type) const {
  const int up = t_[word].head;
  if (up < 0 || !t_.is(word, "xcomp") || t_.mark_of(word) != "to" ||
      lexicon_.has(type, Trait::verbal))
    return {};
  if (t_.in(WordList::only_spoken_of, t_.lemma(up))) return {"possible", "; only spoken of"};
  return {};
}

// "call off"
std::string Undone::with_particle(int word) const {
  int particle = t_.child(word, {"compound:prt"});
  for (int c : t_.children(word))
    if (c == word + 1 && t_.is(c, "advmod")) particle = c;
  std::string lemma(t_.lemma(word));
  if (particle >= 0) lemma += " " + std::string(t_.lemma(particle));
  return lemma;
}

std::string Undone::force(int word, std::string_view where) const {
  return lexicon_.force(with_particle(word), where);
}

}  // namespace chancery
