#include "base/word_sets.h"

#include <algorithm>

#include "base/error.h"

namespace chancery {
namespace {

bool before(const std::pair<std::string, std::string>& entry, std::string_view word) {
  return entry.first < word;
}

void add_words(const Table::Row& row, const WordSets::Name& name, WordSet& set) {
  const std::vector<std::string> words = row.list(1);
  if (words.empty()) row.fail("the set '" + row[0] + "' has no words");
  for (const std::string& item : words) {
    const size_t sign = name.values ? item.find('=') : std::string::npos;
    if (name.values && (sign == std::string::npos || sign == 0 || sign + 1 == item.size()))
      row.fail("'" + item + "' is no word=value");
    const std::string word = item.substr(0, sign);
    if (!set.add(word, sign == std::string::npos ? "" : item.substr(sign + 1)))
      row.fail("'" + word + "' stands twice in '" + row[0] + "'");
  }
}

}  // namespace

const WordSet::Entry* WordSet::find(std::string_view word) const {
  const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), word, before);
  return at == sorted_.end() || at->first != word ? nullptr : &*at;
}

bool WordSet::add(const std::string& word, const std::string& value) {
  const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), word, before);
  if (at != sorted_.end() && at->first == word) return false;
  sorted_.insert(at, {word, value});
  words_.push_back(word);
  return true;
}

const std::vector<std::string>& WordSets::columns() {
  static const std::vector<std::string> names = {"set", "words", "meaning"};
  return names;
}

WordSets WordSets::compiled_in(const char* begin, const char* end, const std::string& file,
                               std::span<const Name> names) {
  return WordSets(Table({begin, static_cast<size_t>(end - begin)}, file, columns()), names);
}

WordSets::WordSets(const Table& table, std::span<const Name> names) : sets_(names.size()) {
  for (const Table::Row& row : table.rows()) {
    const auto name = std::find_if(names.begin(), names.end(),
                                   [&](const Name& known) { return row[0] == known.name; });
    if (name == names.end()) row.fail("unknown set '" + row[0] + "'");
    WordSet& set = sets_[static_cast<size_t>(name - names.begin())];
    if (set.empty() && row[2].empty()) row.fail("what '" + row[0] + "' is for is missing");
    add_words(row, *name, set);
  }
  for (size_t i = 0; i < names.size(); ++i)
    if (sets_[i].empty())
      throw StartError(table.path() + ": no line for the set '" + names[i].name + "'");
}

}  // namespace chancery
