#include "article/load.h"
#include "base/error.h"
#include "cli/app.h"
#include "record/json.h"

namespace chancery::cli {

void add_extract(CLI::App& root, App& app) {
  struct Options {
    std::vector<std::string> files;
    std::string out = "-", input = "auto";
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand("extract", "Pages to articles, without coding: {\"article\":{…}} a line");
  verb->footer("Example:\n  chancery extract pages/*.html.gz > articles.jsonl\n");
  verb->add_option("FILE", o->files, "HTML pages or texts, also .gz; - is standard input")->required();
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")->capture_default_str();
  verb->add_option("--input", o->input, "auto, html or text")->capture_default_str();
  verb->callback([o, &app] {
    Output out(o->out);
    InputKind kind = input_kind(o->input);
    Progress progress("pages");
    size_t done = 0;
    for (const std::string& file : o->files) {
      try {
        std::string bytes = load_bytes(file, 64u << 20);
        out.write(article_to_json(load_article(bytes, kind, file)) + "\n");
      } catch (const StartError&) {
        throw;
      } catch (const Error& error) {
        app.failed(error.what());
      }
      ++done;
      progress.update(done, static_cast<double>(done) / static_cast<double>(o->files.size()));
    }
    out.close();
  });
}

}  // namespace chancery::cli
