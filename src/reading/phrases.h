// Phrases of one to several lemmas, each with a number that says what it stands for; found in a
// document token by token.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "reading/tree_view.h"

namespace chancery {

class Phrases {
 public:
  // Words apart by one blank.
  void add(const std::string& words, int value);
  struct Match {
    int value = -1;  // -1: none
    int length = 0;  // tokens
  };
  // The longest phrase that begins at a token and ends before `end`.
  Match at(const TreeView& tree, int token, int end) const;

 private:
  struct Phrase {
    std::vector<std::string> lemmas;
    int value = 0;
  };
  std::unordered_map<std::string, std::vector<Phrase>> by_first_;  // longest first
};

}  // namespace chancery
