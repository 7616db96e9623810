// What the model's judges say of single words: is an act named here and of which type, is this word
// a cue of speech, does a stance begin at this clause, is this the head of an actor; and for an act
// or a cue, which words stand for its sides. The network computes (Document::judged, ::sides), this
// reads the answers.
//
//   WordJudges judges(file);                        // classes and roles as the model names them
//   JudgedWords words(judges, document);
//   words.probability(WordJudges::act, i, "CONSULT")
//
// Sections: "labels.judges" (names of the judges, in the order of their scores), "labels.judge.NAME"
// (their classes), "labels.sides" (names of the roles), "judge.side_matrix" (a square matrix a role,
// one below the other). Thread-safe; the same document gives the same numbers.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/model_file.h"
#include "language/document.h"

namespace chancery {

class WordJudges {
 public:
  enum Question { act, status, cue, stance, mention, sector, kQuestions };
  enum Role { event_source, event_target, statement_source, statement_content, kRoles };

  // Without its sections in the file the judges are silent. Throws StartError when they are damaged
  // or do not answer the questions above.
  explicit WordJudges(const ModelFile& file);
  bool empty() const { return matrix_.empty(); }
  const std::vector<std::string>& classes(Question question) const { return classes_[question]; }
  // Place of a class among those of a question, -1 if the model does not know it.
  int class_of(Question question, std::string_view name) const;

 private:
  friend class JudgedWords;
  std::array<std::vector<std::string>, kQuestions> classes_;
  std::array<int, kQuestions> begin_{};  // first column of Document::judged
  int width_ = 0;                        // of an anchor and of a role in Document::sides
  std::vector<float> matrix_;            // kRoles × (width + 1) × (width + 1)
};

// The answers on one document, which must have been read with the same model. Points into both.
class JudgedWords {
 public:
  JudgedWords(const WordJudges& judges, const Document& document);
  bool silent() const { return judges_.empty(); }

  // Probabilities of the classes of a question at a word; they sum to 1.
  std::vector<float> probabilities(WordJudges::Question question, int word) const;
  // That any class but the first ("none") holds.
  float any(WordJudges::Question question, int word) const;
  float probability(WordJudges::Question question, int word, std::string_view name) const;
  // The likeliest class but the first.
  int likeliest(WordJudges::Question question, int word) const;
  // Probability that each word of [begin, end) belongs to a role of the act or cue at `anchor`.
  std::vector<float> side(WordJudges::Role role, int anchor, int begin, int end) const;
  const WordJudges& judges() const { return judges_; }

 private:
  const WordJudges& judges_;
  const Document& document_;
};

}  // namespace chancery
