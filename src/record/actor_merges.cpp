// Who is one with whom, and one actor made of those of a record who are one (amendment.h).
#include <algorithm>

#include "record/amendment.h"
#include "record/renumber.h"

namespace chancery {

ActorMerges::ActorMerges(const std::vector<ActorMerge>& merges) {
  // Who is one with whom: whatever is connected.
  std::map<ActorName, std::set<ActorName>> beside;
  std::set<ActorName> went;
  for (const ActorMerge& m : merges) {
    if (m.from == m.into) continue;
    beside[m.from].insert(m.into);
    beside[m.into].insert(m.from);
    went.insert(m.from);
  }
  while (!beside.empty()) {
    std::set<ActorName> one;
    std::vector<ActorName> next = {beside.begin()->first};
    while (!next.empty()) {
      const ActorName actor = next.back();
      next.pop_back();
      if (!one.insert(actor).second) continue;
      for (const ActorName& other : beside[actor]) next.push_back(other);
    }
    // Several into whom others went, or a circle: the first by name, whoever was first told.
    const ActorName* called = nullptr;
    for (const ActorName& actor : one)
      if (!called && !went.count(actor)) called = &actor;
    if (!called) called = &*one.begin();
    for (const ActorName& actor : one) {
      called_.emplace(actor, *called);
      beside.erase(actor);
    }
  }
}

const ActorName* ActorMerges::find(const ActorName& actor) const {
  if (auto found = called_.find(actor); found != called_.end()) return &found->second;
  if (!actor.country.empty()) return nullptr;
  const ActorName* only = nullptr;
  for (auto it = called_.lower_bound({actor.name, actor.kind, ""});
       it != called_.end() && it->first.name == actor.name && it->first.kind == actor.kind; ++it) {
    if (only && *only != it->second) return nullptr;
    only = &it->second;
  }
  return only;
}

void merge_actors(Record& r, const ActorMerges& merges) {
  if (merges.empty()) return;
  std::map<ActorName, int> first;  // of those who were called anew, by what they are called now
  std::vector<int> now(r.entities.size());
  std::set<ItemPlace> gone;
  for (size_t i = 0; i < r.entities.size(); ++i) {
    now[i] = static_cast<int>(i);
    Entity& e = r.entities[i];
    const ActorName* called = merges.find({e.name, e.kind, e.actor.country});
    if (!called) continue;
    if (e.name != called->name || e.kind != called->kind)
      e.explain += (e.explain.empty() ? "" : "; ") + e.name + " is " + called->name;
    e.name = called->name;
    e.kind = called->kind;
    if (e.actor.country != called->country && !called->country.empty()) {
      e.actor.country = called->country;
      e.basis = "hand";
    }
    auto [same, fresh] = first.emplace(*called, static_cast<int>(i));
    if (fresh) continue;
    now[i] = same->second;
    gone.insert({"actor", static_cast<int>(i)});
    Entity& kept = r.entities[static_cast<size_t>(same->second)];
    kept.mentions.insert(kept.mentions.end(), e.mentions.begin(), e.mentions.end());
    std::sort(kept.mentions.begin(), kept.mentions.end());
    kept.mentions.erase(std::unique(kept.mentions.begin(), kept.mentions.end()),
                        kept.mentions.end());
    if (kept.role.empty()) kept.role = e.role;
    if (kept.actor.sector.empty()) kept.actor.sector = e.actor.sector;
  }
  if (gone.empty()) return;
  renumber_actors(r, now);
  remove_items(r, gone);
}

}  // namespace chancery
