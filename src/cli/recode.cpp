// The verb recode: the kept articles read anew.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "ledger/ledger.h"
#include "record/json.h"

namespace chancery::cli {
namespace {

constexpr size_t kListed = 100;

constexpr std::array<const char*, 7> kLayers = {"article", "entities",  "times",  "statements",
                                                "events",  "positions", "novelty"};

// Records from a `code` without --explain have none; their explanations are no news.
bool explained(const Record& r) {
  auto has = [](const auto& items) {
    for (const auto& item : items)
      if (!item.explain.empty()) return true;
    return false;
  };
  return has(r.entities) || has(r.statements) || has(r.events) || has(r.positions) ||
         has(r.novelty);
}

size_t items(simdjson::dom::element layer) {
  simdjson::dom::array list;
  return layer.get(list) == simdjson::SUCCESS ? list.size() : 0;
}

// "statements 3 → 4, events otherwise": the layers in which two records differ.
std::string differences(const std::string& before, const std::string& now) {
  simdjson::dom::parser old_parser, new_parser;
  simdjson::dom::element a = old_parser.parse(simdjson::padded_string(before)),
                         b = new_parser.parse(simdjson::padded_string(now));
  std::vector<std::string> out;
  for (const char* layer : kLayers) {
    simdjson::dom::element x, y;
    bool old_has = a[layer].get(x) == simdjson::SUCCESS, has = b[layer].get(y) == simdjson::SUCCESS;
    if (old_has && has && simdjson::minify(x) == simdjson::minify(y)) continue;
    if (!old_has && !has) continue;
    size_t n = old_has ? items(x) : 0, m = has ? items(y) : 0;
    out.push_back(n == m ? std::string(layer) + " otherwise"
                         : fmt::format("{} {} → {}", layer, n, m));
  }
  return join(out, ", ");
}

struct RecodeOptions {
  std::string ledger;
  bool dry = false, all = false;
};

class Recoding {
 public:
  Recoding(App& app, const RecodeOptions& options)
      : app_(app),
        options_(options),
        reader_(app.resources()),
        ledger_(options.ledger, options.dry ? Ledger::read : Ledger::write) {
    ledger_.codes(codes_of(reader_.resources()));
  }

  void run() {
    if (options_.dry) {
      read_all();
    } else {
      ledger_.begin();
      try {
        read_all();
        relearnt_ = ledger_.relearn();
        if (changed_ || relearnt_) ledger_.rebuild();
        ledger_.commit();
      } catch (...) {
        ledger_.rollback();
        throw;
      }
    }
    tell();
  }

 private:
  void read_all() {
    Progress progress("articles");
    articles_ = ledger_.articles();
    ledger_.each_as_read(
        [&](int64_t number, const Record& old) {
          ++done_;
          progress.update(static_cast<size_t>(done_),
                          static_cast<double>(done_) / static_cast<double>(articles_));
          try {
            read(number, old);
          } catch (const StartError&) {
            throw;
          } catch (const std::exception& error) {
            app_.failed(fmt::format("article {} ({}): stays as it was: {}", number, old.article.id,
                                    error.what()));
          }
        },
        [&](int64_t number, const Error& error) {
          app_.failed(fmt::format("article {}: stays as it was: {}", number, error.what()));
        });
  }

  void read(int64_t number, const Record& old) {
    Record now = reader_.read(old.article);
    JsonOptions form{explained(old)};
    // A record that another engine reads the same is now made by that one, and is no news.
    const bool same_maker = old.made_by == now.made_by;
    Record then = old;
    then.made_by = now.made_by;
    std::string before = to_json(then, form), after = to_json(now, form);
    if (before == after) {
      if (!same_maker && !options_.dry) ledger_.replace(number, now);
      return;
    }
    ++changed_;
    if (options_.all || lines_.size() < kListed)
      lines_.push_back(
          fmt::format("  {} {}: {}", number, old.article.id, differences(before, after)));
    if (!options_.dry) ledger_.replace(number, now);
  }

  // Corrections that fit no more are left alone; whoever made them decides.
  int64_t misfits_now() {
    const std::vector<StandingCorrection> all = ledger_.corrections();
    return std::count_if(all.begin(), all.end(),
                         [](const StandingCorrection& c) { return c.state == "does not fit"; });
  }

  void tell() {
    Output out("-");
    out.write(fmt::format("{}: {} of {} articles read otherwise{}\n", ledger_.database().where(),
                          changed_, articles_, options_.dry ? " (nothing was changed)" : ""));
    for (const std::string& line : lines_) out.write(fmt::format("{}\n", line));
    if (static_cast<size_t>(changed_) > lines_.size())
      out.write(fmt::format("  and {} more; --all lists them\n",
                            static_cast<size_t>(changed_) - lines_.size()));
    if (int64_t misfits = misfits_now(); misfits)
      out.write(fmt::format(
          "{} corrections do not fit: `chancery amend list --state 'does not fit'` says why\n",
          misfits));
    if (relearnt_)
      out.write(fmt::format(
          "{} articles with actors known otherwise from what the ledger has learnt\n", relearnt_));
    out.close();
  }

  App& app_;
  const RecodeOptions& options_;
  Reader reader_;
  Ledger ledger_;
  int64_t articles_ = 0, done_ = 0, changed_ = 0, relearnt_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace

void add_recode(CLI::App& root, App& app) {
  auto o = std::make_shared<RecodeOptions>();
  CLI::App* verb = root.add_subcommand(
      "recode", "Read the kept articles anew with this engine, and show what changed");
  verb->footer(
      "What the ledger has learnt of actors is learnt anew too, with what was set by hand from the "
      "first article on.\nThe ledger is changed as a whole or not at all; a second run with the "
      "same engine changes nothing.\n\nExamples:\n  chancery recode --ledger my.ledger --dry-run\n"
      "  chancery recode --ledger my.ledger\n");
  ledger_option(*verb, o->ledger, "The ledger");
  verb->add_flag("--dry-run", o->dry, "Show what would change, change nothing");
  verb->add_flag("--all", o->all, "List every article that is read otherwise, not only the first");
  verb->callback([o, &app] {
    require_ledger(o->ledger);
    Recoding(app, *o).run();
  });
}

}  // namespace chancery::cli
