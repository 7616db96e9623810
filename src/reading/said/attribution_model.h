// The learnt half of finding attributions: which words are cues, and for each cue, which words are
// its source and which its content. Both decisions start from what the encoder says of the words
// (Document::readings, made by the model's section "readers") and add features of tree, quotation
// and distance. The same code makes the features in training (training/attribution.cpp) and here,
// so that the two cannot drift apart.
//
//   cue:  score(i)    = w · relu(C h_i + Σ E[feature of i])
//   role: score(i, j) = W · relu(T h_j + U h_i + Σ F[feature of (i, j)])   none, source or content
//
// The roles of one cue are decoded together: the best sequence of roles along the window in which
// changing the role costs something, with one source at most. Deterministic; thread-safe.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "base/model_file.h"
#include "reading/quotes.h"
#include "reading/tree_view.h"

namespace chancery {

// Columns of Document::readings that this model owns, from column 0.
constexpr int kPairWidth = 64, kCueWidth = 32;
constexpr int kAttributionReadings = 2 * kPairWidth + kCueWidth;  // T h, U h, C h
constexpr int kCueFeatures = 7, kPairFeatures = 10;
constexpr uint32_t kCueRows = 512, kPairRows = 1024;

// Feature rows of one document. Cheap to make; points into its arguments.
class AttributionFeatures {
 public:
  AttributionFeatures(const TreeView& tree, const std::vector<Quotation>& quotations);

  using CueRowsOf = std::array<uint32_t, kCueFeatures>;
  using PairRowsOf = std::array<uint32_t, kPairFeatures>;
  CueRowsOf cue(int i) const;
  // The words that can have a role for cue i: its sentence and its neighbours in the paragraph.
  TreeView::Range window(int i) const;
  // Rows for every word of the window, in order.
  void pairs(int i, TreeView::Range window, std::vector<PairRowsOf>& out) const;

 private:
  const TreeView& t_;
  std::vector<int> quote_, speech_;  // quotation around a token, -1
  // Running counts: words the tagger heard as cues, commas, edges of quotations, words of speech.
  std::vector<int> cues_, commas_, marks_, spoken_;
};

// One attribution as the model hears it.
struct Heard {
  int cue = -1;
  float cue_score = 0;   // probability, 0..1
  float role_score = 0;  // mean probability of the roles given
  std::vector<TreeView::Range> source, content;
};

struct HeardAttributions {
  bool judged = false;       // by the judges of words, in the record's sense
  std::vector<Heard> heard;  // in the order of the text
  bool silent =
      true;  // the model file has no such reader: nothing can be concluded from an empty list
};

class AttributionModel {
 public:
  // Takes sections "attribution.*"; without them the model is silent. Throws StartError when they
  // are damaged.
  explicit AttributionModel(const ModelFile& file);
  bool empty() const { return cue_out_.empty(); }

  // Cues of at least this probability.
  HeardAttributions read(const TreeView& tree, const std::vector<Quotation>& quotations,
                         float least) const;

 private:
  float cue_probability(const float* reading, const AttributionFeatures::CueRowsOf& rows) const;
  // Of a word beside a cue: none, source, content.
  std::array<float, 3> pair_scores(const float* cue, const float* other,
                                   const AttributionFeatures::PairRowsOf& rows) const;

  std::vector<float> cue_rows_, cue_out_, pair_rows_, pair_out_, pair_bias_;
  float cue_bias_ = 0;
};

}  // namespace chancery
