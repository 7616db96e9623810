#include "ledger/postgres_copy.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chancery {
namespace {

constexpr std::array<std::string_view, 18> kTables = {
    "statement", "event", "position", "novelty",        "part",       "dyad",
    "occasion",  "actor", "band",     "article_record", "article",    "address",
    "filled",    "words", "who",      "happening",      "story_mark", "story_key"};

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// The words of a statement outside of quotes.
bool has_word(std::string_view sql, std::string_view word) {
  for (size_t at = 0; (at = sql.find(word, at)) != std::string_view::npos; at += word.size()) {
    const bool begins = at == 0 || !letter(sql[at - 1]);
    const size_t end = at + word.size();
    if (begins && (end == sql.size() || !letter(sql[end]))) return true;
  }
  return false;
}

void append_escaped(std::string& out, std::string_view text) {
  for (char c : text) switch (c) {
      case '\\': out += "\\\\"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
}

}  // namespace

std::optional<CopyTarget> copy_target(const std::string& sql) {
  constexpr std::string_view kInsert = "INSERT INTO ", kValues = " VALUES (";
  std::string_view rest = sql;
  if (!rest.starts_with(kInsert)) return std::nullopt;
  rest.remove_prefix(kInsert.size());
  const size_t values = rest.find(kValues);
  if (values == std::string_view::npos) return std::nullopt;
  CopyTarget out;
  std::string_view table = rest.substr(0, values);
  if (size_t open = table.find('('); open != std::string_view::npos) {
    out.columns = table.substr(open + 1, table.size() - open - 2);
    table = table.substr(0, open);
  }
  if (std::find(kTables.begin(), kTables.end(), table) == kTables.end()) return std::nullopt;
  out.table = table;
  rest.remove_prefix(values + kValues.size());
  // Parameters only.
  const size_t close = rest.find_first_not_of("?,");
  if (close == std::string_view::npos || rest[close] != ')') return std::nullopt;
  rest.remove_prefix(close + 1);
  if (rest == " ON CONFLICT DO NOTHING") out.once = true;
  else if (rest == " RETURNING number") out.numbered = true;
  else if (!rest.empty()) return std::nullopt;
  if (out.numbered) out.columns = "number, " + out.columns;
  return out;
}

std::vector<std::string_view> copied_tables_in(const std::string& sql) {
  std::vector<std::string_view> out;
  for (std::string_view table : kTables)
    if (has_word(sql, table)) out.push_back(table);
  return out;
}

CopyRows::Streams CopyRows::take(std::string_view table) {
  auto found = waiting_.find(table);
  if (found == waiting_.end()) return {};
  Streams out = std::move(found->second);
  for (const auto& [copy, stream] : out) bytes_ -= stream.lines.size();
  waiting_.erase(found);
  return out;
}

std::string CopyRows::numbers_left() {
  std::string out;
  for (const auto& [table, numbers] : numbers_)
    if (numbers.next < numbers.end)
      out += (out.empty() ? "SELECT " : ", ") + ("setval(pg_get_serial_sequence('" + table) +
             "', 'number'), " + std::to_string(numbers.next) + ", false)";
  numbers_.clear();
  return out;
}

void CopyRows::add(const CopyTarget& target, const std::vector<Value>& values) {
  std::string line;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i) line += '\t';
    if (values[i]) append_escaped(line, *values[i]);
    else line += "\\N";
  }
  line += '\n';
  Stream& stream =
      waiting_[target.table]
              ["COPY " + target.table + (target.columns.empty() ? "" : "(" + target.columns + ")") +
               " FROM STDIN"];
  if (target.once && !stream.seen.insert(line).second) return;
  stream.lines += line;
  bytes_ += line.size();
}

}  // namespace chancery
