#include "reading/stands/plain_stance.h"

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

int PlainStance::holder(int head, std::string_view stance) const {
  if (t_.noun(head) && g_.stances().of_noun(t_.lemma(head)) == stance)
    if (const int whose = of_noun(head); whose >= 0) return whose;
  const int verb = verb_of(head, stance);
  if (verb < 0 || !speaks_for_its_subject(verb)) return -1;
  return taker(t_.subject(verb));
}

// Somebody named by the word itself, not only within its phrase ("talks with Norvania"), who can take
// a stance. Whom a pronoun means is the affair of the signs, which weigh it.
int PlainStance::taker(int token) const {
  const Mention* m = token >= 0 && !t_.tag(token, "PRP") ? e_.mention_at(token) : nullptr;
  const int who = m && m->head == token ? e_.at(token) : -1;
  return who >= 0 && g_.takes_stances(who) ? who : -1;
}

// "Norvania's refusal", "condemnation by the three states"
int PlainStance::of_noun(int noun) const {
  for (const int owner : t_.owners(noun))
    if (const int who = taker(owner); who >= 0) return who;
  return -1;
}

// The verb that takes the stance: the head itself, or what governs it where the judges hear the stance
// at who is asked ("urged *Norvania* to open the port").
int PlainStance::verb_of(int head, std::string_view stance) const {
  const auto takes = [&](int verb) {
    if (verb < 0 || !t_.verb(verb) || g_.hypothetical(verb)) return false;
    // A hope that somebody acts asks him to.
    return g_.stance_of(verb) == stance || (t_.lemma(verb) == "hope" && stance == "demands");
  };
  if (g_.hypothetical(head)) return -1;
  if (t_.verb(head) && !g_.stance_of(head).empty()) return takes(head) ? head : -1;
  const bool governed = t_.is_any(head, {"obj", "iobj", "obl", "xcomp", "ccomp"});
  return governed && takes(t_[head].head) ? t_[head].head : -1;
}

// Not where the verb is denied, owed or wished for ("the council should back him", "that the council
// back him"), or takes its subject from another clause. Who threatens is told of by others.
bool PlainStance::speaks_for_its_subject(int verb) const {
  if (g_.stance_of(verb) == "warns" || t_.passive(verb) || t_.negated(verb) ||
      t_.in(WordList::owed, t_.modal(verb)))
    return false;
  const bool alone = t_.modal(verb).empty() && t_.child(verb, {"aux"}) < 0;
  if (alone && (t_.tag(verb, "VBN") || t_[verb].xpos == std::string_view("VB"))) return false;
  if (t_.child(verb, {"nsubj"}) >= 0) return true;
  if (t_.of_blame(verb)) {
    const int blamed = t_.subject(verb);
    return blamed >= 0 && t_.is_any(blamed, {"obj", "nsubj:pass"});
  }
  return !t_.is_any(verb, {"advcl", "acl", "xcomp"}) ||
         std::string_view(t_[verb].relation) == "acl:relcl";
}

std::string PlainStance::certain(int head, bool on_condition) const {
  const int verb = t_.is(head, "ccomp") ? t_[head].head : head;
  if (const std::string_view turned = g_.turned(verb); !turned.empty()) return std::string(turned);
  if (on_condition && t_.in(WordList::will, t_.modal(head)) && !t_.negated(head) &&
      g_.first_person(t_.subject(head)) && g_.retaliates(head))
    return "warns";
  return {};
}

bool PlainStance::for_both(int head, int holder) const {
  if (t_.lemma(head) == "let") {
    const int whom = t_.child(head, {"obj", "iobj"});
    return whom > head && t_.in(WordList::us, lower(t_[whom].form));
  }
  const bool needed = t_.lemma(head) == "need" && t_.child(head, {"xcomp"}) > head;
  if (t_.negated(head) || (!needed && !t_.in(WordList::owed, t_.modal(head)))) return false;
  const int subject = t_.subject(head);
  if (subject < 0) return false;
  if (t_.in(WordList::both, lower(t_[subject].form))) return true;
  for (int c : t_.children(subject)) {
    if (t_.is_any(c, {"det", "nummod", "cc"}) && t_.in(WordList::both, lower(t_[c].form)))
      return true;
    if (!t_.is(c, "conj")) continue;
    for (const int one : {e_.at(subject), e_.at(c)})
      if (g_.same_side(one, holder)) return true;
  }
  return false;
}

}  // namespace chancery
