#include "judge_trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chancery::training {
namespace {

class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 1) {}
  uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  float share() { return static_cast<float>(next() >> 40) / static_cast<float>(1 << 24); }
  float around(float width) { return (share() * 2 - 1) * width; }

 private:
  uint64_t state_;
};

// Parameters with the sums of squared gradients that Adagrad divides by.
struct Parameters {
  std::vector<float> values, squares;
  explicit Parameters(size_t n) : values(n, 0.0f), squares(n, 0.01f) {}
  void step(size_t at, float gradient, float rate) {
    squares[at] += gradient * gradient;
    values[at] -= rate * gradient / std::sqrt(squares[at]);
  }
};

class Pupil {
 public:
  Pupil(size_t features, size_t classes, const Schooling& s)
      : s_(s),
        chance_(s.seed),
        classes_(classes),
        rows_(static_cast<size_t>(s.buckets) * s.hidden),
        dense_(features * s.hidden),
        bias_(s.hidden),
        out_(s.hidden * classes),
        out_bias_(classes),
        hidden_(s.hidden),
        back_(s.hidden),
        p_(classes) {
    for (float& v : dense_.values) v = chance_.around(0.1f);
    for (float& v : out_.values) v = chance_.around(0.3f);
    for (float& v : bias_.values) v = 0.1f;
  }

  void learn(const Example& e) {
    size_t h = s_.hidden;
    active_.clear();
    for (uint64_t hash : e.features.sparse)
      if (chance_.share() >= s_.forget_sparse) active_.push_back(hash % s_.buckets * h);
    float scale = 1 / (1 - s_.forget_sparse);
    std::copy(bias_.values.begin(), bias_.values.end(), hidden_.begin());
    for (size_t row : active_)
      for (size_t i = 0; i < h; ++i) hidden_[i] += scale * rows_.values[row + i];
    for (size_t f = 0; f < e.features.dense.size(); ++f)
      if (float v = e.features.dense[f]; v != 0)
        for (size_t i = 0; i < h; ++i) hidden_[i] += v * dense_.values[f * h + i];
    float keep = 1 / (1 - s_.forget_hidden);
    for (float& v : hidden_) v = v > 0 && chance_.share() >= s_.forget_hidden ? v * keep : 0;
    std::copy(out_bias_.values.begin(), out_bias_.values.end(), p_.begin());
    for (size_t i = 0; i < h; ++i)
      if (hidden_[i] > 0)
        for (size_t c = 0; c < classes_; ++c) p_[c] += hidden_[i] * out_.values[i * classes_ + c];
    float largest = *std::max_element(p_.begin(), p_.end()), sum = 0, right = 0;
    for (float& v : p_) sum += v = std::exp(v - largest);
    for (size_t c = 0; c < classes_; ++c) {
      p_[c] /= sum;
      if (e.allowed >> c & 1) right += p_[c];
    }
    right = std::max(right, 1e-6f);
    // d loss / d score = p − p(class | allowed)
    for (size_t c = 0; c < classes_; ++c)
      p_[c] = e.weight * (p_[c] - (e.allowed >> c & 1 ? p_[c] / right : 0));
    for (size_t i = 0; i < h; ++i) {
      back_[i] = 0;
      if (hidden_[i] <= 0) continue;
      for (size_t c = 0; c < classes_; ++c) {
        back_[i] += p_[c] * out_.values[i * classes_ + c];
        out_.step(i * classes_ + c, p_[c] * hidden_[i], s_.rate);
      }
      back_[i] *= keep;
    }
    for (size_t c = 0; c < classes_; ++c) out_bias_.step(c, p_[c], s_.rate);
    for (size_t row : active_)
      for (size_t i = 0; i < h; ++i)
        rows_.step(row + i, scale * back_[i] + s_.shrink * rows_.values[row + i], s_.rate);
    for (size_t f = 0; f < e.features.dense.size(); ++f)
      if (float v = e.features.dense[f]; v != 0)
        for (size_t i = 0; i < h; ++i) dense_.step(f * h + i, v * back_[i], s_.rate);
    for (size_t i = 0; i < h; ++i) bias_.step(i, back_[i], s_.rate);
  }

  JudgeWeights weights() const {
    JudgeWeights w;
    w.buckets = s_.buckets;
    w.hidden = s_.hidden;
    w.rows = rows_.values;
    w.dense = dense_.values;
    w.bias = bias_.values;
    w.out = out_.values;
    w.out_bias = out_bias_.values;
    return w;
  }

 private:
  Schooling s_;
  Chance chance_;
  size_t classes_;
  Parameters rows_, dense_, bias_, out_, out_bias_;
  std::vector<float> hidden_, back_, p_;
  std::vector<size_t> active_;
};

JudgeWeights teach_one(const std::vector<std::string>& features,
                       const std::vector<std::string>& classes,
                       const std::vector<Example>& examples, const Schooling& schooling) {
  Pupil pupil(features.size(), classes.size(), schooling);
  Chance chance(schooling.seed + 17);
  std::vector<size_t> order(examples.size());
  std::iota(order.begin(), order.end(), size_t{0});
  // The mean of the weights after each of the later passes: steadier than the last.
  JudgeWeights mean;
  int counted = 0;
  for (int pass = 0; pass < schooling.passes; ++pass) {
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[chance.next() % i]);
    for (size_t i : order) pupil.learn(examples[i]);
    if (pass < schooling.passes / 2) continue;
    JudgeWeights now = pupil.weights();
    ++counted;
    auto blend = [&](std::vector<float>& to, const std::vector<float>& from) {
      if (counted == 1) to = from;
      else
        for (size_t i = 0; i < to.size(); ++i)
          to[i] += (from[i] - to[i]) / static_cast<float>(counted);
    };
    mean.buckets = now.buckets;
    mean.hidden = now.hidden;
    blend(mean.rows, now.rows);
    blend(mean.dense, now.dense);
    blend(mean.bias, now.bias);
    blend(mean.out, now.out);
    blend(mean.out_bias, now.out_bias);
  }
  mean.features = features;
  mean.classes = classes;
  return mean;
}

// Columns of both side by side.
std::vector<float> beside(const std::vector<float>& a, const std::vector<float>& b, size_t rows) {
  std::vector<float> out;
  out.reserve(a.size() + b.size());
  for (size_t row = 0; row < rows; ++row) {
    out.insert(out.end(), a.begin() + row * (a.size() / rows),
               a.begin() + (row + 1) * (a.size() / rows));
    out.insert(out.end(), b.begin() + row * (b.size() / rows),
               b.begin() + (row + 1) * (b.size() / rows));
  }
  return out;
}

// One judge whose scores are the sum of both.
JudgeWeights join(JudgeWeights a, const JudgeWeights& b) {
  a.rows = beside(a.rows, b.rows, a.buckets);
  a.dense = beside(a.dense, b.dense, a.features.size());
  a.bias = beside(a.bias, b.bias, 1);
  a.out.insert(a.out.end(), b.out.begin(), b.out.end());
  for (size_t c = 0; c < a.out_bias.size(); ++c) a.out_bias[c] += b.out_bias[c];
  a.hidden += b.hidden;
  return a;
}

}  // namespace

JudgeWeights teach(const std::vector<std::string>& features,
                   const std::vector<std::string>& classes, const std::vector<Example>& examples,
                   const Schooling& schooling) {
  JudgeWeights all;
  for (int pupil = 0; pupil < schooling.pupils; ++pupil) {
    Schooling own = schooling;
    own.seed = schooling.seed * 100 + static_cast<uint64_t>(pupil);
    JudgeWeights one = teach_one(features, classes, examples, own);
    all = pupil == 0 ? std::move(one) : join(std::move(all), one);
  }
  for (float& v : all.out) v /= static_cast<float>(schooling.pupils);
  for (float& v : all.out_bias) v /= static_cast<float>(schooling.pupils);
  return all;
}

float fit_temperature(const JudgeWeights& weights, const std::vector<Example>& examples) {
  float best = 1;
  double least = 1e300;
  for (float t = 0.6f; t < 4; t *= 1.1f) {
    JudgeWeights w = weights;
    w.temperature = t;
    Judge judge(std::move(w));
    std::vector<float> p(judge.classes());
    double loss = 0;
    for (const Example& e : examples) {
      judge.decide(e.features, p);
      float right = 0;
      for (size_t c = 0; c < p.size(); ++c)
        if (e.allowed >> c & 1) right += p[c];
      loss -= e.weight * std::log(std::max(right, 1e-6f));
    }
    if (loss < least) {
      least = loss;
      best = t;
    }
  }
  return best;
}

}  // namespace chancery::training
