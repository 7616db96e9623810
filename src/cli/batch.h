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
  // May throw Error; pieces with an error of their own never get here.
  using Work = std::function<std::string(const Piece& piece)>;
  using Result = std::function<void(const std::string& result, double share)>;
  using Failure = std::function<void(const std::string& message)>;

  Batch(int threads, Work work) : threads_(threads), work_(std::move(work)) {}

  // Inputs are read piece by piece (article/pieces.h). The share done is 0 when it cannot be known.
  void run(const std::vector<std::string>& inputs, const PieceOptions& options,
           const Result& result, const Failure& failure);

 private:
  int threads_;
  Work work_;
};

}  // namespace chancery::cli
