// Writes what is derived from a record beside it, through all groups of derived tables
// (derivation.h), and makes groups anew whose version has changed.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ledger/derivation.h"

namespace chancery {

class Writer {
 public:
  explicit Writer(Database& db) : db_(db), groups_(derivations(db)) {}

  // Articles that come next (derivation.h).
  void expect(const std::vector<Expected>& articles);
  // Writes the derived rows of an article that is not in the table `article` yet; what was found out
  // for its row there.
  Entry write(int64_t number, const Record& record, const std::string& address);
  // Takes out what the articles behind number `last` left, those of `day` and later. All articles are
  // to be written again then, in their order; of those up to `last` only what was not cut off.
  void cut_off(int64_t last, const std::string& day);
  // Hands over every kept record in the order of the numbers.
  using Records = std::function<void(const std::function<void(int64_t, const Record&)>&)>;
  void write_again(const Records& records, int64_t last);
  // Writes what waits for the end of a batch: the rows that lie far apart in their tables, in the
  // order of the tables, and the words of the full-text index, which would be merged anew for every
  // article otherwise. Before each commit.
  void finish();
  // What was remembered in a transaction that was rolled back no longer holds.
  void forget();

  // Are the tables of every group there in this program's version?
  bool up_to_date();
  // Drops the groups of another version, those named in `also`, or all of them, with all that use
  // their findings; makes them anew and fills them from the records. Inside a transaction of the
  // caller's.
  void bring_up(bool all, const std::set<std::string>& also, const Records& records);

 private:
  // Places among `groups_` of what must be made anew.
  std::vector<bool> stale(bool all, const std::set<std::string>& also = {});
  // Groups that are written, by places among `groups_`, and those of which only what is behind a
  // number is.
  void write_kept(int64_t number, const Record& record, const std::vector<bool>& anew);
  void follow(int64_t number, const Record& record);
  // Some hundreds of records at a time.
  void in_stretches(const Records& records,
                    const std::function<void(const std::vector<Expected>&)>& expect,
                    const std::function<void(int64_t, const Record&)>& write);
  void write_places();

  struct Place {
    std::string day;
    int64_t copy_of, replaces, story;
  };
  Database& db_;
  std::map<int64_t, Place> places_;  // of articles that are in their table, not yet there
  std::vector<std::unique_ptr<Derivation>> groups_;
};

}  // namespace chancery
