// The calendar: what is planned and what was met, votes, elections, court dates and whatever else
// texts set for a day; and what became of each plan when the ledger has seen more: held, called off,
// postponed, moved to another day.
#include <algorithm>
#include <iterator>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/filed.h"
#include "ledger/key_words.h"
#include "ledger/ledger.h"
#include "ledger/ledger_words.h"
#include "ledger/months.h"

namespace chancery {
namespace {

struct Plan {
  int64_t number = 0, happening = 0;
  std::string day, last, type, source_country, target_country, reported;
};

// How many days a stretch has; 0 for none.
long length(const std::string& day, const std::string& last) {
  auto from = parse_day(day), to = parse_day(last);
  return from && to ? day_number(*to) - day_number(*from) + 1 : 0;
}

// Of how many days an act may be told that is taken for a plan's: by the month, or as vaguely as the
// plan was.
long longest(const Plan& plan) { return std::max(31L, length(plan.day, plan.last)); }

// Was what passed within these days what was planned? On a day of the plan or up to two later.
bool on_time(const std::string& day, const std::string& last, const Plan& plan) {
  long told = length(day, last);
  return told > 0 && told <= longest(plan) && last >= plan.day && day <= shifted(plan.last, 2);
}

// What became of a plan, with the id of the article that tells it, and its number; nothing: not known.
struct Outcome {
  std::string what, article;
};

Outcome outcome(Database& db, const Plan& p) {
  auto judge = [&](Query& q) -> Outcome {
    Outcome moved;
    while (q.step()) {
      const std::string type = q.text(0), status = q.text(1), cameo = q.text(2), day = q.text(3),
                        last = q.text(4), moment = q.text(5), reported = q.text(6),
                        words = q.text(7), article = " (" + q.text(8) + ")", number = q.text(9);
      // What cannot be dated is taken to have been on the day of its report.
      const bool meeting = ledger_words(LedgerWords::meetings).has(type);
      if (meeting && status == "occurred" &&
          on_time(day.empty() ? reported : day, day.empty() ? reported : last, p))
        return {"held" + article, number};
      if (reported < p.reported) continue;
      const bool refused = (ledger_words(LedgerWords::refusals).has(type) &&
                            begins_with(cameo, LedgerWords::refused_meetings)) ||
                           (meeting && status == "denied");
      if (refused) {
        const bool put_off = has_part(lower(words), LedgerWords::postponing);
        return {(put_off ? "postponed" : "called off") + article, number};
      }
      if (type == p.type && status == "planned" && !moment.empty() && !day.empty() &&
          reported > p.reported && day > p.last)
        moved = {"moved to " + When(moment).words() + article, number};
    }
    return moved;
  };
  const std::string columns =
      "SELECT e.type, e.status, e.cameo, e.day, e.last, e.moment, a.day, e.words, a.id, a.number "
      "FROM event "
      "e JOIN article a ON a.number = e.article ";
  {
    Query same(
        db, columns + "WHERE e.happening = ? AND e.number <> ? ORDER BY a.day, e.number LIMIT 200");
    same.bind(p.happening).bind(p.number);
    if (Outcome o = judge(same); !o.what.empty()) return o;
  }
  if (!p.source_country.empty() && !p.target_country.empty() &&
      p.source_country != p.target_country) {
    // From its announcement to a month after its last day; what is told by the month may begin
    // before.
    const std::string begin = p.reported.empty() ? p.day : std::min(p.reported, p.day);
    Query dyad(db, columns + "JOIN dyad d ON d.event = e.number" +
                       at_month_of_day(db, "d.day", "e.") +
                       " WHERE d.day >= ? AND d.day <= ? AND d.last "
                       ">= ? AND ((d.a = ? AND d.b = ?) OR (d.a = ? AND d.b = ?)) ORDER BY a.day, "
                       "e.number LIMIT 200");
    dyad.bind(shifted(begin, -longest(p)))
        .bind(shifted(p.last, 31))
        .bind(begin)
        .bind(p.source_country)
        .bind(p.target_country)
        .bind(p.target_country)
        .bind(p.source_country);
    if (Outcome o = judge(dyad); !o.what.empty()) return o;
  }
  return {};
}

// Of what was set for a day: what later reports say of the same kind of thing, of the same or in
// about the same words.
Outcome outcome_of_occasion(Database& db, const Plan& p, const std::string& who,
                            const std::string& words) {
  constexpr double kSameWords = 0.5, kSameOfOne = 0.25;
  const std::vector<std::string> key = key_words(words);
  Query q(db,
          "SELECT o.status, o.day, o.last, o.moment, a.day, o.words, o.who, o.country, a.id, "
          "a.number FROM occasion o JOIN article a ON a.number = o.article WHERE o.type = ? AND "
          "a.day >= ? AND o.number <> ? ORDER BY a.day, o.number LIMIT 400");
  q.bind(p.type).bind(p.reported).bind(p.number);
  Outcome moved;
  while (q.step()) {
    const std::string status = q.text(0), day = q.text(1), last = q.text(2), moment = q.text(3),
                      reported = q.text(4), told = q.text(5), article = " (" + q.text(8) + ")",
                      number = q.text(9);
    const bool one = (!who.empty() && who == q.text(6)) ||
                     (!p.source_country.empty() && p.source_country == q.text(7));
    const bool others = !p.source_country.empty() && !q.text(7).empty() && !one;
    if (others || overlap(key, join(key_words(told), " ")) < (one ? kSameOfOne : kSameWords))
      continue;
    if (status == "occurred" && on_time(day, last, p)) return {"held" + article, number};
    const bool of_its_day = day <= p.last && last >= p.day;
    if (status == "denied" && of_its_day && reported > p.reported)
      return {
          (has_part(lower(told), LedgerWords::postponing) ? "postponed" : "called off") + article,
          number};
    if (status == "planned" && reported > p.reported && day > p.last &&
        has_part(lower(told), LedgerWords::postponing))
      moved = {"moved to " + When(moment).words() + article, number};
  }
  return moved;
}

// Who announced what a statement says; asked for the rows of a page.
class Announcers {
 public:
  explicit Announcers(Database& db) : db_(db) {}
  std::string of(int64_t article, const std::string& statement, const std::string& reported) {
    if (statement.empty()) return "";
    Query q(db_, "SELECT i.speaker FROM statement i WHERE i.article = ? AND i.id = ?" +
                     at_month(db_, month_of(reported)));
    return q.bind(article).bind(statement).step() ? q.text(0) : "";
  }

 private:
  Database& db_;
};

// Two pages of rows that are in one order of days and numbers, as one.
Answer merged(Answer a, Answer b, const Question& q) {
  const auto before = [&](const std::vector<std::string>& x, const std::vector<std::string>& y) {
    const auto place = [](const std::vector<std::string>& row) {
      return std::pair(row[1], std::stoll(row[0]));
    };
    return q.newest_first ? place(y) < place(x) : place(x) < place(y);
  };
  if (a.columns.empty()) a.columns = b.columns;
  const bool more = !a.next.empty() || !b.next.empty();
  std::vector<std::vector<std::string>> rows;
  std::merge(std::make_move_iterator(a.rows.begin()), std::make_move_iterator(a.rows.end()),
             std::make_move_iterator(b.rows.begin()), std::make_move_iterator(b.rows.end()),
             std::back_inserter(rows), before);
  a.rows = std::move(rows);
  a.next.clear();
  const size_t most = static_cast<size_t>(q.limit);
  if (a.rows.size() > most || more) {
    a.rows.resize(std::min(a.rows.size(), most));
    if (!a.rows.empty()) a.next = a.rows.back()[1] + "|" + a.rows.back()[0];
  }
  return a;
}

}  // namespace

Answer Ledger::calendar(const Question& q) {
  // A plan of a week, a month or a season stands under its first day and is in every period that
  // has a day in common with it. What cannot be dated has no place in a calendar.
  Answer events = ask(
      "event",
      "i.number, i.day AS date, i.source AS who, i.type, i.mode, i.target AS \"with\", i.place, "
      "i.status, i.words, a.id AS article, i.source_country, i.target_country, a.day AS reported, "
      "i.happening, i.article AS article_number, i.said_in, i.moment AS \"when\", i.day AS "
      "\"from\", "
      "i.last AS \"to\", i.precision, i.id, i.confidence",
      q, {{"by", q.by}, {"toward", q.toward}},
      "i.moment <> '' AND i.day > '' AND (i.status = 'planned' OR " +
          sql_is("i.type", LedgerWords::meetings) + ") AND i.status <> 'denied'");
  Answer set;
  if (q.toward.empty())
    set = ask("occasion",
              "i.number, i.day AS date, i.who AS who, i.type, '' AS mode, '' AS \"with\", i.place, "
              "i.status, i.words, a.id AS article, i.country AS source_country, '' AS "
              "target_country, a.day AS reported, 0 AS happening, i.article AS article_number, "
              "i.said_in, i.moment AS \"when\", i.day AS \"from\", i.last AS \"to\", i.precision, "
              "i.id, '' AS confidence",
              q, {{"by", q.by}}, q.status.empty() ? "i.status <> 'denied'" : "");
  Answer a = merged(std::move(events), std::move(set), q);
  a.columns.insert(a.columns.begin() + 8, "became");
  a.columns.push_back("became_article");
  a.columns.push_back("announced");
  Announcers announcers(*db_);
  for (auto& row : a.rows) {
    Plan p{std::stoll(row[0]),
           std::stoll(row[13]),
           row[17],
           row[18],
           row[3],
           row[10],
           row[11],
           row[12]};
    Outcome became;
    if (row[7] == "planned")
      became = p.happening ? outcome(*db_, p) : outcome_of_occasion(*db_, p, row[2], row[8]);
    const std::string announced = announcers.of(std::stoll(row[14]), row[15], row[12]);
    row.insert(row.begin() + 8, became.what);
    row.push_back(became.article);
    row.push_back(announced);
  }
  return a;
}

}  // namespace chancery
