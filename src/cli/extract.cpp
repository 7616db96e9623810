#include "article/pieces.h"
#include "base/error.h"
#include "cli/app.h"
#include "cli/batch.h"
#include "record/json.h"

namespace chancery::cli {

void add_extract(CLI::App& root, App& app) {
  struct Options {
    std::vector<std::string> files;
    std::string out = "-", input = "auto", columns;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      root.add_subcommand("extract", "Pages to articles, without coding: {\"article\":{…}} a line");
  verb->footer("Example:\n  chancery extract pages/*.html.gz > articles.jsonl\n");
  verb->add_option("FILE", o->files,
                   "HTML pages, texts, folders, WARC, feeds, CSV, zip and tar archives, JSONL "
                   "(also .gz); - is standard input")
      ->required();
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")
      ->capture_default_str();
  verb->add_option("--input", o->input, "auto, html, text, jsonl, csv, feed, warc or archive")
      ->capture_default_str();
  verb->add_option("--columns", o->columns, "For CSV: field=column,…");
  verb->callback([o, &app] {
    Output out(o->out);
    PieceOptions pieces{input_kind(o->input), o->columns};
    Progress progress("pages");
    size_t done = 0;
    Batch batch(1, [&](const Piece& piece) {
      return article_to_json(article_of(piece, pieces.kind)) + "\n";
    });
    batch.run(
        o->files, pieces,
        [&](const std::string&, const std::string& article, double share) {
          out.write(article);
          progress.update(++done, share);
        },
        [&](const std::string& error) { app.failed(error); },
        [&](const std::string& warning) { app.warned(warning); });
    out.close();
  });
}

}  // namespace chancery::cli
