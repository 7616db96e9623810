// Words that take a stance or judge, from data/lexicon/stances.tsv.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace chancery {

class Stances {
 public:
  using Words = std::unordered_set<std::string>;

  // Throws StartError for a wrong table.
  explicit Stances(const std::string& path);

  // The stance of a verb with its particle ("turn down") or alone, "" if it takes none.
  std::string_view of(std::string_view lemma, std::string_view particle = "") const;

  // The stance of a verb before a clause that is negated ("hopes it will not last"), "" where the denial
  // changes nothing.
  std::string_view of_negated(std::string_view lemma) const;

  // The stance of who is "opposed", "ready", "against": an adjective, a participle, or the preposition
  // before a noun, "" if it takes none.
  std::string_view of_adjective(std::string_view word) const;

  // The stance of a noun that is one ("refusal"), "" if it is none.
  std::string_view of_noun(std::string_view lemma) const;

  Words good, bad, harm, ready, friendly, giving, hostile, failing;

 private:
  std::unordered_map<std::string, std::string> verbs_, turned_, adjectives_, nouns_;
};

}  // namespace chancery
