// The verb work: reads what `watch --queue` left in a ledger to be read, beside as many others as
// there are.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "base/error.h"
#include "cli/app.h"
#include "ledger/jobs.h"
#include "ledger/ledger.h"
#include "record/json.h"

namespace chancery::cli {
namespace {

volatile std::sig_atomic_t stopped = 0;

struct WorkOptions {
  std::string ledger;
  int lease = 300, most = 16;
  bool once = false, again = false;
};

// "machine:1234"
std::string own_name() {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  return fmt::format("{}:{}", host, getpid());
}

class Worker {
 public:
  Worker(App& app, const WorkOptions& options)
      : app_(app),
        options_(options),
        reader_(app.resources()),
        ledger_(options.ledger, Ledger::write),
        jobs_(ledger_.database()) {
    ledger_.addresses(AddressRules(app.data_folder() + "/addresses.tsv"));
    ledger_.codes(codes_of(reader_.resources()));
  }

  void run() {
    if (options_.again) say(fmt::format("{} jobs are tried again", jobs_.try_again()));
    while (!stopped) {
      const std::vector<Job> jobs = jobs_.take(name_, options_.most, options_.lease);
      if (!jobs.empty()) work(jobs);
      else if (options_.once) break;
      else std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    Output out("-");
    out.write(fmt::format("{}: {} read, {} of them new; {} given up; {} articles in all\n",
                          ledger_.database().where(), read_, fresh_, given_up_,
                          ledger_.articles()));
    out.close();
  }

 private:
  // Outside of any transaction, so that others write meanwhile; then all of it is kept at once.
  void work(const std::vector<Job>& jobs) {
    std::vector<std::pair<const Job*, Record>> done;
    for (const Job& job : jobs) {
      if (stopped) {
        jobs_.give_back(job);
        continue;
      }
      try {
        done.emplace_back(&job, reader_.read(record_from_json(job.payload, Origin::kept).article));
      } catch (const StartError&) {
        throw;
      } catch (const Error& error) {
        give_up(job, error);
      }
    }
    ledger_.begin();
    for (const auto& [job, record] : done) try {
        // Another has it where this program stood still for longer than it had it for.
        if (!jobs_.holds(*job)) continue;
        fresh_ += ledger_.add(record) != Ledger::Added::known;
        jobs_.finish(*job);
        ++read_;
      } catch (const StartError&) {
        throw;
      } catch (const Error& error) {
        give_up(*job, error);
      }
    ledger_.commit();
  }

  void give_up(const Job& job, const Error& error) {
    ++given_up_;
    jobs_.give_up(job, error.what());
    app_.failed(job.key + ": " + error.what());
  }

  App& app_;
  const WorkOptions& options_;
  Reader reader_;
  Ledger ledger_;
  Jobs jobs_;
  const std::string name_ = own_name();
  size_t read_ = 0, fresh_ = 0, given_up_ = 0;
};

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
    std::signal(SIGINT, [](int) { stopped = 1; });
    std::signal(SIGTERM, [](int) { stopped = 1; });
    require_ledger(o->ledger);
    Worker(app, *o).run();
  });
}

}  // namespace chancery::cli
