// Pages that a followed feed named and that could not be kept when they were fetched: they wait in
// the ledger and are asked for again, later and later, whatever the feed says meanwhile. No article
// is forgotten because its server was down for an hour.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/database.h"

namespace chancery {

struct WaitingPage {
  std::string url, feed;
  std::string title, publisher, published, byline;  // what the feed said; names apart by "; "
  int64_t since = 0, due = 0, tries = 0;            // seconds since 1970
  std::string problem;                              // of the last try
  bool refused = false;                             // not to be asked for again
};

class WaitingPages {
 public:
  explicit WaitingPages(Database& db) : db_(db) {}

  std::optional<WaitingPage> find(const std::string& url);
  // Of one feed, those not refused, the longest waiting first.
  std::vector<WaitingPage> of(const std::string& feed);
  void put(const WaitingPage& page);
  void remove(const std::string& url);

 private:
  Database& db_;
};

}  // namespace chancery
