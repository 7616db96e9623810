#include "ledger/sqlite_database.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "base/error.h"

namespace chancery {
namespace {

// How long a program waits for another that writes to the same ledger.
constexpr int kBusyMilliseconds = 15000;
constexpr int kPollMilliseconds = 5;

int64_t now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

class SqliteStatement : public PreparedStatement {
 public:
  SqliteStatement(SqliteDatabase& db, sqlite3_stmt* statement) : db_(db), s_(statement) {}
  ~SqliteStatement() override { sqlite3_finalize(s_); }
  void bind_text(int index, std::string_view text) override {
    taken(
        sqlite3_bind_text(s_, index, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
  }
  void bind_integer(int index, int64_t number) override {
    taken(sqlite3_bind_int64(s_, index, number));
  }
  void bind_real(int index, double number) override {
    taken(sqlite3_bind_double(s_, index, number));
  }
  void bind_null(int index) override { taken(sqlite3_bind_null(s_, index)); }
  bool step() override {
    int code = sqlite3_step(s_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    db_.fail("cannot be read or written");
  }
  void reset() override {
    sqlite3_reset(s_);
    sqlite3_clear_bindings(s_);
  }
  std::string text(int column) const override {
    const unsigned char* value = sqlite3_column_text(s_, column);
    return value ? std::string(reinterpret_cast<const char*>(value),
                               static_cast<size_t>(sqlite3_column_bytes(s_, column)))
                 : "";
  }
  int64_t integer(int column) const override { return sqlite3_column_int64(s_, column); }
  double real(int column) const override { return sqlite3_column_double(s_, column); }
  bool null(int column) const override { return sqlite3_column_type(s_, column) == SQLITE_NULL; }
  int columns() const override { return sqlite3_column_count(s_); }
  std::string name(int column) const override { return sqlite3_column_name(s_, column); }

 private:
  // A parameter that the statement does not have, or has no room for, would be left out without a word.
  void taken(int code) {
    if (code != SQLITE_OK) db_.fail("cannot be read or written");
  }

  SqliteDatabase& db_;
  sqlite3_stmt* s_;
};

// The text of a record's article, "" where the record cannot be read.
std::string text_of(const std::string& record) {
  simdjson::dom::parser parser;
  std::string_view text;
  if (parser.parse(record)["article"]["text"].get(text) != simdjson::SUCCESS) return "";
  return std::string(text);
}

// An SQL function of one text. An error is the statement's.
template <typename Change>
void change_text(sqlite3_context* context, sqlite3_value* value, Change change) {
  if (sqlite3_value_type(value) == SQLITE_NULL) return sqlite3_result_null(context);
  try {
    const unsigned char* text = sqlite3_value_text(value);
    auto& db = *static_cast<SqliteDatabase*>(sqlite3_user_data(context));
    const std::string out =
        change(db.packing(), std::string_view(reinterpret_cast<const char*>(text),
                                              static_cast<size_t>(sqlite3_value_bytes(value))));
    sqlite3_result_text(context, out.data(), static_cast<int>(out.size()), SQLITE_TRANSIENT);
  } catch (const std::exception& error) {
    sqlite3_result_error(context, error.what(), -1);
  }
}

}  // namespace

SqliteDatabase::SqliteDatabase(const std::string& path, bool read_only) : Database(path) {
  // Counting every allocation under a lock would cost a tenth of the ingest. No effect once SQLite
  // is in use.
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)once;
  int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    std::string why = db_ ? sqlite3_errmsg(db_) : "out of memory";
    sqlite3_close(db_);
    db_ = nullptr;
    throw StartError(
        path + ": the ledger cannot be opened: " + why +
        (read_only ? " (make one with: chancery ingest --ledger " + path + " FILE…)" : ""));
  }
  wait_for_others();
  try {
    if (read_only) look_without_log();
    if (!read_only) {
      // Of a new file: a record fills pages of four kilobytes badly.
      run("PRAGMA page_size = 8192");
      write_ahead();
      // 6000 pages of 8 KB: with one batch behind them the log stays under 64 MB.
      run("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 6000;");
      set_cache();
    }
    add_functions();
    run("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824;");
  } catch (...) {
    sqlite3_close(db_);
    throw;
  }
}

// Looked at often, so that a writer that lets others in between two batches lets them in.
void SqliteDatabase::wait_for_others() {
  sqlite3_busy_handler(
      db_,
      [](void*, int times) {
        if (times * kPollMilliseconds >= kBusyMilliseconds) return 0;
        std::this_thread::sleep_for(std::chrono::milliseconds(kPollMilliseconds));
        return 1;
      },
      nullptr);
}

// Beside a ledger that is read lies a table of its log, which is made when it is not there. Where
// nothing can be made (a read-only mount, a folder of others) and no log waits to be read, the file
// is read as it is.
void SqliteDatabase::look_without_log() {
  auto readable = [&] {
    return sqlite3_exec(db_, "PRAGMA user_version; SELECT count(*) FROM sqlite_master", nullptr,
                        nullptr, nullptr);
  };
  const int code = readable() & 0xFF;
  if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) return;
  std::error_code error;
  const uintmax_t log = std::filesystem::file_size(where_ + "-wal", error);
  if (!error && log > 0)
    throw StartError(where_ + ": its log (" + where_ +
                     "-wal) holds what is not in it yet, and cannot be read "
                     "where nothing may be written: copy both, or open it once where it can be "
                     "written");
  sqlite3_close(db_);
  db_ = nullptr;
  std::string address = "file:";
  for (char c : where_) {
    // What means something in an address.
    if (c == '?' || c == '#' || c == '%') address += fmt::format("%{:02X}", c);
    else address += c;
  }
  if (sqlite3_open_v2((address + "?immutable=1").c_str(), &db_,
                      SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
                      nullptr) != SQLITE_OK)
    fail("the ledger cannot be opened");
  wait_for_others();
}

// What SQL of this connection knows of records.
void SqliteDatabase::add_functions() {
  using Function = void (*)(sqlite3_context*, int, sqlite3_value**);
  const auto add = [&](const char* name, Function function) {
    if (sqlite3_create_function(db_, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                this, function, nullptr, nullptr) != SQLITE_OK)
      fail("cannot be used");
  };
  add("plain_record", [](sqlite3_context* context, int, sqlite3_value** values) {
    change_text(context, values[0],
                [](const Packing& packing, std::string_view text) { return packing.plain(text); });
  });
  add("record_text", [](sqlite3_context* context, int, sqlite3_value** values) {
    change_text(context, values[0], [](const Packing& packing, std::string_view text) {
      return text_of(packing.plain(text));
    });
  });
  add("packed_record", [](sqlite3_context* context, int, sqlite3_value** values) {
    change_text(context, values[0],
                [](const Packing& packing, std::string_view text) { return packing.packed(text); });
  });
}

const Packing& SqliteDatabase::packing() {
  if (packing_) return *packing_;
  Packing::Phrases phrases;
  sqlite3_stmt* s = nullptr;
  // A ledger of an earlier version has no such table.
  if (sqlite3_prepare_v2(db_, "SELECT code, words FROM packing ORDER BY code", -1, &s, nullptr) ==
      SQLITE_OK) {
    SqliteStatement rows(*this, s);
    while (rows.step()) phrases.push_back({rows.text(0), rows.text(1)});
  }
  if (phrases.empty()) {
    static const Packing nothing{Packing::Phrases()};
    return nothing;
  }
  packing_ = std::make_unique<Packing>(std::move(phrases));
  return *packing_;
}

std::string packed_for(Database& db, std::string record) {
  auto* sqlite = dynamic_cast<SqliteDatabase*>(&db);
  return sqlite ? sqlite->packing().packed(record) : record;
}

// What other programs see of a record is the view `articles`, in plain SQL.
std::string plain_record(const Database& db, const std::string& column) {
  return db.dialect() == Database::sqlite ? "plain_record(" + column + ")" : column;
}

// The change of a new file to a write-ahead log asks for the whole file at once, and SQLite answers
// "locked" without waiting where another program is about the same: we wait ourselves, as long as
// for any other lock.
void SqliteDatabase::write_ahead() {
  const int64_t last = now() + kBusyMilliseconds;
  while (true) {
    int code = sqlite3_exec(db_, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return;
    const bool busy = (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED;
    if (!busy || now() > last) fail("cannot be used");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void SqliteDatabase::set_cache() {
  std::error_code error;
  uintmax_t size = std::filesystem::file_size(where_, error);
  long wanted = std::clamp<long>(error ? 0 : static_cast<long>(size / 8192), 65536, 1048576);
  // By steps of a half: the size of the file is asked for often.
  if (wanted < cache_ * 3 / 2 && cache_ > 0) return;
  cache_ = wanted;
  run("PRAGMA cache_size = -" + std::to_string(cache_));
}

void SqliteDatabase::committed() { set_cache(); }

void SqliteDatabase::rest() {
  idle_.clear();
  sqlite3_db_release_memory(db_);
}

SqliteDatabase::~SqliteDatabase() {
  idle_.clear();
  sqlite3_close(db_);
}

bool SqliteDatabase::late() const { return deadline_ && now() > deadline_; }

void SqliteDatabase::time_limit(int milliseconds) {
  limit_ = milliseconds;
  deadline_ = limit_ ? now() + limit_ : 0;
  sqlite3_progress_handler(
      db_, limit_ ? 10000 : 0,
      [](void* self) { return static_cast<SqliteDatabase*>(self)->late() ? 1 : 0; }, this);
}

void SqliteDatabase::fail(const std::string& doing) const {
  int code = sqlite3_errcode(db_) & 0xFF;
  std::string what = sqlite3_errmsg(db_);
  if (code == SQLITE_INTERRUPT)
    throw LateError("this question takes longer than " + std::to_string(limit_) +
                    " ms; narrow it (a shorter period, an actor, a type)");
  const char* advice = "";
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      advice = ": another program is writing to it; try again when it is done";
      break;
    case SQLITE_READONLY: advice = ": the file or its folder may not be written"; break;
    case SQLITE_FULL:
      advice = ": the disk is full; nothing of the last batch was kept, free space and run again";
      break;
    case SQLITE_NOTADB: advice = ": this file is no ledger"; break;
    case SQLITE_CORRUPT:
      advice =
          ": the ledger is damaged; restore it from a copy, or ingest the articles into a new one";
      break;
    case SQLITE_IOERR: advice = ": the disk gave an error"; break;
    default: break;
  }
  throw StartError(where_ + ": " + doing + ": " + what + advice);
}

void SqliteDatabase::run(const std::string& sql) {
  // What was given in a transaction, its rows have or nobody has.
  if (sql.starts_with("BEGIN") || sql.starts_with("ROLLBACK") ||
      sql.find("DROP ") != std::string::npos)
    given_.clear();
  if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail("cannot be used");
}

std::unique_ptr<PreparedStatement> SqliteDatabase::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db_, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK)
    fail("a question failed");
  return std::make_unique<SqliteStatement>(*this, statement);
}

// Each index ends with the number of its row, and would hold one that is named a second time.
std::string SqliteDatabase::ddl(std::string sql) const {
  constexpr std::string_view kIndex = "CREATE INDEX ", kNumber = ", number)";
  for (size_t at = 0; (at = sql.find(kIndex, at)) != std::string::npos; at += kIndex.size()) {
    const size_t number = sql.find(kNumber, at);
    if (number < sql.find(';', at)) sql.erase(number, kNumber.size() - 1);
  }
  return sql;
}

int64_t SqliteDatabase::last_number() const { return sqlite3_last_insert_rowid(db_); }

int64_t SqliteDatabase::next_number(const std::string& table) {
  auto found = given_.find(table);
  if (found == given_.end()) {
    Query q(*this, "SELECT coalesce(max(number), 0) FROM " + table);
    q.step();
    found = given_.emplace(table, q.integer(0)).first;
  }
  return ++found->second;
}

int SqliteDatabase::version() {
  Query q(*this, "PRAGMA user_version");
  q.step();
  int version = static_cast<int>(q.integer(0));
  if (version == 0) {
    Query tables(*this, "SELECT count(*) FROM sqlite_master");
    tables.step();
    if (tables.integer(0) > 0)
      throw StartError(where_ + ": a database of another program, no ledger");
  }
  return version;
}

void SqliteDatabase::set_version(int version) {
  run("PRAGMA user_version = " + std::to_string(version));
}

}  // namespace chancery
