#include "reading/stands/positions.h"

#include <algorithm>

#include "reading/stands/ground.h"
#include "reading/stands/holder_signs.h"
#include "reading/stands/plain_stance.h"
#include "reading/stands/position_list.h"
#include "reading/stands/said_positions.h"
#include "reading/stands/stance_signs.h"
#include "reading/stands/stance_words.h"
#include "reading/stands/told_positions.h"
#include "reading/two_decimals.h"

namespace chancery {
namespace {

// What the rules propose is weighed by the model's judges, and so are the clauses that no rule names.
class Weighing {
 public:
  Weighing(const TreeView& t, const Ground& ground, const std::vector<FoundStatement>& statements,
           const JudgedWords& words, const Thresholds& least, const StanceJudges& judges,
           const ReadingWatch* watch, const Entities& entities, PositionList& list)
      : t_(t),
        g_(ground),
        statements_(statements),
        words_(words),
        least_(least),
        judges_(judges),
        watch_(watch),
        e_(entities),
        list_(list),
        plain_(t, ground, entities) {}

  void run() {
    if (words_.silent()) return;
    const StanceSigns signs(t_, words_, statements_, e_);
    const HolderSigns holders(t_, g_, statements_, e_);
    std::vector<Position>& found = list_.found;
    for (Position& p : found) {
      const int head = head_of(p);
      const bool laid = head >= 0 && who_lays_it_down(head) == p.holder;
      const int by = p.holder;
      const std::vector<int> toward = p.toward;
      const double holder = settle_holder(holders, p, head, true);
      if (laid) give_to(by, toward, p);
      decide(signs, p, head, true, holder);
    }
    std::erase_if(found, [](const Position& p) { return p.stance.empty(); });
    const size_t by_rule = found.size();
    for (int i = 0; i < t_.size(); ++i) {
      const float heard = words_.any(WordJudges::stance, i);
      if (heard < least_["stance.alone"] &&
          (heard < least_["stance.condition"] || g_.condition_of(i).clause < 0))
        continue;
      TreeView::Range r = words_of_stance(t_, g_, i);
      Span span = t_.trimmed(r);
      bool known = false;
      for (size_t k = 0; k < by_rule; ++k)
        for (Span c : found[k].content) known |= c.contains(t_[i].span) || span.contains(c);
      if (known) continue;
      int said = innermost(statements_, t_[i].span);
      const int laid_by = who_lays_it_down(i);
      int holder = said >= 0      ? statements_[said].statement.speaker
                   : laid_by >= 0 ? laid_by
                                  : narrated_holder(i);
      size_t before = found.size();
      list_.add(holder, "", r, i, said, g_.condition_of(i), "");
      if (found.size() == before) continue;
      const std::vector<int> toward = found.back().toward;
      const double sure = settle_holder(holders, found.back(), i, false);
      if (const int owner = t_.child(i, {"nmod:poss"});
          owner >= 0 && found.back().holder == e_.actor_at(owner))
        found.back().holder = whose(owner);
      if (laid_by >= 0) give_to(laid_by, toward, found.back());
      decide(signs, found.back(), i, false, sure);
      if (found.back().stance.empty()) found.pop_back();
    }
  }

 private:
  // The word of a position that the judges hear most, -1 for none.
  int head_of(const Position& p) const {
    float most = 0;
    int head = -1;
    for (Span c : p.content) {
      TreeView::Range r = t_.range_of(c);
      for (int i = r.begin; i < r.end; ++i)
        if (float here = words_.any(WordJudges::stance, i); head < 0 || here > most) {
          most = here;
          head = i;
        }
    }
    return head;
  }

  // Whose it is, where another than proposed is likelier; how sure that is.
  double settle_holder(const HolderSigns& holders, Position& p, int head, bool by_rule) const {
    if (head < 0) return 0;
    const std::vector<float> heard = words_.probabilities(WordJudges::stance, head);
    const size_t likeliest = std::max_element(heard.begin() + 1, heard.end()) - heard.begin();
    const std::string& stance =
        by_rule ? p.stance : words_.judges().classes(WordJudges::stance)[likeliest];
    SignCase c = holders.of(p, head, stance, by_rule);
    if (watch_ && watch_->holder) watch_->holder(t_, e_, p, c);
    const SignJudge::Verdict verdict = judges_.holder.sure(c);
    if (verdict.id < 0 || verdict.id == p.holder) return verdict.probability;
    p.holder = verdict.id;
    std::erase(p.toward, p.holder);
    p.explain += (p.explain.empty() ? "" : "; ") +
                 ("held by " + e_.entities()[p.holder].name + " (") +
                 two_decimals(verdict.probability) + "): " + verdict.why;
    return verdict.probability;
  }

  // A word of the stance names somebody who is not on the side of the likeliest: then it is his. Between
  // a state and who speaks for it the signs decide.
  void named_holder(Position& p, int head, const std::string& stance) const {
    // Whose refusal somebody speaks of is as often what he takes a stance on.
    const int named = t_.noun(head) && p.said_in >= 0 ? -1 : plain_.holder(head, stance);
    if (named < 0 || named == p.holder || g_.same_side(named, p.holder) ||
        g_.same_side(p.holder, named))
      return;
    p.holder = named;
    std::erase(p.toward, named);
    p.explain += (p.explain.empty() ? "" : "; ") +
                 ("the word of the stance names " + e_.entities()[named].name + " as its holder");
  }

  // Whatever the signs say of the holder, toward whom it was proposed to be.
  static void give_to(int holder, const std::vector<int>& toward, Position& p) {
    p.holder = holder;
    p.toward = toward;
    std::erase(p.toward, holder);
  }

  // "will not lift the embargo until Olm withdraws": who lays down the condition that the word stands
  // in asks for it; -1 for nobody.
  int who_lays_it_down(int word) const {
    for (const Position& p : list_.found)
      for (Span c : p.condition)
        if (c.contains(t_[word].span)) return p.holder;
    return -1;
  }

  // Gives a proposal its kind and confidence, which is that the words carry it and that it is this
  // holder's; no stance left means that it is none.
  void decide(const StanceSigns& signs, Position& p, int head, bool by_rule, double holder) const {
    if (head < 0) return p.stance.clear();
    SignCase c = signs.of(p, head, by_rule);
    SignJudge::Verdict verdict = judges_.stance.sure(c);
    if (watch_ && watch_->stance) watch_->stance(t_, e_, p, c, verdict);
    if (verdict.id < 0 || past_need(head, p.holder)) return p.stance.clear();
    const std::string& stance = words_.judges().classes(WordJudges::stance)[verdict.id];
    named_holder(p, head, stance);
    p.confidence = verdict.probability * holder;
    if (p.confidence < least_["position.least"]) return p.stance.clear();
    const std::string certain = plain_.certain(head, !p.condition.empty());
    p.stance = !certain.empty()                                         ? certain
               : stance == "demands" && plain_.for_both(head, p.holder) ? "proposes"
                                                                        : stance;
    p.explain += (p.explain.empty() ? "'" + std::string(t_[head].form) + "': " : "; ") +
                 "the judge reads " + p.stance + " (" + two_decimals(verdict.probability) +
                 "): " + verdict.why;
  }

  // "Norvania had to sell its wheat earlier, its premier said": what one's own side was made to do is asked of nobody.
  bool past_need(int head, int holder) const {
    const int need = t_.is(head, "xcomp") ? t_[head].head : head;
    if (need < 0 || !t_.tag(need, "VBD") || !t_.in(WordList::needing, t_.lemma(need))) return false;
    const int below = t_.child(need, {"xcomp"});
    int token;
    return below > need && t_.mark_of(below) == "to" &&
           g_.same_side(g_.subject_entity(need, token), holder);
  }

  // Who is named so; of "her government" she is.
  int whose(int owner) const {
    const int of = t_.child(owner, {"nmod:poss"});
    if (of >= 0 && t_.tag(of, "PRP$") && e_.at(of) >= 0 &&
        t_.in(WordList::state_nouns, t_.lemma(owner)))
      return e_.at(of);
    return e_.actor_at(owner);
  }

  // Whose stance it is that the report tells in its own words: the subject of what governs the
  // words, or whose refusal, call or plan it is.
  int narrated_holder(int head) const {
    // "Norvania's refusal", "a refusal by Norvania"
    if (t_.noun(head))
      for (const int owner : t_.owners(head))
        if (owner >= 0 && whose(owner) >= 0) return whose(owner);
    for (int at = head, steps = 0; at >= 0 && steps < 6; at = t_[at].head, ++steps) {
      int owner = t_.child(at, {"nmod:poss"});
      if (at != head && t_.noun(at) && owner >= 0 && e_.at(owner) >= 0) return e_.at(owner);
      if (!t_.verb(at) || at == head) continue;
      int subject = t_.agent(at);
      if (subject < 0) continue;
      if (int e = e_.actor_at(subject); e >= 0) return e;
    }
    return -1;
  }

  const TreeView& t_;
  const Ground& g_;
  const std::vector<FoundStatement>& statements_;
  const JudgedWords& words_;
  const Thresholds& least_;
  const StanceJudges& judges_;
  const ReadingWatch* watch_;
  const Entities& e_;
  PositionList& list_;
  const PlainStance plain_;
};

// Is the position told before, in words that hold it or that it holds? The stages that one telling has
// belong to both.
bool told_before(std::vector<Position>& out, const Position& p) {
  bool twice = false;
  for (Position& o : out) {
    if (o.holder != p.holder || o.stance != p.stance || !o.content[0].overlaps(p.content[0]) ||
        !(o.content[0].contains(p.content[0]) || p.content[0].contains(o.content[0])))
      continue;
    twice = true;
    if (o.stages.empty()) o.stages = p.stages;
  }
  return twice;
}

// One refusal told in several clauses of one breath.
bool goes_on(std::vector<Position>& out, const Position& p) {
  if (out.empty() || p.stance != "rejects" || p.said_in < 0 || !p.condition.empty()) return false;
  Position& last = out.back();
  const bool near =
      p.content[0].begin >= last.content[0].end && p.content[0].begin - last.content[0].end < 12;
  if (last.stance != "rejects" || last.holder != p.holder || last.said_in != p.said_in || !near ||
      (!p.toward.empty() && p.toward != last.toward))
    return false;
  last.content[0].end = p.content[0].end;
  return true;
}

}  // namespace

std::vector<Position> find_positions(const TreeView& tree, const Stances& stances,
                                     const ConditionGrammar& conditions,
                                     const std::vector<FoundStatement>& statements,
                                     const JudgedWords& words, const Thresholds& least,
                                     const StanceJudges& judges, const ReadingWatch* watch,
                                     Entities& entities) {
  const Ground ground(tree, stances, conditions.find(tree), statements, entities);
  PositionList list(tree, ground, entities);
  SaidPositions said(tree, ground, statements, entities, list);
  for (size_t s = 0; s < statements.size(); ++s)
    if (!statements[s].heard_alone)
      said.of(static_cast<int>(s));  // what is merely thought or hoped is no position yet
  ToldPositions told(tree, ground, statements, entities, list);
  told.narration();
  told.stages();
  Weighing(tree, ground, statements, words, least, judges, watch, entities, list).run();
  std::stable_sort(list.found.begin(), list.found.end(), [](const Position& a, const Position& b) {
    return a.content[0].begin < b.content[0].begin;
  });
  std::vector<Position> out;
  for (Position& p : list.found) {
    if (told_before(out, p) || p.holder < 0 || goes_on(out, p)) continue;
    p.id = "p" + std::to_string(out.size() + 1);
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace chancery
