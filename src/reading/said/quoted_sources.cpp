#include "reading/said/quoted_sources.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {
namespace {

// Whom the clause of this word quotes: the object of "quoting", "citing", which has no words of his
// own there ("quoting him as saying" is a cue). -1 for none.
int quoted_by(const TreeView& t, const Lexicon& lexicon, int verb) {
  const Cue* cue = t.tag(verb, "VBG") ? lexicon.cue(t.lemma(verb)) : nullptr;
  if (!cue || !cue->takes("quoted")) return -1;
  for (int c : t.children(verb))
    if (t.is_any(c, {"advcl", "ccomp", "xcomp"}) || t.case_of(c) == "as") return -1;
  return t.child(verb, {"obj"});
}

// The same behind the cue, or behind the name of who speaks ("the Herald, citing fishermen, said").
int quoted_in(const TreeView& t, const Lexicon& lexicon, const FoundStatement& f) {
  for (int from : {f.cue_verb, f.source_head}) {
    if (from < 0) continue;
    for (int c : t.children(from))
      if (t.is_any(c, {"advcl", "acl", "dep", "parataxis"}))
        if (int quoted = quoted_by(t, lexicon, c); quoted >= 0) return quoted;
  }
  return -1;
}

// A document is its author's, where it names one.
int whom(const TreeView& t, const Lexicon& lexicon, Sources& sources, int quoted) {
  const Cue* noun = lexicon.cue(lower(t.lemma(quoted)));
  return noun && noun->takes("author") ? sources.author_of(quoted) : sources.speaker(quoted);
}

// Persons and bodies do; "reports" and "polls" are only cited.
bool speaks(const Entity& x) {
  return x.kind == "person" || x.kind == "group" || x.kind == "organization";
}

}  // namespace

void give_to_quoted(const TreeView& t, const Lexicon& lexicon, const Entities& entities,
                    Sources& sources, std::vector<FoundStatement>& found) {
  std::vector<int> quoting;
  for (FoundStatement& f : found) {
    Statement& x = f.statement;
    if (x.speaker < 0 || x.cue.empty()) continue;
    if (!is_medium(entities, x.speaker)) continue;
    const int quoted = quoted_in(t, lexicon, f);
    if (quoted < 0) continue;
    const Span words = sources.span(quoted);
    if (std::any_of(x.content.begin(), x.content.end(), [&](Span c) { return c.overlaps(words); }))
      continue;
    const int carrier = x.speaker, speaker = whom(t, lexicon, sources, quoted);
    if (speaker < 0 || speaker == carrier || !speaks(entities.entities()[speaker])) continue;
    x.speaker = speaker;
    x.source = {words};
    x.via.push_back(carrier);
    f.source_head = quoted;
    quoting.push_back(t[quoted].head);
    x.explain += "; whom the medium quotes";
  }
  // "citing fishermen" tells nothing besides.
  std::erase_if(found, [&](const FoundStatement& f) {
    return std::find(quoting.begin(), quoting.end(), f.cue_verb) != quoting.end();
  });
}

}  // namespace chancery
