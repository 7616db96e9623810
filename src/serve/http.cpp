#include "serve/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

std::string header(MHD_Connection* c, const char* name) {
  const char* value = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
  return value ? value : "";
}

// "localhost:8642" → "localhost"; "[::1]:8642" → "[::1]".
std::string without_port(const std::string& host) {
  size_t bracket = host.find(']'), colon = host.rfind(':');
  if (bracket != std::string::npos) return host.substr(0, bracket + 1);
  return colon == std::string::npos ? host : host.substr(0, colon);
}

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

  // One open connection, for cutting those that take too long over a request.
  struct Open {
    int fd = -1;
    Clock::time_point since;
    bool stream = false;
  };
  std::mutex open_mutex;
  std::map<MHD_Connection*, Open> open;

  // A stream of events waiting for news.
  struct Stream {
    MHD_Connection* connection = nullptr;
    std::string waiting;
    bool suspended = false, done = false;
    Inside* in = nullptr;
  };
  mutable std::mutex stream_mutex;
  std::set<Stream*> streams;

  std::thread sweeper;
  std::mutex stop_mutex;
  std::condition_variable stop_signal;
  bool stopping = false;

  // What is known of a request between the calls that bring its body.
  struct Pending {
    Request request;
    bool too_large = false, foreign = false;
    Clock::time_point began = Clock::now();
  };

  // The library calls us from C: an exception would end the program there. What a callback cannot
  // do for want of memory costs its own request.
  template <class F>
  static MHD_Result guarded(F&& work) noexcept {
    try {
      return work();
    } catch (...) {
      return MHD_NO;
    }
  }

  static MHD_Result add_parameter(void* into, MHD_ValueKind, const char* key, const char* value) {
    return guarded([&] {
      auto* query = static_cast<std::multimap<std::string, std::string>*>(into);
      if (query->size() > 100) return MHD_NO;
      query->emplace(key, value ? value : "");
      return MHD_YES;
    });
  }

  bool host_allowed(const std::string& host) const {
    return hosts.count(lower(without_port(host))) > 0;
  }

  // Does a page of another site send this? Browsers say so.
  bool foreign(MHD_Connection* c) const {
    std::string site = header(c, "Sec-Fetch-Site");
    if (site == "cross-site" || site == "same-site") return true;
    std::string origin = header(c, "Origin");
    if (origin.empty()) return false;
    size_t scheme = origin.find("://");
    return scheme == std::string::npos ||
           lower(origin.substr(scheme + 3)) != lower(header(c, "Host"));
  }

  MHD_Result send(MHD_Connection* c, Response&& r, const Request* request) {
    ++counters.requests;
    counters.errors += r.status >= 500;
    counters.refused += r.status == 403 || r.status == 413 || r.status == 421;
    bool head = request && request->method == "HEAD";
    MHD_Response* out;
    if (r.events && !head) {
      auto* s = new Stream;
      s->connection = c;
      s->in = this;
      s->waiting = "retry: 3000\n\n";
      {
        std::lock_guard lock(stream_mutex);
        streams.insert(s);
      }
      {
        std::lock_guard lock(open_mutex);
        if (auto it = open.find(c); it != open.end()) it->second.stream = true;
      }
      out = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, &Inside::read_stream, s,
                                              &Inside::free_stream);
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
      p->request.method = method;
      p->request.path = url;
      if (p->request.path.find('\0') != std::string::npos || !valid_utf8(p->request.path))
        p->request.path = "\x01";
      MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, &Inside::add_parameter,
                                &p->request.query);
      p->request.content_type = header(c, "Content-Type");
      p->request.if_none_match = header(c, "If-None-Match");
      p->request.authorization = header(c, "Authorization");
      p->request.accept = header(c, "Accept");
      p->request.last_event_id = header(c, "Last-Event-ID");
      if (!host_allowed(header(c, "Host")))
        return send(
            c,
            plain(421,
                  "this server does not answer to that host name; start it with --host-name NAME"),
            &p->request);
      std::string length = header(c, "Content-Length");
      if (!length.empty() && (length.find_first_not_of("0123456789") != std::string::npos ||
                              length.size() > 12 || std::stoull(length) > limits.body))
        return send(c, plain(413, "the body is larger than this server takes"), &p->request);
      if (p->request.method == "POST" && foreign(c))
        return send(c, plain(403, "requests from other sites are refused"), &p->request);
      return MHD_YES;
    }
    auto* p = static_cast<Pending*>(*state);
    if (*size) {
      if (p->request.body.size() + *size > limits.body) p->too_large = true;
      else p->request.body.append(data, *size);
      *size = 0;
      return MHD_YES;
    }
    if (p->too_large)
      return send(c, plain(413, "the body is larger than this server takes"), &p->request);
    Response r;
    try {
      r = handler(p->request);
    } catch (const std::bad_alloc&) {
      r = plain(503, "there is no memory for this just now");
    } catch (...) {
      r = plain(500, "this request failed");
    }
    double ms = std::chrono::duration<double, std::milli>(Clock::now() - p->began).count();
    ++(ms < 10     ? counters.under_10ms
       : ms < 100  ? counters.under_100ms
       : ms < 1000 ? counters.under_1s
                   : counters.slower);
    return send(c, std::move(r), &p->request);
  }

  static void completed(void* self, MHD_Connection* c, void** state, MHD_RequestTerminationCode) {
    auto* in = static_cast<Inside*>(self);
    delete static_cast<Pending*>(*state);
    *state = nullptr;
    std::lock_guard lock(in->open_mutex);
    if (auto it = in->open.find(c); it != in->open.end())
      it->second = {it->second.fd, Clock::now(), false};
  }

  static void connected(void* self, MHD_Connection* c, void**,
                        MHD_ConnectionNotificationCode what) {
    auto* in = static_cast<Inside*>(self);
    std::lock_guard lock(in->open_mutex);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
      const MHD_ConnectionInfo* info =
          MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
      ++in->counters.connections;
      guarded([&] {
        in->open[c] = {info ? info->connect_fd : -1, Clock::now(), false};
        return MHD_YES;
      });
    } else {
      in->open.erase(c);
      --in->counters.connections;
    }
  }

  static ssize_t read_stream(void* state, uint64_t, char* buffer, size_t size) {
    auto* s = static_cast<Stream*>(state);
    std::lock_guard lock(s->in->stream_mutex);
    if (s->waiting.empty()) {
      if (s->done) return MHD_CONTENT_READER_END_OF_STREAM;
      s->suspended = true;
      MHD_suspend_connection(s->connection);
      return 0;
    }
    size_t n = std::min(size, s->waiting.size());
    std::memcpy(buffer, s->waiting.data(), n);
    s->waiting.erase(0, n);
    return static_cast<ssize_t>(n);
  }

  static void free_stream(void* state) {
    auto* s = static_cast<Stream*>(state);
    {
      std::lock_guard lock(s->in->stream_mutex);
      s->in->streams.erase(s);
    }
    delete s;
  }

  void sweep() {
    std::unique_lock lock(stop_mutex);
    while (!stop_signal.wait_for(lock, std::chrono::seconds(1), [&] { return stopping; })) {
      std::lock_guard guard(open_mutex);
      for (auto& [c, o] : open)
        if (!o.stream && o.fd >= 0 &&
            Clock::now() - o.since > std::chrono::seconds(limits.request_seconds)) {
          // The library sees the closed socket and lets the connection go.
          shutdown(o.fd, SHUT_RDWR);
          o.since = Clock::now();
          ++counters.cut;
        }
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
  in_->daemon = MHD_start_daemon(
      flags, static_cast<uint16_t>(port), nullptr, nullptr, &Inside::access, in_.get(),
      MHD_OPTION_SOCK_ADDR, where, MHD_OPTION_THREAD_POOL_SIZE, static_cast<unsigned>(l.threads),
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
  in_->sweeper = std::thread([this] { in_->sweep(); });
}

int HttpServer::port() const {
  const MHD_DaemonInfo* info = MHD_get_daemon_info(in_->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

void HttpServer::publish(const std::string& event, const std::string& data) {
  std::string text = "event: " + event + "\ndata: " + replace_all(data, "\n", " ") + "\n\n";
  std::lock_guard lock(in_->stream_mutex);
  for (Inside::Stream* s : in_->streams) {
    // Who does not read is not waited for.
    if (s->waiting.size() < (1u << 16)) s->waiting += text;
    if (s->suspended) {
      s->suspended = false;
      MHD_resume_connection(s->connection);
    }
  }
}

size_t HttpServer::streams() const {
  std::lock_guard lock(in_->stream_mutex);
  return in_->streams.size();
}

void HttpServer::stop() {
  if (!in_->daemon) return;
  MHD_socket listening = MHD_quiesce_daemon(in_->daemon);
  {
    std::lock_guard lock(in_->stream_mutex);
    for (Inside::Stream* s : in_->streams) {
      s->done = true;
      if (s->suspended) {
        s->suspended = false;
        MHD_resume_connection(s->connection);
      }
    }
  }
  auto until = Clock::now() + std::chrono::seconds(5);
  for (;;) {
    bool busy = false;
    {
      std::lock_guard lock(in_->open_mutex);
      for (const auto& [c, o] : in_->open) busy |= o.stream;
    }
    if (!busy || Clock::now() > until) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  MHD_stop_daemon(in_->daemon);
  in_->daemon = nullptr;
  if (listening != MHD_INVALID_SOCKET) close(listening);
  {
    std::lock_guard lock(in_->stop_mutex);
    in_->stopping = true;
  }
  in_->stop_signal.notify_all();
  if (in_->sweeper.joinable()) in_->sweeper.join();
}

const HttpServer::Counters& HttpServer::counters() const { return in_->counters; }

}  // namespace chancery
