// Questions as SQL. Actors are looked up first; the rows of `part` of one of them, which stand in
// the order of time, then lead to the items, and everything else filters those. Text goes in as
// bound parameters only.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "base/calendar.h"
#include "base/error.h"
#include "base/strings.h"
#include "ledger/catalogue.h"
#include "ledger/filed.h"
#include "ledger/ledger.h"
#include "record/when.h"

namespace chancery {
namespace {

// SQL with its parameters, built piece by piece.
struct Sql {
  std::string text;
  std::vector<std::string> values;
  Sql& add(const std::string& more, std::initializer_list<std::string> with = {}) {
    text += more;
    values.insert(values.end(), with);
    return *this;
  }
};

std::string like(const std::string& text) {
  std::string out = "%";
  for (char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

// Free words as an FTS5 query: each quoted, so that no character of them is syntax.
std::string fts_query(const std::string& text) {
  std::string out;
  for (std::string_view word : split_words(text))
    out += (out.empty() ? "\"" : " \"") + replace_all(std::string(word), "\"", "\"\"") + "\"";
  return out.empty() ? "\"\"" : out;  // no words: in no article
}

std::string numbers(const std::vector<int64_t>& list) {
  std::string out;
  for (int64_t n : list) out += (out.empty() ? "" : ",") + std::to_string(n);
  return out;
}

// Articles whose text has all the words.
std::string matching(const Database& db) {
  return db.dialect() == Database::sqlite
             ? "SELECT rowid FROM words WHERE words MATCH ?"
             : "SELECT number FROM words WHERE search @@ plainto_tsquery('simple', ?)";
}
std::string matched_by(const Database& db, const std::string& text) {
  return db.dialect() == Database::sqlite ? fts_query(text) : text;
}

Answer collect(Query& q) {
  Answer out;
  while (q.step()) {
    if (out.columns.empty())
      for (int c = 0; c < q.columns(); ++c) out.columns.push_back(q.name(c));
    std::vector<std::string> row;
    for (int c = 0; c < q.columns(); ++c) row.push_back(q.text(c));
    out.rows.push_back(std::move(row));
  }
  if (out.columns.empty())
    for (int c = 0; c < q.columns(); ++c) out.columns.push_back(q.name(c));
  return out;
}

Answer run(Database& db, const Sql& sql) {
  Query q(db, sql.text);
  for (const std::string& v : sql.values) q.bind(v);
  return collect(q);
}

[[noreturn]] void no_mark(const std::string& after) {
  throw UsageError("'" + after.substr(0, 60) +
                   "' is no place in this answer; take `next` of the page before");
}

// A paging mark, what stands before and the number behind its bar.
std::pair<std::string, int64_t> mark(const std::string& after) {
  size_t bar = after.rfind('|');
  int64_t number = 0;
  if (bar == std::string::npos || after.size() > 60) no_mark(after);
  const char *begin = after.data() + bar + 1, *end = after.data() + after.size();
  auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop != end || begin == end || number < 0) no_mark(after);
  return {after.substr(0, bar), number};
}

// "2031-05-01|17": day and number of the last row of a page.
std::pair<std::string, int64_t> cursor(const std::string& after) {
  auto place = mark(after);
  if (!place.first.empty() && !When(place.first).valid()) no_mark(after);
  return place;
}

// "r|200": rows that came before. Of answers in no order of days: ranks and sums.
int64_t rows_before(const Question& q) {
  if (q.after.empty()) return 0;
  auto [kind, rows] = mark(q.after);
  if (kind != "r") no_mark(q.after);
  if (rows > 100000)
    throw UsageError(
        "a list by rank goes no further than its hundred thousandth row; ask more "
        "narrowly");
  return rows;
}

// Cuts an answer by rank that was asked for one row more than wanted.
void page_by_rank(Answer& a, const Question& q) {
  if (static_cast<int>(a.rows.size()) <= q.limit) return;
  a.rows.resize(static_cast<size_t>(q.limit));
  a.next = "r|" + std::to_string(rows_before(q) + q.limit);
}

std::string limit_and_offset(const Question& q) {
  return fmt::format(" LIMIT {} OFFSET {}", q.limit + 1, rows_before(q));
}

// The same of an article: it is of the day of its publication.
const char* kArticleTime =
    ", a.day AS \"from\", a.day AS \"to\", CASE WHEN a.day = '' THEN '' ELSE 'day' END AS "
    "precision";

// Of a sum over many rows: the first and the last day of what is counted; what has no day counts
// for neither. `named`: also under the names first and last.
std::string since_until(const std::string& day, const std::string& last, bool named) {
  std::string first_day = "min(nullif(" + day + ", ''))",
              last_day = "max(nullif(" + last + ", ''))";
  return (named ? first_day + " AS first, " + last_day + " AS last, " : "") + first_day +
         " AS \"from\", " + last_day + " AS \"to\", CASE WHEN " + first_day +
         " IS NULL THEN '' ELSE 'day' END AS precision";
}

// Cuts an answer that was asked for one row more than wanted, and says where the next page begins.
void page(Answer& a, int limit, size_t day, size_t number) {
  if (static_cast<int>(a.rows.size()) <= limit) return;
  a.rows.resize(static_cast<size_t>(limit));
  if (!a.rows.empty()) a.next = a.rows.back()[day] + "|" + a.rows.back()[number];
}

// The parts that actors play in an item.
std::vector<std::string> parts_of(const std::string& item) {
  if (item == "statement") return {"by", "toward", "via", "about"};
  if (item == "novelty") return {"by"};
  return {"by", "toward"};
}

// The earliest day on which something begins that reaches into a period from `from` on: not before
// this a question need look. `from` itself where nothing does.
std::string lower_bound(Database& db, const std::string& from) {
  Query q(db, "SELECT min(day) FROM span WHERE last >= ?");
  q.bind(from);
  if (!q.step() || q.null(0)) return from;
  return std::min(from, q.text(0));
}

// What has a day in common with the period a question asks for. `day` and `last` name the columns
// of the first and last day.
void in_period(Database& db, Sql& sql, const Question& q, const std::string& day,
               const std::string& last) {
  Period period = period_of(q.from, q.until);
  if (!period.from.empty()) {
    sql.add(" AND " + last + " >= ?", {period.from});
    if (day != last) sql.add(" AND " + day + " >= ?", {lower_bound(db, period.from)});
  }
  if (!period.until.empty()) sql.add(" AND " + day + " <= ?", {period.until});
  // What has no day is in no period. Said only where nothing else bounds the days from below: a
  // second bound might keep the store from using the first.
  if (period.from.empty() && !period.until.empty()) sql.add(" AND " + day + " > ''");
}

// A page of rows by day and number, the newest first, of a statement that ends in its conditions;
// the second and first columns are day and number.
Answer newest_first(Database& db, Sql& sql, const Question& q, const std::string& last,
                    const std::string& first, const std::string& number) {
  Period period = period_of(q.from, q.until);
  if (!period.from.empty()) sql.add(" AND " + last + " >= ?", {period.from});
  if (!period.until.empty()) sql.add(" AND " + first + " <= ?", {period.until});
  if (period.from.empty() && !period.until.empty()) sql.add(" AND " + first + " > ''");
  if (!q.after.empty()) {
    auto [day, at] = cursor(q.after);
    sql.add(fmt::format(" AND ({0} < ? OR ({0} = ? AND {1} < {2}))", last, number, at), {day, day});
  }
  sql.add(fmt::format(" ORDER BY {} DESC, {} DESC LIMIT {}", last, number, q.limit + 1));
  Answer out = run(db, sql);
  page(out, q.limit, 1, 0);
  return out;
}

// A list in the order of time in which what cannot be dated comes last, whichever end of time the
// list begins with: all of the dated first, then the others in the order of their numbers.
Answer dated_first(const Question& q, const std::function<Answer(const Question&, bool)>& ask) {
  if (!q.after.empty() && cursor(q.after).first.empty()) return ask(q, false);
  Answer out = ask(q, true);
  if (!out.next.empty()) return out;
  Question rest = q;
  rest.after.clear();
  int room = q.limit - static_cast<int>(out.rows.size());
  rest.limit = std::max(1, room);
  Answer undated = ask(rest, false);
  if (undated.rows.empty()) return out;
  if (room > 0) {
    out.rows.insert(out.rows.end(), undated.rows.begin(), undated.rows.end());
    out.next = undated.next;
  } else {
    out.next = q.newest_first ? "|9223372036854775807" : "|0";
  }
  return out;
}

// Takes the last column, the day by which the rows are ordered, away.
void drop_last(Answer& a) {
  if (!a.columns.empty()) a.columns.pop_back();
  for (auto& row : a.rows) row.pop_back();
}

}  // namespace

std::vector<int64_t> Ledger::who(const ActorFilter& f, int64_t* articles) {
  std::vector<int64_t> out;
  auto take = [&](Query& q) {
    while (q.step()) {
      out.push_back(q.integer(0));
      if (articles) *articles += q.integer(1);
    }
  };
  if (articles) *articles = 0;
  if (!f.country.empty()) {
    Query q(*db_,
            "SELECT number, articles FROM who WHERE name = ? AND kind = 'state' AND country = ?");
    take(q.bind(f.country).bind(f.country));
  }
  if (!f.name.empty()) {
    Query q(*db_, fmt::format("SELECT number, articles FROM who WHERE name {} ? ESCAPE '\\' AND "
                              "kind <> 'state' ORDER BY articles DESC, number LIMIT 60",
                              db_->like()));
    take(q.bind(like(f.name)));
  }
  return out;
}

Answer Ledger::ask(const std::string& item, const std::string& select, const Question& q,
                   const std::vector<std::pair<std::string, ActorFilter>>& parts,
                   const std::string& extra) {
  return dated_first(q, [&](const Question& part, bool dated) {
    // A page is most often among the first rows of the leading side: these are tried first, and all
    // of them only when they do not fill it.
    for (int rows : {8 * (part.limit + 1), 0}) {
      bool cut = false;
      Answer a = ask_among(item, select, part, parts, extra, dated, rows, cut);
      if (!cut || !a.next.empty()) return a;
    }
    return Answer{};
  });
}

Answer Ledger::ask_among(const std::string& item, const std::string& select, const Question& q,
                         const std::vector<std::pair<std::string, ActorFilter>>& parts,
                         const std::string& extra, bool dated, int among, bool& cut) {
  struct Side {
    std::string part;
    std::vector<int64_t> who;
    int64_t articles = 0;
  };
  std::vector<Side> sides;
  bool nobody = false;
  auto side = [&](const std::string& part, const ActorFilter& filter) {
    Side s{part, {}, 0};
    s.who = who(filter, &s.articles);
    return s;
  };
  for (const auto& [part, filter] : parts)
    if (!filter.empty()) sides.push_back(side(part, filter));
  if (!q.actor.empty()) sides.push_back(side("", q.actor));
  if (!q.country.empty()) sides.push_back(side("", {"", q.country}));
  for (const Side& s : sides) nobody |= s.who.empty();
  // Who is spoken of by name is a side like the others; other words are looked for in the content.
  bool by_words = !q.about.empty();
  if (by_words && item == "statement") {
    // "NOR": whoever is of that state.
    bool code = q.about.size() == 3 && std::all_of(q.about.begin(), q.about.end(),
                                                   [](char c) { return c >= 'A' && c <= 'Z'; });
    if (Side s = side("about", code ? ActorFilter{"", q.about} : ActorFilter{q.about, ""});
        !s.who.empty()) {
      sides.push_back(std::move(s));
      by_words = false;
    }
  }
  // The rarest leads: the others are then looked up for few rows.
  std::stable_sort(sides.begin(), sides.end(),
                   [](const Side& a, const Side& b) { return a.articles < b.articles; });
  std::string order = q.newest_first ? " DESC" : "", beyond = q.newest_first ? "<" : ">";
  // The dated by their own days; what cannot be dated by the day of its report, where its article
  // is joined.
  bool by_report = !dated && !(q.from.empty() && q.until.empty());
  auto day_filter = [&](Sql& sql, const std::string& of) {
    const std::string day = of + "day", number = of + "number";
    if (dated) in_period(*db_, sql, q, day, of + "last");
    if (!dated || (q.from.empty() && q.until.empty()))
      sql.add(" AND " + day + (dated ? " > ''" : " = ''"));
    if (q.after.empty()) return;
    auto [last_day, last_number] = cursor(q.after);
    if (dated)
      sql.add(fmt::format(" AND ({0} {1} ? OR ({0} = ? AND {2} {1} {3}))", day, beyond, number,
                          last_number),
              {last_day, last_day});
    else sql.add(fmt::format(" AND {} {} {}", number, beyond, last_number));
  };
  auto part_rows = [&](const std::string& part, const std::vector<int64_t>& list) {
    std::string sql = "who IN (" + numbers(list) + ") AND item = '" + item + "'";
    return part.empty() ? sql : sql + " AND part = '" + part + "'";
  };
  Sql sql;
  sql.add("SELECT " + select + ", i.day AS sort_day FROM ");
  if (nobody) {
    sql.add(item + " i JOIN article a ON a.number = i.article WHERE 1 = 0");
  } else {
    // The first side leads; a content that names the words leads when nobody is asked for.
    if (!sides.empty()) {
      Sql lead;
      // Nothing else filters: the page can be cut here, before anything is joined to it.
      bool alone = sides.size() == 1 && !by_words && q.text.empty() && q.topic.empty() &&
                   q.stance.empty() && q.type.empty() && q.mode.empty() && q.status.empty() &&
                   q.force.empty() && q.quote.empty() && !q.story && !q.article && extra.empty() &&
                   !by_report;
      int rows = alone ? q.limit + 1 : among;
      cut = !alone && among;
      const Side& first = sides[0];
      if (rows) {
        // Each of them in each part stands in the order of time: the first rows of all together are
        // among the first rows of each.
        for (const std::string& part :
             first.part.empty() ? parts_of(item) : std::vector<std::string>{first.part})
          for (int64_t one : first.who) {
            lead.add(lead.text.empty() ? "SELECT day, number FROM ("
                                       : " UNION SELECT day, number FROM (");
            lead.add("SELECT day, number FROM part WHERE " + part_rows(part, {one}));
            day_filter(lead, "");
            lead.add(fmt::format(" ORDER BY day{}, number{} LIMIT {}) x{}", order, order, rows,
                                 lead.values.size()));
          }
        lead.add(fmt::format(" ORDER BY day{}, number{} LIMIT {}", order, order, rows));
      } else {
        lead.add("SELECT " +
                 std::string(first.who.size() > 1 || first.part.empty() ? "DISTINCT " : "") +
                 "day, number FROM part WHERE " + part_rows(first.part, first.who));
        day_filter(lead, "");
      }
      sql.add("(" + lead.text + ") p JOIN " + item +
              " i ON i.number = p.number JOIN article a ON a.number = i.article WHERE 1 = 1");
      sql.values.insert(sql.values.end(), lead.values.begin(), lead.values.end());
    } else {
      sql.add(item + " i JOIN article a ON a.number = i.article WHERE 1 = 1");
      day_filter(sql, "i.");
    }
    for (size_t k = 1; k < sides.size(); ++k)
      sql.add(" AND EXISTS (SELECT 1 FROM part o WHERE o." +
              replace_all(part_rows(sides[k].part, sides[k].who), " AND ", " AND o.") +
              " AND o.day = i.day AND o.number = i.number)");
    if (by_words)
      sql.add(" AND i.article IN (" + matching(*db_) + ") AND i.content " + db_->like() +
                  " ? ESCAPE '\\'",
              {matched_by(*db_, q.about), like(q.about)});
    if (!q.text.empty())
      sql.add(" AND i.article IN (" + matching(*db_) + ")", {matched_by(*db_, q.text)});
    if (!q.topic.empty()) {
      bool issue;
      {
        Query known(*db_, "SELECT 1 FROM position WHERE issue = ? LIMIT 1");
        issue = known.bind(q.topic).step();
      }
      // Without an issue of that name the words must stand in the article at all.
      if (issue)
        sql.add(std::string(" AND (i.issue = ?") +
                    (sides.empty() ? ")"
                                   : std::string(" OR i.topic ") + db_->like() + " ? ESCAPE '\\')"),
                {q.topic});
      else
        sql.add(std::string(" AND i.article IN (") + matching(*db_) + ") AND (i.topic " +
                    db_->like() + " ? ESCAPE '\\' OR i.content " + db_->like() +
                    " ? ESCAPE '\\' OR i.condition " + db_->like() + " ? ESCAPE '\\')",
                {matched_by(*db_, q.topic), like(q.topic), like(q.topic), like(q.topic)});
      if (issue && !sides.empty()) sql.values.push_back(like(q.topic));
    }
    if (!q.stance.empty()) sql.add(" AND i.stance = ?", {q.stance});
    if (!q.type.empty()) sql.add(" AND i.type = ?", {q.type});
    if (!q.mode.empty()) sql.add(" AND i.mode = ?", {q.mode});
    if (!q.status.empty()) sql.add(" AND i.status = ?", {q.status});
    if (!q.force.empty()) sql.add(" AND i.force = ?", {q.force});
    if (!q.quote.empty()) sql.add(" AND i.quote = ?", {q.quote});
    if (q.story) sql.add(fmt::format(" AND a.story = {}", q.story));
    if (q.article) sql.add(fmt::format(" AND i.article = {}", q.article));
    if (by_report) in_period(*db_, sql, q, "a.day", "a.day");
    if (!extra.empty()) sql.add(" AND " + extra);
  }
  // The part's own day and number are the item's, and stand in order already.
  std::string by = nobody || sides.empty() ? "i" : "p";
  sql.add(fmt::format(" ORDER BY {0}.day{1}, {0}.number{1} LIMIT {2}", by, order, q.limit + 1));
  Answer out = run(*db_, sql);
  if (!out.columns.empty()) page(out, q.limit, out.columns.size() - 1, 0);
  drop_last(out);
  return out;
}

namespace {
// When an item was, as every answer says it: its own time, the days it covers, how exact it is; and
// the day of its report.
const char* kTimeColumns =
    ", i.moment AS \"when\", i.day AS \"from\", i.last AS \"to\", i.precision, a.day AS reported";
}  // namespace

Answer Ledger::statements(const Question& q) {
  return ask("statement",
             std::string(
                 "i.number, i.day AS date, i.speaker, i.via, i.quote, i.content, i.occasion, a.id "
                 "AS article, "
                 "i.force, i.addressee, i.place, i.confidence, i.article AS article_number, i.id") +
                 kTimeColumns,
             q, {{"by", q.by}, {"toward", q.toward}}, "");
}

namespace {
std::string event_columns() {
  return std::string(
             "i.number, i.day AS date, i.source, i.type, i.mode, i.target, i.status, i.place, "
             "i.cameo, i.goldstein, i.words, a.id AS article, i.happening, i.article AS "
             "article_number, i.id") +
         kTimeColumns;
}
}  // namespace

Answer Ledger::events(const Question& q) {
  if (q.between_a.empty() && q.between_b.empty())
    return ask("event", event_columns(), q, {{"by", q.by}, {"toward", q.toward}}, "");
  if (!q.between_a.country.empty() && !q.between_b.country.empty() && q.by.empty() &&
      q.toward.empty() && q.actor.empty() && q.country.empty() && q.mode.empty() &&
      q.text.empty() && !q.story && !q.article)
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
            ") p JOIN event i ON i.number = p.event JOIN article a ON a.number = i.article WHERE "
            "1 = 1");
    sql.values = lead.values;
    if (by_report) in_period(*db_, sql, q, "a.day", "a.day");
    sql.add(fmt::format(" ORDER BY p.day{0}, p.event{0} LIMIT {1}", order, q.limit + 1));
    Answer out = run(*db_, sql);
    if (!out.columns.empty()) page(out, q.limit, out.columns.size() - 1, 0);
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
          kTimeColumns,
      q, {{"by", q.by}, {"toward", q.toward}}, "");
}

Answer Ledger::actors(const Question& q) {
  Sql sql;
  // Counted for the rows of the page only.
  sql.add(
      "SELECT x.name, x.kind, x.country, x.sector, x.role, x.articles, x.mentions,"
      " (SELECT count(*) FROM part p WHERE p.who = x.number AND p.item = 'statement' AND p.part = "
      "'by') AS statements,"
      " (SELECT count(*) FROM part p WHERE p.who = x.number AND p.item = 'event') AS events, "
      "x.number, (SELECT min(nullif(p.day, '')) FROM part p WHERE p.who = x.number) AS \"from\","
      " (SELECT max(nullif(p.last, '')) FROM part p WHERE p.who = x.number) AS \"to\", CASE WHEN "
      "EXISTS (SELECT 1 FROM part p WHERE p.who = x.number AND p.day > '') THEN 'day' ELSE '' END "
      "AS precision FROM (SELECT * FROM who x WHERE x.kind <> 'state'");
  std::string like_sql = std::string("x.name ") + db_->like() + " ? ESCAPE '\\'";
  if (!q.actor.name.empty() && !q.actor.country.empty())
    sql.add(" AND (x.country = ? OR " + like_sql + ")", {q.actor.country, like(q.actor.name)});
  else if (!q.actor.country.empty()) sql.add(" AND x.country = ?", {q.actor.country});
  else if (!q.actor.name.empty()) sql.add(" AND " + like_sql, {like(q.actor.name)});
  else sql.add(" AND (x.country <> '' OR x.kind = 'person')");
  if (!q.country.empty()) sql.add(" AND x.country = ?", {q.country});
  if (!q.text.empty())
    sql.add(" AND x.number IN (SELECT who FROM actor WHERE article IN (" + matching(*db_) + "))",
            {matched_by(*db_, q.text)});
  if (!q.after.empty()) {
    auto [articles, number] = mark(q.after);
    if (articles.empty() || articles.find_first_not_of("0123456789") != std::string::npos ||
        articles.size() > 15)
      no_mark(q.after);
    sql.add(fmt::format(" AND (x.articles < {} OR (x.articles = {} AND x.number > {}))", articles,
                        articles, number));
  }
  sql.add(fmt::format(
      " ORDER BY x.articles DESC, x.number LIMIT {}) x ORDER BY x.articles DESC, x.number",
      q.limit + 1));
  Answer out = run(*db_, sql);
  page(out, q.limit, 5, 9);
  return out;
}

Answer Ledger::search(const Question& q) {
  bool sqlite = db_->dialect() == Database::sqlite;
  // Ranking every article of a frequent word takes long: beyond some thousands the newest come
  // first.
  bool few;
  {
    Query count(*db_, "SELECT count(*) FROM (" + matching(*db_) + " LIMIT 3001) m");
    count.bind(matched_by(*db_, q.text)).step();
    few = count.integer(0) <= 3000;
  }
  Sql sql;
  Period period = period_of(q.from, q.until);
  std::string filter = period.from.empty() ? "" : " AND a.day >= ?";
  if (!period.until.empty()) filter += " AND a.day <= ? AND a.day > ''";
  if (sqlite)
    sql.add(
        "SELECT a.number, a.day AS date, a.title, snippet(words, 1, '[', ']', ' … ', 24) AS words, "
        "a.id AS article, a.publisher, a.copy_of" +
            std::string(kArticleTime) +
            " FROM words JOIN article a ON a.number = words.rowid WHERE words MATCH ?" + filter +
            " ORDER BY " + (few ? "rank, " : "") + "words.rowid DESC",
        {fts_query(q.text)});
  else
    sql.add(
        "SELECT a.number, a.day AS date, a.title, ts_headline('simple', w.text, "
        "plainto_tsquery('simple', ?), 'StartSel=[, StopSel=], MaxWords=24, MinWords=8, "
        "MaxFragments=2, FragmentDelimiter= … ') AS words, a.id AS article, a.publisher, "
        "a.copy_of" +
            std::string(kArticleTime) +
            " FROM words w JOIN article a ON a.number = w.number WHERE w.search @@ "
            "plainto_tsquery('simple', ?)" +
            filter + " ORDER BY " +
            (few ? "ts_rank(w.search, plainto_tsquery('simple', ?)) DESC, " : "") + "a.number DESC",
        {q.text, q.text});
  if (!period.from.empty()) sql.values.push_back(period.from);
  if (!period.until.empty()) sql.values.push_back(period.until);
  if (!sqlite && few) sql.values.push_back(q.text);
  sql.add(limit_and_offset(q));
  Answer out = run(*db_, sql);
  page_by_rank(out, q);
  return out;
}

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
    ++(query.text(3) == q.between_a.country ? s.forth : s.back);
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
                 "precision"};
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
         fmt::format("{:.2f}", s.goldstein / s.events), days.from_day(), days.to_day(), period});
  }
  return out;
}

Answer Ledger::happenings(const Question& q) {
  return ask(
      "event",
      std::string(
          "i.number, i.day AS date, i.source, i.type, i.target, i.status, i.place, i.goldstein, "
          "(SELECT h.reports FROM happening h WHERE h.number = i.happening) AS reports, "
          "i.words, a.id AS article, i.happening, i.article AS article_number") +
          kTimeColumns,
      q,
      {{"by", q.between_a.empty() ? q.by : q.between_a},
       {"toward", q.between_b.empty() ? q.toward : q.between_b}},
      "i.first = 1");
}

Answer Ledger::stories(const Question& q) {
  Sql sql;
  sql.add(
      "SELECT s.number, s.last, s.first, s.title, s.articles, s.first AS \"from\", s.last AS "
      "\"to\", 'day' AS precision FROM story s WHERE 1 = 1");
  if (!q.actor.empty()) {
    std::vector<int64_t> list = who(q.actor);
    sql.add(
        list.empty()
            ? " AND 1 = 0"
            : " AND s.number IN (SELECT a.story FROM (SELECT article FROM actor WHERE who IN (" +
                  numbers(list) +
                  ") ORDER BY article DESC LIMIT 2000) x JOIN article a ON a.number = x.article)");
  }
  if (!q.text.empty())
    sql.add(" AND s.number IN (SELECT story FROM article WHERE number IN (" + matching(*db_) + "))",
            {matched_by(*db_, q.text)});
  return newest_first(*db_, sql, q, "s.last", "s.first", "s.number");
}

Answer Ledger::articles_of(const Question& q) {
  Sql sql;
  sql.add(
      "SELECT a.number, a.day AS date, a.publisher, a.title, a.id AS article, a.url, a.copy_of, "
      "a.replaces, a.story" +
      std::string(kArticleTime) + " FROM article a WHERE 1 = 1");
  if (q.story) sql.add(fmt::format(" AND a.story = {}", q.story));
  if (q.article) sql.add(fmt::format(" AND (a.copy_of = {0} OR a.number = {0})", q.article));
  if (!q.actor.empty()) {
    std::vector<int64_t> list = who(q.actor);
    sql.add(list.empty() ? " AND 1 = 0"
                         : " AND a.number IN (SELECT article FROM actor WHERE who IN (" +
                               numbers(list) + "))");
  }
  if (!q.text.empty())
    sql.add(" AND a.number IN (" + matching(*db_) + ")", {matched_by(*db_, q.text)});
  return newest_first(*db_, sql, q, "a.day", "a.day", "a.number");
}

Answer Ledger::copies(const Question& q) {
  Sql sql;
  sql.add(
      "SELECT a.number, a.day AS date, a.publisher, a.title, a.id AS article, CASE WHEN a.copy_of "
      "IS NULL THEN 'version of' ELSE 'copy of' END AS what, o.id AS other, o.publisher AS "
      "other_publisher" +
      std::string(kArticleTime) +
      " FROM article a JOIN article o ON o.number = coalesce(a.copy_of, a.replaces) "
      "WHERE 1 = 1");
  return newest_first(*db_, sql, q, "a.day", "a.day", "a.number");
}

Answer Ledger::topics(const Question& q) {
  Sql sql;
  sql.add("SELECT issue, count(*) AS positions, count(DISTINCT holder) AS holders, " +
          since_until("day", "last", true) + " FROM position WHERE issue <> ''");
  in_period(*db_, sql, q, "day", "last");
  sql.add(" GROUP BY issue ORDER BY positions DESC, issue" + limit_and_offset(q));
  Answer out = run(*db_, sql);
  page_by_rank(out, q);
  return out;
}

Answer Ledger::contacts(const Question& q) {
  // Of the newest events only, some thousands: a state that is in every report has hundreds of
  // thousands.
  std::vector<int64_t> list = who(q.actor);
  if (list.size() > 20) list.resize(20);
  Sql sql, newest;
  for (const char* part : {"by", "toward"})
    for (int64_t one : list.empty() ? std::vector<int64_t>{-1} : list) {
      newest.add(newest.text.empty() ? "SELECT day, number, part FROM ("
                                     : " UNION ALL SELECT day, number, part FROM (");
      newest.add(fmt::format(
          "SELECT day, number, part FROM part WHERE who = {} AND item = 'event' AND part = '{}'",
          one, part));
      in_period(*db_, newest, q, "day", "last");
      newest.add(fmt::format(" ORDER BY day DESC, number DESC LIMIT {}) x{}{}",
                             2000 / std::max<size_t>(1, list.size()), part, one < 0 ? 0 : one));
    }
  // The other side as the event names it.
  sql.values = newest.values;
  sql.add(
      "SELECT o.name, o.country, o.type, count(DISTINCT o.happening) AS acts, " +
      since_until("o.day", "o.last", true) +
      " FROM (SELECT CASE WHEN p.part = 'by' THEN e.target ELSE e.source END AS "
      "name, CASE WHEN p.part = 'by' THEN e.target_country ELSE e.source_country END AS country, "
      "e.type, e.happening, e.day, e.last FROM (" +
      newest.text + ") p JOIN event e ON e.number = p.number) o WHERE o.name <> ''");
  if (!q.actor.country.empty()) sql.add(" AND o.country <> ?", {q.actor.country});
  sql.add(" GROUP BY o.name, o.country, o.type ORDER BY acts DESC, o.name, o.country, o.type" +
          limit_and_offset(q));
  Answer out = run(*db_, sql);
  page_by_rank(out, q);
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
