#include "reading/stands/stance_signs.h"

#include <algorithm>

#include "base/utf8.h"
#include "reading/done/act_signs.h"

namespace chancery {

SignCase StanceSigns::of(const Position& position, int head, bool by_rule) const {
  SignCase out;
  std::vector<float> p = words_.probabilities(WordJudges::stance, head);
  const WordJudges& judges = words_.judges();
  std::vector<std::string> common;
  add_steps(common, "stance", 1 - p[0]);
  add_steps(common, by_rule ? "stance by rule" : "stance by judge alone", 1 - p[0]);
  if (by_rule) common.push_back("rule: " + position.explain);
  // What tells one kind from another is weighed for each kind too: "another acts" speaks for a
  // demand, "the holder acts" for an offer.
  std::vector<std::string> telling;
  clause(head, position, telling);
  teller(head, position, telling);
  act(head, telling);
  common.insert(common.end(), telling.begin(), telling.end());
  int own = by_rule ? judges.class_of(WordJudges::stance, position.stance) : -1;
  std::vector<int> kinds = likeliest_classes(p, 3);
  if (own >= 0 && std::find(kinds.begin(), kinds.end(), own) == kinds.end()) kinds.push_back(own);
  for (int kind : kinds) {
    SignCase::Candidate c{kind, common};
    const std::string& name = judges.classes(WordJudges::stance)[kind];
    float share = p[kind] / std::max(1 - p[0], 1e-6f);
    c.signs.push_back(name);
    add_steps(c.signs, "kind", share);
    add_steps(c.signs, name + ",", p[kind]);
    for (const std::string& sign : telling) c.signs.push_back(name + ", " + sign);
    if (kind == kinds[0]) c.signs.push_back("the likeliest kind");
    if (kind == own) {
      c.signs.push_back("the rule's kind");
      c.signs.push_back("the rule's kind, " + name);
      add_steps(c.signs, "the rule's kind, kind", share);
    } else if (own >= 0) {
      c.signs.push_back("not the rule's kind");
    }
    out.candidates.push_back(std::move(c));
  }
  return out;
}

// Which act the same word tells, and the word that says it.
void StanceSigns::act(int head, std::vector<std::string>& signs) const {
  auto likely = [&](int word, const char* name) {
    std::vector<float> p = words_.probabilities(WordJudges::act, word);
    const int type = likeliest_classes(p, 1)[0];
    if (p[type] >= 0.2f)
      signs.push_back(name + words_.judges().classes(WordJudges::act)[type] +
                      (p[type] >= 0.6f ? ", surely" : ""));
  };
  likely(head, "tells ");
  if (int up = t_[head].head; up >= 0) likely(up, "under one that tells ");
}

void StanceSigns::clause(int head, const Position& position,
                         std::vector<std::string>& signs) const {
  signs.push_back("tag " + std::string(t_[head].xpos));
  signs.push_back("relation " + std::string(t_[head].relation));
  std::string_view modal = t_.modal(head);
  signs.push_back(modal.empty() ? "no modal" : "modal " + std::string(modal));
  if (t_.negated(head)) signs.push_back("negated");
  std::string mark = t_.mark_of(head);
  if (!mark.empty()) signs.push_back("after '" + mark + "'");
  int up = t_[head].head;
  if (up >= 0) signs.push_back("under '" + std::string(t_.lemma(up)) + "'");
  TreeView::Range r = t_.range_of(position.content[0]);
  int length = r.end - r.begin;
  signs.push_back(length < 4 ? "short" : length < 20 ? "of a clause's length" : "long");
  int subject = t_.verb(head) ? t_.subject(head) : -1;
  int whose = subject >= 0 ? e_.actor_at(subject) : -1;
  signs.push_back(subject < 0                           ? "no subject"
                  : whose == position.holder            ? "the holder acts"
                  : t_.tag(subject, "PRP") && whose < 0 ? "a pronoun acts"
                  : whose < 0                           ? "a thing acts"
                                                        : "another acts");
  if (!position.condition.empty()) signs.push_back("with a condition");
  signs.push_back(position.toward.empty() ? "toward nobody" : "toward somebody");
}

void StanceSigns::teller(int head, const Position& position,
                         std::vector<std::string>& signs) const {
  const Entity& holder = e_.entities()[position.holder];
  signs.push_back("holder " + holder.kind);
  signs.push_back(holder.actor.country.empty() ? "holder of no state" : "holder of a state");
  signs.push_back(holder.actor.sector.empty() ? "holder of no sector"
                                              : "holder " + holder.actor.sector);
  if (position.said_in < 0) return signs.push_back("told by the report");
  const FoundStatement& f = statements_[static_cast<size_t>(position.said_in)];
  signs.push_back(f.statement.quote);
  if (f.heard_alone) signs.push_back("said, by no rule");
  if (f.cue_verb >= 0) signs.push_back("cue '" + std::string(t_.lemma(f.cue_verb)) + "'");
  if (f.content_head == head) signs.push_back("head of what is said");
  if (f.statement.content[0].begin == position.content[0].begin)
    signs.push_back("begins what is said");
  add_steps(signs, "said", static_cast<float>(f.statement.confidence));
}

}  // namespace chancery
