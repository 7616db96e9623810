#include "reading/stands/stances.h"

#include <map>

#include "base/table.h"
#include "record/vocabulary.h"

namespace chancery {

Stances::Stances(const std::string& path) {
  const std::map<std::string, Words*> roles = {
      {"good", &good},         {"bad", &bad},       {"harm", &harm},       {"ready", &ready},
      {"friendly", &friendly}, {"giving", &giving}, {"hostile", &hostile}, {"failing", &failing}};
  Table table(path, {"words", "role", "stance"});
  for (const Table::Row& row : table.rows())
    for (const std::string& word : row.list(0)) {
      if (row[1] == "verb") {
        if (!kStances.has(row[2]))
          row.fail("'" + row[2] + "' is no stance; there are " + kStances.listed());
        if (!verbs_.emplace(word, row[2]).second) row.fail("'" + word + "' stands twice as verb");
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

}  // namespace chancery
