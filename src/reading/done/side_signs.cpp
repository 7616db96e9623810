#include "reading/done/side_signs.h"

#include <algorithm>

#include "reading/done/act_signs.h"

namespace chancery {
namespace {

bool has(const std::vector<int>& list, int entity) {
  return std::find(list.begin(), list.end(), entity) != list.end();
}

}  // namespace

// How a word hangs on the trigger: "nsubj", "obl to", "conj > obj", "above nsubj" (the trigger hangs
// on what the word is subject of); at most two steps down, else "far".
std::string SideSigns::path(int trigger, int word) const {
  auto step = [&](int i) {
    std::string preposition = t_.is_any(i, {"obl", "nmod"}) ? t_.case_of(i) : "";
    return std::string(t_[i].relation) + (preposition.empty() ? "" : " " + preposition);
  };
  int up = t_[word].head;
  if (up == trigger) return step(word);
  if (up >= 0 && t_[up].head == trigger) return step(up) + " > " + std::string(t_[word].relation);
  if (up >= 0 && up == t_[trigger].head)
    return "above " + std::string(t_[word].relation) + " of " + std::string(t_[trigger].relation);
  return word < trigger ? "far before" : "far behind";
}

SignCase SideSigns::of(int trigger, const std::vector<Party>& parties, size_t which, bool source,
                       const std::vector<int>& own, const std::vector<int>& other) const {
  const Party& p = parties[which];
  const float mine = source ? p.source : p.target, his = source ? p.target : p.source;
  const std::string side = source ? "source" : "target";
  std::vector<std::string> signs = {side};
  add_steps(signs, side, mine);
  add_steps(signs, side + ", the other side", his);
  signs.push_back(side + (mine > his ? " rather than the other" : " less than the other"));
  size_t rank = 0;
  for (const Party& q : parties) rank += (source ? q.source : q.target) > mine;
  signs.push_back(side + (rank == 0 ? " most of all" : rank == 1 ? " second" : " further down"));
  if (has(own, p.entity)) signs.push_back(side + " by rule");
  else if (!own.empty()) signs.push_back(side + " is another by rule");
  if (has(other, p.entity)) signs.push_back(side + " of the other side by rule");
  int word = source ? p.source_word : p.target_word;
  if (word >= 0)
    signs.push_back(
        side + " " + path(trigger, word) +
        (t_.verb(trigger) ? t_.passive(trigger) ? " of a passive" : " of a verb" : " of a noun"));
  const Entity& x = e_.entities()[p.entity];
  signs.push_back(side + " " + x.kind);
  signs.push_back(side + (x.actor.country.empty() ? " of no state" : " of a state"));
  int said = innermost(statements_, t_[trigger].span);
  if (said >= 0 && statements_[said].statement.speaker == p.entity)
    signs.push_back(side + " tells it");
  if (said >= 0 && has(statements_[said].statement.to, p.entity))
    signs.push_back(side + " is told it");
  SignCase out;
  out.candidates.push_back({p.entity, std::move(signs)});
  return out;
}

}  // namespace chancery
