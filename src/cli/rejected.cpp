#include "cli/rejected.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"

namespace chancery::cli {

Rejected::Rejected(const Resources& resources) {
  const WordJudges& judges = resources.judges;
  watch_.act = [this, &judges](const TreeView& tree, const Entities&, const FoundEvent& found,
                               const SignCase&, const SignJudge::Verdict& verdict) {
    if (verdict.id >= 0 || verdict.likeliest < 0) return;
    keep(std::string(tree[found.trigger].form),
         judges.classes(WordJudges::act)[static_cast<size_t>(verdict.likeliest)], verdict);
  };
  watch_.stance = [this, &judges](const TreeView& tree, const Entities&, const Position& position,
                                  const SignCase&, const SignJudge::Verdict& verdict) {
    if (verdict.id >= 0 || verdict.likeliest < 0) return;
    keep(squeeze(position.content[0].of(tree.document().text)),
         judges.classes(WordJudges::stance)[static_cast<size_t>(verdict.likeliest)], verdict);
  };
}

void Rejected::keep(std::string words, std::string kind, const SignJudge::Verdict& verdict) {
  cases_.push_back({std::move(words), std::move(kind), verdict.against, verdict.probability});
}

std::string Rejected::text() const {
  if (cases_.empty()) return "";
  std::vector<Case> sorted = cases_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Case& a, const Case& b) { return a.probability > b.probability; });
  std::string out = fmt::format("\nWeighed and left out  {}\n", sorted.size());
  for (const Case& c : sorted)
    out += fmt::format("  {} {:.2f}: {}{}\n", c.kind, c.probability, c.words,
                       c.against.empty() ? "" : "\n      against it: " + c.against);
  return out;
}

}  // namespace chancery::cli
