// The items of the records, one row each: what was said, done, held and claimed to be new; who
// plays which part in it; and event identity: the acts of one kind between the same two sides on
// about the same day, told in about the same words, are one happening.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/derivation.h"
#include "ledger/filed.h"
#include "ledger/item_schema.h"
#include "ledger/key_words.h"
#include "ledger/ledger_words.h"
#include "ledger/months.h"
#include "ledger/parts.h"
#include "ledger/usual.h"

namespace chancery {
namespace {

class ItemTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "items"; }
  int version() const override { return db_.dialect() == Database::sqlite ? 6 : 7; }
  std::vector<const char*> tables() const override {
    return {"statement", "event", "happening", "dyad", "position", "novelty", "part", "span"};
  }
  std::vector<const char*> uses() const override { return {"texts", "actors"}; }
  std::string create() const override { return item_schema(db_.dialect()); }
  void write(Entry& entry) override;
  void recall(Entry&) override {}
  void cut_off(int64_t last, const std::string& day) override;
  void finish() override;
  void forget() override { parts_.clear(), spans_.clear(); }

 private:
  struct Part {
    int64_t who, play, day, number, last;
  };
  std::string acts_near() const;
  int64_t happening(int64_t article, const Record& record, const Event& event,
                    const std::string& source, const std::string& target, const Filed& time,
                    bool copy, bool& fresh);
  Query& bind_item(Query& q, const char* item, const Entry& entry, const std::string& id,
                   const Filed& time) const;
  void write_statements(const Entry& entry);
  void write_events(const Entry& entry);
  void write_positions(const Entry& entry);
  void write_novelty(const Entry& entry);
  // These entities, and their states, play that part in the item of that row.
  void plays(const Entry& entry, const char* item, const char* part, const std::vector<int>& list,
             const Filed& time, int64_t row);

  // Times of more than one day, for their table.
  void remember(const Filed& time) {
    if (time.day != time.last) spans_.insert({time.last, time.day});
  }

  std::set<int64_t> told_;                               // happenings that the article tells
  std::vector<Part> parts_;                              // not yet in their table
  std::set<std::pair<std::string, std::string>> spans_;  // last, day
};

// An actor as event identity sees it: the state, or the body's name.
std::string side(const Record& r, const std::vector<int>& who) {
  if (who.empty()) return "";
  const Entity& e = r.entities[who[0]];
  const std::string& country = e.actor.country;
  if (country.size() != 3 || ledger_words(LedgerWords::bodies).has(country)) return lower(e.name);
  const bool apart = ledger_words(LedgerWords::apart_sectors).has(e.actor.sector);
  return apart ? country + "/" + e.actor.sector : country;
}

// The sides of acts in which either may stand first are in no order.
std::string happening_pair(const std::string& type, const std::string& source,
                           const std::string& target) {
  const bool swap =
      ledger_words(LedgerWords::either_way).has(type) && !target.empty() && target < source;
  return type + "|" + (swap ? target : source) + "|" + (swap ? source : target);
}

// The acts of a kind and two sides that begin within some days, or last into them, each by an index
// of its own: number, day, last, words, place.
std::string ItemTables::acts_near() const {
  const bool own = acts_have_words(db_.dialect());
  return "SELECT h.number, h.day, coalesce(h.last, h.day), " +
         std::string(own ? "h.words, h.place" : "e.words, e.place") +
         " FROM (SELECT * FROM happening WHERE pair = ? AND day >= ? AND day <= ? UNION ALL SELECT "
         "* FROM happening WHERE pair = ? AND last IS NOT NULL AND last >= ? AND day < ? ORDER BY "
         "day DESC, number DESC LIMIT 40) h" +
         (own ? "" : " JOIN event e ON e.article = h.article AND e.id = h.event") +
         " ORDER BY h.day DESC, h.number DESC";
}

int64_t ItemTables::happening(int64_t article, const Record& r, const Event& e,
                              const std::string& source, const std::string& target,
                              const Filed& time, bool copy, bool& fresh) {
  fresh = false;
  // Six bytes of it: a row of SQLite is as long as its numbers need.
  const auto pair = static_cast<int64_t>(hash64(happening_pair(e.type, source, target)) >> 17);
  const int64_t day = day_code(time.day), last = day_code(time.last);
  std::string place = e.where < 0 ? "" : r.entities[e.where].name;
  std::vector<std::string> words = key_words(e.span.of(r.article.text));
  {
    // The day of the report stands in for an act without a date: it may have been told some days
    // later.
    const int slack = time.precision == "report" ? 4 : 1;
    const int64_t from = day_code(shifted(time.day, -slack)),
                  to = day_code(shifted(time.last, slack));
    Query q(db_, acts_near());
    q.bind(pair).bind(from).bind(to).bind(pair).bind(from).bind(from);
    int64_t best = 0;
    double sure = 0;
    while (q.step()) {
      double score = overlap(words, join(key_words(q.text(3)), " "));
      if (!place.empty() && place == q.text(4)) score += 0.3;
      if (q.integer(1) == day && q.integer(2) == last) score += 0.2;
      // Whoever is on neither side by name needs more words in common.
      const bool meeting = ledger_words(LedgerWords::meetings).has(e.type);
      const double least = target.empty() ? 0.6 : meeting ? 0.35 : 0.5;
      if (score >= least && score > sure) {
        sure = score;
        best = q.integer(0);
      }
    }
    if (best) {
      // A report counts once, however often it tells the act; a copy of another is no report of its
      // own.
      if (!copy && !told_.count(best)) {
        Query count(db_,
                    "UPDATE happening SET reports = reports + 1 WHERE number = ? AND article <> ?");
        count.bind(best).bind(article).step();
      }
      return best;
    }
  }
  fresh = true;
  const bool with_words = acts_have_words(db_.dialect());
  Query put(db_, std::string("INSERT INTO happening(pair, day, last, reports, article, event") +
                     (with_words ? ", words, place) VALUES (?,?,?,1,?,?,?,?)"
                                 : ") VALUES (?,?,?,1,?,?)") +
                     db_.returning());
  put.bind(pair).bind(day);
  if (last == day) put.bind_null();
  else put.bind(last);
  put.bind(article).bind(e.id);
  if (with_words) put.bind(e.span.of(r.article.text)).bind(place);
  return put.number();
}

// A record's items as their rows name things.
struct View {
  const Record& record;
  std::string published = day_of_publication(record.article.published);

  std::string words(const Spans& spans) const {
    std::string out;
    for (Span s : spans) out += (out.empty() ? "" : " … ") + std::string(s.of(record.article.text));
    return out;
  }
  std::string name(int e) const { return e < 0 ? std::string() : record.entities[e].name; }
  std::string names(const std::vector<int>& list) const {
    std::vector<std::string> out;
    for (int e : list) out.push_back(name(e));
    return join(out, ", ");
  }
  std::string country(const std::vector<int>& list) const {
    return list.empty() || list[0] < 0 ? std::string() : record.entities[list[0]].actor.country;
  }
  std::string statement(int s) const { return s < 0 ? std::string() : record.statements[s].id; }
  // When what somebody demands or offers is to be: the first time its words name that is wholly
  // later than the report. Nothing where they name none.
  When due(const Position& p) const {
    for (const Spans* spans : {&p.content, &p.condition})
      for (const TimeExpression& t : record.times)
        if (t.when.dated() && !published.empty() && t.when.from_day() > published)
          for (Span s : *spans)
            if (s.contains(t.span)) return t.when;
    return {};
  }
  // Who is spoken of: entities with a mention in the content.
  std::vector<int> about(const Statement& s) const {
    std::vector<int> out;
    for (size_t e = 0; e < record.entities.size(); ++e) {
      bool in = false;
      for (Span m : record.entities[e].mentions)
        for (Span c : s.content) in |= c.contains(m);
      if (in) out.push_back(static_cast<int>(e));
    }
    return out;
  }
};

void ItemTables::plays(const Entry& entry, const char* item, const char* which,
                       const std::vector<int>& list, const Filed& time, int64_t row) {
  for (int e : list) {
    if (e < 0) continue;
    for (int64_t who : {entry.people[e], entry.states[e]})
      if (who)
        parts_.push_back(
            {who, play_number(item, which), day_code(time.day), row, day_code(time.last)});
  }
}

// An INSERT of an item, with the columns that all of them begin with.
std::string insert_item(const Database& db, const std::string& item, const std::string& columns) {
  const std::string all = std::string(lies_by_months(db, item) ? "month, " : "") +
                          "article, id, day, kept_last, kept_moment, kept_precision, " + columns;
  std::string marks = "?";
  for (char c : all)
    if (c == ',') marks += ",?";
  return "INSERT INTO " + item + "(" + all + ") VALUES (" + marks + ")" + db.returning();
}

Query& ItemTables::bind_item(Query& q, const char* item, const Entry& entry, const std::string& id,
                             const Filed& time) const {
  if (lies_by_months(db_, item))
    q.bind(month_of_item(time, day_of_publication(entry.record.article.published)));
  q.bind(entry.number).bind(id).bind(time.day);
  bind_unless(q, time.last, time.day);
  bind_unless(q, time.moment, time.precision == "day" ? time.day : "");
  return bind_unless(q, time.precision, kUsualPrecision);
}

void ItemTables::write_statements(const Entry& entry) {
  const Record& r = entry.record;
  View view{r};
  Query statement(db_, insert_item(db_, "statement",
                                   "speaker, via, addressee, place, occasion, kept_quote, "
                                   "kept_force, confidence, cue, content"));
  for (const Statement& s : r.statements) {
    const Filed time = filed(s.when, view.published);
    remember(time);
    bind_item(statement, "statement", entry, s.id, time)
        .bind(view.name(s.speaker))
        .bind(view.names(s.via))
        .bind(view.names(s.to))
        .bind(view.name(s.where))
        .bind(s.occasion);
    bind_unless(statement, s.quote, kUsualQuote);
    bind_unless(statement, s.force, kUsualForce)
        .bind_real(s.confidence)
        .bind(view.words(s.cue))
        .bind(view.words(s.content));
    int64_t row = statement.number();
    plays(entry, "statement", "by", {s.speaker}, time, row);
    plays(entry, "statement", "via", s.via, time, row);
    plays(entry, "statement", "toward", s.to, time, row);
    plays(entry, "statement", "about", view.about(s), time, row);
  }
}

void ItemTables::write_events(const Entry& entry) {
  const Record& r = entry.record;
  View view{r};
  Query event(
      db_,
      insert_item(db_, "event",
                  "type, mode, cameo, goldstein, source, target, source_country, target_country, "
                  "place, kept_status, words, said_in, happening, first, confidence"));
  told_.clear();
  Query dyad(db_, "INSERT INTO dyad VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING");
  for (const Event& x : r.events) {
    const Filed time = filed(x.when, view.published);
    remember(time);
    std::string source = side(r, x.source), target = side(r, x.target);
    // "Peru and Chile reached an agreement": both stand before the verb.
    if (target.empty() && ledger_words(LedgerWords::either_way).has(x.type) && x.source.size() > 1)
      target = side(r, {x.source[1]});
    bool first = false;  // the curve of two states counts an act once, at its first report
    // An act that cannot be dated is looked for about the day of its report.
    int64_t act =
        happening(entry.number, r, x, source, target,
                  time.day.empty() ? filed("", view.published) : time, entry.copy_of != 0, first);
    bind_item(event, "event", entry, x.id, time).bind(x.type).bind(x.mode).bind(x.cameo);
    if (x.has_goldstein) event.bind_real(x.goldstein);
    else event.bind_null();
    event.bind(view.names(x.source))
        .bind(view.names(x.target))
        .bind(view.country(x.source))
        .bind(view.country(x.target))
        .bind(view.name(x.where));
    bind_unless(event, x.status, kUsualStatus)
        .bind(x.span.of(r.article.text))
        .bind(view.statement(x.said_in))
        .bind(act)
        .bind(static_cast<int64_t>(first))
        .bind_real(x.confidence);
    told_.insert(act);
    int64_t row = event.number();
    plays(entry, "event", "by", x.source, time, row);
    plays(entry, "event", "toward", x.target, time, row);
    std::set<std::pair<std::string, std::string>> pairs;
    for (int s : x.source)
      for (int t : x.target)
        if (s >= 0 && t >= 0 && !r.entities[s].actor.country.empty() &&
            !r.entities[t].actor.country.empty() &&
            r.entities[s].actor.country != r.entities[t].actor.country)
          pairs.insert({r.entities[s].actor.country, r.entities[t].actor.country});
    for (const auto& [from, to] : pairs) {
      dyad.bind(from)
          .bind(to)
          .bind(time.day)
          .bind(time.last)
          .bind(row)
          .bind(x.type)
          .bind(x.status)
          .bind_real(x.has_goldstein ? x.goldstein : 0)
          .bind(static_cast<int64_t>(first))
          .step();
      dyad.reset();
    }
  }
}

void ItemTables::write_positions(const Entry& entry) {
  const Record& r = entry.record;
  View view{r};
  Query position(
      db_, insert_item(db_, "position",
                       "holder, holder_country, stance, topic, issue, toward, toward_country, "
                       "content, condition, stages, said_in, confidence, due_day, due_last, due"));
  for (const Position& p : r.positions) {
    // A position is of the time at which it was said.
    const Filed time = filed(p.said_in < 0 ? When() : r.statements[p.said_in].when, view.published);
    const When due = view.due(p);
    bind_item(position, "position", entry, p.id, time)
        .bind(view.name(p.holder))
        .bind(view.country({p.holder}))
        .bind(p.stance)
        .bind(p.topic)
        .bind(p.issue)
        .bind(view.names(p.toward))
        .bind(view.country(p.toward))
        .bind(view.words(p.content))
        .bind(view.words(p.condition))
        .bind(join(p.stages, ", "))
        .bind(view.statement(p.said_in))
        .bind_real(p.confidence)
        .bind(due.from_day())
        .bind(due.to_day())
        .bind(due.value());
    int64_t row = position.number();
    plays(entry, "position", "by", {p.holder}, time, row);
    plays(entry, "position", "toward", p.toward, time, row);
  }
}

void ItemTables::write_novelty(const Entry& entry) {
  const Record& r = entry.record;
  View view{r};
  Query novelty(db_, insert_item(db_, "novelty", "claim, what, since, by, words"));
  const Filed time = filed("", view.published);  // a claim is of its report
  for (const Novelty& n : r.novelty) {
    bind_item(novelty, "novelty", entry, n.id, time)
        .bind(n.claim)
        .bind(n.what)
        .bind(n.since.value())
        .bind(view.name(n.by))
        .bind(n.span.of(r.article.text));
    int64_t row = novelty.number();
    plays(entry, "novelty", "by", {n.by}, time, row);
  }
}

void ItemTables::write(Entry& entry) {
  need_month(db_, {"statement", "event", "position"},
             month_of(day_of_publication(entry.record.article.published)));
  write_statements(entry);
  write_events(entry);
  write_positions(entry);
  write_novelty(entry);
}

void ItemTables::cut_off(int64_t last, const std::string&) {
  db_.run(
      fmt::format("CREATE TEMP TABLE told AS SELECT DISTINCT happening FROM event WHERE article > "
                  "{0}; DELETE FROM dyad WHERE event IN (SELECT number FROM event WHERE article > "
                  "{0})",
                  last));
  for (const char* item : {"statement", "event", "position", "novelty"})
    db_.run(
        fmt::format("DELETE FROM part WHERE {2} AND number IN (SELECT number FROM {0} "
                    "WHERE article > {1}); DELETE FROM {0} WHERE article > {1}",
                    item, last, part_is("", item)));
  // An act has its first report, and those of others that are no copies.
  db_.run(
      fmt::format("DELETE FROM happening WHERE article > {}; UPDATE happening SET reports = 1 + "
                  "(SELECT count(DISTINCT e.article) FROM event e JOIN article a ON a.number = "
                  "e.article WHERE e.happening = happening.number AND e.article <> "
                  "happening.article AND a.copy_of IS NULL) WHERE number IN (SELECT happening FROM "
                  "told); DROP TABLE told; DELETE FROM span; INSERT INTO span(day, last) SELECT "
                  "day, last FROM statement WHERE last <> day UNION SELECT day, last FROM event "
                  "WHERE last <> day",
                  last));
}

void ItemTables::finish() {
  // In the order of their tables: neighbours lie on the same pages.
  std::sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) {
    return std::tie(a.who, a.play, a.day, a.number) < std::tie(b.who, b.play, b.day, b.number);
  });
  Query part(db_, "INSERT INTO part VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING");
  for (const Part& p : parts_) {
    part.bind(p.who).bind(p.play).bind(p.day).bind(p.number);
    if (p.last == p.day) part.bind_null();
    else part.bind(p.last);
    part.step();
    part.reset();
  }
  parts_.clear();
  Query span(db_, "INSERT INTO span(last, day) VALUES (?,?) ON CONFLICT DO NOTHING");
  for (const auto& [last, day] : spans_) {
    span.bind(last).bind(day).step();
    span.reset();
  }
  spans_.clear();
}

}  // namespace

std::unique_ptr<Derivation> item_tables(Database& db) { return std::make_unique<ItemTables>(db); }

}  // namespace chancery
