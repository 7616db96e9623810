// For tests of ledgers: reports made by hand, each called by its number.
#pragma once
#include <string>

#include "record/record.h"

namespace chancery::test {

inline Record reported(int number, const std::string& day, const std::string& text) {
  Record r;
  r.article.id = std::to_string(number);
  r.article.published = day;
  r.article.language = "en";
  r.article.text = text;
  return r;
}

// The words where they stand first in the text, which must have them.
inline Span span_of(const Record& r, const std::string& some) {
  const auto begin = static_cast<uint32_t>(r.article.text.find(some));
  return {begin, begin + static_cast<uint32_t>(some.size())};
}

// What is set for a day: a vote by the record's first entity, with the words of the day and those that tell it.
inline TimeExpression vote(const Record& r, const std::string& id, const std::string& day,
                           const std::string& words) {
  TimeExpression t;
  t.id = id;
  t.type = "DATE";
  t.span = span_of(r, day);
  t.when = When("2031-06-03");
  t.occasion = "vote";
  t.status = "planned";
  t.words = span_of(r, words);
  t.who = {0};
  return t;
}

// Somebody of a state's government, named once.
inline void add_actor(Record& r, const std::string& name, const std::string& called,
                      const std::string& kind, const std::string& country) {
  Entity e;
  e.id = "e" + std::to_string(r.entities.size() + 1);
  e.name = name;
  e.kind = kind;
  e.actor.country = country;
  e.actor.sector = "GOV";
  e.basis = "text";
  e.mentions = {span_of(r, called)};
  r.entities.push_back(e);
}

}  // namespace chancery::test
