// The server under load: posts that take long, streams whose clients leave.
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "serve/http.h"
#include "sockets.h"

namespace chancery {
namespace {

// Holds whoever comes until it is opened.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_for(int waiting) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= waiting; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

// Posts wait at the gate, questions do not.
struct Gated {
  Gate gate;
  HttpServer server;
  explicit Gated(HttpLimits limits)
      : server(std::move(limits), [this](const Request& q) -> Response {
          if (q.path == "/stream") {
            Response r;
            r.events = true;
            return r;
          }
          if (q.path == "/large")
            return {200, "text/plain", std::string(64u << 20, 'x'), {}, false};
          if (q.method == "POST" || q.path == "/slow") gate.pass();
          return {200, "text/plain", std::to_string(q.body.size()), {}, false};
        }) {
    server.start("127.0.0.1", 0);
  }
  ~Gated() { gate.open(); }

  // A post under way; what comes back is read later.
  int post(size_t size) {
    int fd = connect_to(server.port());
    EXPECT_TRUE(send_all(fd, "POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                                 std::to_string(size) + "\r\n\r\n" + std::string(size, 'x')));
    return fd;
  }
  std::string question() {
    return exchange(server.port(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
};

std::string received(int fd) {
  char buffer[4096];
  ssize_t n = recv(fd, buffer, sizeof buffer, 0);
  close(fd);
  return n > 0 ? std::string(buffer, static_cast<size_t>(n)) : "";
}

// Whether it became true, asked again and again for long enough on any machine.
template <class F>
bool becomes(F&& condition) {
  for (int i = 0; i < 3000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

TEST(HttpLoad, QuestionsAreAnsweredWhilePostsWait) {
  HttpLimits limits;
  limits.posts = 24;
  Gated g(limits);
  std::vector<int> posts;
  for (int i = 0; i < 24; ++i) posts.push_back(g.post(2u << 20));
  g.gate.wait_for(limits.workers);
  // What was sent may not have been read yet.
  ASSERT_TRUE(becomes([&] { return g.server.posts() == posts.size(); }));
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(g.question().starts_with("HTTP/1.1 200"));
  std::string one_more = received(g.post(10));
  EXPECT_TRUE(one_more.starts_with("HTTP/1.1 429")) << one_more;
  EXPECT_NE(one_more.find("Retry-After: 5"), std::string::npos);
  g.gate.open();
  for (int fd : posts) EXPECT_TRUE(received(fd).starts_with("HTTP/1.1 200"));
  // What they held is given back.
  EXPECT_TRUE(becomes([&] { return received(g.post(10)).starts_with("HTTP/1.1 200"); }));
}

// What was sent on a connection while its thread was busy with the question of another lay unread
// until the connection counted as idle.
TEST(HttpLoad, WhoAsksWhileTheQuestionOfAnotherTakesLongIsNotTakenForIdle) {
  const std::string asked = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  HttpLimits limits;
  limits.threads = 1;
  limits.idle_seconds = 1;
  Gated g(limits);
  std::vector<int> kept, slow;
  char buffer[4096];
  for (int i = 0; i < 4; ++i) {
    kept.push_back(connect_to(g.server.port()));
    send_all(kept.back(), asked);
    ASSERT_GT(recv(kept.back(), buffer, sizeof buffer, 0), 0);
  }
  for (int i = 0; i < 8; ++i) {
    slow.push_back(connect_to(g.server.port()));
    send_all(slow.back(), "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  g.gate.wait_for(1);
  for (int fd : kept) send_all(fd, asked);
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  g.gate.open();
  for (int fd : kept) EXPECT_TRUE(received(fd).starts_with("HTTP/1.1 200"));
  for (int fd : slow) EXPECT_TRUE(received(fd).starts_with("HTTP/1.1 200"));
}

// It goes on reading, but a byte now and then.
TEST(HttpLoad, WhoTakesTooLongToReadAnAnswerIsCut) {
  HttpLimits limits;
  limits.request_seconds = 1;
  Gated g(limits);
  int fd = connect_to(g.server.port());
  send_all(fd, "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
  char buffer[10];
  EXPECT_TRUE(becomes([&] {
    recv(fd, buffer, sizeof buffer, 0);
    return g.server.counters().cut.load() == 1;
  }));
  close(fd);
}

TEST(HttpLoad, OnlyTheBodiesOfPostsAreKept) {
  Gated g({});
  EXPECT_NE(
      exchange(g.server.port(), "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")
          .find("\r\n\r\n0"),
      std::string::npos);
}

TEST(HttpLoad, WaitingBodiesAreBoundedInBytes) {
  HttpLimits limits;
  limits.posted = 1000;
  Gated g(limits);
  int first = g.post(800);
  g.gate.wait_for(1);
  EXPECT_TRUE(received(g.post(800)).starts_with("HTTP/1.1 429"));
  int small = g.post(100);
  g.gate.open();
  EXPECT_TRUE(received(first).starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(received(small).starts_with("HTTP/1.1 200"));
}

TEST(HttpLoad, StopsBehindThePostsUnderWay) {
  HttpLimits limits;
  limits.workers = 1;
  Gated g(limits);
  int first = g.post(10);
  g.gate.wait_for(1);
  auto stopped = std::async(std::launch::async, [&] { g.server.stop(); });
  g.gate.open();
  stopped.get();
  EXPECT_TRUE(received(first).starts_with("HTTP/1.1 200"));
}

TEST(HttpLoad, AClientThatLeavesItsPostCostsNothing) {
  HttpLimits limits;
  limits.posts = 4;
  Gated g(limits);
  for (int i = 0; i < 4; ++i) close(g.post(10));
  g.gate.open();
  // They may still be on their way: the first answer may be that all places are taken.
  EXPECT_TRUE(becomes([&] { return received(g.post(10)).starts_with("HTTP/1.1 200"); }));
  EXPECT_TRUE(becomes([&] { return g.server.counters().connections.load() == 0; }));
}

int open_stream(int port) {
  int fd = connect_to(port);
  send_all(fd, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return fd;
}

TEST(HttpLoad, StreamsWhoseClientsLeftAreSwept) {
  Gated g({});
  std::vector<int> streams;
  for (int i = 0; i < 50; ++i) streams.push_back(open_stream(g.server.port()));
  ASSERT_TRUE(becomes([&] { return g.server.streams() == 50; }));
  int stays = streams.back();
  streams.pop_back();
  for (int fd : streams) close(fd);
  EXPECT_TRUE(becomes([&] { return g.server.streams() == 1; })) << g.server.streams();
  EXPECT_TRUE(becomes([&] { return g.server.counters().connections.load() == 1; }));
  g.server.publish("record", "still there");
  std::string all;
  char buffer[4096];
  for (ssize_t n; all.find("still there") == std::string::npos &&
                  (n = recv(stays, buffer, sizeof buffer, 0)) > 0;)
    all.append(buffer, static_cast<size_t>(n));
  EXPECT_NE(all.find("still there"), std::string::npos);
  close(stays);
}

TEST(HttpLoad, StreamsAreBounded) {
  HttpLimits limits;
  limits.streams = 2;
  Gated g(limits);
  int one = open_stream(g.server.port()), two = open_stream(g.server.port());
  ASSERT_TRUE(becomes([&] { return g.server.streams() == 2; }));
  EXPECT_TRUE(received(open_stream(g.server.port())).starts_with("HTTP/1.1 429"));
  EXPECT_TRUE(g.question().starts_with("HTTP/1.1 200"));
  close(one);
  close(two);
}

}  // namespace
}  // namespace chancery
