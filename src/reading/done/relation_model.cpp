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

namespace {

// What is heard of two marked spans and the words that join them.
class Features {
 public:
  Features(const TreeView& t, const Lexicon& lexicon, TreeView::Range source,
           TreeView::Range target)
      : t_(t),
        lexicon_(lexicon),
        source_(source),
        target_(target),
        from_(head_of(t, source)),
        to_(head_of(t, target)) {
    find_path();
  }

  RelationFeatures get(const std::string& rule_root, const std::string& rule_status) {
    along_path();
    along_text();
    of_joint();
    of_spans();
    add("rule " + (rule_root.empty() ? std::string("none") : rule_root), 2);
    add("rule status " + rule_status);
    if (rule_status != "occurred" && !rule_status.empty())
      add("rule " + rule_root + " " + rule_status);
    for (int i : {from_, to_})
      add(std::string(i == from_ ? "source is " : "target is ") + std::string(t_.lemma(i)), 0.3f);
    RelationFeatures out;
    out.rows.assign(rows_.begin(), rows_.end());
    out.joint = t_[joint_].form;
    return out;
  }

 private:
  void add(const std::string& name, float value = 1) {
    uint32_t h = 2166136261u;
    for (char c : name) h = (h ^ static_cast<uint8_t>(c)) * 16777619u;
    rows_[(h ^ (h >> 15)) % kRelationRows] += value;
  }
  bool inside(int i) const {
    return (source_.begin <= i && i < source_.end) || (target_.begin <= i && i < target_.end);
  }
  bool content(int i) const {
    return t_.verb(i) || t_.noun(i) || t_.tag(i, "JJ") || t_.tag(i, "RB") || t_.tag(i, "RP");
  }

  // The path between the heads; over the roots of their sentences when they have no common word.
  void find_path() {
    const std::vector<int> a = up_from(t_, from_), b = up_from(t_, to_);
    joint_ = -1;
    for (int i : a) {
      auto found = std::find(b.begin(), b.end(), i);
      path_.push_back(i);
      if (found != b.end()) {
        joint_ = i;
        path_.insert(path_.end(), b.begin(), found);
        break;
      }
    }
    if (joint_ < 0) {
      joint_ = b.back();
      path_.insert(path_.end(), b.begin(), b.end());
    }
    // A span's own head may be the joint (an act's noun inside the marked words): the first word
    // outside stands for it.
    if (inside(joint_))
      for (int i : path_)
        if (!inside(i) && (t_.verb(i) || t_.noun(i))) joint_ = i;
  }

  // What the lexicon says of a word, with its particle and objects.
  void triggers(int i, const std::string& where, float weight) {
    const char part = t_.verb(i) ? 'v' : t_.noun(i) ? 'n' : t_.tag(i, "JJ") ? 'a' : 0;
    if (!part) return;
    std::string last;
    for (const Trigger& x : lexicon_.triggers(t_.lemma(i), part)) {
      bool fits = x.objects.empty() && x.particle.empty();
      for (int c : t_.children(i)) {
        if (!x.particle.empty()) fits |= lower(t_[c].form) == x.particle;
        for (const std::string& o : x.objects) fits |= t_.lemma(c) == o;
      }
      if (!fits || x.type == last) continue;
      last = x.type;
      add("trigger " + where + " " + x.type, weight);
    }
  }

  // The words of the path, and near it what hangs on its verbs as object, complement, particle or
  // clause.
  void along_path() {
    std::vector<int> near;
    for (int i : path_) {
      if (inside(i)) continue;
      for (int c : t_.children(i))
        if (!inside(c) &&
            t_.is_any(c, {"obj", "xcomp", "ccomp", "compound", "obl", "advmod", "aux", "nsubj",
                          "amod", "nmod", "acl", "conj", "advcl"}) &&
            std::find(path_.begin(), path_.end(), c) == path_.end())
          near.push_back(c);
      add("path " + std::string(t_.lemma(i)), 1.5f);
      triggers(i, "path", 1.5f);
      std::string preposition = t_.case_of(i);
      if (!preposition.empty()) add("path case " + preposition, 0.5f);
    }
    for (int i : near)
      if (content(i) || t_.is(i, "aux")) {
        add("near " + std::string(t_.lemma(i)));
        add("near " + std::string(t_[i].relation) + " " + std::string(t_.lemma(i)), 0.5f);
        triggers(i, "near", 1);
      }
  }

  void along_text() {
    const int low = std::min(source_.end, target_.end),
              high = std::max(source_.begin, target_.begin);
    const int begin = std::min(source_.begin, target_.begin),
              end = std::max(source_.end, target_.end);
    const Sentence& s = t_.sentence(from_);
    for (int i = std::min(s.begin, begin); i < std::max(s.end, end); ++i) {
      if (inside(i) || !content(i)) continue;
      const bool between = low <= i && i < high;
      add((between     ? "between "
           : i >= high ? "behind "
                       : "before ") +
              std::string(t_.lemma(i)),
          between ? 1.f : 0.5f);
      add("word " + std::string(t_.lemma(i)), 0.7f);
      triggers(i, between ? "between" : "elsewhere", between ? 0.8f : 0.4f);
      if (between && i + 1 < t_.size())
        add("pair " + std::string(t_.lemma(i)) + " " + std::string(t_.lemma(i + 1)), 0.7f);
    }
  }

  void of_joint() {
    add("joint " + std::string(t_.lemma(joint_)), 1);
    add("joint upos " + std::string(t_[joint_].upos) + (t_.negated(joint_) ? " not" : "") +
        (t_.passive(joint_) ? " passive" : ""));
    if (t_.negated(joint_)) add("negated");
    if (!t_.modal(joint_).empty()) add("modal " + std::string(t_.modal(joint_)));
  }

  void of_spans() {
    const std::string preposition = t_.case_of(to_);
    if (!preposition.empty())
      add("target case " + preposition + " " + std::string(t_.lemma(joint_)));
    if (!preposition.empty()) add("target case " + preposition);
    add("target relation " + std::string(t_[to_].relation));
    add("source relation " + std::string(t_[from_].relation));
    add(source_.begin < target_.begin ? "in order" : "turned round", 0.5f);
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const TreeView::Range source_, target_;
  const int from_, to_;  // heads
  int joint_ = -1;       // the word that joins them
  std::vector<int> path_;
  std::map<uint32_t, float> rows_;
};

}  // namespace

RelationFeatures relation_features(const TreeView& t, const Lexicon& lexicon,
                                   TreeView::Range source, TreeView::Range target,
                                   const std::string& rule_root, const std::string& rule_status) {
  return Features(t, lexicon, source, target).get(rule_root, rule_status);
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
