#include "reading/done/side_signs.h"

#include <algorithm>
#include <cstdlib>

#include "reading/done/act_signs.h"

namespace chancery {
namespace {

constexpr float kHeard = 0.1F;  // from where on somebody else is reckoned with

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

// How far off in the tree: "2 up, 1 down", and by which relations the way leaves the trigger and
// reaches the word.
void SideSigns::way(int trigger, int word, const std::string& side,
                    std::vector<std::string>& signs) const {
  constexpr int kFar = 4;
  std::vector<int> above;  // the trigger and what it hangs on
  for (int at = trigger; at >= 0 && above.size() <= kFar; at = t_[at].head) above.push_back(at);
  int down = 0, at = word;
  for (; at >= 0 && down <= kFar; at = t_[at].head, ++down) {
    const auto met = std::find(above.begin(), above.end(), at);
    if (met == above.end()) continue;
    const auto up = met - above.begin();
    const std::string steps = std::to_string(up) + " up, " + std::to_string(down) + " down";
    signs.push_back(side + " " + steps);
    if (up > 0)
      signs.push_back(side + " " + steps + ", from " + std::string(t_[trigger].relation) + " to " +
                      std::string(t_[word].relation));
    return;
  }
  signs.push_back(side + " far off in the tree");
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

// Whether a word stands in the phrase that names somebody by another word: "Indonesia" in
// "Indonesia's main opposition party".
bool SideSigns::within(int word, int entity, int named) const {
  const Mention* m = e_.mention_at(named);
  return m && m->entity == entity && word != named && m->begin <= word && word < m->end;
}

// "Olm and Norvania": one of them hangs on the other, or both on a third.
bool SideSigns::beside(int word, int other) const {
  auto first = [&](int i) { return t_.is(i, "conj") ? t_[i].head : i; };
  return first(word) == first(other);
}

// How he stands among the others whom the sentence names.
void SideSigns::among(int trigger, const std::vector<Party>& parties, const Party& p, bool source,
                      const std::string& side, std::vector<std::string>& signs) const {
  auto place = [&](const Party& q, bool as_source) {
    return as_source ? q.source_word : q.target_word;
  };
  auto mine = [&](const Party& q) { return source ? q.source : q.target; };
  const int word = place(p, source);
  int nearer = 0;
  float most = 0;  // that anybody else has for this side
  const Party* likeliest = nullptr;
  for (const Party& q : parties) {
    if (q.entity == p.entity) continue;
    const int other = place(q, source);
    nearer += word >= 0 && other >= 0 && (other < trigger) == (word < trigger) &&
              std::abs(other - trigger) < std::abs(word - trigger);
    const float same = source ? q.source : q.target, his = source ? q.target : q.source;
    most = std::max(most, same);
    if (same >= kHeard && other >= 0 && word >= 0) {
      const char* likely = same > mine(p) ? " of somebody likelier" : " of somebody less likely";
      if (within(word, q.entity, other)) signs.push_back(side + " within the phrase" + likely);
      if (within(other, p.entity, word)) signs.push_back(side + " around the words" + likely);
      if (beside(word, other)) signs.push_back(side + " beside the words" + likely);
    }
    if (!likeliest || his > (source ? likeliest->target : likeliest->source)) likeliest = &q;
  }
  if (word >= 0)
    signs.push_back(side + (word < trigger ? " before" : " behind") +
                    (nearer == 0   ? ", the nearest"
                     : nearer == 1 ? ", the second"
                                   : ", further off"));
  add_steps(signs, side + ", somebody else", most);
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
  if (word >= 0) way(trigger, word, side, signs);
  if (const Mention* m = e_.mention_at(word))
    signs.push_back(side + (m->head == word ? " by the head of a phrase" : " within a phrase"));
  const Entity& x = e_.entities()[p.entity];
  const size_t told = x.mentions.size();
  signs.push_back(side + (told < 2   ? " named once"
                          : told < 4 ? " named twice or thrice"
                          : told < 8 ? " named often"
                                     : " named very often"));
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
