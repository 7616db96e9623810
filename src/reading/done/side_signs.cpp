#include "reading/done/side_signs.h"

#include <algorithm>
#include <cstdlib>

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

// What holds of one type of act and not of others: whom a demand with "should" is made of is the
// subject of what he should do.
void SideSigns::of_type(int trigger, const std::string& type, const Party& p, int word, bool tells,
                        const std::string& side, std::vector<std::string>& signs) const {
  const Entity& x = e_.entities()[p.entity];
  const std::string act = side + " of " + type;
  signs.push_back(act);
  signs.push_back(act + " " + x.kind);
  if (word >= 0) {
    const std::string way = path(trigger, word);
    signs.push_back(act + " " + way + (t_.verb(trigger) && t_.passive(trigger) ? ", passive" : ""));
    if (!t_.modal(trigger).empty()) signs.push_back(side + " under a modal " + way);
    const Mention* m = e_.mention_at(word);
    signs.push_back(side + (!m                            ? " by what is his"
                            : m->sort == Mention::pronoun ? " by a pronoun"
                            : m->sort == Mention::name    ? " by name"
                                                          : " by a phrase"));
  }
  if (tells) signs.push_back(act + " tells it");
  for (const FoundStatement& s : statements_) {
    if (s.cue_verb != trigger) continue;
    if (s.statement.speaker == p.entity) signs.push_back(side + " speaks by this word");
    if (has(s.statement.to, p.entity)) signs.push_back(side + " is spoken to by this word");
  }
}

// How he stands among the others whom the sentence names.
void SideSigns::among(int trigger, const std::vector<Party>& parties, const Party& p, bool source,
                      const std::string& side, std::vector<std::string>& signs) const {
  auto place = [&](const Party& q, bool as_source) {
    return as_source ? q.source_word : q.target_word;
  };
  const int word = place(p, source);
  int nearer = 0;
  const Party* likeliest = nullptr;
  for (const Party& q : parties) {
    if (q.entity == p.entity) continue;
    const int other = place(q, source);
    nearer += word >= 0 && other >= 0 && (other < trigger) == (word < trigger) &&
              std::abs(other - trigger) < std::abs(word - trigger);
    const float his = source ? q.target : q.source;
    if (!likeliest || his > (source ? likeliest->target : likeliest->source)) likeliest = &q;
  }
  if (word >= 0)
    signs.push_back(side + (word < trigger ? " before" : " behind") +
                    (nearer == 0   ? ", the nearest"
                     : nearer == 1 ? ", the second"
                                   : ", further off"));
  signs.push_back(side + (parties.size() == 1   ? " alone in the sentence"
                          : parties.size() == 2 ? " of two in the sentence"
                                                : " of several in the sentence"));
  if (!likeliest) return;
  const std::string &own = e_.entities()[p.entity].actor.country,
                    &his = e_.entities()[likeliest->entity].actor.country;
  if (!own.empty() && !his.empty())
    signs.push_back(side + (own == his ? " of the other's state" : " of another state"));
}

SignCase SideSigns::of(int trigger, const std::string& type, const std::vector<Party>& parties,
                       size_t which, bool source, const std::vector<int>& own,
                       const std::vector<int>& other) const {
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
  const bool tells = said >= 0 && statements_[said].statement.speaker == p.entity;
  if (tells) signs.push_back(side + " tells it");
  if (said >= 0 && has(statements_[said].statement.to, p.entity))
    signs.push_back(side + " is told it");
  of_type(trigger, type, p, word, tells, side, signs);
  among(trigger, parties, p, source, side, signs);
  SignCase out;
  out.candidates.push_back({p.entity, std::move(signs)});
  return out;
}

}  // namespace chancery
