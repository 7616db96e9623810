#include "ledger/sightings.h"

#include <map>
#include <optional>

#include "ledger/article_records.h"
#include "ledger/filed.h"
#include "ledger/given.h"
#include "ledger/ledger.h"
#include "record/json.h"

namespace chancery {
namespace {

constexpr size_t kWords = 16;  // of a key: digits that tell the words, whatever the day

// Keys of the same words lie between these.
std::string first_of(const std::string& key) { return key.substr(0, kWords); }
std::string behind_all_of(const std::string& key) { return key.substr(0, kWords) + "g"; }

struct Place {
  int64_t number = 0;
  std::string published, url, id, address;
};

std::optional<Place> place_of(Database& db, const std::string& key) {
  Place out;
  {
    Query q(db, "SELECT number, published, url, id FROM article WHERE key = ?");
    if (!q.bind(key).step()) return std::nullopt;
    out = {q.integer(0), q.text(1), q.text(2), q.text(3), ""};
  }
  Query q(db, "SELECT min(address) FROM address WHERE article = ?");
  if (q.bind(out.number).step() && !q.null(0)) out.address = q.text(0);
  return out;
}

// The same, also of one that a person deleted.
std::optional<Place> kept_place(Database& db, const std::string& key) {
  if (std::optional<Place> place = place_of(db, key)) return place;
  Query q(db, "SELECT number, published, url, id, address FROM withdrawn WHERE key = ?");
  if (!q.bind(key).step()) return std::nullopt;
  return Place{q.integer(0), q.text(1), q.text(2), q.text(3), q.text(4)};
}

void put_sighting(Database& db, const std::string& seen, const std::string& address,
                  const std::string& article, bool settled) {
  Query q(db, "INSERT INTO sighting VALUES (?,?,?,?) ON CONFLICT DO NOTHING");
  q.bind(seen).bind(address).bind(article).bind(static_cast<int64_t>(settled)).step();
}

// Keeps a report whose rank is less than that of the kept one, and of its twin.
void keep_twin(Database& db, const std::string& article, const std::string& key, const Record& r) {
  const std::tuple rank{r.article.published, r.article.url, r.article.id};
  for (const char* table :
       {"article WHERE key = ?", "withdrawn WHERE key = ?", "twin WHERE article = ?"}) {
    Query q(db, std::string("SELECT published, url, id FROM ") + table);
    if (q.bind(article).step() && rank >= std::tuple{q.text(0), q.text(1), q.text(2)}) return;
  }
  {
    Query old(db, "DELETE FROM twin WHERE article = ?");
    old.bind(article).step();
  }
  Query q(db, "INSERT INTO twin VALUES (?,?,?,?,?,?)");
  q.bind(article).bind(key).bind(r.article.published).bind(r.article.url).bind(r.article.id);
  q.bind(to_json(r, {true})).step();
}

}  // namespace

void Sightings::expect(const std::vector<std::string>& keys) {
  // Also those that a person deleted: they may be put back.
  Given q(db_,
          "SELECT given.words, min(key) FROM (SELECT key FROM article WHERE key >= given.words AND "
          "key < given.behind UNION ALL SELECT key FROM withdrawn WHERE key >= given.words AND key "
          "< given.behind) AS kept",
          {{"words", Given::text}, {"behind", Given::text}});
  for (const std::string& key : keys) q.add(first_of(key)).add(behind_all_of(key));
  q.run([&](const Query& row) {
    if (row.null(1)) unheard_.insert(row.text(0));
  });
}

bool Sightings::unheard(const std::string& key) const { return unheard_.count(first_of(key)) > 0; }

void Sightings::took(const std::string& key) { unheard_.erase(first_of(key)); }

std::vector<std::string> Sightings::articles(const std::string& key, const std::string& address) {
  if (unheard(key)) return {};
  std::set<std::string> kept, out;
  {
    Query q(
        db_,
        "SELECT key FROM article WHERE key >= ? AND key < ? UNION ALL SELECT key FROM withdrawn "
        "WHERE key >= ? AND key < ?");
    q.bind(first_of(key)).bind(behind_all_of(key)).bind(first_of(key)).bind(behind_all_of(key));
    while (q.step()) kept.insert(q.text(0));
  }
  if (kept.empty()) return {};
  for (const std::string& other : kept)
    if (other == key || (!address.empty() && kept_place(db_, other)->address == address))
      out.insert(other);
  Query seen(db_,
             "SELECT article FROM sighting WHERE seen >= ? AND seen < ? AND (seen = ? OR (address "
             "= ? AND address <> ''))");
  seen.bind(first_of(key)).bind(behind_all_of(key)).bind(key).bind(address);
  while (seen.step())
    if (kept.count(seen.text(0))) out.insert(seen.text(0));
  return {out.begin(), out.end()};
}

void Sightings::add(const std::vector<std::string>& articles, const std::string& key,
                    const std::string& address, const Record& record) {
  for (const std::string& article : articles) {
    const std::optional<Place> kept = kept_place(db_, article);
    // Seen so before, as the one that is kept.
    if (articles.size() == 1 && article == key && kept && kept->address == address) continue;
    put_sighting(db_, key, address, article, false);
  }
  keep_twin(db_, articles[0], key, record);
}

Reunion::Reunion(Database& db) : db_(db) {
  std::map<std::string, Family> open;  // by the least of their keys
  std::map<std::string, std::string> in;
  auto family_of = [&](const std::string& key) -> Family& {
    auto [it, fresh] = in.emplace(key, key);
    Family& family = open[it->second];
    if (fresh) family.keys.insert(key);
    return family;
  };
  auto join = [&](const std::string& a, const std::string& b) {
    family_of(a), family_of(b);
    const std::string into = in[a], from = in[b];
    if (into == from) return;
    for (const std::string& key : open[from].keys) in[key] = into, open[into].keys.insert(key);
    open.erase(from);
  };
  {
    Query q(db_,
            "SELECT seen, address, article FROM sighting WHERE settled = 0 ORDER BY seen, address, "
            "article");
    std::string pair, before;
    while (q.step()) {
      const std::string now = q.text(0) + "\t" + q.text(1), article = q.text(2);
      family_of(article);
      if (now == pair) join(before, article);
      pair = now, before = article;
    }
  }
  {
    Query q(db_, "SELECT article FROM twin");
    while (q.step()) family_of(q.text(0));
  }
  for (auto& [key, family] : open) look_at(std::move(family));
}

void Reunion::look_at(Family family) {
  std::optional<Rank> least;
  std::vector<std::string> days;
  for (auto key = family.keys.begin(); key != family.keys.end();) {
    const std::optional<Place> kept = place_of(db_, *key);
    // A person deleted it meanwhile, or it stands aside.
    if (!kept) {
      key = family.keys.erase(key);
      continue;
    }
    auto better = [&](const Rank& rank, bool twin) {
      days.push_back(day_of_publication(std::get<0>(rank)));
      if (least && rank >= *least) return;
      least = rank, family.first = *key, family.by_twin = twin;
    };
    better({kept->published, kept->url, kept->id}, false);
    Query twin(db_, "SELECT published, url, id FROM twin WHERE article = ?");
    if (twin.bind(*key).step()) better({twin.text(0), twin.text(1), twin.text(2)}, true);
    ++key;
  }
  if (family.keys.empty()) return;
  if (family.keys.size() > 1 || family.by_twin) days_.insert(days_.end(), days.begin(), days.end());
  // What people put right under another of its keys holds from now on.
  Query put_right(
      db_,
      "SELECT 1 FROM sighting s JOIN correction c ON c.article = s.seen WHERE s.article "
      "= ? AND s.settled = 0 LIMIT 1");
  for (const std::string& key : family.keys) {
    if (put_right.bind(key).step()) days_.insert(days_.end(), days.begin(), days.end());
    put_right.reset();
  }
  families_.push_back(std::move(family));
}

int64_t Reunion::carry_out(Ledger& ledger) {
  int64_t changed = 0;
  for (const Family& family : families_)
    if (family.keys.size() > 1 || family.by_twin) {
      unite(family, ledger);
      changed += static_cast<int64_t>(family.keys.size()) - 1 + family.by_twin;
    }
  // Of an article that a person deleted, or that stands aside, it waits until it is back.
  db_.run(
      "UPDATE sighting SET settled = 1 WHERE settled = 0 AND article IN (SELECT key FROM article); "
      "DELETE FROM twin WHERE article IN (SELECT key FROM article)");
  return changed;
}

void Reunion::unite(const Family& family, Ledger& ledger) {
  std::string stays = family.first;
  const int64_t number = place_of(db_, stays)->number;
  // Under the names that they had they were seen.
  std::vector<std::pair<std::string, std::string>> names;
  for (const std::string& key : family.keys) {
    const Place place = *place_of(db_, key);
    names.emplace_back(key, place.address);
    if (key == family.first) continue;
    for (const char* sql :
         {"DELETE FROM filled WHERE article = ?", "DELETE FROM address WHERE article = ?"}) {
      Query drop(db_, sql);
      drop.bind(place.number).step();
    }
    ArticleRecords(db_).take_out(place.number);
  }
  if (family.by_twin) {
    Query twin(db_, "SELECT key, record FROM twin WHERE article = ?");
    twin.bind(family.first).step();
    stays = twin.text(0);
    const Record record = record_from_json(twin.text(1), Origin::kept);
    ledger.replace(number, record);
    const Article& a = record.article;
    Query q(db_, "UPDATE article SET key = ?, id = ?, url = ?, publisher = ? WHERE number = ?");
    q.bind(stays).bind(a.id).bind(a.url).bind(a.publisher).bind(number).step();
    ledger.set_address(number, a.url);
  }
  for (const std::string& key : family.keys) {
    {
      Query done(db_, "DELETE FROM twin WHERE article = ?");
      done.bind(key).step();
    }
    Query move(db_,
               "INSERT INTO sighting SELECT seen, address, ?, 1 FROM sighting WHERE article = ? ON "
               "CONFLICT DO NOTHING");
    if (key != stays) move.bind(stays).bind(key).step();
    Query old(db_, "DELETE FROM sighting WHERE article = ?");
    if (key != stays) old.bind(key).step();
  }
  for (const auto& [key, address] : names) put_sighting(db_, key, address, stays, true);
  Query own(db_, "DELETE FROM sighting WHERE seen = ? AND address = ? AND article = ?");
  own.bind(stays).bind(place_of(db_, stays)->address).bind(stays).step();
}

}  // namespace chancery
