// Many inputs through one function on several threads, results in the order of the input, in constant memory.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "article/load.h"

namespace chancery::cli {

// The article of one job: a JSON line or a whole file; without an id of its own it is named by its place. Throws Error
// naming the place.
Article read_job(const std::string& bytes, bool is_line, InputKind kind, const std::string& place);

class Batch {
 public:
  // work(bytes, is_line, place): bytes of a JSON line or of a whole file; place is "file:line" or the file. May throw Error.
  using Work = std::function<std::string(const std::string& bytes, bool is_line, const std::string& place)>;
  using Result = std::function<void(const std::string& result, double share)>;
  using Failure = std::function<void(const std::string& message)>;

  Batch(int threads, Work work) : threads_(threads), work_(std::move(work)) {}

  // JSONL inputs are streamed line by line, others taken whole. The share done is 0 when it cannot be known.
  void run(const std::vector<std::string>& inputs, InputKind kind, const Result& result, const Failure& failure);

 private:
  int threads_;
  Work work_;
};

}  // namespace chancery::cli
