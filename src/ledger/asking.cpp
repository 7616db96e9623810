// How items are found. Actors are looked up first; the rows of `part` of one of them, which stand in
// the order of time, then lead to the items, and everything else filters those.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/months.h"
#include "ledger/parts.h"
#include "ledger/question_sql.h"

namespace chancery {
namespace {

// The parts that actors play in an item.
std::vector<std::string> parts_of(const std::string& item) {
  if (item == "statement") return {"by", "toward", "via", "about"};
  if (item == "novelty" || item == "occasion") return {"by"};
  return {"by", "toward"};
}

// One question to the items of a kind, put together.
class Asking {
 public:
  Asking(Database& db, const std::string& item, const Question& q, bool dated)
      : db_(db),
        item_(item),
        q_(q),
        dated_(dated),
        by_report_(!dated && !(q.from.empty() && q.until.empty())),
        by_words_(!q.about.empty()),
        order_(q.newest_first ? " DESC" : ""),
        beyond_(q.newest_first ? "<" : ">") {}

  // Somebody with a part in the items: "" for any.
  struct Side {
    std::string part;
    std::vector<int64_t> who;
    int64_t articles = 0;
  };

  void add(Side side) {
    nobody_ |= side.who.empty();
    sides_.push_back(std::move(side));
  }
  // Who is spoken of by name is a side like the others; other words are looked for in the content.
  void add_spoken_of(Side side) {
    if (side.who.empty()) return;
    sides_.push_back(std::move(side));
    by_words_ = false;
  }

  // `among`: so many rows of the leading side, 0 for all; `cut` is set where these may be too few.
  Sql sql(const std::string& select, const std::string& extra, int among, bool& cut) {
    // The rarest leads: the others are then looked up for few rows.
    std::stable_sort(sides_.begin(), sides_.end(),
                     [](const Side& a, const Side& b) { return a.articles < b.articles; });
    Sql sql;
    sql.add("SELECT " + select + ", i.day AS sort_day FROM ");
    if (nobody_) {
      sql.add(item_ + " i JOIN article a ON a.number = i.article WHERE 1 = 0");
    } else {
      lead(extra, among, cut, sql);
      if (lies_by_months(db_, item_)) months(sql);
      other_sides(sql);
      words(sql);
      closed_lists(sql);
      if (!extra.empty()) sql.add(" AND " + extra);
    }
    // The part's own day and number are the item's, and stand in order already.
    const std::string by = nobody_ || sides_.empty() ? "i" : "p";
    sql.add(fmt::format(" ORDER BY {0}.day{1}, {0}.number{1} LIMIT {2}", by, order_, q_.limit + 1));
    return sql;
  }

 private:
  // The dated by their own days; what cannot be dated by the day of its report, where its article
  // is joined.
  void day_filter(Sql& sql) const {
    if (dated_) in_period(db_, sql, q_, "i.day", "i.last");
    if (!dated_ || (q_.from.empty() && q_.until.empty()))
      sql.add(std::string(" AND i.day") + (dated_ ? " > ''" : " = ''"));
    if (q_.after.empty()) return;
    auto [last_day, last_number] = cursor(q_.after);
    if (dated_)
      sql.add(fmt::format(" AND (i.day {0} ? OR (i.day = ? AND i.number {0} {1}))", beyond_,
                          last_number),
              {last_day, last_day});
    else sql.add(fmt::format(" AND i.number {} {}", beyond_, last_number));
  }

  // In which partitions they can be.
  void months(Sql& sql) const {
    sql.add(dated_ ? in_months(db_, period_of(q_.from, q_.until)) : in_no_month(db_));
    if (dated_ && !sides_.empty()) sql.add(at_month_of_code(db_, "p.day"));
    if (!q_.article) return;
    Query day(db_, "SELECT day FROM article WHERE number = ?");
    if (day.bind(q_.article).step()) sql.add(at_month(db_, month_of(day.text(0))));
  }

  // The same of the rows of `part`, whose days are numbers.
  void part_filter(Sql& sql) const {
    if (dated_) parts_in_period(db_, sql, q_);
    if (!dated_ || (q_.from.empty() && q_.until.empty()))
      sql.add(" AND " + (dated_ ? is_dated("day") : is_undated("day")));
    if (q_.after.empty()) return;
    auto [last_day, last_number] = cursor(q_.after);
    if (dated_)
      sql.add(fmt::format(" AND (day {0} {1} OR (day = {1} AND number {0} {2}))", beyond_,
                          day_code(last_day), last_number));
    else sql.add(fmt::format(" AND number {} {}", beyond_, last_number));
  }

  // `of`: the name before each column, "o." or none.
  std::string part_rows(const std::string& of, const std::string& part,
                        const std::vector<int64_t>& list) const {
    return of + "who IN (" + numbers(list) + ") AND " + part_is(of, item_, part);
  }

  // Does nothing but its one side filter? Then the page can be cut before anything is joined to it.
  bool alone(const std::string& extra) const {
    return sides_.size() == 1 && !by_words_ && q_.text.empty() && q_.topic.empty() &&
           q_.stance.empty() && q_.type.empty() && q_.mode.empty() && q_.status.empty() &&
           q_.force.empty() && q_.quote.empty() && !q_.story && !q_.article && !q_.sure &&
           !q_.behind_article && extra.empty() && !by_report_;
  }

  // The first side leads; a content that names the words leads when nobody is asked for.
  void lead(const std::string& extra, int among, bool& cut, Sql& sql) const {
    if (sides_.empty()) {
      sql.add(item_ + " i JOIN article a ON a.number = i.article WHERE 1 = 1");
      day_filter(sql);
      return;
    }
    const bool only = alone(extra);
    cut = !only && among;
    const Sql rows = only || among ? first_rows(only ? q_.limit + 1 : among) : all_rows();
    sql.add("(" + rows.text + ") p JOIN " + item_ +
            " i ON i.number = p.number JOIN article a ON a.number = i.article WHERE 1 = 1");
    sql.values.insert(sql.values.end(), rows.values.begin(), rows.values.end());
    if (dated_ && (only || among) && lies_by_months(db_, item_))
      sql.add(at_months_of(db_, rows, month_of_code("day")));
  }

  // Each of them in each part stands in the order of time: the first rows of all together are among
  // the first rows of each.
  Sql first_rows(int rows) const {
    const Side& first = sides_[0];
    Sql out;
    for (const std::string& part :
         first.part.empty() ? parts_of(item_) : std::vector<std::string>{first.part})
      for (int64_t one : first.who) {
        out.add(out.text.empty() ? "SELECT day, number FROM ("
                                 : " UNION SELECT day, number FROM (");
        out.add("SELECT day, number FROM part WHERE " + part_rows("", part, {one}));
        part_filter(out);
        out.add(fmt::format(" ORDER BY day{}, number{} LIMIT {}) x{}", order_, order_, rows,
                            out.values.size()));
      }
    out.add(fmt::format(" ORDER BY day{}, number{} LIMIT {}", order_, order_, rows));
    return out;
  }

  Sql all_rows() const {
    const Side& first = sides_[0];
    Sql out;
    out.add("SELECT " + std::string(first.who.size() > 1 || first.part.empty() ? "DISTINCT " : "") +
            "day, number FROM part WHERE " + part_rows("", first.part, first.who));
    part_filter(out);
    return out;
  }

  void other_sides(Sql& sql) const {
    for (size_t k = 1; k < sides_.size(); ++k)
      sql.add(" AND EXISTS (SELECT 1 FROM part o WHERE " +
              part_rows("o.", sides_[k].part, sides_[k].who) +
              " AND o.day = " + day_code_of("i.day") + " AND o.number = i.number)");
  }

  void words(Sql& sql) const {
    if (by_words_)
      sql.add(" AND i.article IN (" + matching(db_) + ") AND i.content " + db_.like() +
                  " ? ESCAPE '\\'",
              {matched_by(db_, q_.about), like(q_.about)});
    if (!q_.text.empty())
      sql.add(" AND i.article IN (" + matching(db_) + ")", {matched_by(db_, q_.text)});
    if (!q_.topic.empty()) topic(sql);
  }

  void topic(Sql& sql) const {
    bool issue;
    {
      Query known(db_, "SELECT 1 FROM position WHERE issue = ? LIMIT 1");
      issue = known.bind(q_.topic).step();
    }
    // Without an issue of that name the words must stand in the article at all.
    if (issue)
      sql.add(
          std::string(" AND (i.issue = ?") +
              (sides_.empty() ? ")" : std::string(" OR i.topic ") + db_.like() + " ? ESCAPE '\\')"),
          {q_.topic});
    else
      sql.add(std::string(" AND i.article IN (") + matching(db_) + ") AND (i.topic " + db_.like() +
                  " ? ESCAPE '\\' OR i.content " + db_.like() + " ? ESCAPE '\\' OR i.condition " +
                  db_.like() + " ? ESCAPE '\\')",
              {matched_by(db_, q_.topic), like(q_.topic), like(q_.topic), like(q_.topic)});
    if (issue && !sides_.empty()) sql.values.push_back(like(q_.topic));
  }

  // What is one of a list, and where it stands.
  void closed_lists(Sql& sql) const {
    const std::pair<const char*, const std::string&> columns[] = {
        {"stance", q_.stance}, {"type", q_.type},   {"mode", q_.mode},
        {"status", q_.status}, {"force", q_.force}, {"quote", q_.quote}};
    for (const auto& [column, value] : columns)
      if (!value.empty()) sql.add(std::string(" AND i.") + column + " = ?", {value});
    if (q_.story) sql.add(" AND a.story = " + story_now(q_.story));
    if (q_.article) sql.add(fmt::format(" AND i.article = {}", q_.article));
    if (by_report_) in_period(db_, sql, q_, "a.day", "a.day");
    if (q_.behind_article) sql.add(fmt::format(" AND i.article > {}", q_.behind_article));
    if (q_.sure && item_ != "novelty" && item_ != "occasion")
      sql.add(" AND " + sure_sql(db_, item_, *q_.sure));
  }

  Database& db_;
  const std::string& item_;
  const Question& q_;
  const bool dated_, by_report_;
  bool by_words_, nobody_ = false;
  const std::string order_, beyond_;
  std::vector<Side> sides_;
};

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
  Asking asking(*db_, item, q, dated);
  const auto side = [&](const std::string& part, const ActorFilter& filter) {
    Asking::Side s{part, {}, 0};
    s.who = who(filter, &s.articles);
    return s;
  };
  for (const auto& [part, filter] : parts)
    if (!filter.empty()) asking.add(side(part, filter));
  if (!q.actor.empty()) asking.add(side("", q.actor));
  if (!q.country.empty()) asking.add(side("", {"", q.country}));
  if (!q.about.empty() && item == "statement") {
    // "NOR": whoever is of that state.
    const bool code =
        q.about.size() == 3 &&
        std::all_of(q.about.begin(), q.about.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    asking.add_spoken_of(side("about", code ? ActorFilter{"", q.about} : ActorFilter{q.about, ""}));
  }
  Sql sql = asking.sql(select, extra, among, cut);
  Answer out = run(*db_, sql);
  if (!out.columns.empty()) cut_page(out, q.limit, out.columns.size() - 1, 0);
  drop_last(out);
  return out;
}

}  // namespace chancery
