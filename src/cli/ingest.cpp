#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "article/load.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "cli/batch.h"
#include "cli/ledger_name.h"
#include "cli/manifest.h"
#include "cli/tolerance.h"
#include "ledger/ledger.h"
#include "record/json.h"

namespace chancery::cli {
namespace {

struct IngestOptions {
  std::vector<std::string> inputs, manifests;
  std::string ledger, input = "auto", columns, max_failed;
  int threads = 1;
  bool no_learning = false, fresh = false;
};

// Records on their way into the ledger: gathered while articles are read, and kept together in one
// short transaction, so that other programs write to the ledger between two of them.
class Intake {
 public:
  using Failed = std::function<void(const std::string& message)>;
  Intake(Ledger& ledger, Failed failed) : ledger_(ledger), failed_(std::move(failed)) {}

  void take(const std::string& place, Record record) {
    waiting_.push_back({place, std::move(record)});
    if (waiting_.size() >= kMost || now() - since_ > kLongest) keep();
  }
  void keep() {
    bool open = false;
    Clock::time_point begun;
    for (const auto& [place, record] : waiting_) {
      if (!open) {
        if (kept_) std::this_thread::sleep_for(kPause);
        ledger_.begin();
        begun = now();
        open = true;
      }
      add(place, record);
      if (now() - begun < kHold) continue;
      ledger_.commit();
      kept_ = true;
      open = false;
    }
    if (open) ledger_.commit();
    kept_ |= open;
    waiting_.clear();
    since_ = now();
  }

  size_t fresh = 0, known = 0, copies = 0;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr size_t kMost = 1000;
  static constexpr std::chrono::seconds kLongest{5};       // to be read, before they are kept
  static constexpr std::chrono::milliseconds kHold{1000};  // the ledger, from others
  static constexpr std::chrono::milliseconds kPause{25};   // in which one of them gets it

  static Clock::time_point now() { return Clock::now(); }

  void add(const std::string& place, const Record& record) {
    try {
      Ledger::Added added = ledger_.add(record);
      (added == Ledger::Added::known ? known : added == Ledger::Added::copy ? copies : fresh) += 1;
    } catch (const StartError&) {
      throw;
    } catch (const Error& error) {
      failed_(at_place(place, error.what()));
    }
  }

  Ledger& ledger_;
  Failed failed_;
  std::vector<std::pair<std::string, Record>> waiting_;
  Clock::time_point since_ = now();
  bool kept_ = false;
};

// The files that manifests speak of, each found to be what its manifest says.
std::vector<std::string> files_of(const std::vector<std::string>& manifests) {
  std::vector<std::string> out;
  for (const std::string& name : manifests) {
    Manifest manifest = Manifest::read(name);
    manifest.check_output();
    out.push_back(manifest.output_path());
  }
  return out;
}

void ingest(const IngestOptions& o, App& app) {
  const Tolerance tolerance(o.max_failed);
  std::vector<std::string> inputs = o.inputs;
  for (std::string& file : files_of(o.manifests)) inputs.push_back(std::move(file));
  if (inputs.empty()) throw UsageError("ingest: name an input, or a --manifest");
  Reader reader(app.resources());
  mind_new_ledger(app, o.ledger, o.fresh);
  Ledger ledger(o.ledger, Ledger::write);
  ledger.learning(!o.no_learning);
  ledger.addresses(AddressRules(app.data_folder() + "/addresses.tsv"));
  ledger.codes(codes_of(reader.resources()));
  PieceOptions pieces{input_kind(o.input), o.columns};
  size_t done = 0, failed = 0;
  auto fail = [&](const std::string& message) {
    ++failed;
    tolerance.given() ? app.warned(message) : app.failed(message);
  };
  Intake intake(ledger, fail);
  {
    Progress progress("articles");
    Batch batch(o.threads, [&](const Piece& piece) {
      // A record made earlier is taken as it is.
      if (piece.form == Piece::line && is_record(piece.bytes)) return piece.bytes;
      return to_json(reader.read(article_of(piece, pieces.kind)), {true});
    });
    batch.run(
        inputs, pieces,
        [&](const std::string& place, const std::string& json, double share) {
          try {
            intake.take(place, record_from_json(json));
          } catch (const StartError&) {
            throw;
          } catch (const Error& error) {
            fail(at_place(place, error.what()));
          }
          progress.update(++done, share);
        },
        fail, [&](const std::string& warning) { app.warned(warning); });
    intake.keep();
  }
  Output out("-");
  out.write(fmt::format(
      "{}: {} new, {} nearly the same as others, {} known, {} failed; {} articles in all\n",
      ledger.database().where(), intake.fresh, intake.copies, intake.known, failed,
      ledger.articles()));
  out.close();
  // What was read is kept, whatever failed beside it.
  const size_t all = intake.fresh + intake.copies + intake.known + failed;
  if (tolerance.exceeded(failed, all)) app.failed(tolerance.problem(failed, all));
}

}  // namespace

void add_ingest(CLI::App& root, App& app) {
  auto o = std::make_shared<IngestOptions>();
  CLI::App* verb = root.add_subcommand("ingest", "Read articles, or take records, into a ledger");
  verb->footer(
      "An article that the ledger holds already changes nothing.\n\nExamples:\n  chancery ingest "
      "--ledger my.ledger pages/*.html\n  chancery ingest --ledger my.ledger -j 2 news.jsonl.gz\n  "
      "chancery ingest --ledger my.ledger records.jsonl\n  chancery ingest --ledger my.ledger "
      "--manifest records.jsonl.gz.manifest.json\n");
  verb->add_option("INPUT", o->inputs,
                   "JSONL of articles or of records, CSV, WARC, feeds, archives, folders, pages, "
                   "texts; - is standard input");
  verb->add_option(
      "--manifest", o->manifests,
      "Manifests of `code` or `merge`: their files are taken when they are what they say");
  ledger_option(*verb, o->ledger,
                "The ledger's file, made when it is not there, or postgres://USER@HOST/NAME");
  verb->add_flag("--new", o->fresh, "Make it even where another has nearly the same name");
  verb->add_option("-j,--threads", o->threads, "Threads")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  verb->add_option("--input", o->input, "auto, html, text, jsonl, csv, feed, warc or archive")
      ->capture_default_str();
  verb->add_option("--columns", o->columns, "For CSV: field=column,…");
  verb->add_option("--max-failed", o->max_failed,
                   "So many inputs may fail (20, or 1%) before the exit code is 1");
  verb->add_flag("--no-learning", o->no_learning,
                 "Code every record by its own words and the register alone, whatever earlier "
                 "articles taught");
  verb->callback([o, &app] { ingest(*o, app); });
}

}  // namespace chancery::cli
