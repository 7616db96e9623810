// Whom a name, a phrase or a pronoun means, as the encoder hears it: for each mention, which of
// those before it is the same somebody, or none of them. Learnt from annotated records
// (training/transformer/coreference.py); the signs of a pair are made here in training too, so that
// the two cannot drift apart.
//
//   later i, earlier j:  p_i = relu(P_head h(head of i) + P_all mean h(words of i))   q_j likewise
//   score(i, j)  = w · relu(A p_i + B q_j + C (p_i ∘ q_j) + Σ S[sign of (i, j)])
//   score(i, none) = n · p_i + Σ N[sign of i];   softmax over all j and none
//
// The linear maps of words are a product of the network (Document::mention_words). Deterministic;
// thread-safe. Linear in the mentions: each looks back at the last kReach of them.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/model_file.h"
#include "reading/quotes.h"
#include "reading/tree_view.h"

namespace chancery {

struct Mention;

// Signs: each group holds one of its rows.
constexpr int kPairSigns = 17, kLoneSigns = 6;
constexpr uint32_t kPairSignRows = 192, kLoneSignRows = 64;
constexpr int kReach = 100;

// What the pairs of one document's mentions show, before anything is resolved. Points into the tree.
class MentionSigns {
 public:
  MentionSigns(const TreeView& tree, const std::vector<Mention>& mentions,
               const std::vector<Quotation>& quotations);
  using Pair = std::array<uint16_t, kPairSigns>;
  using Lone = std::array<uint16_t, kLoneSigns>;
  Pair pair(int later, int earlier) const;
  Lone lone(int mention) const;
  // The first mention that is a candidate for another.
  static int first_candidate(int later) { return later > kReach ? later - kReach : 0; }

 private:
  struct Shown {
    int begin, end, head, sentence;
    uint16_t sort, kind, shape, pronoun, number, gender, subject, quoted;
    int state;  // that it names itself, -1
    std::string country, sector, lemma, form;
    std::vector<std::string> words;  // lower case, without determiners
    std::string initials;            // of a name of several words; of one word the word itself
  };
  static uint16_t words_shared(const Shown& a, const Shown& b);
  const TreeView& t_;
  std::vector<Shown> shown_;
};

class CoreferenceModel {
 public:
  // Without its sections in the file the model is silent. Throws StartError when they are damaged.
  explicit CoreferenceModel(const ModelFile& file);
  bool empty() const { return width_ == 0; }

 private:
  friend class Coreference;
  int width_ = 0, hidden_ = 0;
  std::vector<float> later_, earlier_, both_;  // width × hidden
  std::vector<float> pair_signs_;              // kPairSignRows × hidden
  std::vector<float> out_, none_, lone_signs_;
};

// The answers on one document, which must have been read with the same model. Points into all.
class Coreference {
 public:
  Coreference(const CoreferenceModel& model, const TreeView& tree,
              const std::vector<Mention>& mentions, const MentionSigns& signs);
  bool silent() const { return model_.empty(); }

  struct Answer {
    int first = 0;          // mention of the first probability
    std::vector<float> of;  // of each mention from there to the one before the one asked
    float none = 1;
  };
  Answer ask(int later) const;

 private:
  const CoreferenceModel& model_;
  const MentionSigns& signs_;
  // For each mention: p, A p, q and B q.
  std::vector<float> p_, later_, q_, earlier_;
};

}  // namespace chancery
