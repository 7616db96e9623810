// A thin wrapper around SQLite: statements that clean up after themselves, errors that say what to do.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace chancery {

class Database {
 public:
  // Opens or creates. Throws StartError for a folder, a file that is no database, a locked or unwritable one.
  explicit Database(const std::string& path, bool read_only);
  ~Database();
  Database(const Database&) = delete;

  void run(const char* sql);
  sqlite3* handle() const { return db_; }
  [[noreturn]] void fail(const std::string& doing) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  sqlite3* db_ = nullptr;
};

class Query {
 public:
  Query(Database& db, const std::string& sql);
  ~Query();
  Query(const Query&) = delete;

  Query& bind(std::string_view text);
  Query& bind(int64_t number);
  Query& bind_real(double number);
  Query& bind_null();
  // False when there are no more rows.
  bool step();
  void reset();
  std::string text(int column) const;
  int64_t integer(int column) const;
  int columns() const;
  std::string name(int column) const;

 private:
  Database& db_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

}  // namespace chancery
