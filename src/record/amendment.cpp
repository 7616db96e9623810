#include "record/amendment.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/digest.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "record/renumber.h"

namespace chancery {
namespace {

// What a kind of item has: its fields, and those that make it the item it is.
struct Kind {
  std::vector<std::string> fields, core;
};

const std::map<std::string, Kind, std::less<>>& kinds() {
  static const std::map<std::string, Kind, std::less<>> all = {
      {"actor", {{"name", "kind", "country", "sector", "role"}, {"name", "kind", "country"}}},
      {"statement",
       {{"speaker", "via", "to", "force", "quote", "when", "where", "occasion", "words"},
        {"speaker"}}},
      {"event",
       {{"type", "mode", "cameo", "source", "target", "status", "when", "where", "trigger",
         "words"},
        {"type", "source", "target", "status"}}},
      {"position",
       {{"holder", "stance", "toward", "topic", "issue", "condition", "stages", "words"},
        {"holder", "stance", "toward"}}},
      {"novelty", {{"claim", "what", "since", "by", "words"}, {"claim"}}},
      {"occasion",
       {{"occasion", "status", "when", "who", "where", "words"},
        {"occasion", "status", "when", "who"}}},
  };
  return all;
}

// Fields that hold several values; the others hold one or none.
bool several(const std::string& field) {
  static const std::set<std::string> all = {"via",   "to",        "source", "target", "toward",
                                            "words", "condition", "stages", "who"};
  return all.count(field) > 0;
}

template <class Item>
int index_of(const std::vector<Item>& items, std::string_view id) {
  for (size_t i = 0; i < items.size(); ++i)
    if (items[i].id == id) return static_cast<int>(i);
  return -1;
}

template <class Items>
auto& at(Items& items, const ItemPlace& item) {
  return items[static_cast<size_t>(item.index)];
}

// Where an item stands in the text; of an actor the mention that is met first.
Spans spans_of(const Record& r, const ItemPlace& item) {
  if (item.kind == "statement") return at(r.statements, item).content;
  if (item.kind == "event") return {at(r.events, item).span};
  if (item.kind == "position") return at(r.positions, item).content;
  if (item.kind == "novelty") return {at(r.novelty, item).span};
  if (item.kind == "occasion") return {at(r.times, item).words};
  const Spans& mentions = at(r.entities, item).mentions;
  return {mentions.begin(), mentions.begin() + (mentions.empty() ? 0 : 1)};
}

std::vector<std::string> words_of(const Record& r, const Spans& spans) {
  std::vector<std::string> out;
  for (Span s : spans)
    if (!s.empty()) out.emplace_back(s.of(r.article.text));
  return out;
}

// Writes what is known of an item into its fields.
class Seen {
 public:
  Seen(const Record& r, Fields& out) : r_(r), out_(out) {}
  Seen& text(const char* field, const std::string& value) {
    out_[field] = value.empty() ? std::vector<std::string>() : std::vector{value};
    return *this;
  }
  Seen& one(const char* field, int entity) {
    return all(field, entity < 0 ? std::vector<int>() : std::vector{entity});
  }
  Seen& all(const char* field, const std::vector<int>& entities) {
    std::vector<std::string>& names = out_[field];
    for (int e : entities)
      if (e >= 0) names.push_back(r_.entities[static_cast<size_t>(e)].name);
    return *this;
  }
  Seen& words(const char* field, const Spans& spans) {
    out_[field] = words_of(r_, spans);
    return *this;
  }

 private:
  const Record& r_;
  Fields& out_;
};

std::vector<std::string> places(const Record& r, const Spans& spans) {
  const OffsetMap map(r.article.text);
  std::vector<std::string> out;
  for (Span s : spans)
    out.push_back(fmt::format("{}-{}", map.to_code_points(s.begin), map.to_code_points(s.end)));
  return out;
}

const std::vector<std::string>& field_of(const Fields& fields, const std::string& name) {
  static const std::vector<std::string> none;
  auto found = fields.find(name);
  return found == fields.end() ? none : found->second;
}

// The order in which actors are named says nothing.
bool same_values(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

std::string shown(const std::vector<std::string>& values) {
  return values.empty() ? "nothing" : "'" + join(values, ", ") + "'";
}

// The items that bear what was seen: of actors those of its name, of others those of its words.
std::vector<int> bearers(const Record& r, const std::string& kind, const Fields& seen) {
  std::vector<int> out;
  const std::vector<std::string>& words = field_of(seen, kind == "actor" ? "name" : "words");
  for (int i = 0; i < static_cast<int>(count_of(r, kind)); ++i) {
    const ItemPlace item{kind, i};
    const bool same = kind == "actor" ? !words.empty() && at(r.entities, item).name == words[0]
                                      : words_of(r, spans_of(r, item)) == words;
    if (same) out.push_back(i);
  }
  return out;
}

// Those of them that stand where it stood; all if none does.
std::vector<int> nearest(const Record& r, const std::string& kind, const Fields& seen,
                         const std::vector<int>& all) {
  std::vector<int> out;
  for (int i : all)
    if (places(r, spans_of(r, {kind, i})) == field_of(seen, "place")) out.push_back(i);
  return out.empty() ? all : out;
}

// What differs of an item from what was seen of it, in words; "" for nothing.
std::string difference(const Fields& seen, const Fields& now, const Fields& put,
                       const std::vector<std::string>& looked_at) {
  for (const std::string& field : looked_at)
    if (!put.count(field) && !same_values(field_of(seen, field), field_of(now, field)))
      return fmt::format("read otherwise now: {} is {}, it was {}", field,
                         shown(field_of(now, field)), shown(field_of(seen, field)));
  return "";
}

// Words in the text, nearest to where something stands.
Span find_words(const Record& r, const std::string& words, uint32_t near) {
  if (words.empty()) throw UsageError("words: nothing is named");
  uint32_t best = 0, away = std::numeric_limits<uint32_t>::max();
  const std::string& text = r.article.text;
  for (size_t from = text.find(words); from != std::string::npos;
       from = text.find(words, from + 1)) {
    const auto here = static_cast<uint32_t>(from);
    const uint32_t distance = here > near ? here - near : near - here;
    if (distance < away) best = here, away = distance;
  }
  if (away == std::numeric_limits<uint32_t>::max())
    throw UsageError("'" + words.substr(0, 80) + "' does not stand in the article's text");
  return {best, best + static_cast<uint32_t>(words.size())};
}

// Sets fields of one item.
class Setter {
 public:
  Setter(Record& r, const Record& as_read, const ItemPlace& item, const std::string& field,
         const std::vector<std::string>& values)
      : r_(r), as_read_(as_read), item_(item), field_(field), values_(values) {}

  void set() {
    if (item_.kind == "actor") actor(at(r_.entities, item_));
    else if (item_.kind == "statement") statement(at(r_.statements, item_));
    else if (item_.kind == "event") event(at(r_.events, item_));
    else if (item_.kind == "position") position(at(r_.positions, item_));
    else if (item_.kind == "novelty") novelty(at(r_.novelty, item_));
    else occasion(at(r_.times, item_));
  }

 private:
  std::string value() const { return values_.empty() ? "" : values_[0]; }
  int who() const { return values_.empty() || values_[0].empty() ? -1 : named(values_[0]); }
  std::vector<int> all() const {
    std::vector<int> out;
    for (const std::string& name : values_) {
      const int e = named(name);
      if (std::find(out.begin(), out.end(), e) == out.end()) out.push_back(e);
    }
    return out;
  }
  int named(const std::string& name) const {
    for (size_t e = 0; e < as_read_.entities.size(); ++e)
      if (as_read_.entities[e].name == name) return static_cast<int>(e);
    throw UsageError(field_ + ": the article has no actor '" + name.substr(0, 80) + "'");
  }
  Spans words() const {
    // What people added was never read: it stands where they put it.
    const bool read = static_cast<size_t>(item_.index) < count_of(as_read_, item_.kind);
    const Spans before = spans_of(read ? as_read_ : r_, item_);
    Spans out;
    for (const std::string& piece : values_)
      out.push_back(find_words(r_, piece, before.empty() ? 0 : before[0].begin));
    return out;
  }
  Span one_piece() const {
    const Spans found = words();
    if (found.size() != 1) throw UsageError(field_ + ": one piece of the text is wanted");
    return found[0];
  }

  void actor(Entity& e) const {
    if (field_ == "name") e.name = value();
    if (field_ == "kind") e.kind = value();
    if (field_ == "role") e.role = value();
    if (field_ == "country") e.actor.country = value();
    if (field_ == "sector") {
      e.actor.sector = value();
      e.actor.other_sectors.clear();
    }
    if (field_ == "country" || field_ == "sector") e.basis = "hand";
  }
  void statement(Statement& s) const {
    if (field_ == "speaker") s.speaker = who();
    if (field_ == "via") s.via = all();
    if (field_ == "to") s.to = all();
    if (field_ == "force") s.force = value();
    if (field_ == "quote") s.quote = value();
    if (field_ == "when") s.when = When(value());
    if (field_ == "where") s.where = who();
    if (field_ == "occasion") s.occasion = value();
    if (field_ == "words") s.content = words();
  }
  void event(Event& e) const {
    if (field_ == "type") {
      // What belongs to the other type goes with it; nothing is put in its place.
      if (e.type != value()) e.mode.clear(), e.cameo.clear(), e.has_goldstein = false;
      e.type = value();
    }
    if (field_ == "mode") e.mode = value();
    if (field_ == "cameo") {
      if (e.cameo != value()) e.has_goldstein = false;
      e.cameo = value();
    }
    if (field_ == "source") e.source = all();
    if (field_ == "target") e.target = all();
    if (field_ == "status") e.status = value();
    if (field_ == "when") e.when = When(value());
    if (field_ == "where") e.where = who();
    if (field_ == "trigger") e.trigger = values_.empty() ? Span() : one_piece();
    if (field_ == "words") {
      e.span = one_piece();
      if (!e.span.contains(e.trigger)) e.trigger = {};
    }
  }
  void position(Position& p) const {
    if (field_ == "holder") p.holder = who();
    if (field_ == "stance") p.stance = value();
    if (field_ == "toward") p.toward = all();
    if (field_ == "topic") p.topic = value();
    if (field_ == "issue") p.issue = value();
    if (field_ == "condition") p.condition = words();
    if (field_ == "stages") p.stages = values_;
    if (field_ == "words") p.content = words();
  }
  void novelty(Novelty& n) const {
    if (field_ == "claim") n.claim = value();
    if (field_ == "what") n.what = value();
    if (field_ == "since") n.since = When(value());
    if (field_ == "by") n.by = who();
    if (field_ == "words") n.span = one_piece();
  }
  void occasion(TimeExpression& t) const {
    if ((field_ == "occasion" || field_ == "when") && value().empty())
      throw UsageError(field_ + ": a set day has one; `reject` takes it out");
    if (field_ == "occasion") t.occasion = value();
    if (field_ == "status") t.status = value();
    if (field_ == "when") {
      // The words of the text stay; what they mean is told otherwise.
      t.when = When(value());
      t.mod.clear();
      if (!t.when.fits(t.type)) t.type = t.when.fits("DATE") ? "DATE" : "TIME";
    }
    if (field_ == "who") t.who = all();
    if (field_ == "where") t.where = who();
    if (field_ == "words") t.words = one_piece();
  }

  Record& r_;
  const Record& as_read_;
  const ItemPlace& item_;
  const std::string& field_;
  const std::vector<std::string>& values_;
};

// Where the items of a list are when some are taken out: -1 for those.
template <class Item>
std::vector<int> without(std::vector<Item>& items, const std::string& kind,
                         const std::set<ItemPlace>& gone) {
  std::vector<int> now;
  std::vector<Item> left;
  for (size_t i = 0; i < items.size(); ++i) {
    const bool stays = !gone.count({kind, static_cast<int>(i)});
    now.push_back(stays ? static_cast<int>(left.size()) : -1);
    if (stays) left.push_back(std::move(items[i]));
  }
  items = std::move(left);
  return now;
}

void set_for_nothing(TimeExpression& t) {
  t.occasion.clear(), t.status.clear(), t.who.clear();
  t.words = {};
  t.where = t.said_in = -1;
}

}  // namespace

std::optional<ItemPlace> item_of(const Record& r, std::string_view id) {
  for (const auto& [kind, index] : {std::pair{"actor", index_of(r.entities, id)},
                                    {"statement", index_of(r.statements, id)},
                                    {"event", index_of(r.events, id)},
                                    {"position", index_of(r.positions, id)},
                                    {"novelty", index_of(r.novelty, id)}})
    if (index >= 0) return ItemPlace{kind, index};
  if (const int index = index_of(r.times, id); index >= 0)
    if (ItemPlace item{"occasion", index}; !at(r.times, item).occasion.empty()) return item;
  return std::nullopt;
}

size_t count_of(const Record& r, std::string_view kind) {
  return kind == "actor"       ? r.entities.size()
         : kind == "statement" ? r.statements.size()
         : kind == "event"     ? r.events.size()
         : kind == "position"  ? r.positions.size()
         : kind == "novelty"   ? r.novelty.size()
         : kind == "occasion"  ? r.times.size()
                               : 0;
}

std::string id_of(const Record& r, const ItemPlace& item) {
  return item.kind == "actor"       ? at(r.entities, item).id
         : item.kind == "statement" ? at(r.statements, item).id
         : item.kind == "event"     ? at(r.events, item).id
         : item.kind == "position"  ? at(r.positions, item).id
         : item.kind == "novelty"   ? at(r.novelty, item).id
                                    : at(r.times, item).id;
}

Fields seen_of(const Record& r, const ItemPlace& item) {
  Fields out;
  Seen seen(r, out);
  const Spans spans = spans_of(r, item);
  out["place"] = places(r, spans);
  seen.words("words", spans);
  if (item.kind == "actor") {
    const Entity& e = at(r.entities, item);
    seen.text("name", e.name).text("kind", e.kind).text("country", e.actor.country);
    seen.text("sector", e.actor.sector).text("role", e.role);
  } else if (item.kind == "statement") {
    const Statement& s = at(r.statements, item);
    seen.one("speaker", s.speaker).all("via", s.via).all("to", s.to).text("force", s.force);
    seen.text("quote", s.quote).text("when", s.when.value()).one("where", s.where);
    seen.text("occasion", s.occasion);
  } else if (item.kind == "event") {
    const Event& e = at(r.events, item);
    seen.text("type", e.type).text("mode", e.mode).text("cameo", e.cameo);
    seen.all("source", e.source).all("target", e.target).text("status", e.status);
    seen.text("when", e.when.value()).one("where", e.where).words("trigger", {e.trigger});
  } else if (item.kind == "position") {
    const Position& p = at(r.positions, item);
    seen.one("holder", p.holder).text("stance", p.stance).all("toward", p.toward);
    seen.text("topic", p.topic).text("issue", p.issue).words("condition", p.condition);
    out["stages"] = p.stages;
  } else if (item.kind == "occasion") {
    const TimeExpression& t = at(r.times, item);
    seen.text("occasion", t.occasion).text("status", t.status).text("when", t.when.value());
    seen.all("who", t.who).one("where", t.where);
  } else {
    const Novelty& n = at(r.novelty, item);
    seen.text("claim", n.claim).text("what", n.what).text("since", n.since.value());
    seen.one("by", n.by);
  }
  return out;
}

std::vector<std::string> editable(std::string_view kind) {
  auto found = kinds().find(kind);
  return found == kinds().end() ? std::vector<std::string>() : found->second.fields;
}

const std::vector<std::string>& core_fields(std::string_view kind) {
  static const std::vector<std::string> none;
  auto found = kinds().find(kind);
  return found == kinds().end() ? none : found->second.core;
}

Found find_item(const Record& r, const std::string& kind, const Fields& seen, const Fields& put,
                bool whole) {
  auto known = kinds().find(kind);
  if (known == kinds().end()) return {-1, "'" + kind + "' is no kind of item"};
  const std::vector<int> all = nearest(r, kind, seen, bearers(r, kind, seen));
  if (all.empty())
    return {-1, kind == "actor" ? "no actor of this name is read in the article any more"
                                : "its words are read as no " + kind + " any more"};
  // Several may stand in the same words: two acts told by one sentence.
  std::vector<int> same;
  std::string why;
  for (int i : all) {
    const std::string otherwise = difference(seen, seen_of(r, {kind, i}), put,
                                             whole ? known->second.fields : known->second.core);
    if (otherwise.empty()) same.push_back(i);
    else why = otherwise;
  }
  if (same.size() == 1) return {same[0], ""};
  if (same.empty()) return {-1, why};
  return {-1, "there are several of this kind in these words now"};
}

void set_field(Record& r, const Record& as_read, const ItemPlace& item, const std::string& field,
               const std::vector<std::string>& values) {
  const std::vector<std::string> known = editable(item.kind);
  if (std::find(known.begin(), known.end(), field) == known.end())
    throw UsageError("'" + field + "' is nothing to be edited of a kind " + item.kind +
                     "; there are " + join(known, ", "));
  if (values.size() > 1 && !several(field)) throw UsageError(field + ": one value is wanted");
  Setter(r, as_read, item, field, values).set();
}

bool names_actors(const std::string& kind, const std::string& field) {
  if (kind == "statement")
    return field == "speaker" || field == "via" || field == "to" || field == "where";
  if (kind == "event") return field == "source" || field == "target" || field == "where";
  if (kind == "position") return field == "holder" || field == "toward";
  if (kind == "occasion") return field == "who" || field == "where";
  return kind == "novelty" && field == "by";
}

void annotate(Record& r, const ItemPlace& item, const std::string& note) {
  std::string& why = item.kind == "actor"       ? at(r.entities, item).explain
                     : item.kind == "statement" ? at(r.statements, item).explain
                     : item.kind == "event"     ? at(r.events, item).explain
                     : item.kind == "position"  ? at(r.positions, item).explain
                     : item.kind == "novelty"   ? at(r.novelty, item).explain
                                                : at(r.times, item).explain;
  why += (why.empty() ? "" : "; ") + note;
}

void vouch(Record& r, const ItemPlace& item, const std::string& note) {
  if (item.kind == "statement") at(r.statements, item).confidence = 1;
  if (item.kind == "event") at(r.events, item).confidence = 1;
  if (item.kind == "position") at(r.positions, item).confidence = 1;
  annotate(r, item, note);
}

void remove_items(Record& r, const std::set<ItemPlace>& gone) {
  if (gone.empty()) return;
  renumber_actors(r, without(r.entities, "actor", gone));
  const std::vector<int> statements = without(r.statements, "statement", gone);
  without(r.events, "event", gone);
  without(r.positions, "position", gone);
  without(r.novelty, "novelty", gone);
  for (const ItemPlace& item : gone)
    if (item.kind == "occasion") set_for_nothing(at(r.times, item));
  for (TimeExpression& t : r.times) renumber(t.said_in, statements);
  for (Event& e : r.events) renumber(e.said_in, statements);
  for (Position& p : r.positions) renumber(p.said_in, statements);
}

std::string content_digest(const Record& r) {
  Sha256 sum;
  for (std::string_view kind : kItems.values())
    for (int i = 0; kind != "occasion" && i < static_cast<int>(count_of(r, kind)); ++i) {
      sum.add("\x1d");
      for (const auto& [field, values] : seen_of(r, {std::string(kind), i})) {
        sum.add("\x1e" + field);
        for (const std::string& value : values) sum.add("\x1f" + value);
      }
    }
  return sum.hex();
}

}  // namespace chancery
