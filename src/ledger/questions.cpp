// Questions about single items: what was said, done and held.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ledger/filed.h"
#include "ledger/months.h"
#include "ledger/parts.h"
#include "ledger/question_sql.h"

namespace chancery {

Answer Ledger::statements(const Question& q) {
  return ask("statement",
             std::string(
                 "i.number, i.day AS date, i.speaker, i.via, i.quote, i.content, i.occasion, a.id "
                 "AS article, "
                 "i.force, i.addressee, i.place, i.confidence, i.article AS article_number, i.id") +
                 kTimeColumns + ", i.cue",
             q, {{"by", q.by}, {"toward", q.toward}}, "");
}

namespace {
std::string event_columns() {
  return std::string(
             "i.number, i.day AS date, i.source, i.type, i.mode, i.target, i.status, i.place, "
             "i.cameo, i.goldstein, i.words, a.id AS article, i.happening, i.article AS "
             "article_number, i.id") +
         kTimeColumns + ", i.confidence";
}
}  // namespace

Answer Ledger::events(const Question& q) {
  if (q.between_a.empty() && q.between_b.empty())
    return ask("event", event_columns(), q, {{"by", q.by}, {"toward", q.toward}}, "");
  if (!q.between_a.country.empty() && !q.between_b.country.empty() && q.by.empty() &&
      q.toward.empty() && q.actor.empty() && q.country.empty() && q.mode.empty() &&
      q.text.empty() && !q.story && !q.article && !q.sure && !q.behind_article)
    return between_states(q, event_columns());
  // Both directions in one order.
  Answer out = ask("event", event_columns(), q, {{"by", q.between_a}, {"toward", q.between_b}}, "");
  Answer back =
      ask("event", event_columns(), q, {{"by", q.between_b}, {"toward", q.between_a}}, "");
  std::set<std::string> seen;
  for (const auto& row : out.rows) seen.insert(row[0]);
  for (auto& row : back.rows)
    if (seen.insert(row[0]).second) out.rows.push_back(std::move(row));
  // In the order of each: by day and number, what has no day last.
  auto key = [](const std::vector<std::string>& row) {
    return std::pair(row[1], std::stoll(row[0]));
  };
  std::sort(out.rows.begin(), out.rows.end(), [&](const auto& a, const auto& b) {
    if (a[1].empty() != b[1].empty()) return b[1].empty();
    return q.newest_first ? key(b) < key(a) : key(a) < key(b);
  });
  bool more =
      !out.next.empty() || !back.next.empty() || static_cast<int>(out.rows.size()) > q.limit;
  if (static_cast<int>(out.rows.size()) > q.limit) out.rows.resize(static_cast<size_t>(q.limit));
  out.next = more && !out.rows.empty() ? out.rows.back()[1] + "|" + out.rows.back()[0] : "";
  return out;
}

// Two states: their rows of `dyad` stand in the order of time.
Answer Ledger::between_states(const Question& question, const std::string& columns) {
  return dated_first(question, [&](const Question& q, bool dated) {
    std::string order = q.newest_first ? " DESC" : "", beyond = q.newest_first ? "<" : ">";
    bool by_report = !dated && !(q.from.empty() && q.until.empty());
    Sql sql, lead;
    for (const auto& [a, b] : {std::pair{q.between_a.country, q.between_b.country},
                               {q.between_b.country, q.between_a.country}}) {
      lead.add(lead.text.empty() ? "SELECT day, event FROM dyad WHERE a = ? AND b = ?"
                                 : " UNION SELECT day, event FROM dyad WHERE a = ? AND b = ?",
               {a, b});

      if (!q.type.empty()) lead.add(" AND type = ?", {q.type});
      if (!q.status.empty()) lead.add(" AND status = ?", {q.status});
      if (dated) in_period(*db_, lead, q, "day", "last");
      if (!dated || (q.from.empty() && q.until.empty()))
        lead.add(dated ? " AND day > ''" : " AND day = ''");
      if (!q.after.empty()) {
        auto [day, number] = cursor(q.after);
        lead.add(fmt::format(" AND (day {0} ? OR (day = ? AND event {0} {1}))", beyond, number),
                 {day, day});
      }
    }
    lead.add(fmt::format(" ORDER BY day{0}, event{0}", order));
    if (!by_report) lead.add(fmt::format(" LIMIT {}", q.limit + 1));
    sql.add("SELECT " + columns + ", i.day AS sort_day FROM (" + lead.text +
            ") p JOIN event i ON i.number = p.event" +
            (dated ? in_months(*db_, period_of(q.from, q.until)) + at_month_of_day(*db_, "p.day")
                   : in_no_month(*db_)) +
            " JOIN article a ON a.number = i.article WHERE 1 = 1");
    sql.values = lead.values;
    if (dated) sql.add(at_months_of(*db_, lead, month_of_column("day")));
    if (by_report) in_period(*db_, sql, q, "a.day", "a.day");
    sql.add(fmt::format(" ORDER BY p.day{0}, p.event{0} LIMIT {1}", order, q.limit + 1));
    Answer out = run(*db_, sql);
    if (!out.columns.empty()) cut_page(out, q.limit, out.columns.size() - 1, 0);
    drop_last(out);
    return out;
  });
}

Answer Ledger::positions(const Question& q) {
  return ask(
      "position",
      std::string(
          "i.number, i.day AS date, i.holder, i.stance, i.toward, i.topic, i.content, "
          "i.condition, i.stages, a.id AS article, i.issue, i.holder_country, i.toward_country, "
          "i.article AS article_number, i.id") +
          kTimeColumns + ", i.confidence",
      q, {{"by", q.by}, {"toward", q.toward}}, "");
}

Answer Ledger::happenings(const Question& q) {
  return ask(
      "event",
      std::string(
          "i.number, i.day AS date, i.source, i.type, i.target, i.status, i.place, i.goldstein, "
          "(SELECT h.reports FROM happening h WHERE h.number = i.happening) AS reports, "
          "i.words, a.id AS article, i.happening, i.article AS article_number") +
          kTimeColumns + ", i.id, i.confidence",
      q,
      {{"by", q.between_a.empty() ? q.by : q.between_a},
       {"toward", q.between_b.empty() ? q.toward : q.between_b}},
      "i.first = 1");
}

// What somebody demands, offers or warns of, under the later time that its words name.
Answer Ledger::deadlines(const Question& q) {
  Sql sql;
  sql.add(
      std::string("SELECT i.number, i.due_day AS date, i.holder, i.stance, i.toward, i.content, "
                  "i.condition, i.issue, a.id AS article, i.holder_country, i.toward_country, "
                  "i.article AS article_number, i.id, i.due AS \"when\", i.due_day AS "
                  "\"from\", i.due_last AS \"to\", a.day AS reported, i.confidence FROM "
                  "position i JOIN article a ON a.number = i.article WHERE i.due_day > ''"));
  if (q.sure) sql.add(" AND " + sure_sql(*db_, "position", *q.sure));
  for (const auto& [part, filter] : {std::pair{"by", q.by}, {"", q.actor}}) {
    if (filter.empty()) continue;
    std::vector<int64_t> list = who(filter);
    sql.add(" AND EXISTS (SELECT 1 FROM part o WHERE o.who IN (" +
            (list.empty() ? "-1" : numbers(list)) + ") AND " + part_is("o.", "position", part) +
            " AND o.day = " + day_code_of("i.day") + " AND o.number = i.number)");
  }
  if (q.behind_article) sql.add(fmt::format(" AND i.article > {}", q.behind_article));
  Period period = period_of(q.from, q.until);
  if (!period.from.empty()) sql.add(" AND i.due_last >= ?", {period.from});
  if (!period.until.empty()) sql.add(" AND i.due_day <= ?", {period.until});
  if (!q.after.empty()) {
    auto [day, number] = cursor(q.after);
    sql.add(fmt::format(" AND (i.due_day > ? OR (i.due_day = ? AND i.number > {}))", number),
            {day, day});
  }
  sql.add(fmt::format(" ORDER BY i.due_day, i.number LIMIT {}", q.limit + 1));
  Answer out = run(*db_, sql);
  cut_page(out, q.limit, 1, 0);
  return out;
}

}  // namespace chancery
