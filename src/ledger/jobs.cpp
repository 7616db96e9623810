#include "ledger/jobs.h"

#include <fmt/format.h>

#include <algorithm>

namespace chancery {
namespace {

constexpr const char* kColumns =
    "number, key, address, payload, since, due, lease, worker, tries, problem";

// By the store's clock: those of the workers may differ.
std::string now_in(const Database& db) {
  return db.dialect() == Database::sqlite
             ? "CAST(strftime('%s', 'now') AS INTEGER)"
             : "CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT)";
}

Job job_of(const Query& q) {
  return {q.integer(0), q.text(1),    q.text(2), q.text(3),    q.integer(4),
          q.integer(5), q.integer(6), q.text(7), q.integer(8), q.text(9)};
}

// Is it still this worker's?
Query& bind_held(Query& q, const Job& job) {
  return q.bind(job.number).bind(job.worker).bind(job.lease);
}
constexpr const char* kHeld = "number = ? AND worker = ? AND lease = ? AND aside = 0";

}  // namespace

bool Jobs::put(const std::string& key, const std::string& address, const std::string& payload) {
  {
    Query known(db_, "SELECT 1 FROM job WHERE key = ?");
    if (known.bind(key).step()) return false;
  }
  const std::string now = now_in(db_);
  Query q(db_,
          "INSERT INTO job(key, address, payload, since, due, lease, worker, tries, problem, "
          "aside) VALUES (?,?,?," +
              now + "," + now + ",0,'',0,'',0) ON CONFLICT (key) DO NOTHING");
  q.bind(key).bind(address).bind(payload).step();
  return true;
}

bool Jobs::has_address(const std::string& address) {
  Query q(db_, "SELECT 1 FROM job WHERE address = ? LIMIT 1");
  return q.bind(address).step();
}

std::vector<Job> Jobs::take(const std::string& worker, int64_t most, int64_t seconds) {
  const std::string now = now_in(db_),
                    free = "aside = 0 AND due <= " + now + " AND lease <= " + now;
  db_.run(
      fmt::format("UPDATE job SET aside = 1, problem = CASE WHEN problem = '' THEN 'whoever took "
                  "it ended, {0} times' ELSE problem END WHERE {1} AND tries >= {0}",
                  kTries, free));
  const std::string next = " FROM job WHERE " + free, order = " ORDER BY due, number LIMIT ";
  {
    Query first(db_, "SELECT tries" + next + order + "1");
    if (!first.step()) return {};
    if (first.integer(0) > 0) most = 1;
  }
  std::vector<Job> out;
  {
    // In one statement: whoever comes at the same moment takes others.
    Query q(db_,
            fmt::format(
                "UPDATE job SET lease = {0} + ?, worker = ?, tries = tries + 1 WHERE number "
                "IN (SELECT number{1}{2}{3}{4}{5}) RETURNING {6}",
                now, next, most > 1 ? " AND tries = 0" : "", order, most,
                db_.dialect() == Database::postgres ? " FOR UPDATE SKIP LOCKED" : "", kColumns));
    q.bind(seconds).bind(worker);
    while (q.step()) out.push_back(job_of(q));
  }
  std::sort(out.begin(), out.end(), [](const Job& a, const Job& b) { return a.number < b.number; });
  return out;
}

bool Jobs::holds(const Job& job) {
  Query held(db_, std::string("SELECT 1 FROM job WHERE ") + kHeld);
  return bind_held(held, job).step();
}

void Jobs::finish(const Job& job) {
  Query q(db_, "DELETE FROM job WHERE number = ?");
  q.bind(job.number).step();
}

void Jobs::give_up(const Job& job, const std::string& problem) {
  Query q(db_, std::string("UPDATE job SET aside = 1, lease = 0, worker = '', problem = ? WHERE ") +
                   kHeld);
  q.bind(problem);
  bind_held(q, job).step();
}

void Jobs::give_back(const Job& job) {
  Query q(db_,
          std::string("UPDATE job SET lease = 0, worker = '', tries = tries - 1 WHERE ") + kHeld);
  bind_held(q, job).step();
}

int64_t Jobs::try_again() {
  int64_t count = static_cast<int64_t>(state().given_up.size());
  db_.run(
      "UPDATE job SET aside = 0, tries = 0, lease = 0, worker = '', problem = '' WHERE aside = 1");
  return count;
}

Jobs::State Jobs::state() {
  State out;
  const std::string now = now_in(db_);
  {
    Query q(db_, fmt::format("SELECT lease, {0}, {0} - since FROM job WHERE aside = 0", now));
    while (q.step()) {
      const int64_t lease = q.integer(0);
      ++(lease == 0 ? out.waiting : lease > q.integer(1) ? out.taken : out.left);
      out.since = std::max(out.since, q.integer(2));
    }
  }
  Query q(db_, fmt::format("SELECT {} FROM job WHERE aside = 1 ORDER BY number", kColumns));
  while (q.step()) out.given_up.push_back(job_of(q));
  return out;
}

}  // namespace chancery
