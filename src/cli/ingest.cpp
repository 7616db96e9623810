#include <fmt/format.h>

#include "article/load.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "cli/ledger_name.h"
#include "ledger/ledger.h"
#include "pipeline/inputs.h"
#include "pipeline/ledger_sink.h"
#include "pipeline/manifest.h"
#include "pipeline/run.h"
#include "record/json.h"

namespace chancery::cli {
namespace {

struct IngestOptions {
  std::vector<std::string> inputs, manifests;
  std::string ledger, input = "auto", columns, max_failed;
  int threads = 1;
  bool no_learning = false, fresh = false;
};

// The files that manifests speak of, each found to be what its manifest says.
std::vector<std::string> files_of(const std::vector<std::string>& manifests) {
  std::vector<std::string> out;
  for (const std::string& name : manifests) {
    const pipeline::Manifest manifest = pipeline::Manifest::read(name);
    manifest.check_output();
    out.push_back(manifest.output_path());
  }
  return out;
}

void ingest(const IngestOptions& o, App& app) {
  Progress progress("articles");
  pipeline::Failures failures(o.max_failed, messages(app, &progress));
  std::vector<std::string> names = o.inputs;
  for (std::string& file : files_of(o.manifests)) names.push_back(std::move(file));
  if (names.empty()) throw UsageError("ingest: name an input, or a --manifest");
  const Reader reader(app.resources());
  mind_new_ledger(app, o.ledger, o.fresh);
  Ledger ledger(o.ledger, Ledger::write);
  ledger.learning(!o.no_learning);
  ledger.addresses(AddressRules(app.data_folder() + "/addresses.tsv"));
  ledger.codes(codes_of(reader.resources()));
  const PieceOptions pieces{input_kind(o.input), o.columns};
  pipeline::Inputs inputs(names, pieces);
  pipeline::LedgerSink sink(ledger, inputs, failures);
  const auto read = [&](const Piece& piece) {
    // A record made earlier is taken as it is.
    return record_from_json(piece.form == Piece::line && is_record(piece.bytes)
                                ? piece.bytes
                                : to_json(reader.read(article_of(piece, pieces.kind)), {true}));
  };
  pipeline::run(inputs, o.threads, read, sink, failures);
  progress.end();
  Output out("-");
  out.write(fmt::format(
      "{}: {} new, {} nearly the same as others, {} known, {} failed; {} articles in all\n",
      ledger.database().where(), sink.fresh, sink.copies, sink.known, failures.count(),
      ledger.articles()));
  out.close();
  // What was read is kept, whatever failed beside it.
  const std::string problem =
      failures.too_many(sink.fresh + sink.copies + sink.known + failures.count());
  if (!problem.empty()) app.failed(problem);
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
