// Who turns out to be one: entities that later readers join, and mentions that they know better.
#include "reading/entities.h"

namespace chancery {

bool Entities::named(int entity) const {
  return entity >= 0 && (memory_[entity].names_state || !memory_[entity].words.empty());
}

char Entities::gender(int entity) const { return entity < 0 ? 0 : memory_[entity].gender; }

bool Entities::plural(int entity) const {
  return entity >= 0 && (memory_[entity].plural || entities_[entity].kind == "group");
}

void Entities::unite(int kept, int other) {
  if (kept == other) return;
  for (Mention& m : mentions_)
    if (m.entity == other) m.entity = kept;
  Entity &a = entities_[kept], &b = entities_[other];
  Memory &x = memory_[kept], &y = memory_[other];
  if (y.words.size() > x.words.size()) {
    a.name = b.name;
    x.words = y.words;
  }
  // What an entity's own words say goes before what was only concluded.
  if (a.actor.country.empty() || (a.basis == "context" && !b.actor.country.empty())) {
    a.actor.country = b.actor.country;
    a.basis = b.basis;
  }
  if (a.actor.sector.empty() || a.actor.sector == "UNK") {
    a.actor.sector = b.actor.sector;
    a.actor.other_sectors = b.actor.other_sectors;
  }
  if (a.role.empty()) a.role = b.role;
  if (!x.gender) x.gender = y.gender;
  x.heads.insert(x.heads.end(), y.heads.begin(), y.heads.end());
  x.last = std::max(x.last, y.last);
  x.count += y.count;
}

void Entities::refer(int token, int entity) {
  if (token >= 0 && mention_of_[token] >= 0) mentions_[mention_of_[token]].entity = entity;
}

void Entities::widen(int head, int begin, int end) {
  if (mention_of_[head] < 0) return;
  Mention& m = mentions_[mention_of_[head]];
  if (m.sort != Mention::nominal || begin > m.begin || end < m.end) return;
  const bool titled = entities_[m.entity].name == t_.span({m.begin, m.end}).of(t_.document().text);
  m.begin = begin;
  m.end = end;
  if (titled)
    entities_[m.entity].name = std::string(t_.trimmed({begin, end}).of(t_.document().text));
}

}  // namespace chancery
