// The ledger in one file: SQLite, write-ahead log, FTS5. See database.h.
#pragma once
#include <map>
#include <memory>

#include "ledger/database.h"
#include "ledger/packing.h"

struct sqlite3;

namespace chancery {

class SqliteDatabase : public Database {
 public:
  SqliteDatabase(const std::string& path, bool read_only);
  ~SqliteDatabase() override;

  void run(const std::string& sql) override;
  Dialect dialect() const override { return sqlite; }
  void time_limit(int milliseconds) override;
  int version() override;
  void set_version(int version) override;
  int64_t last_number() const override;
  int64_t next_number(const std::string& table) override;
  std::string ddl(std::string sql) const override;
  void committed() override;
  void rest() override;
  // By the ledger's own list of phrases; one that has none yet packs nothing.
  const Packing& packing();

  sqlite3* handle() const { return db_; }
  [[noreturn]] void fail(const std::string& doing) const;
  bool late() const;

 private:
  std::unique_ptr<PreparedStatement> prepare(const std::string& sql) override;

  // A writer's cache grows with the ledger: an eighth of it, 64 MB to 1 GB.
  void set_cache();
  void write_ahead();
  void wait_for_others();
  void look_without_log();
  void add_functions();

  sqlite3* db_ = nullptr;
  std::unique_ptr<Packing> packing_;
  std::map<std::string, int64_t> given_;  // numbers that were given in this transaction, the last
  long cache_ = 0;                        // kilobytes
  int limit_ = 0;
  int64_t deadline_ = 0;
};

}  // namespace chancery
