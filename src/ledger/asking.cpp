// How items are found. Actors are looked up first; the rows of `part` of one of them, which stand in
// the order of time, then lead to the items, and everything else filters those.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/parts.h"
#include "ledger/question_sql.h"

namespace chancery {
namespace {

// The parts that actors play in an item.
std::vector<std::string> parts_of(const std::string& item) {
  if (item == "statement") return {"by", "toward", "via", "about"};
  if (item == "novelty") return {"by"};
  return {"by", "toward"};
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
  auto day_filter = [&](Sql& sql) {
    if (dated) in_period(*db_, sql, q, "i.day", "i.last");
    if (!dated || (q.from.empty() && q.until.empty()))
      sql.add(std::string(" AND i.day") + (dated ? " > ''" : " = ''"));
    if (q.after.empty()) return;
    auto [last_day, last_number] = cursor(q.after);
    if (dated)
      sql.add(fmt::format(" AND (i.day {0} ? OR (i.day = ? AND i.number {0} {1}))", beyond,
                          last_number),
              {last_day, last_day});
    else sql.add(fmt::format(" AND i.number {} {}", beyond, last_number));
  };
  // The same of the rows of `part`, whose days are numbers.
  auto part_filter = [&](Sql& sql) {
    if (dated) parts_in_period(*db_, sql, q);
    if (!dated || (q.from.empty() && q.until.empty()))
      sql.add(std::string(" AND day") + (dated ? " > 0" : " = 0"));
    if (q.after.empty()) return;
    auto [last_day, last_number] = cursor(q.after);
    if (dated)
      sql.add(fmt::format(" AND (day {0} {1} OR (day = {1} AND number {0} {2}))", beyond,
                          day_code(last_day), last_number));
    else sql.add(fmt::format(" AND number {} {}", beyond, last_number));
  };
  auto part_rows = [&](const std::string& of, const std::string& part,
                       const std::vector<int64_t>& list) {
    return of + "who IN (" + numbers(list) + ") AND " + part_is(of, item, part);
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
                   q.force.empty() && q.quote.empty() && !q.story && !q.article && !q.sure &&
                   !q.behind_article && extra.empty() && !by_report;
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
            lead.add("SELECT day, number FROM part WHERE " + part_rows("", part, {one}));
            part_filter(lead);
            lead.add(fmt::format(" ORDER BY day{}, number{} LIMIT {}) x{}", order, order, rows,
                                 lead.values.size()));
          }
        lead.add(fmt::format(" ORDER BY day{}, number{} LIMIT {}", order, order, rows));
      } else {
        lead.add("SELECT " +
                 std::string(first.who.size() > 1 || first.part.empty() ? "DISTINCT " : "") +
                 "day, number FROM part WHERE " + part_rows("", first.part, first.who));
        part_filter(lead);
      }
      sql.add("(" + lead.text + ") p JOIN " + item +
              " i ON i.number = p.number JOIN article a ON a.number = i.article WHERE 1 = 1");
      sql.values.insert(sql.values.end(), lead.values.begin(), lead.values.end());
    } else {
      sql.add(item + " i JOIN article a ON a.number = i.article WHERE 1 = 1");
      day_filter(sql);
    }
    for (size_t k = 1; k < sides.size(); ++k)
      sql.add(" AND EXISTS (SELECT 1 FROM part o WHERE " +
              part_rows("o.", sides[k].part, sides[k].who) +
              " AND o.day = " + day_code_of("i.day") + " AND o.number = i.number)");
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
    if (q.behind_article) sql.add(fmt::format(" AND i.article > {}", q.behind_article));
    if (q.sure && item != "novelty") sql.add(" AND " + sure_sql(item, *q.sure));
    if (!extra.empty()) sql.add(" AND " + extra);
  }
  // The part's own day and number are the item's, and stand in order already.
  std::string by = nobody || sides.empty() ? "i" : "p";
  sql.add(fmt::format(" ORDER BY {0}.day{1}, {0}.number{1} LIMIT {2}", by, order, q.limit + 1));
  Answer out = run(*db_, sql);
  if (!out.columns.empty()) cut_page(out, q.limit, out.columns.size() - 1, 0);
  drop_last(out);
  return out;
}

}  // namespace chancery
