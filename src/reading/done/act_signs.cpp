#include "reading/done/act_signs.h"

#include <algorithm>
#include <cstdlib>

namespace chancery {
namespace {

constexpr size_t kCandidates = 3;  // types that are weighed beside the rule's

}  // namespace

std::vector<int> likeliest_classes(const std::vector<float>& p, size_t count) {
  std::vector<int> out;
  for (size_t k = 1; k < p.size(); ++k) out.push_back(static_cast<int>(k));
  std::stable_sort(out.begin(), out.end(), [&](int a, int b) { return p[a] > p[b]; });
  if (out.size() > count) out.resize(count);
  return out;
}

void add_steps(std::vector<std::string>& signs, const std::string& name, float value) {
  for (int step : {5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98})
    if (value >= static_cast<float>(step) / 100)
      signs.push_back(name + " over " + std::to_string(step));
}

SignCase ActSigns::of(const FoundEvent& found, SideSureness sure) const {
  SignCase out;
  std::vector<float> p = words_.probabilities(WordJudges::act, found.trigger);
  const WordJudges& judges = words_.judges();
  std::vector<std::string> common;
  add_steps(common, "act", 1 - p[0]);
  add_steps(common, found.by_rule ? "act by rule" : "act by judge alone", 1 - p[0]);
  // What speaks for one type of act may speak against another: these are weighed for each type too.
  std::vector<std::string> telling;
  trigger(found, telling);
  sides(found, sure, telling);
  teller(found, telling);
  common.insert(common.end(), telling.begin(), telling.end());
  std::vector<int> types = likeliest_classes(p, kCandidates);
  int by_rule = found.by_rule ? judges.class_of(WordJudges::act, found.event.type) : -1;
  if (by_rule >= 0 && std::find(types.begin(), types.end(), by_rule) == types.end())
    types.push_back(by_rule);
  char part = t_.verb(found.trigger) ? 'v' : 'n';
  const std::vector<Trigger>& named = lexicon_.triggers(t_.lemma(found.trigger), part);
  std::vector<float> between = between_sides(found);
  for (int type : types) {
    SignCase::Candidate c{type, common};
    const std::string& name = judges.classes(WordJudges::act)[type];
    float share = p[type] / std::max(1 - p[0], 1e-6f);
    c.signs.push_back("type " + name);
    add_steps(c.signs, "type", share);
    add_steps(c.signs, "type " + name, p[type]);
    for (const std::string& sign : telling) c.signs.push_back(name + ", " + sign);
    if (type == types[0]) c.signs.push_back("the likeliest type");
    if (type == by_rule) {
      c.signs.push_back("the rule's type");
      c.signs.push_back("the rule's type " + name);
      add_steps(c.signs, "the rule's type, type", share);
    } else if (by_rule >= 0) {
      c.signs.push_back("not the rule's type");
    }
    bool listed =
        std::any_of(named.begin(), named.end(), [&](const Trigger& t) { return t.type == name; });
    c.signs.push_back(listed          ? "a type of the lexicon for this word"
                      : named.empty() ? "a word that the lexicon lacks"
                                      : "no type of the lexicon for this word");
    if (int root = relation_root(name); root >= 0 && !between.empty())
      add_steps(c.signs, "between the sides", between[static_cast<size_t>(root)]);
    out.candidates.push_back(std::move(c));
  }
  return out;
}

const Mention* ActSigns::nearest(int entity, int token) const {
  const Sentence& s = t_.sentence(token);
  const Mention* best = nullptr;
  for (const Mention& m : e_.mentions())
    if (m.entity == entity && m.head >= s.begin && m.head < s.end &&
        (!best || std::abs(m.head - token) < std::abs(best->head - token)))
      best = &m;
  return best;
}

std::vector<float> ActSigns::between_sides(const FoundEvent& found) const {
  const Event& x = found.event;
  if (!pairs_ || pairs_->empty() || x.source.empty() || x.target.empty()) return {};
  const Mention *a = nearest(x.source[0], found.trigger), *b = nearest(x.target[0], found.trigger);
  if (!a || !b) return {};
  return pairs_->probabilities(relation_features(t_, lexicon_, {a->begin, a->end},
                                                 {b->begin, b->end}, found.by_rule ? x.type : "",
                                                 found.by_rule ? x.status : ""));
}

void ActSigns::trigger(const FoundEvent& found, std::vector<std::string>& signs) const {
  int i = found.trigger;
  const std::string tag(t_[i].xpos), relation(t_[i].relation);
  signs.push_back("tag " + tag);
  signs.push_back("relation " + relation);
  std::string_view modal = t_.modal(i);
  if (!modal.empty()) signs.push_back("modal");
  if (t_.negated(i)) signs.push_back("negated");
  std::string mark = t_.mark_of(i);
  if (t_.in(WordList::marks_of_acts, mark)) signs.push_back("after '" + mark + "'");
  const std::string& status = found.event.status;
  signs.push_back("status " + status);
  int sentence = t_.sentence_of(i);
  signs.push_back(sentence == 0 ? "first sentence" : sentence < 4 ? "near the top" : "below");
  if (t_.is_any(i, {"compound", "amod"})) signs.push_back("beside a noun");
  bool definite = false;
  for (int c : t_.children(i))
    definite |= t_.is(c, "det") && (t_.lemma(c) == "the" || t_.lemma(c) == "this");
  if (t_.noun(i)) signs.push_back(definite ? "definite noun" : "noun without 'the'");
}

std::string ActSigns::actor(const std::vector<int>& side) const {
  if (side.empty()) return "nobody";
  const Entity& x = e_.entities()[side[0]];
  return x.kind + (x.actor.country.empty() ? " of no state" : " of a state");
}

void ActSigns::sides(const FoundEvent& found, SideSureness sure,
                     std::vector<std::string>& signs) const {
  const Event& x = found.event;
  auto of = [&](const char* name, const std::vector<int>& side, float value) {
    signs.push_back(std::string(name) + " " + actor(side));
    if (side.size() > 1) signs.push_back(std::string(name) + " of several");
    if (side.empty()) return;
    add_steps(signs, name, value);
    const std::string& sector = e_.entities()[side[0]].actor.sector;
    signs.push_back(std::string(name) + (sector.empty() ? " of no sector" : " " + sector));
  };
  of("source", x.source, sure.source);
  of("target", x.target, sure.target);
  signs.push_back(x.source.empty() || x.target.empty() ? "one side" : "two sides");
  if (x.source.empty() || x.target.empty()) return;
  const std::string &a = e_.entities()[x.source[0]].actor.country,
                    &b = e_.entities()[x.target[0]].actor.country;
  signs.push_back(a.empty() || b.empty() ? "a side of no state"
                  : a == b               ? "one state"
                                         : "two states");
}

void ActSigns::teller(const FoundEvent& found, std::vector<std::string>& signs) const {
  int said = innermost(statements_, t_[found.trigger].span);
  signs.push_back(said < 0 ? "told by the report" : "told in a statement");
  if (said >= 0 && statements_[said].statement.quote != "indirect")
    signs.push_back("told in a quotation");
  for (const FoundStatement& s : statements_)
    if (s.cue_verb == found.trigger) signs.push_back("cue of a statement");
  if (said >= 0 && !found.event.source.empty() &&
      statements_[said].statement.speaker == found.event.source[0])
    signs.push_back("told by its doer");
}

}  // namespace chancery
