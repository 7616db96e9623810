// Who is who: everybody and every state that takes part, once, and who is in which article.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "ledger/derivation.h"
#include "ledger/given.h"
#include "ledger/learned.h"
#include "ledger/usual.h"
#include "record/things.h"
#include "record/vocabulary.h"

namespace chancery {
namespace {

// Of entities, and of states, which stand by their codes. New ones go to the end.
const std::vector<std::string_view>& kinds() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> out = {"state"};
    out.insert(out.end(), std::begin(lists::kKinds), std::end(lists::kKinds));
    return out;
  }();
  return all;
}

constexpr const char* kPerson = "person";

// So many are remembered beyond a batch.
constexpr size_t kRemembered = 500000;

class ActorTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "actors"; }
  int version() const override { return 5; }
  std::vector<const char*> tables() const override { return {"who", "actor"}; }
  std::string create() const override;
  void expect(const std::vector<Expected>& articles) override;
  void write(Entry& entry) override;
  void recall(Entry& entry) override { find(entry); }
  void cut_off(int64_t last, const std::string& day) override;
  void finish() override;
  void forget() override {
    who_.clear(), counts_.clear(), actors_.clear(), fresh_.clear(), asked_.clear();
    nobody_.clear(), first_.clear();
    begun_ = false;
  }

 private:
  // What one article, or several, have of somebody.
  struct Share {
    int64_t articles = 0, mentions = 0;
    int64_t said = 0;  // articles that say whose he is: they do not only let it infer
  };
  // Who is nobody yet, until his row is written.
  struct Fresh {
    std::string name, country, sector, role;
    int64_t kind;
  };
  // At the beginning of a batch: numbers that are remembered hold no longer when another program
  // has made the tables anew since.
  void look_up_epoch();
  // Who will be looked for; and the numbers of those who are somebody.
  void ask(const Record& record);
  void fetch();
  void bears(const std::string& name, int64_t number);
  int64_t who(const std::string& name, const std::string& kind, const Actor& actor,
              const std::string& role);
  // A person of whose whole name the country is inferred only is whoever bore that name first.
  int64_t who(const Entity& entity);
  // Fills the numbers of the article's entities; what it has of each of them, by number.
  std::map<int64_t, Share> find(Entry& entry);
  void write_who();

  std::unordered_map<std::string, int64_t> who_;         // 0: nobody
  std::unordered_map<std::string, int64_t> first_;       // people by name, whatever their country
  std::set<std::pair<std::string, std::string>> asked_;  // key and name
  std::vector<std::string> nobody_;                      // keys looked for in this batch
  std::map<int64_t, Fresh> fresh_;
  int64_t epoch_ = 0;
  bool begun_ = false;
  std::vector<std::tuple<int64_t, int64_t, int64_t, int64_t>> actors_;  // as in their table
  std::map<int64_t, Share> counts_;                                     // by who, not yet written
};

// By which somebody is known.
std::string key_of(std::string_view name, std::string_view kind, std::string_view country) {
  return std::string(name) + "\x1f" + std::string(kind) + "\x1f" + std::string(country);
}

std::string ActorTables::create() const {
  return R"sql(
CREATE TABLE who (                 -- everybody and every state that takes part, once; a state's code is a name of kind 'state'
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, )sql" +
         of_list("kind", kinds()) +
         R"sql(, country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL,
  articles INTEGER NOT NULL, mentions INTEGER NOT NULL,
  said INTEGER NOT NULL,           -- articles that say the state, or have it of register or person
  country_basis TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN country = '' THEN '' WHEN said > 0 THEN 'said' ELSE 'inferred' END) VIRTUAL
) STRICT;
CREATE INDEX who_name ON who(name);  -- few bear one name: kind and country are looked at in the row
CREATE INDEX who_country ON who(country, articles);
CREATE INDEX who_articles ON who(articles, number);
CREATE TABLE actor (               -- who is in an article
  who INTEGER NOT NULL, article INTEGER NOT NULL, mentions INTEGER NOT NULL,
  said INTEGER NOT NULL,             -- 1: the article says the state
  PRIMARY KEY (who, article)
) STRICT, WITHOUT ROWID;
)sql";
}

void ActorTables::ask(const Record& r) {
  auto add = [&](const std::string& name, const std::string& kind, const std::string& country) {
    std::string key = key_of(name, kind, country);
    if (!who_.count(key)) asked_.emplace(std::move(key), name);
  };
  const std::vector<char> things = mere_things(r);
  for (size_t i = 0; i < r.entities.size(); ++i) {
    const Entity& e = r.entities[i];
    if (things[i]) continue;
    add(e.name, e.kind, e.actor.country);
    if (!e.actor.country.empty()) add(e.actor.country, "state", e.actor.country);
  }
}

void ActorTables::fetch() {
  if (asked_.empty()) return;
  Given q(db_, "SELECT number, name, kind, country FROM who WHERE name = given.called",
          {{"called", Given::text}});
  std::set<std::string> names;
  for (const auto& [key, name] : asked_) {
    who_.emplace(key, 0);
    nobody_.push_back(key);
    if (names.insert(name).second) q.add(name);
  }
  asked_.clear();
  q.run([&](const Query& row) {
    who_[key_of(row.text(1), row.text(2), row.text(3))] = row.integer(0);
    if (row.text(2) == kPerson) bears(row.text(1), row.integer(0));
  });
}

int64_t ActorTables::who(const std::string& name, const std::string& kind, const Actor& actor,
                         const std::string& role) {
  int64_t& number = who_.at(key_of(name, kind, actor.country));
  if (number == 0) {
    number = db_.next_number("who");
    fresh_[number] = {name, actor.country, actor.sector, role, place_in(kinds(), kind)};
    if (kind == kPerson) bears(name, number);
  }
  return number;
}

void ActorTables::bears(const std::string& name, int64_t number) {
  int64_t& first = first_.try_emplace(name, number).first->second;
  first = std::min(first, number);
}

int64_t ActorTables::who(const Entity& e) {
  const bool inferred = e.basis == "context" && proper_name(e);
  if (inferred && who_.at(key_of(e.name, e.kind, e.actor.country)) == 0)
    if (auto known = first_.find(e.name); known != first_.end()) return known->second;
  return who(e.name, e.kind, e.actor, e.role);
}

void ActorTables::look_up_epoch() {
  if (begun_) return;
  begun_ = true;
  Query q(db_, "SELECT version FROM derived WHERE name = 'epoch'");
  int64_t now = q.step() ? q.integer(0) : 0;
  if (now != epoch_ || who_.size() > kRemembered) who_.clear(), first_.clear();
  epoch_ = now;
}

std::map<int64_t, ActorTables::Share> ActorTables::find(Entry& entry) {
  look_up_epoch();
  ask(entry.record);
  fetch();
  const std::vector<Entity>& all = entry.record.entities;
  entry.people.assign(all.size(), 0);
  entry.states.assign(all.size(), 0);
  std::map<int64_t, Share> out;
  const std::vector<char> things = mere_things(entry.record);
  for (size_t e = 0; e < all.size(); ++e) {
    const Entity& x = all[e];
    if (things[e]) continue;
    const auto mentions = static_cast<int64_t>(x.mentions.size());
    Share& own = out[entry.people[e] = who(x)];
    own.mentions += mentions;
    if (x.actor.country.empty()) continue;
    if (x.basis != "context") own.said = 1;
    entry.states[e] = who(x.actor.country, "state", {x.actor.country, "", {}}, "");
    Share& state = out[entry.states[e]];
    state.mentions += mentions;
    state.said = 1;
  }
  return out;
}

void ActorTables::expect(const std::vector<Expected>& articles) {
  look_up_epoch();
  for (const Expected& x : articles) ask(*x.record);
  fetch();
}

void ActorTables::write(Entry& entry) {
  for (const auto& [w, share] : find(entry)) {
    Share& all = counts_[w];
    ++all.articles;
    all.mentions += share.mentions;
    all.said += share.said;
    actors_.push_back({w, entry.number, share.mentions, share.said});
  }
}

void ActorTables::cut_off(int64_t last, const std::string&) {
  db_.run(
      fmt::format("UPDATE who SET articles = articles - gone.times, mentions = who.mentions - "
                  "gone.mentions, said = who.said - gone.said FROM (SELECT who, count(*) AS times, "
                  "sum(mentions) AS mentions, sum(said) AS said FROM actor WHERE article > {0} "
                  "GROUP BY who) AS gone WHERE number = gone.who; "
                  "DELETE FROM who WHERE articles = 0; DELETE FROM actor WHERE article > {0}",
                  last));
}

void ActorTables::write_who() {
  Query put(db_,
            "INSERT INTO who(number, name, kind_number, country, sector, role, articles, mentions, "
            "said) VALUES (?,?,?,?,?,?,?,?,?)");
  Given count(db_,
              "UPDATE who SET articles = articles + given.times, mentions = mentions + "
              "given.spoken, said = said + given.telling WHERE number = given.who",
              {{"times", Given::number},
               {"spoken", Given::number},
               {"telling", Given::number},
               {"who", Given::number}});
  for (const auto& [number, x] : fresh_) {
    const Share share = counts_[number];
    put.bind(number).bind(x.name).bind(x.kind).bind(x.country).bind(x.sector).bind(x.role);
    put.bind(share.articles).bind(share.mentions).bind(share.said).step();
    put.reset();
    counts_.erase(number);
  }
  for (const auto& [number, share] : counts_)
    count.add(share.articles).add(share.mentions).add(share.said).add(number);
  count.run();
  fresh_.clear(), counts_.clear();
  // After this batch another program may make them somebody.
  for (const std::string& key : nobody_)
    if (auto known = who_.find(key); known != who_.end() && known->second == 0) who_.erase(known);
  nobody_.clear();
}

void ActorTables::finish() {
  begun_ = false;
  write_who();
  std::sort(actors_.begin(), actors_.end());
  Query actor(db_, "INSERT INTO actor VALUES (?,?,?,?)");
  for (const auto& [w, article, mentions, said] : actors_) {
    actor.bind(w).bind(article).bind(mentions).bind(said).step();
    actor.reset();
  }
  actors_.clear();
}

}  // namespace

std::unique_ptr<Derivation> actor_tables(Database& db) { return std::make_unique<ActorTables>(db); }

}  // namespace chancery
