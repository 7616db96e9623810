// The calendar: what is planned and what was met, and what became of each plan when the ledger has
// seen more: held, called off, postponed, moved to another day.
#include <algorithm>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/ledger.h"

namespace chancery {
namespace {

struct Plan {
  std::string number, date, type, source, target, source_country, target_country, words, reported,
      happening;
};

bool says_postponed(const std::string& words) {
  std::string low = lower(words);
  for (const char* w : {"postpone", "put off", "delay", "defer"})
    if (low.find(w) != std::string::npos) return true;
  return false;
}

// A day that is within the plan's own: the same day, up to two later, or in its month when the plan
// has no day.
bool on_time(const std::string& day, const std::string& plan) {
  if (plan.size() < 10 || day.size() < 10)
    return day.substr(0, std::min(day.size(), plan.size())) ==
           plan.substr(0, std::min(day.size(), plan.size()));
  return day >= plan && day.substr(0, 8) == plan.substr(0, 8) &&
         std::stoi(day.substr(8)) - std::stoi(plan.substr(8)) <= 2;
}

std::string outcome(Database& db, const Plan& p) {
  auto judge = [&](Query& q) -> std::string {
    std::string moved;
    while (q.step()) {
      std::string type = q.text(0), status = q.text(1), cameo = q.text(2), date = q.text(3),
                  reported = q.text(4), words = q.text(5);
      if (type == "CONSULT" && status == "occurred" &&
          on_time(date.empty() ? reported : date, p.date))
        return "held (" + q.text(6) + ")";
      if (reported < p.reported) continue;
      bool refused = (type == "REJECT" && cameo.starts_with("125")) ||
                     (type == "CONSULT" && status == "denied");
      if (refused)
        return (says_postponed(words) ? "postponed (" : "called off (") + q.text(6) + ")";
      if (type == p.type && status == "planned" && !date.empty() && date != p.date &&
          reported > p.reported && date > p.date)
        moved = "moved to " + date + " (" + q.text(6) + ")";
    }
    return moved;
  };
  const std::string columns =
      "SELECT e.type, e.status, e.cameo, e.date, a.day, e.words, a.id FROM event e JOIN article a "
      "ON a.number = e.article ";
  {
    Query same(
        db, columns + "WHERE e.happening = ? AND e.number <> ? ORDER BY a.day, e.number LIMIT 200");
    same.bind(static_cast<int64_t>(std::stoll(p.happening)))
        .bind(static_cast<int64_t>(std::stoll(p.number)));
    if (std::string o = judge(same); !o.empty()) return o;
  }
  if (!p.source_country.empty() && !p.target_country.empty() &&
      p.source_country != p.target_country) {
    Query dyad(db,
               columns +
                   "JOIN dyad d ON d.event = e.number WHERE d.day >= ? AND d.day <= ? AND ((d.a = "
                   "? AND d.b = ?) OR (d.a = ? AND d.b = ?)) ORDER BY a.day, e.number LIMIT 200");
    // From its announcement to a month after its day.
    auto day = parse_day(p.date);
    dyad.bind(std::min(p.reported, p.date))
        .bind(day ? iso(add_days(*day, 31)) : p.date + "~")
        .bind(p.source_country)
        .bind(p.target_country)
        .bind(p.target_country)
        .bind(p.source_country);
    if (std::string o = judge(dyad); !o.empty()) return o;
  }
  return "";
}

}  // namespace

Answer Ledger::calendar(const Question& q) {
  Answer a =
      ask("event",
          "i.number, i.date, i.source AS who, i.type, i.mode, i.target AS \"with\", i.place, "
          "i.status, i.words, a.id AS article, i.source_country, i.target_country, a.day AS "
          "reported, i.happening, i.article AS article_number, i.said_in",
          q, {{"by", q.by}, {"toward", q.toward}},
          "i.date <> '' AND (i.status = 'planned' OR i.type = 'CONSULT') AND i.status <> 'denied'");
  a.columns.insert(a.columns.begin() + 8, "became");
  for (auto& row : a.rows) {
    Plan p{row[0], row[1], row[3], row[2], row[5], row[10], row[11], row[8], row[12], row[13]};
    row.insert(row.begin() + 8, row[7] == "planned" ? outcome(*db_, p) : "");
  }
  return a;
}

}  // namespace chancery
