#include "record/things.h"

namespace chancery {

std::vector<char> mere_things(const Record& r) {
  std::vector<char> out;
  for (const Entity& e : r.entities)
    out.push_back(e.kind == "other" && e.actor.country.empty() && e.actor.sector.empty());
  auto somebody = [&](int e) {
    if (e >= 0) out[static_cast<size_t>(e)] = false;
  };
  auto all = [&](const std::vector<int>& list) {
    for (int e : list) somebody(e);
  };
  for (const Statement& s : r.statements) {
    somebody(s.speaker), somebody(s.where);
    all(s.via), all(s.to);
  }
  for (const Event& e : r.events) {
    somebody(e.where);
    all(e.source), all(e.target);
  }
  for (const Position& p : r.positions) somebody(p.holder), all(p.toward);
  for (const Novelty& n : r.novelty) somebody(n.by);
  for (const TimeExpression& t : r.times) somebody(t.where), all(t.who);
  return out;
}

}  // namespace chancery
