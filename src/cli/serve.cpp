#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/error.h"
#include "base/memory.h"
#include "cli/app.h"
#include "pipeline/stop.h"
#include "serve/service.h"

namespace chancery::cli {
namespace {

// Whatever is still under way then is given up: nothing here is half-written, since what writes is
// one transaction.
void end_in_any_case() {
  std::thread([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(4500));
    std::_Exit(0);
  }).detach();
}

struct ServeOptions {
  std::string ledger, address = "127.0.0.1", cors;
  int port = 8642, threads = 4, readers = 2, time_limit = 5000, read_limit = 30;
  std::vector<std::string> hosts;
  std::string users;
  bool write = false;
};

// Throws where the options do not go together.
ServiceOptions service_options(const ServeOptions& o, const App& app) {
  ServiceOptions options{o.ledger, "", o.cors, o.time_limit, o.read_limit};
  options.ontology = app.ontology_folder();
  if (o.write) {
    const char* token = std::getenv("CHANCERY_TOKEN");
    const bool named = !o.users.empty() && (!token || !*token);
    if (!named && (!token || std::string_view(token).size() < 16))
      throw StartError(
          "--write needs a token of 16 characters or more in the variable CHANCERY_TOKEN, or "
          "--users");
    if (!named) options.token = token;
    options.users = o.users;
  } else if (!o.users.empty()) {
    throw UsageError("--users goes with --write");
  }
  return options;
}

constexpr int kRestTicks = 600;  // of a tenth of a second

// Tells the streams what comes into the ledger, until a signal ends it; gives back every minute what
// is not used.
void publish_news(Service& service, HttpServer& server) {
  int64_t newest = service.newest();
  for (int tick = 0; !pipeline::asked_to_stop(); ++tick) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (tick % kRestTicks == kRestTicks - 1) {
      service.rest();
      give_back_memory();
    }
    if (tick % 10 || server.streams() == 0) continue;
    try {
      std::string news = service.news_after(newest, newest);
      if (!news.empty()) server.publish("record", news);
    } catch (const std::exception&) {
      // A ledger that cannot be read just now, or no memory just now: tried again.
    }
  }
}

void serve(const ServeOptions& o, App& app) {
  keep_little_memory();
  Service service(service_options(o, app), app.resources(), app.data_folder());
  HttpLimits limits;
  limits.threads = o.threads;
  limits.workers = o.readers;
  limits.hosts = o.hosts;
  if (o.address != "127.0.0.1" && o.address != "::1") limits.per_address = 64;
  HttpServer server(limits, [&](const Request& q) { return service.answer(q); });
  service.attach(&server, [&](const std::string& event, const std::string& data) {
    server.publish(event, data);
  });
  std::signal(SIGPIPE, SIG_IGN);
  pipeline::mind({SIGINT, SIGTERM});
  server.start(o.address, o.port);
  Output out("-");
  out.write(fmt::format("http://{}:{}/\n",
                        o.address.find(':') == std::string::npos
                            ? (o.address == "127.0.0.1" ? "localhost" : o.address)
                            : "[" + o.address + "]",
                        server.port()));
  out.close();
  publish_news(service, server);
  say("stopping");
  end_in_any_case();
  service.stop();
  server.stop();
}

}  // namespace

void add_serve(CLI::App& root, App& app) {
  auto o = std::make_shared<ServeOptions>();
  CLI::App* verb = root.add_subcommand("serve", "A web page and an HTTP API on a ledger");
  verb->footer(
      "It reads only, unless started with --write and a token in the variable "
      "CHANCERY_TOKEN.\n\nExamples:\n  chancery serve --ledger my.ledger                  then "
      "open http://localhost:8642/\n  CHANCERY_TOKEN=… chancery serve --ledger my.ledger --write\n "
      " chancery serve --ledger postgres://reader@db/news --address 0.0.0.0 --host-name "
      "record.example\n");
  ledger_option(*verb, o->ledger, "The ledger");
  verb->add_option("--address", o->address,
                   "Where to listen; other machines reach it when it is not 127.0.0.1")
      ->capture_default_str();
  verb->add_option("--port", o->port, "Port; 0 takes any that is free")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  verb->add_option(
          "--host-name", o->hosts,
          "A name under which browsers reach it, besides localhost (may be given several times)")
      ->allow_extra_args(false);
  verb->add_option("--threads", o->threads, "Threads that answer questions")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
  verb->add_option("--readers", o->readers, "Threads that read texts sent to be read")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
  verb->add_option("--time-limit", o->time_limit, "Milliseconds one question may take")
      ->capture_default_str()
      ->check(CLI::Range(50, 600000));
  verb->add_option("--read-limit", o->read_limit, "Seconds the reading of one text may take")
      ->capture_default_str()
      ->check(CLI::Range(1, 3600));
  verb->add_option("--cors", o->cors, "An origin whose pages may read the API (default: none)");
  verb->add_flag("--write", o->write,
                 "Take records and corrections from whoever has the token in CHANCERY_TOKEN");
  verb->add_option(
      "--users", o->users,
      "And from those who stand in this file with a key of their own: lines of a name, "
      "a tab, the SHA-256 of the key");
  verb->callback([o, &app] { serve(*o, app); });
}

}  // namespace chancery::cli
