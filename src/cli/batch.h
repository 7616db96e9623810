// Many inputs through one function on several threads, results in the order of the input, in
// constant memory.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "article/pieces.h"

namespace chancery::cli {

class Batch {
 public:
  // Reads one piece; pieces with an error of their own never get here. Whatever it throws costs
  // that piece alone, but StartError: what nothing can be done without, which ends the run.
  using Work = std::function<std::string(const Piece& piece)>;
  // Takes a result. What it throws ends the run: when the store or the output fails, no further
  // input can be kept.
  using Result =
      std::function<void(const std::string& place, const std::string& result, double share)>;
  using Message = std::function<void(const std::string& message)>;

  Batch(int threads, Work work) : threads_(threads), work_(std::move(work)) {}

  // Inputs are read piece by piece (article/pieces.h). The share done is 0 when it cannot be known.
  // `failure` is told what was not read, `warning` what a person should know of what was.
  void run(const std::vector<std::string>& inputs, const PieceOptions& options,
           const Result& result, const Message& failure, const Message& warning);

 private:
  int threads_;
  Work work_;
};

}  // namespace chancery::cli
