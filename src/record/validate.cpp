#include "record/validate.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace chancery {
namespace {

bool one_of(std::string_view value, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

class Checker {
 public:
  explicit Checker(const Record& r) : r_(r) {}

  std::optional<std::string> run() {
    const std::string none;
    if (r_.article.text.empty()) problem("article.text", "empty");
    for_each("entities", r_.entities, [&](const Entity& e) {
      closed("kind", e.kind, {"person", "place", "organization", "group", "event", "other"});
      if (!e.actor.country.empty() && !(e.actor.country.size() == 3 &&
                                        std::all_of(e.actor.country.begin(), e.actor.country.end(),
                                                    [](char c) { return c >= 'A' && c <= 'Z'; })))
        problem("actor.country", "'" + e.actor.country + "' is no three-letter code");
      sector(e.actor.sector);
      for (const std::string& s : e.actor.other_sectors) sector(s);
      if (e.mentions.empty()) problem("mentions", "none");
      spans("mentions", e.mentions);
    });
    for_each("times", r_.times, [&](const TimeExpression& t) {
      closed("type", t.type, {"DATE", "TIME", "DURATION", "SET"});
      if (!t.when.fits(t.type))
        problem("value", "'" + shown(t.when) + "' is no TIMEX3 value of a " + t.type);
      if (!t.mod.empty())
        closed("mod", t.mod,
               {"START", "MID", "END", "APPROX", "EQUAL_OR_MORE", "EQUAL_OR_LESS", "MORE_THAN",
                "LESS_THAN", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER"});
      spans("span", {t.span});
    });
    for_each("statements", r_.statements, [&](const Statement& s) {
      when("when", s.when);
      closed("quote", s.quote, {"direct", "indirect", "mixed"});
      entity("speaker", s.speaker);
      entities("via", s.via);
      entities("to", s.to);
      entity("where", s.where);
      if (s.content.empty()) problem("content", "none");
      spans("source", s.source);
      spans("cue", s.cue);
      spans("content", s.content);
    });
    for_each("events", r_.events, [&](const Event& e) {
      if (e.type.empty() ||
          e.type.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != std::string::npos)
        problem("type", "'" + e.type + "' is no type of an ontology");
      when("when", e.when);
      closed("status", e.status, {"occurred", "planned", "possible", "conditional", "denied"});
      entities("source", e.source);
      entities("target", e.target);
      entity("where", e.where);
      statement(e.said_in);
      spans("span", {e.span});
      spans("instrument", e.instrument);
      for (const EventNumber& n : e.numbers) spans("numbers", {n.span});
    });
    for_each("positions", r_.positions, [&](const Position& p) {
      closed(
          "stance", p.stance,
          {"rejects", "demands", "offers", "accepts", "proposes", "supports", "opposes", "warns"});
      entity("holder", p.holder);
      entities("toward", p.toward);
      statement(p.said_in);
      if (p.content.empty()) problem("content", "none");
      spans("content", p.content);
      spans("condition", p.condition);
    });
    for_each("novelty", r_.novelty, [&](const Novelty& n) {
      when("since", n.since);
      entity("by", n.by);
      spans("span", {n.span});
    });
    return first_;
  }

 private:
  void problem(const std::string& key, const std::string& what) {
    if (!first_) first_ = (at_.empty() ? key : at_ + "." + key) + ": " + what;
  }
  void closed(const char* key, const std::string& value,
              std::initializer_list<std::string_view> list) {
    if (!one_of(value, list)) problem(key, "'" + value + "' is not one of the values");
  }
  void when(const char* key, const When& w) {
    if (!w.empty() && !w.valid()) problem(key, "'" + shown(w) + "' is no TIMEX3 value");
  }
  // As much of a value as a message can hold.
  static std::string shown(const When& w) {
    return w.value().size() <= 40 ? w.value() : w.value().substr(0, 40) + "…";
  }
  void sector(const std::string& s) {
    if (!s.empty() &&
        !one_of(s, {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF",
                    "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED",
                    "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO", "MNC"}))
      problem("actor.sector", "'" + s + "' is no sector");
  }
  void entity(const char* key, int i) {
    if (i < -1 || i >= static_cast<int>(r_.entities.size())) problem(key, "no such entity");
  }
  void entities(const char* key, const std::vector<int>& list) {
    for (int i : list) {
      entity(key, i);
      if (i < 0) problem(key, "nobody in a list");
    }
  }
  void statement(int i) {
    if (i < -1 || i >= static_cast<int>(r_.statements.size()))
      problem("said_in", "no such statement");
  }
  void spans(const char* key, const Spans& list) {
    const std::string& text = r_.article.text;
    auto edge = [&](uint32_t at) {
      return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    };
    for (Span s : list)
      if (s.begin >= s.end || s.end > text.size() || !edge(s.begin) || !edge(s.end))
        problem(key, "[" + std::to_string(s.begin) + "," + std::to_string(s.end) +
                         ") is no span of the text");
  }
  template <class T, class F>
  void for_each(const char* name, const std::vector<T>& items, F&& check) {
    for (size_t i = 0; i < items.size() && !first_; ++i) {
      at_ = std::string(name) + "[" + std::to_string(i) + "]";
      check(items[i]);
    }
    at_.clear();
  }

  const Record& r_;
  std::string at_;
  std::optional<std::string> first_;
};

}  // namespace

std::optional<std::string> first_problem(const Record& record) { return Checker(record).run(); }

}  // namespace chancery
