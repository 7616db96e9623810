#include "base/error.h"
#include "cli/app.h"
#include "cli/table.h"
#include "ledger/answer.h"
#include "ledger/catalogue.h"

namespace chancery::cli {
namespace {

Answer table_of(const std::vector<LearnedActor>& actors) {
  Answer a;
  a.columns = {"name", "country",  "sector", "role",    "first",
               "last", "articles", "origin", "evidence"};
  for (const LearnedActor& x : actors)
    a.rows.push_back({x.name, x.country, x.sector, x.role, x.first, x.last,
                      std::to_string(x.articles), x.origin, x.evidence});
  return a;
}

struct Options {
  std::string ledger, name, country, sector, role, why;
  int limit = 100;
  bool json = false, csv = false;
};

void show(const Options& o, const App& app, const Answer& answer) {
  Output out("-");
  out.write(o.json  ? as_json(answer)
            : o.csv ? answer_csv(answer)
                    : as_table(in_words(answer), Style{app.color()}, terminal_width(60, 140)));
  out.close();
}

}  // namespace

// What the ledger has learnt of actors: verbs below "actors".
void add_learned(CLI::App& actors, App& app) {
  auto o = std::make_shared<Options>();
  auto verb = [&](const char* name, const char* what, const char* example, bool named) {
    CLI::App* v = actors.add_subcommand(name, what);
    v->footer(std::string("Example:\n  ") + example + "\n");
    ledger_option(*v, o->ledger, "The ledger's file");
    CLI::Option* n = v->add_option("NAME", o->name, named ? "The name, whole" : "Part of the name");
    if (named) n->required();
    return v;
  };
  auto formats = [&](CLI::App* v) {
    CLI::Option* json = v->add_flag("--json", o->json, "JSON");
    v->add_flag("--csv", o->csv, "CSV")->excludes(json);
  };
  CLI::App* list = verb("list", "What the ledger has learnt of actors",
                        "chancery actors list --ledger my.ledger Varga", false);
  list->add_option("--limit", o->limit, "Rows at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000));
  formats(list);
  list->callback([o, &app] {
    Ledger ledger(o->ledger, Ledger::read);
    show(*o, app, table_of(ledger.learned().list(o->name, o->limit)));
  });
  CLI::App* one = verb("show", "Every reading of one name, with its evidence",
                       "chancery actors show --ledger my.ledger 'Teo Varga'", true);
  formats(one);
  one->callback([o, &app] {
    Ledger ledger(o->ledger, Ledger::read);
    auto readings = ledger.learned().readings(o->name);
    if (readings.empty())
      throw Error("'" + o->name + "' is not known; `chancery actors list` shows what is");
    show(*o, app, table_of(readings));
  });
  CLI::App* set = verb("set", "Say who somebody is; this goes before what texts say",
                       "chancery actors set --ledger my.ledger 'Teo Varga' --country NOR --sector "
                       "GOV --role president",
                       true);
  set->add_option("--country", o->country,
                  "A state by its code (ISO 3166 alpha-3) or any of its names; IGO, NGO, MNC, IMG")
      ->required();
  set->add_option("--sector", o->sector, "PLOVER sector (GOV, LEG, REB, …)")->required();
  set->add_option("--role", o->role, "Office");
  set->add_option("--why", o->why, "A note kept as evidence");
  set->callback([o, &app] {
    Tables tables(app);
    std::string country = country_of("--country", o->country, tables.names),
                sector = one_of("--sector", o->sector, tables.codes.sectors());
    require_ledger(o->ledger);
    Ledger ledger(o->ledger, Ledger::write);
    ledger.learned().set({o->name, country, sector, o->role, "", "", 0,
                          o->why.empty() ? "set by hand" : o->why, "hand"});
    Output out("-");
    out.write(o->name + ": " + country + " " + sector + (o->role.empty() ? "" : ", " + o->role) +
              "\n");
    out.close();
  });
  CLI::App* forget = verb("forget", "Never use what was learnt of this name",
                          "chancery actors forget --ledger my.ledger 'Teo Varga'", true);
  forget->callback([o] {
    require_ledger(o->ledger);
    Ledger ledger(o->ledger, Ledger::write);
    if (!ledger.learned().forget(o->name)) throw Error("'" + o->name + "' is not known");
    Output out("-");
    out.write(o->name + ": forgotten\n");
    out.close();
  });
}

}  // namespace chancery::cli
