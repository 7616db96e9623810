#include "ledger/postgres_database.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// ? → $1, $2 …, not inside quotes.
std::string numbered(const std::string& sql) {
  std::string out;
  int n = 0;
  bool quoted = false;
  for (char c : sql) {
    if (c == '\'') quoted = !quoted;
    if (c == '?' && !quoted) out += "$" + std::to_string(++n);
    else out += c;
  }
  return out;
}

// Without the password that a URL may carry, before its host or among its parameters: it is printed
// in messages.
std::string without_password(std::string url) {
  size_t scheme = url.find("://"), question = url.find('?');
  if (scheme == std::string::npos) scheme = 0;
  else scheme += 3;
  size_t at = url.substr(0, question).rfind('@'), colon = url.find(':', scheme);
  if (at != std::string::npos && colon < at) url.erase(colon, at - colon);
  constexpr std::string_view kKey = "password=";
  for (size_t from = 0; (from = lower(url).find(kKey, from)) != std::string::npos;) {
    from += kKey.size();
    url.replace(from, std::min(url.find('&', from), url.size()) - from, "...");
  }
  return url;
}

// libpq takes the first '@' for the end of the password, and would print the rest of one that holds
// another as the name of the host.
void refuse_two_ats(const std::string& url) {
  std::string_view before = std::string_view(url).substr(0, url.find('?'));
  if (std::count(before.begin(), before.end(), '@') > 1)
    throw StartError(without_password(url) +
                     ": more than one '@' in the address; write that of a password as %40");
}

// Values on their way to the server, as it reads them.
class TextParameters : public PreparedStatement {
 public:
  // `before`: values that stand before the first that is bound.
  explicit TextParameters(size_t before) : before_(before) {}

  void bind_text(int index, std::string_view text) override {
    // PostgreSQL keeps no NUL in a text.
    std::string value(text);
    for (char& c : value)
      if (c == 0) c = ' ';
    at(index) = std::move(value);
  }
  void bind_integer(int index, int64_t number) override { at(index) = std::to_string(number); }
  void bind_real(int index, double number) override {
    char digits[40];
    std::snprintf(digits, sizeof digits, "%.17g", number);
    at(index) = digits;
  }
  void bind_null(int index) override { at(index).reset(); }

 protected:
  std::vector<std::optional<std::string>> values_;

 private:
  std::optional<std::string>& at(int index) {
    const size_t place = before_ + static_cast<size_t>(index) - 1;
    if (values_.size() <= place) values_.resize(place + 1);
    return values_[place];
  }
  size_t before_;
};

class PostgresStatement : public TextParameters {
 public:
  // `name`: of what was prepared; "" for a statement that is planned each time, `sql`.
  PostgresStatement(PostgresDatabase& db, std::string name, std::string sql,
                    std::vector<std::string_view> looks_at)
      : TextParameters(0),
        db_(db),
        name_(std::move(name)),
        sql_(std::move(sql)),
        looks_at_(std::move(looks_at)) {}
  ~PostgresStatement() override { PQclear(result_); }

  bool step() override {
    if (!result_) {
      if (!db_.copies().empty()) db_.send_copies(looks_at_);
      std::vector<const char*> values;
      for (const auto& v : values_) values.push_back(v ? v->c_str() : nullptr);
      const int count = static_cast<int>(values.size());
      result_ = name_.empty() ? PQexecParams(db_.handle(), sql_.c_str(), count, nullptr,
                                             values.data(), nullptr, nullptr, 0)
                              : PQexecPrepared(db_.handle(), name_.c_str(), count, values.data(),
                                               nullptr, nullptr, 0);
      ExecStatusType status = PQresultStatus(result_);
      if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        PGresult* failed = result_;
        result_ = nullptr;
        db_.fail("cannot be read or written", failed);
      }
      row_ = -1;
    }
    return ++row_ < PQntuples(result_);
  }
  void reset() override {
    PQclear(result_);
    result_ = nullptr;
    values_.clear();
  }
  std::string text(int column) const override {
    std::string value(PQgetvalue(result_, row_, column),
                      static_cast<size_t>(PQgetlength(result_, row_, column)));
    constexpr unsigned kFloat8 = 701, kNumeric = 1700;
    unsigned type = PQftype(result_, column);
    // "1" is "1.0" where SQLite says so: the same answers from both.
    if ((type == kFloat8 || type == kNumeric) && !value.empty()) {
      char digits[40];
      std::snprintf(digits, sizeof digits, "%.15g", std::strtod(value.c_str(), nullptr));
      value = digits;
      if (value.find_first_of(".en") == std::string::npos) value += ".0";
    }
    return value;
  }
  int64_t integer(int column) const override {
    return std::atoll(PQgetvalue(result_, row_, column));
  }
  double real(int column) const override { return std::atof(PQgetvalue(result_, row_, column)); }
  bool null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  int columns() const override { return result_ ? PQnfields(result_) : 0; }
  std::string name(int column) const override { return PQfname(result_, column); }

 private:
  PostgresDatabase& db_;
  std::string name_, sql_;
  std::vector<std::string_view> looks_at_;  // tables whose rows may not be sent yet
  PGresult* result_ = nullptr;
  int row_ = -1;
};

// An INSERT whose row waits to be sent with others (postgres_copy.h).
class CopyStatement : public TextParameters {
 public:
  // A row's number stands first, where it has one.
  CopyStatement(PostgresDatabase& db, CopyTarget target)
      : TextParameters(target.numbered ? 1 : 0), db_(db), target_(std::move(target)) {}

  bool step() override {
    if (target_.numbered) {
      number_ = db_.next_number(target_.table);
      values_[0] = std::to_string(number_);
    }
    db_.copies().add(target_, values_);
    if (db_.copies().many()) db_.send_copies();
    return target_.numbered;
  }
  void reset() override { values_.clear(); }
  std::string text(int) const override { return std::to_string(number_); }
  int64_t integer(int) const override { return number_; }
  double real(int) const override { return static_cast<double>(number_); }
  bool null(int) const override { return false; }
  int columns() const override { return target_.numbered ? 1 : 0; }
  std::string name(int) const override { return "number"; }

 private:
  PostgresDatabase& db_;
  CopyTarget target_;
  int64_t number_ = 0;
};

}  // namespace

PostgresDatabase::PostgresDatabase(const std::string& url, bool read_only)
    : Database(without_password(url)) {
  refuse_two_ats(url);
  connection_ = PQconnectdb(url.c_str());
  if (PQstatus(connection_) != CONNECTION_OK) {
    std::string why = squeeze(PQerrorMessage(connection_));
    PQfinish(connection_);
    throw StartError(where_ + ": the server cannot be reached: " + why);
  }
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  run("SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;");
  if (read_only) {
    run("SET default_transaction_read_only = on");
    return;
  }
  // Records are packed by the faster way where the server knows it; one that does not says so, and
  // does without.
  PQclear(PQexec(connection_, "SET default_toast_compression = 'lz4'"));
  // A writer's statements take less time than compiling them.
  PQclear(PQexec(connection_, "SET jit = off"));
}

PostgresDatabase::~PostgresDatabase() {
  idle_.clear();
  PQfinish(connection_);
}

void PostgresDatabase::fail(const std::string& doing, PGresult* result) const {
  // The server's words go over several lines.
  std::string what = squeeze(result ? PQresultErrorMessage(result) : PQerrorMessage(connection_));
  const char* field = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  std::string state = field ? field : "";
  PQclear(result);
  if (state == "57014")
    throw LateError("this question takes longer than " + std::to_string(limit_) +
                    " ms; narrow it (a shorter period, an actor, a type)");
  const char* advice = "";
  if (PQstatus(connection_) != CONNECTION_OK)
    advice = ": the connection is lost; what was not committed was not kept, run again";
  else if (state == "53100")
    advice =
        ": the server's disk is full; nothing of the last batch was kept, free space and run again";
  else if (state == "25006") advice = ": the ledger is open for reading only";
  else if (state == "42501") advice = ": this user may not do that on the server";
  throw StartError(where_ + ": " + doing + ": " + what + advice);
}

void PostgresDatabase::send_copies() {
  for (const auto& [table, streams] : copies_.take())
    for (const auto& [copy, stream] : streams) send(copy, stream);
}

void PostgresDatabase::send_copies(const std::vector<std::string_view>& tables) {
  for (std::string_view table : tables)
    for (const auto& [copy, stream] : copies_.take(table)) send(copy, stream);
}

void PostgresDatabase::send(const std::string& copy, const CopyRows::Stream& stream) {
  PGresult* begun = PQexec(connection_, copy.c_str());
  if (PQresultStatus(begun) != PGRES_COPY_IN) fail("cannot be written", begun);
  PQclear(begun);
  // libpq takes an int for the length.
  constexpr size_t kMost = 1 << 28;
  bool good = true;
  for (size_t at = 0; good && at < stream.lines.size(); at += kMost)
    good = PQputCopyData(connection_, stream.lines.data() + at,
                         static_cast<int>(std::min(kMost, stream.lines.size() - at))) == 1;
  if (!good || PQputCopyEnd(connection_, nullptr) != 1) fail("cannot be written");
  PGresult* problem = nullptr;
  while (PGresult* result = PQgetResult(connection_)) {
    if (PQresultStatus(result) == PGRES_COMMAND_OK || problem) PQclear(result);
    else problem = result;
  }
  if (problem) fail("cannot be written", problem);
}

int64_t PostgresDatabase::next_number(const std::string& table) {
  CopyRows::Numbers& numbers = copies_.numbers(table);
  if (numbers.next == numbers.end) {
    // All that number rows have the lock: nobody takes one between.
    constexpr int64_t kMost = 4096;
    Query q(*this,
            "SELECT setval(s, nextval(s) + ? - 1) FROM (SELECT pg_get_serial_sequence(?, 'number') "
            "AS s) sequence");
    if (!q.bind(numbers.fetch).bind(table).step()) fail("gave no number");
    numbers.end = q.integer(0) + 1;
    numbers.next = numbers.end - numbers.fetch;
    numbers.fetch = std::min(2 * numbers.fetch, kMost);
  }
  return numbers.next++;
}

void PostgresDatabase::need_partition(const std::string& table, const std::string& value) {
  const std::string partition = table + "_" + replace_all(value, "-", "_");
  if (!partitions_.insert(partition).second) return;
  {
    Query there(*this,
                "SELECT 1 FROM pg_class WHERE relname = ? AND relnamespace = "
                "current_schema()::regnamespace");
    if (there.bind(partition).step()) return;
  }
  // Made by itself and then put below its table: to make it there at once would wait for all readers
  // of the table, and keep others waiting until this transaction has ended.
  execute("CREATE TABLE " + partition + " (LIKE " + table +
          " INCLUDING ALL EXCLUDING IDENTITY); ALTER TABLE " + table + " ATTACH PARTITION " +
          partition + " FOR VALUES IN ('" + value + "')");
}

void PostgresDatabase::run(const std::string& sql) {
  if (sql.starts_with("ROLLBACK")) copies_.forget();
  else if (!copies_.empty()) send_copies();
  // Outside of a transaction another program may make the tables anew.
  if (sql.starts_with("BEGIN") || sql.find("DROP ") != std::string::npos) partitions_.clear();
  if (sql.find("CREATE ") != std::string::npos || sql.find("DROP ") != std::string::npos)
    copies_.forget_numbers();
  // While others still wait: those of the next writer go on from here.
  if (sql == "COMMIT")
    if (const std::string left = copies_.numbers_left(); !left.empty()) execute(left);
  execute(sql);
}

void PostgresDatabase::execute(const std::string& sql) {
  PGresult* result = PQexec(connection_, sql.c_str());
  ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
    fail("cannot be used", result);
  PQclear(result);
}

void PostgresDatabase::time_limit(int milliseconds) {
  limit_ = milliseconds;
  run("SET statement_timeout = " + std::to_string(milliseconds));
}

std::unique_ptr<PreparedStatement> PostgresDatabase::prepare(const std::string& sql) {
  if (std::optional<CopyTarget> target = copy_target(sql))
    return std::make_unique<CopyStatement>(*this, std::move(*target));
  // Over lists (given.h) the best plan is another for ten than for ten thousand.
  if (sql.find("unnest(?") != std::string::npos)
    return std::make_unique<PostgresStatement>(*this, "", numbered(sql), copied_tables_in(sql));
  std::string name = "q" + std::to_string(++prepared_);
  PGresult* result = PQprepare(connection_, name.c_str(), numbered(sql).c_str(), 0, nullptr);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) fail("a question failed", result);
  PQclear(result);
  return std::make_unique<PostgresStatement>(*this, name, "", copied_tables_in(sql));
}

int PostgresDatabase::version() {
  // One question, so that both answers are of one moment: another program may be making the tables.
  Query tables(*this,
               "SELECT count(*) FILTER (WHERE table_name = 'ledger_version'), "
               "count(*) FILTER (WHERE table_name = 'article') FROM information_schema.tables "
               "WHERE table_schema = current_schema()");
  tables.step();
  if (tables.integer(0) == 0) {
    if (tables.integer(1) > 0)
      throw StartError(where_ + ": a database of another program, no ledger");
    return 0;
  }
  Query q(*this, "SELECT version FROM ledger_version");
  return q.step() ? static_cast<int>(q.integer(0)) : 0;
}

void PostgresDatabase::set_version(int version) {
  run("CREATE TABLE IF NOT EXISTS ledger_version(version BIGINT NOT NULL); DELETE FROM "
      "ledger_version; INSERT INTO ledger_version VALUES (" +
      std::to_string(version) + ")");
}

void PostgresDatabase::lock() {
  // Any number that all programs of this kind have in common: "chan" in ASCII.
  run("SELECT pg_advisory_xact_lock(1667785070)");
  // Numbers in store from before are less than those of rows that others have put in since.
  copies_.forget_numbers();
}

std::string PostgresDatabase::ddl(std::string sql) const {
  // Bytewise order, as SQLite has it, whatever the server's language.
  for (const auto& [from, to] :
       {std::pair{"INTEGER PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
        std::pair{" STRICT, WITHOUT ROWID", ""}, std::pair{" STRICT", ""},
        std::pair{" VIRTUAL", " STORED"}, std::pair{" INTEGER", " BIGINT"},
        std::pair{" REAL", " DOUBLE PRECISION"}, std::pair{" TEXT", " TEXT COLLATE \"C\""}})
    sql = replace_all(sql, from, to);
  return sql;
}

}  // namespace chancery
