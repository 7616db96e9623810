#include <charconv>
#include <chrono>
#include <ctime>

#include "base/calendar.h"
#include "base/error.h"
#include "cli/app.h"
#include "ledger/catalogue.h"
#include "record/when.h"
#include "serve/brief_words.h"

namespace chancery::cli {
namespace {

// "24h", "7d" back from the last day, or a date as it is.
std::string since_day(const std::string& since, const std::string& until) {
  int n = 0;
  auto [end, error] = std::from_chars(since.data(), since.data() + since.size(), n);
  bool back = error == std::errc() && n >= 0 && n < 100000 &&
              end + 1 == since.data() + since.size() && (*end == 'h' || *end == 'd');
  if (!back) {
    try {
      return day_of("--since", since, false);
    } catch (const UsageError& e) {
      throw UsageError(std::string(e.what()) + ", nor 24h, 7d");
    }
  }
  return iso(add_days(When(until).to(), -(*end == 'h' ? (n + 23) / 24 : n)));
}

}  // namespace

void add_brief(CLI::App& root, App& app) {
  struct Options {
    std::string ledger, since = "24h", until, format = "text";
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand(
      "brief", "What is new: stories, acts, words, positions that moved, what lies ahead");
  verb->footer(
      "Examples:\n  chancery brief --ledger my.ledger --since 24h\n  chancery brief --ledger "
      "my.ledger --since 2031-05-01 --until 2031-05-14 --format html > brief.html\n");
  ledger_option(*verb, o->ledger, "The ledger");
  verb->add_option("--since", o->since, "24h, 7d, or a day")->capture_default_str();
  verb->add_option("--until", o->until, "Last day (default: today)");
  verb->add_option("--format", o->format, "text, md or html")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "md", "html"}));
  verb->callback([o, &app] {
    std::string until = o->until.empty() ? "" : day_of("--until", o->until, true);
    if (until.empty()) {
      std::time_t t = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
      std::tm tm{};
      gmtime_r(&t, &tm);
      until = iso({tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday});
    }
    Ledger ledger(o->ledger, Ledger::read);
    Tables tables(app);
    const present::Words words(app.data_folder(), tables.names);
    const SureLimits limits(app.data_folder() + "/sure.tsv");
    Brief brief = make_brief(ledger, since_day(o->since, until), until, brief_words(words, limits));
    Output out("-");
    out.write(o->format == "md"     ? brief_as_markdown(brief)
              : o->format == "html" ? brief_as_html(brief)
                                    : brief_as_text(brief, terminal_width(60, 100)));
    out.close();
  });
}

}  // namespace chancery::cli
