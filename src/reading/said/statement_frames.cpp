#include "reading/said/statement_frames.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {
namespace {

bool name_or_pronoun(const TreeView& t, int i) { return t.noun(i) || t.tag(i, "PRP"); }

bool day(const TreeView& t, const Times* times, int i) { return times && times->in(t[i].span); }

bool quotes(const TreeView& t, const Lexicon& lexicon, int i) {
  const Cue* cue = t.verb(i) ? lexicon.cue(t.lemma(i)) : nullptr;
  return cue && cue->takes("quoted");
}

bool as_saying(const TreeView& t, int i) {
  return i > 1 && t.tag(i, "VBG") && lower(t[i - 1].form) == "as";
}

// The head of the first noun phrase in a range, -1 for none.
int first_head(const TreeView& t, const Times* times, int begin, int end) {
  for (int i = begin; i < end; ++i) {
    if (!name_or_pronoun(t, i) || day(t, times, i)) continue;
    while (t[i].head >= begin && t[i].head < end && name_or_pronoun(t, t[i].head)) i = t[i].head;
    return i;
  }
  return -1;
}

int last_noun_before(const TreeView& t, const Times* times, int end, int begin) {
  for (int i = end - 1; i >= begin; --i)
    if (name_or_pronoun(t, i) && !day(t, times, i)) return i;
  return -1;
}

}  // namespace

QuotedFrame quoted_frame(const TreeView& t, const Lexicon& lexicon, int saying,
                         const Times* times) {
  QuotedFrame f;
  if (!as_saying(t, saying)) return f;
  const Sentence& s = t.sentence(saying);
  int verb = saying - 2;
  while (verb >= s.begin && !quotes(t, lexicon, verb)) --verb;
  if (verb < s.begin) return f;
  f.verb = verb;
  int before = verb;  // the first auxiliary or adverb in front of the verb
  while (before > s.begin &&
         (t.lemma(before - 1) == "be" || t.lemma(before - 1) == "have" || t.tag(before - 1, "RB")))
    f.passive |= t.lemma(--before) == "be";
  int subject = t.child(verb, {"nsubj"});
  if (subject < 0 || subject > verb || day(t, times, subject))
    subject = last_noun_before(t, times, before, s.begin);
  if (f.passive) {
    f.speaker = subject;
    for (int i = verb + 1; i < saying - 1 && f.carrier < 0; ++i)
      if (lower(t[i].form) == "by") f.carrier = first_head(t, times, i + 1, saying - 1);
    if (f.carrier < 0) f.carrier = t.oblique(saying, "by");
    if (f.carrier < 0) f.carrier = t.oblique(verb, "by");
  } else {
    f.carrier = subject;
    f.speaker = first_head(t, times, verb + 1, saying - 1);
  }
  f.begin = subject >= 0 ? std::min(t.subtree(subject).begin, before) : before;
  if (subject >= 0 && t.subtree(subject).end > verb) f.begin = subject;
  return f;
}

bool told_at_saying(const TreeView& t, const Lexicon& lexicon, int verb) {
  if (!quotes(t, lexicon, verb)) return false;
  for (int i = verb + 2; i < t.sentence(verb).end; ++i)
    if (as_saying(t, i)) return quoted_frame(t, lexicon, i).verb == verb;
  return false;
}

}  // namespace chancery
