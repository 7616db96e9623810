// Flat tables of everything a ledger keeps, one row an article, an entity, a time, a statement, an
// event, a position or a claim of novelty: for R, Python, spreadsheets and databases. Tab separated,
// UTF-8, a line of column names; read.delim, csv.reader(…, dialect="excel-tab") and pandas read them
// as they are. Rows say what they mean by themselves (day, paper, address, names, codes, words,
// spans in code points) and join by `article`.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "export/export.h"
#include "ledger/columns.h"

namespace chancery {

inline constexpr const char* kFlatPrefix = "table-";

enum class FlatItem { article, entity, time, statement, event, position, novelty };

struct FlatRow;

struct FlatColumn {
  const char* name;
  ColumnKind kind;  // an empty day is NA, which R's as.Date asks for; all else that is not known ""
  const char* what;
  std::string (*cell)(const FlatRow& row);
};

struct FlatTable {
  const char* name;
  FlatItem item;
  const char* what;
  std::vector<FlatColumn> columns;
};

const std::vector<FlatTable>& flat_tables();
// Of a format ("table-events"); nullptr for none.
const FlatTable* flat_table(std::string_view format);
std::string flat_header(const FlatTable& table);
// All rows of an article.
using ExportEvent = std::function<ExportedEvent(const Event&)>;
std::string flat_rows(const FlatTable& table, int64_t number, const Record& record,
                      const ExportTables& tables, const ExportEvent& exported);

}  // namespace chancery
