#include "ledger/learning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/filed.h"
#include "ledger/given.h"
#include "ledger/taught.h"
#include "record/when.h"

namespace chancery {
namespace {

// In the order in which Learned::readings gives them.
void sort_readings(std::vector<LearnedActor>& all) {
  const auto place = [](const LearnedActor& a) {
    return std::tuple(a.origin == "text", -a.articles);
  };
  std::sort(all.begin(), all.end(), [&](const LearnedActor& a, const LearnedActor& b) {
    if (place(a) != place(b)) return place(a) < place(b);
    if (a.last != b.last) return a.last > b.last;
    return std::tie(a.country, a.sector, a.role) < std::tie(b.country, b.sector, b.role);
  });
}

// The reading that fills what is open; nullptr where they do not agree.
const LearnedActor* agreed(const std::vector<LearnedActor>& all, const Entity& e) {
  if (all.empty() || std::any_of(all.begin(), all.end(),
                                 [](const LearnedActor& a) { return a.origin == "forgotten"; }))
    return nullptr;
  const LearnedActor* best = nullptr;
  long total = 0;
  for (const LearnedActor& a : all) {
    if (a.country.empty()) continue;  // name and office alone
    total += a.articles;
    bool better = !best || (a.origin == "hand" && best->origin != "hand") ||
                  (a.origin == best->origin && a.articles > best->articles);
    if (better) best = &a;
  }
  if (!best) return nullptr;
  long agreeing = 0;
  for (const LearnedActor& a : all)
    if (a.country == best->country) agreeing += a.articles;
  // What an article says of somebody goes before what another lets infer, where the name is one
  // person's.
  const bool inferred = !e.actor.country.empty() && !proper_name(e) && !by_surname(e);
  if (best->origin != "hand" && (agreeing * 3 < total * 2 || inferred)) return nullptr;
  return best;
}

// Is one office the other, told shorter ("minister", "fisheries minister"), or one of them not told?
bool one_office(const std::string& a, const std::string& b) {
  return lower(a).find(lower(b)) != std::string::npos ||
         lower(b).find(lower(a)) != std::string::npos;
}

// How many days lie between an article and the last that said who somebody is; none where a day is
// missing.
int64_t days_from(const LearnedActor& a, const std::string& day) {
  const When last(a.last), now(day);
  if (!last.dated() || !now.dated()) return 0;
  return std::abs(day_number(now.from()) - day_number(last.from()));
}
// Since any report of the same name that does not say otherwise whose it is.
int64_t days_from(const std::vector<LearnedActor>& all, const LearnedActor& one,
                  const std::string& day) {
  int64_t out = days_from(one, day);
  for (const LearnedActor& a : all)
    if (a.country.empty() || a.country == one.country) out = std::min(out, days_from(a, day));
  return out;
}
// So many days somebody goes on to be called by his surname: where the article speaks of his state;
// where it does not, as the holder of an office, or as anybody of whom the news was.
constexpr int64_t kYears = 1000, kMonths = 200, kWeeks = 60;

// Does the record speak of the state, by its name or by somebody of whom it is said?
bool speaks_of(const Record& r, const std::string& country, const Entity& but) {
  if (country.empty()) return false;
  return std::any_of(r.entities.begin(), r.entities.end(), [&](const Entity& e) {
    return &e != &but && e.actor.country == country && (e.kind == "place" || e.basis != "context");
  });
}

std::string why_of(const LearnedActor& a) {
  if (a.origin == "hand") return "set by hand in the ledger";
  return fmt::format("learnt from {} article{} ({})", a.articles, a.articles == 1 ? "" : "s",
                     a.evidence);
}

}  // namespace

void Learning::expect(const std::vector<const Record*>& records) {
  expect_names(records);
  expect_surnames(records);
}

void Learning::expect_surnames(const std::vector<const Record*>& records) {
  Given q(db_, fmt::format("SELECT {} FROM learned WHERE surname = given.called", kLearnedColumns),
          {{"called", Given::text}});
  for (const Record* r : records)
    for (const Entity* e : left_open(*r))
      if (by_surname(*e) && asked_.insert(e->name).second) q.add(e->name);
  std::set<std::string> fresh;
  q.run([&](const Query& row) {
    LearnedActor reading = learned_actor(row);
    bearers_[surname_of(reading.name)].insert(reading.name);
    const bool unknown = readings_.try_emplace(reading.name).second;
    if (unknown) fresh.insert(reading.name);
    if (fresh.count(reading.name)) readings_[reading.name].push_back(std::move(reading));
  });
}

void Learning::expect_names(const std::vector<const Record*>& records) {
  Given q(db_, fmt::format("SELECT {} FROM learned WHERE name = given.called", kLearnedColumns),
          {{"called", Given::text}});
  for (const Record* r : records) {
    for (const Taught& t : taught_by(*r))
      if (readings_.try_emplace(t.name).second) q.add(t.name);
    for (const Entity* e : left_open(*r))
      if (readings_.try_emplace(e->name).second) q.add(e->name);
  }
  q.run([&](const Query& row) {
    LearnedActor reading = learned_actor(row);
    readings_[reading.name].push_back(std::move(reading));
  });
}

void Learning::teach(const Record& r) {
  expect({&r});
  const std::string date = day_of_publication(r.article.published);
  for (const Taught& taught : taught_by(r)) {
    std::vector<LearnedActor>& all = readings_.at(taught.name);
    changed_.insert(taught.name);
    bearers_[surname_of(taught.name)].insert(taught.name);
    auto known = std::find_if(all.begin(), all.end(), [&](const LearnedActor& a) {
      return a.country == taught.country && a.sector == taught.sector && a.role == taught.role;
    });
    if (known != all.end()) {
      ++known->articles;
      if (known->first.empty() || (!date.empty() && date < known->first)) known->first = date;
      known->last = std::max(known->last, date);
      continue;
    }
    all.push_back({taught.name, taught.country, taught.sector, taught.role, date, date, 1,
                   r.article.id + ": " + std::string(taught.evidence.of(r.article.text)), "text"});
  }
}

std::optional<Fill> Learning::by_name(const Entity& e) {
  std::vector<LearnedActor>& all = readings_.at(e.name);
  sort_readings(all);
  const LearnedActor* best = agreed(all, e);
  if (!best || best->country == e.actor.country) return std::nullopt;
  // What was inferred of the country was so of the sector.
  const bool keeps = !e.actor.sector.empty() && (best->origin == "hand" || e.basis != "context");
  return Fill{e.id,
              best->country,
              keeps ? "" : best->sector,
              e.role.empty() ? best->role : "",
              why_of(*best),
              ""};
}

std::optional<Fill> Learning::by_surname_alone(const Record& r, const Entity& e) {
  // Beside another of that name it is not known which of them is meant.
  for (const Entity& other : r.entities)
    if (surname_of(other.name) == e.name) return std::nullopt;
  const std::string day = day_of_publication(r.article.published);
  const LearnedActor* meant = nullptr;
  for (const std::string& name : bearers_[e.name]) {
    std::vector<LearnedActor>& all = readings_.at(name);
    sort_readings(all);
    const LearnedActor* best = agreed(all, e);
    // Of whom no article says whose he is the name is known all the same.
    if (!best && !all.empty() && all.front().country.empty()) best = &all.front();
    if (!best || days_from(all, *best, day) > kYears) continue;
    if (meant || !one_office(best->role, e.role)) return std::nullopt;
    meant = best;
  }
  if (!meant) return std::nullopt;
  const int64_t longest = meant->role.empty() ? kWeeks : kMonths;
  if (days_from(readings_.at(meant->name), *meant, day) > longest &&
      !speaks_of(r, meant->country, e))
    return std::nullopt;
  if (meant->country.empty())
    return Fill{e.id,           e.actor.country, "", e.role.empty() ? meant->role : "",
                why_of(*meant), meant->name};
  return Fill{e.id,           meant->country, meant->sector, e.role.empty() ? meant->role : "",
              why_of(*meant), meant->name};
}

// "The NFA" is the one body of which the ledger has read that it goes by these letters, if it can be of the
// same state.
std::optional<Fill> Learning::by_letters_alone(const Record& r, const Entity& e) {
  const std::vector<LearnedActor>& all = readings_.at(e.name);
  const LearnedActor* meant = nullptr;
  for (const LearnedActor& a : all) {
    if (a.origin != "text") return std::nullopt;  // what a person says of the letters goes first
    if (a.role.empty()) continue;
    if (meant && a.role != meant->role) return std::nullopt;
    if (!meant || (meant->country.empty() && !a.country.empty())) meant = &a;
  }
  if (!meant || days_from(*meant, day_of_publication(r.article.published)) > kYears)
    return std::nullopt;
  const bool said = !e.actor.country.empty() && e.basis != "context";
  if (said && !meant->country.empty() && meant->country != e.actor.country) return std::nullopt;
  const bool keeps = said || meant->country.empty();
  return Fill{e.id,
              keeps ? e.actor.country : meant->country,
              keeps ? "" : meant->sector,
              "",
              why_of(*meant),
              meant->role};
}

std::optional<Fill> Learning::fill_of(const Record& r, const Entity& open) {
  if (by_surname(open)) return by_surname_alone(r, open);
  if (by_letters(open))
    if (auto fill = by_letters_alone(r, open)) return fill;
  return unsettled(open) ? by_name(open) : std::nullopt;
}

std::vector<Fill> Learning::fills(const Record& r) {
  expect({&r});
  std::vector<Fill> out;
  for (const Entity* open : left_open(r))
    if (auto fill = fill_of(r, *open)) out.push_back(std::move(*fill));
  return out;
}

void Learning::write() {
  // What was not changed of a name is written as it was.
  Given q(db_,
          "INSERT INTO learned(name, country, sector, role, first, last, articles, evidence, "
          "origin, surname) VALUES (given.called, given.country, given.sector, given.role, "
          "given.first, given.last, given.times, given.evidence, given.origin, given.surname) ON "
          "CONFLICT(name, country, "
          "sector, role) DO UPDATE SET articles = excluded.articles, first = excluded.first, last "
          "= excluded.last",
          {{"called", Given::text},
           {"country", Given::text},
           {"sector", Given::text},
           {"role", Given::text},
           {"first", Given::text},
           {"last", Given::text},
           {"times", Given::number},
           {"evidence", Given::text},
           {"origin", Given::text},
           {"surname", Given::text}});
  for (const std::string& name : changed_)
    for (const LearnedActor& a : readings_.at(name)) {
      q.add(a.name).add(a.country).add(a.sector).add(a.role).add(a.first).add(a.last);
      q.add(static_cast<int64_t>(a.articles)).add(a.evidence).add(a.origin).add(surname_of(a.name));
    }
  q.run();
  forget();
}

}  // namespace chancery
