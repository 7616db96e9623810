// Where the records of articles are: in SQLite in the article's own row, packed (packing.h); on a
// server by months (months.h), in a table of their own. Rows of `article` are put in and taken out
// here, so that none is without its record.
#pragma once
#include <cstdint>
#include <string>

#include "ledger/derivation.h"
#include "ledger/months.h"
#include "record/record.h"

namespace chancery {

// SQL: the record, in full, of a row of `article` that is called so.
std::string record_of(const Database& db, const std::string& article);

class ArticleRecords {
 public:
  explicit ArticleRecords(Database& db) : db_(db) {}

  // With what was found out of it.
  void put(const Entry& entry, const std::string& key, const Record& record,
           const std::string& added);
  // Another record of the same article: in its place, with the columns that follow from it.
  void replace(int64_t number, const Record& record);
  void take_out(int64_t number);
  // To a table that keeps articles aside, with the same columns, `record` and some of its own (", why"),
  // of which one has a value.
  void move_to(const std::string& table, int64_t number, const std::string& further,
               const std::string& value);
  // And back, the row in which that column is so; its number, another where that is taken.
  int64_t put_back(const std::string& table, const std::string& column, const std::string& value);
  // From their rows into the table by months, as a server keeps them from version 10 on.
  void part_by_months();

 private:
  void keep(int64_t number, const std::string& month, const std::string& json);
  void drop_kept(int64_t number);

  Database& db_;
};

}  // namespace chancery
