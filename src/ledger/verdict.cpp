// Claims of novelty against what the ledger holds: "the first visit since 2019" is contradicted by
// a visit of 2022 that it knows, holds as far as it knows, or cannot be judged because it does not
// reach back far enough.
#include <algorithm>

#include "ledger/filed.h"
#include "ledger/key_words.h"
#include "ledger/ledger.h"
#include "ledger/months.h"
#include "ledger/parts.h"

namespace chancery {
namespace {

double shared(const std::vector<std::string>& claim, const std::vector<std::string>& other) {
  if (claim.empty()) return 0;
  size_t both = 0;
  for (const std::string& w : claim) both += std::binary_search(other.begin(), other.end(), w);
  return static_cast<double>(both) / static_cast<double>(claim.size());
}

}  // namespace

Answer Ledger::novelty(const Question& q) {
  Answer a = ask("novelty",
                 "i.number, i.day AS date, i.claim, i.what, i.by, i.since, i.words, a.id AS "
                 "article, i.article AS article_number, i.id, i.moment AS \"when\", i.day AS "
                 "\"from\", i.last AS \"to\", i.precision, a.day AS reported",
                 q, {{"by", q.by}}, "");
  a.columns.insert(a.columns.begin() + 6, "verdict");
  std::string begins;
  {
    Query q2(*db_, "SELECT min(day) FROM article WHERE day > ''");
    if (q2.step()) begins = q2.text(0);
  }
  for (auto& row : a.rows) {
    const std::string claim = row[2], what = row[3], by = row[4], day = row[1];
    // "since 2019": what was before its end is no contradiction. A since that names no days says
    // nothing of how far back to look.
    const When since(row[5]);
    std::string verdict;
    // Only firsts and lasts can be looked up; "the largest" has no measure in the record.
    bool first = claim == "first" || claim == "1st" || claim == "unprecedented";
    if (first && !day.empty()) {
      std::vector<std::string> words = key_words(what);
      std::vector<int64_t> list;
      if (!by.empty()) {
        Query exact(*db_,
                    "SELECT number FROM who WHERE name = ? ORDER BY articles DESC, number LIMIT 3");
        exact.bind(by);
        while (exact.step()) list.push_back(exact.integer(0));
      }
      std::string found;
      if (!list.empty() && words.size() >= 2) {
        for (int64_t one : list)
          for (const char* item : {"event", "statement"}) {
            std::string text = std::string(item) == "event" ? "words" : "content";
            Query earlier(
                *db_,
                "SELECT i." + text + ", i.moment, i.day, a.id FROM part p JOIN " + item +
                    " i ON i.number = p.number" + at_month_of_code(*db_, "p.day") +
                    " JOIN article a ON a.number = "
                    "i.article WHERE p.who = ? AND " +
                    part_is("p.", item, "by") +
                    " AND p.day > ? AND p.day < ? AND coalesce(p.last, p.day) < ? AND i.article "
                    "<> ? ORDER BY p.day DESC LIMIT 60");
            earlier.bind(one)
                .bind(day_code(since.to_day()))
                .bind(day_code(day))
                .bind(day_code(day))
                .bind(static_cast<int64_t>(std::stoll(row[8])));
            while (found.empty() && earlier.step())
              if (shared(words, key_words(earlier.text(0))) >= 0.75)
                found = words_of(earlier.text(1), earlier.text(2)) + " (" + earlier.text(3) + ")";
          }
      }
      bool reaches = since.dated() && !begins.empty() && begins <= since.to_day();
      if (!found.empty()) verdict = "contradicted: " + found;
      else if (!reaches)
        verdict = "the ledger begins " + When(begins).words() + ": not far enough back to tell";
      else verdict = "agrees: nothing like it since " + since.words();
    }
    row.insert(row.begin() + 6, verdict);
  }
  return a;
}

}  // namespace chancery
