#include "ledger/database.h"

#include "base/error.h"
#include "ledger/postgres_database.h"
#include "ledger/sqlite_database.h"

namespace chancery {

std::unique_ptr<Database> Database::open(const std::string& where, bool read_only) {
  if (where.starts_with("postgres://") || where.starts_with("postgresql://"))
    return std::make_unique<PostgresDatabase>(where, read_only);
  return std::make_unique<SqliteDatabase>(where, read_only);
}

Query::Query(Database& db, std::string sql) : db_(db), sql_(std::move(sql)) {
  std::vector<std::unique_ptr<PreparedStatement>>& idle = db_.idle_[sql_];
  if (idle.empty()) {
    statement_ = db_.prepare(sql_);
  } else {
    statement_ = std::move(idle.back());
    idle.pop_back();
  }
}

Query::~Query() {
  if (!statement_) return;
  try {
    statement_->reset();
    db_.idle_[sql_].push_back(std::move(statement_));
  } catch (const Error&) {
    // A statement that cannot be made ready again is not kept.
  }
}

void Query::reset() {
  statement_->reset();
  next_ = 1;
}

int64_t Query::number() {
  int64_t row;
  if (*db_.returning()) {
    if (!step()) throw StartError(db_.where() + ": the store gave no number");
    row = integer(0);
  } else {
    step();
    row = db_.last_number();
  }
  reset();
  return row;
}

}  // namespace chancery
