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
  std::string told() const {
    return stance + (whom.empty() ? "" : " (to " + whom + ")") + ": " + content +
           (condition.empty() ? "" : " [" + condition + "]");
  }
};

// Columns of positions.
constexpr size_t kDate = 1, kFrom = 16, kTo = 17, kReported = 19;

// What cannot be dated was held when its report told it.
const std::string& day_of(const std::vector<std::string>& row) {
  return row[kDate].empty() ? row[kReported] : row[kDate];
}

Stand stand_of(const std::vector<std::string>& row) {
  const std::string& day = day_of(row);
  return {day,    row[kTo].empty() ? day : row[kTo],
          row[3], row[12].empty() ? row[4] : row[12],
          row[4], row[6],
          row[7], row[13],
          row[0]};
}

// The newest earlier stand toward the same other, said on another day; null for none.
const Stand* newest_before(const std::vector<Stand>& before, const Stand& now) {
  const Stand* old = nullptr;
  for (const Stand& s : before)
    if (s.last < now.day && s.article != now.article &&
        (s.toward == now.toward || s.toward.empty() || now.toward.empty()))
      old = &s;
  return old;
}

// How a stand differs from an earlier one, "" when any stand of that day is the same.
std::string difference(const std::vector<Stand>& before, const Stand& old, const Stand& now) {
  for (const Stand& s : before)
    if (s.day == old.day && s.stance == now.stance && alike(s.condition, now.condition)) return "";
  if (old.stance == now.stance)
    return old.condition.empty()   ? "condition added"
           : now.condition.empty() ? "condition dropped"
                                   : "condition changed";
  const int from = hardness(old.stance), to = hardness(now.stance);
  return to > from ? "hardened" : to < from ? "softened" : "";
}

// What the ledger holds of the holders of a period: asked for once each.
class Histories {
 public:
  Histories(Database& db, const SureLimits* sure)
      : history_(db, std::string(
                         "SELECT i.day, i.last, i.stance, i.toward, i.toward_country, i.content, "
                         "i.condition, i.article, i.number FROM position i WHERE i.holder = ? AND "
                         "i.issue = ? AND i.day > '' AND i.day < ? AND i.last < ?") +
                         (sure ? " AND " + sure_sql(db, "position", *sure) : "") +
                         " ORDER BY i.day DESC, i.number DESC LIMIT 12"),
        other_days_(db,
                    "SELECT DISTINCT day FROM position WHERE holder = ? AND day > '' AND day < ? "
                    "LIMIT 2") {}

  // Oldest first. A minister goes on where he himself stood; the other side is its state where it
  // has one.
  std::vector<Stand>& of(const std::string& holder, const std::string& issue,
                         const std::string& day) {
    auto [place, first] = stands_.try_emplace({holder, issue});
    std::vector<Stand>& before = place->second;
    if (!first) return before;
    history_.bind(holder).bind(issue).bind(day).bind(day);
    while (history_.step())
      before.insert(
          before.begin(),
          Stand{history_.text(0), history_.text(1), history_.text(2),
                history_.text(4).empty() ? history_.text(3) : history_.text(4), history_.text(3),
                history_.text(5), history_.text(6), history_.text(7), history_.text(8)});
    history_.reset();
    return before;
  }

  // Has he taken stands on two days before?
  bool known(const std::string& holder, const std::string& day) {
    int days = 0;
    other_days_.bind(holder).bind(day);
    while (other_days_.step()) ++days;
    other_days_.reset();
    return days >= 2;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::vector<Stand>> stands_;
  Query history_, other_days_;
};

// The page of the rows that the question asks for.
void cut_to_page(const std::vector<std::vector<std::string>>& rows, const Question& question,
                 Answer& out) {
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
}

}  // namespace

Answer Ledger::changes(const Question& question) {
  Question q = question;
  q.after.clear();
  q.behind_article = 0;
  q.newest_first = false;
  q.limit = std::min(5000, 40 * question.limit);
  q.stance.clear();
  Answer period = positions(q);
  std::stable_sort(period.rows.begin(), period.rows.end(),
                   [&](const auto& a, const auto& b) { return day_of(a) < day_of(b); });
  Answer out;
  out.columns = {"number",      "date",           "holder",   "change",         "issue", "before",
                 "before_date", "before_article", "after",    "article",        "when",  "from",
                 "to",          "precision",      "reported", "article_number", "id"};
  Histories histories(*db_, q.sure);
  // Articles by their numbers until a line is shown.
  const auto id_of = [&](const std::string& number) {
    Query id(*db_, "SELECT id FROM article WHERE number = ?");
    return id.bind(static_cast<int64_t>(std::stoll(number))).step() ? id.text(0) : "";
  };
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : period.rows) {
    const std::string &issue = row[10], &holder = row[2];
    if (issue.empty() || holder.empty()) continue;
    if (day_of(row).empty()) continue;  // neither it nor its report: before and after nothing
    Stand now = stand_of(row);
    std::vector<Stand>& before = histories.of(holder, issue, now.day);
    const Stand* old = newest_before(before, now);
    std::string what;
    if (old) what = difference(before, *old, now);
    else if (before.empty() && histories.known(holder, now.day)) what = "first mention";
    if (!what.empty() && std::stoll(row[13]) > question.behind_article)
      rows.push_back({now.number, row[kDate], holder, what, issue, old ? old->told() : "",
                      old ? old->day : "", old ? id_of(old->article) : "", now.told(), row[9],
                      row[15], row[kFrom], row[kTo], row[18], row[kReported], row[13], row[14]});
    before.push_back(std::move(now));
  }
  cut_to_page(rows, question, out);
  return out;
}

}  // namespace chancery
