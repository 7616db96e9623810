#include "pipeline/job_queue.h"

#include <fmt/format.h>
#include <unistd.h>

#include "ledger/ledger.h"
#include "pipeline/stop.h"
#include "record/json.h"

namespace chancery::pipeline {
namespace {

// "machine:1234"
std::string own_name() {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  return fmt::format("{}:{}", host, getpid());
}

}  // namespace

bool JobQueue::put(Jobs& jobs, Article article, const AddressRules& rules) {
  const std::string url = article.url, key = (url.empty() ? article.id : url) + " ";
  Record unread;
  unread.article = std::move(article);
  return jobs.put(key + article_key(unread.article), url.empty() ? "" : rules.key(url),
                  to_json(unread));
}

Article JobQueue::article_of(const Piece& piece) {
  return record_from_json(piece.bytes, Origin::kept).article;
}

JobQueue::JobQueue(Database& database, int64_t most, int64_t seconds)
    : jobs_(database), name_(own_name()), most_(most), seconds_(seconds) {}

bool JobQueue::take() {
  taken_ = jobs_.take(name_, most_, seconds_);
  next_ = 0;
  return !taken_.empty();
}

bool JobQueue::next(Item& item) {
  if (asked_to_stop())
    for (; next_ < taken_.size(); ++next_) jobs_.give_back(taken_[next_]);
  if (next_ == taken_.size()) return false;
  item = {};
  item.piece.place = taken_[next_].key;
  item.piece.bytes = std::move(taken_[next_].payload);
  item.number = next_++;
  return true;
}

void JobQueue::given_up(const Item& item, const std::string& problem) {
  jobs_.give_up(taken_[item.number], problem);
}

}  // namespace chancery::pipeline
