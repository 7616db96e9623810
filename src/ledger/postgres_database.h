// The ledger on a PostgreSQL server (libpq), for teams. See database.h.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database.h"
#include "ledger/postgres_copy.h"

struct pg_conn;
struct pg_result;

namespace chancery {

class PostgresDatabase : public Database {
 public:
  PostgresDatabase(const std::string& url, bool read_only);
  ~PostgresDatabase() override;

  void run(const std::string& sql) override;
  Dialect dialect() const override { return postgres; }
  void time_limit(int milliseconds) override;
  int version() override;
  void set_version(int version) override;
  void lock() override;
  std::string ddl(std::string sql) const override;
  const char* like() const override { return "ILIKE"; }
  const char* returning() const override { return " RETURNING number"; }

  pg_conn* handle() const { return connection_; }
  [[noreturn]] void fail(const std::string& doing, pg_result* result = nullptr) const;
  // Rows that wait are sent before anything looks at their tables: those of some tables, or all.
  CopyRows& copies() { return copies_; }
  void send_copies(const std::vector<std::string_view>& tables);
  void send_copies();
  int64_t next_number(const std::string& table) override;
  // A partition of the table for rows with that value (months.h), made where it is not there yet.
  void need_partition(const std::string& table, const std::string& value);

 private:
  std::unique_ptr<PreparedStatement> prepare(const std::string& sql) override;
  // Beside what waits and is remembered.
  void execute(const std::string& sql);
  void send(const std::string& copy, const CopyRows::Stream& stream);

  pg_conn* connection_ = nullptr;
  CopyRows copies_;
  std::set<std::string> partitions_;  // known to be there until this transaction ends
  int prepared_ = 0, limit_ = 0;
};

}  // namespace chancery
