// How the ledger takes corrections (corrections.h): what somebody wants becomes an entry that names
// what was seen, the entry is tried on the record, and what follows from it is made anew.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/article_records.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "record/validate.h"

namespace chancery {
namespace {

constexpr size_t kLongest = 2000;  // bytes of a reason, a name, a value

// The record of an article as it was read, with its key.
struct KeptArticle {
  std::string key;
  Record record;
};

KeptArticle kept_article(Database& db, int64_t number) {
  Query q(db, "SELECT key, " + record_of(db, "article") + " FROM article WHERE number = ?");
  if (!q.bind(number).step())
    throw UsageError(fmt::format("there is no article {} in the ledger", number));
  return {q.text(0), record_from_json(q.text(1), Origin::kept)};
}

// Who is meant by an id, a name or the end of a name that nobody else has ("Helgadottir"); nullptr
// for nobody.
const Entity* actor_called(const Record& seen, const std::string& called) {
  const Entity *whole = nullptr, *by_end = nullptr;
  bool several = false;
  for (const Entity& e : seen.entities) {
    if (e.id == called) return &e;
    if (!whole && e.name == called) whole = &e;
    if (called.empty() || !e.name.ends_with(" " + called)) continue;
    several = several || by_end;
    by_end = &e;
  }
  if (whole) return whole;
  if (several)
    throw UsageError("several actors of the article are called '" + called.substr(0, 80) +
                     "'; say the whole name");
  return by_end;
}

// The same by the name that they were read with.
std::string name_as_read(const Record& seen, const Record& as_read, const std::string& called) {
  const Entity* meant = actor_called(seen, called);
  if (!meant) {
    std::vector<std::string> names;
    for (const Entity& e : seen.entities) names.push_back(e.name);
    throw UsageError("the article has no actor '" + called.substr(0, 80) + "'; there are " +
                     join(names, ", ").substr(0, 600));
  }
  auto read = [&](auto&& is) {
    return std::find_if(as_read.entities.begin(), as_read.entities.end(), is);
  };
  const Entity& own = *read([&](const Entity& e) { return e.id == meant->id; });
  if (read([&](const Entity& e) { return e.name == own.name; })->id != own.id)
    throw UsageError("two actors of the article are read as '" + own.name +
                     "', and the other one would be meant");
  return own.name;
}

void refuse_long(const std::string& what, const std::string& text) {
  if (text.size() > kLongest)
    throw UsageError(fmt::format("{}: longer than {} bytes", what, kLongest));
  if (!valid_utf8(text)) throw UsageError(what + ": not UTF-8");
}

void check_wish(const Amendment& a) {
  if (!kCorrectionActs.has(a.act))
    throw UsageError("act: '" + a.act.substr(0, 40) + "' is none of " + kCorrectionActs.listed());
  if (trim(a.author).empty()) throw UsageError("author: who says so?");
  if (trim(a.reason).empty()) throw UsageError("reason: why? It is kept with the correction");
  refuse_long("author", a.author);
  refuse_long("reason", a.reason);
  for (const auto& [field, values] : a.value)
    for (const std::string& value : values) refuse_long(field, value);
}

// The split of the one actor of an article that bears the name.
Amendment by_name(Amendment a, const Record& seen) {
  std::vector<std::string> ids;
  for (const Entity& e : seen.entities)
    if (e.name == a.from.name) ids.push_back(e.id);
  if (ids.size() != 1)
    throw UsageError(fmt::format("article {} has {} actors called '{}'", a.article, ids.size(),
                                 a.from.name.substr(0, 80)));
  a.item = ids[0];
  return a;
}

Fields fields_of(const ActorName& actor) {
  Fields out;
  out["name"] = {actor.name};
  out["kind"] = {actor.kind};
  out["country"] = actor.country.empty() ? std::vector<std::string>() : std::vector{actor.country};
  return out;
}

// What the reading missed. `a.item` is its kind.
Correction added_entry(Correction entry, const Amendment& a, const Record& as_read,
                       const Record& seen) {
  if (!can_be_added(a.item))
    throw UsageError("add: '" + a.item.substr(0, 40) +
                     "' is nothing to be added; there are statement, event, position");
  entry.kind = a.item;
  for (auto [field, values] : a.value) {
    values.erase(std::remove(values.begin(), values.end(), ""), values.end());
    if (values.empty()) continue;
    if (names_actors(a.item, field))
      for (std::string& who : values)
        if (who.find('/') == std::string::npos) who = name_as_read(seen, as_read, who);
    entry.value[field] = values;
  }
  const std::pair<std::string, std::vector<const char*>> needed[] = {
      {"statement", {"words", "speaker"}},
      {"event", {"words", "type", "status"}},
      {"position", {"words", "holder", "stance"}}};
  for (const auto& [kind, fields] : needed)
    for (const char* field : fields)
      if (kind == a.item && !entry.value.count(field))
        throw UsageError(
            fmt::format("add: a {} needs {}", kind, join({fields.begin(), fields.end()}, ", ")));
  entry.seen["words"] = entry.value["words"];
  // Behind all that was read, taken out or not, and all that was added.
  const std::string first = next_id(as_read, a.item);
  size_t n = std::stoul(first.substr(1));
  auto id = [&] { return first.substr(0, 1) + std::to_string(n); };
  while (item_of(as_read, id()) || item_of(seen, id())) ++n;
  entry.item = id();
  return entry;
}

}  // namespace

std::vector<int64_t> Ledger::amend(const std::vector<Amendment>& amendments) {
  std::vector<int64_t> numbers;
  std::set<std::string> groups;
  bool learn = false;
  in_transaction([&] {
    db_->lock();
    corrections_.refresh();
    for (const Amendment& a : amendments) {
      check_wish(a);
      Correction entry = entry_of(a);
      entry.at = utc_now();
      entry.author = squeeze(a.author);
      entry.reason = squeeze(a.reason);
      numbers.push_back(entry.number = corrections_.append(entry));
      refuse_misfit(entry);
      carry_out(entry, groups, learn);
    }
    derive_after(groups, learn);
  });
  return numbers;
}

Correction Ledger::entry_of(const Amendment& a) {
  Correction entry;
  entry.act = a.act;
  if (a.act == "undo") {
    const auto& all = corrections_.all();
    auto undone = std::find_if(all.begin(), all.end(),
                               [&](const Correction& c) { return c.number == a.undoes; });
    if (undone == all.end())
      throw UsageError(fmt::format("there is no correction {} in the ledger", a.undoes));
    if (corrections_.undone(a.undoes))
      throw UsageError(fmt::format("correction {} is undone already", a.undoes));
    entry.kind = "correction";
    entry.article = undone->article;
    entry.item = undone->item;
    entry.undoes = a.undoes;
    return entry;
  }
  if (a.act == "merge") {
    const ActorName from = actor_called(a.from), into = actor_called(a.into);
    if (from == into) throw UsageError("'" + from.name + "' is the same actor already");
    entry.kind = "actor";
    entry.seen = fields_of(from);
    entry.value = fields_of(into);
    return entry;
  }
  return item_entry(std::move(entry), a);
}

Correction Ledger::item_entry(Correction entry, const Amendment& a) {
  const KeptArticle kept = kept_article(*db_, a.article);
  entry.article = kept.key;
  const Record seen = corrections_.laid_over(kept.key, kept.record);
  if (a.act == "add") return added_entry(std::move(entry), a, kept.record, seen);
  if (a.act == "split" && a.item.empty()) return item_entry(std::move(entry), by_name(a, seen));
  if (a.item.empty()) {
    if (a.act != "confirm" && a.act != "note" && a.act != "delete")
      throw UsageError(a.act + ": which item of the article? Its id is in the record (s1, v2 …)");
    entry.kind = "article";
    if (a.act == "confirm")
      entry.seen["content"] = {
          content_digest(corrections_.laid_over(kept.key, kept.record, nullptr, false))};
    return entry;
  }
  if (a.act == "delete") throw UsageError("delete takes an article; `reject` takes an item");
  std::optional<ItemPlace> item = item_of(kept.record, a.item);
  if (!item && item_of(seen, a.item))
    throw UsageError(
        fmt::format("'{}' was added by a person; `chancery amend undo` takes that "
                    "back (`amend list --article {}` has its number)",
                    a.item, a.article));
  if (!item)
    throw UsageError(fmt::format("article {} has no item '{}'", a.article, a.item.substr(0, 40)));
  if (a.act != "note" && !item_of(seen, a.item))
    throw UsageError(
        fmt::format("'{}' of article {} was taken out before; `chancery amend list "
                    "--article {}` shows by which correction",
                    a.item, a.article, a.article));
  entry.kind = item->kind;
  entry.item = a.item;
  entry.seen = seen_of(kept.record, *item);
  if (a.act == "split" && (item->kind != "actor" || !a.value.count("name")))
    throw UsageError("split takes an actor of an article and the name of who it is");
  if (a.act == "edit" && a.value.empty()) throw UsageError("edit: what is to be set?");
  for (auto [field, values] : a.value) {
    values.erase(std::remove(values.begin(), values.end(), ""), values.end());
    if (names_actors(item->kind, field))
      for (std::string& who : values) who = name_as_read(seen, kept.record, who);
    entry.value[field] = values;
  }
  return entry;
}

// The one actor of the ledger that bears a name, of this kind and country where they are said.
ActorName Ledger::actor_called(const ActorName& actor) {
  std::vector<ActorName> found;
  Query q(*db_,
          "SELECT name, kind, country FROM who WHERE lower(name) = lower(?) AND kind <> 'state' "
          "ORDER BY articles DESC, name, kind, country");
  q.bind(actor.name);
  while (q.step()) {
    const ActorName other{q.text(0), q.text(1), q.text(2)};
    if ((actor.kind.empty() || actor.kind == other.kind) &&
        (actor.country.empty() || actor.country == other.country))
      found.push_back(other);
  }
  if (found.size() == 1) return found[0];
  if (found.empty()) throw UsageError("nobody in the ledger is called '" + actor.name + "'");
  std::vector<std::string> several;
  for (const ActorName& a : found)
    several.push_back(
        fmt::format("{} ({}{}{})", a.name, a.kind, a.country.empty() ? "" : ", ", a.country));
  throw UsageError("several are called so: " + join(several, "; ") +
                   "; say the kind and the country, as \"" + found[0].name + "/" + found[0].kind +
                   "/" + found[0].country + "\"");
}

void Ledger::refuse_misfit(const Correction& entry) {
  if (entry.article.empty() || entry.act == "delete" || entry.act == "undo") return;
  Query q(*db_, "SELECT " + record_of(*db_, "article") + " FROM article WHERE key = ?");
  const std::string key = corrections_.key_now(entry.article);
  if (!q.bind(key).step()) return;
  std::map<int64_t, std::string> misfits;
  const Record now =
      corrections_.laid_over(key, record_from_json(q.text(0), Origin::kept), &misfits);
  if (auto misfit = misfits.find(entry.number); misfit != misfits.end())
    throw UsageError(misfit->second);
  if (!codes_) return;
  if (auto problem = first_problem(now, *codes_)) throw UsageError(*problem);
}

void Ledger::carry_out(const Correction& entry, std::set<std::string>& groups, bool& learn) {
  const Correction* what = &entry;
  // What follows from undoing (and from undoing that) follows from what is undone.
  const auto& all = corrections_.all();
  while (what->act == "undo") {
    auto undone = std::find_if(all.begin(), all.end(),
                               [&](const Correction& c) { return c.number == what->undoes; });
    if (undone == all.end()) return;
    what = &*undone;
  }
  if (what->act == "delete") {
    const bool here = corrections_.undone(what->number);
    if (here) put_back(corrections_.key_now(what->article));
    else withdraw(corrections_.key_now(what->article));
    groups.insert({"texts", "actors", "taught", "items", "stories"});
    learn = true;
    return;
  }
  if (what->act == "note" || what->kind == "article") return;
  if (what->act == "confirm") {
    groups.insert("items");
    return;
  }
  groups.insert("items");
  // Somebody may have come into the record with it, and it was said whose he is.
  if (what->act == "add") {
    groups.insert({"actors", "taught", "stories"});
    learn = true;
  }
  if (what->kind == "position") groups.insert("stories");
  if (what->kind != "actor") return;
  groups.insert({"actors", "taught", "stories"});
  learn = true;
}

void Ledger::derive_after(const std::set<std::string>& groups, bool learn) {
  if (learn && learns_) relearn();
  if (!groups.empty()) derive(false, {}, groups);
}

void Ledger::withdraw(const std::string& key) {
  int64_t number = 0;
  {
    Query q(*db_, "SELECT number FROM article WHERE key = ?");
    if (!q.bind(key).step()) return;
    number = q.integer(0);
  }
  std::string address;
  {
    Query q(*db_, "SELECT min(address) FROM address WHERE article = ?");
    if (q.bind(number).step() && !q.null(0)) address = q.text(0);
  }
  ArticleRecords(*db_).move_to("withdrawn", number, ", address", address);
  for (const char* sql :
       {"DELETE FROM filled WHERE article = ?", "DELETE FROM address WHERE article = ?"}) {
    Query drop(*db_, sql);
    drop.bind(number).step();
  }
}

void Ledger::put_back(const std::string& key) {
  std::string address;
  {
    Query q(*db_, "SELECT address FROM withdrawn WHERE key = ?");
    if (!q.bind(key).step()) return;
    address = q.text(0);
  }
  const int64_t number = ArticleRecords(*db_).put_back("withdrawn", "key", key);
  if (!address.empty()) {
    Query found(*db_, "INSERT INTO address VALUES (?,?) ON CONFLICT DO NOTHING");
    found.bind(address).bind(number).step();
  }
}

std::vector<StandingCorrection> Ledger::corrections(int64_t article) {
  corrections_.refresh();
  std::map<std::string, std::pair<int64_t, std::string>> articles;  // number and id, by key
  std::map<int64_t, std::string> misfits;
  std::string only;
  if (article) {
    Query key(*db_, "SELECT key FROM article WHERE number = ?");
    if (!key.bind(article).step()) return {};
    only = key.text(0);
  }
  Query q(*db_, "SELECT number, id, " + record_of(*db_, "article") + " FROM article WHERE key = ?");
  for (const Correction& c : corrections_.all()) {
    const std::string& kept = corrections_.key_now(c.article);
    if (c.article.empty() || articles.count(kept)) continue;
    if (article && kept != only) continue;
    auto& [number, id] = articles[kept];
    if (q.bind(kept).step()) {
      number = q.integer(0);
      id = q.text(1);
      try {
        corrections_.laid_over(kept, record_from_json(q.text(2), Origin::kept), &misfits);
      } catch (const Error&) {
        id += " (its record cannot be read)";
      }
    }
    q.reset();
  }
  std::vector<StandingCorrection> out;
  for (const Correction& c : corrections_.all()) {
    const std::string& kept = corrections_.key_now(c.article);
    if (article && kept != only) continue;
    StandingCorrection s{c, "stands", "", 0, ""};
    if (!c.article.empty()) std::tie(s.article_number, s.article_id) = articles[kept];
    if (corrections_.undone(c.number)) s.state = "undone";
    else if (auto misfit = misfits.find(c.number); misfit != misfits.end())
      s.state = "does not fit", s.why = misfit->second;
    else if (!c.article.empty() && !s.article_number && c.act != "delete" && c.act != "undo")
      s.state = "does not fit", s.why = "its article is not in the ledger";
    out.push_back(std::move(s));
  }
  return out;
}

int64_t Ledger::take_corrections(const std::vector<Correction>& entries) {
  int64_t taken = 0;
  in_transaction([&] {
    db_->lock();
    corrections_.refresh();
    std::map<int64_t, int64_t> numbers;  // there → here
    auto same = [](Correction a, Correction b) {
      a.number = b.number = a.undoes = b.undoes = 0;
      return a == b;
    };
    for (Correction c : entries) {
      const int64_t there = c.number;
      if (c.undoes) {
        auto undone = numbers.find(c.undoes);
        if (undone == numbers.end())
          throw Error(
              fmt::format("correction {} undoes {}, which is not among them", there, c.undoes));
        c.undoes = undone->second;
      }
      const auto& all = corrections_.all();
      auto known = std::find_if(all.begin(), all.end(), [&](const Correction& k) {
        return same(k, c) && k.undoes == c.undoes;
      });
      if (known != all.end()) {
        numbers[there] = known->number;
        continue;
      }
      numbers[there] = c.number = corrections_.append(c);
      ++taken;
    }
    if (!taken) return;
    for (const Correction& c : corrections_.all())
      if (c.act == "delete") {
        if (corrections_.undone(c.number)) put_back(corrections_.key_now(c.article));
        else withdraw(corrections_.key_now(c.article));
      }
    derive_after({"texts", "actors", "taught", "items", "stories"}, true);
  });
  return taken;
}

std::map<int64_t, Correction> Ledger::confirmed() {
  std::map<int64_t, Correction> out;
  for (const StandingCorrection& c : corrections())
    if (c.state == "stands" && c.entry.act == "confirm" && c.entry.kind == "article")
      out[c.article_number] = c.entry;
  return out;
}

}  // namespace chancery
