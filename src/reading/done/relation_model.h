// The learnt half of `chancery relation`: which PLOVER root stands between two marked spans. A
// linear model over lemmas on the tree path between the spans, between them in the text and
// elsewhere; the verb that joins them with its negation and modal; what the trigger lexicon says of
// those words; and what the rules answer. (The encoder's states as further features brought
// nothing: training/NOTES.md.) Trained by training/relation.cpp with the same features.
// Deterministic; thread-safe.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/model_file.h"
#include "reading/lexicon.h"
#include "reading/tree_view.h"

namespace chancery {

constexpr uint32_t kRelationRows = 1u << 14;
// CONCEDE and RETREAT are one class here, YIELD, as in the data that train it.
constexpr const char* kRelationRoots[] = {
    "AGREE",  "CONSULT",  "SUPPORT", "COOPERATE", "AID",      "YIELD",  "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE", "ASSAULT"};
constexpr int kRelationClasses = 15;

// The class of a PLOVER type, -1 for one that it does not know.
int relation_root(std::string_view type);
// The type of a class. Of the two that one class stands for, the one that the rules say, if they say
// one of them.
std::string type_of_root(int root, const std::string& by_rule = "");

struct RelationFeatures {
  std::vector<std::pair<uint32_t, float>> rows;  // hashed, with weights
  std::string joint;                             // the word that joins the spans, for explanations
};

// Source and target are not empty.
RelationFeatures relation_features(const TreeView& tree, const Lexicon& lexicon,
                                   TreeView::Range source, TreeView::Range target,
                                   const std::string& rule_root, const std::string& rule_status);

class RelationModel {
 public:
  // Takes sections "relation.root.*"; without them the model is empty. Throws StartError when they
  // are damaged.
  explicit RelationModel(const ModelFile& file);
  bool empty() const { return rows_.empty(); }
  // The class and its probability.
  std::pair<int, float> classify(const RelationFeatures& features) const;
  // The probabilities of all classes.
  std::vector<float> probabilities(const RelationFeatures& features) const;

 private:
  std::vector<float> rows_, bias_;
};

}  // namespace chancery
