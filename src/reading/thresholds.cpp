#include "reading/thresholds.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/table.h"

namespace chancery {
namespace {

constexpr const char* kNames[] = {"act.alone",
                                  "act.proposed",
                                  "act.type",
                                  "act.side",
                                  "act.side.alone",
                                  "act.side.more",
                                  "act.side.by_grammar",
                                  "act.unaimed",
                                  "act.denied",
                                  "act.between_states",
                                  "act.retold",
                                  "act.anew",
                                  "act.one_sided",
                                  "actor.noun",
                                  "mention.modifier",
                                  "mention.described",
                                  "coreference.name",
                                  "actor.part",
                                  "actor.sector",
                                  "stance.alone",
                                  "stance.condition",
                                  "position.least",
                                  "heard.at_all",
                                  "heard.words",
                                  "heard.alone",
                                  "heard.act",
                                  "heard.clearly",
                                  "relation.unlikely",
                                  "relation.instead",
                                  "relation.alone",
                                  "cue.saying",
                                  "cue.other",
                                  "cue.alone",
                                  "statement.least",
                                  "speaker.person.often",
                                  "speaker.person.twice",
                                  "speaker.person.once",
                                  "speaker.described",
                                  "speaker.body.often",
                                  "speaker.body.twice",
                                  "speaker.body.once",
                                  "speaker.group",
                                  "speaker.thing",
                                  "speaker.nobody",
                                  "speaker.pronoun",
                                  "speaker.document",
                                  "speaker.alone",
                                  "form.words"};

}  // namespace

Thresholds::Thresholds(const std::string& path) {
  Table table(path, {"name", "least", "meaning"});
  for (const Table::Row& row : table.rows()) {
    if (std::find(std::begin(kNames), std::end(kNames), row[0]) == std::end(kNames))
      row.fail("unknown threshold '" + row[0] + "'");
    float value = -1;
    const char* end = row[1].data() + row[1].size();
    auto [at, error] = std::from_chars(row[1].data(), end, value);
    if (error != std::errc() || at != end || !(value >= 0 && value <= 1))
      row.fail("'" + row[1] + "' is no probability");
    if (!values_.emplace(row[0], value).second) row.fail("'" + row[0] + "' stands twice");
  }
  for (const char* name : kNames)
    if (!values_.count(name)) throw StartError(path + ": no line for '" + name + "'");
}

}  // namespace chancery
