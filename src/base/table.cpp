#include "base/table.h"

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

Table::Table(const std::string& path, const std::vector<std::string>& columns) : path_(path) {
  std::string text;
  try {
    text = read_file(path);
  } catch (const Error& error) {
    throw StartError(
        std::string(error.what()) +
        " (the data tables belong to the program; reinstall, or name their folder with --data)");
  }
  read(text, columns);
}

Table::Table(std::string_view text, const std::string& path,
             const std::vector<std::string>& columns)
    : path_(path) {
  read(text, columns);
}

void Table::read(std::string_view text, const std::vector<std::string>& columns) {
  int line = 0;
  bool header = false;
  for (std::string_view row : split(text, '\n')) {
    ++line;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (trim(row).empty() || row.front() == '#') continue;
    std::string place = path_ + ":" + std::to_string(line);
    if (!valid_utf8(row)) throw StartError(place + ": not UTF-8");
    std::vector<std::string> cells;
    for (std::string_view cell : split(row, '\t')) cells.emplace_back(trim(cell));
    if (!header) {
      if (cells != columns)
        throw StartError(place + ": the header must be: " + join(columns, ", "));
      header = true;
      continue;
    }
    if (cells.size() > columns.size())
      throw StartError(place + ": " + std::to_string(cells.size()) + " columns, expected " +
                       std::to_string(columns.size()));
    cells.resize(columns.size());
    rows_.push_back({this, line, std::move(cells)});
  }
  if (!header) throw StartError(path_ + ": empty table, header missing");
}

std::string Table::Row::place() const { return table->path() + ":" + std::to_string(line); }

void Table::Row::fail(const std::string& what) const { throw StartError(place() + ": " + what); }

std::vector<std::string> Table::Row::list(size_t column) const {
  std::vector<std::string> out;
  for (std::string_view part : split(cells[column], '|'))
    if (!trim(part).empty()) out.emplace_back(trim(part));
  return out;
}

}  // namespace chancery
