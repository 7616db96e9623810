// Writes what is derived from a record beside it, through all groups of derived tables
// (derivation.h), and makes groups anew whose version has changed.
#pragma once
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ledger/derivation.h"

namespace chancery {

class Writer {
 public:
  explicit Writer(Database& db) : db_(db), groups_(derivations(db)) {}

  // Writes the derived rows of an article that is in the table `article` already; the number of the
  // article of which it is a copy, 0 for none.
  int64_t write(int64_t number, const Record& record);
  // Takes out what the articles behind number `last` left, those of `day` and later. All articles are
  // to be written again then, in their order; of those up to `last` only what was not cut off.
  void cut_off(int64_t last, const std::string& day);
  void write_again(int64_t number, const Record& record, int64_t last);
  // Writes what waits for the end of a batch: the rows that lie far apart in their tables, in the
  // order of the tables, and the words of the full-text index, which would be merged anew for every
  // article otherwise. Before each commit.
  void finish();
  // What was remembered in a transaction that was rolled back no longer holds.
  void forget();

  // Are the tables of every group there in this program's version?
  bool up_to_date();
  // Hands over every kept record in the order of the numbers.
  using Records = std::function<void(const std::function<void(int64_t, const Record&)>&)>;
  // Drops the groups of another version, those named in `also`, or all of them, with all that use
  // their findings; makes them anew and fills them from the records. Inside a transaction of the
  // caller's.
  void bring_up(bool all, const std::set<std::string>& also, const Records& records);

 private:
  // Places among `groups_` of what must be made anew.
  std::vector<bool> stale(bool all, const std::set<std::string>& also = {});
  int64_t write(int64_t number, const Record& record, const std::vector<bool>& anew);

  Database& db_;
  std::vector<std::unique_ptr<Derivation>> groups_;
};

}  // namespace chancery
