// Acts in the world, however many reports tell them, while articles are written: those that an event
// may be another report of are fetched for many articles at once, and new ones are written at the
// end of a batch.
//
//   acts.ask(around);                        // of one event, or of all that come next
//   acts.fetch();
//   for (const Act* act : acts.near(around)) …
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "ledger/database.h"

namespace chancery {

struct Act {
  int64_t number = 0, pair = 0;  // pair: hash of its type and sides
  int64_t day = 0, last = 0;     // as parts.h has them
  int64_t article = 0;           // that told it first, by this event and in these words
  std::string event, words, place;
  std::string key_words;  // of its words, apart by blanks
  int64_t reports = 1;
  bool fresh = false;  // not in its table yet
};

class ActStore {
 public:
  explicit ActStore(Database& db) : db_(db) {}

  // Where acts are looked for: of this pair, that begin between the days or last into them.
  struct Around {
    int64_t pair, from, to;
    auto operator<=>(const Around&) const = default;
  };
  void ask(const Around& around);
  // Fetches what is not known of it yet.
  void fetch();
  // The newest of them, from the newest.
  std::vector<const Act*> near(const Around& around) const;
  const Act& at(int64_t number) const { return acts_.at(number); }
  // A new one; its number.
  int64_t put(Act act);
  // Another article tells it.
  void count_report(int64_t number);

  void write();
  void forget();

 private:
  std::string question() const;

  Database& db_;
  std::map<Around, std::vector<int64_t>> found_;  // as their table has them
  std::vector<Around> asked_;
  std::unordered_map<int64_t, Act> acts_;
  std::unordered_map<int64_t, std::vector<int64_t>> put_;  // by pair, not in their table yet
  std::map<int64_t, int64_t> counted_;                     // reports of those that are in it
};

}  // namespace chancery
