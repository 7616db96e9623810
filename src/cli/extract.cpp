#include "article/pieces.h"
#include "article/render.h"
#include "base/error.h"
#include "cli/app.h"
#include "cli/batch.h"
#include "record/json.h"

namespace chancery::cli {

namespace {

// The forms of --format; each article ends with a line end. Articles of the forms for people are
// kept apart by a line of their own.
std::string rendered(const Article& article, const std::string& format) {
  if (format == "text") return article_as_text(article);
  if (format == "markdown") return article_as_markdown(article);
  if (format == "html") return article_as_html(article);
  return article_to_json(article) + "\n";
}

std::string between(const std::string& format) {
  return format == "text" ? "\n* * *\n\n" : format == "markdown" ? "\n---\n\n" : "";
}

}  // namespace

void add_extract(CLI::App& root, App& app) {
  struct Options {
    std::vector<std::string> files;
    std::string out = "-", input = "auto", columns, format = "json";
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      root.add_subcommand("extract", "Pages to articles, without coding: {\"article\":{…}} a line");
  verb->footer(
      "Examples:\n  chancery extract pages/*.html.gz > articles.jsonl\n"
      "  chancery extract --format markdown page.html\n");
  verb->add_option("FILE", o->files,
                   "HTML pages, texts, folders, WARC, feeds, CSV, zip and tar archives, JSONL "
                   "(also .gz); - is standard input")
      ->required();
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")
      ->capture_default_str();
  verb->add_option("--input", o->input, "auto, html, text, jsonl, csv, feed, warc or archive")
      ->capture_default_str();
  verb->add_option("--format", o->format,
                   "json (an article a line, with the parts of its text), text, markdown or html "
                   "(with headings, lists, quotations, tables; links in the last two)")
      ->check(CLI::IsMember({"json", "text", "markdown", "html"}))
      ->capture_default_str();
  verb->add_option("--columns", o->columns, "For CSV: field=column,…");
  verb->callback([o, &app] {
    Output out(o->out);
    PieceOptions pieces{input_kind(o->input), o->columns};
    Progress progress("pages");
    size_t done = 0;
    Batch batch(
        1, [&](const Piece& piece) { return rendered(article_of(piece, pieces.kind), o->format); });
    batch.run(
        o->files, pieces,
        [&](const std::string&, const std::string& article, double share) {
          if (done > 0) out.write(between(o->format));
          out.write(article);
          progress.update(++done, share);
        },
        [&](const std::string& error) { app.failed(error); },
        [&](const std::string& warning) { app.warned(warning); });
    out.close();
  });
}

}  // namespace chancery::cli
