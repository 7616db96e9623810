// An invented report and its record, made by hand: tests of corrections read by no model.
#pragma once
#include <string>
#include <vector>

#include "record/record.h"

namespace chancery::test {

// One article: Kari Solheim says something, meets Jon Vale in Bergen, and Iceland rejects a plan.
class HandMade {
 public:
  explicit HandMade(const std::string& id = "one", const std::string& more = "") {
    r.article.id = id;
    r.article.published = "2031-05-14";
    r.article.language = "en";
    r.article.url = "https://paper.example/" + id;
    r.article.text =
        "Foreign Minister Kari Solheim said on Monday that Norway would open its ports. She met "
        "Jon Vale in Bergen. Iceland rejects the plan of the ports." +
        more;
    actor("e1", "Kari Solheim", "person", "NOR", {"Foreign Minister Kari Solheim", "She"});
    actor("e2", "Jon Vale", "person", "", {"Jon Vale"});
    actor("e3", "Iceland", "place", "ISL", {"Iceland"});
    actor("e4", "Bergen", "place", "NOR", {"Bergen"});
    r.entities[0].role = "foreign minister";
    r.entities[0].actor.sector = "GOV";
    Statement s;
    s.id = "s1";
    s.speaker = 0;
    s.source = {at("Foreign Minister Kari Solheim")};
    s.cue = {at("said")};
    s.content = {at("that Norway would open its ports")};
    s.quote = "indirect";
    s.force = "asserted";
    s.confidence = 0.6;
    r.statements.push_back(s);
    Event e;
    e.id = "v1";
    e.type = "CONSULT";
    e.mode = "meet";
    e.cameo = "040";
    e.source = {0};
    e.target = {1};
    e.where = 3;
    e.status = "occurred";
    e.span = at("She met Jon Vale in Bergen");
    e.trigger = at("met");
    e.confidence = 0.7;
    e.goldstein = 1;
    e.has_goldstein = true;
    r.events.push_back(e);
    Position p;
    p.id = "p1";
    p.holder = 2;
    p.stance = "rejects";
    p.topic = "the ports";
    p.content = {at("the plan of the ports")};
    p.said_in = -1;
    p.confidence = 0.8;
    r.positions.push_back(p);
  }

  Span at(const std::string& words) const {
    const auto begin = static_cast<uint32_t>(r.article.text.find(words));
    return {begin, begin + static_cast<uint32_t>(words.size())};
  }
  void actor(const std::string& id, const std::string& name, const std::string& kind,
             const std::string& country, const std::vector<std::string>& mentions) {
    Entity e;
    e.id = id;
    e.name = name;
    e.kind = kind;
    e.actor.country = country;
    if (!country.empty()) e.basis = "text";
    for (const std::string& m : mentions) e.mentions.push_back(at(m));
    r.entities.push_back(e);
  }

  Record r;
};

}  // namespace chancery::test
