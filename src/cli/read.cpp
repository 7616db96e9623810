#include <algorithm>
#include <cstdlib>

#include "article/load.h"
#include "base/error.h"
#include "cli/dossier.h"
#include "cli/rejected.h"
#include "record/json.h"

namespace chancery::cli {
void add_read(CLI::App& root, App& app) {
  struct Options {
    std::string file, input = "auto", out = "-", published;
    bool json = false, explain = false, sure = false, rejected = false, full = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      root.add_subcommand("read", "Read one report: a dossier for people, or its record as JSON");
  verb->footer(
      "Examples:\n  chancery read examples/accord.html\n  curl -s URL | chancery read -\n  "
      "chancery read --json --explain report.txt | less\n");
  verb->add_option("FILE", o->file,
                   "An HTML page, plain text, PDF, Word document (.docx), mail (.eml), Markdown, "
                   "or one JSON line; - is standard input")
      ->required();
  verb->add_flag("--json", o->json, "The record, schema chancery/1");
  verb->add_flag("--explain", o->explain,
                 "Why each line is there: rule or model decision, on which words");
  verb->add_flag("--rejected", o->rejected,
                 "Under the dossier what was weighed as an act or a position and left out, how "
                 "probable it was, and what spoke against it")
      ->excludes("--json");
  verb->add_flag("--full", o->full,
                 "Every line of the dossier, whole, and who takes part; else what is sure, shorter "
                 "than half of the report")
      ->excludes("--json");
  verb->add_flag("--sure", o->sure, kSureHelp);
  verb->add_option("--input", o->input, "auto, html, text or jsonl")->capture_default_str();
  verb->add_option("--published", o->published,
                   "Publication date, when the report does not tell (2025-09-23)");
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")
      ->capture_default_str();
  verb->callback([o, &app] {
    std::shared_ptr<const Resources> resources = app.resources();
    Rejected rejected(*resources);
    Reader reader(resources, o->rejected ? &rejected.watch() : nullptr);
    Article article;
    try {
      InputKind kind = input_kind(o->input);
      std::string bytes = load_bytes(o->file, 64u << 20);
      if (kind == InputKind::detect && detect_kind(bytes, o->file) == InputKind::jsonl)
        kind = InputKind::jsonl;
      article =
          kind == InputKind::jsonl ? parse_article_line(bytes) : load_article(bytes, kind, o->file);
    } catch (const Error& error) {
      app.failed(at_place(o->file, error.what()));
      return;
    }
    if (article.published.empty()) article.published = o->published;
    Record record = reader.read(std::move(article));
    if (const std::optional<SureLimits> limits = app.sure_limits(o->sure))
      record = sure_lines(std::move(record), *limits);
    Output out(o->out);
    if (o->json) {
      out.write(to_json(std::move(record), {o->explain}) + "\n");
    } else {
      const char* forced = std::getenv("CLICOLOR_FORCE");
      Style style{app.color() && (o->out == "-" || forced)};
      out.write(dossier(record, *app.sure_limits(true),
                        present::Words(app.data_folder(), resources->known), style,
                        std::min(terminal_width(40, 96), 110), {o->explain, o->full}));
      if (o->rejected) out.write(rejected.text());
    }
    out.close();
  });
}

}  // namespace chancery::cli
