#include "library/values.h"

#include <algorithm>

namespace chancery::library {
namespace {

v1::Span value_of(Span s) { return {s.begin, s.end}; }

v1::Spans value_of(const Spans& spans) {
  v1::Spans out;
  for (Span s : spans) out.push_back(value_of(s));
  return out;
}

v1::When value_of(const When& w) {
  if (w.empty()) return {};
  return {w.value(), w.from_day(), w.to_day(), std::string(name_of(w.precision()))};
}

template <class To, class From, class Make>
void each(std::vector<To>& to, std::vector<From>& from, Make make) {
  to.reserve(from.size());
  for (From& x : from) to.push_back(make(x));
}

v1::Article value_of(Article& a) {
  v1::Article out;
  out.id = std::move(a.id);
  out.url = std::move(a.url);
  out.publisher = std::move(a.publisher);
  out.title = std::move(a.title);
  out.published = std::move(a.published);
  out.updated = std::move(a.updated);
  out.language = std::move(a.language);
  out.text = std::move(a.text);
  out.source = std::move(a.source);
  out.byline = std::move(a.byline);
  out.notes = std::move(a.notes);
  return out;
}

v1::Entity entity(Entity& e) {
  v1::Entity out;
  out.id = std::move(e.id);
  out.name = std::move(e.name);
  out.kind = std::move(e.kind);
  out.country = std::move(e.actor.country);
  out.sector = std::move(e.actor.sector);
  out.basis = std::move(e.basis);
  out.role = std::move(e.role);
  out.other_sectors = std::move(e.actor.other_sectors);
  out.mentions = value_of(e.mentions);
  if (e.geo) {
    out.located = true;
    out.latitude = e.geo->latitude;
    out.longitude = e.geo->longitude;
    out.geonames = e.geo->geonames;
  }
  out.explain = std::move(e.explain);
  return out;
}

v1::Time time_expression(TimeExpression& t) {
  v1::Time out;
  out.id = std::move(t.id);
  out.span = value_of(t.span);
  out.type = std::move(t.type);
  out.mod = std::move(t.mod);
  out.when = value_of(t.when);
  out.explain = std::move(t.explain);
  out.occasion = std::move(t.occasion);
  out.status = std::move(t.status);
  out.words = value_of(t.words);
  out.who = std::move(t.who);
  out.where = t.where;
  out.said_in = t.said_in;
  return out;
}

v1::Statement statement(Statement& s) {
  v1::Statement out;
  out.id = std::move(s.id);
  out.speaker = s.speaker;
  out.source = value_of(s.source);
  out.cue = value_of(s.cue);
  out.content = value_of(s.content);
  out.quote = std::move(s.quote);
  out.force = std::move(s.force);
  out.confidence = s.confidence;
  out.via = std::move(s.via);
  out.to = std::move(s.to);
  out.when = value_of(s.when);
  out.where = s.where;
  out.occasion = std::move(s.occasion);
  out.explain = std::move(s.explain);
  return out;
}

v1::Number number(EventNumber& n) {
  return {std::move(n.of), std::move(n.bound), n.count.has_value(), n.count.value_or(0),
          value_of(n.span)};
}

v1::Event event(Event& e) {
  v1::Event out;
  out.id = std::move(e.id);
  out.type = std::move(e.type);
  out.mode = std::move(e.mode);
  out.cameo = std::move(e.cameo);
  out.status = std::move(e.status);
  out.source = std::move(e.source);
  out.target = std::move(e.target);
  out.when = value_of(e.when);
  out.where = e.where;
  out.said_in = e.said_in;
  out.span = value_of(e.span);
  out.trigger = value_of(e.trigger);
  out.confidence = e.confidence;
  out.scored = e.has_goldstein;
  out.goldstein = e.goldstein;
  out.contexts = std::move(e.contexts);
  each(out.numbers, e.numbers, number);
  out.instrument = value_of(e.instrument);
  out.explain = std::move(e.explain);
  return out;
}

v1::Position position(Position& p) {
  v1::Position out;
  out.id = std::move(p.id);
  out.holder = p.holder;
  out.said_in = p.said_in;
  out.topic = std::move(p.topic);
  out.issue = std::move(p.issue);
  out.stance = std::move(p.stance);
  out.toward = std::move(p.toward);
  out.content = value_of(p.content);
  out.condition = value_of(p.condition);
  out.stages = std::move(p.stages);
  out.confidence = p.confidence;
  out.explain = std::move(p.explain);
  return out;
}

v1::Novelty novelty(Novelty& n) {
  return {std::move(n.id),     value_of(n.span),  std::move(n.claim),
          std::move(n.what),   value_of(n.since), n.by,
          std::move(n.explain)};
}

}  // namespace

v1::Record value_of(Record r) {
  v1::Record out;
  out.made_by = {std::move(r.made_by.engine), std::move(r.made_by.model),
                 std::move(r.made_by.data)};
  out.article = value_of(r.article);
  each(out.entities, r.entities, entity);
  each(out.times, r.times, time_expression);
  each(out.statements, r.statements, statement);
  each(out.events, r.events, event);
  each(out.positions, r.positions, position);
  each(out.novelty, r.novelty, novelty);
  return out;
}

}  // namespace chancery::library
