#include "record/validate.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "record/fields.h"

namespace chancery {
namespace {

// No count of people, nor anything else that a report counts, is larger.
constexpr double kMost = 1e12;

bool three_capitals(std::string_view s) {
  return s.size() == 3 &&
         std::all_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Checker {
 public:
  Checker(const Record& r, const Codes* vocabulary) : r_(r), vocabulary_(vocabulary) {}

  std::optional<std::string> run() {
    if (r_.article.text.empty()) problem("article.text", "empty");
    for (const auto& [key, date] : {std::pair{"article.published", &r_.article.published},
                                    {"article.updated", &r_.article.updated}})
      if (!date->empty() && !is_publication(*date)) problem(key, quoted(*date) + " is no date");
    each("entities", r_.entities);
    each("times", r_.times);
    each("statements", r_.statements);
    each("events", r_.events);
    each("positions", r_.positions);
    each("novelty", r_.novelty);
    return first_;
  }

 private:
  template <class Layer>
  void check_fields(const Layer& x) {
    each_field<Layer>([&](const auto field) {
      if constexpr (field.kKind != FieldKind::own) {
        const auto& value = x.*field.member;
        if constexpr (field.kKind == FieldKind::text) {
          if (field.list && (field.always || !value.empty())) closed(field.key, value, *field.list);
        } else if constexpr (field.kKind == FieldKind::span) {
          if (field.always || !value.empty()) spans(field.key, {value});
        } else {
          check_value(field.kKind, field.key, value);
        }
      }
    });
  }

  void check_value(KindOf<FieldKind::share>, const char* key, double x) { range(key, x, 0, 1); }
  void check_value(KindOf<FieldKind::spans>, const char* key, const Spans& list) {
    spans(key, list);
  }
  void check_value(KindOf<FieldKind::entity>, const char* key, int place) { entity(key, place); }
  void check_value(KindOf<FieldKind::entities>, const char* key, const std::vector<int>& places) {
    entities(key, places);
  }
  void check_value(KindOf<FieldKind::statement>, const char* key, int place) {
    if (place < -1 || place >= static_cast<int>(r_.statements.size()))
      problem(key, "no such statement");
  }
  void check_value(KindOf<FieldKind::when>, const char* key, const When& w) { when(key, w); }
  void check_value(KindOf<FieldKind::time>, const char* key, const When& w) { when(key, w); }
  // Any text goes; a value must fit its type, which is checked beside it.
  template <FieldKind kind, class T>
  void check_value(KindOf<kind>, const char*, const T&) {}

  // What holds of a layer beyond its fields.
  void check(const Entity& e) {
    if (!e.actor.country.empty()) {
      if (!three_capitals(e.actor.country))
        problem("actor.country", quoted(e.actor.country) + " is no three-letter code");
      else if (vocabulary_ && !vocabulary_->has_country(e.actor.country))
        problem("actor.country",
                quoted(e.actor.country) + " is no state of the register, nor " + kBodies.listed());
    }
    sector("actor.sector", e.actor.sector);
    for (const std::string& s : e.actor.other_sectors) sector("actor.other_sectors", s);
    if (!e.basis.empty()) closed("actor.basis", e.basis, kBases);
    if (e.mentions.empty()) problem("mentions", "none");
    if (e.geo) {
      range("geo.latitude", e.geo->latitude, -90, 90);
      range("geo.longitude", e.geo->longitude, -180, 180);
      // Towns lie in territories too, which the register of states does not hold.
      if (!e.geo->country.empty() && !three_capitals(e.geo->country))
        problem("geo.country", quoted(e.geo->country) + " is no three-letter code");
      if (e.geo->geonames.find_first_not_of("0123456789") != std::string::npos)
        problem("geo.geonames", quoted(e.geo->geonames) + " is no number");
    }
  }

  void check(const TimeExpression& t) {
    if (!t.when.fits(t.type))
      problem("value", quoted(t.when.value()) + " is no TIMEX3 value of a " + t.type);
  }

  void check(const Statement& s) {
    if (s.content.empty()) problem("content", "none");
  }

  void check(const Event& e) {
    if (e.type.empty() ||
        e.type.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != std::string::npos)
      problem("type", quoted(e.type) + " is no type of an ontology");
    if (!e.cameo.empty() && (e.cameo.size() < 2 || e.cameo.size() > 4 ||
                             e.cameo.find_first_not_of("0123456789") != std::string::npos))
      problem("cameo", quoted(e.cameo) + " is no code of two to four digits");
    if (vocabulary_) codes(e);
    if (e.has_goldstein) range("goldstein", e.goldstein, -10, 10);
    for (const EventNumber& n : e.numbers) {
      if (n.of.empty()) problem("numbers.of", "missing");
      if (n.count) range("numbers.count", *n.count, 0, kMost);
      spans("numbers.span", {n.span});
    }
  }

  void codes(const Event& e) {
    if (!vocabulary_->has_type(e.type)) {
      problem("type", quoted(e.type) + " is no type of the ontology");
      return;
    }
    if (!e.mode.empty() && !vocabulary_->has_mode(e.type, e.mode))
      problem("mode", quoted(e.mode) + " is no mode of " + e.type + " in the ontology");
    if (!e.cameo.empty() && !vocabulary_->has_cameo(e.cameo))
      problem("cameo", quoted(e.cameo) + " is no CAMEO code of the ontology");
    for (const std::string& c : e.contexts)
      if (!vocabulary_->has_context(c))
        problem("contexts", quoted(c) + " is no context of the ontology");
  }

  void check(const Position& p) {
    if (p.content.empty()) problem("content", "none");
  }

  void check(const Novelty& n) {
    if (!is_claim(n.claim))
      problem("claim", quoted(n.claim) + " is no claim; there are " + kOrdinals.listed() + ", " +
                           kSuperlatives.listed() + " (with its adjective), " +
                           kUnheardOf.listed());
  }

  // A value in a message: cut, so that a message stays a line.
  static std::string quoted(std::string_view value) {
    return "'" + std::string(value.substr(0, 60)) + (value.size() > 60 ? "…'" : "'");
  }
  void problem(const std::string& key, const std::string& what) {
    if (!first_) first_ = (at_.empty() ? key : at_ + "." + key) + ": " + what;
  }
  void closed(const char* key, const std::string& value, const ClosedList& list) {
    if (!list.has(value)) problem(key, quoted(value) + " is none of " + list.listed());
  }
  void range(const char* key, double value, double least, double most) {
    // NaN is in no range.
    if (!(value >= least && value <= most))
      problem(key, "not a number between " + shown(least) + " and " + shown(most));
  }
  static std::string shown(double edge) { return std::to_string(static_cast<long long>(edge)); }
  void when(const char* key, const When& w) {
    if (!w.empty() && !w.valid()) problem(key, quoted(w.value()) + " is no TIMEX3 value");
  }
  void sector(const char* key, const std::string& s) {
    if (s.empty()) return;
    if (!three_capitals(s)) problem(key, quoted(s) + " is no sector");
    else if (vocabulary_ && !vocabulary_->has_sector(s))
      problem(key, quoted(s) + " is no sector of the ontology");
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
  template <class Layer>
  void each(const char* name, const std::vector<Layer>& items) {
    std::set<std::string_view> ids;
    for (size_t i = 0; i < items.size() && !first_; ++i) {
      at_ = std::string(name) + "[" + std::to_string(i) + "]";
      if (items[i].id.empty()) problem("id", "missing");
      else if (!ids.insert(items[i].id).second) problem("id", quoted(items[i].id) + " twice");
      check_fields(items[i]);
      check(items[i]);
    }
    at_.clear();
  }

  const Record& r_;
  const Codes* vocabulary_;
  std::string at_;
  std::optional<std::string> first_;
};

}  // namespace

bool is_publication(std::string_view s) {
  if (s.size() > 40) return false;
  When day(s.substr(0, 10));
  if (!day.dated()) return false;
  if (s.size() <= 10)
    return day.precision() == Precision::day || day.precision() == Precision::month ||
           day.precision() == Precision::year;
  return day.precision() == Precision::day && (s[10] == 'T' || s[10] == ' ') &&
         s.find_first_not_of("0123456789:.+-TZ ", 10) == std::string_view::npos;
}

std::optional<std::string> first_problem(const Record& record) {
  return Checker(record, nullptr).run();
}

std::optional<std::string> first_problem(const Record& record, const Codes& vocabulary) {
  return Checker(record, &vocabulary).run();
}

}  // namespace chancery
