// The verb work: reads what `watch --queue` left in a ledger to be read, beside as many others as
// there are.
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "base/error.h"
#include "cli/app.h"
#include "ledger/ledger.h"
#include "pipeline/job_queue.h"
#include "pipeline/ledger_sink.h"
#include "pipeline/run.h"
#include "pipeline/stop.h"

namespace chancery::cli {
namespace {

struct WorkOptions {
  std::string ledger;
  int lease = 300, most = 16;
  bool once = false, again = false;
};

// What the article is to blame for is an Error, and its job is given up. Anything else ends this
// worker and leaves the job to others, when its time is over.
Record read_job(const Reader& reader, const Piece& piece) {
  try {
    return reader.read(pipeline::JobQueue::article_of(piece));
  } catch (const Error&) {
    throw;
  } catch (...) {
    throw StartError(current_problem());
  }
}

void work_on(const WorkOptions& o, App& app) {
  pipeline::Failures failures("", messages(app, nullptr));
  const Reader reader(app.resources());
  Ledger ledger(o.ledger, Ledger::write);
  ledger.addresses(AddressRules(app.data_folder() + "/addresses.tsv"));
  ledger.codes(codes_of(reader.resources()));
  pipeline::JobQueue queue(ledger.database(), o.most, o.lease);
  pipeline::LedgerSink sink(ledger, queue, failures);
  if (o.again) say(fmt::format("{} jobs are tried again", Jobs(ledger.database()).try_again()));
  const auto read = [&](const Piece& piece) { return read_job(reader, piece); };
  while (!pipeline::asked_to_stop()) {
    if (queue.take()) pipeline::run(queue, 1, read, sink, failures);
    else if (o.once) break;
    else std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  Output out("-");
  out.write(fmt::format("{}: {} read, {} of them new; {} given up; {} articles in all\n",
                        ledger.database().where(), sink.fresh + sink.copies + sink.known,
                        sink.fresh + sink.copies, failures.count(), ledger.articles()));
  out.close();
}

}  // namespace

void add_work(CLI::App& root, App& app) {
  auto o = std::make_shared<WorkOptions>();
  CLI::App* verb = root.add_subcommand("work", "Read articles that wait in a ledger to be read");
  verb->footer(
      "`watch --queue` fetches pages and leaves them in the ledger; any number of workers, on any "
      "number of machines, read them. What a worker that died had is taken again when its time is "
      "over; what five workers died of is given up, and `doctor` names it.\n\nExamples:\n  "
      "chancery "
      "work --ledger postgres://chancery@db/news\n  chancery work --once --ledger my.ledger\n");
  ledger_option(*verb, o->ledger, "The ledger");
  verb->add_option("--lease", o->lease, "Seconds for which a job is this worker's")
      ->capture_default_str()
      ->check(CLI::Range(10, 86400));
  verb->add_option("--most", o->most, "Jobs that are taken together")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  verb->add_flag("--once", o->once, "End when nothing waits");
  verb->add_flag("--again", o->again, "Try again what was given up");
  verb->callback([o, &app] {
    pipeline::mind({SIGINT, SIGTERM});
    require_ledger(o->ledger);
    work_on(*o, app);
  });
}

}  // namespace chancery::cli
