#include "reading/stands/position_list.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {

void PositionList::add(int holder, const std::string& stance, TreeView::Range r, int predicate,
                       int said_in, const Ground::Condition& condition, const std::string& why,
                       int toward) {
  if (holder < 0 || r.end <= r.begin || (condition.found && condition.found->contrary) ||
      of_nothing(predicate))
    return;
  Position p;
  p.holder = holder;
  p.stance = stance;
  p.content = {t_.trimmed(r)};
  if (condition.clause >= 0 && !condition.span.contains(p.content[0]))
    p.condition = {condition.span};
  p.topic = g_.topic(predicate);
  // "called for the prisoners to be freed": not of the prisoners.
  for (int i = r.begin; i < r.end && toward >= 0; ++i) {
    const Mention* m = e_.mention_at(i);
    if (m && m->head == i && m->entity == toward && g_.done_to(i)) toward = -1;
  }
  if (toward >= 0 && toward != holder) p.toward = {toward};
  else p.toward = g_.others(r, holder);
  p.said_in = said_in;
  p.explain = why;
  done_[predicate] = 1;
  found.push_back(std::move(p));
}

// "Has offered nothing that would end it": no offer.
bool PositionList::of_nothing(int predicate) const {
  const int object = t_.child(predicate, {"obj"});
  if (object < 0 || t_.negated(predicate) || t_.lemma(object) != "nothing") return false;
  const std::string_view stance = g_.stance_of(predicate);
  return stance == "offers" || stance == "proposes";
}

void PositionList::demand_of_condition(const Ground::Condition& c, int holder, int said_in) {
  if (c.clause < 0 || !c.found || c.found->mark == "in") return;
  TreeView::Range r = c.found->range;
  if (c.found->phrase) {
    // "without the return of the town": what must come first.
    if (c.found->mark == "without" && t_.noun(c.clause) && t_.oblique(c.clause, "of") >= 0)
      add(holder, "demands", {r.begin + 1, r.end}, c.clause, said_in, {},
          "what must come first is a demand");
    return;
  }
  const bool order = c.found->mark == "order";
  const int who = order ? -1 : asked_by(c);
  if (!order &&
      (who < 0 || g_.same_side(who, holder) || t_.passive(c.clause) || !g_.takes_stances(who)))
    return;
  // "unless he refuses": what is feared is not asked for.
  if (c.found->mark == "unless" && g_.any_lemma(r, g_.stances().hostile)) return;
  if (!order) r.begin = behind_mark(c);
  add(holder, "demands", r, c.clause, said_in, {}, "condition laid on another is a demand", who);
}

// Who would have to act for the condition to hold.
int PositionList::asked_by(const Ground::Condition& c) const {
  int token;
  int who = g_.subject_entity(c.clause, token);
  if (t_.noun(c.clause) && token < 0)
    for (int i = c.found->range.begin; i < c.found->range.end && who < 0; ++i) who = e_.at(i);
  return who;
}

// Where the condition's own clause begins.
int PositionList::behind_mark(const Ground::Condition& c) const {
  const TreeView::Range r = c.found->range;
  const int subject = t_.child(c.clause, {"nsubj"});
  if (subject >= r.begin && subject < r.end) return t_.subtree(subject).begin;
  int begin = r.begin;
  while (begin < r.end && begin < c.clause &&
         (t_.is(begin, "mark") || t_.is(begin, "advmod") || is_punctuation(t_[begin].form)))
    ++begin;
  return begin;
}

}  // namespace chancery
