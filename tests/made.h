// For tests of what people are told: a record made by hand, with the shipped words and limits.
#pragma once
#include <gtest/gtest.h>

#include "cli/dossier.h"
#include "present/telling.h"
#include "support.h"

namespace chancery::test {

inline const present::Words& plain_words() {
  static const present::Words shared(source_dir() + "/data", resources()->known);
  return shared;
}

inline const SureLimits& sure_limits() {
  static const SureLimits shared(source_dir() + "/data/sure.tsv");
  return shared;
}

// A record made by hand: entities by name, items on the words of the text.
struct Made {
  Record r;
  explicit Made(const std::string& text) {
    r.article.id = "made";
    r.article.title = "Made up";
    r.article.text = text;
    r.article.published = "2031-05-14";
  }
  Span at(const std::string& some) const {
    const size_t begin = r.article.text.find(some);
    EXPECT_NE(begin, std::string::npos) << some;
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + some.size())};
  }
  int entity(const std::string& name, const std::string& kind, const std::string& country,
             const std::string& role = "") {
    Entity e;
    e.id = "e" + std::to_string(r.entities.size() + 1);
    e.name = name;
    e.kind = kind;
    e.actor.country = country;
    e.actor.sector = "GOV";
    e.basis = "text";
    e.role = role;
    if (r.article.text.find(name) != std::string::npos) e.mentions = {at(name)};
    r.entities.push_back(e);
    return static_cast<int>(r.entities.size()) - 1;
  }
  Statement& statement(int speaker, const std::string& cue, const std::string& content,
                       double confidence = 0.99) {
    Statement s;
    s.id = "s" + std::to_string(r.statements.size() + 1);
    s.speaker = speaker;
    s.force = "asserted";
    s.cue = {at(cue)};
    s.content = {at(content)};
    s.confidence = confidence;
    r.statements.push_back(s);
    return r.statements.back();
  }
  Event& event(const std::string& type, std::vector<int> source, std::vector<int> target,
               const std::string& span, const std::string& trigger, double confidence = 0.9) {
    Event e;
    e.id = "v" + std::to_string(r.events.size() + 1);
    e.type = type;
    e.status = "occurred";
    e.source = std::move(source);
    e.target = std::move(target);
    e.span = at(span);
    e.trigger = at(trigger);
    e.confidence = confidence;
    r.events.push_back(e);
    return r.events.back();
  }
  Position& position(int holder, const std::string& stance, const std::string& content,
                     double confidence = 0.9) {
    Position p;
    p.id = "p" + std::to_string(r.positions.size() + 1);
    p.holder = holder;
    p.stance = stance;
    p.content = {at(content)};
    p.confidence = confidence;
    r.positions.push_back(p);
    return r.positions.back();
  }
  present::Telling told() const { return present::tell(r, sure_limits(), plain_words()); }
  std::string dossier(bool full = false) const {
    return cli::dossier(r, sure_limits(), plain_words(), cli::Style{false}, 96, {false, full});
  }
};

}  // namespace chancery::test
