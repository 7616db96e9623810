#include "ledger/corrections.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "base/error.h"
#include "base/json_writer.h"
#include "record/validate.h"

namespace chancery {
namespace {

void write_fields(JsonWriter& w, std::string_view name, const Fields& fields) {
  w.key(name).object();
  for (const auto& [field, values] : fields) {
    w.key(field).array();
    for (const std::string& value : values) w.value(value);
    w.end_array();
  }
  w.end_object();
}

std::string fields_json(const Fields& fields) {
  JsonWriter w;
  w.object();
  write_fields(w, "fields", fields);
  w.end_object();
  return w.take();
}

Fields fields_of(simdjson::dom::element object, const std::string& name) {
  Fields out;
  simdjson::dom::object fields;
  if (object[name].get(fields) != simdjson::SUCCESS) return out;
  for (auto field : fields) {
    std::vector<std::string>& values = out[std::string(field.key)];
    simdjson::dom::array list;
    if (field.value.get(list) != simdjson::SUCCESS)
      throw Error(name + "." + std::string(field.key) + ": a list of texts is wanted");
    for (simdjson::dom::element value : list) {
      std::string_view text;
      if (value.get(text) != simdjson::SUCCESS)
        throw Error(name + "." + std::string(field.key) + ": a list of texts is wanted");
      values.emplace_back(text);
    }
  }
  return out;
}

Fields fields_of(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(simdjson::padded_string(json)).get(root) != simdjson::SUCCESS) return {};
  return fields_of(root, "fields");
}

// What stands in explanations: who, when, why.
std::string signature(const Correction& c, const char* did) {
  return fmt::format("{} by {} on {}: {}", did, c.author, c.at.substr(0, 10), c.reason);
}

ActorName actor_name(const Fields& fields) {
  auto value = [&](const char* field) {
    auto found = fields.find(field);
    return found == fields.end() || found->second.empty() ? std::string() : found->second[0];
  };
  return {value("name"), value("kind"), value("country")};
}

// Lays the corrections of one article over its record.
class Layer {
 public:
  Layer(const Record& as_read, std::map<int64_t, std::string>* misfits)
      : as_read_(as_read), now_(as_read), misfits_(misfits) {}

  void lay(const Correction& c) {
    if (c.kind == "article") return of_article(c);
    if (c.act == "add") return add(c);
    const bool puts = c.act == "edit" || c.act == "split";
    const Found found =
        find_item(as_read_, c.kind, c.seen, puts ? c.value : Fields(), c.act == "confirm");
    if (found.index < 0) return misfit(c, found.why);
    const ItemPlace item{c.kind, found.index};
    if (c.act == "reject") gone_.insert(item);
    else if (c.act == "confirm") vouch(now_, item, signature(c, "confirmed"));
    else if (c.act == "note") annotate(now_, item, signature(c, "note"));
    else if (puts) put(c, item);
  }

  Record take(const ActorMerges& merges) {
    remove_items(now_, gone_);
    for (const Correction* c : wholes_)
      if (c->seen.count("content") == 0 ||
          c->seen.at("content") != std::vector{content_digest(now_)})
        misfit(*c, "the record is another than the one that was confirmed");
    merge_actors(now_, merges);
    return std::move(now_);
  }

 private:
  void misfit(const Correction& c, const std::string& why) {
    if (misfits_) (*misfits_)[c.number] = why;
  }

  void of_article(const Correction& c) {
    if (c.act == "confirm") wholes_.push_back(&c);
    if (c.act == "note") now_.article.notes.push_back(signature(c, "note"));
  }

  // All of it or nothing: what the record cannot hold is not put into it.
  void put(const Correction& c, const ItemPlace& item) {
    Record changed = now_;
    try {
      for (const auto& [field, values] : c.value) set_field(changed, as_read_, item, field, values);
    } catch (const UsageError& error) {
      return misfit(c, error.what());
    }
    if (auto problem = first_problem(changed)) return misfit(c, *problem);
    vouch(changed, item, signature(c, "put right"));
    now_ = std::move(changed);
  }

  void add(const Correction& c) {
    Record changed = now_;
    try {
      const ItemPlace item = add_item(changed, as_read_, c.kind, c.value);
      if (auto problem = first_problem(changed)) return misfit(c, *problem);
      vouch(changed, item, signature(c, "added"));
    } catch (const UsageError& error) {
      return misfit(c, error.what());
    }
    now_ = std::move(changed);
  }

  const Record& as_read_;
  Record now_;
  std::map<int64_t, std::string>* misfits_;
  std::set<ItemPlace> gone_;
  std::vector<const Correction*> wholes_;
};

}  // namespace

std::string correction_json(const Correction& c) {
  JsonWriter w;
  w.object().number("number", static_cast<size_t>(c.number)).text("at", c.at);
  w.text("author", c.author).text("reason", c.reason).text("act", c.act).text("kind", c.kind);
  w.text("article", c.article).text("item", c.item);
  write_fields(w, "seen", c.seen);
  write_fields(w, "value", c.value);
  if (c.undoes) w.number("undoes", static_cast<size_t>(c.undoes));
  w.end_object();
  return w.take();
}

Correction correction_from_json(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (auto error = parser.parse(simdjson::padded_string(json)).get(root))
    throw Error(std::string("not JSON: ") + simdjson::error_message(error));
  auto text = [&](const char* key) {
    std::string_view value;
    return root[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  auto number = [&](const char* key) {
    int64_t value = 0;
    return root[key].get(value) == simdjson::SUCCESS ? value : 0;
  };
  Correction c{number("number"),         text("at"),      text("author"),
               text("reason"),           text("act"),     text("kind"),
               text("article"),          text("item"),    fields_of(root, "seen"),
               fields_of(root, "value"), number("undoes")};
  if (!kCorrectionActs.has(c.act))
    throw Error("act: '" + c.act.substr(0, 40) + "' is none of " + kCorrectionActs.listed());
  if (c.author.empty()) throw Error("author: missing");
  if (c.at.empty()) throw Error("at: missing");
  return c;
}

void Corrections::refresh() {
  const int64_t last = all_.empty() ? 0 : all_.back().number;
  const size_t before = all_.size();
  Query q(db_,
          "SELECT number, at, author, reason, act, kind, article, item, seen, value, undoes FROM "
          "correction WHERE number > ? ORDER BY number");
  q.bind(last);
  while (q.step())
    all_.push_back({q.integer(0), q.text(1), q.text(2), q.text(3), q.text(4), q.text(5), q.text(6),
                    q.text(7), fields_of(q.text(8)), fields_of(q.text(9)),
                    q.null(10) ? 0 : q.integer(10)});
  const bool grown = all_.size() != before;
  if (grown) epoch_ = -1;
  if (look_up_keys() || grown) sort_out();
}

// Whether they may be others than before.
bool Corrections::look_up_keys() {
  if (all_.empty()) return false;
  Query now(db_, "SELECT version FROM derived WHERE name = 'epoch'");
  const int64_t epoch = now.step() ? now.integer(0) : 0;
  if (epoch == epoch_) return false;
  epoch_ = epoch;
  now_.clear();
  Query q(db_,
          "SELECT s.seen, s.article FROM correction c JOIN sighting s ON s.seen = c.article WHERE "
          "s.settled = 1 AND s.article <> s.seen");
  while (q.step()) now_[q.text(0)] = q.text(1);
  return true;
}

const std::string& Corrections::key_now(const std::string& key) const {
  auto found = now_.find(key);
  return found == now_.end() ? key : found->second;
}

void Corrections::sort_out() {
  undone_.clear(), deleted_.clear(), by_article_.clear();
  // From the end: an undoing that was undone undoes nothing.
  for (auto c = all_.rbegin(); c != all_.rend(); ++c)
    if (c->act == "undo" && !undone_.count(c->number)) undone_.insert(c->undoes);
  std::vector<ActorMerge> merges;
  for (size_t i = 0; i < all_.size(); ++i) {
    const Correction& c = all_[i];
    if (undone_.count(c.number) || c.act == "undo") continue;
    if (c.act == "merge") merges.push_back({actor_name(c.seen), actor_name(c.value)});
    else if (c.act == "delete") deleted_.insert(c.article.substr(0, 16));
    else by_article_[key_now(c.article)].push_back(i);
  }
  merges_ = ActorMerges(merges);
}

Record Corrections::laid_over(const std::string& key, const Record& as_read,
                              std::map<int64_t, std::string>* misfits, bool merged) const {
  Layer layer(as_read, misfits);
  if (auto found = by_article_.find(key); found != by_article_.end())
    for (size_t i : found->second) layer.lay(all_[i]);
  return layer.take(merged ? merges_ : ActorMerges());
}

int64_t Corrections::append(const Correction& c) {
  int64_t number;
  {
    Query q(db_, std::string("INSERT INTO correction(at, author, reason, act, kind, article, item, "
                             "seen, value, undoes) VALUES (?,?,?,?,?,?,?,?,?,?)") +
                     db_.returning());
    q.bind(c.at).bind(c.author).bind(c.reason).bind(c.act).bind(c.kind).bind(c.article);
    q.bind(c.item).bind(fields_json(c.seen)).bind(fields_json(c.value));
    if (c.undoes) q.bind(c.undoes);
    else q.bind_null();
    number = q.number();
  }
  refresh();
  return number;
}

}  // namespace chancery
