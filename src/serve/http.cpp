#include "serve/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "serve/packed.h"
#include "serve/pool.h"

namespace chancery {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPing = 15;  // seconds between comments on a stream without news

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

std::string header(MHD_Connection* c, const char* name) {
  const char* value = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
  return value ? value : "";
}

// "localhost:8642" → "localhost"; "[::1]:8642" → "[::1]". What stands behind the name and is no
// port stays with it, so that it is no name we know.
std::string without_port(const std::string& host) {
  size_t colon = host.rfind(':'), bracket = host.rfind(']');
  if (colon == std::string::npos || (bracket != std::string::npos && bracket > colon)) return host;
  bool port = host.find_first_not_of("0123456789", colon + 1) == std::string::npos;
  return port ? host.substr(0, colon) : host;
}

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

// Has the other side closed its half, or the connection altogether?
enum class Peer { there, closed_its_half, gone };
Peer peer_of(int fd) {
  pollfd p{fd, POLLRDHUP, 0};
  if (poll(&p, 1, 0) <= 0) return Peer::there;
  if (p.revents & (POLLHUP | POLLERR | POLLNVAL)) return Peer::gone;
  return p.revents & POLLRDHUP ? Peer::closed_its_half : Peer::there;
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
    bool stream = false, working = false;  // it is we who take long
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
  bool closing = false;  // no new streams

  std::thread sweeper;
  std::mutex stop_mutex;
  std::condition_variable stop_signal;
  bool stopping = false;

  // What is known of a request between the calls that bring its body, and until it is answered.
  struct Pending {
    Request request;
    bool too_large = false, failed = false;
    std::optional<size_t> taken;  // bytes of `posts` that it holds
    std::optional<Response> answer;
    Clock::time_point began = Clock::now();
  };
  std::optional<Bounded> posts;
  std::unique_ptr<WorkPool> pool;

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

  struct Parameters {
    std::multimap<std::string, std::string>& all;
    size_t most;
    bool more = false;
  };

  static MHD_Result add_parameter(void* into, MHD_ValueKind, const char* key, const char* value) {
    return guarded([&] {
      auto* p = static_cast<Parameters*>(into);
      p->more |= p->all.size() >= p->most;
      if (p->more) return MHD_NO;
      p->all.emplace(key, value ? value : "");
      return MHD_YES;
    });
  }

  // Headers that say how a request ends or whom it is for: twice, or both of them, and two programs
  // on the way may read two different requests.
  static MHD_Result count_header(void* into, MHD_ValueKind, const char* key, const char*) {
    auto& seen = *static_cast<std::array<int, 3>*>(into);
    seen[0] += strcasecmp(key, "Content-Length") == 0;
    seen[1] += strcasecmp(key, "Transfer-Encoding") == 0;
    seen[2] += strcasecmp(key, "Host") == 0;
    return MHD_YES;
  }
  static bool ambiguous(MHD_Connection* c) {
    std::array<int, 3> seen{};
    MHD_get_connection_values(c, MHD_HEADER_KIND, &Inside::count_header, &seen);
    return seen[0] + seen[1] > 1 || seen[2] > 1;
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
    counters.refused += r.status == 403 || r.status == 413 || r.status == 421 || r.status == 429;
    bool head = request && request->method == "HEAD";
    MHD_Response* out;
    if (r.events && !head) {
      auto* s = new Stream;
      s->connection = c;
      s->in = this;
      s->waiting = "retry: 3000\n\n";
      bool full;
      {
        std::lock_guard lock(stream_mutex);
        full = closing || streams.size() >= limits.streams;
        if (!full) streams.insert(s);
      }
      if (full) {
        delete s;
        return send(c, come_again("as many streams are open as this server keeps"), request);
      }
      {
        std::lock_guard lock(open_mutex);
        if (auto it = open.find(c); it != open.end()) it->second.stream = true;
      }
      out = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, &Inside::read_stream, s,
                                              &Inside::free_stream);
      r.type = "text/event-stream";
    } else {
      pack(r, header(c, "Accept-Encoding"));
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
    if (p->answer) return send(c, std::move(*p->answer), &p->request);
    if (*size) {
      if (p->request.body.size() + *size > limits.body) p->too_large = true;
      else p->request.body.append(data, *size);
      *size = 0;
      return MHD_YES;
    }
    if (p->too_large)
      return send(c, plain(413, "the body is larger than this server takes"), &p->request);
    if (p->taken) return work_on(c, *p);
    return send(c, answer(*p), &p->request);
  }

  // What the head of a request says: refused at once, or gone on with.
  MHD_Result begin(MHD_Connection* c, Pending& p, const char* url, const char* method) {
    Request& q = p.request;
    q.method = method;
    q.path = url;
    if (q.path.find('\0') != std::string::npos || !valid_utf8(q.path)) q.path = "\x01";
    Parameters parameters{q.query, limits.parameters};
    MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, &Inside::add_parameter, &parameters);
    q.content_type = header(c, "Content-Type");
    q.if_none_match = header(c, "If-None-Match");
    if (q.if_none_match.starts_with("W/")) q.if_none_match.erase(0, 2);
    q.authorization = header(c, "Authorization");
    q.accept = header(c, "Accept");
    q.last_event_id = header(c, "Last-Event-ID");
    q.cookie = header(c, "Cookie");
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
    if (parameters.more)
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
  // `take`, which sends it.
  MHD_Result work_on(MHD_Connection* c, Pending& p) {
    mark_working(c);
    MHD_suspend_connection(c);
    bool queued = false;
    try {
      queued = pool->push([this, c, &p] {
        try {
          p.answer = answer(p);
        } catch (...) {
          p.failed = true;  // no memory even for saying so
        }
        MHD_resume_connection(c);
      });
      if (!queued) p.answer = plain(503, "this server is being stopped");
    } catch (...) {
      p.failed = true;
    }
    if (!queued) MHD_resume_connection(c);
    return MHD_YES;
  }

  void mark_working(MHD_Connection* c) {
    std::lock_guard lock(open_mutex);
    if (auto it = open.find(c); it != open.end()) it->second.working = true;
  }

  static void completed(void* self, MHD_Connection* c, void** state, MHD_RequestTerminationCode) {
    auto* in = static_cast<Inside*>(self);
    auto* p = static_cast<Pending*>(*state);
    if (p && p->taken) in->posts->give_back(*p->taken);
    delete p;
    *state = nullptr;
    std::lock_guard lock(in->open_mutex);
    if (auto it = in->open.find(c); it != in->open.end())
      it->second = {it->second.fd, Clock::now(), false, false};
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
        in->open[c] = {info ? info->connect_fd : -1, Clock::now(), false, false};
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
    for (int round = 1;
         !stop_signal.wait_for(lock, std::chrono::seconds(1), [&] { return stopping; }); ++round) {
      cut_slow();
      sweep_streams(round % kPing == 0);
    }
  }

  void cut_slow() {
    std::lock_guard guard(open_mutex);
    for (auto& [c, o] : open)
      if (!o.stream && !o.working && o.fd >= 0 &&
          Clock::now() - o.since > std::chrono::seconds(limits.request_seconds)) {
        // The library sees the closed socket and lets the connection go.
        shutdown(o.fd, SHUT_RDWR);
        o.since = Clock::now();
        ++counters.cut;
      }
  }

  // The library does not look at a connection that sleeps: we look whether its client is there.
  // Who has closed one half may still listen; a comment tells, since one who does not will refuse
  // it. So it does, sent to all now and then, of clients that vanished without a word.
  void sweep_streams(bool ping_all) {
    std::lock_guard guard(stream_mutex);
    std::lock_guard lock(open_mutex);
    for (Stream* s : streams) {
      auto it = open.find(s->connection);
      if (!s->suspended || it == open.end()) continue;
      Peer peer = peer_of(it->second.fd);
      if (peer == Peer::there && !ping_all) continue;
      if (peer == Peer::gone) {
        s->done = true;
        shutdown(it->second.fd, SHUT_RDWR);
      } else {
        s->waiting += ":\n\n";
      }
      wake(*s);
    }
  }

  static void wake(Stream& s) {
    if (!s.suspended) return;
    s.suspended = false;
    MHD_resume_connection(s.connection);
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
  in_->pool = std::make_unique<WorkPool>(l.workers);
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
    Inside::wake(*s);
  }
}

size_t HttpServer::posts() const { return in_->posts->count(); }

size_t HttpServer::streams() const {
  std::lock_guard lock(in_->stream_mutex);
  return in_->streams.size();
}

void HttpServer::stop() {
  if (!in_->daemon) return;
  MHD_socket listening = MHD_quiesce_daemon(in_->daemon);
  {
    std::lock_guard lock(in_->stream_mutex);
    in_->closing = true;
    for (Inside::Stream* s : in_->streams) {
      s->done = true;
      Inside::wake(*s);
    }
  }
  // The library cannot be stopped while connections sleep.
  in_->pool->stop();
  auto until = Clock::now() + std::chrono::seconds(5);
  for (;;) {
    bool busy = false;
    {
      std::lock_guard lock(in_->open_mutex);
      for (const auto& [c, o] : in_->open) busy |= o.stream || o.working;
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
