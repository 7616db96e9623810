// Verbs that keep a ledger in order or hand it on: doctor, export.
#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "cli/app.h"
#include "export/export.h"
#include "ledger/ledger.h"
#include "record/json.h"

namespace chancery::cli {

void add_doctor(CLI::App& root, App& app) {
  auto where = std::make_shared<std::string>();
  auto rebuild = std::make_shared<bool>(false);
  CLI::App* verb = root.add_subcommand(
      "doctor", "Check a ledger, bring an old one to this version, make its tables anew");
  verb->footer(
      "Examples:\n  chancery doctor --ledger my.ledger\n  chancery doctor --ledger my.ledger "
      "--rebuild\n");
  verb->add_option("--ledger", *where, "The ledger")->required();
  verb->add_flag("--rebuild", *rebuild, "Make all that is derived from the records anew");
  verb->callback([where, rebuild, &app] {
    Ledger ledger(*where, Ledger::write);
    if (ledger.database().dialect() == Database::sqlite) {
      Query q(ledger.database(), "PRAGMA integrity_check");
      while (q.step())
        if (q.text(0) != "ok") app.failed(*where + ": damaged: " + q.text(0));
    }
    int64_t n = 0;
    ledger.each([&](int64_t, const Record&) { ++n; });  // throws for a record that cannot be read
    if (*rebuild) {
      Progress progress("articles");
      ledger.rebuild([&](int64_t done, int64_t all) {
        progress.update(static_cast<size_t>(done),
                        static_cast<double>(done) / static_cast<double>(all));
      });
    }
    fmt::print("{}: {} articles, all of them readable{}\n", ledger.database().where(), n,
               *rebuild ? "; tables made anew" : "");
  });
}

void add_export(CLI::App& root, App& app) {
  struct Options {
    std::string ledger, format, out = "-", from, until;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      root.add_subcommand("export", "The ledger in the forms that other programs read");
  verb->footer(
      "gdelt: GDELT 2.0 Events, 61 columns · gdelt-mentions: 16 columns · quotations: JSON lines "
      "in the manner of GQG, with speakers ·\npolecat: PLOVER events as JSON lines with POLECAT's "
      "names · petrarch: tab-separated · json-ld: schema.org and Web Annotation · records: whole "
      "records.\nCSV of any table: the question's verb with --csv. Columns: "
      "docs/exports.md\n\nExample:\n  chancery export --ledger my.ledger --format gdelt -o "
      "20310514.export.CSV --from 2031-05-14 --until 2031-05-14\n");
  verb->add_option("--ledger", o->ledger, "The ledger")->required();
  verb->add_option("--format", o->format,
                   "gdelt, gdelt-mentions, quotations, polecat, petrarch, json-ld, records")
      ->required()
      ->check(CLI::IsMember(export_formats()));
  verb->add_option("-o,--output", o->out, "File (default: standard output)");
  verb->add_option("--from", o->from, "First day of publication");
  verb->add_option("--until", o->until, "Last day of publication");
  verb->callback([o, &app] {
    ExportTables tables(app.data_folder(),
                        app.ontology.empty() ? app.data_folder() + "/ontology" : app.ontology);
    Ledger ledger(o->ledger, Ledger::read);
    Output out(o->out);
    export_ledger(ledger, tables, o->format, {o->from, o->until},
                  [&](std::string_view line) { out.write(line); });
    out.close();
  });
}

}  // namespace chancery::cli
