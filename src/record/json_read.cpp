// Records from JSON; json_write.cpp is the way back.
#include <chancery/version.h>
#include <simdjson.h>

#include <unordered_map>

#include "base/error.h"
#include "base/utf8.h"
#include "record/fields.h"
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
    each("entities", record_.entities, [&](const Entity& x) {
      if (!entities_.emplace(x.id, static_cast<int>(record_.entities.size())).second)
        fail("id", "entity " + x.id + " twice");
    });
    each("statements", record_.statements, [&](const Statement& x) {
      statements_.emplace(x.id, static_cast<int>(record_.statements.size()));
    });
    each("times", record_.times);  // what is set for a day may be said in a statement
    each("events", record_.events);
    each("positions", record_.positions);
    each("novelty", record_.novelty);
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

  template <class Layer>
  Layer item(simdjson::dom::element e) const {
    Layer x;
    each_field<Layer>([&](const auto field) {
      if constexpr (field.kKind == FieldKind::own) own(e, field.key, x);
      else get(field.kKind, e, field.key, field.always, x.*field.member);
    });
    return x;
  }

  using Element = simdjson::dom::element;
  void get(KindOf<FieldKind::text>, Element e, const char* key, bool, std::string& into) const {
    into = string(e, key);
  }
  void get(KindOf<FieldKind::explain>, Element e, const char* key, bool, std::string& into) const {
    into = string(e, key);
  }
  void get(KindOf<FieldKind::strings>, Element e, const char* key, bool,
           std::vector<std::string>& into) const {
    into = strings(e, key);
  }
  void get(KindOf<FieldKind::share>, Element e, const char* key, bool, double& into) const {
    number(e, key, into);
  }
  void get(KindOf<FieldKind::span>, Element e, const char* key, bool needed, Span& into) const {
    if (needed || e[key].error() == simdjson::SUCCESS) into = span(e, key);
  }
  void get(KindOf<FieldKind::spans>, Element e, const char* key, bool, Spans& into) const {
    into = spans(e, key);
  }
  void get(KindOf<FieldKind::entity>, Element e, const char* key, bool, int& into) const {
    into = entity(e, key);
  }
  void get(KindOf<FieldKind::entities>, Element e, const char* key, bool,
           std::vector<int>& into) const {
    into = entities(e, key);
  }
  void get(KindOf<FieldKind::statement>, Element e, const char* key, bool, int& into) const {
    into = statement(e, key);
  }
  // What earlier versions let in and is no time says nothing, but the value of a time expression.
  void get(KindOf<FieldKind::when>, Element e, const char* key, bool, When& into) const {
    into = when(e, key, "when_from", "when_to", "when_precision");
    if (kept_ && !into.valid()) into = {};
  }
  void get(KindOf<FieldKind::value>, Element e, const char* key, bool, When& into) const {
    into = when(e, key, "from", "to", "precision");
  }
  void get(KindOf<FieldKind::time>, Element e, const char* key, bool, When& into) const {
    into = string(e, key);
    if (kept_ && !into.valid()) into = {};
  }

  void own(Element e, std::string_view key, Entity& x) const {
    Element inner;
    if (!object(e, key.data(), inner)) return;
    if (key == "actor") {
      x.actor.country = string(inner, "country");
      x.actor.sector = string(inner, "sector");
      x.actor.other_sectors = strings(inner, "other_sectors");
      x.basis = string(inner, "basis");
      return;
    }
    Geo g;
    for (const auto& [name, coordinate] :
         {std::pair{"latitude", &g.latitude}, {"longitude", &g.longitude}})
      if (!number(inner, name, *coordinate)) fail(std::string("geo.") + name, "missing");
    g.country = string(inner, "country");
    g.geonames = string(inner, "geonames");
    x.geo = g;
  }
  void own(Element e, std::string_view key, Event& x) const {
    if (key == "goldstein") {
      x.has_goldstein = number(e, "goldstein", x.goldstein);
      return;
    }
    array(e, "numbers", [&](Element n) {
      EventNumber one;
      one.of = string(n, "of");
      if (double count = 0; number(n, "count", count)) one.count = count;
      one.bound = string(n, "bound");
      one.span = span(n, "span");
      x.numbers.push_back(std::move(one));
    });
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
    if (kept_) return when;
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

  int statement(simdjson::dom::element e, const char* key) const {
    std::string id = string(e, key);
    if (id.empty()) return -1;
    auto found = statements_.find(id);
    if (found == statements_.end()) fail(key, "no statement " + id);
    return found->second;
  }

  // Reads a layer; `note` sees each item before it goes to the others.
  template <class Layer, class Note>
  void each(const char* key, std::vector<Layer>& into, Note&& note) {
    at_.clear();
    array(root_, key, [&](Element e) {
      at_ = std::string(key) + "[" + std::to_string(into.size()) + "]";
      Layer x = item<Layer>(e);
      note(x);
      into.push_back(std::move(x));
    });
  }
  template <class Layer>
  void each(const char* key, std::vector<Layer>& into) {
    each(key, into, [](const Layer&) {});
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
