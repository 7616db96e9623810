#include "ledger/learned.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "ledger/filed.h"
#include "ledger/taught.h"

namespace chancery {
namespace {

// Names that can be known again: a person by two words or more, a body by any name.
bool nameable(const Entity& e) {
  return !e.name.empty() && (e.kind == "person" || e.kind == "organization") &&
         (e.kind == "organization" || e.name.find(' ') != std::string::npos);
}

LearnedActor row_of(const Query& q) {
  return {q.text(0),
          q.text(1),
          q.text(2),
          q.text(3),
          q.text(4),
          q.text(5),
          static_cast<long>(q.integer(6)),
          q.text(7),
          q.text(8)};
}

// What a person says holds from the first day on: every day is to be settled anew (settle.h).
constexpr const char* kOpenAll = "DELETE FROM derived WHERE name = 'settled'";

constexpr const char* kColumns =
    "name, country, sector, role, first, last, articles, evidence, origin";

}  // namespace

std::vector<const Entity*> teaching(const Record& r) {
  std::vector<const Entity*> out;
  for (const Entity& e : r.entities) {
    const bool said = e.basis == "text" || e.basis == "hand";
    if (nameable(e) && said && !e.actor.country.empty() && !e.mentions.empty()) out.push_back(&e);
  }
  return out;
}

void Learned::teach(const Record& r) {
  Query q(
      db_,
      "INSERT INTO learned(name, country, sector, role, first, last, articles, evidence, origin) "
      "VALUES (?,?,?,?,?,?,1,?,'text')"
      " ON CONFLICT(name, country, sector, role) DO UPDATE SET articles = learned.articles + 1,"
      " first = CASE WHEN learned.first = '' OR (excluded.first <> '' AND excluded.first < "
      "learned.first) THEN excluded.first ELSE learned.first END,"
      " last = CASE WHEN learned.last < excluded.last THEN excluded.last ELSE learned.last END");
  const std::string date = day_of_publication(r.article.published);
  for (const Entity* taught : teaching(r)) {
    const Entity& e = *taught;
    // The longest mention shows why.
    Span best = e.mentions[0];
    for (Span m : e.mentions)
      if (m.size() > best.size()) best = m;
    q.bind(e.name)
        .bind(e.actor.country)
        .bind(e.actor.sector)
        .bind(e.role)
        .bind(date)
        .bind(date)
        .bind(r.article.id + ": " + std::string(best.of(r.article.text)))
        .step();
    q.reset();
  }
}

namespace {

// The article does not say whose it is, or it was inferred: what is set by hand goes before that.
// Where a person said that it is nobody's, it stays so.
bool unsettled(const Entity& e) {
  return (e.actor.country.empty() && e.basis != "hand") || e.basis == "context";
}

}  // namespace

bool Learned::open(const Record& r) {
  return std::any_of(r.entities.begin(), r.entities.end(),
                     [](const Entity& e) { return nameable(e) && unsettled(e); });
}

std::vector<Fill> Learned::fills(const Record& r) {
  std::vector<Fill> out;
  for (const Entity& e : r.entities) {
    if (!nameable(e) || !unsettled(e)) continue;
    std::vector<LearnedActor> all = readings(e.name);
    if (all.empty() || std::any_of(all.begin(), all.end(),
                                   [](const LearnedActor& a) { return a.origin == "forgotten"; }))
      continue;
    const LearnedActor* best = nullptr;
    long total = 0;
    for (const LearnedActor& a : all) {
      total += a.articles;
      bool better = !best || (a.origin == "hand" && best->origin != "hand") ||
                    (a.origin == best->origin && a.articles > best->articles);
      if (better) best = &a;
    }
    long agreeing = 0;
    for (const LearnedActor& a : all)
      if (a.country == best->country) agreeing += a.articles;
    if (best->origin != "hand" && (agreeing * 3 < total * 2 || !e.actor.country.empty())) continue;
    if (best->country == e.actor.country) continue;
    out.push_back({e.id, best->country, e.actor.sector.empty() ? best->sector : "",
                   e.role.empty() ? best->role : "",
                   best->origin == "hand"
                       ? "set by hand in the ledger"
                       : fmt::format("learnt from {} article{} ({})", best->articles,
                                     best->articles == 1 ? "" : "s", best->evidence)});
  }
  return out;
}

void fill_in(Record& r, const std::vector<Fill>& fills) {
  for (const Fill& f : fills)
    for (Entity& e : r.entities) {
      if (e.id != f.entity) continue;
      e.actor.country = f.country;
      if (!f.sector.empty()) e.actor.sector = f.sector;
      if (!f.role.empty()) e.role = f.role;
      e.basis = "learnt";
      e.explain += "; " + f.why;
    }
}

int Learned::apply(Record& r) {
  std::vector<Fill> found = fills(r);
  fill_in(r, found);
  return static_cast<int>(found.size());
}

bool Learned::empty() {
  Query q(db_, "SELECT 1 FROM learned LIMIT 1");
  return !q.step();
}

void Learned::forget_texts() {
  db_.run(
      "DELETE FROM learned WHERE origin = 'text'; UPDATE learned SET articles = 0 WHERE origin <> "
      "'text'");
}

void Learned::forget_texts(const std::string& day) {
  std::set<int64_t> taught;
  {
    Query q(db_, "SELECT DISTINCT reading FROM taught WHERE day >= ?");
    q.bind(day);
    while (q.step()) taught.insert(q.integer(0));
  }
  std::vector<LearnedActor> changed;
  {
    Query q(db_, fmt::format("SELECT {} FROM learned", kColumns));
    while (q.step())
      if (taught.count(reading_number(q.text(0), q.text(1), q.text(2), q.text(3))))
        changed.push_back(row_of(q));
  }
  const char* key = " WHERE name = ? AND country = ? AND sector = ? AND role = ?";
  Query before(
      db_,
      "SELECT coalesce(sum(articles), 0), max(day) FROM taught WHERE reading = ? AND day < "
      "?");
  Query drop(db_, std::string("DELETE FROM learned") + key),
      keep(db_, std::string("UPDATE learned SET articles = ?, last = ?") + key);
  for (const LearnedActor& a : changed) {
    before.bind(reading_number(a.name, a.country, a.sector, a.role)).bind(day).step();
    const int64_t articles = before.integer(0);
    const std::string last = before.null(1) ? "" : before.text(1);
    before.reset();
    const bool text = a.origin == "text", gone = text && articles == 0;
    Query& q = gone ? drop : keep;
    if (!gone) q.bind(articles).bind(text ? last : a.last);
    q.bind(a.name).bind(a.country).bind(a.sector).bind(a.role).step();
    q.reset();
  }
}

std::vector<LearnedActor> Learned::list(const std::string& part, int limit) {
  std::string like = "%";
  for (char c : part)
    like += (c == '%' || c == '_' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  Query q(db_, fmt::format("SELECT {} FROM learned WHERE name {} ? ESCAPE '\\' ORDER BY name, "
                           "articles DESC, country, sector, role LIMIT {}",
                           kColumns, db_.like(), limit));
  q.bind(like + "%");
  std::vector<LearnedActor> out;
  while (q.step()) out.push_back(row_of(q));
  return out;
}

std::vector<LearnedActor> Learned::readings(const std::string& name) {
  Query q(db_,
          fmt::format("SELECT {} FROM learned WHERE name = ? ORDER BY CASE WHEN origin = 'text' "
                      "THEN 1 ELSE 0 END, articles DESC, last DESC, country, sector, role",
                      kColumns));
  q.bind(name);
  std::vector<LearnedActor> out;
  while (q.step()) out.push_back(row_of(q));
  return out;
}

void Learned::set(const LearnedActor& a) {
  {
    Query old(db_, "DELETE FROM learned WHERE name = ? AND origin IN ('hand', 'forgotten')");
    old.bind(a.name).step();
  }
  Query q(db_,
          "INSERT INTO learned(name, country, sector, role, first, last, articles, evidence, "
          "origin) VALUES (?,?,?,?,?,?,0,?,'hand')"
          " ON CONFLICT(name, country, sector, role) DO UPDATE SET origin = 'hand', evidence = "
          "excluded.evidence");
  q.bind(a.name)
      .bind(a.country)
      .bind(a.sector)
      .bind(a.role)
      .bind(a.first)
      .bind(a.last)
      .bind(a.evidence)
      .step();
  db_.run(kOpenAll);
}

bool Learned::forget(const std::string& name) {
  if (readings(name).empty()) return false;
  Query q(db_, "UPDATE learned SET origin = 'forgotten' WHERE name = ?");
  q.bind(name).step();
  db_.run(kOpenAll);
  return true;
}

}  // namespace chancery
