#include "record/sure.h"

#include <charconv>
#include <set>

#include "base/error.h"
#include "base/table.h"
#include "record/renumber.h"

namespace chancery {
namespace {

// A state that nothing near the name tells, only the company it keeps.
bool inferred(const Entity& e) { return e.basis == "context" || e.basis == "learnt"; }

}  // namespace

SureLimits::SureLimits(const std::string& path) {
  Table table(path, {"layer", "least", "meaning"});
  std::set<std::string> seen;
  for (const Table::Row& row : table.rows()) {
    double* limit = row[0] == "statement"  ? &statement
                    : row[0] == "event"    ? &event
                    : row[0] == "position" ? &position
                                           : nullptr;
    if (!limit) row.fail("unknown layer '" + row[0] + "' (known: statement, event, position)");
    if (!seen.insert(row[0]).second) row.fail("'" + row[0] + "' stands twice");
    const char* end = row[1].data() + row[1].size();
    auto [at, error] = std::from_chars(row[1].data(), end, *limit);
    if (error != std::errc() || at != end || !(*limit >= 0 && *limit <= 1))
      row.fail("'" + row[1] + "' is no probability");
  }
  for (const char* layer : {"statement", "event", "position"})
    if (!seen.count(layer)) throw StartError(path + ": no line for '" + layer + "'");
}

Record sure_lines(Record r, const SureLimits& limits) {
  std::vector<int> place(r.statements.size(), -1);
  std::vector<Statement> kept;
  for (size_t i = 0; i < r.statements.size(); ++i) {
    if (r.statements[i].confidence < limits.statement) continue;
    place[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(r.statements[i]));
  }
  r.statements = std::move(kept);
  // Whether a line is sure and so is what it was told in, whose new place it gets.
  auto stands = [&](double confidence, double least, int& said_in) {
    if (confidence < least || confidence <= 0) return false;
    if (said_in < 0) return true;
    said_in = place[static_cast<size_t>(said_in)];
    return said_in >= 0;
  };
  std::erase_if(r.events, [&](Event& e) { return !stands(e.confidence, limits.event, e.said_in); });
  std::erase_if(r.positions,
                [&](Position& p) { return !stands(p.confidence, limits.position, p.said_in); });
  // The day stays set whoever said so.
  for (TimeExpression& t : r.times) renumber(t.said_in, place);
  for (Entity& e : r.entities)
    if (inferred(e)) {
      e.actor.country.clear();
      e.basis.clear();
    }
  return r;
}

}  // namespace chancery
