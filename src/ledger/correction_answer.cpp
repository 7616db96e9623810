#include "ledger/correction_answer.h"

#include <fmt/format.h>

#include "base/strings.h"

namespace chancery {
namespace {

std::string shown(const Fields& fields, const std::string& field) {
  auto found = fields.find(field);
  if (found == fields.end() || found->second.empty()) return "nothing";
  return join(found->second, ", ");
}

std::string text(const Fields& fields, const std::string& field) {
  auto found = fields.find(field);
  return found == fields.end() ? "" : join(found->second, " … ");
}

}  // namespace

std::string corrected_words(const Correction& c) {
  if (c.act == "undo") return fmt::format("correction {}", c.undoes);
  return text(c.seen, c.kind == "actor" ? "name" : "words");
}

std::string correction_change(const Correction& c) {
  if (c.act == "merge") return "is " + text(c.value, "name");
  std::vector<std::string> out;
  for (const auto& [field, values] : c.value)
    if (c.act == "add") {
      if (field != "words") out.push_back(field + ": " + shown(c.value, field));
    } else
      out.push_back(fmt::format("{}: {} → {}", field, shown(c.seen, field), shown(c.value, field)));
  return join(out, "; ");
}

Answer corrections_answer(const std::vector<StandingCorrection>& corrections) {
  Answer a;
  a.columns = {"number", "at",    "author", "act",    "kind",  "article", "article_number",
               "item",   "words", "change", "reason", "state", "why"};
  for (const StandingCorrection& s : corrections) {
    const Correction& c = s.entry;
    a.rows.push_back({std::to_string(c.number), c.at, c.author, c.act, c.kind, s.article_id,
                      s.article_number ? std::to_string(s.article_number) : "", c.item,
                      corrected_words(c), correction_change(c), c.reason, s.state, s.why});
  }
  return a;
}

}  // namespace chancery
