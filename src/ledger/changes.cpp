// Changes of position: the same holder on the same issue toward the same other, with another stance or another condition than the
// time before; hardened, softened, or with its condition changed; and issues that a holder takes up for the first time.
#include <algorithm>
#include <map>
#include <set>

#include "ledger/ledger.h"

namespace chancery {
namespace {

// From yielding to refusing.
int hardness(const std::string& stance) {
  if (stance == "accepts" || stance == "supports") return 0;
  if (stance == "offers" || stance == "proposes") return 1;
  if (stance == "demands" || stance == "warns") return 2;
  return 3;  // opposes, rejects
}

bool alike(const std::string& a, const std::string& b) {
  std::vector<std::string> x = key_words(a), y = key_words(b);
  if (x.empty() || y.empty()) return x.empty() == y.empty();
  size_t both = 0;
  for (const std::string& w : x) both += std::binary_search(y.begin(), y.end(), w);
  return 2.0 * static_cast<double>(both) / static_cast<double>(x.size() + y.size()) >= 0.4;
}

struct Stand {
  std::string day, stance, toward, content, condition, article, number;
};

}  // namespace

Answer Ledger::changes(const Question& question) {
  Question q = question;
  // What came before the period is what a change is measured by.
  q.from.clear();
  q.after.clear();
  q.limit = 20000;
  q.stance.clear();
  Answer all = positions(q);
  Answer out;
  out.columns = {"number", "date", "holder", "change", "issue", "before", "before_date", "before_article", "after", "article"};
  // Sides by state where there is one: a minister goes on where his predecessor stood.
  std::map<std::pair<std::string, std::string>, std::vector<Stand>> last;
  std::map<std::string, std::set<std::string>> issues, days;
  auto told = [](const Stand& s) { return s.stance + (s.toward.empty() ? "" : " (toward " + s.toward + ")") + ": " + s.content + (s.condition.empty() ? "" : " [" + s.condition + "]"); };
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : all.rows) {
    const std::string issue = row[10], holder = row[2];
    if (issue.empty()) continue;
    Stand now{row[1], row[3], row[12].empty() ? row[4] : row[12], row[6], row[7], row[9], row[0]};
    std::vector<Stand>& before = last[{holder, issue}];
    // The newest earlier stand toward the same other, said on another day.
    const Stand* old = nullptr;
    for (const Stand& s : before)
      if (s.day < now.day && s.article != now.article && (s.toward == now.toward || s.toward.empty() || now.toward.empty())) old = &s;
    std::string what;
    if (old) {
      // Unchanged when any stand of that day is the same.
      bool same = false;
      for (const Stand& s : before) same |= s.day == old->day && s.stance == now.stance && alike(s.condition, now.condition);
      if (!same) {
        int from = hardness(old->stance), to = hardness(now.stance);
        if (old->stance == now.stance) what = old->condition.empty() ? "condition added" : now.condition.empty() ? "condition dropped" : "condition changed";
        else if (to > from) what = "hardened";
        else if (to < from) what = "softened";
        else what = "restated";
      }
    } else if (before.empty() && days[holder].size() >= 2 && !days[holder].count(now.day)) {
      what = "first mention";
    }
    if (!what.empty() && what != "restated" && (question.from.empty() || now.day >= question.from)) rows.push_back({now.number, now.day, holder, what, issue, old ? told(*old) : "", old ? old->day : "", old ? old->article : "", told(now), now.article});
    before.push_back(std::move(now));
    issues[holder].insert(issue);
    days[holder].insert(row[1]);
  }
  size_t begin = 0;
  if (!question.after.empty())
    for (size_t i = 0; i < rows.size(); ++i)
      if (rows[i][1] + "|" + rows[i][0] == question.after) begin = i + 1;
  for (size_t i = begin; i < rows.size() && static_cast<int>(out.rows.size()) < question.limit; ++i) out.rows.push_back(rows[i]);
  if (begin + out.rows.size() < rows.size() && !out.rows.empty()) out.next = out.rows.back()[1] + "|" + out.rows.back()[0];
  return out;
}

}  // namespace chancery
