#include "ledger/given.h"

#include "base/error.h"
#include "base/strings.h"

namespace chancery {
namespace {

// SQLite: each value a parameter of its place, which may stand in the statement several times.
std::string with_parameters(std::string sql, const std::vector<Given::Column>& columns) {
  for (size_t c = 0; c < columns.size(); ++c)
    sql = replace_all(std::move(sql), "given." + columns[c].name, "?" + std::to_string(c + 1));
  return sql;
}

// A server: the lists as a table beside what the statement is about. A question is asked for each row
// as if it stood alone (OFFSET 0): by the index, however many rows there are.
std::string over_lists(std::string sql, const std::vector<Given::Column>& columns) {
  std::string lists, names;
  for (const Given::Column& c : columns) {
    lists += (lists.empty() ? "?::" : ", ?::") +
             std::string(c.type == Given::number ? "bigint[]" : "text[]");
    names += (names.empty() ? "" : ", ") + c.name;
  }
  const std::string rows = "unnest(" + lists + ") AS given(" + names + ")";
  if (sql.starts_with("SELECT"))
    return "SELECT found.* FROM " + rows + " CROSS JOIN LATERAL (" + sql + " OFFSET 0) AS found";
  if (sql.starts_with("INSERT")) {
    constexpr std::string_view kValues = " VALUES (";
    const size_t open = sql.find(kValues);
    size_t close = sql.find(") ON CONFLICT", open);
    if (close == std::string::npos) close = sql.rfind(')');
    sql.replace(close, 1, " FROM " + rows);
    return sql.replace(open, kValues.size(), " SELECT ");
  }
  const size_t where = sql.rfind(" WHERE ");
  return sql.insert(where, (sql.starts_with("DELETE") ? " USING " : " FROM ") + rows);
}

}  // namespace

Given::Given(Database& db, std::string sql, std::vector<Column> columns)
    : db_(db), columns_(std::move(columns)) {
  sql_ = db.dialect() == Database::sqlite ? with_parameters(std::move(sql), columns_)
                                          : over_lists(std::move(sql), columns_);
}

Given& Given::add(int64_t value) {
  values_.push_back({false, value, ""});
  return *this;
}
Given& Given::add(std::string_view value) {
  values_.push_back({false, 0, std::string(value)});
  return *this;
}
Given& Given::add_null() {
  values_.push_back({true, 0, ""});
  return *this;
}

// As PostgreSQL reads an array.
std::string Given::list_of(size_t column) const {
  std::string out = "{";
  for (size_t v = column; v < values_.size(); v += columns_.size()) {
    if (out.size() > 1) out += ',';
    const Value& value = values_[v];
    if (value.null) {
      out += "NULL";
    } else if (columns_[column].type == number) {
      out += std::to_string(value.number);
    } else {
      out += '"';
      for (char c : value.text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
      }
      out += '"';
    }
  }
  return out + "}";
}

void Given::run_each(const std::function<void(const Query&)>& take) {
  Query q(db_, sql_);
  for (size_t v = 0; v < values_.size();) {
    for (size_t c = 0; c < columns_.size(); ++c, ++v)
      if (values_[v].null) q.bind_null();
      else if (columns_[c].type == number) q.bind(values_[v].number);
      else q.bind(values_[v].text);
    while (q.step())
      if (take) take(q);
    q.reset();
  }
}

void Given::run(const std::function<void(const Query&)>& take) {
  if (values_.empty()) return;
  if (values_.size() % columns_.size()) throw Error("a row of values is not complete");
  if (db_.dialect() == Database::sqlite) {
    run_each(take);
  } else {
    Query q(db_, sql_);
    for (size_t c = 0; c < columns_.size(); ++c) q.bind(list_of(c));
    while (q.step())
      if (take) take(q);
  }
  values_.clear();
}

}  // namespace chancery
