// Who is who: everybody and every state that takes part, once, and who is in which article.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "ledger/derivation.h"
#include "ledger/usual.h"
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

class ActorTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "actors"; }
  int version() const override { return 3; }
  std::vector<const char*> tables() const override { return {"who", "actor"}; }
  std::string create() const override;
  void write(Entry& entry) override;
  void recall(Entry& entry) override { find(entry); }
  void cut_off(int64_t last, const std::string& day) override;
  void finish() override;
  void forget() override {
    who_.clear(), counts_.clear(), actors_.clear();
    begun_ = false;
  }

 private:
  // At the beginning of a batch: numbers that are remembered hold no longer when another program
  // has made the tables anew since.
  void look_up_epoch();
  int64_t who(const std::string& name, const std::string& kind, const Actor& actor,
              const std::string& role);
  // Fills the numbers of the article's entities; their mentions by number.
  std::map<int64_t, size_t> find(Entry& entry);

  std::unordered_map<std::string, int64_t> who_;
  int64_t epoch_ = 0;
  bool begun_ = false;
  std::vector<std::tuple<int64_t, int64_t, int64_t>> actors_;  // who, article, mentions
  // who → articles, mentions not yet written
  std::map<int64_t, std::pair<int64_t, int64_t>> counts_;
};

std::string ActorTables::create() const {
  return R"sql(
CREATE TABLE who (                 -- everybody and every state that takes part, once; a state's code is a name of kind 'state'
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, )sql" +
         of_list("kind", kinds()) +
         R"sql(, country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL,
  articles INTEGER NOT NULL, mentions INTEGER NOT NULL
) STRICT;
CREATE INDEX who_name ON who(name);  -- few bear one name: kind and country are looked at in the row
CREATE INDEX who_country ON who(country, articles);
CREATE INDEX who_articles ON who(articles, number);
CREATE TABLE actor (               -- who is in an article
  who INTEGER NOT NULL, article INTEGER NOT NULL, mentions INTEGER NOT NULL,
  PRIMARY KEY (who, article)
) STRICT, WITHOUT ROWID;
)sql";
}

int64_t ActorTables::who(const std::string& name, const std::string& kind, const Actor& actor,
                         const std::string& role) {
  std::string key = name + "\x1f" + kind + "\x1f" + actor.country;
  auto known = who_.find(key);
  if (known != who_.end()) return known->second;
  int64_t number = 0;
  {
    Query q(db_, "SELECT number FROM who WHERE name = ? AND kind = ? AND country = ?");
    if (q.bind(name).bind(kind).bind(actor.country).step()) number = q.integer(0);
  }
  if (number == 0) {
    Query q(db_, std::string("INSERT INTO who(name, kind_number, country, sector, role, articles, "
                             "mentions) VALUES (?,?,?,?,?,0,0)") +
                     db_.returning());
    number = q.bind(name)
                 .bind(place_in(kinds(), kind))
                 .bind(actor.country)
                 .bind(actor.sector)
                 .bind(role)
                 .number();
  }
  if (who_.size() > 500000) who_.clear();
  who_.emplace(std::move(key), number);
  return number;
}

void ActorTables::look_up_epoch() {
  if (begun_) return;
  begun_ = true;
  Query q(db_, "SELECT version FROM derived WHERE name = 'epoch'");
  int64_t now = q.step() ? q.integer(0) : 0;
  if (now != epoch_) who_.clear();
  epoch_ = now;
}

std::map<int64_t, size_t> ActorTables::find(Entry& entry) {
  look_up_epoch();
  const std::vector<Entity>& all = entry.record.entities;
  entry.people.assign(all.size(), 0);
  entry.states.assign(all.size(), 0);
  std::map<int64_t, size_t> mentions;
  for (size_t e = 0; e < all.size(); ++e) {
    const Entity& x = all[e];
    mentions[entry.people[e] = who(x.name, x.kind, x.actor, x.role)] += x.mentions.size();
    if (x.actor.country.empty()) continue;
    entry.states[e] = who(x.actor.country, "state", {x.actor.country, "", {}}, "");
    mentions[entry.states[e]] += x.mentions.size();
  }
  return mentions;
}

void ActorTables::write(Entry& entry) {
  for (const auto& [w, n] : find(entry)) {
    auto& [articles, all] = counts_[w];
    ++articles;
    all += static_cast<int64_t>(n);
    actors_.push_back({w, entry.number, static_cast<int64_t>(n)});
  }
}

void ActorTables::cut_off(int64_t last, const std::string&) {
  db_.run(
      fmt::format("UPDATE who SET articles = articles - gone.times, mentions = who.mentions - "
                  "gone.mentions FROM (SELECT who, count(*) AS times, sum(mentions) AS mentions "
                  "FROM actor WHERE article > {0} GROUP BY who) AS gone WHERE number = gone.who; "
                  "DELETE FROM who WHERE articles = 0; DELETE FROM actor WHERE article > {0}",
                  last));
}

void ActorTables::finish() {
  begun_ = false;
  Query count(db_,
              "UPDATE who SET articles = articles + ?, mentions = mentions + ? WHERE number = ?");
  for (const auto& [w, n] : counts_) {
    count.bind(n.first).bind(n.second).bind(w).step();
    count.reset();
  }
  counts_.clear();
  std::sort(actors_.begin(), actors_.end());
  Query actor(db_, "INSERT INTO actor VALUES (?,?,?)");
  for (const auto& [w, article, mentions] : actors_) {
    actor.bind(w).bind(article).bind(mentions).step();
    actor.reset();
  }
  actors_.clear();
}

}  // namespace

std::unique_ptr<Derivation> actor_tables(Database& db) { return std::make_unique<ActorTables>(db); }

}  // namespace chancery
