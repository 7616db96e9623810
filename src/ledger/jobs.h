// Work that waits for a worker: articles that were fetched and are to be read. Several programs, on
// as many machines as wanted, take jobs from one ledger; whoever has one has it for a time (a
// lease), and what a worker that died left is taken again. A job is gone in the transaction that
// keeps its record, so that a record is kept once whatever ends when.
//
//   jobs.put(key, address, payload);
//   for (const Job& job : jobs.take("host:17", 16, 300)) …
//   ledger.begin(); if (jobs.holds(job)) ledger.add(record), jobs.finish(job); ledger.commit();
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database.h"

namespace chancery {

struct Job {
  int64_t number = 0;
  std::string key;      // the same work has the same key
  std::string address;  // of the article, "" for none
  std::string payload;
  int64_t since = 0, due = 0, lease = 0;  // seconds since 1970, by the store's clock
  std::string worker;
  int64_t tries = 0;
  std::string problem;  // of the last try
};

class Jobs {
 public:
  // A job that was taken so often and never ended, by whatever died of it, is given up.
  static constexpr int64_t kTries = 5;

  explicit Jobs(Database& db) : db_(db) {}

  // False when the same work is there already, waiting or given up.
  bool put(const std::string& key, const std::string& address, const std::string& payload);
  bool has_address(const std::string& address);
  // Takes up to `most` jobs, the longest waiting first, for so many seconds. One that was tried
  // before comes alone, so that what dies of it takes no others along.
  std::vector<Job> take(const std::string& worker, int64_t most, int64_t seconds);
  // False when the lease ran out and somebody else has it, or had it: then it is none of ours.
  bool holds(const Job& job);
  // Inside the transaction that keeps what came of it.
  void finish(const Job& job);
  // It is not for this program to do: it is given up, and says why.
  void give_up(const Job& job, const std::string& problem);
  // Not begun: another may have it at once.
  void give_back(const Job& job);
  // Those that were given up are tried again; how many.
  int64_t try_again();

  struct State {
    int64_t waiting = 0, taken = 0, left = 0;  // left: their workers are gone, the lease is over
    int64_t since = 0;                         // so many seconds the oldest of these waits
    std::vector<Job> given_up;
  };
  State state();

 private:
  Database& db_;
};

}  // namespace chancery
