// The connections of the server that are open: who takes too long over a request is cut, and who
// listens to a stream of events is sent them. Knows libmicrohttpd; used by serve/http.cpp alone. All
// threads may call it.
#pragma once
#include <microhttpd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace chancery::http {

class OpenConnections {
 public:
  // `cut` counts those that took too long. All must outlive it.
  OpenConnections(const int& request_seconds, const size_t& most_streams,
                  std::atomic<uint64_t>& cut)
      : request_seconds_(request_seconds), most_streams_(most_streams), cut_(cut) {}

  void opened(MHD_Connection* c, int fd);
  void closed(MHD_Connection* c);
  // It is we who take long over its request.
  void working(MHD_Connection* c);
  // Its answer is there, or has gone out and the next request begins: what takes long is up to the
  // client again.
  void answered(MHD_Connection* c);

  // The response that sends events; null where as many streams are open as may be. `refused` tells
  // this from a lack of memory.
  MHD_Response* stream(MHD_Connection* c, bool& refused);
  void publish(const std::string& text);
  size_t streams() const;
  // Ends all streams; no new ones.
  void close_streams();
  // Is a stream open, or a request being worked on?
  bool busy() const;

  // A thread that looks after them once a second.
  void start_sweeping();
  void stop_sweeping();

 private:
  using Clock = std::chrono::steady_clock;
  struct Open {
    int fd = -1;
    Clock::time_point since;
    bool stream = false, working = false;  // it is we who take long
  };
  // A stream of events waiting for news.
  struct Stream {
    MHD_Connection* connection = nullptr;
    std::string waiting;
    bool suspended = false, done = false;
    OpenConnections* in = nullptr;
  };

  static ssize_t read_stream(void* state, uint64_t, char* buffer, size_t size);
  static void free_stream(void* state);
  static void wake(Stream& s);
  void sweep();
  void cut_slow();
  void sweep_streams(bool ping_all);

  const int& request_seconds_;
  const size_t& most_streams_;
  std::atomic<uint64_t>& cut_;

  mutable std::mutex stream_mutex_;  // taken before the other, where both are
  std::set<Stream*> streams_;
  bool closing_ = false;

  mutable std::mutex open_mutex_;
  std::map<MHD_Connection*, Open> open_;

  std::thread sweeper_;
  std::mutex stop_mutex_;
  std::condition_variable stop_signal_;
  bool stopping_ = false;
};

}  // namespace chancery::http
