#include <algorithm>
#include <map>

#include "base/cutting.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "cli/table.h"
#include "ledger/answer.h"
#include "ledger/catalogue.h"
#include "ledger/suggest.h"
#include "present/words.h"
#include "register/register.h"
#include "serve/appointments.h"
#include "serve/told.h"

namespace chancery::cli {
namespace {

struct Options {
  std::string ledger;
  // By names of filters; an option that was given with nothing is there with nothing.
  std::map<std::string, std::vector<std::string>> values;
  int limit = 100;
  bool json = false, csv = false, ics = false, newest = false;
};

// Codes in the words that pages have for them.
void say_codes(Answer& a, const present::Words& words) {
  auto place = [&](const char* name) {
    return std::find(a.columns.begin(), a.columns.end(), name) - a.columns.begin();
  };
  const auto all = static_cast<long>(a.columns.size());
  const long type = place("type"), mode = place("mode"), basis = place("country_basis");
  for (auto& row : a.rows) {
    auto cell = [&](long c) -> std::string& { return row[static_cast<size_t>(c)]; };
    if (type < all) cell(type) = words.noun(cell(type), mode < all ? cell(mode) : "");
    for (const char* name : {"kind", "sector"})
      if (const long c = place(name); c < all) cell(c) = words.said(name, cell(c));
    for (const char* name : {"a", "b", "country"})
      if (const long c = place(name); c < all)
        cell(c) = words.state(cell(c), basis < all && cell(basis) == "inferred");
    for (const char* name : {"content", "words"})
      if (const long c = place(name); c < all) cell(c) = quoted_whole(tidy(cell(c)));
  }
  if (type < all) a.columns[static_cast<size_t>(type)] = "act";
}

// What programs join by and people need not see, codes in plain words: --json and --csv have all.
Answer for_people(Answer answer, const present::Words& words) {
  Answer a = in_words(std::move(answer));
  say_codes(a, words);
  a = with_verbs(std::move(a), words);
  static const std::vector<std::string> inner = {"number",
                                                 "article_number",
                                                 "id",
                                                 "happening",
                                                 "source_country",
                                                 "target_country",
                                                 "holder_country",
                                                 "toward_country",
                                                 "said_in",
                                                 "confidence",
                                                 "force",
                                                 "became_article",
                                                 "mode",
                                                 "cameo",
                                                 "country_basis",
                                                 "cue"};
  for (size_t c = a.columns.size(); c-- > 0;)
    if (std::find(inner.begin(), inner.end(), a.columns[c]) != inner.end()) {
      a.columns.erase(a.columns.begin() + static_cast<long>(c));
      for (auto& row : a.rows) row.erase(row.begin() + static_cast<long>(c));
    }
  return a;
}

// The option of a filter on the command line. Its closed list stands in its help where the schema
// closes it; codes are the tables' and may be a user's own.
void add_filter(CLI::App& verb, const Filter& f, const std::shared_ptr<Options>& o) {
  const std::string name = f.name;
  if (name == "order") {
    verb.add_flag("--newest", o->newest, "Newest first");
    return;
  }
  std::string what = f.what + (f.list ? ": " + f.list->listed() : std::string());
  CLI::Option* option = verb.add_option_function<std::vector<std::string>>(
      f.option, [o, name](const std::vector<std::string>& given) { o->values[name] = given; },
      what);
  option->expected(f.form == Filter::pair ? 2 : 1);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  if (f.option[0] != '-') option->required();
}

void write_calendar(Ledger& ledger, const Question& q, const App& app, const Tables& tables) {
  const present::Words words(app.data_folder(), tables.names);
  Output out("-");
  out.write(calendar_file(
      appointments(ledger, q, words, SureLimits(app.data_folder() + "/sure.tsv")), false));
  out.close();
}

CLI::App* question(CLI::App& root, App& app, const QuestionKind& kind) {
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand(kind.name, kind.what);
  verb->footer(
      std::string("An actor is a name or part of one (Varga), a state by any of its names (Olm, "
                  "Zaravec) or a code (PRK). A name that nobody bears is said on standard error, "
                  "with the nearest ones, and ends with exit code 1.\n\nExample:\n  chancery ") +
      kind.name + " --ledger my.ledger" + (*kind.example ? " " : "") + kind.example + "\n");
  CLI::Option* ledger = ledger_option(*verb, o->ledger, "The ledger's file");
  if (std::string_view(kind.name) == "actors") ledger->required(false);
  for (std::string_view name : split_words(kind.filters)) add_filter(*verb, *find_filter(name), o);
  verb->add_option("--limit", o->limit, "Rows at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000));
  CLI::Option* json = verb->add_flag("--json", o->json, "JSON");
  verb->add_flag("--csv", o->csv, "CSV")->excludes(json);
  if (std::string_view(kind.name) == "calendar")
    verb->add_flag("--ics", o->ics,
                   "iCalendar, for programs that keep calendars: plans and what is due, each once")
        ->excludes(json);
  CLI::App* self = verb;
  verb->callback([o, &kind, &app, self] {
    if (!self->get_subcommands().empty()) return;  // one of its own verbs was asked
    if (o->ledger.empty()) throw UsageError("--ledger is required");
    Tables tables(app);
    Question q =
        question_of(kind.filters, o->values, {tables.names, tables.codes}, Door::command_line);
    q.limit = o->limit;
    q.newest_first |= o->newest;
    Ledger ledger(o->ledger, Ledger::read);
    if (o->ics) return write_calendar(ledger, q, app, tables);
    Answer answer = (ledger.*kind.ask)(q);
    if (answer.rows.empty()) app.remark(remarks(ledger, q, tables.names));
    Output out("-");
    out.write(o->json  ? as_json(answer)
              : o->csv ? answer_csv(answer)
                       : as_table(for_people(answer, {app.data_folder(), tables.names}),
                                  Style{app.color()}, terminal_width(60, 140)));
    out.close();
    if (!answer.next.empty()) say("more: --after '" + answer.next + "'");
  });
  return verb;
}

}  // namespace

void add_questions(CLI::App& root, App& app) {
  for (const QuestionKind& kind : questions()) {
    CLI::App* verb = question(root, app, kind);
    if (std::string_view(kind.name) == "actors") add_learned(*verb, app);
  }
}

}  // namespace chancery::cli
