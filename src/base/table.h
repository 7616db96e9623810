// Tab-separated tables with a header line: the form of every lexicon, register and ontology in
// data/. Lines starting with '#' and empty lines are comments. Errors name file and line.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

class Table {
 public:
  // Reads the file and checks that its header has exactly these columns in this order. Throws
  // StartError.
  Table(const std::string& path, const std::vector<std::string>& columns);
  // The same of a table that is in memory; `path` is what errors name.
  Table(std::string_view text, const std::string& path, const std::vector<std::string>& columns);
  Table(const Table&) = delete;  // rows point to it
  Table& operator=(const Table&) = delete;

  struct Row {
    const Table* table;
    int line;
    std::vector<std::string> cells;
    const std::string& operator[](size_t column) const { return cells[column]; }
    // "data/register/states.tsv:17"
    std::string place() const;
    [[noreturn]] void fail(const std::string& what) const;
    // A cell that holds several values apart by '|', trimmed, empty ones left out.
    std::vector<std::string> list(size_t column) const;
  };

  const std::vector<Row>& rows() const { return rows_; }
  const std::string& path() const { return path_; }

 private:
  void read(std::string_view text, const std::vector<std::string>& columns);

  std::string path_;
  std::vector<Row> rows_;
};

}  // namespace chancery
