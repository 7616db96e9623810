#include <fmt/format.h>

#include <chrono>

#include "article/load.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "cli/batch.h"
#include "ledger/ledger.h"
#include "record/json.h"

namespace chancery::cli {

void add_ingest(CLI::App& root, App& app) {
  struct Options {
    std::vector<std::string> inputs;
    std::string ledger, input = "auto", columns;
    int threads = 1;
    bool no_learning = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand("ingest", "Read articles, or take records, into a ledger");
  verb->footer(
      "An article that the ledger holds already changes nothing.\n\nExamples:\n  chancery ingest "
      "--ledger my.ledger pages/*.html\n  chancery ingest --ledger my.ledger -j 2 news.jsonl.gz\n  "
      "chancery ingest --ledger my.ledger records.jsonl\n");
  verb->add_option("INPUT", o->inputs,
                   "JSONL of articles or of records, CSV, WARC, feeds, archives, folders, pages, "
                   "texts; - is standard input")
      ->required();
  ledger_option(*verb, o->ledger,
                "The ledger's file, made when it is not there, or postgres://USER@HOST/NAME");
  verb->add_option("-j,--threads", o->threads, "Threads")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  verb->add_option("--input", o->input, "auto, html, text, jsonl, csv, feed, warc or archive")
      ->capture_default_str();
  verb->add_option("--columns", o->columns, "For CSV: field=column,…");
  verb->add_flag("--no-learning", o->no_learning,
                 "Code every record by its own words and the register alone, whatever earlier "
                 "articles taught");
  verb->callback([o, &app] {
    Reader reader(app.resources());
    Ledger ledger(o->ledger, Ledger::write);
    ledger.learning(!o->no_learning);
    ledger.addresses(AddressRules(app.data_folder() + "/addresses.tsv"));
    ledger.codes(codes_of(reader.resources()));
    PieceOptions pieces{input_kind(o->input), o->columns};
    size_t fresh = 0, known = 0, copies = 0, failed = 0, open = 0;
    {
      Progress progress("articles");
      Batch batch(o->threads, [&](const Piece& piece) {
        // A record made earlier is taken as it is.
        if (piece.form == Piece::line && is_record(piece.bytes)) return piece.bytes;
        return to_json(reader.read(article_of(piece, pieces.kind)), {true});
      });
      ledger.begin();
      auto begun = std::chrono::steady_clock::now();
      batch.run(
          o->inputs, pieces,
          [&](const std::string& place, const std::string& json, double share) {
            try {
              Ledger::Added added = ledger.add(record_from_json(json));
              (added == Ledger::Added::known  ? known
               : added == Ledger::Added::copy ? copies
                                              : fresh) += 1;
            } catch (const StartError&) {
              throw;
            } catch (const Error& error) {
              ++failed;
              app.failed(at_place(place, error.what()));
            }
            // Kept in batches: a batch is on disk or not there at all. Records made earlier come by
            // thousands a second.
            if (++open == 5000 ||
                std::chrono::steady_clock::now() - begun > std::chrono::seconds(5)) {
              begun = std::chrono::steady_clock::now();
              ledger.commit();
              ledger.begin();
              open = 0;
            }
            progress.update(fresh + known + copies + failed, share);
          },
          [&](const std::string& error) {
            ++failed;
            app.failed(error);
          },
          [&](const std::string& warning) { app.warned(warning); });
      ledger.commit();
    }
    Output out("-");
    out.write(fmt::format(
        "{}: {} new, {} nearly the same as others, {} known, {} failed; {} articles in all\n",
        ledger.database().where(), fresh, copies, known, failed, ledger.articles()));
    out.close();
  });
}

}  // namespace chancery::cli
