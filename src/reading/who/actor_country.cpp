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

// What speaks for which state, of one entity.
class Entities::CountrySigns {
 public:
  CountrySigns(const Entities& entities, int entity)
      : x_(entities), t_(entities.t_), id_(entity), e_(entities.entities_[entity]) {
    for (const Mention& m : x_.mentions_) {
      if (m.entity != entity || m.sort == Mention::pronoun) continue;
      if (!first_) first_ = &m;
      sentences_.push_back(t_.sentence_of(m.head));
    }
    if (!first_) return;
    here_ = t_.sentence_of(first_->head);
    head_ = lower(t_.lemma(first_->head));
    sector_ = e_.actor.sector.empty() ? "-" : e_.actor.sector;
    named_ = !x_.memory_[entity].words.empty();
  }

  SignCase all() {
    if (!first_ || e_.kind == "event" || x_.memory_[id_].several) return {};
    if (of_no_state()) return {};
    of_itself();
    of_its_article();
    find_owners();
    find_states_around();
    find_likes();
    const auto& in = in_sentence_;
    alone_ = !in.empty() && std::all_of(in.begin(), in.end(), [&](int s) { return s == in[0]; });
    if (in.empty()) out_.none.push_back("no state in its sentence");
    if (!in.empty() && !alone_) out_.none.push_back("several states in its sentence");
    for (int state : x_.trail_.states()) {
      if (of_another_than(state)) continue;
      signs_.clear();
      of_state(state);
      of_steps(state);
      out_.candidates.push_back({state, std::move(signs_)});
    }
    return std::move(out_);
  }

 private:
  static bool has(const std::vector<int>& list, int state) {
    return std::find(list.begin(), list.end(), state) != list.end();
  }

  // "Africa", "Muslims"; "analysts", "other countries", "foreign banks": whatever an article speaks of,
  // they are of no state until their own words name one.
  bool of_no_state() const {
    if (first_->sort == Mention::name) return t_.in(WordList::of_no_state, t_[first_->head].form);
    if (t_.in(WordList::unplaced, head_) ||
        (x_.memory_[id_].plural && t_.in(WordList::unplaced_many, head_)))
      return true;
    for (int i = first_->begin; i < first_->head; ++i)
      if (t_.in(WordList::of_abroad, lower(t_[i].form))) return true;
    return false;
  }

  // "The premier arrived in Oslo", "is on a visit to Peru", "thanked Brazil": who goes to a state or deals with it is
  // of another.
  bool of_another_than(int state) const {
    for (const StateTrail::Step& s : x_.trail_.steps())
      if (s.state == state)
        for (const Mention& m : x_.mentions_)
          if (m.entity == id_ && t_.is(m.head, "nsubj") &&
              (goes_to(t_[m.head].head, s) || deals_with(t_[m.head].head, s)))
            return true;
    return false;
  }

  bool deals_with(int verb, const StateTrail::Step& s) const {
    return s.sort == StateTrail::Step::Sort::state && t_.is(s.end - 1, "obj") &&
           t_[s.end - 1].head == verb && t_.in(WordList::dealing_verbs, t_.lemma(verb));
  }

  bool goes_to(int verb, const StateTrail::Step& place) const {
    int at = place.end - 1;
    while (t_[at].head >= place.begin && t_[at].head < place.end) at = t_[at].head;
    const std::string by = t_.case_of(at);
    if (!(t_.is(at, "obj") || (t_.is_any(at, {"obl", "nmod"}) && t_.in(WordList::bound, by))))
      return false;
    // "left for Oslo", not "left Oslo"; "on a visit to Oslo".
    for (bool going = false; at != verb; at = t_[at].head) {
      const int up = t_[at].head;
      if (up < 0) return false;
      going |= t_.in(WordList::journeys, t_.lemma(up)) || (by == "for" && t_.lemma(up) == "leave");
      if (up == verb) return going;
      if (!going) return false;
    }
    return true;
  }

  // Signs about itself: they speak for nobody's, or against it.
  void of_itself() {
    auto& none = out_.none;
    none = {"it", "kind " + e_.kind, "shape " + e_.kind + " " + sector_,
            named_ ? "named" : "nominal"};
    if (!named_) none.push_back("head " + head_);
    for (int i = first_->begin; i < first_->end; ++i) {
      std::string low = lower(t_[i].form);
      if (!named_ && i != first_->head) none.push_back("word " + low);
      if (named_ && x_.known_.name_head(low)) none.push_back("in name " + low);
    }
    if (named_) return;
    if (x_.memory_[id_].plural) none.push_back("plural");
    const std::string_view opening = t_[first_->begin].xpos;
    none.push_back(first_->definite ? "definite" : opening == "DT" ? "indefinite" : "bare");
  }

  void of_its_article() {
    const StateTrail& trail = x_.trail_;
    auto& none = out_.none;
    none.push_back("states " + std::to_string(std::min<size_t>(4, trail.states().size())));
    none.push_back(e_.kind + " at " + share_sign(trail.main() < 0 ? 0 : trail.share(trail.main())));
    const size_t steps = trail.steps().size();
    none.push_back("named " + std::string(steps <= 1   ? "once"
                                          : steps <= 3 ? "thrice"
                                          : steps <= 8 ? "some times"
                                                       : "often"));
    if (t_.document().sentences.size() < 4) none.push_back("few sentences");
  }

  // Who it belongs to, by a possessor, and who stands beside it.
  void find_owners() {
    for (const Mention& m : x_.mentions_) {
      if (m.entity < 0 || m.entity == id_) continue;
      const std::string& country = x_.entities_[m.entity].actor.country;
      const int state = country.empty() ? -1 : x_.known_.state_index(country);
      if (m.begin >= first_->begin && m.end <= first_->end && m.head != first_->head) {
        owners_.push_back(state);
        out_.none.push_back("owned");
        if (m.sort == Mention::pronoun) out_.none.push_back("owned by pronoun");
      }
      if (state >= 0 && t_.sentence_of(m.head) == here_ &&
          ((t_.is(first_->head, "conj") && t_[first_->head].head == m.head) ||
           (t_.is(m.head, "conj") && t_[m.head].head == first_->head)))
        beside_.push_back(state);
    }
  }

  // The states of its sentence, and the nearest before it, up to three sentences away.
  void find_states_around() {
    for (const StateTrail::Step& s : x_.trail_.steps()) {
      if (s.begin >= first_->begin && s.end <= first_->end) continue;
      const int there = t_.sentence_of(s.begin);
      if (there == here_) in_sentence_.push_back(s.state);
      if (s.begin < first_->begin && there + 3 >= here_ && first_->begin - s.begin < distance_) {
        distance_ = first_->begin - s.begin;
        nearest_ = s.state;
      }
    }
  }

  // Whose others of its office and its sector are, where their own words say; and the states that
  // others of its sentence have in their own phrases: those they deal with, perhaps.
  void find_likes() {
    for (const Mention& m : x_.mentions_) {
      if (m.entity < 0 || m.entity == id_ || m.state < 0 || m.names_state) continue;
      if (m.sort != Mention::pronoun && lower(t_.lemma(m.head)) == head_)
        same_office_.push_back(m.state);
      if (t_.sentence_of(m.head) == here_) of_others_.push_back(m.state);
    }
    for (size_t i = 0; i < x_.entities_.size(); ++i)
      if (static_cast<int>(i) != id_ && !e_.actor.sector.empty() && x_.memory_[i].state >= 0 &&
          !x_.memory_[i].names_state && x_.entities_[i].actor.sector == e_.actor.sector)
        same_sector_.push_back(x_.memory_[i].state);
  }

  void add(const std::string& sign) {
    signs_.push_back(sign);
    signs_.push_back(sign + ", " + e_.kind);
  }

  void of_state(int state) {
    const StateTrail& trail = x_.trail_;
    add(share_sign(trail.share(state)));
    if (state == trail.main()) {
      add("main");
      signs_.push_back("main, " + sector_);
      if (trail.states().size() == 1) add("only state");
    }
    if (state == trail.first()) add("first");
    if (has(in_sentence_, state)) add(alone_ ? "alone in its sentence" : "in its sentence");
    if (in_sentence_.empty() && state == trail.main()) add("main, none in its sentence");
    if (state == nearest_) add(distance_ < 6 ? "close before" : "nearest before");
    if (has(owners_, state)) add("owner");
    if (has(of_others_, state)) add("of another in its sentence");
    if (has(beside_, state)) add("beside");
    if (has(same_office_, state)) add("same office");
    if (has(same_sector_, state)) add("same sector");
  }

  // Where the state is named, seen from it.
  void of_steps(int state) {
    bool told_before = false, told_after = false, against = false;
    int steps_away = 9;  // in the tree
    bool inside = false, subject = false, before = false;
    int shared = 0;
    for (const StateTrail::Step& s : x_.trail_.steps()) {
      if (s.state != state) continue;
      const int there = t_.sentence_of(s.begin);
      if (has(sentences_, there)) ++shared;
      const bool acts = t_.is(s.end - 1, "nsubj");
      told_before |= there + 1 == here_ && acts;
      if (there != here_) continue;
      told_after |= s.begin > first_->head && s.begin < first_->head + 8;
      const int top = t_[s.end - 1].head;
      against |= acts && top >= 0 && t_[first_->head].head == top &&
                 t_.is_any(first_->head, {"obj", "obl", "iobj"});
      steps_away = std::min(steps_away, tree_distance(t_, first_->head, s.end - 1));
      inside |= s.inside;
      subject |= acts;
      before |= s.begin < first_->begin;
    }
    if (told_before) add("subject of the sentence before");
    if (told_after) add("close behind");
    if (against) add("subject against it");
    if (steps_away < 9) add("tree " + std::to_string(steps_away));
    if (inside) add("happens there");
    if (subject) add("subject of its sentence");
    if (before) add("before it in its sentence");
    if (sentences_.size() > 1 && 2 * shared >= static_cast<int>(sentences_.size()))
      add("in half its sentences");
  }

  const Entities& x_;
  const TreeView& t_;
  const int id_;
  const Entity& e_;
  const Mention* first_ = nullptr;  // that is no pronoun
  std::vector<int> sentences_;      // of all such
  int here_ = -1;                   // the first one's
  std::string head_, sector_;
  bool named_ = false, alone_ = false;
  int nearest_ = -1, distance_ = 1 << 30;
  // States by what they are to it.
  std::vector<int> owners_, beside_, same_office_, same_sector_, of_others_, in_sentence_;
  SignCase out_;
  std::vector<std::string> signs_;
};

SignCase Entities::country_case(int entity) const { return CountrySigns(*this, entity).all(); }

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
