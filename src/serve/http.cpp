#include "serve/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "base/error.h"
#include "base/memory.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "serve/http_head.h"
#include "serve/http_open.h"
#include "serve/packed.h"
#include "serve/pool.h"

namespace chancery {
namespace {

using namespace http;
using Clock = std::chrono::steady_clock;

// They only take in requests and send answers, and wait for nothing else.
constexpr unsigned kConnectionThreads = 2;

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// A resource that is taken by number and bytes, and given back.
class Bounded {
 public:
  Bounded(size_t most, size_t most_bytes) : most_(most), most_bytes_(most_bytes) {}
  bool take(size_t bytes) {
    std::lock_guard lock(mutex_);
    if (count_ >= most_ || (count_ > 0 && bytes_ + bytes > most_bytes_)) return false;
    ++count_;
    bytes_ += bytes;
    return true;
  }
  void give_back(size_t bytes) {
    std::lock_guard lock(mutex_);
    --count_;
    bytes_ -= bytes;
  }
  size_t count() const {
    std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  mutable std::mutex mutex_;
  const size_t most_, most_bytes_;
  size_t count_ = 0, bytes_ = 0;
};

}  // namespace

std::string Request::get(const std::string& name) const {
  auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

struct HttpServer::Inside {
  HttpLimits limits;
  Handler handler;
  MHD_Daemon* daemon = nullptr;
  Counters counters;
  std::set<std::string> hosts;

  OpenConnections open{limits.request_seconds, limits.streams, counters.cut};

  // What is known of a request between the calls that bring its body, and until it is answered.
  struct Pending {
    Request request;
    bool too_large = false, failed = false;
    std::optional<size_t> taken;  // bytes of `posts` that it holds
    std::string accept_encoding;
    std::optional<Response> answer;
    Clock::time_point began = Clock::now();
  };
  std::optional<Bounded> posts;
  std::unique_ptr<WorkPool> readers, askers;  // for posts, for all else

  bool host_allowed(const std::string& host) const {
    return hosts.count(lower(without_port(host))) > 0;
  }

  MHD_Result send(MHD_Connection* c, Response&& r, const Request* request) {
    ++counters.requests;
    counters.errors += r.status >= 500;
    counters.refused += r.status == 403 || r.status == 413 || r.status == 421 || r.status == 429;
    bool head = request && request->method == "HEAD";
    MHD_Response* out;
    if (r.events && !head) {
      bool refused = false;
      out = open.stream(c, refused);
      if (refused)
        return send(c, come_again("as many streams are open as this server keeps"), request);
      r.type = "text/event-stream";
    } else {
      counters.bytes += r.body.size();
      out = MHD_create_response_from_buffer(r.body.size(), r.body.data(), MHD_RESPMEM_MUST_COPY);
    }
    if (!out) return MHD_NO;
    MHD_add_response_header(out, "Content-Type", r.type.c_str());
    MHD_add_response_header(out, "Content-Security-Policy", kPolicy);
    MHD_add_response_header(out, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(out, "Referrer-Policy", "same-origin");
    MHD_add_response_header(out, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(out, "Cross-Origin-Resource-Policy", "same-origin");
    bool cache = false;
    for (const auto& [name, value] : r.headers) {
      cache |= name == "Cache-Control";
      // A line end in a header would be another header.
      if (value.find_first_of("\r\n") == std::string::npos)
        MHD_add_response_header(out, name.c_str(), value.c_str());
    }
    if (!cache) MHD_add_response_header(out, "Cache-Control", "no-cache");
    MHD_Result result = MHD_queue_response(c, static_cast<unsigned>(r.status), out);
    MHD_destroy_response(out);
    return result;
  }

  static Response plain(int status, const std::string& why) {
    Response r;
    r.status = status;
    r.type = "application/problem+json";
    r.body = "{\"status\":" + std::to_string(status) + ",\"title\":\"" + why + "\"}\n";
    return r;
  }

  static Response come_again(const std::string& why) {
    Response r = plain(429, why);
    r.headers.push_back({"Retry-After", "5"});
    return r;
  }

  static MHD_Result access(void* self, MHD_Connection* c, const char* url, const char* method,
                           const char*, const char* data, size_t* size, void** state) {
    return guarded(
        [&] { return static_cast<Inside*>(self)->take(c, url, method, data, size, state); });
  }

  MHD_Result take(MHD_Connection* c, const char* url, const char* method, const char* data,
                  size_t* size, void** state) {
    if (!*state) {
      auto* p = new Pending;
      *state = p;
      return begin(c, *p, url, method);
    }
    auto* p = static_cast<Pending*>(*state);
    if (p->failed) return MHD_NO;
    if (p->answer) {
      open.answered(c);
      return send(c, std::move(*p->answer), &p->request);
    }
    if (*size) {
      if (p->request.body.size() + *size > limits.body) p->too_large = true;
      // Nobody looks at the body of anything else, and nothing bounds how many there are.
      else if (p->taken) p->request.body.append(data, *size);
      *size = 0;
      return MHD_YES;
    }
    if (p->too_large)
      return send(c, plain(413, "the body is larger than this server takes"), &p->request);
    return work_on(c, *p, p->taken ? *readers : *askers);
  }

  // What the head of a request says: refused at once, or gone on with.
  MHD_Result begin(MHD_Connection* c, Pending& p, const char* url, const char* method) {
    Request& q = p.request;
    q.method = method;
    q.path = url;
    if (q.path.find('\0') != std::string::npos || !valid_utf8(q.path)) q.path = "\x01";
    const bool all = read_parameters(c, limits.parameters, q.query);
    q.content_type = header(c, "Content-Type");
    q.if_none_match = header(c, "If-None-Match");
    if (q.if_none_match.starts_with("W/")) q.if_none_match.erase(0, 2);
    q.authorization = header(c, "Authorization");
    q.accept = header(c, "Accept");
    q.last_event_id = header(c, "Last-Event-ID");
    q.cookie = header(c, "Cookie");
    p.accept_encoding = header(c, "Accept-Encoding");
    if (ambiguous(c))
      return send(c, plain(400, "this request can be read in two ways: a header twice"), &q);
    if (!host_allowed(header(c, "Host")))
      return send(
          c,
          plain(421,
                "this server does not answer to that host name; start it with --host-name NAME"),
          &q);
    std::string length = header(c, "Content-Length");
    if (!length.empty() && (length.find_first_not_of("0123456789") != std::string::npos ||
                            length.size() > 12 || std::stoull(length) > limits.body))
      return send(c, plain(413, "the body is larger than this server takes"), &q);
    if (!all)
      return send(c, plain(400, "more than " + std::to_string(limits.parameters) + " parameters"),
                  &q);
    if (q.method != "POST") return MHD_YES;
    if (foreign(c)) return send(c, plain(403, "requests from other sites are refused"), &q);
    // A body without a length may become the longest.
    size_t bytes = length.empty() ? limits.body : std::stoull(length);
    if (!posts->take(bytes))
      return send(c, come_again("as many texts are being read as this server takes"), &q);
    p.taken = bytes;
    return MHD_YES;
  }

  Response answer(const Pending& p) {
    Response r;
    try {
      r = handler(p.request);
      if (!r.events) pack(r, p.accept_encoding);
    } catch (const std::bad_alloc&) {
      r = plain(503, "there is no memory for this just now");
    } catch (...) {
      r = plain(500, "this request failed");
    }
    double ms = std::chrono::duration<double, std::milli>(Clock::now() - p.began).count();
    ++(ms < 10     ? counters.under_10ms
       : ms < 100  ? counters.under_100ms
       : ms < 1000 ? counters.under_1s
                   : counters.slower);
    return r;
  }

  // The connection sleeps while a thread of the pool makes the answer; woken, it comes back to
  // `take`, which sends it. No answer is made on a thread that holds connections: while it made
  // one, it would not see what others have sent, and take them for idle.
  MHD_Result work_on(MHD_Connection* c, Pending& p, WorkPool& pool) {
    open.working(c);
    MHD_suspend_connection(c);
    bool queued = false;
    try {
      queued = pool.push([this, c, &p, much = p.taken.has_value()] {
        try {
          p.answer = answer(p);
        } catch (...) {
          p.failed = true;  // no memory even for saying so
        }
        MHD_resume_connection(c);
        // Reading a long text takes far more than anything else here, in threads of its own.
        if (much) give_back_memory();
      });
      if (!queued) p.answer = plain(503, "this server is being stopped");
    } catch (...) {
      p.failed = true;
    }
    if (!queued) MHD_resume_connection(c);
    return MHD_YES;
  }

  static void completed(void* self, MHD_Connection* c, void** state, MHD_RequestTerminationCode) {
    auto* in = static_cast<Inside*>(self);
    auto* p = static_cast<Pending*>(*state);
    if (p && p->taken) in->posts->give_back(*p->taken);
    delete p;
    *state = nullptr;
    in->open.answered(c);
  }

  static void connected(void* self, MHD_Connection* c, void**,
                        MHD_ConnectionNotificationCode what) {
    auto* in = static_cast<Inside*>(self);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
      const MHD_ConnectionInfo* info =
          MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
      ++in->counters.connections;
      guarded([&] {
        in->open.opened(c, info ? info->connect_fd : -1);
        return MHD_YES;
      });
    } else {
      in->open.closed(c);
      --in->counters.connections;
    }
  }
};

HttpServer::HttpServer(HttpLimits limits, Handler handler) : in_(std::make_unique<Inside>()) {
  in_->limits = std::move(limits);
  in_->handler = std::move(handler);
  in_->hosts = {"localhost", "127.0.0.1", "[::1]"};
  for (const std::string& h : in_->limits.hosts) in_->hosts.insert(lower(h));
}

HttpServer::~HttpServer() { stop(); }

void HttpServer::start(const std::string& address, int port) {
  // A thousand connections need as many descriptors.
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 4096) {
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
    setrlimit(RLIMIT_NOFILE, &files);
  }
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  sockaddr* where;
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
  if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(static_cast<uint16_t>(port));
    where = reinterpret_cast<sockaddr*>(&v4);
  } else if (inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(static_cast<uint16_t>(port));
    where = reinterpret_cast<sockaddr*>(&v6);
    flags |= MHD_USE_IPv6;
  } else {
    throw StartError("'" + address + "' is no address (127.0.0.1, ::1, 0.0.0.0)");
  }
  const HttpLimits& l = in_->limits;
  in_->posts.emplace(l.posts, l.posted);
  in_->readers = std::make_unique<WorkPool>(l.workers);
  in_->askers = std::make_unique<WorkPool>(l.threads);
  in_->daemon = MHD_start_daemon(
      flags, static_cast<uint16_t>(port), nullptr, nullptr, &Inside::access, in_.get(),
      MHD_OPTION_SOCK_ADDR, where, MHD_OPTION_THREAD_POOL_SIZE, kConnectionThreads,
      MHD_OPTION_CONNECTION_LIMIT, static_cast<unsigned>(l.connections),
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, static_cast<unsigned>(l.per_address),
      MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(l.idle_seconds),
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<size_t>(32768),
      MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_NOTIFY_COMPLETED, &Inside::completed, in_.get(), MHD_OPTION_NOTIFY_CONNECTION,
      &Inside::connected, in_.get(), MHD_OPTION_END);
  if (!in_->daemon)
    throw StartError(address + ":" + std::to_string(port) +
                     ": cannot listen there: " + std::strerror(errno) + " (another port: --port)");
  in_->open.start_sweeping();
}

int HttpServer::port() const {
  const MHD_DaemonInfo* info = MHD_get_daemon_info(in_->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

void HttpServer::publish(const std::string& event, const std::string& data) {
  in_->open.publish("event: " + event + "\ndata: " + replace_all(data, "\n", " ") + "\n\n");
}

size_t HttpServer::posts() const { return in_->posts->count(); }

size_t HttpServer::streams() const { return in_->open.streams(); }

void HttpServer::stop() {
  if (!in_->daemon) return;
  MHD_socket listening = MHD_quiesce_daemon(in_->daemon);
  in_->open.close_streams();
  // The library cannot be stopped while connections sleep.
  in_->readers->stop();
  in_->askers->stop();
  auto until = Clock::now() + std::chrono::seconds(5);
  while (in_->open.busy() && Clock::now() <= until)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  MHD_stop_daemon(in_->daemon);
  in_->daemon = nullptr;
  if (listening != MHD_INVALID_SOCKET) close(listening);
  in_->open.stop_sweeping();
}

const HttpServer::Counters& HttpServer::counters() const { return in_->counters; }

}  // namespace chancery
