// A weighing of signs: which of several candidates it is, or none of them. A sign is a short word
// for something that holds ("the only state of its sentence", "police"); a table has a weight for
// each, learnt from annotated records. So a decision can be read, corrected by hand and told in
// words. Used for whose an actor is (country_signs.tsv) and whom a phrase means
// (antecedent_signs.tsv).
//
//   probability of a candidate = exp(sum of its weights) / (the same of all, and of "none")
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

namespace chancery {

struct SignCase {
  std::vector<std::string> none;  // signs that it is none of the candidates
  struct Candidate {
    int id = -1;
    std::vector<std::string> signs;
  };
  std::vector<Candidate> candidates;
};

class SignJudge {
 public:
  // Columns sign and weight; the line "threshold" has the probability from which a verdict is taken
  // for true. Throws StartError naming file and line.
  explicit SignJudge(const std::string& table);

  struct Verdict {
    int id = -1;             // of the likeliest candidate, -1 where there is none to choose from
    int likeliest = -1;      // the same, whatever the threshold
    double probability = 0;  // that it is the one: none of them may be likelier
    double any = 0;          // that it is one of them
    std::string why;         // the signs that weighed most for it
    std::string against;     // and against it
  };
  Verdict decide(const SignCase& c) const;
  // The same, none when it is less probable than the threshold.
  Verdict sure(const SignCase& c) const;
  double threshold() const { return threshold_; }

 private:
  double weight(const std::string& sign) const;

  std::unordered_map<std::string, double> weights_;
  double threshold_ = 1;
};

}  // namespace chancery
