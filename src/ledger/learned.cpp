#include "ledger/learned.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/learning.h"
#include "ledger/ledger_words.h"
#include "ledger/taught.h"

namespace chancery {
namespace {

// Names that can be known again: a person by two words or more, a body by any name.
bool nameable(const Entity& e) {
  return !e.name.empty() && (e.kind == "person" || e.kind == "organization") &&
         (e.kind == "organization" || e.name.find(' ') != std::string::npos);
}

// What a person says holds from the first day on: every day is to be settled anew (settle.h).
constexpr const char* kOpenAll = "DELETE FROM derived WHERE name = 'settled'";

bool capital(std::string_view word) {
  return !word.empty() &&
         ((word[0] >= 'A' && word[0] <= 'Z') || static_cast<unsigned char>(word[0]) >= 0x80);
}

// No word of an office, of its holder's or of anybody's.
bool of_a_name(std::string_view word, const Entity& e) {
  const std::string small = lower(word);
  if (ledger_words(LedgerWords::general_words).has(small) ||
      ledger_words(LedgerWords::empty_words).has(small))
    return false;
  const std::vector<std::string_view> office = split_words(e.role);
  return std::none_of(office.begin(), office.end(),
                      [&](std::string_view part) { return lower(part) == small; });
}

Span longest_mention(const Entity& e) {
  return *std::max_element(e.mentions.begin(), e.mentions.end(),
                           [](Span a, Span b) { return a.size() < b.size(); });
}

// By so few and so many letters bodies are called.
constexpr size_t kFewestLetters = 3, kMostLetters = 6;

bool letters(std::string_view name) {
  return name.size() >= kFewestLetters && name.size() <= kMostLetters &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "NFA" of "National Fishermen's Association".
std::string initials(const std::string& name) {
  std::string out;
  for (const std::string_view word : split_words(name))
    if (word[0] >= 'A' && word[0] <= 'Z') out += word[0];
  return out;
}

// The words by which the record calls a body by its initials, alone or in brackets behind its name; none
// where it does not.
Span shows_letters(const Record& r, const Entity& e) {
  const std::string own = initials(e.name);
  if (e.kind != "organization" || e.name == own || !letters(own)) return {};
  for (const Span mention : e.mentions) {
    const std::string_view words = mention.of(r.article.text);
    if (words == own || words.ends_with("(" + own + ")")) return mention;
  }
  return {};
}

}  // namespace

bool unsettled(const Entity& e) {
  return (e.actor.country.empty() && e.basis != "hand") || e.basis == "context";
}

LearnedActor learned_actor(const Query& q) {
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

std::string surname_of(const std::string& name) {
  const size_t last = name.rfind(' ');
  return last == std::string::npos ? "" : name.substr(last + 1);
}

bool by_surname(const Entity& e) {
  return e.kind == "person" && e.name.find(' ') == std::string::npos && capital(e.name) &&
         of_a_name(e.name, e);
}

bool proper_name(const Entity& e) {
  const std::vector<std::string_view> words = split_words(e.name);
  return e.kind == "person" && words.size() > 1 && capital(words.front()) &&
         capital(words.back()) && of_a_name(words.front(), e) && of_a_name(words.back(), e);
}

bool by_letters(const Entity& e) { return e.kind == "organization" && letters(e.name); }

std::vector<Taught> taught_by(const Record& r) {
  std::vector<Taught> out;
  for (const Entity& e : r.entities) {
    if (e.mentions.empty()) continue;
    const bool said = e.basis == "text" || e.basis == "hand";
    // Of an office holder whose country is inferred the name is known by which he may be called.
    const bool named = e.basis == "context" && proper_name(e) && !e.role.empty();
    const std::string country = e.basis == "context" ? "" : e.actor.country,
                      sector = e.basis == "context" ? "" : e.actor.sector;
    if (named || (nameable(e) && said && !country.empty()))
      out.push_back({e.name, country, sector, e.role, longest_mention(e)});
    if (const Span shown = shows_letters(r, e); shown.size())
      out.push_back({initials(e.name), country, sector, e.name, shown});
  }
  return out;
}

std::vector<const Entity*> left_open(const Record& r) {
  std::vector<const Entity*> out;
  for (const Entity& e : r.entities)
    if (by_letters(e) || ((nameable(e) || by_surname(e)) && unsettled(e))) out.push_back(&e);
  return out;
}

void fill_in(Record& r, const std::vector<Fill>& fills) {
  for (const Fill& f : fills)
    for (Entity& e : r.entities) {
      if (e.id != f.entity) continue;
      const bool inferred = e.basis == "context" && e.actor.country == f.country;
      e.actor.country = f.country;
      if (!f.sector.empty()) e.actor.sector = f.sector;
      if (!f.role.empty()) e.role = f.role;
      if (!f.name.empty()) e.name = f.name;
      if (!inferred && !f.country.empty()) e.basis = "learnt";
      e.explain += "; " + f.why;
    }
}

void Learned::teach(const Record& record) {
  Learning learning(db_);
  learning.teach(record);
  learning.write();
}

int Learned::apply(Record& r) {
  std::vector<Fill> found = Learning(db_).fills(r);
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
    Query q(db_, fmt::format("SELECT {} FROM learned", kLearnedColumns));
    while (q.step())
      if (taught.count(reading_number(q.text(0), q.text(1), q.text(2), q.text(3))))
        changed.push_back(learned_actor(q));
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
                           kLearnedColumns, db_.like(), limit));
  q.bind(like + "%");
  std::vector<LearnedActor> out;
  while (q.step()) out.push_back(learned_actor(q));
  return out;
}

std::vector<LearnedActor> Learned::readings(const std::string& name) {
  Query q(db_,
          fmt::format("SELECT {} FROM learned WHERE name = ? ORDER BY CASE WHEN origin = 'text' "
                      "THEN 1 ELSE 0 END, articles DESC, last DESC, country, sector, role",
                      kLearnedColumns));
  q.bind(name);
  std::vector<LearnedActor> out;
  while (q.step()) out.push_back(learned_actor(q));
  return out;
}

void Learned::set(const LearnedActor& a) {
  {
    Query old(db_, "DELETE FROM learned WHERE name = ? AND origin IN ('hand', 'forgotten')");
    old.bind(a.name).step();
  }
  Query q(db_,
          "INSERT INTO learned(name, country, sector, role, first, last, articles, evidence, "
          "origin, surname) VALUES (?,?,?,?,?,?,0,?,'hand',?)"
          " ON CONFLICT(name, country, sector, role) DO UPDATE SET origin = 'hand', evidence = "
          "excluded.evidence");
  q.bind(a.name)
      .bind(a.country)
      .bind(a.sector)
      .bind(a.role)
      .bind(a.first)
      .bind(a.last)
      .bind(a.evidence)
      .bind(surname_of(a.name))
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
