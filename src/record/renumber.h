// Items of a record have moved or gone: those who speak of them by their places follow. `now` has the
// new place of each, -1 for nobody.
#pragma once
#include <algorithm>
#include <vector>

#include "record/record.h"

namespace chancery {

inline void renumber(int& index, const std::vector<int>& now) {
  if (index >= 0) index = now[static_cast<size_t>(index)];
}

// Whoever is nobody now is left out; nobody stands in a list twice.
inline void renumber(std::vector<int>& list, const std::vector<int>& now) {
  std::vector<int> out;
  for (int i : list) {
    renumber(i, now);
    if (i >= 0 && std::find(out.begin(), out.end(), i) == out.end()) out.push_back(i);
  }
  list = std::move(out);
}

inline void renumber_actors(Record& r, const std::vector<int>& now) {
  for (TimeExpression& t : r.times) renumber(t.who, now), renumber(t.where, now);
  for (Statement& s : r.statements) {
    renumber(s.speaker, now), renumber(s.where, now);
    renumber(s.via, now), renumber(s.to, now);
  }
  for (Event& e : r.events) {
    renumber(e.where, now);
    renumber(e.source, now), renumber(e.target, now);
  }
  for (Position& p : r.positions) renumber(p.holder, now), renumber(p.toward, now);
  for (Novelty& n : r.novelty) renumber(n.by, now);
}

}  // namespace chancery
