// The verbs settle and digest: the same articles, the same ledger, and how to tell.
#include "ledger/settle.h"

#include <fmt/format.h>

#include "cli/app.h"
#include "ledger/digest.h"

namespace chancery::cli {

void add_settle(CLI::App& root, App& app) {
  auto where = std::make_shared<std::string>();
  auto all = std::make_shared<bool>(false);
  CLI::App* verb = root.add_subcommand(
      "settle", "Make a ledger what it would be had its articles come by day and key");
  verb->footer(
      "What articles teach of actors, copies, shared acts and storylines depends on the order in "
      "which articles came. This does it anew in one order: the same articles make the same "
      "ledger, whoever wrote them. Days before the first that got an article since the last time "
      "stand as they are. Others wait meanwhile, and the articles of the days that are opened get "
      "new numbers.\n\nExamples:\n  chancery settle --ledger my.ledger\n  chancery settle --all "
      "--ledger my.ledger\n");
  ledger_option(*verb, *where, "The ledger");
  verb->add_flag("--all", *all, "Open every day");
  verb->callback([where, all, &app] {
    require_ledger(*where);
    Ledger ledger(*where, Ledger::write);
    ledger.addresses(AddressRules(app.data_folder() + "/addresses.tsv"));
    Settled done;
    {
      Progress progress("articles");
      done = settle(ledger, *all, [&](int64_t n, int64_t of) {
        progress.update(static_cast<size_t>(n), static_cast<double>(n) / static_cast<double>(of));
      });
    }
    Output out("-");
    const std::string from = done.opened == 0      ? "nothing was open"
                             : done.from.empty()   ? "every day was opened"
                             : done.from == kNoDay ? "those without a day were opened"
                                                   : "opened from " + done.from + " on";
    out.write(
        fmt::format("{}: {} articles; {}: {} settled, {} of them in another place than before\n",
                    ledger.database().where(), ledger.articles(), from, done.opened, done.changed));
    out.close();
  });
}

void add_digest(CLI::App& root, App&) {
  struct Options {
    std::string ledger;
    bool tables = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      root.add_subcommand("digest", "What a ledger holds as one number, to compare two by");
  verb->footer(
      "The same for two ledgers that hold the same, on a file or a server, whatever the order in "
      "which rows were written. Two that took the same articles in another order are the same once "
      "both are settled.\n\nExamples:\n  chancery digest --ledger my.ledger\n  chancery digest "
      "--ledger my.ledger --tables\n");
  ledger_option(*verb, o->ledger, "The ledger");
  verb->add_flag("--tables", o->tables, "A line for each table, with its rows");
  verb->callback([o] {
    Ledger ledger(o->ledger, Ledger::read);
    const std::vector<TableDigest> tables = digests(ledger.database());
    Output out("-");
    if (o->tables)
      for (const TableDigest& t : tables)
        out.write(fmt::format("{}  {} {}\n", t.sha256, t.rows, t.name));
    out.write(digest_of(tables) + "\n");
    out.close();
  });
}

}  // namespace chancery::cli
