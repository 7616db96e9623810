// The store under the ledger, SQLite or PostgreSQL: statements that clean up after themselves,
// errors that say what to do. SQL is written once, with ? for parameters and what both understand;
// what differs is asked of the dialect.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chancery {

// One prepared statement of a store.
class PreparedStatement {
 public:
  virtual ~PreparedStatement() = default;
  virtual void bind_text(int index, std::string_view text) = 0;
  virtual void bind_integer(int index, int64_t number) = 0;
  virtual void bind_real(int index, double number) = 0;
  virtual void bind_null(int index) = 0;
  virtual bool step() = 0;  // false when there are no more rows
  virtual void reset() = 0;
  virtual std::string text(int column) const = 0;
  virtual int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual bool null(int column) const = 0;
  virtual int columns() const = 0;
  virtual std::string name(int column) const = 0;
};

class Database {
 public:
  enum Dialect { sqlite, postgres };
  // "postgres://user@host/name" or a file. Throws StartError for a folder, a file that is no
  // database, a locked or unwritable one, a server that does not answer.
  static std::unique_ptr<Database> open(const std::string& where, bool read_only);
  virtual ~Database() = default;

  // One or several statements without parameters.
  virtual void run(const std::string& sql) = 0;
  virtual Dialect dialect() const = 0;
  // Ends a question that takes longer with an error; 0: never.
  virtual void time_limit(int milliseconds) = 0;
  const std::string& where() const { return where_; }

  // After each commit of a writer: caches may grow with the store.
  virtual void committed() {}
  // Between two bursts of work: what is kept for speed alone is given up.
  virtual void rest() {}

  // Version of the ledger's tables, 0 in a new store. Throws StartError when the store holds
  // something else.
  virtual int version() = 0;
  virtual void set_version(int version) = 0;
  // Inside a transaction: other programs that call it wait until this one has ended. SQLite's
  // writers wait for each other from their beginning.
  virtual void lock() {}
  // Turns what SQLite's dialect says of tables into this one's.
  virtual std::string ddl(std::string sql) const { return sql; }
  // "LIKE" without regard to case.
  virtual const char* like() const { return "LIKE"; }
  // What an INSERT ends with so that Query::number() can tell the row's number. SQLite remembers
  // it, and RETURNING would cost it more than the insert.
  virtual const char* returning() const { return ""; }
  virtual int64_t last_number() const { return 0; }
  // Inside a writer's transaction: the number of a row that is put in later, for tables that number
  // their rows. Each is greater than all that were given before.
  virtual int64_t next_number(const std::string& table) = 0;

 protected:
  friend class Query;
  explicit Database(std::string where) : where_(std::move(where)) {}
  virtual std::unique_ptr<PreparedStatement> prepare(const std::string& sql) = 0;

  std::string where_;
  // Statements not in use, by their text: a question asked again is not prepared again.
  std::unordered_map<std::string, std::vector<std::unique_ptr<PreparedStatement>>> idle_;
};

class Query {
 public:
  Query(Database& db, std::string sql);
  ~Query();
  Query(const Query&) = delete;

  Query& bind(std::string_view text) { return statement_->bind_text(next_++, text), *this; }
  Query& bind(int64_t number) { return statement_->bind_integer(next_++, number), *this; }
  Query& bind_real(double number) { return statement_->bind_real(next_++, number), *this; }
  Query& bind_null() { return statement_->bind_null(next_++), *this; }
  bool step() { return statement_->step(); }
  // Ready for the next set of parameters.
  void reset();
  // Runs an INSERT that ends with Database::returning(), gives the number of its row, and is ready
  // again.
  int64_t number();
  std::string text(int column) const { return statement_->text(column); }
  int64_t integer(int column) const { return statement_->integer(column); }
  double real(int column) const { return statement_->real(column); }
  bool null(int column) const { return statement_->null(column); }
  int columns() const { return statement_->columns(); }
  std::string name(int column) const { return statement_->name(column); }

 private:
  Database& db_;
  std::string sql_;
  std::unique_ptr<PreparedStatement> statement_;
  int next_ = 1;
};

}  // namespace chancery
