#include <fmt/format.h>

#include <map>

#include "cli/app.h"
#include "cli/table.h"
#include "ledger/catalogue.h"
#include "ledger/filed.h"
#include "ledger/play.h"

namespace chancery::cli {

void add_play(CLI::App& root, App& app) {
  struct Options {
    std::string ledger, format = "text";
    Asked values;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand(
      "play",
      "The state of play on a topic: who stands where, what waits on what, deadlocks and openings");
  verb->footer(
      "`chancery topics` lists the issues; any words do as well.\n\nExamples:\n  chancery play "
      "--ledger my.ledger --topic denuclearization\n  chancery play --ledger my.ledger --topic "
      "'port blockade' --format svg > play.svg\n");
  ledger_option(*verb, o->ledger, "The ledger");
  for (const char* name : {"topic", "from", "until"}) {
    CLI::Option* option =
        verb->add_option(find_filter(name)->option, o->values[name], find_filter(name)->what);
    option->expected(1);
    if (std::string_view(name) == "topic") option->required();
  }
  verb->add_option("--format", o->format, "text, dot or svg")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "dot", "svg"}));
  verb->callback([o, &app] {
    Tables tables(app);
    Question q = question_of("topic from until", o->values, {tables.names, tables.codes},
                             Door::command_line);
    Ledger ledger(o->ledger, Ledger::read);
    Play play = ledger.play(q.topic, q);
    if (play.stands.empty()) app.remark(remarks(ledger, q, tables.names));
    Output out("-");
    if (o->format == "dot") out.write(play_as_dot(play));
    else if (o->format == "svg") out.write(play_as_svg(play));
    else {
      Style style{app.color()};
      int width = terminal_width(60, 140);
      Answer stands;
      stands.columns = {"date",    "holder",    "stance", "toward",
                        "content", "condition", "stages", "article"};
      for (const Play::Stand& s : play.stands) {
        std::string stages;
        for (const std::string& stage : s.stages) stages += (stages.empty() ? "" : ", ") + stage;
        stands.rows.push_back({words_of(s.when, s.reported), s.holder, s.stance, s.toward,
                               s.content, s.condition, stages, s.article});
      }
      out.write(style.heading("State of play: " + play.topic) + "\n\n" +
                (stands.rows.empty()
                     ? "No position on this is in the ledger; `chancery topics` lists what is.\n"
                     : as_table(stands, style, width)));
      for (const char* kind : {"deadlock", "opening", "near", "stage", "unanswered"}) {
        std::string lines;
        for (const Play::Link& l : play.links) {
          if (l.kind != kind) continue;
          std::string evidence =
              play.stands[l.from].article +
              (l.to >= 0 && play.stands[l.to].article != play.stands[l.from].article
                   ? ", " + play.stands[l.to].article
                   : "");
          for (const std::string& line : wrap(l.why + " [" + evidence + "]", width - 4))
            lines += (lines.empty() || lines.back() == '\n' ? "  " : "") + line + "\n";
        }
        static const std::map<std::string, const char*> titles = {
            {"deadlock", "Deadlocks: one waits for what the other refuses"},
            {"opening", "Openings: a condition that is met or offered"},
            {"near", "Conditions not met, and the nearest to them"},
            {"stage", "Stages of a plan"},
            {"unanswered", "Unanswered conditions"}};
        if (!lines.empty()) out.write("\n" + style.bold(titles.at(kind)) + "\n" + lines);
      }
    }
    out.close();
  });
}

}  // namespace chancery::cli
