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
  std::string day, last, stance, toward, condition;
  int64_t article, number;
};

// Columns of positions.
constexpr size_t kNumber = 0, kDate = 1, kHolder = 2, kStance = 3, kToward = 4, kContent = 6,
                 kCondition = 7, kId = 9, kIssue = 10, kTowardCountry = 12, kArticle = 13,
                 kItem = 14, kWhen = 15, kFrom = 16, kTo = 17, kPrecision = 18, kReported = 19;

// What cannot be dated was held when its report told it.
const std::string& day_of(const std::vector<std::string>& row) {
  return row[kDate].empty() ? row[kReported] : row[kDate];
}

// A minister goes on where he himself stood; the other side is its state where it has one.
Stand stand_of(const std::vector<std::string>& row) {
  const std::string& day = day_of(row);
  return {day,
          row[kTo].empty() ? day : row[kTo],
          row[kStance],
          row[kTowardCountry].empty() ? row[kToward] : row[kTowardCountry],
          row[kCondition],
          std::stoll(row[kArticle]),
          std::stoll(row[kNumber])};
}

std::string told(const std::string& stance, const std::string& whom, const std::string& content,
                 const std::string& condition) {
  return stance + (whom.empty() ? "" : " (to " + whom + ")") + ": " + content +
         (condition.empty() ? "" : ", on the condition “" + condition + "”");
}

// All that a holder said of an issue, by days.
class History {
 public:
  void add(Stand s) {
    by_toward_[s.toward].push_back(stands_.size());
    stands_.push_back(std::move(s));
  }

  // The newest earlier stand toward the same other, said on another day; null for none.
  const Stand* before(const Stand& now) const {
    if (now.toward.empty()) return newest(stands_.size(), now, [](size_t i) { return i; });
    const Stand* old = nullptr;
    for (const std::string& whom : {now.toward, std::string()}) {
      auto found = by_toward_.find(whom);
      if (found == by_toward_.end()) continue;
      const std::vector<size_t>& list = found->second;
      const Stand* s = newest(list.size(), now, [&](size_t i) { return list[i]; });
      if (s && (!old || s > old)) old = s;  // they lie in their order
    }
    return old;
  }

  // Did he not speak of it before?
  bool begins_with(const Stand& now) const {
    return stands_.empty() || stands_.front().number == now.number;
  }

  // How a stand differs from an earlier one, "" when any stand of that day is the same.
  std::string difference(const Stand& old, const Stand& now) const {
    for (size_t i = first_of(old.day); i < stands_.size() && stands_[i].day == old.day; ++i)
      if (stands_[i].stance == now.stance && alike(stands_[i].condition, now.condition)) return "";
    if (old.stance == now.stance)
      return old.condition.empty()   ? "condition added"
             : now.condition.empty() ? "condition dropped"
                                     : "condition changed";
    const int from = hardness(old.stance), to = hardness(now.stance);
    return to > from ? "hardened" : to < from ? "softened" : "";
  }

 private:
  size_t first_of(const std::string& day) const {
    return static_cast<size_t>(
        std::lower_bound(stands_.begin(), stands_.end(), day,
                         [](const Stand& s, const std::string& d) { return s.day < d; }) -
        stands_.begin());
  }

  // Of so many stands, of which each is at a place, the newest that was over before.
  template <class Place>
  const Stand* newest(size_t many, const Stand& now, const Place& place) const {
    const size_t end = first_of(now.day);
    size_t low = 0, high = many;
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (place(middle) < end) low = middle + 1;
      else high = middle;
    }
    while (low > 0) {
      const Stand& s = stands_[place(--low)];
      if (s.last < now.day && s.article != now.article) return &s;
    }
    return nullptr;
  }

  std::vector<Stand> stands_;
  std::map<std::string, std::vector<size_t>> by_toward_;
};

// What the ledger holds of the holders of a period, whichever of it the question lets through:
// asked for once each.
class Histories {
 public:
  Histories(Database& db, const SureLimits* sure)
      : history_(db, history_sql(db, sure)),
        words_(db, "SELECT toward, content FROM position WHERE number = ?"),
        other_days_(db,
                    "SELECT DISTINCT day FROM position WHERE holder = ? AND day > '' AND day < ? "
                    "LIMIT 2") {}

  const History& of(const std::string& holder, const std::string& issue) {
    auto [place, first] = histories_.try_emplace({holder, issue});
    if (!first) return place->second;
    history_.bind(holder).bind(issue).bind(holder).bind(issue);
    while (history_.step())
      place->second.add({history_.text(0), history_.text(1), history_.text(2),
                         history_.text(4).empty() ? history_.text(3) : history_.text(4),
                         history_.text(5), history_.integer(6), history_.integer(7)});
    history_.reset();
    return place->second;
  }

  // Has he taken stands on two days before?
  bool known(const std::string& holder, const std::string& day) {
    int days = 0;
    other_days_.bind(holder).bind(day);
    while (other_days_.step()) ++days;
    other_days_.reset();
    return days >= 2;
  }

  // Its words are looked up when they are shown.
  std::string words_of(const Stand& s) {
    const bool there = words_.bind(s.number).step();
    std::string out =
        told(s.stance, there ? words_.text(0) : "", there ? words_.text(1) : "", s.condition);
    words_.reset();
    return out;
  }

 private:
  static std::string history_sql(const Database& db, const SureLimits* sure) {
    const std::string of_holder = " WHERE i.holder = ? AND i.issue = ? AND ",
                      only_sure = sure ? " AND " + sure_sql(db, "position", *sure) : "",
                      rest =
                          ", i.stance, i.toward, i.toward_country, i.condition, i.article, "
                          "i.number AS n FROM position i";
    return "SELECT i.day AS held, i.last" + rest + of_holder + "i.day > ''" + only_sure +
           " UNION ALL SELECT a.day, a.day" + rest + " JOIN article a ON a.number = i.article" +
           of_holder + "i.day = '' AND a.day > ''" + only_sure + " ORDER BY held, n";
  }

  std::map<std::pair<std::string, std::string>, History> histories_;
  Query history_, words_, other_days_;
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
  const auto id_of = [&](int64_t number) {
    Query id(*db_, "SELECT id FROM article WHERE number = ?");
    return id.bind(number).step() ? id.text(0) : "";
  };
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : period.rows) {
    const std::string &issue = row[kIssue], &holder = row[kHolder];
    if (issue.empty() || holder.empty()) continue;
    if (day_of(row).empty()) continue;  // neither it nor its report: before and after nothing
    const Stand now = stand_of(row);
    const History& history = histories.of(holder, issue);
    const Stand* old = history.before(now);
    std::string what;
    if (old) what = history.difference(*old, now);
    else if (history.begins_with(now) && histories.known(holder, now.day)) what = "first mention";
    if (what.empty() || now.article <= question.behind_article) continue;
    rows.push_back(
        {row[kNumber], row[kDate], holder, what, issue, old ? histories.words_of(*old) : "",
         old ? old->day : "", old ? id_of(old->article) : "",
         told(now.stance, row[kToward], row[kContent], now.condition), row[kId], row[kWhen],
         row[kFrom], row[kTo], row[kPrecision], row[kReported], row[kArticle], row[kItem]});
  }
  cut_to_page(rows, question, out);
  return out;
}

}  // namespace chancery
