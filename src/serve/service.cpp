#include "serve/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>

#include "base/error.h"
#include "export/export.h"
#include "export/json_writer.h"
#include "reading/windows.h"
#include "serve/alerting.h"
#include "serve/api.h"
#include "serve/api_answers.h"
#include "serve/correcting.h"
#include "serve/html.h"
#include "serve/pages.h"
#include "serve/parts.h"

namespace chancery {
namespace {

constexpr size_t kIdle = 16;  // open ledgers that wait for the next request

// 304 for an asker who has this answer already.
Response unless_known(Response r, const Request& q) {
  for (const auto& [name, value] : r.headers)
    if (name == "ETag" && value == q.if_none_match) {
      r.status = 304;
      r.body.clear();
      break;
    }
  return r;
}

bool wants_page(const Request& q) {
  return q.accept.find("text/html") != std::string::npos && !q.path.starts_with("/api/");
}

}  // namespace

Service::Lease::Lease(Service& s) : s_(s), exceptions_(std::uncaught_exceptions()) {
  {
    std::lock_guard lock(s.mutex_);
    if (!s.idle_.empty()) {
      ledger_ = std::move(s.idle_.back());
      s.idle_.pop_back();
    }
  }
  if (!ledger_) ledger_ = std::make_unique<Ledger>(s.options_.ledger, Ledger::read);
  ledger_->time_limit(s.options_.time_limit);
}

Service::Lease::~Lease() {
  // A ledger that gave an error may be one whose server went away: the next request opens its own.
  if (!ledger_ || std::uncaught_exceptions() > exceptions_) return;
  try {
    std::lock_guard lock(s_.mutex_);
    if (s_.idle_.size() < kIdle) s_.idle_.push_back(std::move(ledger_));
  } catch (const std::exception&) {
    // No memory to remember it by: it is closed.
  }
}

Service::Service(ServiceOptions options, std::shared_ptr<const Resources> resources,
                 const std::string& data)
    : options_(std::move(options)),
      resources_(std::move(resources)),
      codes_(codes_of(*resources_)),
      reader_(resources_),
      words_(data, resources_->known),
      limits_(data + "/sure.tsv"),
      exports_(std::make_unique<const ExportTables>(
          data, options_.ontology.empty() ? data + "/ontology" : options_.ontology)),
      writers_(options_.token, options_.users) {
  Lease check(
      *this);  // a ledger that cannot be read is told of at the start, not at the first page
}

Service::~Service() = default;

void Service::rest() {
  std::vector<std::unique_ptr<Ledger>> waiting;  // closed behind the lock
  std::lock_guard lock(mutex_);
  waiting.swap(idle_);
}

void Service::attach(const HttpServer* server,
                     std::function<void(const std::string&, const std::string&)> publish) {
  server_ = server;
  publish_ = std::move(publish);
}

int64_t Service::newest() {
  Lease l(*this);
  Query q(l->database(), "SELECT max(number) FROM article");
  return q.step() && !q.null(0) ? q.integer(0) : 0;
}

std::string Service::news_after(int64_t number, int64_t& newest) {
  Lease l(*this);
  Query q(l->database(),
          "SELECT number, id, day, title FROM article WHERE number > ? ORDER BY number LIMIT 50");
  q.bind(number);
  JsonWriter w;
  w.array();
  bool any = false;
  while (q.step()) {
    any = true;
    newest = q.integer(0);
    w.object()
        .number("number", static_cast<size_t>(newest))
        .text("id", q.text(1))
        .text("date", q.text(2))
        .text("title", q.text(3))
        .end_object();
  }
  w.end_array();
  return any ? w.take() : "";
}

std::string Service::state() {
  if (!watcher_) watcher_ = std::make_unique<Ledger>(options_.ledger, Ledger::read);
  // SQLite counts the commits of others; a server is asked for its newest article, and nothing is
  // kept for longer than two seconds.
  if (watcher_->database().dialect() == Database::sqlite) {
    Query q(watcher_->database(), "PRAGMA data_version");
    q.step();
    return q.text(0);
  }
  Query q(watcher_->database(), "SELECT max(number) FROM article");
  q.step();
  return q.text(0) + "/" +
         std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                            std::chrono::steady_clock::now().time_since_epoch())
                            .count() /
                        2);
}

Response Service::answer(const Request& q) {
  bool cacheable = q.method == "GET" && !q.path.starts_with("/assets/") && q.path != "/metrics" &&
                   q.path != "/healthz" && q.path != "/api/v1/stream" &&
                   !writers_.signed_in(q);  // who may write sees more
  if (!cacheable) return fresh(q);
  std::string key = q.path;
  for (const auto& [name, value] : q.query) key += "\x1f" + name + "\x1e" + value;
  key += wants_page(q) ? "\n page" : "\n data";
  std::string now;
  std::map<std::string, Response> outdated;  // given up behind the lock
  try {
    std::lock_guard lock(cache_mutex_);
    now = state();
    if (now != cache_state_) {
      outdated.swap(cache_);
      cache_bytes_ = 0;
      cache_state_ = now;
    }
    if (auto found = cache_.find(key); found != cache_.end()) {
      Response r = found->second;
      return unless_known(std::move(r), q);
    }
  } catch (const Error&) {
    // What tells of changes is broken itself: made anew the next time.
    std::lock_guard lock(cache_mutex_);
    watcher_.reset();
    return fresh(q);
  }
  Request whole = q;
  whole.if_none_match.clear();
  Response r = fresh(whole);
  if (r.status == 200 && !r.events) keep(key, r, now);
  return unless_known(std::move(r), q);
}

void Service::keep(const std::string& key, const Response& r, const std::string& state) {
  constexpr size_t kLargest = 2u << 20;
  // What an answer takes besides its body: its key, its headers and its place in the map.
  constexpr size_t kAround = 1024;
  const size_t bytes = key.size() + kAround + r.body.size();
  if (bytes > std::min(kLargest, options_.cache)) return;
  std::lock_guard lock(cache_mutex_);
  if (state != cache_state_) return;  // the ledger has changed meanwhile
  if (cache_bytes_ + bytes > options_.cache) {
    cache_.clear();
    cache_bytes_ = 0;
  }
  auto [place, added] = cache_.try_emplace(key);
  cache_bytes_ += bytes;
  if (!added) cache_bytes_ -= key.size() + kAround + place->second.body.size();
  place->second = r;
}

Record Service::read(Article article) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options_.read_limit);
  return read_in_windows(reader_, std::move(article), [&] {
    if (stopping_) throw LateError("the server is being stopped");
    if (std::chrono::steady_clock::now() > until)
      throw LateError("reading this text takes longer than " + std::to_string(options_.read_limit) +
                      " seconds, all that this server gives it; `chancery read` takes its time");
  });
}

Response Service::fresh(const Request& q) {
  bool api = q.path.starts_with("/api/v1/");
  try {
    if (q.method != "GET" && q.method != "HEAD" && q.method != "POST") {
      Response r = problem(405, "only GET, HEAD and POST");
      r.headers.push_back({"Allow", "GET, HEAD, POST"});
      return r;
    }
    // Not even begun, however many wait.
    if (q.method == "POST" && stopping_) throw LateError("the server is being stopped");
    if (auto corrections = Correcting(*this, q).answer())
      return q.method == "POST" ? *corrections : with_etag(std::move(*corrections), q);
    if (auto alerts = Alerting(*this, q).answer())
      return q.method == "POST" ? *alerts : with_etag(std::move(*alerts), q);
    if (q.method == "POST" && !api && q.path != "/read")
      return problem(405, "this address takes no POST");
    if (q.path == "/healthz") {
      Lease l(*this);
      l->has_url("");
      return {200, "text/plain; charset=utf-8", "ok\n", {}, false};
    }
    if (q.path == "/metrics") {
      Lease l(*this);
      std::string out =
          "# TYPE chancery_articles gauge\nchancery_articles " + std::to_string(newest()) + "\n";
      {
        std::lock_guard lock(cache_mutex_);
        out += "# TYPE chancery_cache_bytes gauge\nchancery_cache_bytes " +
               std::to_string(cache_bytes_) + "\n";
      }
      if (server_) {
        const HttpServer::Counters& c = server_->counters();
        out += fmt::format(
            "# TYPE chancery_http_requests_total counter\nchancery_http_requests_total {}\n# TYPE "
            "chancery_http_errors_total counter\nchancery_http_errors_total {}\n# TYPE "
            "chancery_http_refused_total counter\nchancery_http_refused_total {}\n# TYPE "
            "chancery_http_cut_total counter\nchancery_http_cut_total {}\n"
            "# TYPE chancery_http_response_bytes_total counter\nchancery_http_response_bytes_total "
            "{}\n# TYPE chancery_http_connections gauge\nchancery_http_connections {}\n# TYPE "
            "chancery_http_streams gauge\nchancery_http_streams {}\n",
            c.requests.load(), c.errors.load(), c.refused.load(), c.cut.load(), c.bytes.load(),
            c.connections.load(), server_->streams());
        uint64_t a = c.under_10ms, b = a + c.under_100ms, d = b + c.under_1s, e = d + c.slower;
        out += fmt::format(
            "# TYPE chancery_http_duration_seconds "
            "histogram\nchancery_http_duration_seconds_bucket{{le=\"0.01\"}} "
            "{}\nchancery_http_duration_seconds_bucket{{le=\"0.1\"}} "
            "{}\nchancery_http_duration_seconds_bucket{{le=\"1\"}} "
            "{}\nchancery_http_duration_seconds_bucket{{le=\"+Inf\"}} "
            "{}\nchancery_http_duration_seconds_count {}\n",
            a, b, d, e, e);
      }
      return {200, "text/plain; version=0.0.4; charset=utf-8", out, {}, false};
    }
    if (api) return with_etag(Api(*this, q).answer(), q);
    Response r = Pages(*this, q).answer();
    return q.path.starts_with("/assets/") ? r : with_etag(std::move(r), q);
  } catch (const UsageError& e) {
    return refusal(q, 400, "Not that way", "a parameter or its value is not known", e.what());
  } catch (const LateError& e) {
    return refusal(q, 503, "Not that way", "the question takes too long", e.what());
  } catch (const DamageError& e) {
    return refusal(q, 500, "Out of order", "this record cannot be read", e.what());
  } catch (const StartError&) {
    return refusal(q, 503, "Out of order", "the ledger cannot be read just now", "");
  } catch (const Error& e) {
    return refusal(q, 400, "Not that way", "this cannot be read", e.what());
  } catch (const std::bad_alloc&) {
    return refusal(q, 503, "Out of order", "there is no memory for this just now", "");
  } catch (...) {
    // Ours to mend: told to whoever runs the server, not to whoever asks.
    std::fprintf(stderr, "chancery: %s of a request: %s\n", q.method.c_str(),
                 current_problem().c_str());
    return refusal(q, 500, "Out of order", "this request failed", "");
  }
}

Response Service::refusal(const Request& q, int status, const std::string& heading,
                          const std::string& title, const std::string& detail) {
  if (!wants_page(q)) return problem(status, title, detail);
  Html h;
  h.element("h1", heading).element("p", detail.empty() ? title : detail);
  return html_answer(page(heading, "", h.take()), status);
}

}  // namespace chancery
