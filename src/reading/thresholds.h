// How sure a judge must be: data/lexicon/thresholds.tsv, one number a decision. Chosen on articles
// that the model had not learnt from (training/NOTES.md).
#pragma once
#include <string>
#include <unordered_map>

namespace chancery {

class Thresholds {
 public:
  // Throws StartError naming the line: an unknown or repeated name, no probability, a name missing.
  explicit Thresholds(const std::string& path);
  float operator[](const char* name) const { return values_.at(name); }

 private:
  std::unordered_map<std::string, float> values_;
};

}  // namespace chancery
