#include "reading/word_judges.h"

#include <algorithm>
#include <cmath>

#include "language/kernels.h"
#include "language/sections.h"

namespace chancery {
namespace {

constexpr const char* kQuestionNames[] = {"act", "status", "cue", "stance", "mention", "sector"};
constexpr const char* kRoleNames[] = {"event.source", "event.target", "statement.source",
                                      "statement.content"};

float sigmoid(float x) { return 1 / (1 + exponential(-x)); }

}  // namespace

WordJudges::WordJudges(const ModelFile& file) {
  if (!file.has("judge.hidden")) return;
  int column = 0, asked = 0;
  for (std::string_view name : file.strings("labels.judges")) {
    std::vector<std::string_view> views = file.strings("labels.judge." + std::string(name));
    for (int q = 0; q < kQuestions; ++q)
      if (name == kQuestionNames[q]) {
        classes_[q].assign(views.begin(), views.end());
        begin_[q] = column;
        ++asked;
      }
    column += (static_cast<int>(views.size()) + 15) / 16 * 16;
  }
  std::vector<std::string_view> roles = file.strings("labels.sides");
  if (asked != kQuestions ||
      !std::equal(roles.begin(), roles.end(), std::begin(kRoleNames), std::end(kRoleNames)))
    refuse_model(file, "its judges are not this program's");
  for (const auto& classes : classes_)
    if (classes.size() < 2) refuse_model(file, "a judge without classes");
  Matrix matrix = file.matrix("judge.side_matrix");
  width_ = static_cast<int>(matrix.columns) - 1;
  Section sides = file.section("judge.sides", SectionKind::packed, 0, 0);
  Section out = file.section("judge.out", SectionKind::packed, 0, 0);
  if (width_ < 1 || matrix.rows != kRoles * matrix.columns ||
      static_cast<int>(sides.columns) != (1 + kRoles) * width_ ||
      static_cast<int>(out.columns) != column)
    refuse_model(file, "damaged model: judges of a shape that does not fit");
  matrix_ = std::move(matrix.values);
}

int WordJudges::class_of(Question question, std::string_view name) const {
  const auto& known = classes_[question];
  auto at = std::find(known.begin(), known.end(), name);
  return at == known.end() ? -1 : static_cast<int>(at - known.begin());
}

JudgedWords::JudgedWords(const WordJudges& judges, const Document& document)
    : judges_(judges), document_(document) {}

std::vector<float> JudgedWords::probabilities(WordJudges::Question question, int word) const {
  std::vector<float> out(judges_.classes_[question].size());
  const float* scores = document_.judged_of(word) + judges_.begin_[question];
  float most = *std::max_element(scores, scores + out.size()), sum = 0;
  for (size_t c = 0; c < out.size(); ++c) sum += out[c] = exponential(scores[c] - most);
  for (float& p : out) p /= sum;
  return out;
}

float JudgedWords::any(WordJudges::Question question, int word) const {
  return 1 - probabilities(question, word)[0];
}

float JudgedWords::probability(WordJudges::Question question, int word,
                               std::string_view name) const {
  int place = judges_.class_of(question, name);
  return place < 0 ? 0 : probabilities(question, word)[static_cast<size_t>(place)];
}

int JudgedWords::likeliest(WordJudges::Question question, int word) const {
  const float* scores = document_.judged_of(word) + judges_.begin_[question];
  size_t n = judges_.classes_[question].size();
  return static_cast<int>(std::max_element(scores + 1, scores + n) - scores);
}

std::vector<float> JudgedWords::side(WordJudges::Role role, int anchor, int begin, int end) const {
  int width = judges_.width_, rows = width + 1;
  const float* matrix =
      &judges_.matrix_[static_cast<size_t>(role) * static_cast<size_t>(rows) * rows];
  const float* a = document_.sides_of(anchor);
  // anchor · matrix, once; the last row and column stand for 1.
  std::vector<float> asks(static_cast<size_t>(rows));
  for (int i = 0; i < rows; ++i) {
    float weight = i < width ? a[i] : 1.f;
    for (int j = 0; j < rows; ++j) asks[j] += weight * matrix[i * rows + j];
  }
  std::vector<float> out;
  for (int w = begin; w < end; ++w) {
    const float* b = document_.sides_of(w) + static_cast<size_t>(1 + role) * width;
    float sum = asks[width];
    for (int j = 0; j < width; ++j) sum += asks[j] * b[j];
    out.push_back(sigmoid(sum));
  }
  return out;
}

}  // namespace chancery
