// Verbs that keep a ledger in order or hand it on: doctor, export.
#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "cli/app.h"
#include "export/export.h"
#include "ledger/catalogue.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "record/validate.h"

namespace chancery::cli {
namespace {

// What to do about a record that cannot be read.
const std::string kAside = "; `chancery doctor` sets such records aside";

}  // namespace

namespace {

// Names the records whose codes are none of the ontology's: they were written by another one, or by
// nobody's. They can be read, and are left where they are. The number of all records.
int64_t check_codes(Ledger& ledger, const Codes& codes, App& app) {
  constexpr int kShown = 20;
  int64_t all = 0;
  int foreign = 0;
  ledger.each([&](int64_t number, const Record& record) {
    ++all;
    auto problem = first_problem(record, codes);
    if (problem && ++foreign <= kShown)
      app.failed("article " + std::to_string(number) + " ('" + record.article.id +
                 "'): " + *problem);
  });
  if (foreign)
    app.failed(std::to_string(foreign) +
               " records have codes that the ontology does not; if they "
               "were made with one of your own, name it with --ontology");
  return all;
}

}  // namespace

void add_doctor(CLI::App& root, App& app) {
  auto where = std::make_shared<std::string>();
  auto rebuild = std::make_shared<bool>(false);
  CLI::App* verb = root.add_subcommand(
      "doctor", "Check a ledger, bring an old one to this version, make its tables anew");
  verb->footer(
      "A record that cannot be read is named and set aside: it is kept, and out of all answers. "
      "One that can be read again is taken back.\n\nExamples:\n  chancery doctor --ledger "
      "my.ledger\n  chancery doctor --ledger my.ledger --rebuild\n");
  verb->add_option("--ledger", *where, "The ledger")->required();
  verb->add_flag("--rebuild", *rebuild, "Make all that is derived from the records anew");
  verb->callback([where, rebuild, &app] {
    Tables tables(app);
    require_ledger(*where);
    Ledger ledger(*where, Ledger::write);
    const std::string name = ledger.database().where();
    if (ledger.database().dialect() == Database::sqlite) {
      Query q(ledger.database(), "PRAGMA integrity_check");
      while (q.step())
        if (q.text(0) != "ok") app.failed(name + ": damaged: " + q.text(0));
    }
    bool anew;
    {
      Progress progress("articles");
      auto tell = [&](int64_t done, int64_t all) {
        progress.update(static_cast<size_t>(done),
                        static_cast<double>(done) / static_cast<double>(all));
      };
      anew = ledger.set_aside(tell);
      if (*rebuild && !anew) ledger.rebuild(tell);
      anew |= *rebuild;
    }
    int64_t n = check_codes(ledger, tables.codes, app);
    std::vector<Aside> aside = ledger.aside();
    for (const Aside& a : aside) app.failed(name + ": set aside: " + a.why + " ('" + a.id + "')");
    Output out("-");
    out.write(fmt::format("{}: {} articles, all of them readable{}{}\n", name, n,
                          aside.empty() ? "" : fmt::format("; {} set aside", aside.size()),
                          anew ? "; tables made anew" : ""));
    out.close();
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
    ExportTables tables(app.data_folder(), app.ontology_folder());
    ExportFilter period{o->from.empty() ? "" : day_of("--from", o->from, false),
                        o->until.empty() ? "" : day_of("--until", o->until, true)};
    Ledger ledger(o->ledger, Ledger::read);
    Output out(o->out);
    export_ledger(
        ledger, tables, o->format, period, [&](std::string_view line) { out.write(line); },
        [&](int64_t, const Error& error) { app.failed(error.what() + kAside); });
    out.close();
  });
}

}  // namespace chancery::cli
