#include "register/ontology.h"

#include <algorithm>
#include <cstdlib>

#include "base/table.h"

namespace chancery {
namespace {

std::optional<double> number(const Table::Row& row, size_t column) {
  if (row[column].empty()) return std::nullopt;
  char* end = nullptr;
  double value = std::strtod(row[column].c_str(), &end);
  if (*end) row.fail("'" + row[column] + "' is no number");
  if (value < -10 || value > 10) row.fail("'" + row[column] + "' is not between -10 and 10");
  return value;
}

bool unlisted(std::string& name) {
  if (!name.ends_with('*')) return false;
  name.pop_back();
  return true;
}

}  // namespace

Ontology::Ontology(const std::string& folder) {
  Table types(folder + "/types.tsv",
              {"type", "quad", "score", "mutual", "cameo", "future", "name"});
  for (const Table::Row& row : types.rows()) {
    Type t;
    t.name = row[0];
    if (t.name.empty() || !std::all_of(t.name.begin(), t.name.end(),
                                       [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; }))
      row.fail("a type is written in capital letters");
    if (row[1].size() != 1 || row[1][0] < '1' || row[1][0] > '4')
      row.fail("quad class '" + row[1] + "' is none of 1, 2, 3, 4");
    t.quad = row[1][0] - '0';
    t.score = number(row, 2).value_or(0);
    if (!row[3].empty() && row[3] != "yes") row.fail("mutual is yes or empty");
    t.mutual = row[3] == "yes";
    t.cameo = row[4];
    t.future = row[5];
    t.words = row[6];
    if (!types_.emplace(row[0], t).second) row.fail("type " + row[0] + " stands twice");
  }
  for (const Table::Row& row : types.rows())
    if (!row[5].empty() && !type(row[5])) row.fail("'" + row[5] + "' is no type of this table");
  Table modes(folder + "/modes.tsv", {"type", "mode", "score", "origin"});
  for (const Table::Row& row : modes.rows()) {
    if (!type(row[0])) row.fail("'" + row[0] + "' is no type of types.tsv");
    if (has_mode(row[0], row[1])) row.fail(row[0] + " " + row[1] + " stands twice");
    modes_.push_back({row[0], row[1], number(row, 2), row[3] == "PLOVER"});
  }
  Table contexts(folder + "/contexts.tsv", {"context", "words"});
  for (const Table::Row& row : contexts.rows()) {
    for (const Context& c : contexts_)
      if (c.name == row[0]) row.fail("context " + row[0] + " stands twice");
    contexts_.push_back({row[0], row.list(1)});
  }
  Table sectors(folder + "/sectors.tsv", {"sector", "name"});
  for (const Table::Row& row : sectors.rows())
    if (!sectors_.emplace(row[0], row[1]).second) row.fail("sector " + row[0] + " stands twice");
  Table codes(folder + "/cameo.tsv", {"code", "type", "mode", "contexts", "goldstein", "name"});
  for (const Table::Row& row : codes.rows()) {
    if (row[0].size() < 2 || row[0].size() > 4 ||
        row[0].find_first_not_of("0123456789") != std::string::npos)
      row.fail("'" + row[0] + "' is no code of two to four digits");
    Code c;
    c.type = row[1];
    if (!c.type.empty() && !type(c.type)) row.fail("'" + c.type + "' is no type of types.tsv");
    c.mode = row[2];
    c.mode_listed = !unlisted(c.mode);
    if (!c.mode.empty() && c.mode_listed && !has_mode(c.type, c.mode))
      row.fail(c.type + " has no mode '" + c.mode + "' in modes.tsv");
    for (std::string context : row.list(3)) {
      if (unlisted(context)) continue;
      if (std::none_of(contexts_.begin(), contexts_.end(),
                       [&](const Context& x) { return x.name == context; }))
        row.fail("'" + context + "' is no context of contexts.tsv");
      c.contexts.push_back(context);
    }
    c.goldstein = number(row, 4);
    c.words = row[5];
    if (!codes_.emplace(row[0], std::move(c)).second) row.fail("code " + row[0] + " stands twice");
  }
  for (const Table::Row& row : types.rows())
    if (!row[4].empty() && !code(row[4])) row.fail("CAMEO code " + row[4] + " is not in cameo.tsv");
}

const Ontology::Type* Ontology::type(std::string_view name) const {
  auto found = types_.find(name);
  return found == types_.end() ? nullptr : &found->second;
}

const Ontology::Code* Ontology::code(std::string_view code) const {
  auto found = codes_.find(code);
  return found == codes_.end() ? nullptr : &found->second;
}

bool Ontology::has_mode(std::string_view type, std::string_view mode) const {
  return std::any_of(modes_.begin(), modes_.end(),
                     [&](const Mode& m) { return m.type == type && m.mode == mode; });
}

const std::string& Ontology::folded(const std::string& type, std::string_view status) const {
  const Type* t = this->type(type);
  bool future = status == "planned" || status == "possible" || status == "conditional";
  return t && future && !t->future.empty() ? t->future : type;
}

int Ontology::cameo_quad(std::string_view code) {
  if (code.size() < 2) return 0;
  int root = (code[0] - '0') * 10 + (code[1] - '0');
  return root < 1 || root > 20 ? 0 : root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

}  // namespace chancery
