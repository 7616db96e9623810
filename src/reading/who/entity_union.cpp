#include "reading/who/entity_union.h"

#include <algorithm>
#include <utility>

namespace chancery {
namespace {

// Entities shows its mentions to readers only; those who correct them do it here and nowhere else.
std::vector<Mention>& mentions_of(Entities& entities) {
  return const_cast<std::vector<Mention>&>(std::as_const(entities).mentions());
}

Mention* mention_with_head(Entities& entities, int head) {
  const Mention* m = entities.mention_at(head);
  if (!m || m->head != head) return nullptr;
  return &mentions_of(entities)[static_cast<size_t>(m - entities.mentions().data())];
}

}  // namespace

bool named(const Entities& entities, int entity) {
  return std::any_of(entities.mentions().begin(), entities.mentions().end(), [&](const Mention& m) {
    return m.entity == entity && (m.sort == Mention::name || m.names_state);
  });
}

char gender(const Entities& entities, int entity) {
  for (const Mention& m : entities.mentions())
    if (m.entity == entity && m.gender && m.sort != Mention::pronoun) return m.gender;
  return 0;
}

bool plural(const Entities& entities, int entity) {
  if (entity < 0 || entities.entities()[entity].kind == "group") return entity >= 0;
  return std::any_of(entities.mentions().begin(), entities.mentions().end(), [&](const Mention& m) {
    return m.entity == entity && m.plural && m.sort != Mention::pronoun;
  });
}

void unite(Entities& entities, int kept, int other) {
  if (kept == other) return;
  Entity &a = entities.entities()[kept], &b = entities.entities()[other];
  if (!named(entities, kept) && named(entities, other)) a.name = b.name;
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
  for (Mention& m : mentions_of(entities))
    if (m.entity == other) m.entity = kept;
}

void refer(Entities& entities, int token, int entity) {
  if (Mention* m = mention_with_head(entities, token)) m->entity = entity;
}

void widen(Entities& entities, const TreeView& tree, int head, int begin, int end) {
  Mention* m = mention_with_head(entities, head);
  if (!m || m->sort != Mention::nominal || begin > m->begin || end < m->end) return;
  const std::string_view text = tree.document().text;
  Entity& entity = entities.entities()[m->entity];
  if (entity.name == tree.span({m->begin, m->end}).of(text))
    entity.name = std::string(tree.trimmed({begin, end}).of(text));
  m->begin = begin;
  m->end = end;
}

}  // namespace chancery
