#include <chancery/version.h>
#include <fmt/format.h>

#include "article/load.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "cli/batch.h"
#include "cli/packing.h"
#include "cli/shard.h"
#include "cli/tolerance.h"
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
  Record record(const Piece& piece) const {
    Record record = reader_.read(article_of(piece, pieces_.kind));
    if (limits_) record = sure_lines(std::move(record), *limits_);
    if (dyads_) record = complete_pairs(std::move(record));
    return record;
  }
  std::string line(const Record& record) const { return to_json(record, json_) + "\n"; }

 private:
  Reader reader_;
  std::optional<SureLimits> limits_;
  PieceOptions pieces_;
  JsonOptions json_;
  bool dyads_;
};

void too_many(const Tolerance& tolerance, size_t failed, size_t all) {
  throw Error(tolerance.problem(failed, all));
}

void code_whole(const CodeOptions& o, App& app) {
  const Tolerance tolerance(o.max_failed);
  Coding coding(app, o);
  PackedOutput out(o.out);
  Progress progress("articles");
  size_t done = 0, failed = 0;
  Batch batch(o.threads, [&](const Piece& piece) { return coding.line(coding.record(piece)); });
  batch.run(
      o.inputs, coding.pieces(),
      [&](const std::string&, const std::string& record, double share) {
        out.write(record);
        progress.update(++done, share);
      },
      [&](const std::string& error) {
        tolerance.given() ? app.warned(error) : app.failed(error);
        if (tolerance.exceeded(++failed)) too_many(tolerance, failed, done + failed);
      },
      [&](const std::string& warning) { app.warned(warning); });
  if (tolerance.exceeded(failed, done + failed)) too_many(tolerance, failed, done + failed);
  out.close();
}

// Which inputs, or articles of them, are this shard's.
std::vector<std::string> own_inputs(const CodeOptions& o, const ShardName& shard) {
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

Manifest plan_of(const CodeOptions& o, const Coding& coding) {
  Manifest plan;
  plan.schema = CHANCERY_SCHEMA;
  plan.made_by = coding.maker();
  std::vector<std::string> options;
  for (const auto& [on, name] :
       {std::pair{o.explain, "explain"}, std::pair{o.sure, "sure"}, std::pair{o.dyads, "dyads"}})
    if (on) options.emplace_back(name);
  if (o.input != "auto") options.push_back("input=" + o.input);
  if (!o.columns.empty()) options.push_back("columns=" + o.columns);
  plan.options = join(options, " ");
  if (!o.shard.empty()) plan.shard = ShardName::parse(o.shard);
  plan.by_file = o.by == "file";
  for (const std::string& input : own_inputs(o, plan.shard))
    plan.inputs.push_back(digest_of(input));
  return plan;
}

// Ends as the numbers say, whichever run counted them.
void end_by(const Manifest& m, const Tolerance& tolerance, App& app) {
  const size_t all = m.records + m.failed;
  if (tolerance.exceeded(m.failed, all)) too_many(tolerance, m.failed, all);
  if (!tolerance.given() && m.failed > 0) app.exit_code = kSomeFailed;
}

void code_shard(const CodeOptions& o, App& app) {
  if (o.out == "-")
    throw UsageError(
        "--shard and --manifest write files: name one with -o (its end may be .gz or .zst)");
  const Tolerance tolerance(o.max_failed);
  Coding coding(app, o);
  Manifest plan = plan_of(o, coding);
  const std::vector<std::string> inputs = own_inputs(o, plan.shard);
  const ShardName name = plan.shard;
  const bool by_article = !plan.by_file;
  Shard shard(o.out, std::move(plan));
  if (shard.done()) {
    app.warned(fmt::format("{}: done before, {} records", o.out, shard.manifest().records));
    return end_by(shard.manifest(), tolerance, app);
  }
  Shard::mind_signals();
  auto stop = [&] {
    if (Shard::stopped()) throw Stopped{o.out + ": stopped; the same command goes on where it was"};
  };
  Progress progress("articles");
  size_t done = shard.manifest().records;
  Batch batch(o.threads, [&](const Piece& piece) {
    if (Shard::stopped()) return std::string();
    Record record = coding.record(piece);
    // What the manifest counts goes before the line.
    return record.article.published.substr(0, 10) + "\t" + record.article.language + "\n" +
           coding.line(record);
  });
  Batch::Course course;
  course.from = shard.position();
  if (by_article) {
    course.ours = [&](const Piece& piece) { return name.holds(content_of(piece)); };
    course.our_input = [&](const std::string& input) { return name.holds(input); };
  }
  course.rest_every = PackedOutput::kLines;
  course.rest = [&](const Batch::Position& position) {
    stop();
    shard.checkpoint(position);
  };
  batch.run(
      inputs, coding.pieces(),
      [&](const std::string&, const std::string& result, double share) {
        const size_t tab = result.find('\t'), end = result.find('\n');
        const std::string day = result.substr(0, tab);
        shard.write(result.substr(end + 1), day.size() == 10 ? day : "",
                    result.substr(tab + 1, end - tab - 1));
        progress.update(++done, share);
      },
      [&](const std::string& error) {
        app.warned(error);
        shard.failed(error);
        const size_t failed = shard.manifest().failed;
        if (tolerance.exceeded(failed)) too_many(tolerance, failed, done + failed);
      },
      [&](const std::string& warning) { app.warned(warning); }, course);
  stop();
  end_by(shard.manifest(), tolerance, app);
  shard.finish();
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
