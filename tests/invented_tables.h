// Small tables that are invented, for what reads a folder of them: written, read, and given a line more
// that is to be refused.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "base/error.h"
#include "support.h"

namespace chancery::test {

// Reader: made from the path of a folder.
template <class Reader>
struct InventedTables {
  // By name: the header, and the lines below it.
  using Tables = std::map<std::string, std::pair<std::string, std::string>>;
  Tables tables;
  Folder folder;
  explicit InventedTables(Tables t) : tables(std::move(t)) {}

  Reader read() const {
    for (const auto& [name, table] : tables)
      folder.write(name + ".tsv", table.first + "\n" + table.second);
    return Reader(folder.path.string());
  }
  // What is said of a line more in a table, "" when it is taken.
  std::string refusal(const std::string& table, const std::string& line) const {
    InventedTables more(tables);
    more.tables[table].second += line + "\n";
    try {
      more.read();
    } catch (const StartError& error) {
      const std::string says = error.what();
      return says.find(table + ".tsv:") == std::string::npos ? "another table: " + says : says;
    }
    return "";
  }
};

}  // namespace chancery::test
