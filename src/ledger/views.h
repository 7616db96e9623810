// The ledger in SQL for its users: views whose names, columns and meanings stay, whatever becomes of
// the tables under them. What nobody knows is NULL; days are ISO texts (2031-05-13). docs/codebook.md
// lists them, from here.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "ledger/columns.h"
#include "ledger/derivation.h"

namespace chancery {

struct ViewColumn {
  const char* name;
  ColumnKind kind;
  std::string sql;  // a text column's '' becomes NULL by itself
  const char* what;
};

struct View {
  const char* name;
  const char* what;
  const char* from;
  std::vector<ViewColumn> columns;
};

const std::vector<View>& views();
std::string view_sql(const View& view);

// A group of derived "tables" with nothing in them: made anew behind those that it looks at.
std::unique_ptr<Derivation> view_group(Database& db);

}  // namespace chancery
