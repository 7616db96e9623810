#include "article/pieces.h"
#include "article/render.h"
#include "base/error.h"
#include "cli/app.h"
#include "pipeline/inputs.h"
#include "pipeline/run.h"
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

// Articles one behind the other.
class Articles : public pipeline::Sink<std::string> {
 public:
  Articles(const std::string& path, const std::string& format)
      : out_(path), between_(between(format)) {}
  void take(const pipeline::Item&, std::string article) override {
    if (any_) out_.write(between_);
    any_ = true;
    out_.write(article);
  }
  void keep() override { out_.close(); }

 private:
  Output out_;
  std::string between_;
  bool any_ = false;
};

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
    Articles out(o->out, o->format);
    const PieceOptions pieces{input_kind(o->input), o->columns};
    Progress progress("pages");
    pipeline::Failures failures("", messages(app, &progress));
    pipeline::Inputs inputs(o->files, pieces);
    const auto read = [&](const Piece& piece) {
      return rendered(article_of(piece, pieces.kind), o->format);
    };
    pipeline::run(inputs, 1, read, out, failures);
  });
}

}  // namespace chancery::cli
