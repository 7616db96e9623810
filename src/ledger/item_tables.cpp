// The items of the records, one row each: what was said, done, held and claimed to be new; who
// plays which part in it; and event identity: the acts of one kind between the same two sides on
// about the same day, told in about the same words, are one happening.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/act_store.h"
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

struct Told;

class ItemTables : public Derivation {
 public:
  explicit ItemTables(Database& db) : Derivation(db), acts_(db) {}
  const char* name() const override { return "items"; }
  int version() const override { return db_.dialect() == Database::sqlite ? 7 : 8; }
  std::vector<const char*> tables() const override {
    return {"statement", "event",    "happening", "dyad", "position",
            "novelty",   "occasion", "part",      "span"};
  }
  std::vector<const char*> uses() const override { return {"texts", "actors"}; }
  std::string create() const override { return item_schema(db_.dialect()); }
  void expect(const std::vector<Expected>& articles) override;
  void write(Entry& entry) override;
  void recall(Entry&) override {}
  void cut_off(int64_t last, const std::string& day) override;
  void finish() override;
  void forget() override { parts_.clear(), spans_.clear(), acts_.forget(); }

 private:
  struct Part {
    int64_t who, play, day, number, last;
  };
  int64_t happening(const Entry& entry, const Event& event, bool& fresh);
  int64_t known_act(const Event& event, const Told& told, const std::string& place,
                    const std::vector<std::string>& words) const;
  Query& bind_item(Query& q, const char* item, const Entry& entry, const std::string& id,
                   const Filed& time) const;
  void write_statements(const Entry& entry);
  void write_events(const Entry& entry);
  void write_positions(const Entry& entry);
  void write_novelty(const Entry& entry);
  void write_occasions(const Entry& entry);
  // These entities, and their states, play that part in the item of that row.
  void plays(const Entry& entry, const char* item, const char* part, const std::vector<int>& list,
             const Filed& time, int64_t row);

  // Times of more than one day, for their table.
  void remember(const Filed& time) {
    if (time.day != time.last) spans_.insert({time.last, time.day});
  }

  ActStore acts_;
  std::set<int64_t> told_;                               // acts that the article tells
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

// Where an event looks for the act that it tells.
struct Told {
  ActStore::Around around;
  int64_t day, last;
  std::string source, target;  // its sides
};

Told told(const Record& r, const Event& e, const std::string& published) {
  std::string source = side(r, e.source), target = side(r, e.target);
  // "Peru and Chile reached an agreement": both stand before the verb.
  if (target.empty() && ledger_words(LedgerWords::either_way).has(e.type) && e.source.size() > 1)
    target = side(r, {e.source[1]});
  // An act that cannot be dated is looked for about the day of its report.
  Filed time = filed(e.when, published);
  if (time.day.empty()) time = filed("", published);
  // The day of the report stands in for an act without a date: it may have been told some days
  // later.
  const int slack = time.precision == "report" ? 4 : 1;
  return {// Six bytes of it: a row of SQLite is as long as its numbers need.
          {static_cast<int64_t>(hash64(happening_pair(e.type, source, target)) >> 17),
           day_code(shifted(time.day, -slack)), day_code(shifted(time.last, slack))},
          day_code(time.day),
          day_code(time.last),
          source,
          target};
}

// The act that an event tells, 0 if none that is known.
int64_t ItemTables::known_act(const Event& e, const Told& told, const std::string& place,
                              const std::vector<std::string>& words) const {
  int64_t best = 0;
  double sure = 0;
  for (const Act* act : acts_.near(told.around)) {
    double score = overlap(words, act->key_words);
    if (!place.empty() && place == act->place) score += 0.3;
    if (act->day == told.day && act->last == told.last) score += 0.2;
    // Whoever is on neither side by name needs more words in common.
    const bool meeting = ledger_words(LedgerWords::meetings).has(e.type);
    const double least = told.target.empty() ? 0.6 : meeting ? 0.35 : 0.5;
    if (score >= least && score > sure) {
      sure = score;
      best = act->number;
    }
  }
  return best;
}

int64_t ItemTables::happening(const Entry& entry, const Event& e, bool& fresh) {
  const Record& r = entry.record;
  const Told it = told(r, e, day_of_publication(r.article.published));
  acts_.ask(it.around);
  acts_.fetch();
  const std::string text(e.span.of(r.article.text)),
      place = e.where < 0 ? "" : r.entities[e.where].name;
  const std::vector<std::string> words = key_words(text);
  const int64_t known = known_act(e, it, place, words);
  fresh = known == 0;
  if (known) {
    // A report counts once, however often it tells the act; a copy of another is no report of its
    // own.
    if (entry.copy_of == 0 && !told_.count(known) && acts_.at(known).article != entry.number)
      acts_.count_report(known);
    return known;
  }
  return acts_.put({.pair = it.around.pair,
                    .day = it.day,
                    .last = it.last,
                    .article = entry.number,
                    .event = e.id,
                    .words = text,
                    .place = place,
                    .key_words = join(words, " ")});
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
    bool first = false;  // the curve of two states counts an act once, at its first report
    const int64_t act = happening(entry, x, first);
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

// What a date is the date of stands in the calendar beside events, and is numbered so that no event
// has its number: both are in one order of days and numbers.
void ItemTables::write_occasions(const Entry& entry) {
  constexpr int64_t kFirst = int64_t{1} << 52, kMost = 4096;
  const Record& r = entry.record;
  View view{r};
  Query occasion(db_,
                 "INSERT INTO occasion(number, article, id, day, kept_last, kept_moment, "
                 "kept_precision, type, status, who, country, place, words, said_in, "
                 "announced) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  int64_t row = kFirst + entry.number * kMost;
  const int64_t end = row + kMost;
  for (const TimeExpression& t : r.times) {
    if (t.occasion.empty() || row == end) continue;
    // A meeting that is an act already is in the calendar as that.
    const bool act = std::any_of(r.events.begin(), r.events.end(), [&](const Event& e) {
      return ledger_words(LedgerWords::meetings).has(e.type) && e.span.overlaps(t.words) &&
             e.when.value() == t.when.value();
    });
    if (act) continue;
    const Filed time = filed(t.when, view.published);
    if (time.day.empty()) continue;
    remember(time);
    occasion.bind(row);
    bind_item(occasion, "occasion", entry, t.id, time)
        .bind(t.occasion)
        .bind(t.status)
        .bind(view.names(t.who))
        .bind(view.country(t.who))
        .bind(view.name(t.where))
        .bind(t.words.of(r.article.text))
        .bind(view.statement(t.said_in))
        .bind(t.said_in < 0 ? std::string() : view.name(r.statements[t.said_in].speaker))
        .step();
    occasion.reset();
    plays(entry, "occasion", "by", t.who, time, row++);
  }
}

void ItemTables::expect(const std::vector<Expected>& articles) {
  for (const Expected& x : articles) {
    const Record* r = x.record;
    const std::string published = day_of_publication(r->article.published);
    for (const Event& e : r->events) acts_.ask(told(*r, e, published).around);
  }
  acts_.fetch();
}

void ItemTables::write(Entry& entry) {
  need_month(db_, {"statement", "event", "position"},
             month_of(day_of_publication(entry.record.article.published)));
  write_statements(entry);
  write_events(entry);
  write_positions(entry);
  write_novelty(entry);
  write_occasions(entry);
}

void ItemTables::cut_off(int64_t last, const std::string&) {
  db_.run(
      fmt::format("CREATE TEMP TABLE told AS SELECT DISTINCT happening FROM event WHERE article > "
                  "{0}; DELETE FROM dyad WHERE event IN (SELECT number FROM event WHERE article > "
                  "{0})",
                  last));
  for (const char* item : {"statement", "event", "position", "novelty", "occasion"})
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
                  "WHERE last <> day UNION SELECT day, last FROM occasion WHERE last <> day",
                  last));
}

void ItemTables::finish() {
  acts_.write();
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
