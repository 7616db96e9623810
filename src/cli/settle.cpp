// The verbs settle and digest: the same articles, the same ledger, and how to tell.
#include "ledger/settle.h"

#include <fmt/format.h>

#include "cli/app.h"
#include "ledger/digest.h"

namespace chancery::cli {

void add_settle(CLI::App& root, App& app) {
  auto where = std::make_shared<std::string>();
  CLI::App* verb = root.add_subcommand(
      "settle", "Make a ledger what it would be had its articles come by day and key");
  verb->footer(
      "What articles teach of actors, copies, shared acts and storylines depends on the order in "
      "which articles came. This does all of it anew in one order: the same articles make the same "
      "ledger, whoever wrote them. Others wait meanwhile, and articles get new numbers.\n\n"
      "Examples:\n  chancery settle --ledger my.ledger\n");
  ledger_option(*verb, *where, "The ledger");
  verb->callback([where, &app] {
    require_ledger(*where);
    Ledger ledger(*where, Ledger::write);
    ledger.addresses(AddressRules(app.data_folder() + "/addresses.tsv"));
    int64_t changed;
    {
      Progress progress("articles");
      changed = settle(ledger, [&](int64_t done, int64_t all) {
        progress.update(static_cast<size_t>(done),
                        static_cast<double>(done) / static_cast<double>(all));
      });
    }
    Output out("-");
    out.write(fmt::format("{}: {} articles, {} of them in another place than before; digest {}\n",
                          ledger.database().where(), ledger.articles(), changed,
                          digest_of(digests(ledger.database()))));
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
