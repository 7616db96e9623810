#include "article/load.h"
#include "base/error.h"
#include "cli/app.h"
#include "cli/batch.h"
#include "record/dyads.h"
#include "record/json.h"

namespace chancery::cli {

void add_code(CLI::App& root, App& app) {
  struct Options {
    std::vector<std::string> inputs;
    std::string out = "-", input = "auto", columns;
    int threads = 1;
    bool explain = false, sure = false, dyads = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand(
      "code", "Code many articles: one record a line, in the order of the input");
  verb->footer(
      "Input lines: {\"id\",\"text\"|\"html\",\"published\"?,\"url\"?,\"title\"?,\"publisher\"?}; "
      "a given text is kept as it is.\n"
      "A line that is no article costs one line on standard error; the rest goes on.\n\nExamples:\n"
      "  chancery code -j 2 -o records.jsonl news.jsonl\n  zcat day.jsonl.gz | chancery code - | "
      "gzip > day.records.gz\n  chancery code pages/ > records.jsonl\n  chancery code "
      "CC-NEWS-20240501.warc.gz > records.jsonl\n  chancery code --columns text=body,published=day "
      "export.csv > records.jsonl\n");
  verb->add_option("INPUT", o->inputs,
                   "JSON lines or arrays, CSV, WARC, ARC, feeds, zip and tar archives, folders, "
                   "HTML pages, texts, PDF, .docx, .eml, Markdown "
                   "(also .gz); - is standard input")
      ->required();
  verb->add_option("-j,--threads", o->threads, "Threads")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")
      ->capture_default_str();
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
    Reader reader(app.resources());
    const std::optional<SureLimits> limits = app.sure_limits(o->sure);
    Output out(o->out);
    PieceOptions pieces{input_kind(o->input), o->columns};
    JsonOptions json{o->explain};
    Progress progress("articles");
    size_t done = 0;
    Batch batch(o->threads, [&](const Piece& piece) {
      Record record = reader.read(article_of(piece, pieces.kind));
      if (limits) record = sure_lines(std::move(record), *limits);
      if (o->dyads) record = complete_pairs(std::move(record));
      return to_json(record, json) + "\n";
    });
    batch.run(
        o->inputs, pieces,
        [&](const std::string&, const std::string& record, double share) {
          out.write(record);
          progress.update(++done, share);
        },
        [&](const std::string& error) { app.failed(error); },
        [&](const std::string& warning) { app.warned(warning); });
    out.close();
  });
}

}  // namespace chancery::cli
