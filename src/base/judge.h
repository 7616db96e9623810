// A judge: features in, calibrated probabilities of classes out. The one form of every learnt
// decision that is not the network's own: it knows no encoder and no page, only numbers.
//
//   Judge judge(file, "blocks", {"length", "links"}, {"text", "furniture"});
//   std::vector<float> p(judge.classes());
//   judge.decide({dense, sparse}, p);         // p sums to 1
//
// What is known of a case comes in two forms. Dense features are a fixed list of named numbers
// (about -1 to 1). Sparse ones are things that hold or do not, each a 64-bit hash of its name
// ("parent is a list", "a word of the class is 'caption'"); as many as hold, in any order, a
// repeated one counted again.
//
//   hidden = max(0, bias + sum of rows[hash % buckets] + dense · weights)
//   probabilities = softmax((hidden · out + out_bias) / temperature)
//
// The temperature was fitted on cases that the judge had not learnt from, so that what it calls
// 0.8 holds eight times in ten. Same bits on every processor: each float operation is rounded by
// itself and sums run in one fixed order (judge.cpp is compiled without contraction).
//
// At most 256 hidden units; buckets are a power of two. Sections in a model file (model_file.h), each after "NAME.":
//   features   strings: names of the dense features     classes   strings
//   rows       bytes, buckets × hidden, a scale a row   dense     floats, features × hidden
//   bias       floats, 1 × hidden                       out       floats, hidden × classes
//   out_bias   floats, 1 × classes                      calibration  floats, 1 × 1: temperature
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/model_file.h"

namespace chancery {

// A case, as views into the caller's memory.
struct Features {
  std::span<const float> dense;
  std::span<const uint64_t> sparse;
};

// The numbers of a judge, as training makes them and the file keeps them. Matrices row after row.
struct JudgeWeights {
  std::vector<std::string> features, classes;
  uint32_t buckets = 0, hidden = 0;
  std::vector<float> rows;      // buckets × hidden
  std::vector<float> dense;     // features × hidden
  std::vector<float> bias;      // hidden
  std::vector<float> out;       // hidden × classes
  std::vector<float> out_bias;  // classes
  float temperature = 1;
};

// Puts the weights into `file` under `name`; rows are rounded to bytes with one scale a row.
void put_judge(ModelFile& file, const std::string& name, const JudgeWeights& weights);

// Immutable once made, so any number of threads may ask one judge.
class Judge {
 public:
  // Throws StartError when a section is missing, of another shape, or was made for other features
  // or classes than these: a model and a program that disagree must not meet.
  Judge(const ModelFile& file, const std::string& name, const std::vector<std::string>& features,
        const std::vector<std::string>& classes);
  // Straight from training, without a file; rows as precise as they were learnt.
  explicit Judge(JudgeWeights weights);

  size_t classes() const { return weights_.classes.size(); }
  // `probabilities` has classes() places. O((dense + sparse + classes) × hidden). The caller
  // gives as many dense values as there are features.
  void decide(const Features& features, std::span<float> probabilities) const;

 private:
  JudgeWeights weights_;
};

}  // namespace chancery
