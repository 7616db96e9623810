// Lists of what the ledger holds: actors, articles, stories, issues, and articles by their words.
#include <fmt/format.h>

#include "ledger/filed.h"
#include "ledger/months.h"
#include "ledger/parts.h"
#include "ledger/question_sql.h"

namespace chancery {

Answer Ledger::actors(const Question& q) {
  Sql sql;
  // Counted for the rows of the page only.
  sql.add(
      "SELECT x.name, x.kind, x.country, x.sector, x.role, x.articles, x.mentions,"
      " (SELECT count(*) FROM part p WHERE p.who = x.number AND " +
      part_is("p.", "statement", "by") +
      ") AS statements,"
      " (SELECT count(*) FROM part p WHERE p.who = x.number AND " +
      part_is("p.", "event") + ") AS events, x.number, (SELECT " + day_words("d.day") +
      " FROM (SELECT min(p.day) AS day FROM part p WHERE p.who = x.number AND " +
      is_dated("p.day") +
      ") d) AS "
      "\"from\", (SELECT " +
      day_words("d.day") +
      " FROM (SELECT max(coalesce(p.last, p.day)) AS day FROM part p WHERE p.who = x.number) d) AS "
      "\"to\", CASE WHEN EXISTS (SELECT 1 FROM part p WHERE p.who = x.number AND " +
      is_dated("p.day") +
      ") THEN 'day' ELSE '' END AS precision, x.country_basis FROM (SELECT * FROM who x WHERE "
      "x.kind <> 'state'");
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
  cut_page(out, q.limit, 5, 9);
  return out;
}

Answer Ledger::search(const Question& q) {
  bool sqlite = db_->dialect() == Database::sqlite;
  Sql sql;
  Period period = period_of(q.from, q.until);
  // Ranking every article of a frequent word takes long: beyond some thousands the newest come
  // first.
  bool few;
  {
    Query count(*db_, "SELECT count(*) FROM (" + matching(*db_) + in_months(*db_, period, "") +
                          " LIMIT 3001) m");
    count.bind(matched_by(*db_, q.text)).step();
    few = count.integer(0) <= 3000;
  }
  std::string filter = period.from.empty() ? "" : " AND a.day >= ?";
  if (!period.until.empty()) filter += " AND a.day <= ? AND a.day > ''";
  if (q.behind_article) filter += fmt::format(" AND a.number > {}", q.behind_article);
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
            in_months(*db_, period, "w.") + filter + " ORDER BY " +
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

Answer Ledger::stories(const Question& q) {
  Sql sql;
  sql.add(
      "SELECT s.number, s.last, s.first, s.title, s.articles, s.first AS \"from\", s.last AS "
      "\"to\", 'day' AS precision FROM story s WHERE 1 = 1");
  if (q.story) sql.add(" AND s.number = " + story_now(q.story));
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
  if (q.behind_article) sql.add(fmt::format(" AND a.number > {}", q.behind_article));
  if (q.story) sql.add(" AND a.story = " + story_now(q.story));
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
  sql.add(in_months(*db_, period_of(q.from, q.until), ""));
  sql.add(" GROUP BY issue ORDER BY positions DESC, issue" + limit_and_offset(q));
  Answer out = run(*db_, sql);
  page_by_rank(out, q);
  return out;
}

}  // namespace chancery
