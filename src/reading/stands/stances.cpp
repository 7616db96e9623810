#include "reading/stands/stances.h"

#include <map>

#include "base/table.h"
#include "record/vocabulary.h"

namespace chancery {

Stances::Stances(const std::string& path) {
  const std::map<std::string, Words*> roles = {
      {"good", &good},         {"bad", &bad},       {"harm", &harm},       {"ready", &ready},
      {"friendly", &friendly}, {"giving", &giving}, {"hostile", &hostile}, {"failing", &failing}};
  const std::map<std::string, std::unordered_map<std::string, std::string>*> kinds = {
      {"verb", &verbs_},
      {"verb of what is not to be", &turned_},
      {"adjective", &adjectives_},
      {"noun", &nouns_}};
  Table table(path, {"words", "role", "stance"});
  for (const Table::Row& row : table.rows())
    for (const std::string& word : row.list(0)) {
      if (const auto kind = kinds.find(row[1]); kind != kinds.end()) {
        if (!kStances.has(row[2]))
          row.fail("'" + row[2] + "' is no stance; there are " + kStances.listed());
        auto& words = *kind->second;
        if (!words.emplace(word, row[2]).second)
          row.fail("'" + word + "' stands twice as " + row[1]);
        continue;
      }
      auto role = roles.find(row[1]);
      if (role == roles.end()) row.fail("'" + row[1] + "' is no role");
      role->second->insert(word);
    }
}

std::string_view Stances::of(std::string_view lemma, std::string_view particle) const {
  auto found = verbs_.find(particle.empty() ? std::string(lemma)
                                            : std::string(lemma) + " " + std::string(particle));
  return found == verbs_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Stances::of_negated(std::string_view lemma) const {
  auto found = turned_.find(std::string(lemma));
  return found == turned_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Stances::of_adjective(std::string_view word) const {
  auto found = adjectives_.find(std::string(word));
  return found == adjectives_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Stances::of_noun(std::string_view lemma) const {
  auto found = nouns_.find(std::string(lemma));
  return found == nouns_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace chancery
