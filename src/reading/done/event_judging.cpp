#include "reading/done/event_judging.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "reading/done/grammar_sides.h"
#include "reading/done/side_phrases.h"
#include "reading/done/undone.h"
#include "reading/two_decimals.h"

namespace chancery {
namespace {

class Bench {
 public:
  Bench(const TreeView& t, const JudgedWords& words, const Lexicon& lexicon,
        const Thresholds& thresholds, const ActGrammar& grammar, const ActSigns& signs,
        const SideSigns& side_signs, const ActJudges& judges, const ReadingWatch* watch,
        const Entities& entities)
      : t_(t),
        words_(words),
        lexicon_(lexicon),
        least_(thresholds),
        g_(grammar),
        signs_(signs),
        side_signs_(side_signs),
        judges_(judges),
        watch_(watch),
        e_(entities),
        undone_(t, lexicon),
        sure_sides_(t, lexicon, grammar, entities),
        phrases_(t, lexicon, entities) {}

  std::vector<FoundEvent> run(std::vector<FoundEvent> proposed) {
    rule_.assign(t_.size(), -1);
    for (size_t i = 0; i < proposed.size(); ++i)
      if (rule_[proposed[i].trigger] < 0) rule_[proposed[i].trigger] = static_cast<int>(i);
    std::vector<FoundEvent> out;
    for (const Sentence& s : t_.document().sentences) {
      acts_.assign(s.end - s.begin, Act{});
      for (int i = s.begin; i < s.end; ++i) weigh(i, s, proposed);
      one_a_phrase(s);
      for (int i = s.begin; i < s.end; ++i)
        if (acts_[i - s.begin].holds) decide(i, s, proposed, out);
    }
    return out;
  }

 private:
  // What is thought of a word as the trigger of an act.
  struct Act {
    bool holds = false, foreign = false;
    bool denied = false;  // named by a rule, under a word of denial
    float sure = 0;
    std::string type;
  };

  void weigh(int i, const Sentence& s, const std::vector<FoundEvent>& proposed) {
    Act& act = acts_[i - s.begin];
    std::vector<float> p = words_.probabilities(WordJudges::act, i);
    act.sure = 1 - p[0];
    bool rule = rule_[i] >= 0;
    if (!rule && !t_.verb(i) && !t_.noun(i) && !t_.tag(i, "JJ")) return;
    act.holds = act.sure >= least_[rule ? "act.proposed" : "act.alone"];
    act.type = words_.judges().classes(WordJudges::act)[words_.likeliest(WordJudges::act, i)];
    if (!rule) return;
    const std::string& own = proposed[rule_[i]].event.type;
    act.denied = undone_.under_denial(i);
    act.holds |= act.denied;
    int place = words_.judges().class_of(WordJudges::act, own);
    // A type of the user's own, of which no judge has heard: the lexicon's word stands.
    if (place < 0) act.holds = act.foreign = true;
    else if (p[place] >= least_["act.type"] * act.sure || sure_sides_.posting(i) >= 0)
      act.type = own;
  }

  // "held talks", "turned down": the words of one trigger name one act.
  void one_a_phrase(const Sentence& s) {
    for (int i = s.begin; i < s.end; ++i) {
      Act& a = acts_[i - s.begin];
      int up = t_[i].head;
      if (!a.holds || up < s.begin || up >= s.end) continue;
      Act& b = acts_[up - s.begin];
      if (!b.holds || a.foreign || b.foreign || t_.is_any(i, {"conj", "advcl", "acl", "parataxis"}))
        continue;
      if (a.type != b.type) {
        if (const std::string* named = named_with_object(up, i))
          (a.type == *named || (b.type != *named && a.sure > b.sure) ? b : a).holds = false;
        continue;
      }
      bool keep_lower = rule_[i] >= 0 && rule_[up] < 0;
      if ((rule_[i] >= 0) == (rule_[up] >= 0)) keep_lower = a.sure > b.sure && t_.noun(i);
      (keep_lower ? b : a).holds = false;
    }
  }

  // "imposed sanctions", "signed a treaty": the type that the lexicon has for the verb with this object; null
  // where it has none.
  const std::string* named_with_object(int verb, int object) const {
    if (!t_.verb(verb) || !t_.noun(object) || !t_.is(object, "obj") || t_.negated(verb) ||
        t_.mark_of(verb) == "to")
      return nullptr;
    const std::string noun(t_.lemma(object));
    for (const Trigger& t : lexicon_.triggers(t_.lemma(verb), 'v'))
      if (std::find(t.objects.begin(), t.objects.end(), noun) != t.objects.end()) return &t.type;
    return nullptr;
  }

  // Everybody whom the sentence names, in its order. A noun that is nobody counts for whom its
  // phrase belongs to; whom the rules name is among them.
  std::vector<Party> parties(int trigger, const Sentence& s, const Event& by_rule,
                             const SureSides& known) const {
    std::vector<float> source = words_.side(WordJudges::event_source, trigger, s.begin, s.end),
                       target = words_.side(WordJudges::event_target, trigger, s.begin, s.end);
    std::vector<Party> out;
    auto party = [&](int entity) -> Party& {
      auto at =
          std::find_if(out.begin(), out.end(), [&](const Party& p) { return p.entity == entity; });
      return at == out.end() ? out.emplace_back(Party{entity}) : *at;
    };
    auto count = [&](int entity, int word) {
      Party& p = party(entity);
      float as_source = source[word - s.begin], as_target = target[word - s.begin];
      if (as_source > p.source) p.source = as_source, p.source_word = word;
      if (as_target > p.target) p.target = as_target, p.target_word = word;
    };
    for (int i = s.begin; i < s.end; ++i) {
      if (std::max(source[i - s.begin], target[i - s.begin]) < least_["act.side"] || i == trigger)
        continue;
      const Mention* m = e_.mention_at(i);
      if (m && m->entity >= 0) count(m->entity, i);
      else if (t_.noun(i) || t_.tag(i, "WP") || t_.tag(i, "WDT"))
        for (int e : g_.actors(i, true)) count(e, i);
    }
    for (const std::vector<int>* side :
         {&by_rule.source, &by_rule.target, &known.doers, &known.others})
      for (int e : *side) party(e);
    return out;
  }

  // Each who is weighed as a side and found one; who is found both is what he is the more. A side
  // without anybody gets the likeliest, if he is likely at all; more than one
  // must be named side by side, or be surer. Returns how sure the less sure side
  // is.
  double choose_sides(int trigger, const std::string& type, const SureSides& known,
                      const std::vector<Party>& parties, Event& x) const {
    double weakest = 1;
    std::vector<std::array<double, 2>> sure;  // of each party as target, as source
    for (size_t k = 0; k < parties.size(); ++k) {
      sure.emplace_back();
      for (bool as_source : {false, true}) {
        SignCase c =
            side_signs_.of(trigger, type, parties, k, as_source, as_source ? x.source : x.target,
                           as_source ? x.target : x.source);
        if (watch_ && watch_->side) watch_->side(t_, e_, trigger, as_source, c);
        sure[k][as_source] = judges_.side.decide(c).probability;
      }
    }
    leave_out_others(trigger, type, parties, sure);
    settle_by_grammar(type, known, parties, sure);
    Parties found;  // on either side
    for (size_t k = 0; k < parties.size(); ++k)
      if (std::max(sure[k][0], sure[k][1]) >= judges_.side.threshold())
        found.push_back(&parties[k]);
    for (bool as_source : {false, true}) {
      std::vector<int>& side = as_source ? x.source : x.target;
      side.clear();
      const double least = judges_.side.threshold(), more = least_["act.side.more"];
      double best = least_["act.side.alone"];
      int likeliest = -1;
      Parties chosen;
      for (size_t k = 0; k < parties.size(); ++k) {
        double own = sure[k][as_source], other = sure[k][!as_source];
        if (own < other || (own == other && !as_source)) continue;
        if (own >= least) chosen.push_back(&parties[k]);
        if (own < best) continue;
        best = own;
        likeliest = parties[k].entity;
      }
      for (const Party* p : chosen)
        if (!phrases_.within_another(*p, chosen, found, as_source) && !phrases_.joint(*p, found) &&
            (p->entity == likeliest ||
             (!phrases_.only_where(*p, type, as_source) &&
              (phrases_.beside(*p, chosen, likeliest, as_source) ||
               sure[static_cast<size_t>(p - parties.data())][as_source] >= more))))
          side.push_back(p->entity);
      if (side.empty() && likeliest >= 0) side.push_back(likeliest);
      if (!side.empty() && likeliest >= 0) weakest = std::min(weakest, best);
    }
    return weakest;
  }

  // Who had no part in it does not do it, and of what is between several is no side at all; whom a judgement
  // is not addressed to is not its target.
  void leave_out_others(int trigger, const std::string& type, const std::vector<Party>& parties,
                        std::vector<std::array<double, 2>>& sure) const {
    const auto leave_out = [&](const std::vector<int>& who, bool as_source) {
      for (size_t k = 0; k < parties.size(); ++k)
        if (std::find(who.begin(), who.end(), parties[k].entity) != who.end())
          sure[k][as_source] = 0;
    };
    const std::vector<int> uninvolved = sure_sides_.uninvolved(trigger);
    leave_out(uninvolved, true);
    if (mutual(type)) leave_out(uninvolved, false);
    leave_out(sure_sides_.unaddressed(trigger, type), false);
    for (bool as_source : {false, true}) {
      leave_out(sure_sides_.contrasted(trigger), as_source);
      leave_out(sure_sides_.listeners(trigger), as_source);
    }
    for (const int scene : sure_sides_.scenes(trigger, type))
      for (size_t k = 0; k < parties.size(); ++k)
        if (parties[k].source_word >= 0 && within(parties[k].source_word, scene) &&
            e_.entities()[parties[k].entity].kind == "place")
          sure[k][true] = 0;
  }

  // Where grammar says who a side is, and the judge thinks so too, nobody outside of his phrase is.
  void settle_by_grammar(const std::string& type, const SureSides& known,
                         const std::vector<Party>& parties,
                         std::vector<std::array<double, 2>>& sure) const {
    for (bool as_source : {false, true}) {
      const std::vector<int>& side = as_source ? known.doers : known.others;
      const int phrase = as_source ? known.doing : known.done_to;
      auto stands = [&](size_t k) {
        return std::find(side.begin(), side.end(), parties[k].entity) != side.end();
      };
      double most = 0, theirs = 0;
      for (size_t k = 0; k < parties.size(); ++k) {
        most = std::max(most, sure[k][as_source]);
        if (stands(k)) theirs = std::max(theirs, sure[k][as_source]);
      }
      const bool blamed = as_source && known.blamed;
      if (phrase < 0 || (!blamed && theirs < least_["act.side.by_grammar"])) continue;
      const bool unmet = mutual(type) && std::none_of(sure.begin(), sure.end(), [&](const auto& s) {
                           return s[false] >= judges_.side.threshold();
                         });
      for (size_t k = 0; k < parties.size(); ++k) {
        double &own = sure[k][as_source], &other = sure[k][!as_source];
        const int word = as_source ? parties[k].source_word : parties[k].target_word;
        if (stands(k)) {
          // "Norvania and Olm signed it": of two who deal with each other one may be the other side.
          if (own != theirs) continue;
          own = blamed ? std::max(most, other) : most;
          other = std::min(other, own / 2);
        } else if (word < 0 || !within(word, phrase)) {
          // Who meets or agrees and is not the subject is the other side, where nobody else is.
          if (as_source && unmet) other = std::max(other, own);
          own = 0;
        }
      }
    }
  }

  bool mutual(const std::string& type) const {
    const Ontology::Type* known = lexicon_.ontology().type(type);
    return known && known->mutual;
  }

  // Does a word stand in a phrase, and in no clause that hangs on it?
  bool within(int word, int phrase) const {
    for (int at = word; at >= 0; at = t_[at].head) {
      if (at == phrase) return true;
      if (t_.is_any(at, {"acl", "parataxis", "advcl"})) return false;
    }
    return false;
  }

  void decide(int i, const Sentence& s, const std::vector<FoundEvent>& proposed,
              std::vector<FoundEvent>& out) const {
    const Act& act = acts_[i - s.begin];
    if (undone_.untold(i, act.type)) return;
    FoundEvent f;
    if (rule_[i] >= 0) f = proposed[rule_[i]];
    if (act.foreign) return out.push_back(std::move(f));
    f.by_rule = rule_[i] >= 0;
    f.trigger = i;
    Event& x = f.event;
    const SureSides known = sure_sides_.of(i, act.type);
    std::vector<Party> who = parties(i, s, x, known);
    const double sides = choose_sides(i, act.type, known, who, x);
    if (act.denied) leave_out(sure_sides_.denier(i), x);
    leave_out(sure_sides_.blamer(i), x);
    if (x.source.empty() && x.target.empty()) return;
    x.status = words_.judges().classes(WordJudges::status)[most_likely_status(i)];
    if (!f.by_rule) span(i, s, x);
    x.trigger = t_[i].span;
    SignCase signs =
        signs_.of(f, {most(who, &Party::source, x.source), most(who, &Party::target, x.target)});
    SignJudge::Verdict verdict = judges_.act.sure(signs);
    if (watch_ && watch_->act) watch_->act(t_, e_, f, signs, verdict);
    // A text of a sentence or two is told for what one state does to another.
    if (verdict.id < 0 && f.by_rule && !act.denied && t_.document().sentences.size() <= 2 &&
        t_.mark_of(i) != "to" && between_states(x) &&
        verdict.probability >= least_["act.between_states"] * judges_.act.threshold())
      verdict.id = verdict.likeliest;
    // The judges have seen few acts that are denied: where a rule names one, it stands.
    const bool told = verdict.id >= 0;
    if (!told && !(act.denied && stands_denied(proposed[rule_[i]].event, x))) return;
    std::string type = told ? words_.judges().classes(WordJudges::act)[verdict.id] : x.type;
    if (f.by_rule && as_the_rule_has_it(i, proposed[rule_[i]].event.type, type)) {
      type = proposed[rule_[i]].event.type;
      if (undone_.harms_nobody(i)) x.target.clear();
    }
    const bool unaimed = x.target.empty() && lexicon_.has(type, Trait::aimed),
               by_nobody = x.source.empty() && lexicon_.has(type, Trait::by_somebody);
    if ((unaimed && verdict.probability < least_["act.unaimed"]) || undone_.in_a_game(i, type))
      return;
    if (x.type != type) set_type(x, type, i);
    const std::string_view undone = undone_.settle(i, x);
    // An act with a wrong side is half right (the weights of acts are learnt so).
    x.confidence = (told ? verdict.probability : least_["act.denied"]) * (0.5 + 0.5 * sides);
    if (unaimed || by_nobody) x.confidence *= least_["act.one_sided"];
    x.explain += (x.explain.empty() ? "'" + std::string(t_[i].form) + "': " : "; ") +
                 "the judge reads " + type + " (" + two_decimals(verdict.probability) +
                 "): " + verdict.why + std::string(undone);
    out.push_back(std::move(f));
  }

  // Of which type an act is, its words may say against the judge: "recalled its ambassador", "fired a missile into
  // the sea", and "declared him persona non grata", which is nothing friendly.
  bool as_the_rule_has_it(int word, const std::string& by_rule, const std::string& judged) const {
    if (sure_sides_.posting(word) >= 0) return true;
    if (lexicon_.has(judged, Trait::violent) && undone_.harms_nobody(word)) return true;
    const Ontology::Type *rule = lexicon_.ontology().type(by_rule),
                         *judge = lexicon_.ontology().type(judged);
    return rule && judge && rule->quad > 2 && judge->quad <= 2 && t_.verb(word) &&
           !undone_.named_so(word, by_rule, true);
  }

  // Does somebody of one state do it to somebody of another?
  bool between_states(const Event& x) const {
    const auto& all = e_.entities();
    for (int a : x.source)
      for (int b : x.target)
        if (!all[a].actor.country.empty() && !all[b].actor.country.empty() &&
            all[a].actor.country != all[b].actor.country)
          return true;
    return false;
  }

  // The highest that any of the chosen has.
  static float most(const std::vector<Party>& parts, float Party::*own,
                    const std::vector<int>& chosen) {
    float out = 0;
    for (const Party& p : parts)
      if (std::find(chosen.begin(), chosen.end(), p.entity) != chosen.end())
        out = std::max(out, p.*own);
    return out;
  }

  // An act that only a rule hears, under a denial, with both of its sides: as the rule has it.
  static bool stands_denied(const Event& by_rule, Event& x) {
    if (by_rule.source.empty() || by_rule.target.empty()) return false;
    x.type = by_rule.type;
    x.source = by_rule.source;
    x.target = by_rule.target;
    return true;
  }

  // Who only tells of it takes no part in it; but somebody does.
  static void leave_out(int teller, Event& x) {
    for (std::vector<int>* side : {&x.source, &x.target})
      if (side->size() > 1) std::erase(*side, teller);
  }

  int most_likely_status(int i) const {
    std::vector<float> p = words_.probabilities(WordJudges::status, i);
    return static_cast<int>(std::max_element(p.begin(), p.end()) - p.begin());
  }

  void set_type(Event& x, const std::string& type, int i) const {
    x.type = type;
    x.mode.clear();
    x.cameo = lexicon_.cameo_of(type);
    for (const Trigger& t : lexicon_.triggers(t_.lemma(i), t_.verb(i) ? 'v' : 'n'))
      if (t.type == type && t.objects.empty()) {
        x.mode = t.mode;
        x.cameo = t.cameo;
        break;
      }
    x.has_goldstein = lexicon_.goldstein(x.cameo, x.goldstein);
  }

  void span(int i, const Sentence& s, Event& x) const {
    if (t_.verb(i)) return g_.span_of_verb(i, t_.subject(i), s, x);
    TreeView::Range r = t_.subtree_without(i, [&](int at, int c) {
      return t_.is_any(c, {"parataxis", "case", "cop", "nsubj", "aux", "mark", "advcl", "cc"}) ||
             (at == i && t_.is_any(c, {"conj", "acl"}));
    });
    r = {std::max(r.begin, s.begin), std::min(r.end, s.end)};
    x.span = t_.trimmed(r.begin < r.end ? r : TreeView::Range{i, i + 1});
  }

  const TreeView& t_;
  const JudgedWords& words_;
  const Lexicon& lexicon_;
  const Thresholds& least_;
  const ActGrammar& g_;
  const ActSigns& signs_;
  const SideSigns& side_signs_;
  const ActJudges& judges_;
  const ReadingWatch* watch_;
  const Entities& e_;
  const Undone undone_;
  const GrammarSides sure_sides_;
  const SidePhrases phrases_;
  std::vector<int> rule_;  // token → proposal of the rules, -1
  std::vector<Act> acts_;  // of the words of the sentence at hand
};

}  // namespace

std::vector<FoundEvent> judge_events(const TreeView& tree, const JudgedWords& words,
                                     const Lexicon& lexicon, const Thresholds& thresholds,
                                     const ActGrammar& grammar, const ActSigns& signs,
                                     const SideSigns& side_signs, const ActJudges& judges,
                                     const ReadingWatch* watch, const Entities& entities,
                                     std::vector<FoundEvent> proposed) {
  return Bench(tree, words, lexicon, thresholds, grammar, signs, side_signs, judges, watch,
               entities)
      .run(std::move(proposed));
}

}  // namespace chancery
