// Rows on their way to a PostgreSQL server by COPY: what the ledger inserts by the thousand is
// gathered and sent in one stream, not a statement a row. A row's number is taken from its table's
// sequence beforehand, some hundreds at a time.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chancery {

// An INSERT whose rows may wait: of one of the tables that hardly anything reads while articles are
// written.
struct CopyTarget {
  std::string table, columns;  // columns: "a, b", "" for all
  bool numbered = false;       // RETURNING number
  bool once = false;           // ON CONFLICT DO NOTHING: rows that come twice are one
};
// Nothing when the statement is another one.
std::optional<CopyTarget> copy_target(const std::string& sql);
// Which of those tables the statement looks at.
std::vector<std::string_view> copied_tables_in(const std::string& sql);

class CopyRows {
 public:
  using Value = std::optional<std::string>;
  void add(const CopyTarget& target, const std::vector<Value>& values);
  bool empty() const { return waiting_.empty(); }
  // So many that they should not wait any longer.
  bool many() const { return bytes_ > kMany; }
  void forget() { waiting_.clear(), bytes_ = 0; }

  // What waits for a table, a stream for each form of row: "COPY … FROM STDIN" → its lines.
  struct Stream {
    std::string lines;
    std::unordered_set<std::string> seen;
  };
  using Streams = std::map<std::string, Stream>;
  Streams take(std::string_view table);
  std::map<std::string, Streams, std::less<>> take() {
    bytes_ = 0;
    return std::exchange(waiting_, {});
  }

  // Numbers in store for a table. More are fetched the more were used, few for few articles.
  struct Numbers {
    int64_t next = 0, end = 0, fetch = 16;
  };
  Numbers& numbers(const std::string& table) { return numbers_[table]; }
  // Tables may have been made anew, and count from the beginning; or others may have written.
  void forget_numbers() { numbers_.clear(); }
  // SQL that gives back what is left of them, "" for nothing.
  std::string numbers_left();

 private:
  static constexpr size_t kMany = 1 << 24;

  std::map<std::string, Streams, std::less<>> waiting_;  // by table
  size_t bytes_ = 0;
  std::map<std::string, Numbers> numbers_;
};

}  // namespace chancery
