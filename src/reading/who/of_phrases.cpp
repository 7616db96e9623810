// Where a phrase ends: "the leader of the rebels, who fled" goes to "rebels", "a spokesman for the
// port" to "port".
#include <algorithm>

#include "base/utf8.h"
#include "reading/who/entities.h"

namespace chancery {

void Entities::take_of_phrases() {
  for (Mention& m : mentions_) {
    if (m.sort != Mention::nominal || m.end >= t_.sentence(m.head).end ||
        !t_.in(WordList::phrase_prepositions, lower(t_[m.end].form)))
      continue;
    const int noun = t_[m.end].head;
    if (noun < m.end || t_[noun].head != m.head || !t_.is(noun, "nmod")) continue;
    // What only tells more about them is not of the phrase.
    TreeView::Range whole = t_.subtree_without(noun, [&](int at, int c) {
      if (t_.is_any(c, {"acl", "acl:relcl", "appos", "parataxis", "advcl", "dep", "obl", "cop"}))
        return true;
      return t_.is(c, "nmod") && c > at && t_.child(c, {"case"}) >= 0 &&
             lower(t_[t_.child(c, {"case"})].form) != "of";
    });
    int end = m.end;
    while (end < whole.end && t_[end].form != "," && t_[end].form != ";" && t_[end].form != "(" &&
           t_[end].form != "-" && t_[end].form != ":")
      ++end;
    while (end > m.end && (t_.tag(end - 1, "CC") || t_.tag(end - 1, "IN") || t_.tag(end - 1, "DT")))
      --end;
    // A name is not cut.
    if (const Mention* last = mention_at(noun); last && last->head == noun)
      end = std::max(end, last->end);
    if (end > m.end + 1) m.end = end;
  }
}

}  // namespace chancery
