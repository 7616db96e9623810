#include "cli/batch.h"

#include <atomic>
#include <thread>

#include "article/lines.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"

namespace chancery::cli {
namespace {

struct Job {
  std::string bytes, place, result, error;
  bool is_line = true;
};

}  // namespace

Article read_job(const std::string& bytes, bool is_line, InputKind kind, const std::string& place) {
  try {
    Article article = is_line ? parse_article_line(bytes) : load_article(bytes, kind, place);
    if (article.id.empty()) article.id = place;
    return article;
  } catch (const Error& error) {
    throw Error(at_place(place, error.what()));
  }
}

void Batch::run(const std::vector<std::string>& inputs, InputKind kind, const Result& result, const Failure& failure) {
  std::vector<Job> jobs;
  const size_t most = static_cast<size_t>(threads_) * 16;
  double share = 0;
  auto flush = [&] {
    std::atomic<size_t> next{0};
    auto loop = [&] {
      for (size_t i; (i = next++) < jobs.size();) {
        try {
          if (jobs[i].error.empty()) jobs[i].result = work_(jobs[i].bytes, jobs[i].is_line, jobs[i].place);
        } catch (const Error& error) {
          jobs[i].error = error.what();
        }
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
    const std::string& path = inputs[k];
    try {
      InputKind as = kind;
      if (as == InputKind::detect) {
        std::string name = path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path;
        if (path == "-" || name.ends_with(".jsonl") || name.ends_with(".json") || name.ends_with(".ndjson")) as = InputKind::jsonl;
        else {
          Job job;
          job.bytes = load_bytes(path, 64u << 20);
          as = detect_kind(job.bytes, path);
          if (as != InputKind::jsonl) {
            job.place = path;
            job.is_line = false;
            jobs.push_back(std::move(job));
            share = static_cast<double>(k + 1) / static_cast<double>(inputs.size());
            if (jobs.size() >= most) flush();
            continue;
          }
        }
      } else if (as != InputKind::jsonl) {
        Job job{load_bytes(path, 64u << 20), path, "", "", false};
        jobs.push_back(std::move(job));
        if (jobs.size() >= most) flush();
        continue;
      }
      LineReader lines(path);
      std::string line;
      bool too_long = false;
      while (lines.next(line, too_long)) {
        if (!too_long && trim(line).empty()) continue;
        Job job;
        job.place = (path == "-" ? std::string("stdin") : path) + ":" + std::to_string(lines.number());
        if (too_long) job.error = job.place + ": a line of more than 32 MB, skipped";
        else job.bytes = line;
        jobs.push_back(std::move(job));
        if (jobs.size() >= most) {
          share = lines.size() ? (static_cast<double>(k) + static_cast<double>(lines.consumed()) / static_cast<double>(lines.size())) / static_cast<double>(inputs.size()) : 0;
          flush();
        }
      }
    } catch (const Error& error) {
      flush();
      failure(error.what());
    }
  }
  flush();
}

}  // namespace chancery::cli
