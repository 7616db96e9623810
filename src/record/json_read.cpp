// Records from JSON; json_write.cpp is the way back.
#include <chancery/version.h>
#include <simdjson.h>

#include <unordered_map>

#include "base/error.h"
#include "base/utf8.h"
#include "record/json.h"
#include "record/validate.h"

namespace chancery {
namespace {

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
    read_article();
    OffsetMap map(record_.article.text);
    map_ = &map;
    each("entities", [&](simdjson::dom::element e) { read_entity(e); });
    each("times", [&](simdjson::dom::element e) { read_time(e); });
    each("statements", [&](simdjson::dom::element e) { read_statement(e); });
    each("events", [&](simdjson::dom::element e) { read_event(e); });
    each("positions", [&](simdjson::dom::element e) { read_position(e); });
    each("novelty", [&](simdjson::dom::element e) { read_novelty(e); });
    map_ = nullptr;
    if (auto problem = first_problem(record_)) throw Error(*problem);
  }

  void read_article() {
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
  }

  void read_entity(simdjson::dom::element e) {
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
  }

  void read_time(simdjson::dom::element e) {
    record_.times.push_back({string(e, "id"), span(e, "span"), string(e, "type"),
                             when(e, "value", "from", "to", "precision"), string(e, "explain"),
                             string(e, "mod")});
  }

  void read_statement(simdjson::dom::element e) {
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
  }

  void read_event(simdjson::dom::element e) {
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
  }

  void read_position(simdjson::dom::element e) {
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
  }

  void read_novelty(simdjson::dom::element e) {
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
