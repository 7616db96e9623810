#include "reading/said/force.h"

#include "base/utf8.h"

namespace chancery {

std::string force_of(const TreeView& t, const Lexicon& lexicon, const FoundStatement& f) {
  const Statement& x = f.statement;
  int cue = x.cue.empty() ? -1 : f.cue_verb;
  // The head of the content: given, or the word inside it that hangs outside.
  int head = f.content_head;
  for (Span c : x.content) {
    TreeView::Range r = t.range_of(c);
    for (int i = r.begin; i < r.end && head < 0; ++i)
      if ((t[i].head < r.begin || t[i].head >= r.end) && !is_punctuation(t[i].form)) head = i;
  }
  if (cue >= 0) {
    int up = t[cue].head;
    if (up >= 0 && t.is_any(cue, {"xcomp", "ccomp", "advcl"}) && !t.negated(up))
      if (std::string force = lexicon.force(t.lemma(up), "above"); !force.empty()) return force;
    if (std::string force = lexicon.force(t.lemma(cue), "above");
        !force.empty() && x.quote == "indirect" && head >= 0 && t.is(head, "xcomp"))
      return force;
    // "did not say whether": nothing was said; "did not deny": it stands.
    std::string by_cue = lexicon.force(t.lemma(cue), "cue");
    if (t.negated(cue))
      return by_cue == "denied" ? "hedged" : x.quote == "indirect" ? "withheld" : "asserted";
    if (by_cue == "denied" || by_cue == "questioned") return by_cue;
    if (!by_cue.empty()) return by_cue;
  }
  // A question put in marks.
  if (!x.content.empty()) {
    std::string_view words = x.content.back().of(t.document().text);
    while (!words.empty() && (words.back() == '"' || words.back() == '\'' ||
                              static_cast<unsigned char>(words.back()) >= 0x80))
      words.remove_suffix(1);
    if (words.ends_with("?") && x.content.size() == 1) return "questioned";
  }
  for (int at : {cue, head}) {
    if (at < 0) continue;
    for (int c : t.children(at))
      if (t.is(c, "advmod"))
        if (std::string force = lexicon.force(lower(t[c].form), "adverb"); !force.empty())
          return force;
  }
  if (head >= 0 && x.quote != "direct")
    if (std::string force = lexicon.force(t.modal(head), "modal"); !force.empty()) return force;
  return "asserted";
}

}  // namespace chancery
