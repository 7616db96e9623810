#include "ledger/sqlite.h"

#include <sqlite3.h>

#include "base/error.h"

namespace chancery {

Database::Database(const std::string& path, bool read_only) : path_(path) {
  int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_FULLMUTEX, nullptr) != SQLITE_OK) {
    std::string why = db_ ? sqlite3_errmsg(db_) : "out of memory";
    sqlite3_close(db_);
    db_ = nullptr;
    throw StartError(path + ": the ledger cannot be opened: " + why + (read_only ? " (make one with: chancery ingest --ledger " + path + " FILE…)" : ""));
  }
  sqlite3_busy_timeout(db_, 5000);
}

Database::~Database() { sqlite3_close(db_); }

void Database::fail(const std::string& doing) const {
  int code = sqlite3_errcode(db_) & 0xFF;
  std::string what = sqlite3_errmsg(db_);
  const char* advice = "";
  switch (code) {
    case SQLITE_BUSY: case SQLITE_LOCKED: advice = ": another program is writing to it; try again when it is done"; break;
    case SQLITE_READONLY: advice = ": the file or its folder may not be written"; break;
    case SQLITE_FULL: advice = ": the disk is full; nothing of the last batch was kept, free space and run again"; break;
    case SQLITE_NOTADB: advice = ": this file is no ledger"; break;
    case SQLITE_CORRUPT: advice = ": the ledger is damaged; restore it from a copy, or ingest the articles into a new one"; break;
    case SQLITE_IOERR: advice = ": the disk gave an error"; break;
    default: break;
  }
  throw StartError(path_ + ": " + doing + ": " + what + advice);
}

void Database::run(const char* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail("cannot be used");
}

Query::Query(Database& db, const std::string& sql) : db_(db) {
  if (sqlite3_prepare_v2(db.handle(), sql.c_str(), static_cast<int>(sql.size()), &statement_, nullptr) != SQLITE_OK) db.fail("a question failed");
}

Query::~Query() { sqlite3_finalize(statement_); }

Query& Query::bind(std::string_view text) {
  sqlite3_bind_text(statement_, next_++, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  return *this;
}

Query& Query::bind(int64_t number) {
  sqlite3_bind_int64(statement_, next_++, number);
  return *this;
}

Query& Query::bind_real(double number) {
  sqlite3_bind_double(statement_, next_++, number);
  return *this;
}

Query& Query::bind_null() {
  sqlite3_bind_null(statement_, next_++);
  return *this;
}

bool Query::step() {
  int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  db_.fail("cannot be read or written");
}

void Query::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  next_ = 1;
}

std::string Query::text(int column) const {
  const unsigned char* value = sqlite3_column_text(statement_, column);
  return value ? std::string(reinterpret_cast<const char*>(value), static_cast<size_t>(sqlite3_column_bytes(statement_, column))) : "";
}

int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }
int Query::columns() const { return sqlite3_column_count(statement_); }
std::string Query::name(int column) const { return sqlite3_column_name(statement_, column); }

}  // namespace chancery
