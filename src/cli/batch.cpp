#include "cli/batch.h"

#include <atomic>
#include <thread>

#include "base/error.h"

namespace chancery::cli {
namespace {

struct Job {
  Piece piece;
  std::string result, error;
};

}  // namespace

void Batch::run(const std::vector<std::string>& inputs, const PieceOptions& options,
                const Result& result, const Failure& failure) {
  std::vector<Job> jobs;
  const size_t most = static_cast<size_t>(threads_) * 16;
  double share = 0;
  auto flush = [&] {
    std::atomic<size_t> next{0};
    auto loop = [&] {
      for (size_t i; (i = next++) < jobs.size();) {
        try {
          jobs[i].error = jobs[i].piece.error;
          if (jobs[i].error.empty()) jobs[i].result = work_(jobs[i].piece);
        } catch (const Error& error) {
          jobs[i].error = error.what();
        }
        jobs[i].piece = {};
      }
    };
    if (threads_ == 1 || jobs.size() <= 1) {
      loop();
    } else {
      std::vector<std::jthread> pool;
      for (int t = 0; t < threads_; ++t) pool.emplace_back(loop);
    }
    for (Job& job : jobs) {
      if (!job.error.empty()) failure(job.error);
      else result(job.result, share);
    }
    jobs.clear();
  };
  for (size_t k = 0; k < inputs.size(); ++k) {
    try {
      std::unique_ptr<Pieces> pieces = open_pieces(inputs[k], options);
      for (Piece piece; pieces->next(piece);) {
        Job& job = jobs.emplace_back();
        job.piece = std::move(piece);
        share = (static_cast<double>(k) + pieces->share()) / static_cast<double>(inputs.size());
        if (jobs.size() >= most) flush();
      }
    } catch (const Error& error) {
      flush();
      failure(error.what());
    }
  }
  flush();
}

}  // namespace chancery::cli
