// Records to JSON; json_read.cpp is the way back.
#include <chancery/version.h>
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <iterator>

#include "base/memory.h"
#include "base/utf8.h"
#include "record/json.h"

namespace chancery {
namespace {

using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, ThrowingAllocator>;
using Writer = rapidjson::Writer<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, ThrowingAllocator>;

class RecordWriter {
 public:
  RecordWriter(const Record& record, const JsonOptions& options)
      : r_(record), options_(options), map_(record.article.text), w_(buffer_) {}

  std::string write() {
    w_.StartObject();
    text("schema", CHANCERY_SCHEMA);
    made_by(r_.made_by);
    article(r_.article);
    list("entities", r_.entities, [&](const Entity& e) { item(e); });
    list("times", r_.times, [&](const TimeExpression& t) { item(t); });
    list("statements", r_.statements, [&](const Statement& s) { item(s); });
    list("events", r_.events, [&](const Event& e) { item(e); });
    list("positions", r_.positions, [&](const Position& p) { item(p); });
    list("novelty", r_.novelty, [&](const Novelty& n) { item(n); });
    w_.EndObject();
    return buffer_.GetString();
  }

  // An article alone, with what its page says beyond a record.
  std::string write_article() {
    w_.StartObject();
    w_.Key("article");
    w_.StartObject();
    article_fields(r_.article);
    page_fields(r_.article);
    w_.EndObject();
    w_.EndObject();
    return buffer_.GetString();
  }

 private:
  void item(const Entity& e) {
    text("id", e.id);
    text("name", e.name);
    text("kind", e.kind);
    if (!e.actor.country.empty() || !e.actor.sector.empty()) {
      w_.Key("actor");
      w_.StartObject();
      if (!e.actor.country.empty()) text("country", e.actor.country);
      if (!e.actor.sector.empty()) text("sector", e.actor.sector);
      if (!e.actor.other_sectors.empty()) strings("other_sectors", e.actor.other_sectors);
      if (!e.basis.empty()) text("basis", e.basis);
      w_.EndObject();
    }
    if (!e.role.empty()) text("role", e.role);
    spans("mentions", e.mentions);
    if (e.geo) {
      w_.Key("geo");
      w_.StartObject();
      number("latitude", e.geo->latitude, 4);  // eleven metres, as the gazetteer has them
      number("longitude", e.geo->longitude, 4);
      text("country", e.geo->country);
      text("geonames", e.geo->geonames);
      w_.EndObject();
    }
    explain(e.explain);
  }
  void item(const TimeExpression& t) {
    text("id", t.id);
    span("span", t.span);
    text("type", t.type);
    text("value", t.when.value());
    period(t.when, "from", "to", "precision");
    if (!t.mod.empty()) text("mod", t.mod);
    explain(t.explain);
  }
  void item(const Statement& s) {
    text("id", s.id);
    entity("speaker", s.speaker);
    spans("source", s.source);
    spans("cue", s.cue);
    spans("content", s.content);
    text("quote", s.quote);
    if (!s.force.empty()) text("force", s.force);
    if (s.confidence > 0) number("confidence", s.confidence, 2);
    entities("via", s.via);
    entities("to", s.to);
    when(s.when);
    if (s.where >= 0) entity("where", s.where);
    if (!s.occasion.empty()) text("occasion", s.occasion);
    explain(s.explain);
  }
  void item(const Event& e) {
    text("id", e.id);
    text("type", e.type);
    if (!e.mode.empty()) text("mode", e.mode);
    if (!e.cameo.empty()) text("cameo", e.cameo);
    entities("source", e.source);
    entities("target", e.target);
    when(e.when);
    if (e.where >= 0) entity("where", e.where);
    text("status", e.status);
    span("span", e.span);
    if (!e.trigger.empty()) span("trigger", e.trigger);
    if (e.confidence > 0) number("confidence", e.confidence, 2);
    if (e.said_in >= 0) text("said_in", r_.statements[e.said_in].id);
    if (e.has_goldstein) {
      w_.Key("goldstein");
      if (std::isfinite(e.goldstein)) w_.Double(e.goldstein);
      else w_.Null();
    }
    if (!e.contexts.empty()) strings("contexts", e.contexts);
    if (!e.numbers.empty())
      list("numbers", e.numbers, [&](const EventNumber& n) {
        text("of", n.of);
        if (n.count) number("count", *n.count, 2);
        if (!n.bound.empty()) text("bound", n.bound);
        span("span", n.span);
      });
    if (!e.instrument.empty()) spans("instrument", e.instrument);
    explain(e.explain);
  }
  void item(const Position& p) {
    text("id", p.id);
    entity("holder", p.holder);
    text("topic", p.topic);
    if (!p.issue.empty()) text("issue", p.issue);
    text("stance", p.stance);
    entities("toward", p.toward);
    spans("content", p.content);
    spans("condition", p.condition);
    strings("stages", p.stages);
    if (p.said_in >= 0) text("said_in", r_.statements[p.said_in].id);
    if (p.confidence > 0) number("confidence", p.confidence, 2);
    explain(p.explain);
  }
  void item(const Novelty& n) {
    text("id", n.id);
    span("span", n.span);
    text("claim", n.claim);
    text("what", n.what);
    if (!n.since.empty()) text("since", n.since.value());
    if (n.by >= 0) entity("by", n.by);
    explain(n.explain);
  }

  void string(std::string_view s) {
    w_.String(s.data(), static_cast<rapidjson::SizeType>(s.size()));
  }
  void text(const char* key, std::string_view value) {
    w_.Key(key);
    string(value);
  }
  void text_or_null(const char* key, std::string_view value) {
    w_.Key(key);
    if (value.empty()) w_.Null();
    else string(value);
  }
  void strings(const char* key, const std::vector<std::string>& values) {
    w_.Key(key);
    w_.StartArray();
    for (const std::string& v : values) string(v);
    w_.EndArray();
  }
  void pair(Span s) {
    w_.StartArray();
    w_.Uint(map_.to_code_points(s.begin));
    w_.Uint(map_.to_code_points(s.end));
    w_.EndArray();
  }
  void span(const char* key, Span s) {
    w_.Key(key);
    pair(s);
  }
  void spans(const char* key, const Spans& list) {
    w_.Key(key);
    w_.StartArray();
    for (Span s : list) pair(s);
    w_.EndArray();
  }
  void entity(const char* key, int index) {
    w_.Key(key);
    if (index < 0) w_.Null();
    else string(r_.entities[index].id);
  }
  void entities(const char* key, const std::vector<int>& list) {
    w_.Key(key);
    w_.StartArray();
    for (int i : list) string(r_.entities[i].id);
    w_.EndArray();
  }
  // What is no number is null: JSON knows neither infinity nor NaN, and no record that was checked
  // has them.
  void number(const char* name, double value, int decimals) {
    w_.Key(name);
    if (!std::isfinite(value)) {
      w_.Null();
      return;
    }
    digits_.clear();
    fmt::format_to(std::back_inserter(digits_), "{:.{}f}", value, decimals);
    w_.RawValue(digits_.data(), digits_.size(), rapidjson::kNumberType);
  }
  void explain(const std::string& why) {
    if (options_.explain && !why.empty()) text("explain", why);
  }
  // The days that a value covers, beside it: readers need not know TIMEX3.
  void period(const When& when, const char* from, const char* to, const char* precision) {
    if (when.dated()) {
      text(from, when.from_day());
      text(to, when.to_day());
    }
    text(precision, name_of(when.precision()));
  }
  void when(const When& when) {
    if (when.empty()) return;
    text("when", when.value());
    period(when, "when_from", "when_to", "when_precision");
  }
  template <class T, class F>
  void list(const char* key, const std::vector<T>& items, F&& write) {
    w_.Key(key);
    w_.StartArray();
    for (const T& item : items) {
      w_.StartObject();
      write(item);
      w_.EndObject();
    }
    w_.EndArray();
  }
  void made_by(const Maker& m) {
    if (m == Maker{}) return;
    w_.Key("made_by");
    w_.StartObject();
    text("engine", m.engine);
    text("model", m.model);
    text("data", m.data);
    w_.EndObject();
  }
  void article(const Article& a) {
    w_.Key("article");
    w_.StartObject();
    article_fields(a);
    w_.EndObject();
  }
  void article_fields(const Article& a) {
    text("id", a.id);
    text_or_null("url", a.url);
    text_or_null("publisher", a.publisher);
    text_or_null("title", a.title);
    strings("byline", a.byline);
    text_or_null("published", a.published);
    text_or_null("updated", a.updated);
    text_or_null("language", a.language);
    if (!a.source.empty()) text("source", a.source);
    if (!a.notes.empty()) strings("notes", a.notes);
    text("text", a.text);
  }
  void page_fields(const Article& a) {
    if (!a.section.empty()) text("section", a.section);
    if (!a.tags.empty()) strings("tags", a.tags);
    if (!a.picture.empty()) text("picture", a.picture);
    if (a.paywall) {
      w_.Key("paywall");
      w_.Bool(true);
    }
    if (a.parts.empty()) return;
    w_.Key("parts");
    w_.StartArray();
    for (const ArticlePart& p : a.parts) {
      w_.StartObject();
      text("kind", block_kind_name(p.kind));
      span("span", {p.begin, p.end});
      if (p.level > 0) {
        w_.Key("level");
        w_.Int(p.level);
      }
      if (p.numbered) {
        w_.Key("numbered");
        w_.Bool(true);
      }
      if (p.row > 0) {
        w_.Key("row");
        w_.Int(p.row);
      }
      if (!p.links.empty()) {
        w_.Key("links");
        w_.StartArray();
        for (const ArticleLink& link : p.links) {
          w_.StartObject();
          span("span", {link.begin, link.end});
          text("address", link.address);
          w_.EndObject();
        }
        w_.EndArray();
      }
      w_.EndObject();
    }
    w_.EndArray();
  }

  const Record& r_;
  JsonOptions options_;
  OffsetMap map_;
  std::string digits_;
  Buffer buffer_;
  Writer w_;
};

}  // namespace

std::string to_json(const Record& record, const JsonOptions& options) {
  return RecordWriter(record, options).write();
}

std::string article_to_json(const Article& article) {
  Record record;
  record.article = article;
  return RecordWriter(record, {}).write_article();
}

}  // namespace chancery
