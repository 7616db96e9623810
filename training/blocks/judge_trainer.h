// Teaches a judge (base/judge.h): stochastic gradient descent with Adagrad on one thread, so that
// the same examples make the same judge on the same machine.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/judge.h"

namespace chancery::training {

// One decision. What is right may be known in part: `allowed` has a bit for each class that the
// answer may be, and the loss is −log of their probabilities' sum.
struct Example {
  Features features;
  uint32_t allowed = 0;
  float weight = 1;
};

struct Schooling {
  uint32_t buckets = 1 << 13, hidden = 24;  // of one pupil
  int passes = 4;
  float rate = 0.03f;
  float forget_sparse = 0.5f;  // share of sparse features left out at random in each step
  float forget_hidden = 0.1f;
  float shrink = 1e-6f;  // weight decay of sparse rows, a step
  uint64_t seed = 1;
  int pupils = 2;  // taught apart and then joined into one judge: the mean of their scores
};

JudgeWeights teach(const std::vector<std::string>& features,
                   const std::vector<std::string>& classes, const std::vector<Example>& examples,
                   const Schooling& schooling);

// The temperature at which the probabilities fit these examples best; they must be others than
// those it learnt from.
float fit_temperature(const JudgeWeights& weights, const std::vector<Example>& examples);

}  // namespace chancery::training
