// A table as a user may write it, with the columns that its first line names.
#include "base/strings.h"
#include "base/table.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    std::vector<std::string> columns;
    for (std::string_view name : chancery::split(bytes.substr(0, bytes.find('\n')), '\t'))
      columns.emplace_back(name);
    chancery::Table table(as_file(bytes, ".tsv"), columns);
    for (const chancery::Table::Row& row : table.rows()) {
      if (row.cells.size() != columns.size()) std::abort();
      for (size_t i = 0; i < columns.size(); ++i)
        for (const std::string& one : row.list(i))
          if (one.empty()) std::abort();
    }
  });
}
