// An HTTP server with limits on everything, on libmicrohttpd (epoll, a few threads): it and its parts
// (http_head, http_open) alone know that library.
//
//   HttpServer server(limits, [](const Request& q) { return Response{200, "text/plain", "hello"};
//   }); server.start("127.0.0.1", 8642);   … server.stop();
//
// Every request is checked before the handler sees it: the Host must be one we answer to, a POST
// must come from our own pages or from no page at all. Every response carries the headers that keep
// hostile text text.
//
// Two threads hold the connections; answers are made by others. A POST may take long: it has threads
// of its own, bounded in number and in the bytes that wait; who finds no place is told when to come
// again (429). So questions are answered whatever else is under way, and nobody's connection is cut
// because the question of another took long.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace chancery {

struct Request {
  std::string method, path;  // path decoded, without query
  std::multimap<std::string, std::string> query;
  std::string body;
  std::string content_type, if_none_match, authorization, accept, last_event_id, cookie;
  // The first value of a parameter, "" if there is none.
  std::string get(const std::string& name) const;
};

struct Response {
  int status = 200;
  std::string type = "text/html; charset=utf-8", body;
  std::vector<std::pair<std::string, std::string>> headers;
  bool events = false;  // a stream of server-sent events instead of a body
};

struct HttpLimits {
  size_t body = 10u << 20;                  // bytes
  int connections = 1100, per_address = 0;  // per_address 0: any number (on loopback)
  int idle_seconds = 15, request_seconds = 30;
  int threads = 4;                 // for questions
  int workers = 2;                 // threads for POST requests
  size_t posts = 32;               // of them under way or waiting at once
  size_t posted = 64u << 20;       // bytes of their bodies, together
  size_t streams = 500;            // of events, open at once
  size_t parameters = 64;          // of one request
  std::vector<std::string> hosts;  // besides localhost, 127.0.0.1 and [::1]
};

class HttpServer {
 public:
  using Handler = std::function<Response(const Request&)>;
  HttpServer(HttpLimits limits, Handler handler);
  ~HttpServer();
  // Throws StartError when the port cannot be had. Port 0: any; port() tells which.
  void start(const std::string& address, int port);
  int port() const;
  // No new connections; streams and answers have up to five seconds to end. Waits for the posts
  // under way: whoever handles them makes an end of them first (Service::stop).
  void stop();
  // Sends an event to every open stream.
  void publish(const std::string& event, const std::string& data);
  size_t streams() const;
  // Posts under way or waiting.
  size_t posts() const;

  struct Counters {
    std::atomic<uint64_t> requests{0}, errors{0}, refused{0}, cut{0}, bytes{0};
    std::atomic<uint64_t> under_10ms{0}, under_100ms{0}, under_1s{0}, slower{0};
    std::atomic<int64_t> connections{0};
  };
  const Counters& counters() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> in_;
};

}  // namespace chancery
