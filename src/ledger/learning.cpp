#include "ledger/learning.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "ledger/filed.h"
#include "ledger/given.h"

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
    total += a.articles;
    bool better = !best || (a.origin == "hand" && best->origin != "hand") ||
                  (a.origin == best->origin && a.articles > best->articles);
    if (better) best = &a;
  }
  long agreeing = 0;
  for (const LearnedActor& a : all)
    if (a.country == best->country) agreeing += a.articles;
  if (best->origin != "hand" && (agreeing * 3 < total * 2 || !e.actor.country.empty()))
    return nullptr;
  return best->country == e.actor.country ? nullptr : best;
}

}  // namespace

void Learning::expect(const std::vector<const Record*>& records) {
  Given q(db_, fmt::format("SELECT {} FROM learned WHERE name = given.called", kLearnedColumns),
          {{"called", Given::text}});
  for (const Record* r : records)
    for (const auto& list : {teaching(*r), left_open(*r)})
      for (const Entity* e : list)
        if (readings_.try_emplace(e->name).second) q.add(e->name);
  q.run([&](const Query& row) {
    LearnedActor reading = learned_actor(row);
    readings_[reading.name].push_back(std::move(reading));
  });
}

void Learning::teach(const Record& r) {
  expect({&r});
  const std::string date = day_of_publication(r.article.published);
  for (const Entity* taught : teaching(r)) {
    const Entity& e = *taught;
    std::vector<LearnedActor>& all = readings_.at(e.name);
    changed_.insert(e.name);
    auto known = std::find_if(all.begin(), all.end(), [&](const LearnedActor& a) {
      return std::tie(a.country, a.sector, a.role) ==
             std::tie(e.actor.country, e.actor.sector, e.role);
    });
    if (known != all.end()) {
      ++known->articles;
      if (known->first.empty() || (!date.empty() && date < known->first)) known->first = date;
      known->last = std::max(known->last, date);
      continue;
    }
    // The longest mention shows why.
    Span best = e.mentions[0];
    for (Span m : e.mentions)
      if (m.size() > best.size()) best = m;
    all.push_back({e.name, e.actor.country, e.actor.sector, e.role, date, date, 1,
                   r.article.id + ": " + std::string(best.of(r.article.text)), "text"});
  }
}

std::vector<Fill> Learning::fills(const Record& r) {
  expect({&r});
  std::vector<Fill> out;
  for (const Entity* open : left_open(r)) {
    const Entity& e = *open;
    std::vector<LearnedActor>& all = readings_.at(e.name);
    sort_readings(all);
    const LearnedActor* best = agreed(all, e);
    if (!best) continue;
    out.push_back({e.id, best->country, e.actor.sector.empty() ? best->sector : "",
                   e.role.empty() ? best->role : "",
                   best->origin == "hand"
                       ? "set by hand in the ledger"
                       : fmt::format("learnt from {} article{} ({})", best->articles,
                                     best->articles == 1 ? "" : "s", best->evidence)});
  }
  return out;
}

void Learning::write() {
  // What was not changed of a name is written as it was.
  Given q(db_,
          "INSERT INTO learned(name, country, sector, role, first, last, articles, evidence, "
          "origin) VALUES (given.called, given.country, given.sector, given.role, given.first, "
          "given.last, given.times, given.evidence, given.origin) ON CONFLICT(name, country, "
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
           {"origin", Given::text}});
  for (const std::string& name : changed_)
    for (const LearnedActor& a : readings_.at(name)) {
      q.add(a.name).add(a.country).add(a.sector).add(a.role).add(a.first).add(a.last);
      q.add(static_cast<int64_t>(a.articles)).add(a.evidence).add(a.origin);
    }
  q.run();
  forget();
}

}  // namespace chancery
