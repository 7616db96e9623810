#include "record/json.h"

#include <chancery/version.h>
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include <cmath>
#include <iterator>
#include <unordered_map>

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "record/validate.h"

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
    list("entities", r_.entities, [&](const Entity& e) {
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
    });
    list("times", r_.times, [&](const TimeExpression& t) {
      text("id", t.id);
      span("span", t.span);
      text("type", t.type);
      text("value", t.when.value());
      period(t.when, "from", "to", "precision");
      if (!t.mod.empty()) text("mod", t.mod);
      explain(t.explain);
    });
    list("statements", r_.statements, [&](const Statement& s) {
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
    });
    list("events", r_.events, [&](const Event& e) {
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
    });
    list("positions", r_.positions, [&](const Position& p) {
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
    });
    list("novelty", r_.novelty, [&](const Novelty& n) {
      text("id", n.id);
      span("span", n.span);
      text("claim", n.claim);
      text("what", n.what);
      if (!n.since.empty()) text("since", n.since.value());
      if (n.by >= 0) entity("by", n.by);
      explain(n.explain);
    });
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

class RecordReader {
 public:
  RecordReader(std::string_view json, Origin origin) : kept_(origin == Origin::kept) {
    if (auto error = parser_.parse(simdjson::padded_string(json)).get(root_))
      throw Error(std::string("not JSON: ") + simdjson::error_message(error));
  }

  Record read() {
    try {
      read_all();
    } catch (const Error& error) {
      if (record_.article.id.empty()) throw;
      throw Error("record '" + record_.article.id.substr(0, 200) + "': " + error.what());
    }
    return std::move(record_);
  }

 private:
  void read_all() {
    if (string(root_, "schema") != CHANCERY_SCHEMA)
      fail("schema", "not a record of schema " CHANCERY_SCHEMA);
    if (simdjson::dom::element maker; object(root_, "made_by", maker))
      record_.made_by = {string(maker, "engine"), string(maker, "model"), string(maker, "data")};
    simdjson::dom::element a;
    if (root_["article"].get(a) != simdjson::SUCCESS) fail("article", "missing");
    at_ = "article";
    Article& article = record_.article;
    article.id = string(a, "id");
    article.url = string(a, "url");
    article.publisher = string(a, "publisher");
    article.title = string(a, "title");
    article.byline = strings(a, "byline");
    article.published = string(a, "published");
    article.updated = string(a, "updated");
    // What earlier versions let in and is no date says nothing.
    for (std::string* date : {&article.published, &article.updated})
      if (kept_ && !is_publication(*date)) date->clear();
    article.language = string(a, "language");
    article.source = string(a, "source");
    article.notes = strings(a, "notes");
    article.text = string(a, "text");
    OffsetMap map(article.text);
    map_ = &map;
    each("entities", [&](simdjson::dom::element e) {
      Entity x;
      x.id = string(e, "id");
      x.name = string(e, "name");
      x.kind = string(e, "kind");
      if (simdjson::dom::element actor; object(e, "actor", actor)) {
        x.actor.country = string(actor, "country");
        x.actor.sector = string(actor, "sector");
        x.actor.other_sectors = strings(actor, "other_sectors");
        x.basis = string(actor, "basis");
      }
      x.role = string(e, "role");
      x.mentions = spans(e, "mentions");
      if (simdjson::dom::element geo; object(e, "geo", geo)) {
        Geo g;
        for (const auto& [key, coordinate] :
             {std::pair{"latitude", &g.latitude}, {"longitude", &g.longitude}})
          if (!number(geo, key, *coordinate)) fail(std::string("geo.") + key, "missing");
        g.country = string(geo, "country");
        g.geonames = string(geo, "geonames");
        x.geo = g;
      }
      x.explain = string(e, "explain");
      if (!entities_.emplace(x.id, static_cast<int>(record_.entities.size())).second)
        fail("id", "entity " + x.id + " twice");
      record_.entities.push_back(std::move(x));
    });
    each("times", [&](simdjson::dom::element e) {
      record_.times.push_back({string(e, "id"), span(e, "span"), string(e, "type"),
                               when(e, "value", "from", "to", "precision"), string(e, "explain"),
                               string(e, "mod")});
    });
    each("statements", [&](simdjson::dom::element e) {
      Statement x;
      x.id = string(e, "id");
      x.speaker = entity(e, "speaker");
      x.source = spans(e, "source");
      x.cue = spans(e, "cue");
      x.content = spans(e, "content");
      x.quote = string(e, "quote");
      x.force = string(e, "force");
      number(e, "confidence", x.confidence);
      x.via = entities(e, "via");
      x.to = entities(e, "to");
      x.when = when(e, "when", "when_from", "when_to", "when_precision");
      x.where = entity(e, "where");
      x.occasion = string(e, "occasion");
      x.explain = string(e, "explain");
      statements_.emplace(x.id, static_cast<int>(record_.statements.size()));
      record_.statements.push_back(std::move(x));
    });
    each("events", [&](simdjson::dom::element e) {
      Event x;
      x.id = string(e, "id");
      x.type = string(e, "type");
      x.mode = string(e, "mode");
      x.cameo = string(e, "cameo");
      x.source = entities(e, "source");
      x.target = entities(e, "target");
      x.when = when(e, "when", "when_from", "when_to", "when_precision");
      x.where = entity(e, "where");
      x.status = string(e, "status");
      x.span = span(e, "span");
      if (e["trigger"].error() == simdjson::SUCCESS) x.trigger = span(e, "trigger");
      number(e, "confidence", x.confidence);
      x.said_in = statement(e);
      x.has_goldstein = number(e, "goldstein", x.goldstein);
      x.contexts = strings(e, "contexts");
      array(e, "numbers", [&](simdjson::dom::element n) {
        EventNumber one;
        one.of = string(n, "of");
        if (double count = 0; number(n, "count", count)) one.count = count;
        one.bound = string(n, "bound");
        one.span = span(n, "span");
        x.numbers.push_back(std::move(one));
      });
      x.instrument = spans(e, "instrument");
      x.explain = string(e, "explain");
      record_.events.push_back(std::move(x));
    });
    each("positions", [&](simdjson::dom::element e) {
      Position x;
      x.id = string(e, "id");
      x.holder = entity(e, "holder");
      x.topic = string(e, "topic");
      number(e, "confidence", x.confidence);
      x.issue = string(e, "issue");
      x.stance = string(e, "stance");
      x.toward = entities(e, "toward");
      x.content = spans(e, "content");
      x.condition = spans(e, "condition");
      x.stages = strings(e, "stages");
      x.said_in = statement(e);
      x.explain = string(e, "explain");
      record_.positions.push_back(std::move(x));
    });
    each("novelty", [&](simdjson::dom::element e) {
      Novelty x;
      x.id = string(e, "id");
      x.span = span(e, "span");
      x.claim = string(e, "claim");
      x.what = string(e, "what");
      x.since = string(e, "since");
      if (kept_ && !x.since.valid()) x.since = {};
      x.by = entity(e, "by");
      x.explain = string(e, "explain");
      record_.novelty.push_back(std::move(x));
    });
    map_ = nullptr;
    if (auto problem = first_problem(record_)) throw Error(*problem);
  }

  [[noreturn]] void fail(const std::string& key, const std::string& what) const {
    throw Error((at_.empty() ? key : at_ + "." + key) + ": " + what);
  }

  std::string string(simdjson::dom::element e, const char* key) const {
    simdjson::dom::element value;
    if (e[key].get(value) != simdjson::SUCCESS || value.is_null()) return "";
    std::string_view s;
    if (value.get(s) != simdjson::SUCCESS) fail(key, "must be a string");
    // Not every store keeps one, and no text has one.
    if (s.find('\0') != std::string_view::npos) fail(key, "has a NUL character");
    return std::string(s);
  }

  // The days beside a value follow from it; where they are written they must be its own.
  When when(simdjson::dom::element e, const char* value, const char* from, const char* to,
            const char* precision) const {
    When when(string(e, value));
    if (kept_) return when.valid() || std::string_view(value) == "value" ? when : When();
    auto own = [&](const char* key, std::string_view right) {
      std::string written = string(e, key);
      if (!written.empty() && written != right)
        fail(key, "'" + written + "' is not what the " + std::string(value) + " '" + when.value() +
                      "' says" + (right.empty() ? "" : ", which is " + std::string(right)));
    };
    own(from, when.from_day());
    own(to, when.to_day());
    own(precision, name_of(when.precision()));
    return when;
  }

  bool object(simdjson::dom::element e, const char* key, simdjson::dom::element& into) const {
    if (e[key].get(into) != simdjson::SUCCESS || into.is_null()) return false;
    if (!into.is_object()) fail(key, "must be an object");
    return true;
  }

  // Whether there is a number; its range is checked with all else (validate.h).
  bool number(simdjson::dom::element e, const char* key, double& into) const {
    simdjson::dom::element value;
    if (e[key].get(value) != simdjson::SUCCESS || value.is_null()) return false;
    if (value.get(into) != simdjson::SUCCESS) fail(key, "must be a number");
    return true;
  }

  template <class F>
  void array(simdjson::dom::element e, const char* key, F&& use) const {
    simdjson::dom::element value;
    if (e[key].get(value) != simdjson::SUCCESS || value.is_null()) return;
    simdjson::dom::array items;
    if (value.get(items) != simdjson::SUCCESS) fail(key, "must be a list");
    for (simdjson::dom::element item : items) use(item);
  }

  std::vector<std::string> strings(simdjson::dom::element e, const char* key) const {
    std::vector<std::string> out;
    array(e, key, [&](simdjson::dom::element item) {
      std::string_view s;
      if (item.get(s) != simdjson::SUCCESS) fail(key, "must be a list of strings");
      if (s.find('\0') != std::string_view::npos) fail(key, "has a NUL character");
      out.emplace_back(s);
    });
    return out;
  }

  Span pair(simdjson::dom::element e, const char* key) const {
    uint64_t begin, end;
    if (e.at(0).get(begin) != simdjson::SUCCESS || e.at(1).get(end) != simdjson::SUCCESS ||
        begin > end || end > map_->code_points())
      fail(key, "must be [start,end) inside the text");
    return {map_->to_bytes(static_cast<uint32_t>(begin)),
            map_->to_bytes(static_cast<uint32_t>(end))};
  }

  Span span(simdjson::dom::element e, const char* key) const {
    simdjson::dom::element value;
    if (e[key].get(value) != simdjson::SUCCESS) fail(key, "missing");
    return pair(value, key);
  }

  Spans spans(simdjson::dom::element e, const char* key) const {
    Spans out;
    array(e, key, [&](simdjson::dom::element item) { out.push_back(pair(item, key)); });
    return out;
  }

  int find(const std::string& id, const char* key) const {
    auto found = entities_.find(id);
    if (found == entities_.end()) fail(key, "no entity " + id);
    return found->second;
  }

  int entity(simdjson::dom::element e, const char* key) const {
    std::string id = string(e, key);
    return id.empty() ? -1 : find(id, key);
  }

  std::vector<int> entities(simdjson::dom::element e, const char* key) const {
    std::vector<int> out;
    for (const std::string& id : strings(e, key)) out.push_back(find(id, key));
    return out;
  }

  int statement(simdjson::dom::element e) const {
    std::string id = string(e, "said_in");
    if (id.empty()) return -1;
    auto found = statements_.find(id);
    if (found == statements_.end()) fail("said_in", "no statement " + id);
    return found->second;
  }

  template <class F>
  void each(const char* key, F&& use) {
    at_.clear();
    int i = 0;
    array(root_, key, [&](simdjson::dom::element item) {
      at_ = std::string(key) + "[" + std::to_string(i++) + "]";
      use(item);
    });
  }

  simdjson::dom::parser parser_;
  simdjson::dom::element root_;
  Record record_;
  const OffsetMap* map_ = nullptr;
  std::string at_;
  bool kept_;
  std::unordered_map<std::string, int> entities_, statements_;
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

bool is_record(std::string_view json) {
  // Parsing costs; an article has no such word in it but by chance.
  if (json.find("chancery") == std::string_view::npos) return false;
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element row;
  std::string_view schema;
  return parser.parse(simdjson::padded_string(json)).get(row) == simdjson::SUCCESS &&
         row["schema"].get(schema) == simdjson::SUCCESS && schema == "chancery/1";
}

Record record_from_json(std::string_view json, Origin origin) {
  return RecordReader(json, origin).read();
}

}  // namespace chancery
