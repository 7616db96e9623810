#include "reading/done/event_review.h"

#include <algorithm>
#include <string_view>

#include "reading/two_decimals.h"

namespace chancery {
namespace {

class Review {
 public:
  Review(const TreeView& t, const Lexicon& lexicon, const RelationModel& model,
         const Thresholds& least, const Times& times, const std::vector<FoundStatement>& statements,
         const Entities& entities, std::vector<FoundEvent>& events)
      : t_(t),
        lexicon_(lexicon),
        model_(model),
        least_(least),
        times_(times),
        statements_(statements),
        e_(entities),
        events_(events) {}

  void run() {
    by_sentence_.resize(t_.document().sentences.size());
    for (size_t m = 0; m < e_.mentions().size(); ++m)
      if (e_.mentions()[m].entity >= 0)
        by_sentence_[t_.sentence_of(e_.mentions()[m].head)].push_back(static_cast<int>(m));
    std::vector<char> told(t_.document().sentences.size());
    for (FoundEvent& f : events_) {
      told[t_.sentence_of(f.trigger)] = 1;
      retype(f);
    }
    for (size_t s = 0; s < told.size(); ++s)
      if (!told[s]) look(t_.document().sentences[s], by_sentence_[s]);
    std::stable_sort(events_.begin(), events_.end(), [](const FoundEvent& a, const FoundEvent& b) {
      return a.trigger < b.trigger;
    });
    for (size_t i = 0; i < events_.size(); ++i) events_[i].event.id = "v" + std::to_string(i + 1);
  }

 private:
  // The entity's mention nearest to a token in its sentence, nullptr if there is none.
  const Mention* near(int entity, int token) const {
    const Mention* best = nullptr;
    for (int m : by_sentence_[t_.sentence_of(token)]) {
      const Mention& x = e_.mentions()[m];
      if (x.entity == entity && (!best || std::abs(x.head - token) < std::abs(best->head - token)))
        best = &x;
    }
    return best;
  }

  // An ontology of the user's own need not have all that the reader has learnt.
  bool known(int root) const { return lexicon_.ontology().type(type_of_root(root)); }

  void set_type(Event& x, int root) {
    std::string type = type_of_root(root);
    x.type = type;
    x.mode.clear();
    x.cameo = lexicon_.cameo_of(type);
    x.has_goldstein = lexicon_.goldstein(x.cameo, x.goldstein);
  }

  void retype(FoundEvent& f) {
    Event& x = f.event;
    if (x.status != "occurred" || x.source.empty() || x.target.empty()) return;
    const Mention *a = near(x.source[0], f.trigger), *b = near(x.target[0], f.trigger);
    int own = relation_root(x.type);
    if (!a || !b || own < 0) return;
    RelationFeatures features =
        relation_features(t_, lexicon_, {a->begin, a->end}, {b->begin, b->end}, x.type, x.status);
    std::vector<float> p = model_.probabilities(features);
    auto best = std::max_element(p.begin(), p.end());
    if (p[own] > least_["relation.unlikely"] || *best < least_["relation.instead"] ||
        !known(static_cast<int>(best - p.begin())))
      return;
    x.explain += "; " + x.type + " is unlikely (" + two_decimals(p[own]) +
                 ") to the learnt reader, which reads " + kRelationRoots[best - p.begin()] + " (" +
                 two_decimals(*best) + ")";
    set_type(x, static_cast<int>(best - p.begin()));
  }

  bool acts(const Mention& m) const {
    const Entity& e = e_.entities()[m.entity];
    if (m.place_only || e.kind == "event" || e.kind == "other") return false;
    return !e.actor.country.empty() || !e.actor.sector.empty();
  }

  // The verb that a mention is subject of, through apposition, possession and coordination; -1 if
  // none.
  int verb_above(int token) const {
    for (int steps = 0; token >= 0 && steps < 6; ++steps) {
      int up = t_[token].head;
      if (up < 0) return -1;
      if (t_.is_any(token, {"nsubj", "obl"}) && t_.verb(up)) return up;
      if (!t_.is_any(token, {"appos", "conj", "nmod", "compound", "flat", "nmod:poss", "amod"}))
        return -1;
      token = up;
    }
    return -1;
  }

  void look(const Sentence& s, const std::vector<int>& mentions) {
    Event best;
    float sure = least_["relation.alone"];
    int trigger = -1;
    for (int i : mentions) {
      const Mention& a = e_.mentions()[i];
      if (!acts(a)) continue;
      int verb = verb_above(a.head);
      // A verb of saying is a statement, not an act; what must or should be done is asked for, not
      // done.
      std::string_view modal = verb < 0 ? std::string_view() : t_.modal(verb);
      if (verb < 0 || t_.negated(verb) || t_.in(WordList::owed, modal) ||
          std::any_of(statements_.begin(), statements_.end(),
                      [&](const FoundStatement& f) { return f.cue_verb == verb; }))
        continue;
      bool passive = t_.passive(verb), subject = t_.is(a.head, "nsubj");
      if (passive == subject) continue;
      for (int k : mentions) {
        const Mention& b = e_.mentions()[k];
        if (b.entity == a.entity || !acts(b) || !t_.descends(b.head, verb) ||
            (b.begin < a.end && a.begin < b.end))
          continue;
        RelationFeatures features =
            relation_features(t_, lexicon_, {a.begin, a.end}, {b.begin, b.end}, "", "");
        auto [root, p] = model_.classify(features);
        if (p <= sure || !known(root)) continue;
        sure = p;
        trigger = verb;
        best = {};
        set_type(best, root);
        best.source = {a.entity};
        best.target = {b.entity};
        best.status = "occurred";
        best.explain = "no entry of the lexicon; the learnt reader reads " + best.type + " (" +
                       two_decimals(p) + ") by '" + features.joint + "'";
      }
    }
    if (trigger < 0) return;
    FoundEvent f;
    f.trigger = trigger;
    f.event = std::move(best);
    TreeView::Range r = t_.subtree_without(trigger, [&](int at, int c) {
      return at == trigger && (t_.is_any(c, {"parataxis", "cc", "mark", "punct"}) ||
                               (t_.is(c, "conj") && t_.verb(c)));
    });
    f.event.span = t_.trimmed({std::max(r.begin, s.begin), std::min(r.end, s.end)});
    if (const TimeExpression* time = times_.of(trigger)) f.event.when = time->when;
    f.event.said_in = innermost(statements_, t_[trigger].span);
    std::string_view modal = t_.modal(trigger);
    if (modal == "will" || modal == "would") f.event.status = "planned";
    else if (!modal.empty()) f.event.status = "possible";
    events_.push_back(std::move(f));
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const RelationModel& model_;
  const Thresholds& least_;
  const Times& times_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
  std::vector<FoundEvent>& events_;
  std::vector<std::vector<int>> by_sentence_;  // sentence → mentions
};

}  // namespace

void review_events(const TreeView& tree, const Lexicon& lexicon, const RelationModel& model,
                   const Thresholds& least, const Times& times,
                   const std::vector<FoundStatement>& statements, const Entities& entities,
                   std::vector<FoundEvent>& events) {
  if (!model.empty())
    Review(tree, lexicon, model, least, times, statements, entities, events).run();
}

}  // namespace chancery
