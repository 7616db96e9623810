// Articles that wait in a ledger to be read (ledger/jobs.h), as a source: fetched by one program,
// read by any number of others. A job is held until what came of it is kept, and is gone in the
// same transaction.
//
//   JobQueue::put(jobs, article, rules);
//
//   JobQueue queue(ledger.database(), 16, 300);
//   while (queue.take()) run(queue, …);
#pragma once
#include <string>
#include <vector>

#include "article/address.h"
#include "ledger/jobs.h"
#include "pipeline/source.h"

namespace chancery::pipeline {

class JobQueue : public Source {
 public:
  // False when it waits there already, or was given up. `rules`: which addresses are one.
  static bool put(Jobs& jobs, Article article, const AddressRules& rules);
  // What put() left. Throws Error.
  static Article article_of(const Piece& piece);

  // Takes up to `most` jobs together, for so many seconds.
  JobQueue(Database& database, int64_t most, int64_t seconds);

  // The next jobs; false when none wait.
  bool take();
  // Of those that were taken. When the program is asked to stop (stop.h), the rest is given back.
  bool next(Item& item) override;
  bool holds(const Item& item) override { return jobs_.holds(taken_[item.number]); }
  void kept(const Item& item) override { jobs_.finish(taken_[item.number]); }
  void given_up(const Item& item, const std::string& problem) override;

 private:
  Jobs jobs_;
  const std::string name_;
  const int64_t most_, seconds_;
  std::vector<Job> taken_;
  size_t next_ = 0;
};

}  // namespace chancery::pipeline
