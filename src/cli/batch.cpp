#include "cli/batch.h"

#include <atomic>
#include <exception>
#include <thread>

#include "base/error.h"

namespace chancery::cli {

struct Batch::Job {
  Piece piece;
  std::string place, warning, result, error;
  double share = 0;
  std::exception_ptr fatal;
};

// Nothing leaves it: it runs on threads.
void Batch::work_on(Job& job, const Batch::Work& work) noexcept {
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

void Batch::work_through(std::vector<Job>& jobs, const Result& result, const Message& failure,
                         const Message& warning) const {
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
    else if (!job.result.empty()) result(job.place, job.result, job.share);
  }
  jobs.clear();
}

void Batch::run(const std::vector<std::string>& inputs, const PieceOptions& options,
                const Result& result, const Message& failure, const Message& warning,
                const Course& course) {
  std::vector<Job> jobs;
  const size_t most = static_cast<size_t>(threads_) * 16;
  size_t since_rest = 0;
  auto flush = [&] { work_through(jobs, result, failure, warning); };
  for (size_t k = course.from.inputs; k < inputs.size(); ++k) {
    std::unique_ptr<Pieces> pieces;
    const size_t done = k == course.from.inputs ? course.from.pieces : 0;
    for (size_t n = 1;; ++n) {
      // Only what reading the input throws is the input's fault.
      Job job;
      try {
        if (!pieces) pieces = open_pieces(inputs[k], options);
        if (!pieces->next(job.piece)) break;
      } catch (const StartError&) {
        throw;
      } catch (const std::exception& error) {
        flush();
        if (!course.our_input || course.our_input(inputs[k]))
          failure(at_place(inputs[k] == "-" ? "standard input" : inputs[k], error.what()));
        break;
      }
      if (n <= done || (course.ours && !course.ours(job.piece))) continue;
      job.place = job.piece.place;
      job.warning = job.piece.warning;
      job.share = (static_cast<double>(k) + pieces->share()) / static_cast<double>(inputs.size());
      jobs.push_back(std::move(job));
      const bool rest = course.rest_every && ++since_rest == course.rest_every;
      if (rest || jobs.size() >= most) flush();
      if (!rest) continue;
      since_rest = 0;
      course.rest({k, n});
    }
  }
  flush();
}

}  // namespace chancery::cli
