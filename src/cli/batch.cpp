#include "cli/batch.h"

#include <atomic>
#include <exception>
#include <thread>

#include "base/error.h"

namespace chancery::cli {
namespace {

struct Job {
  Piece piece;
  std::string place, warning, result, error;
  std::exception_ptr fatal;
};

// Nothing leaves it: it runs on threads.
void work_on(Job& job, const Batch::Work& work) noexcept {
  try {
    if (job.piece.form == Piece::remark) return;
    job.error = job.piece.error;
    if (job.error.empty()) job.result = work(job.piece);
    job.piece = {};
  } catch (const StartError&) {
    job.fatal = std::current_exception();
  } catch (const Error& error) {
    job.error = error.what();
  } catch (const std::bad_alloc&) {
    job.piece = {};
    job.error = job.place + ": not enough memory to read it";
  } catch (const std::exception& error) {
    job.error = job.place + ": a fault of the program: " + error.what();
  }
}

}  // namespace

void Batch::run(const std::vector<std::string>& inputs, const PieceOptions& options,
                const Result& result, const Message& failure, const Message& warning) {
  std::vector<Job> jobs;
  const size_t most = static_cast<size_t>(threads_) * 16;
  double share = 0;
  auto flush = [&] {
    std::atomic<size_t> next{0};
    auto loop = [&] {
      for (size_t i; (i = next++) < jobs.size();) work_on(jobs[i], work_);
    };
    if (threads_ == 1 || jobs.size() <= 1) {
      loop();
    } else {
      std::vector<std::jthread> pool;
      for (int t = 0; t < threads_; ++t) pool.emplace_back(loop);
    }
    for (Job& job : jobs) {
      if (job.fatal) std::rethrow_exception(job.fatal);
      if (!job.warning.empty()) warning(job.warning);
      if (!job.error.empty()) failure(job.error);
      else if (!job.result.empty()) result(job.place, job.result, share);
    }
    jobs.clear();
  };
  for (size_t k = 0; k < inputs.size(); ++k) {
    std::unique_ptr<Pieces> pieces;
    for (;;) {
      // Only what reading the input throws is the input's fault.
      Job job;
      try {
        if (!pieces) pieces = open_pieces(inputs[k], options);
        if (!pieces->next(job.piece)) break;
      } catch (const StartError&) {
        throw;
      } catch (const std::exception& error) {
        flush();
        failure(at_place(inputs[k] == "-" ? "standard input" : inputs[k], error.what()));
        break;
      }
      job.place = job.piece.place;
      job.warning = job.piece.warning;
      jobs.push_back(std::move(job));
      share = (static_cast<double>(k) + pieces->share()) / static_cast<double>(inputs.size());
      if (jobs.size() >= most) flush();
    }
  }
  flush();
}

}  // namespace chancery::cli
