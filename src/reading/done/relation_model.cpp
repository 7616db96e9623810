#include "reading/done/relation_model.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "language/kernels.h"

namespace chancery {
namespace {

int head_of(const TreeView& t, TreeView::Range r) {
  for (int i = r.begin; i < r.end; ++i)
    if (t[i].head < r.begin || t[i].head >= r.end) return i;
  return r.begin;
}

std::vector<int> up_from(const TreeView& t, int i) {
  std::vector<int> out;
  for (; i >= 0 && out.size() < 60; i = t[i].head) out.push_back(i);
  return out;
}

}  // namespace

std::string type_of_root(int root, const std::string& by_rule) {
  if (kRelationRoots[root] != std::string_view("YIELD")) return kRelationRoots[root];
  return by_rule == "CONCEDE" ? by_rule : "RETREAT";
}

int relation_root(std::string_view type) {
  if (type == "CONCEDE" || type == "RETREAT") type = "YIELD";
  for (int k = 0; k < kRelationClasses; ++k)
    if (type == kRelationRoots[k]) return k;
  return -1;
}

RelationFeatures relation_features(const TreeView& t, const Lexicon& lexicon,
                                   TreeView::Range source, TreeView::Range target,
                                   const std::string& rule_root, const std::string& rule_status) {
  RelationFeatures out;
  std::map<uint32_t, float> rows;
  auto add = [&](const std::string& name, float value = 1) {
    uint32_t h = 2166136261u;
    for (char c : name) h = (h ^ static_cast<uint8_t>(c)) * 16777619u;
    rows[(h ^ (h >> 15)) % kRelationRows] += value;
  };
  int from = head_of(t, source), to = head_of(t, target);
  std::vector<int> a = up_from(t, from), b = up_from(t, to);
  // The path between the heads; over the roots of their sentences when they have no common word.
  int joint = -1;
  std::vector<int> path;
  for (int i : a) {
    auto found = std::find(b.begin(), b.end(), i);
    path.push_back(i);
    if (found != b.end()) {
      joint = i;
      path.insert(path.end(), b.begin(), found);
      break;
    }
  }
  if (joint < 0) {
    joint = b.back();
    path.insert(path.end(), b.begin(), b.end());
  }
  auto inside = [&](int i) {
    return (source.begin <= i && i < source.end) || (target.begin <= i && i < target.end);
  };
  auto content = [&](int i) {
    return t.verb(i) || t.noun(i) || t.tag(i, "JJ") || t.tag(i, "RB") || t.tag(i, "RP");
  };
  // A span's own head may be the joint (an act's noun inside the marked words): the first word
  // outside stands for it.
  int verb = joint;
  if (inside(verb))
    for (int i : path)
      if (!inside(i) && (t.verb(i) || t.noun(i))) verb = i;
  std::vector<int> words;
  for (int i : path)
    if (!inside(i)) words.push_back(i);
  // Near the path: what hangs on its verbs as object, complement, particle or clause.
  std::vector<int> near;
  for (int i : words)
    for (int c : t.children(i))
      if (!inside(c) &&
          t.is_any(c, {"obj", "xcomp", "ccomp", "compound", "obl", "advmod", "aux", "nsubj", "amod",
                       "nmod", "acl", "conj", "advcl"}) &&
          std::find(path.begin(), path.end(), c) == path.end())
        near.push_back(c);
  auto triggers = [&](int i, const std::string& where, float weight) {
    char part = t.verb(i) ? 'v' : t.noun(i) ? 'n' : t.tag(i, "JJ") ? 'a' : 0;
    if (!part) return;
    std::string last;
    for (const Trigger& x : lexicon.triggers(t.lemma(i), part)) {
      bool fits = x.objects.empty() && x.particle.empty();
      for (int c : t.children(i)) {
        if (!x.particle.empty()) fits |= lower(t[c].form) == x.particle;
        for (const std::string& o : x.objects) fits |= t.lemma(c) == o;
      }
      if (!fits || x.type == last) continue;
      last = x.type;
      add("trigger " + where + " " + x.type, weight);
    }
  };
  for (int i : words) {
    add("path " + std::string(t.lemma(i)), 1.5f);
    triggers(i, "path", 1.5f);
    std::string preposition = t.case_of(i);
    if (!preposition.empty()) add("path case " + preposition, 0.5f);
  }
  for (int i : near)
    if (content(i) || t.is(i, "aux")) {
      add("near " + std::string(t.lemma(i)));
      add("near " + std::string(t[i].relation) + " " + std::string(t.lemma(i)), 0.5f);
      triggers(i, "near", 1);
    }
  int low = std::min(source.end, target.end), high = std::max(source.begin, target.begin);
  int begin = std::min(source.begin, target.begin), end = std::max(source.end, target.end);
  const Sentence& s = t.sentence(from);
  for (int i = std::min(s.begin, begin); i < std::max(s.end, end); ++i) {
    if (inside(i) || !content(i)) continue;
    bool between = low <= i && i < high;
    add((between     ? "between "
         : i >= high ? "behind "
                     : "before ") +
            std::string(t.lemma(i)),
        between ? 1.f : 0.5f);
    add("word " + std::string(t.lemma(i)), 0.7f);
    triggers(i, between ? "between" : "elsewhere", between ? 0.8f : 0.4f);
    if (between && i + 1 < t.size())
      add("pair " + std::string(t.lemma(i)) + " " + std::string(t.lemma(i + 1)), 0.7f);
  }
  add("joint " + std::string(t.lemma(verb)), 1);
  add("joint upos " + std::string(t[verb].upos) + (t.negated(verb) ? " not" : "") +
      (t.passive(verb) ? " passive" : ""));
  if (t.negated(verb)) add("negated");
  if (!t.modal(verb).empty()) add("modal " + std::string(t.modal(verb)));
  if (!t.case_of(to).empty())
    add("target case " + t.case_of(to) + " " + std::string(t.lemma(verb)));
  if (!t.case_of(to).empty()) add("target case " + t.case_of(to));
  add("target relation " + std::string(t[to].relation));
  add("source relation " + std::string(t[from].relation));
  add(source.begin < target.begin ? "in order" : "turned round", 0.5f);
  add("rule " + (rule_root.empty() ? std::string("none") : rule_root), 2);
  add("rule status " + rule_status);
  if (rule_status != "occurred" && !rule_status.empty())
    add("rule " + rule_root + " " + rule_status);
  for (int i : {from, to})
    add(std::string(i == from ? "source is " : "target is ") + std::string(t.lemma(i)), 0.3f);
  out.rows.assign(rows.begin(), rows.end());
  out.joint = t[verb].form;
  return out;
}

RelationModel::RelationModel(const ModelFile& file) {
  if (!file.has("relation.root.rows")) return;
  rows_ = file.matrix("relation.root.rows", kRelationRows, kRelationClasses).values;
  bias_ = file.matrix("relation.root.bias", 1, kRelationClasses).values;
}

std::vector<float> RelationModel::probabilities(const RelationFeatures& f) const {
  std::vector<float> scores = bias_;
  for (auto [row, value] : f.rows)
    for (int k = 0; k < kRelationClasses; ++k)
      scores[k] += value * rows_[static_cast<size_t>(row) * kRelationClasses + k];
  float most = *std::max_element(scores.begin(), scores.end()), total = 0;
  for (float& v : scores) total += v = exponential(v - most);
  for (float& v : scores) v /= total;
  return scores;
}

std::pair<int, float> RelationModel::classify(const RelationFeatures& f) const {
  std::vector<float> p = probabilities(f);
  auto best = std::max_element(p.begin(), p.end());
  return {static_cast<int>(best - p.begin()), *best};
}

}  // namespace chancery
