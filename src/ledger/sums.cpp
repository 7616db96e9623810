// Sums over acts: two states over time, with whom an actor deals, pairs of states.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/calendar.h"
#include "base/error.h"
#include "ledger/catalogue.h"
#include "ledger/months.h"
#include "ledger/parts.h"
#include "ledger/question_sql.h"
#include "record/when.h"

namespace chancery {

namespace {
// The day, week, month or year (as TIMEX3) to which an act of these days is counted: where most of
// them lie. Nothing for an act that is dated less exactly than that, or not at all.
std::optional<std::string> stretch_of(const std::string& period, const std::string& day,
                                      const std::string& last) {
  auto from = parse_day(day), to = parse_day(last);
  if (!from || !to) return std::nullopt;
  long length = day_number(*to) - day_number(*from) + 1;
  Day middle = add_days(*from, length / 2);
  std::string key = period == "day"     ? iso(middle)
                    : period == "week"  ? iso_week(middle)
                    : period == "month" ? iso_month(middle.year, middle.month)
                                        : iso(middle).substr(0, 4);
  When stretch(key);
  if (!stretch.dated() || length > day_number(stretch.to()) - day_number(stretch.from()) + 1)
    return std::nullopt;
  return key;
}
}  // namespace

Answer Ledger::timeline(const Question& q) {
  if (q.between_a.country.empty() || q.between_b.country.empty())
    throw UsageError("between: a timeline is of two states (PRK and USA)");
  std::string period = q.by_period.empty() ? "month" : q.by_period;
  if (!kPeriods.has(period)) throw UsageError("'" + period + "' is none of " + kPeriods.listed());
  if (!q.after.empty() && !When(q.after).dated()) no_mark(q.after);
  Sql sql;
  sql.add(
      "SELECT day, last, goldstein, a FROM dyad WHERE first = 1 AND status = 'occurred' AND ((a = "
      "? AND b = ?) OR (a = ? AND b = ?))",
      {q.between_a.country, q.between_b.country, q.between_b.country, q.between_a.country});
  if (!q.type.empty()) sql.add(" AND type = ?", {q.type});
  in_period(*db_, sql, q, "day", "last");
  struct Sum {
    int events = 0, forth = 0, back = 0, good = 0, bad = 0;
    int forth_good = 0, forth_bad = 0, back_good = 0, back_bad = 0;
    double goldstein = 0;
  };
  std::map<std::string, Sum> sums;
  Query query(*db_, sql.text);
  for (const std::string& v : sql.values) query.bind(v);
  while (query.step()) {
    std::optional<std::string> key = stretch_of(period, query.text(0), query.text(1));
    if (!key) continue;
    Sum& s = sums[*key];
    double g = query.real(2);
    ++s.events;
    const bool forth = query.text(3) == q.between_a.country;
    ++(forth ? s.forth : s.back);
    (forth ? s.forth_good : s.back_good) += g > 0;
    (forth ? s.forth_bad : s.back_bad) += g < 0;
    s.good += g > 0;
    s.bad += g < 0;
    s.goldstein += g;
  }
  Answer out;
  out.columns = {"period",
                 "events",
                 q.between_a.country + " > " + q.between_b.country,
                 q.between_b.country + " > " + q.between_a.country,
                 "cooperation",
                 "conflict",
                 "goldstein",
                 "mean",
                 "from",
                 "to",
                 "precision",
                 q.between_a.country + " > " + q.between_b.country + " cooperation",
                 q.between_a.country + " > " + q.between_b.country + " conflict",
                 q.between_b.country + " > " + q.between_a.country + " cooperation",
                 q.between_b.country + " > " + q.between_a.country + " conflict"};
  for (const auto& [key, s] : sums) {
    if (!q.after.empty() && key <= q.after) continue;
    if (static_cast<int>(out.rows.size()) == q.limit) {
      out.next = out.rows.back()[0];
      break;
    }
    When days(key);
    out.rows.push_back(
        {key, std::to_string(s.events), std::to_string(s.forth), std::to_string(s.back),
         std::to_string(s.good), std::to_string(s.bad), fmt::format("{:.1f}", s.goldstein),
         fmt::format("{:.2f}", s.goldstein / s.events), days.from_day(), days.to_day(), period,
         std::to_string(s.forth_good), std::to_string(s.forth_bad), std::to_string(s.back_good),
         std::to_string(s.back_bad)});
  }
  return out;
}

// Does an article say the state of who bears a name, or is it inferred? Of several names the first
// counts: whose state stands beside them. Who is nobody with this state is known with another, and
// an article only let infer this one.
static void add_country_basis(Database& db, Answer& a) {
  const auto place = [&](const char* name) {
    return static_cast<size_t>(std::find(a.columns.begin(), a.columns.end(), name) -
                               a.columns.begin());
  };
  const size_t name = place("name"), country = place("country");
  a.columns.emplace_back("country_basis");
  Query q(db,
          "SELECT country_basis FROM who WHERE name = ? AND country = ? AND kind <> 'state' ORDER "
          "BY said DESC, number LIMIT 1");
  for (auto& row : a.rows) {
    std::string basis = row[country].empty() ? "" : "inferred";
    const std::string whole = row[name], first = whole.substr(0, whole.find(", "));
    for (const std::string& called : {first, whole}) {
      if (q.bind(called).bind(row[country]).step()) basis = q.text(0);
      q.reset();
    }
    row.push_back(basis);
  }
}

Answer Ledger::contacts(const Question& q) {
  // Of the newest events only, some thousands: a state that is in every report has hundreds of
  // thousands.
  std::vector<int64_t> list = who(q.actor);
  if (list.size() > 20) list.resize(20);
  Sql sql, newest;
  for (const char* part : {"by", "toward"})
    for (int64_t one : list.empty() ? std::vector<int64_t>{-1} : list) {
      newest.add(newest.text.empty() ? "SELECT day, number, play FROM ("
                                     : " UNION ALL SELECT day, number, play FROM (");
      newest.add(fmt::format("SELECT day, number, play FROM part WHERE who = {} AND {}", one,
                             part_is("", "event", part)));
      parts_in_period(*db_, newest, q);
      newest.add(fmt::format(" ORDER BY day DESC, number DESC LIMIT {}) x{}{}",
                             2000 / std::max<size_t>(1, list.size()), part, one < 0 ? 0 : one));
    }
  // The other side as the event names it.
  sql.values = newest.values;
  sql.add(
      "SELECT o.name, o.country, o.type, count(DISTINCT o.happening) AS acts, " +
      since_until("o.day", "o.last", true) +
      fmt::format(" FROM (SELECT CASE WHEN p.play = {0} THEN i.target ELSE i.source END AS name, "
                  "CASE WHEN p.play = {0} THEN i.target_country ELSE i.source_country END AS "
                  "country, i.type, i.status, i.happening, i.day, i.last FROM (",
                  play_number("event", "by")) +
      newest.text + ") p JOIN event i ON i.number = p.number" +
      in_months(*db_, period_of(q.from, q.until)) + at_month_of_code(*db_, "p.day") +
      ") o WHERE o.name <> '' AND o.status = 'occurred'");
  if (!q.actor.country.empty()) sql.add(" AND o.country <> ?", {q.actor.country});
  sql.add(" GROUP BY o.name, o.country, o.type ORDER BY acts DESC, o.name, o.country, o.type" +
          limit_and_offset(q));
  Answer out = run(*db_, sql);
  page_by_rank(out, q);
  add_country_basis(*db_, out);
  return out;
}

Answer Ledger::network(const Question& q) {
  Sql sql;
  const std::string columns =
      "SELECT a, b, goldstein, day, last FROM dyad WHERE first = 1 AND status = 'occurred'";
  auto rows = [&](const std::string& side) {
    sql.add(columns);
    if (!side.empty()) sql.add(" AND " + side + " = ?", {q.actor.country});
    in_period(*db_, sql, q, "day", "last");
  };
  sql.add(
      "SELECT a, b, count(*) AS events, sum(goldstein) AS goldstein, sum(CASE WHEN goldstein > 0 "
      "THEN 1 ELSE 0 END) AS cooperation, sum(CASE WHEN goldstein < 0 THEN 1 ELSE 0 END) AS "
      "conflict, " +
      since_until("day", "last", false) + " FROM (");
  if (q.actor.country.empty()) {
    rows("");
  } else if (!q.from.empty()) {
    // In a period: through the days, which are fewer than all that ever passed.
    rows("");
    sql.add(" AND (a = ? OR b = ?)", {q.actor.country, q.actor.country});
  } else {
    rows("a");
    sql.add(" UNION ALL ");
    rows("b");
  }
  sql.add(") d GROUP BY a, b ORDER BY events DESC, a, b" + limit_and_offset(q));
  Answer out = run(*db_, sql);
  page_by_rank(out, q);
  return out;
}

}  // namespace chancery
