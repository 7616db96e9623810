// Which reports are one article: the same words on the same day, or at the same address, and
// whatever is so related by way of others. A second report of an article is not kept; under which
// day and address it came is, so that a third that is related to the second alone is known too,
// and so that what people put right of an article holds under every key that it ever had.
//
//   for (const std::string& kept : seen.articles(key, address)) …  // keys of kept ones
//
// The first report is kept until settle() says which goes before: that of the least time, address
// and id. Two that are kept may turn out to be one by way of a third; settle() makes them one.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "ledger/database.h"
#include "record/record.h"

namespace chancery {

class Ledger;

class Sightings {
 public:
  explicit Sightings(Database& db) : db_(db) {}

  // Reports of these keys come next: of which of them there is nothing is asked for all at once.
  void expect(const std::vector<std::string>& keys);
  // Is it certain that nothing is kept that this one could be another report of?
  bool unheard(const std::string& key) const;
  // An article of this key is kept from now on.
  void took(const std::string& key);
  // What was found out of keys holds no longer than a transaction.
  void forget() { unheard_.clear(); }

  // The keys of the kept articles that a report of this key and address is another report of.
  std::vector<std::string> articles(const std::string& key, const std::string& address);
  // It came, and is not kept.
  void add(const std::vector<std::string>& articles, const std::string& key,
           const std::string& address, const Record& record);

 private:
  Database& db_;
  std::set<std::string> unheard_;  // beginnings of keys, which tell the words
};

// What is to be settled of articles that are one.
class Reunion {
 public:
  explicit Reunion(Database& db);

  // Of all articles that leave their place or take another.
  const std::vector<std::string>& days() const { return days_; }
  // Keeps of each article the report that goes before the others, and takes out those that are none
  // of their own; how many. What is derived of them is for the caller to take out before.
  int64_t carry_out(Ledger& ledger);

 private:
  // By time, address and id.
  using Rank = std::tuple<std::string, std::string, std::string>;
  // Articles that are one: their keys, and who of them goes before.
  struct Family {
    std::set<std::string> keys;
    std::string first;     // the key of the article that stays
    bool by_twin = false;  // its twin takes its place
  };
  void look_at(Family family);
  void unite(const Family& family, Ledger& ledger);

  Database& db_;
  std::vector<Family> families_;
  std::vector<std::string> days_;
};

}  // namespace chancery
