#include "reading/stands/topics.h"

#include <algorithm>

#include "base/table.h"

namespace chancery {

Topics::Topics(const std::string& path) {
  Table table(path, {"issue", "words"});
  for (const Table::Row& row : table.rows()) {
    if (std::find(issues_.begin(), issues_.end(), row[0]) != issues_.end())
      row.fail("issue '" + row[0] + "' stands twice");
    if (row.list(1).empty()) row.fail("words are missing");
    issues_.push_back(row[0]);
    for (const std::string& words : row.list(1))
      phrases_.add(words, static_cast<int>(issues_.size()) - 1);
  }
}

void Topics::file(const TreeView& t, std::vector<Position>& positions) const {
  for (Position& p : positions) {
    Phrases::Match best;
    auto look = [&](TreeView::Range r) {
      for (int i = r.begin; i < r.end; ++i)
        if (Phrases::Match m = phrases_.at(t, i, r.end); m.value >= 0 && m.length > best.length)
          best = m;
    };
    for (Span s : p.content) look(t.range_of(s));
    if (best.value < 0)
      for (Span s : p.condition) look(t.range_of(s));
    // A single word of the content gives way to a longer phrase of its sentence ("roadmap" to
    // "nuclear freeze").
    if (best.length < 2 && !p.content.empty()) {
      const Sentence& s = t.sentence(t.range_of(p.content[0]).begin);
      look({s.begin, s.end});
    }
    if (best.value < 0) continue;
    p.issue = issues_[best.value];
  }
}

}  // namespace chancery
