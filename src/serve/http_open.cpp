#include "serve/http_open.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>

namespace chancery::http {
namespace {

constexpr int kPing = 15;             // seconds between comments on a stream without news
constexpr size_t kUnread = 1u << 16;  // bytes that may wait for one who does not read

// Has the other side closed its half, or the connection altogether?
enum class Peer { there, closed_its_half, gone };
Peer peer_of(int fd) {
  pollfd p{fd, POLLRDHUP, 0};
  if (poll(&p, 1, 0) <= 0) return Peer::there;
  if (p.revents & (POLLHUP | POLLERR | POLLNVAL)) return Peer::gone;
  return p.revents & POLLRDHUP ? Peer::closed_its_half : Peer::there;
}

}  // namespace

void OpenConnections::opened(MHD_Connection* c, int fd) {
  std::lock_guard lock(open_mutex_);
  open_[c] = {fd, Clock::now(), false, false};
}

void OpenConnections::closed(MHD_Connection* c) {
  std::lock_guard lock(open_mutex_);
  open_.erase(c);
}

void OpenConnections::working(MHD_Connection* c) {
  std::lock_guard lock(open_mutex_);
  if (auto it = open_.find(c); it != open_.end()) it->second.working = true;
}

void OpenConnections::answered(MHD_Connection* c) {
  std::lock_guard lock(open_mutex_);
  if (auto it = open_.find(c); it != open_.end())
    it->second = {it->second.fd, Clock::now(), false, false};
}

MHD_Response* OpenConnections::stream(MHD_Connection* c, bool& refused) {
  auto s = std::make_unique<Stream>();
  s->connection = c;
  s->in = this;
  s->waiting = "retry: 3000\n\n";
  {
    std::lock_guard lock(stream_mutex_);
    refused = closing_ || streams_.size() >= most_streams_;
    if (refused) return nullptr;
    streams_.insert(s.get());
  }
  {
    std::lock_guard lock(open_mutex_);
    if (auto it = open_.find(c); it != open_.end()) it->second.stream = true;
  }
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, &OpenConnections::read_stream,
                                           s.release(), &OpenConnections::free_stream);
}

void OpenConnections::publish(const std::string& text) {
  std::lock_guard lock(stream_mutex_);
  for (Stream* s : streams_) {
    // Who does not read is not waited for.
    if (s->waiting.size() < kUnread) s->waiting += text;
    wake(*s);
  }
}

size_t OpenConnections::streams() const {
  std::lock_guard lock(stream_mutex_);
  return streams_.size();
}

void OpenConnections::close_streams() {
  std::lock_guard lock(stream_mutex_);
  closing_ = true;
  for (Stream* s : streams_) {
    s->done = true;
    wake(*s);
  }
}

bool OpenConnections::busy() const {
  std::lock_guard lock(open_mutex_);
  return std::any_of(open_.begin(), open_.end(),
                     [](const auto& one) { return one.second.stream || one.second.working; });
}

void OpenConnections::start_sweeping() {
  sweeper_ = std::thread([this] { sweep(); });
}

void OpenConnections::stop_sweeping() {
  {
    std::lock_guard lock(stop_mutex_);
    stopping_ = true;
  }
  stop_signal_.notify_all();
  if (sweeper_.joinable()) sweeper_.join();
}

ssize_t OpenConnections::read_stream(void* state, uint64_t, char* buffer, size_t size) {
  auto* s = static_cast<Stream*>(state);
  std::lock_guard lock(s->in->stream_mutex_);
  if (s->waiting.empty()) {
    if (s->done) return MHD_CONTENT_READER_END_OF_STREAM;
    s->suspended = true;
    MHD_suspend_connection(s->connection);
    return 0;
  }
  size_t n = std::min(size, s->waiting.size());
  s->waiting.copy(buffer, n);
  s->waiting.erase(0, n);
  return static_cast<ssize_t>(n);
}

void OpenConnections::free_stream(void* state) {
  auto* s = static_cast<Stream*>(state);
  {
    std::lock_guard lock(s->in->stream_mutex_);
    s->in->streams_.erase(s);
  }
  delete s;
}

void OpenConnections::wake(Stream& s) {
  if (!s.suspended) return;
  s.suspended = false;
  MHD_resume_connection(s.connection);
}

void OpenConnections::sweep() {
  std::unique_lock lock(stop_mutex_);
  for (int round = 1;
       !stop_signal_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_; }); ++round) {
    cut_slow();
    sweep_streams(round % kPing == 0);
  }
}

void OpenConnections::cut_slow() {
  std::lock_guard guard(open_mutex_);
  for (auto& [c, o] : open_)
    if (!o.stream && !o.working && o.fd >= 0 &&
        Clock::now() - o.since > std::chrono::seconds(request_seconds_)) {
      // The library sees the closed socket and lets the connection go.
      shutdown(o.fd, SHUT_RDWR);
      o.since = Clock::now();
      ++cut_;
    }
}

// The library does not look at a connection that sleeps: we look whether its client is there.
// Who has closed one half may still listen; a comment tells, since one who does not will refuse
// it. So it does, sent to all now and then, of clients that vanished without a word.
void OpenConnections::sweep_streams(bool ping_all) {
  std::lock_guard guard(stream_mutex_);
  std::lock_guard lock(open_mutex_);
  for (Stream* s : streams_) {
    auto it = open_.find(s->connection);
    if (!s->suspended || it == open_.end()) continue;
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

}  // namespace chancery::http
