#include "cli/app.h"

#include <chancery/version.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "base/home.h"
#include "base/terminal.h"
#include "ledger/database.h"
#include "pipeline/stop.h"

namespace chancery::cli {
namespace {

std::string home() { return home_beside(this_program()); }

}  // namespace

std::optional<SureLimits> App::sure_limits(bool wanted) const {
  if (!wanted) return std::nullopt;
  return SureLimits(data_folder() + "/sure.tsv");
}

std::string App::data_folder() const { return chancery::data_folder(data, home()); }
std::string App::model_file() const { return chancery::model_file(model, home()); }

std::shared_ptr<const Resources> App::resources() const {
  auto resources = std::make_shared<Resources>(data_folder(), model_file(), ontology);
  if (attributions == "all") resources->attributions = Attributions::all;
  return resources;
}

std::string App::ontology_folder() const {
  return ontology.empty() ? data_folder() + "/ontology" : ontology;
}

Tables::Tables(const App& app)
    : names(app.data_folder() + "/register"), codes(Ontology(app.ontology_folder()), names) {}

CLI::Option* ledger_option(CLI::App& verb, std::string& where, const std::string& what) {
  return verb.add_option("--ledger", where, what)->envname("CHANCERY_LEDGER")->required();
}

void require_ledger(const std::string& where) {
  std::unique_ptr<Database> database = Database::open(where, true);
  if (database->version() == 0)
    throw StartError(database->where() +
                     ": an empty ledger; fill it with: chancery ingest --ledger " +
                     database->where() + " FILE…");
}

void say(std::string_view line) noexcept {
  // Nothing is asked for and nothing is looked at: where there is nobody to tell, nobody is told.
  // A message may quote an input: what would command the terminal is left out.
  try {
    std::string safe = for_terminal(line);
    std::fwrite(safe.data(), 1, safe.size(), stderr);
  } catch (...) {
    std::fputs("(no memory for the words)", stderr);
  }
  std::fputc('\n', stderr);
}

namespace {

void complain(std::string_view message) noexcept {
  std::fputs("chancery: ", stderr);
  say(message);
}

}  // namespace

void App::failed(const std::string& message) noexcept {
  complain(message);
  exit_code = kSomeFailed;
}

void App::warned(const std::string& message) noexcept { complain(message); }

void App::remark(const Remarks& remarks) noexcept {
  for (const std::string& line : remarks.lines) complain(line);
  if (remarks.nobody) exit_code = kSomeFailed;
}

bool App::color() const {
  const char* no = std::getenv("NO_COLOR");
  if (std::getenv("CLICOLOR_FORCE") && !no) return true;
  return !no_color && !(no && *no) && isatty(STDOUT_FILENO);
}

int terminal_width(int least, int otherwise) {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= least ? size.ws_col
                                                                              : otherwise;
}

Progress::Progress(std::string what) : what_(std::move(what)), on_(isatty(STDERR_FILENO)) {}

void Progress::end() const {
  if (on_) std::fputs("\r\033[K", stderr);
}

void Progress::update(size_t done, double share) {
  if (!on_) return;
  auto now = std::chrono::steady_clock::now();
  if (!began_) began_ = last_ = now;
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  double seconds = std::chrono::duration<double>(now - *began_).count();
  std::string line =
      fmt::format("\r\033[K{} {}  {:.0f}/s", done, what_, static_cast<double>(done) / seconds);
  if (share > 0 && share <= 1) {
    int left = static_cast<int>(seconds / share * (1 - share));
    int filled = static_cast<int>(share * 24);
    std::string bar;
    for (int i = 0; i < 24; ++i) bar += i < filled ? "█" : "░";
    line += fmt::format("  {} {:.0f}%  {}:{:02} left", bar, share * 100, left / 60, left % 60);
  }
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

pipeline::Messages messages(App& app, Progress* progress) {
  return {[&app](const std::string& message) { app.failed(message); },
          [&app](const std::string& message) { app.warned(message); },
          [progress](size_t done, double share) {
            if (progress) progress->update(done, share);
          }};
}

namespace {

// Everything but the errors; see run().
int run_verb(int argc, char** argv) {
  CLI::App root(
      "chancery reads news reports and keeps the diplomatic record they contain.\n\n"
      "Examples:\n"
      "  chancery read report.html                      a dossier of one report\n"
      "  chancery read --json report.html               its record (schema chancery/1)\n"
      "  chancery code -j 2 -o records.jsonl news.jsonl  many articles, one record a line\n"
      "  chancery ingest --ledger my.ledger *.html      keep them\n"
      "  chancery statements --ledger my.ledger --by Varga --about Olm\n\n"
      "`chancery help VERB` explains a verb. Settings for every run: $CHANCERY_LEDGER, "
      "$CHANCERY_MODEL, $CHANCERY_DATA,\n$CHANCERY_ONTOLOGY, or lines like \"ledger = my.ledger\" "
      "in "
      "~/.config/chancery/config.\n",
      "chancery");
  root.set_version_flag("--version",
                        "chancery " CHANCERY_VERSION " (record schema " CHANCERY_SCHEMA ")");
  root.require_subcommand(1);
  root.fallthrough();
  root.get_formatter()->column_width(34);
  App app;
  root.add_option("--data", app.data,
                  "Folder of the data tables (default: beside the program, or $CHANCERY_DATA)");
  root.add_option("--model", app.model,
                  std::string("The language model: accurate, fast or a FILE (default: ") +
                      kDefaultModel + ", or $CHANCERY_MODEL)");
  root.add_option(
          "--ontology", app.ontology,
          "A folder with an ontology of your own in place of data/ontology (see data/README.md)")
      ->envname("CHANCERY_ONTOLOGY");
  root.add_option("--attributions", app.attributions,
                  "Which attributions become statements: record (what somebody said) or all "
                  "(beliefs, wishes and acts too)")
      ->capture_default_str()
      ->check(CLI::IsMember({"record", "all"}));
  root.add_flag("--no-color", app.no_color, "Plain text; so does the variable NO_COLOR");
  add_read(root, app);
  add_code(root, app);
  add_merge(root, app);
  add_extract(root, app);
  add_parse(root, app);
  add_relation(root, app);
  add_ingest(root, app);
  add_watch(root, app);
  add_work(root, app);
  add_questions(root, app);
  add_play(root, app);
  add_brief(root, app);
  add_alert(root, app);
  add_export(root, app);
  add_recode(root, app);
  add_amend(root, app);
  add_doctor(root, app);
  add_settle(root, app);
  add_digest(root, app);
  add_serve(root, app);
  add_completion(root, app);
  add_codebook(root, app);
  add_help(root);
  // A verb that is none deserves a better word than "a subcommand is required".
  if (argc > 1 && argv[1][0] != '-') {
    std::string verbs;
    bool known = false;
    for (const CLI::App* verb : root.get_subcommands([](CLI::App*) { return true; })) {
      verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
      known |= verb->get_name() == argv[1];
    }
    if (!known) {
      complain("no verb '" + std::string(argv[1]) + "'; there are " + verbs +
               ". See chancery --help");
      return kUsage;
    }
  }
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    int code = root.exit(error);
    return code == 0 ? kGood : kUsage;
  }
  return app.exit_code;
}

}  // namespace

int run(int argc, char** argv) {
  int code = kCannotStart;
  try {
    read_config();
    code = run_verb(argc, argv);
  } catch (const pipeline::Stopped& stopped) {
    complain(stopped.what);
    code = kStopped;
  } catch (const UsageError& error) {
    complain(error.what());
    code = kUsage;
  } catch (const StartError& error) {
    complain(error.what());
  } catch (const Error& error) {
    complain(error.what());
    code = kSomeFailed;
  } catch (...) {
    complain(current_problem());
  }
  // What is still on its way to standard output is part of the work.
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
    if (code != kCannotStart) complain(std::string("standard output: ") + std::strerror(errno));
    code = kCannotStart;
  }
  return code;
}

}  // namespace chancery::cli
