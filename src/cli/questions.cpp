#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"
#include "cli/app.h"
#include "cli/table.h"
#include "ledger/answer.h"
#include "register/register.h"

namespace chancery::cli {
namespace {

struct Options {
  std::string ledger, by, toward, actor, about, text, topic, stance, type, status, from, until,
      words, period, after;
  std::vector<std::string> between;
  int limit = 100;
  bool json = false, csv = false, newest = false;
};

// What programs join by and people need not see.
Answer for_people(Answer answer) {
  Answer a = in_words(std::move(answer));
  static const std::vector<std::string> inner = {
      "number",         "article_number", "id",
      "happening",      "source_country", "target_country",
      "holder_country", "toward_country", "said_in",
      "confidence",     "force"};
  for (size_t c = a.columns.size(); c-- > 0;)
    if (std::find(inner.begin(), inner.end(), a.columns[c]) != inner.end()) {
      a.columns.erase(a.columns.begin() + static_cast<long>(c));
      for (auto& row : a.rows) row.erase(row.begin() + static_cast<long>(c));
    }
  return a;
}

CLI::App* question(CLI::App& root, App& app, const char* name, const char* what,
                   const char* example, const std::string& filters,
                   Answer (Ledger::*ask)(const Question&)) {
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand(name, what);
  verb->footer(std::string("An actor is a name or part of one (Varga), a state by any of its names "
                           "(Olm, Zaravec) or a code (PRK).\n\nExample:\n  ") +
               example + "\n");
  CLI::Option* ledger = verb->add_option("--ledger", o->ledger, "The ledger's file");
  if (std::string_view(name) != "actors") ledger->required();
  auto has = [&](const char* filter) { return filters.find(filter) != std::string::npos; };
  if (has("words")) verb->add_option("WORDS", o->words, "Words to look for")->required();
  if (has("by")) verb->add_option("--by", o->by, "Who spoke, acted or holds");
  if (has("toward")) verb->add_option("--to,--toward", o->toward, "To or toward whom");
  if (has("between"))
    verb->add_option("--between", o->between, "Two actors, in either direction")->expected(2);
  if (has("actor")) verb->add_option("--actor", o->actor, "Who takes any part");
  if (has("about")) verb->add_option("--about", o->about, "Who or what is spoken of");
  if (has("topic")) verb->add_option("--topic", o->topic, "Words of the topic or content");
  if (has("stance"))
    verb->add_option("--stance", o->stance,
                     "demands, offers, accepts, proposes, rejects, supports, opposes, warns");
  if (has("type")) verb->add_option("--type", o->type, "PLOVER type (CONSULT, REJECT, …)");
  if (has("status"))
    verb->add_option("--status", o->status, "occurred, planned, possible, conditional, denied");
  if (has("from")) {
    verb->add_option("--from", o->from, "First date (2025, 2025-09, 2025-09-21)");
    verb->add_option("--until", o->until, "Last date");
  }
  if (has("text")) verb->add_option("--text", o->text, "Words in the article");
  if (has("period"))
    verb->add_option("--by-period", o->period, "day, week, month or year")
        ->check(CLI::IsMember({"day", "week", "month", "year"}));
  verb->add_option("--after", o->after,
                   "Go on behind the page before (its last line on standard error says how)");
  if (has("newest")) verb->add_flag("--newest", o->newest, "Newest first");
  verb->add_option("--limit", o->limit, "Rows at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000));
  verb->add_flag("--json", o->json, "JSON");
  verb->add_flag("--csv", o->csv, "CSV");
  CLI::App* self = verb;
  verb->callback([o, ask, &app, self] {
    if (!self->get_subcommands().empty()) return;  // one of its own verbs was asked
    if (o->ledger.empty()) throw CLI::ValidationError("--ledger is required");
    Register known(app.data_folder() + "/register");
    Ledger ledger(o->ledger, Ledger::read);
    Question q;
    q.by = actor_filter(o->by, known);
    q.toward = actor_filter(o->toward, known);
    q.actor = actor_filter(o->actor, known);
    if (o->between.size() == 2) {
      q.between_a = actor_filter(o->between[0], known);
      q.between_b = actor_filter(o->between[1], known);
    }
    q.about = about_filter(o->about, known);
    q.text = o->words.empty() ? o->text : o->words;
    q.topic = o->topic;
    q.stance = o->stance;
    q.type = o->type;
    q.status = o->status;
    q.from = o->from;
    q.until = o->until;
    q.limit = o->limit;
    q.by_period = o->period;
    q.after = o->after;
    q.newest_first = o->newest;
    Answer answer = (ledger.*ask)(q);
    Output out("-");
    out.write(o->json  ? as_json(answer)
              : o->csv ? answer_csv(answer)
                       : as_table(for_people(answer), Style{app.color()}, terminal_width(60, 140)));
    out.close();
    if (!answer.next.empty()) fmt::print(stderr, "more: --after '{}'\n", answer.next);
  });
  return verb;
}

}  // namespace

void add_questions(CLI::App& root, App& app) {
  question(root, app, "statements", "Who said what, on whose word",
           "chancery statements --ledger my.ledger --by Varga --about Norvania --from 2024-05",
           "by toward actor about from text newest", &Ledger::statements);
  question(root, app, "events", "Who did what to whom",
           "chancery events --ledger my.ledger --between PRK USA --type CONSULT",
           "by toward between actor type status from text newest", &Ledger::events);
  question(root, app, "acts", "Events, each act once, with the number of reports that tell it",
           "chancery acts --ledger my.ledger --by PRK --type MOBILIZE",
           "by toward between actor type status from text newest", &Ledger::happenings);
  question(root, app, "timeline", "Two states: events and Goldstein sums over time",
           "chancery timeline --ledger my.ledger --between PRK USA --by-period month",
           "between type from period", &Ledger::timeline);
  question(root, app, "positions", "Who demands, offers, accepts, refuses what, on which condition",
           "chancery positions --ledger my.ledger --by Varga --topic port",
           "by toward actor topic stance from text newest", &Ledger::positions);
  question(root, app, "changes",
           "Changes of position: hardened, softened, another condition, a first mention",
           "chancery changes --ledger my.ledger --by Varga", "by toward actor topic from text",
           &Ledger::changes);
  question(root, app, "calendar",
           "Meetings and plans with a date, past and coming, and what became of them",
           "chancery calendar --ledger my.ledger --from 2024-05-01 --until 2024-06-30",
           "by toward actor status from text", &Ledger::calendar);
  question(root, app, "novelty",
           "What is claimed to be the first, the largest, new since a time; and what the ledger "
           "says of it",
           "chancery novelty --ledger my.ledger --by Varga", "by actor from text newest",
           &Ledger::novelty);
  question(root, app, "stories", "Storylines: articles by actors, topics and time",
           "chancery stories --ledger my.ledger --actor Norvania", "actor from text",
           &Ledger::stories);
  question(root, app, "topics", "The issues on which positions are held",
           "chancery topics --ledger my.ledger", "from", &Ledger::topics);
  question(root, app, "contacts", "Whom an actor meets, accuses, aids, and how often",
           "chancery contacts --ledger my.ledger --actor Varga", "actor from", &Ledger::contacts);
  question(root, app, "network", "Pairs of states with what passed between them",
           "chancery network --ledger my.ledger --from 2024-01 --until 2024-06", "actor from",
           &Ledger::network);
  question(root, app, "copies",
           "Articles that repeat another nearly word for word, and versions of one address",
           "chancery copies --ledger my.ledger", "from", &Ledger::copies);
  add_learned(*question(root, app, "actors",
                        "Who is in the ledger; list, show, set and forget what it has learnt",
                        "chancery actors --ledger my.ledger --actor Norvania\n  chancery actors "
                        "list --ledger my.ledger",
                        "actor text", &Ledger::actors),
              app);
  question(root, app, "search", "Articles by their words",
           "chancery search --ledger my.ledger 'port blockade'", "words from", &Ledger::search);
}

void add_completion(CLI::App& root, App&) {
  auto shell = std::make_shared<std::string>("bash");
  CLI::App* verb = root.add_subcommand("completion", "A completion script for the shell");
  verb->footer(
      "Example:\n  chancery completion bash > "
      "~/.local/share/bash-completion/completions/chancery\n");
  verb->add_option("SHELL", *shell, "bash or zsh")
      ->capture_default_str()
      ->check(CLI::IsMember({"bash", "zsh"}));
  CLI::App* top = &root;
  verb->callback([shell, top] {
    Output out("-");
    std::string verbs, cases;
    for (const CLI::App* sub : top->get_subcommands([](CLI::App*) { return true; })) {
      verbs += (verbs.empty() ? "" : " ") + sub->get_name();
      std::string options;
      for (const CLI::Option* option : sub->get_options())
        if (!option->get_lnames().empty())
          options += (options.empty() ? "--" : " --") + option->get_lnames()[0];
      cases += "    " + sub->get_name() + ") words=\"" + options + "\" ;;\n";
    }
    if (*shell == "zsh") out.write("autoload -U +X bashcompinit && bashcompinit\n");
    out.write(
        "_chancery() {\n  local cur=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\"\n  if [ "
        "\"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"" +
        verbs + "\" -- \"$cur\")); return; fi\n  case \"${COMP_WORDS[1]}\" in\n" + cases +
        "  esac\n  case \"$cur\" in -*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;; *) "
        "COMPREPLY=($(compgen -f -- \"$cur\")) ;; esac\n}\ncomplete -o filenames -F _chancery "
        "chancery\n");
    out.close();
  });
}

}  // namespace chancery::cli
