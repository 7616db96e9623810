// What all verbs share: where data and model are, exit codes, the terminal.
#pragma once
#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/output_file.h"
#include "ledger/suggest.h"
#include "pipeline/failures.h"
#include "reading/reader.h"
#include "record/sure.h"

namespace chancery::cli {

// 0: all good. 1: some inputs failed, each named on standard error, the rest is done; or a name was
// asked for that nobody bears. 2: the command line is wrong. 3: it cannot start, or the store, the
// output or the memory failed: what came before that was done. 75 (EX_TEMPFAIL of sysexits): it was
// asked to end, and run again goes on where it was.
enum ExitCode { kGood = 0, kSomeFailed = 1, kUsage = 2, kCannotStart = 3, kStopped = 75 };

// One line on standard error. Never throws, whether that is closed or full.
void say(std::string_view line) noexcept;

struct App {
  std::string data, model, ontology;    // "" = found beside the program
  std::string attributions = "record";  // which become statements: record, all
  bool no_color = false;
  int exit_code = kGood;

  std::shared_ptr<const Resources> resources() const;
  // The limits of --sure where it is wanted.
  std::optional<SureLimits> sure_limits(bool wanted) const;
  std::string data_folder() const;
  std::string model_file() const;
  std::string ontology_folder() const;
  // One line on stderr; the program will end with exit code 1.
  void failed(const std::string& message) noexcept;
  // One line on stderr about what was read all the same.
  void warned(const std::string& message) noexcept;
  // What there is to say of a question that was answered with nothing.
  void remark(const Remarks& remarks) noexcept;
  bool color() const;  // standard output is a terminal, NO_COLOR is not set
};

// The tables by which questions are read: names of states, codes of the ontology (the user's own
// where --ontology names it). Throws StartError.
struct Tables {
  Register names;
  Codes codes;
  explicit Tables(const App& app);
};

// What the verbs that know it say of --sure.
inline constexpr const char* kSureHelp =
    "Only the lines that pass the strict limits of data/sure.tsv; no state that was inferred";

// Throws StartError unless a ledger is there already: a mistyped name makes no new one.
void require_ledger(const std::string& where);

// The option --ledger of a verb, which $CHANCERY_LEDGER stands in for.
CLI::Option* ledger_option(CLI::App& verb, std::string& where, const std::string& what);

// Standard output or a file, whole or not at all.
using Output = OutputFile;

// "  1,204 articles  312/s  64%  0:12 left" on stderr, only on a terminal, at most five times a
// second. Time is counted from the first update.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress() { end(); }
  // The line is cleared.
  void end() const;
  void update(size_t done, double share);

 private:
  std::string what_;
  bool on_;
  std::optional<std::chrono::steady_clock::time_point> began_;
  std::chrono::steady_clock::time_point last_;
};

// What a run (work/run.h) tells is told by these, which must outlive it.
pipeline::Messages messages(App& app, Progress* progress);

// Columns of the terminal; `otherwise` when standard output is none or narrower than `least`.
int terminal_width(int least, int otherwise);

// Terminal styles; plain text without colour.
struct Style {
  bool on;
  std::string bold(std::string_view s) const { return wrap("1", s); }
  std::string dim(std::string_view s) const { return wrap("90", s); }
  std::string italic(std::string_view s) const { return wrap("3", s); }
  std::string heading(std::string_view s) const { return wrap("1;36", s); }
  std::string actor(std::string_view s) const { return wrap("1;33", s); }
  std::string cue(std::string_view s) const { return wrap("32", s); }
  std::string bad(std::string_view s) const { return wrap("31", s); }

 private:
  std::string wrap(const char* code, std::string_view s) const {
    return on ? "\033[" + std::string(code) + "m" + std::string(s) + "\033[0m" : std::string(s);
  }
};

void add_read(CLI::App& root, App& app);
void add_code(CLI::App& root, App& app);
void add_merge(CLI::App& root, App& app);
void add_extract(CLI::App& root, App& app);
void add_parse(CLI::App& root, App& app);
void add_relation(CLI::App& root, App& app);
void add_ingest(CLI::App& root, App& app);
void add_watch(CLI::App& root, App& app);
void add_work(CLI::App& root, App& app);
void add_questions(CLI::App& root, App& app);
void add_learned(CLI::App& actors, App& app);
void add_play(CLI::App& root, App& app);
void add_alert(CLI::App& root, App& app);
void add_brief(CLI::App& root, App& app);
void add_export(CLI::App& root, App& app);
void add_recode(CLI::App& root, App& app);
void add_amend(CLI::App& root, App& app);
void add_doctor(CLI::App& root, App& app);
void add_settle(CLI::App& root, App& app);
void add_digest(CLI::App& root, App& app);
void add_serve(CLI::App& root, App& app);
void add_completion(CLI::App& root, App& app);
void add_codebook(CLI::App& root, App& app);
void add_help(CLI::App& root);

// Sets what a file of settings says ("ledger = my.ledger", a line each) and the environment does
// not: $CHANCERY_CONFIG, else chancery/config under $XDG_CONFIG_HOME or ~/.config; nothing where
// there is none. Throws UsageError naming file and line.
void read_config();

// Runs the program; returns its exit code. Everything main() does, callable from tests.
int run(int argc, char** argv);

}  // namespace chancery::cli
