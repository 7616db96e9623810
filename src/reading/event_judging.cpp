#include "reading/event_judging.h"
#include "reading/two_decimals.h"

#include <algorithm>
#include <cstdio>

namespace chancery {
namespace {

class Bench {
 public:
  Bench(const TreeView& t, const JudgedWords& words, const Lexicon& lexicon,
        const Thresholds& thresholds, const ActGrammar& grammar, const Entities& entities)
      : t_(t), words_(words), lexicon_(lexicon), least_(thresholds), g_(grammar), e_(entities) {}

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
    int place = words_.judges().class_of(WordJudges::act, own);
    // A type of the user's own, of which no judge has heard: the lexicon's word stands.
    if (place < 0) act.holds = act.foreign = true;
    else if (p[place] >= least_["act.type"] * act.sure) act.type = own;
  }

  // "held talks", "turned down": the words of one trigger name one act.
  void one_a_phrase(const Sentence& s) {
    for (int i = s.begin; i < s.end; ++i) {
      Act& a = acts_[i - s.begin];
      int up = t_[i].head;
      if (!a.holds || up < s.begin || up >= s.end) continue;
      Act& b = acts_[up - s.begin];
      if (!b.holds || a.foreign || b.foreign || a.type != b.type ||
          t_.is_any(i, {"conj", "advcl", "acl", "parataxis"}))
        continue;
      bool keep_lower = rule_[i] >= 0 && rule_[up] < 0;
      if ((rule_[i] >= 0) == (rule_[up] >= 0)) keep_lower = a.sure > b.sure && t_.noun(i);
      (keep_lower ? b : a).holds = false;
    }
  }

  // How much the words of an entity stand for either side of an act.
  struct Part {
    int entity = -1;
    float source = 0, target = 0;
  };

  // Everybody whom the sentence names, in its order. A noun that is nobody counts for whom its
  // phrase belongs to.
  std::vector<Part> parts(int trigger, const Sentence& s) const {
    std::vector<float> source = words_.side(WordJudges::event_source, trigger, s.begin, s.end),
                       target = words_.side(WordJudges::event_target, trigger, s.begin, s.end);
    std::vector<Part> out;
    auto count = [&](int entity, float as_source, float as_target) {
      auto at =
          std::find_if(out.begin(), out.end(), [&](const Part& p) { return p.entity == entity; });
      if (at == out.end()) at = out.insert(out.end(), Part{entity, 0, 0});
      at->source = std::max(at->source, as_source);
      at->target = std::max(at->target, as_target);
    };
    for (int i = s.begin; i < s.end; ++i) {
      float as_source = source[i - s.begin], as_target = target[i - s.begin];
      if (std::max(as_source, as_target) < least_["act.side.weak"] || i == trigger) continue;
      const Mention* m = e_.mention_at(i);
      if (m && m->entity >= 0) count(m->entity, as_source, as_target);
      else if (t_.noun(i) || t_.tag(i, "WP") || t_.tag(i, "WDT"))
        for (int e : g_.actors(i, true)) count(e, as_source, as_target);
    }
    return out;
  }

  // Whoever stands for a side more than for the other, and enough; else whom the rule names; else
  // the likeliest who stands for it at all.
  std::vector<int> side(const std::vector<Part>& parts, float Part::*own, float Part::*other,
                        const std::vector<int>& by_rule) const {
    std::vector<int> out;
    const Part* best = nullptr;
    for (const Part& p : parts) {
      if (p.*own < p.*other) continue;
      if (p.*own >= least_["act.side"]) out.push_back(p.entity);
      if (!best || p.*own > best->*own) best = &p;
    }
    if (!out.empty()) return out;
    for (int e : by_rule)
      if (std::none_of(parts.begin(), parts.end(), [&](const Part& p) {
            return p.entity == e && p.*other > p.*own && p.*other >= least_["act.side"];
          }))
        out.push_back(e);
    if (out.empty() && best && best->*own >= least_["act.side.weak"]) out.push_back(best->entity);
    return out;
  }

  void decide(int i, const Sentence& s, const std::vector<FoundEvent>& proposed,
              std::vector<FoundEvent>& out) const {
    const Act& act = acts_[i - s.begin];
    FoundEvent f;
    if (rule_[i] >= 0) f = proposed[rule_[i]];
    if (act.foreign) return out.push_back(std::move(f));
    f.by_rule = rule_[i] >= 0;
    f.trigger = i;
    Event& x = f.event;
    std::vector<Part> who = parts(i, s);
    x.source = side(who, &Part::source, &Part::target, x.source);
    x.target = side(who, &Part::target, &Part::source, x.target);
    std::erase_if(x.target, [&](int e) {
      return std::find(x.source.begin(), x.source.end(), e) != x.source.end();
    });
    if (x.source.empty() && x.target.empty()) return;
    if (x.type != act.type) set_type(x, act.type, i);
    x.status = words_.judges().classes(WordJudges::status)[most_likely_status(i)];
    const char* why_denied = undone(i, act.type);
    if (why_denied) x.status = "denied";
    x.confidence = act.sure;
    x.trigger = t_[i].span;
    if (!f.by_rule) span(i, s, x);
    x.explain += (x.explain.empty() ? "'" + std::string(t_[i].form) + "': " : "; ") +
                 "the judge reads " + act.type + ", an act at " +
                 two_decimals(static_cast<double>(act.sure)) + (why_denied ? why_denied : "");
    out.push_back(std::move(f));
  }

  // Why an act was not done, by grammar, whatever the judge hears; null where nothing says so.
  const char* undone(int i, const std::string& type) const {
    if (not_done(i, type)) return "; not done";
    for (int at = i, steps = 0; steps < 4; ++steps) {
      int up = t_[at].head;
      if (up < 0) break;
      // "denied that", "denied bombing", "denied involvement in the attack"
      if (t_.is_any(at, {"ccomp", "xcomp", "obj"}) && force(up, "cue") == "denied")
        return "; under a denial";
      // "The talks were suspended", "called off the talks"
      bool over = t_.passive(up) ? t_.is(at, "nsubj:pass") : t_.is_any(at, {"obj", "xcomp"});
      if (at == i && t_.noun(i) && over && !t_.negated(up) && force(up, "over") == "denied")
        return "; called off";
      if (!t_.is_any(at, {"ccomp", "xcomp", "obj", "nmod", "conj"})) break;
      at = up;
    }
    return nullptr;
  }

  // "did not bomb or shell": what is negated without a modal was not done, where the verb itself is
  // the act, and not its refusal.
  bool not_done(int i, const std::string& type) const {
    if (!t_.verb(i)) return false;
    if (!t_.negated(i) || !t_.modal(i).empty()) return false;
    const auto& named = lexicon_.triggers(t_.lemma(i), 'v');
    return std::any_of(named.begin(), named.end(),
                       [&](const Trigger& t) { return t.type == type; });
  }

  // With its particle: "call off".
  std::string force(int word, std::string_view where) const {
    int particle = t_.child(word, {"compound:prt"});
    for (int c : t_.children(word))
      if (c == word + 1 && t_.is(c, "advmod")) particle = c;
    std::string lemma(t_.lemma(word));
    if (particle >= 0) lemma += " " + std::string(t_.lemma(particle));
    return lexicon_.force(lemma, where);
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
  const Entities& e_;
  std::vector<int> rule_;  // token → proposal of the rules, -1
  std::vector<Act> acts_;  // of the words of the sentence at hand
};

}  // namespace

std::vector<FoundEvent> judge_events(const TreeView& tree, const JudgedWords& words,
                                     const Lexicon& lexicon, const Thresholds& thresholds,
                                     const ActGrammar& grammar, const Entities& entities,
                                     std::vector<FoundEvent> proposed) {
  return Bench(tree, words, lexicon, thresholds, grammar, entities).run(std::move(proposed));
}

}  // namespace chancery
