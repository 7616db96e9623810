// Which article stood at the address of another before: at the same, or at one that differs from it
// in nothing that matters. Asked for many articles at once, and of those too whose rows are not in
// their tables yet.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/derivation.h"

namespace chancery {

class EarlierVersions {
 public:
  explicit EarlierVersions(Database& db) : db_(db) {}

  void expect(const std::vector<Expected>& articles);
  // The number of the last, 0 for none; remembers this one.
  int64_t before(const Entry& entry);
  void forget() { kept_.clear(), known_.clear(), pages_.clear(), addresses_.clear(); }

 private:
  void fetch_of_kept(const std::vector<Expected>& articles);
  void fetch_of_new(const std::vector<Expected>& articles);

  Database& db_;
  std::unordered_map<int64_t, int64_t> kept_;       // of articles that are in the ledger
  std::unordered_map<std::string, int64_t> known_;  // of pages and addresses of new ones
  std::unordered_map<std::string, int64_t> pages_, addresses_;  // of those that are not in it yet
};

}  // namespace chancery
