// The signs by which an actor gets its state when its own words name none (SignJudge weighs
// them).
#include <algorithm>
#include <cmath>

#include "reading/two_decimals.h"
#include "reading/who/entities.h"
#include "reading/who/name_words.h"

namespace chancery {
namespace {

// Of one to five: how much of the article is about a state.
std::string share_sign(double share) {
  int part = std::min(4, static_cast<int>(share * 5));
  return "share " + std::to_string(part);
}

// Steps between two words of a sentence in its tree, from one to five; nine when further.
int tree_distance(const TreeView& t, int a, int b) {
  int from_a = 0;
  for (int i = a; i >= 0 && from_a <= 5; i = t[i].head, ++from_a) {
    int from_b = 0;
    for (int k = b; k >= 0 && from_a + from_b <= 5; k = t[k].head, ++from_b)
      if (i == k) return std::max(1, from_a + from_b);
  }
  return 9;
}

}  // namespace

SignCase Entities::country_case(int entity) const {
  SignCase out;
  const Entity& e = entities_[entity];
  const Memory& memory = memory_[entity];
  // Its first mention that is no pronoun, and all sentences with one.
  const Mention* first = nullptr;
  std::vector<int> sentences;
  for (const Mention& m : mentions_) {
    if (m.entity != entity || m.sort == Mention::pronoun) continue;
    if (!first) first = &m;
    sentences.push_back(t_.sentence_of(m.head));
  }
  if (!first || e.kind == "event" || memory.several) return out;
  const std::string sector = e.actor.sector.empty() ? "-" : e.actor.sector;
  const std::string shape = e.kind + " " + sector;
  const bool named = !memory.words.empty();

  // Signs about itself: they speak for nobody's, or against it.
  auto& none = out.none;
  none = {"it", "kind " + e.kind, "shape " + shape, named ? "named" : "nominal"};
  const std::string head = lower(t_.lemma(first->head));
  if (!named) none.push_back("head " + head);
  for (int i = first->begin; i < first->end; ++i) {
    std::string low = lower(t_[i].form);
    if (!named && i != first->head) none.push_back("word " + low);
    if (named && known_.name_head(low)) none.push_back("in name " + low);
  }
  if (!named) {
    if (memory.plural) none.push_back("plural");
    std::string_view opening = t_[first->begin].xpos;
    none.push_back(first->definite ? "definite" : opening == "DT" ? "indefinite" : "bare");
  }
  none.push_back("states " + std::to_string(std::min<size_t>(4, trail_.states().size())));
  none.push_back(e.kind + " at " + share_sign(trail_.main() < 0 ? 0 : trail_.share(trail_.main())));

  const size_t steps = trail_.steps().size();
  none.push_back("named " + std::string(steps <= 1   ? "once"
                                        : steps <= 3 ? "thrice"
                                        : steps <= 8 ? "some times"
                                                     : "often"));
  if (t_.document().sentences.size() < 4) none.push_back("few sentences");

  // Who it belongs to, by a possessor, and who stands beside it.
  std::vector<int> owners, beside;
  for (const Mention& m : mentions_) {
    if (m.entity < 0 || m.entity == entity) continue;
    const std::string& country = entities_[m.entity].actor.country;
    const int state = country.empty() ? -1 : known_.state_index(country);
    if (m.begin >= first->begin && m.end <= first->end && m.head != first->head) {
      owners.push_back(state);
      none.push_back("owned");
      if (m.sort == Mention::pronoun) none.push_back("owned by pronoun");
    }
    if (state >= 0 && t_.sentence_of(m.head) == t_.sentence_of(first->head) &&
        ((t_.is(first->head, "conj") && t_[first->head].head == m.head) ||
         (t_.is(m.head, "conj") && t_[m.head].head == first->head)))
      beside.push_back(state);
  }
  // Others of the same office whose state is known.
  std::vector<int> same_office;
  for (const Mention& m : mentions_)
    if (m.entity >= 0 && m.entity != entity && m.sort != Mention::pronoun && m.state >= 0 &&
        !m.names_state && lower(t_.lemma(m.head)) == head)
      same_office.push_back(m.state);

  const int here = t_.sentence_of(first->head);
  int nearest = -1, distance = 1 << 30;  // before it, up to three sentences away
  std::vector<int> in_sentence;
  for (const StateTrail::Step& s : trail_.steps()) {
    if (s.begin >= first->begin && s.end <= first->end) continue;
    int there = t_.sentence_of(s.begin);
    if (there == here) in_sentence.push_back(s.state);
    if (s.begin < first->begin && there + 3 >= here && first->begin - s.begin < distance) {
      distance = first->begin - s.begin;
      nearest = s.state;
    }
  }
  // Whose others of its sector are, where their own words say.
  std::vector<int> same_sector;
  for (size_t i = 0; i < entities_.size(); ++i)
    if (static_cast<int>(i) != entity && !e.actor.sector.empty() && memory_[i].state >= 0 &&
        !memory_[i].names_state && entities_[i].actor.sector == e.actor.sector)
      same_sector.push_back(memory_[i].state);
  // States that others of its sentence have in their own phrases: those they deal with, perhaps.
  std::vector<int> of_others;
  for (const Mention& m : mentions_)
    if (m.entity >= 0 && m.entity != entity && m.state >= 0 && !m.names_state &&
        t_.sentence_of(m.head) == here)
      of_others.push_back(m.state);
  const bool alone =
      !in_sentence.empty() && std::all_of(in_sentence.begin(), in_sentence.end(),
                                          [&](int s) { return s == in_sentence[0]; });
  if (in_sentence.empty()) none.push_back("no state in its sentence");
  if (!in_sentence.empty() && !alone) none.push_back("several states in its sentence");

  auto has = [](const std::vector<int>& list, int state) {
    return std::find(list.begin(), list.end(), state) != list.end();
  };
  for (int state : trail_.states()) {
    SignCase::Candidate c;
    c.id = state;
    auto& signs = c.signs;
    auto add = [&](const std::string& sign) {
      signs.push_back(sign);
      signs.push_back(sign + ", " + e.kind);
    };
    add(share_sign(trail_.share(state)));
    if (state == trail_.main()) {
      add("main");
      signs.push_back("main, " + sector);
      if (trail_.states().size() == 1) add("only state");
    }
    if (state == trail_.first()) add("first");
    if (has(in_sentence, state)) add(alone ? "alone in its sentence" : "in its sentence");
    if (in_sentence.empty() && state == trail_.main()) add("main, none in its sentence");
    if (state == nearest) add(distance < 6 ? "close before" : "nearest before");
    if (has(owners, state)) add("owner");
    if (has(of_others, state)) add("of another in its sentence");
    if (has(beside, state)) add("beside");
    if (has(same_office, state)) add("same office");
    if (has(same_sector, state)) add("same sector");
    bool told_before = false, told_after = false, against = false;
    int steps_away = 9;  // in the tree
    bool inside = false, subject = false, before = false;
    int shared = 0;
    for (const StateTrail::Step& s : trail_.steps()) {
      if (s.state != state) continue;
      int there = t_.sentence_of(s.begin);
      if (std::find(sentences.begin(), sentences.end(), there) != sentences.end()) ++shared;
      told_before |= there + 1 == here && t_.is(s.end - 1, "nsubj");
      if (there == here) {
        told_after |= s.begin > first->head && s.begin < first->head + 8;
        const int top = t_[s.end - 1].head;
        against |= t_.is(s.end - 1, "nsubj") && top >= 0 && t_[first->head].head == top &&
                   t_.is_any(first->head, {"obj", "obl", "iobj"});
        steps_away = std::min(steps_away, tree_distance(t_, first->head, s.end - 1));
        inside |= s.inside;
        subject |= t_.is(s.end - 1, "nsubj");
        before |= s.begin < first->begin;
      }
    }
    if (told_before) add("subject of the sentence before");
    if (told_after) add("close behind");
    if (against) add("subject against it");
    if (steps_away < 9) add("tree " + std::to_string(steps_away));
    if (inside) add("happens there");
    if (subject) add("subject of its sentence");
    if (before) add("before it in its sentence");
    if (sentences.size() > 1 && 2 * shared >= static_cast<int>(sentences.size()))
      add("in half its sentences");
    out.candidates.push_back(std::move(c));
  }
  return out;
}

// Of all entities from `first` on that have none. All are weighed before any is set: none leans on
// a guess about another.
void Entities::find_countries(int first) {
  std::vector<SignJudge::Verdict> verdicts;
  for (int e = first; e < static_cast<int>(entities_.size()); ++e)
    verdicts.push_back(entities_[e].actor.country.empty() ? judge_.sure(country_case(e))
                                                          : SignJudge::Verdict{});
  for (size_t i = 0; i < verdicts.size(); ++i)
    if (verdicts[i].id >= 0) set_country(first + static_cast<int>(i), verdicts[i]);
}

void Entities::set_country(int entity, const SignJudge::Verdict& verdict) {
  Entity& e = entities_[entity];
  e.actor.country = known_.states()[verdict.id].code;
  e.basis = "context";
  memory_[entity].state = verdict.id;
  e.explain += "; " + e.actor.country + " by context, " + two_decimals(verdict.probability) + ": " +
               verdict.why;
}

}  // namespace chancery
