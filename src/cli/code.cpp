#include <chancery/version.h>
#include <fmt/format.h>

#include <csignal>

#include "article/load.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "pipeline/inputs.h"
#include "pipeline/run.h"
#include "pipeline/shard.h"
#include "pipeline/stop.h"
#include "record/dyads.h"
#include "record/json.h"

namespace chancery::cli {
namespace {

struct CodeOptions {
  std::vector<std::string> inputs;
  std::string out = "-", input = "auto", columns, list, shard, by = "article", max_failed;
  int threads = 1;
  bool explain = false, sure = false, dyads = false, manifest = false;
};

// The lines of a file of names.
std::vector<std::string> listed(const std::string& path) {
  std::vector<std::string> out;
  const std::string text = read_file(path);
  for (std::string_view line : split(text, '\n'))
    if (!trim(line).empty()) out.emplace_back(trim(line));
  return out;
}

// Codes pieces into lines, by what the options say of records.
class Coding {
 public:
  Coding(const App& app, const CodeOptions& o)
      : reader_(app.resources()),
        limits_(app.sure_limits(o.sure)),
        pieces_{input_kind(o.input), o.columns},
        json_{o.explain},
        dyads_(o.dyads) {}

  const PieceOptions& pieces() const { return pieces_; }
  const Maker& maker() const { return reader_.resources().made_by; }
  pipeline::RecordLine line(const Piece& piece) const {
    Record record = reader_.read(article_of(piece, pieces_.kind));
    if (limits_) record = sure_lines(std::move(record), *limits_);
    if (dyads_) record = complete_pairs(std::move(record));
    std::string day = record.article.published.substr(0, 10);
    if (day.size() < 10) day.clear();
    std::string language = record.article.language;
    return {to_json(std::move(record), json_) + "\n", std::move(day), std::move(language)};
  }

 private:
  Reader reader_;
  std::optional<SureLimits> limits_;
  PieceOptions pieces_;
  JsonOptions json_;
  bool dyads_;
};

void code_whole(const CodeOptions& o, App& app) {
  Progress progress("articles");
  pipeline::Failures failures(o.max_failed, messages(app, &progress));
  failures.end_when_too_many();
  const Coding coding(app, o);
  pipeline::PackedOutput out(o.out);
  pipeline::Inputs inputs(o.inputs, coding.pieces());
  const auto read = [&](const Piece& piece) { return coding.line(piece).text; };
  pipeline::run(inputs, o.threads, read, out, failures);
  failures.end();
  out.close();
}

// Which inputs, or articles of them, are this shard's.
std::vector<std::string> own_inputs(const CodeOptions& o, const pipeline::ShardName& shard) {
  if (o.by != "file") return o.inputs;
  std::vector<std::string> out;
  for (size_t i = 0; i < o.inputs.size(); ++i)
    if (i % shard.of == shard.number - 1) out.push_back(o.inputs[i]);
  return out;
}

// By what an article is told from others before it is read: what there is of it.
std::string content_of(const Piece& piece) {
  if (!piece.bytes.empty()) return piece.bytes;
  if (piece.form == Piece::entry) return piece.article.url + "\n" + piece.article.text;
  return piece.place;
}

pipeline::Manifest plan_of(const CodeOptions& o, const Coding& coding) {
  pipeline::Manifest plan;
  plan.schema = CHANCERY_SCHEMA;
  plan.made_by = coding.maker();
  std::vector<std::string> options;
  for (const auto& [on, name] :
       {std::pair{o.explain, "explain"}, std::pair{o.sure, "sure"}, std::pair{o.dyads, "dyads"}})
    if (on) options.emplace_back(name);
  if (o.input != "auto") options.push_back("input=" + o.input);
  if (!o.columns.empty()) options.push_back("columns=" + o.columns);
  plan.options = join(options, " ");
  if (!o.shard.empty()) plan.shard = pipeline::ShardName::parse(o.shard);
  plan.by_file = o.by == "file";
  for (const std::string& input : own_inputs(o, plan.shard))
    plan.inputs.push_back(pipeline::digest_of(input));
  return plan;
}

void code_shard(const CodeOptions& o, App& app) {
  if (o.out == "-")
    throw UsageError(
        "--shard and --manifest write files: name one with -o (its end may be .gz or .zst)");
  Progress progress("articles");
  pipeline::Failures failures(o.max_failed, messages(app, &progress));
  failures.end_when_too_many();
  const Coding coding(app, o);
  pipeline::Manifest plan = plan_of(o, coding);
  pipeline::Inputs::Part part;
  if (!plan.by_file)
    part.ours = [name = plan.shard](const Piece& piece) { return name.holds(content_of(piece)); };
  const std::vector<std::string> names = own_inputs(o, plan.shard);
  pipeline::Shard shard(o.out, std::move(plan));
  const pipeline::Manifest& m = shard.manifest();
  failures.count_before(m.records, m.failed);
  if (shard.done()) {
    app.warned(fmt::format("{}: done before, {} records", o.out, m.records));
  } else {
    pipeline::mind({SIGTERM, SIGINT, SIGHUP});
    part.from = shard.position();
    pipeline::Inputs inputs(names, coding.pieces(), std::move(part));
    // What a stopped run reads goes nowhere: the shard ends it.
    const auto read = [&](const Piece& piece) {
      return pipeline::asked_to_stop() ? pipeline::RecordLine() : coding.line(piece);
    };
    pipeline::run(inputs, o.threads, read, shard, failures);
  }
  // Ends as the numbers say, whichever run counted them.
  failures.end();
  if (!failures.limited() && failures.count() > 0) app.exit_code = kSomeFailed;
  if (!shard.done()) shard.finish();
}

}  // namespace

void add_code(CLI::App& root, App& app) {
  auto o = std::make_shared<CodeOptions>();
  CLI::App* verb = root.add_subcommand(
      "code", "Code many articles: one record a line, in the order of the input");
  verb->footer(
      "Input lines: {\"id\",\"text\"|\"html\",\"published\"?,\"url\"?,\"title\"?,\"publisher\"?}; "
      "a given text is kept as it is.\n"
      "A line that is no article costs one line on standard error; the rest goes on.\n"
      "With --shard or --manifest a run that was killed goes on where it was, and "
      "FILE.manifest.json "
      "says what was read; `chancery merge` puts shards together (docs/fleet.md).\n\nExamples:\n"
      "  chancery code -j 2 -o records.jsonl news.jsonl\n  zcat day.jsonl.gz | chancery code - | "
      "gzip > day.records.gz\n  chancery code pages/ > records.jsonl\n  chancery code "
      "CC-NEWS-20240501.warc.gz > records.jsonl\n  chancery code --columns text=body,published=day "
      "export.csv > records.jsonl\n  chancery code --shard 3/12 --max-failed 1% -o "
      "records-3.jsonl.gz news.jsonl.gz\n");
  verb->add_option("INPUT", o->inputs,
                   "JSON lines or arrays, CSV, WARC, ARC, feeds, zip and tar archives, folders, "
                   "HTML pages, texts, PDF, .docx, .eml, Markdown "
                   "(also .gz, .zst); - is standard input");
  verb->add_option("--list", o->list, "A file that names inputs, one a line");
  verb->add_option("-j,--threads", o->threads, "Threads")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  verb->add_option("-o,--out", o->out,
                   "Where to write; - is standard output; what ends in .gz or .zst is packed")
      ->capture_default_str();
  verb->add_option("--shard", o->shard,
                   "K/N: of the articles only those of shard K of N; the same whatever the order");
  verb->add_option("--by", o->by, "What a shard takes: article or file (whole inputs, by turns)")
      ->capture_default_str()
      ->check(CLI::IsMember({"article", "file"}));
  verb->add_flag("--manifest", o->manifest, "As --shard 1/1: checkpoints and a manifest");
  verb->add_option(
      "--max-failed", o->max_failed,
      "So many inputs may fail (20, or 1%): exit 0, or 1 and no output when it is more");
  verb->add_option("--input", o->input, "auto, html, text, jsonl, csv, feed, warc or archive")
      ->capture_default_str();
  verb->add_option(
      "--columns", o->columns,
      "For CSV: field=column,… (fields: id, text, html, url, title, publisher, published, byline)");
  verb->add_flag("--explain", o->explain, "With the explanation of each item");
  verb->add_flag("--sure", o->sure, kSureHelp);
  verb->add_flag("--dyads", o->dyads,
                 "Of acts the complete pairs: a source and a target, each of a known state");
  verb->callback([o, &app] {
    if (!o->list.empty())
      for (std::string& name : listed(o->list)) o->inputs.push_back(std::move(name));
    if (o->inputs.empty()) throw UsageError("code: name an input, or a --list of them");
    if (o->manifest || !o->shard.empty()) code_shard(*o, app);
    else code_whole(*o, app);
  });
}

}  // namespace chancery::cli
