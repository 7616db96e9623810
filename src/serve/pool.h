// A few threads for work that takes long, with a bounded queue. Thread-safe.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace chancery {

class WorkPool {
 public:
  explicit WorkPool(int threads);
  ~WorkPool();
  // Queues a job, which must not throw. False, and the job is not kept, once the pool has stopped.
  // Throws bad_alloc.
  bool push(std::function<void()> job);
  // Takes no more jobs; returns when all that were queued are done.
  void stop();

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> waiting_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace chancery
