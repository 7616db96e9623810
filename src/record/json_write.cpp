// Records to JSON; json_read.cpp is the way back.
#include <chancery/version.h>
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <iterator>
#include <type_traits>

#include "base/memory.h"
#include "base/utf8.h"
#include "record/fields.h"
#include "record/json.h"

namespace chancery {
namespace {

using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, ThrowingAllocator>;
using Writer = rapidjson::Writer<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, ThrowingAllocator>;

class RecordWriter {
 public:
  // `given_up`: the same record, when each of its layers may go as soon as it is written.
  RecordWriter(const Record& record, const JsonOptions& options, Record* given_up = nullptr)
      : r_(record),
        given_up_(given_up),
        options_(options),
        map_(record.article.text),
        w_(buffer_) {}

  std::string write() {
    w_.StartObject();
    text("schema", CHANCERY_SCHEMA);
    made_by(r_.made_by);
    article(r_.article);
    layer("entities", &Record::entities);
    layer("times", &Record::times);
    layer("statements", &Record::statements);
    layer("events", &Record::events);
    layer("positions", &Record::positions);
    layer("novelty", &Record::novelty);
    w_.EndObject();
    // With room for the end of a line, which would ask for as much again.
    std::string out;
    out.reserve(buffer_.GetSize() + 1);
    out.assign(buffer_.GetString(), buffer_.GetSize());
    return out;
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
  template <class Layer>
  void layer(const char* key, std::vector<Layer> Record::*items) {
    list(key, r_.*items, [&](const Layer& x) { item(x); });
    if (given_up_) give_up(given_up_->*items);
  }
  // Of entities and statements later layers need what they are called by.
  template <class Layer>
  static void give_up(std::vector<Layer>& items) {
    if constexpr (std::is_same_v<Layer, Entity> || std::is_same_v<Layer, Statement>) {
      for (Layer& x : items) {
        Layer called;
        called.id.swap(x.id);
        x = std::move(called);
      }
    } else {
      std::vector<Layer>().swap(items);
    }
  }

  template <class Layer>
  void item(const Layer& x) {
    each_field<Layer>([&](const auto field) {
      if constexpr (field.kKind == FieldKind::own) own(x, field.key);
      else if (field.always || given(x.*field.member)) put(field.kKind, field.key, x.*field.member);
    });
  }

  static bool given(int place) { return place >= 0; }
  static bool given(double share) { return share > 0; }
  template <class T>
  static bool given(const T& value) {
    return !value.empty();
  }

  void put(KindOf<FieldKind::text>, const char* key, const std::string& s) { text(key, s); }
  void put(KindOf<FieldKind::strings>, const char* key, const std::vector<std::string>& list) {
    strings(key, list);
  }
  void put(KindOf<FieldKind::share>, const char* key, double share) { number(key, share, 2); }
  void put(KindOf<FieldKind::span>, const char* key, Span s) { span(key, s); }
  void put(KindOf<FieldKind::spans>, const char* key, const Spans& list) { spans(key, list); }
  void put(KindOf<FieldKind::entity>, const char* key, int place) { entity(key, place); }
  void put(KindOf<FieldKind::entities>, const char* key, const std::vector<int>& places) {
    entities(key, places);
  }
  void put(KindOf<FieldKind::statement>, const char* key, int place) {
    text(key, r_.statements[place].id);
  }
  // The days that a value covers stand beside it: readers need not know TIMEX3.
  void put(KindOf<FieldKind::when>, const char* key, const When& when) {
    text(key, when.value());
    period(when, "when_from", "when_to", "when_precision");
  }
  void put(KindOf<FieldKind::value>, const char* key, const When& when) {
    text(key, when.value());
    period(when, "from", "to", "precision");
  }
  void put(KindOf<FieldKind::time>, const char* key, const When& when) { text(key, when.value()); }
  void put(KindOf<FieldKind::explain>, const char* key, const std::string& why) {
    if (options_.explain) text(key, why);
  }

  void own(const Entity& e, std::string_view key) {
    if (key == "actor") actor(e);
    else if (e.geo) geo(*e.geo);
  }
  void own(const Event& e, std::string_view key) {
    if (key == "goldstein") goldstein(e);
    else if (!e.numbers.empty())
      list("numbers", e.numbers, [&](const EventNumber& n) {
        text("of", n.of);
        if (n.count) number("count", *n.count, 2);
        if (!n.bound.empty()) text("bound", n.bound);
        span("span", n.span);
      });
  }

  void actor(const Entity& e) {
    if (e.actor.country.empty() && e.actor.sector.empty()) return;
    w_.Key("actor");
    w_.StartObject();
    if (!e.actor.country.empty()) text("country", e.actor.country);
    if (!e.actor.sector.empty()) text("sector", e.actor.sector);
    if (!e.actor.other_sectors.empty()) strings("other_sectors", e.actor.other_sectors);
    if (!e.basis.empty()) text("basis", e.basis);
    w_.EndObject();
  }
  void geo(const Geo& g) {
    w_.Key("geo");
    w_.StartObject();
    number("latitude", g.latitude, 4);  // eleven metres, as the gazetteer has them
    number("longitude", g.longitude, 4);
    text("country", g.country);
    text("geonames", g.geonames);
    w_.EndObject();
  }
  void goldstein(const Event& e) {
    if (!e.has_goldstein) return;
    w_.Key("goldstein");
    if (std::isfinite(e.goldstein)) w_.Double(e.goldstein);
    else w_.Null();
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
  void period(const When& when, const char* from, const char* to, const char* precision) {
    if (when.dated()) {
      text(from, when.from_day());
      text(to, when.to_day());
    }
    text(precision, name_of(when.precision()));
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
  Record* given_up_;
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

std::string to_json(Record&& record, const JsonOptions& options) {
  return RecordWriter(record, options, &record).write();
}

std::string article_to_json(const Article& article) {
  Record record;
  record.article = article;
  return RecordWriter(record, {}).write_article();
}

}  // namespace chancery
