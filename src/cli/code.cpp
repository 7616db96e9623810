#include "article/load.h"
#include "base/error.h"
#include "cli/app.h"
#include "cli/batch.h"
#include "record/json.h"

namespace chancery::cli {

void add_code(CLI::App& root, App& app) {
  struct Options {
    std::vector<std::string> inputs;
    std::string out = "-", input = "auto";
    int threads = 1;
    bool explain = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand("code", "Code many articles: one record a line, in the order of the input");
  verb->footer("Input lines: {\"id\",\"text\"|\"html\",\"published\"?,\"url\"?,\"title\"?,\"publisher\"?}; a given text is kept as it is.\n"
               "A line that is no article costs one line on standard error; the rest goes on.\n\nExamples:\n"
               "  chancery code -j 2 -o records.jsonl news.jsonl\n  zcat day.jsonl.gz | chancery code - | gzip > day.records.gz\n  chancery code pages/*.html > records.jsonl\n");
  verb->add_option("INPUT", o->inputs, "JSONL files (also .gz), HTML pages, texts; - is standard input")->required();
  verb->add_option("-j,--threads", o->threads, "Threads")->capture_default_str()->check(CLI::Range(1, 256));
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")->capture_default_str();
  verb->add_option("--input", o->input, "auto, html, text or jsonl")->capture_default_str();
  verb->add_flag("--explain", o->explain, "With the explanation of each item");
  verb->callback([o, &app] {
    Reader reader(app.resources());
    Output out(o->out);
    InputKind kind = input_kind(o->input);
    JsonOptions json{o->explain};
    Progress progress("articles");
    size_t done = 0;
    Batch batch(o->threads, [&](const std::string& line, bool is_line, const std::string& place) {
      return to_json(reader.read(read_job(line, is_line, kind, place)), json) + "\n";
    });
    batch.run(
        o->inputs, kind, [&](const std::string& record, double share) {
          out.write(record);
          progress.update(++done, share);
        },
        [&](const std::string& error) { app.failed(error); });
    out.close();
  });
}

}  // namespace chancery::cli
