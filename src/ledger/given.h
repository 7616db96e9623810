// One statement for many rows of values. On a server they go there together, in one statement over
// lists; SQLite, to which it costs nothing, runs it once for each. The SQL is that of one row, whose
// values are called given.NAME:
//
//   Given marks(db, "SELECT mark, articles FROM story_mark WHERE mark = given.word",
//               {{"word", Given::text}});
//   for (const std::string& word : words) marks.add(word);
//   marks.run([&](const Query& row) { count[row.text(0)] = row.integer(1); });
//
// SELECT, UPDATE … WHERE, DELETE … WHERE, INSERT … VALUES (…) with or without ON CONFLICT. Answers
// of one row of values come in their order, those of several rows in any.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database.h"

namespace chancery {

class Given {
 public:
  enum Type { number, text };
  struct Column {
    std::string name;
    Type type;
  };
  Given(Database& db, std::string sql, std::vector<Column> columns);

  // The next value: each column of a row in turn.
  Given& add(int64_t value);
  Given& add(std::string_view value);
  Given& add_null();
  bool empty() const { return values_.empty(); }

  // Runs it for all rows that were added, which are then gone.
  void run(const std::function<void(const Query&)>& take = {});

 private:
  struct Value {
    bool null = false;
    int64_t number = 0;
    std::string text;
  };
  void run_each(const std::function<void(const Query&)>& take);
  std::string list_of(size_t column) const;

  Database& db_;
  std::string sql_;
  std::vector<Column> columns_;
  std::vector<Value> values_;  // row after row
};

}  // namespace chancery
