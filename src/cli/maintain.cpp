// Verbs that keep a ledger in order or hand it on: doctor, export.
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "export/codebook.h"
#include "export/export.h"
#include "export/flat.h"
#include "ledger/catalogue.h"
#include "ledger/check.h"
#include "ledger/jobs.h"
#include "ledger/ledger.h"
#include "ledger/months.h"
#include "ledger/settle.h"
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

// Names what workers gave up or left, and says what waits for them.
void check_jobs(Ledger& ledger, const std::string& name, App& app) {
  const Jobs::State state = Jobs(ledger.database()).state();
  for (const Job& job : state.given_up)
    app.failed(
        fmt::format("{}: given up after {} tries: {}: {} (`chancery work --again` tries it "
                    "again)",
                    name, job.tries, job.key, job.problem));
  if (state.left)
    app.failed(
        fmt::format("{}: {} jobs were left by workers that ended; the next worker takes them", name,
                    state.left));
  if (state.waiting + state.taken)
    say(fmt::format("{}: {} articles wait to be read, {} are being read; the oldest for {} s", name,
                    state.waiting, state.taken, state.since));
}

// A server on which some programs at once, each looking at the whole ledger, would run out of locks.
void check_locks(Ledger& ledger, const std::string& name) {
  constexpr int64_t kPrograms = 4;
  const LockRoom locks = lock_room(ledger.database());
  if (locks.needed * kPrograms > locks.room)
    say(
        fmt::format("{}: {} tables and indexes, and the server can hold {} locks: a greater "
                    "max_locks_per_transaction in its postgresql.conf lets {} programs look at the "
                    "whole ledger at once",
                    name, locks.needed, locks.room, kPrograms));
}

// A file of which a quarter and more is empty, as one that was of an earlier version, is made
// smaller. Not while others have it open: then another time.
void give_space_back(Database& db) {
  if (db.dialect() != Database::sqlite) return;
  {
    Query q(db,
            "SELECT f.freelist_count, p.page_count FROM pragma_freelist_count f, "
            "pragma_page_count p");
    if (!q.step() || q.integer(0) * 4 < q.integer(1)) return;
  }
  try {
    // What it makes beside the file is as large as the file.
    db.run("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY");
  } catch (const StartError&) {
    // Nothing is wrong with the ledger.
  }
}

}  // namespace

void add_doctor(CLI::App& root, App& app) {
  auto where = std::make_shared<std::string>();
  auto rebuild = std::make_shared<bool>(false), deep = std::make_shared<bool>(false);
  CLI::App* verb = root.add_subcommand(
      "doctor", "Check a ledger, bring an old one to this version, make its tables anew");
  verb->footer(
      "A record that cannot be read is named and set aside: it is kept, and out of all answers. "
      "One that can be read again is taken back.\n\nExamples:\n  chancery doctor --ledger "
      "my.ledger\n  chancery doctor --ledger my.ledger --rebuild\n  chancery doctor --ledger "
      "my.ledger --deep\n");
  ledger_option(*verb, *where, "The ledger");
  verb->add_flag("--rebuild", *rebuild, "Make all that is derived from the records anew");
  verb->add_flag("--deep", *deep,
                 "Make all tables anew beside the ledger and compare: every row that is not what "
                 "the records say is found");
  verb->callback([where, rebuild, deep, &app] {
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
      if (*deep)
        for (const std::string& damage : damages(ledger, tell))
          app.failed(name + ": damaged: " + damage);
    }
    give_space_back(ledger.database());
    int64_t n = check_codes(ledger, tables.codes, app);
    std::vector<Aside> aside = ledger.aside();
    for (const Aside& a : aside) app.failed(name + ": set aside: " + a.why + " ('" + a.id + "')");
    Output out("-");
    check_jobs(ledger, name, app);
    check_locks(ledger, name);
    const SettledUntil settled = settled_until(ledger.database());
    out.write(fmt::format("{}: {} articles, all of them readable{}{}{}\n", name, n,
                          aside.empty() ? "" : fmt::format("; {} set aside", aside.size()),
                          anew ? "; tables made anew" : "",
                          settled.day.empty() ? ""
                                              : fmt::format("; settled until {}, {} came since",
                                                            settled.day, settled.open)));
    out.close();
  });
}

namespace {

struct ExportOptions {
  std::string ledger, format, out = "-", from, until;
};

// Every flat table in a file of its own.
constexpr const char* kAllTables = "tables";

void run_export(App& app, const ExportOptions& o) {
  ExportTables tables(app.data_folder(), app.ontology_folder());
  ExportFilter period{o.from.empty() ? "" : day_of("--from", o.from, false),
                      o.until.empty() ? "" : day_of("--until", o.until, true)};
  Ledger ledger(o.ledger, Ledger::read);
  auto write = [&](const std::string& format, const std::string& file) {
    Output out(file);
    export_ledger(
        ledger, tables, format, period, [&](std::string_view line) { out.write(line); },
        [&](int64_t, const Error& error) { app.failed(error.what() + kAside); });
    out.close();
  };
  if (o.format != kAllTables) return write(o.format, o.out);
  if (o.out == "-")
    throw UsageError("--format tables writes a file for each table: name their folder with -o");
  std::error_code error;
  std::filesystem::create_directories(o.out, error);
  if (error) throw StartError(o.out + ": " + error.message());
  for (const FlatTable& table : flat_tables())
    write(kFlatPrefix + std::string(table.name), o.out + "/" + table.name + ".tsv");
}

}  // namespace

void add_export(CLI::App& root, App& app) {
  auto o = std::make_shared<ExportOptions>();
  std::vector<std::string> formats = export_formats();
  formats.emplace_back(kAllTables);
  CLI::App* verb =
      root.add_subcommand("export", "The ledger in the forms that other programs read");
  verb->footer(
      "gdelt: GDELT 2.0 Events, 61 columns · gdelt-mentions: 16 columns · polecat: POLECAT's "
      "table, "
      "40 columns with COW codes ·\nquotations: JSON lines in the manner of GQG, with speakers · "
      "petrarch: tab-separated · json-ld: schema.org and Web Annotation · records: whole records "
      "·\ncorrections: what people put right, for `amend take` · gold: records that somebody "
      "confirmed "
      "as a whole, annotated articles to learn from and measure by ·\ntable-articles, "
      "table-entities, table-times, table-statements, table-events, "
      "table-positions, table-novelty: flat tables of\neverything, with column names, for R, "
      "Python "
      "and spreadsheets; tables: all of them into a folder.\nColumns: docs/exports.md, "
      "docs/codebook.md\n\nExamples:\n  chancery export --ledger my.ledger --format gdelt -o "
      "20310514.export.CSV --from 2031-05-14 --until 2031-05-14\n  chancery export --ledger "
      "my.ledger --format tables -o tables\n");
  ledger_option(*verb, o->ledger, "The ledger");
  verb->add_option("--format", o->format, join(formats, ", "))
      ->required()
      ->check(CLI::IsMember(formats));
  verb->add_option("-o,--output", o->out,
                   "File, or folder of the tables (default: standard output)");
  verb->add_option("--from", o->from, "First day of publication");
  verb->add_option("--until", o->until, "Last day of publication");
  verb->callback([o, &app] { run_export(app, *o); });
}

void add_codebook(CLI::App& root, App& app) {
  CLI::App* verb = root.add_subcommand(
      "codebook", "Every table, column and code that chancery writes, as Markdown");
  verb->footer(
      "Examples:\n  chancery codebook > codebook.md\n  chancery codebook --ontology mine > "
      "mine.md\n");
  verb->callback([&app] {
    ExportTables tables(app.data_folder(), app.ontology_folder());
    Output out("-");
    out.write(codebook(tables, Register(app.data_folder() + "/register")));
    out.close();
  });
}

}  // namespace chancery::cli
