#include "reading/stands/stance_words.h"

#include <algorithm>

namespace chancery {
namespace {

// Who is asked, to do what: "called on Norvania to open the port".
bool asked_for(const TreeView& t, int child) {
  return t.is_any(child, {"xcomp", "advcl", "ccomp"}) && t.mark_of(child) == "to";
}

// What is felt, for what: "voiced satisfaction at the accord".
bool felt_for(const TreeView& t, int child) {
  return (t.is(child, "obl") && !t.case_of(child).empty()) || t.is(child, "advcl");
}

}  // namespace

TreeView::Range words_of_stance(const TreeView& t, const Ground& ground, int head) {
  if (t.verb(head) || t.child(head, {"cop"}) >= 0) return ground.clause(head);
  TreeView::Range r = t.subtree_without(head, [&](int at, int c) {
    return at == head &&
           (t.is_any(c, {"case", "mark", "cc", "punct", "parataxis"}) || t.is(c, "conj"));
  });
  const int above = t[head].head;
  if (above < 0 || !t.verb(above) || !t.is_any(head, {"obj", "iobj", "obl"})) return r;
  const bool bare = t.is(head, "obj") && r.end == head + 1;
  for (int c : t.children(above))
    if (c >= r.end && (asked_for(t, c) || (bare && felt_for(t, c))))
      r.end = std::max(r.end, t.subtree(c).end);
  return r;
}

}  // namespace chancery
