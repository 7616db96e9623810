// Named sets of words, as a table has them: columns set, words (apart by '|') and meaning. A set may
// go over several lines; its first says what it is for. Words stand as they are compared: most sets
// in lower case.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/table.h"

namespace chancery {

class WordSet {
 public:
  bool has(std::string_view word) const { return find(word) != nullptr; }
  // What the table gives a word of a set with values ("thirty=30"); "" for a word that is not in it.
  std::string_view value(std::string_view word) const {
    const Entry* entry = find(word);
    return entry ? std::string_view(entry->second) : std::string_view();
  }
  // The words in the order of the table, for what is tried in turn.
  auto begin() const { return words_.begin(); }
  auto end() const { return words_.end(); }
  bool empty() const { return words_.empty(); }

  bool add(const std::string& word, const std::string& value);  // false: it was there

 private:
  using Entry = std::pair<std::string, std::string>;
  const Entry* find(std::string_view word) const;

  std::vector<std::string> words_;
  std::vector<Entry> sorted_;
};

class WordSets {
 public:
  struct Name {
    const char* name;
    bool values;  // each of its words has one
  };
  // The sets by their place in `names`. Throws StartError naming file and line for a set that is not
  // among the names or has no words, a word that stands twice, a value that is missing or too much;
  // naming the file for a set that is not in the table.
  WordSets(const Table& table, std::span<const Name> names);
  // The same of a table that is compiled in (embedded.h), from `begin` to `end`; `file` is what errors
  // call it.
  static WordSets compiled_in(const char* begin, const char* end, const std::string& file,
                              std::span<const Name> names);

  const WordSet& operator[](size_t set) const { return sets_[set]; }

  // The columns of such a table.
  static const std::vector<std::string>& columns();

 private:
  std::vector<WordSet> sets_;
};

}  // namespace chancery
