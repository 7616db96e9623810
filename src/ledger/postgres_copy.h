// Rows on their way to a PostgreSQL server by COPY: what the ledger inserts by the thousand is
// gathered and sent in one stream, not a statement a row. A row's number is taken from its table's
// sequence beforehand, some hundreds at a time.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chancery {

// An INSERT whose rows may wait: of one of the tables that nothing reads while an article is
// written.
struct CopyTarget {
  std::string table, columns;  // columns: "a, b", "" for all
  bool numbered = false;       // RETURNING number
  bool once = false;           // ON CONFLICT DO NOTHING: rows that come twice are one
};
// Nothing when the statement is another one.
std::optional<CopyTarget> copy_target(const std::string& sql);
// Does the statement look at one of those tables?
bool looks_at_copied(const std::string& sql);

class CopyRows {
 public:
  using Value = std::optional<std::string>;
  void add(const CopyTarget& target, const std::vector<Value>& values);
  bool empty() const { return waiting_.empty(); }
  void forget() { waiting_.clear(); }

  // What waits, a stream for each form of row: "COPY … FROM STDIN" → its lines.
  struct Stream {
    std::string lines;
    std::unordered_set<std::string> seen;
    size_t rows = 0;
  };
  std::map<std::string, Stream> take() { return std::exchange(waiting_, {}); }

  // Numbers in store for a table.
  std::deque<int64_t>& numbers(const std::string& table) { return numbers_[table]; }
  // Tables may have been made anew, and count from the beginning.
  void forget_numbers() { numbers_.clear(); }

 private:
  std::map<std::string, Stream> waiting_;
  std::map<std::string, std::deque<int64_t>> numbers_;
};

}  // namespace chancery
