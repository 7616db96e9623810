#include "export/codebook.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "export/flat.h"
#include "ledger/catalogue.h"
#include "ledger/views.h"

namespace chancery {
namespace {

const char* name_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::integer: return "integer";
    case ColumnKind::real: return "real";
    case ColumnKind::day: return "day";
    case ColumnKind::text: break;
  }
  return "text";
}

std::string cell(const std::string& text) { return replace_all(text, "|", "\\|"); }

std::string row(std::initializer_list<std::string> cells) {
  std::string out = "|";
  for (const std::string& c : cells) out += " " + cell(c) + " |";
  return out + "\n";
}

std::string head(std::initializer_list<const char*> names) {
  std::string out = "|", line = "|";
  for (const char* name : names) {
    out += std::string(" ") + name + " |";
    line += "---|";
  }
  return out + "\n" + line + "\n";
}

std::string number(double value) { return fmt::format("{:g}", value); }

std::string flat() {
  std::string out =
      "## Flat tables\n\n`chancery export --format tables -o FOLDER` writes one file each. Tab "
      "separated, UTF-8, with column names; R's `read.delim`, Python's `csv` and pandas load them "
      "as they are (`examples/load.R`, `examples/load.py`). An unknown day is `NA`, all else that "
      "is "
      "not known is empty. Several values of a cell are apart by `; `, in the same order in each "
      "column. Spans are begin-end in code points of the article's text.\n\n";
  for (const FlatTable& table : flat_tables()) {
    out += fmt::format("### {}.tsv (`--format {}{}`)\n\n{}.\n\n", table.name, kFlatPrefix,
                       table.name, table.what);
    out += head({"column", "kind", "what"});
    for (const FlatColumn& c : table.columns)
      out += row({"`" + std::string(c.name) + "`", name_of(c.kind), c.what});
    out += "\n";
  }
  return out;
}

std::string sql() {
  std::string out =
      "## SQL views\n\nA ledger is an SQLite file or a PostgreSQL database. These views stay as "
      "they "
      "are from version to version, with columns only added; the tables under them may change with "
      "any. What nobody knows is NULL. Open the file for reading only (`sqlite3 -readonly "
      "my.ledger`).\n\n";
  for (const View& view : views()) {
    out += fmt::format("### {}\n\n{}.\n\n", view.name, view.what);
    out += head({"column", "kind", "what"});
    for (const ViewColumn& c : view.columns)
      out += row({"`" + std::string(c.name) + "`", name_of(c.kind), c.what});
    out += "\n";
  }
  return out;
}

std::string asked() {
  std::string out =
      "## Questions\n\nVerbs of the command line, `/api/…` of the server, and methods of the "
      "libraries; all take the same filters.\n\n";
  out += head({"question", "what", "filters"});
  for (const QuestionKind& kind : questions()) {
    std::vector<std::string> names;
    for (std::string_view filter : split_words(kind.filters))
      names.push_back("`" + std::string(filter) + "`");
    out += row({"`" + std::string(kind.name) + "`", kind.what, join(names, " ")});
  }
  return out + "\n";
}

std::string closed_lists() {
  std::string out = "## Closed lists\n\n" + head({"field", "values"});
  for (const ClosedList* list :
       {&kKinds, &kBases, &kTimeTypes, &kModifiers, &kQuotes, &kForces, &kStatuses, &kStances,
        &kOrdinals, &kSuperlatives, &kUnheardOf, &kBodies})
    out += row({std::string(list->name()), list->listed()});
  return out + "\n";
}

std::string ontology(const Ontology& o) {
  std::string out =
      "## Acts\n\n### Types (PLOVER)\n\nQuad class 1 is cooperation in words, 2 in deeds, 3 "
      "conflict "
      "in words, 4 in deeds. A planned or possible act counts by PLOVER as the last column "
      "says.\n\n";
  out += head({"type", "quad", "score", "mutual", "general CAMEO", "ahead", "what"});
  for (const auto& [name, t] : o.types())
    out += row({"`" + name + "`", std::to_string(t.quad), number(t.score), t.mutual ? "yes" : "",
                t.cameo, t.future, t.words});
  out += "\n### Modes\n\n" + head({"type", "mode", "score", "of"});
  for (const Ontology::Mode& m : o.modes())
    out += row({m.type, "`" + m.mode + "`", m.score ? number(*m.score) : "",
                m.plover ? "PLOVER" : "chancery"});
  out += "\n### Contexts\n\nWhat an act is about; any number.\n\n";
  std::vector<std::string> contexts;
  for (const Ontology::Context& c : o.contexts()) contexts.push_back("`" + c.name + "`");
  out += join(contexts, ", ") + "\n\n### CAMEO codes\n\n" +
         head({"code", "what", "type", "mode", "Goldstein"});
  for (const auto& [code, c] : o.codes())
    out +=
        row({"`" + code + "`", c.words, c.type, c.mode, c.goldstein ? number(*c.goldstein) : ""});
  return out + "\n";
}

std::string actors(const ExportTables& tables, const Register& names) {
  std::string out =
      "## Actors\n\n### Sectors (PLOVER)\n\n" + head({"sector", "what", "CAMEO type"});
  for (const auto& [code, what] : tables.ontology().sectors())
    out += row({"`" + code + "`", what, tables.cameo_sector(code)});
  out +=
      "\n### States\n\nISO 3166 alpha-3; in exports also FIPS 10-4 (GDELT's places), the "
      "numbers of the Correlates of War project and items of Wikidata.\n\n";
  out += head({"code", "state", "FIPS", "COW", "Wikidata"});
  for (const State& s : names.states())
    out += row({"`" + s.code + "`", s.name, tables.fips(s.code), tables.cow(s.code),
                tables.wikidata(s.code)});
  return out + "\n";
}

}  // namespace

std::string codebook(const ExportTables& tables, const Register& names) {
  return "# Codebook\n\nEvery table, column and code that chancery writes. Made by `chancery "
         "codebook` from the tables that it writes by: with `--ontology FOLDER` it is the codebook "
         "of "
         "an ontology of one's own. Fields of a record's JSON: `docs/record.schema.json`; dates: "
         "`docs/dates.md`; columns of GDELT, POLECAT and PETRARCH: `docs/exports.md`.\n\n" +
         flat() + sql() + asked() + closed_lists() + ontology(tables.ontology()) +
         actors(tables, names);
}

}  // namespace chancery
