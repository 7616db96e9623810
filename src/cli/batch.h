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

  // So many inputs are done, and of the next one so many pieces.
  struct Position {
    size_t inputs = 0, pieces = 0;
  };
  // Of a run that is one part of several, or goes on where another ended.
  struct Course {
    Position from;
    // Is it this run's to read? Of what is not, nothing is said.
    std::function<bool(const Piece& piece)> ours;
    // The same of an input that cannot be opened or read on, by its name.
    std::function<bool(const std::string& input)> our_input;
    // After each so many pieces of ours, and never between two of them: all before is handed over.
    size_t rest_every = 0;
    std::function<void(const Position& position)> rest;
  };

  Batch(int threads, Work work) : threads_(threads), work_(std::move(work)) {}

  // Inputs are read piece by piece (article/pieces.h). The share done is 0 when it cannot be known.
  // `failure` is told what was not read, `warning` what a person should know of what was.
  void run(const std::vector<std::string>& inputs, const PieceOptions& options,
           const Result& result, const Message& failure, const Message& warning,
           const Course& course);
  void run(const std::vector<std::string>& inputs, const PieceOptions& options,
           const Result& result, const Message& failure, const Message& warning) {
    run(inputs, options, result, failure, warning, {});
  }

 private:
  struct Job;
  static void work_on(Job& job, const Work& work) noexcept;
  // Results in the order of the jobs, which are gone afterwards.
  void work_through(std::vector<Job>& jobs, const Result& result, const Message& failure,
                    const Message& warning) const;

  int threads_;
  Work work_;
};

}  // namespace chancery::cli
