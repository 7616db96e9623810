// Changes of position: the same holder on the same issue toward the same other, with another stance
// or another condition than the time before; hardened, softened, or with its condition changed; and
// issues that a holder takes up for the first time.
#include <algorithm>
#include <map>

#include "base/error.h"
#include "ledger/key_words.h"
#include "ledger/ledger.h"
#include "ledger/question_sql.h"

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
  std::string day, last, stance, toward, whom, content, condition, article, number;
};

}  // namespace

Answer Ledger::changes(const Question& question) {
  Question q = question;
  q.after.clear();
  q.behind_article = 0;
  q.newest_first = false;
  q.limit = std::min(5000, 40 * question.limit);
  q.stance.clear();
  Answer period = positions(q);
  // What cannot be dated was held when its report told it.
  constexpr size_t kDate = 1, kFrom = 16, kTo = 17, kReported = 19;
  auto day_of = [](const auto& row) { return row[kDate].empty() ? row[kReported] : row[kDate]; };
  std::stable_sort(period.rows.begin(), period.rows.end(),
                   [&](const auto& a, const auto& b) { return day_of(a) < day_of(b); });
  Answer out;
  out.columns = {"number",      "date",           "holder",   "change",         "issue", "before",
                 "before_date", "before_article", "after",    "article",        "when",  "from",
                 "to",          "precision",      "reported", "article_number", "id"};
  // A minister goes on where he himself stood; the other side is its state where it has one.
  std::map<std::pair<std::string, std::string>, std::vector<Stand>> stands;
  auto told = [](const Stand& s) {
    return s.stance + (s.whom.empty() ? "" : " (to " + s.whom + ")") + ": " + s.content +
           (s.condition.empty() ? "" : " [" + s.condition + "]");
  };
  Query history(
      *db_, std::string(
                "SELECT i.day, i.last, i.stance, i.toward, i.toward_country, i.content, "
                "i.condition, i.article, i.number FROM position i WHERE i.holder = ? AND i.issue = "
                "? AND i.day > '' AND i.day < ? AND i.last < ?") +
                (q.sure ? " AND " + sure_sql("position", *q.sure) : "") +
                " ORDER BY i.day DESC, i.number DESC LIMIT 12");
  Query other_days(*db_,
                   "SELECT DISTINCT day FROM position WHERE holder = ? AND day > '' AND day < ? "
                   "LIMIT 2");
  // Articles by their numbers until a line is shown.
  auto id_of = [&](const std::string& number) {
    Query q(*db_, "SELECT id FROM article WHERE number = ?");
    return q.bind(static_cast<int64_t>(std::stoll(number))).step() ? q.text(0) : "";
  };
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : period.rows) {
    const std::string issue = row[10], holder = row[2];
    if (issue.empty() || holder.empty()) continue;
    const std::string day = day_of(row);
    if (day.empty()) continue;  // neither it nor its report: it is before and after nothing
    Stand now{day,    row[kTo].empty() ? day : row[kTo],
              row[3], row[12].empty() ? row[4] : row[12],
              row[4], row[6],
              row[7], row[13],
              row[0]};
    auto [place, first] = stands.try_emplace({holder, issue});
    std::vector<Stand>& before = place->second;
    if (first) {
      history.bind(holder).bind(issue).bind(now.day).bind(now.day);
      while (history.step())
        before.insert(
            before.begin(),
            Stand{history.text(0), history.text(1), history.text(2),
                  history.text(4).empty() ? history.text(3) : history.text(4), history.text(3),
                  history.text(5), history.text(6), history.text(7), history.text(8)});
      history.reset();
    }
    // The newest earlier stand toward the same other, said on another day.
    const Stand* old = nullptr;
    for (const Stand& s : before)
      if (s.last < now.day && s.article != now.article &&
          (s.toward == now.toward || s.toward.empty() || now.toward.empty()))
        old = &s;
    std::string what;
    if (old) {
      // Unchanged when any stand of that day is the same.
      bool same = false;
      for (const Stand& s : before)
        same |= s.day == old->day && s.stance == now.stance && alike(s.condition, now.condition);
      if (!same) {
        int from = hardness(old->stance), to = hardness(now.stance);
        if (old->stance == now.stance)
          what = old->condition.empty()  ? "condition added"
                 : now.condition.empty() ? "condition dropped"
                                         : "condition changed";
        else if (to > from) what = "hardened";
        else if (to < from) what = "softened";
      }
    } else if (before.empty()) {
      int days = 0;
      other_days.bind(holder).bind(now.day);
      while (other_days.step()) ++days;
      other_days.reset();
      if (days >= 2) what = "first mention";
    }
    if (!what.empty() && std::stoll(row[13]) > question.behind_article)
      rows.push_back({now.number, row[kDate], holder, what, issue, old ? told(*old) : "",
                      old ? old->day : "", old ? id_of(old->article) : "", told(now), row[9],
                      row[15], row[kFrom], row[kTo], row[18], row[kReported], row[13], row[14]});
    before.push_back(std::move(now));
  }
  size_t begin = 0;
  if (!question.after.empty()) {
    auto last = std::find_if(rows.begin(), rows.end(), [&](const std::vector<std::string>& row) {
      return row[1] + "|" + row[0] == question.after;
    });
    if (last == rows.end())
      throw UsageError("'" + question.after.substr(0, 60) +
                       "' is no place in this answer; take `next` of the page before");
    begin = static_cast<size_t>(last - rows.begin()) + 1;
  }
  for (size_t i = begin; i < rows.size() && static_cast<int>(out.rows.size()) < question.limit; ++i)
    out.rows.push_back(rows[i]);
  if (begin + out.rows.size() < rows.size() && !out.rows.empty())
    out.next = out.rows.back()[1] + "|" + out.rows.back()[0];
  return out;
}

}  // namespace chancery
