// Work that waits in a ledger: taken once by whoever comes, taken again when a worker dies, given
// up when workers die of it.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <set>
#include <thread>

#include "ledger/digest.h"
#include "ledger/jobs.h"
#include "ledger/ledger.h"
#include "ledger/settle.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

using test::Outcome;
using test::program;

class JobsIn : public testing::TestWithParam<std::string> {
 protected:
  JobsIn() : store_(GetParam()) { Ledger ledger(store_.where, Ledger::write); }

  std::unique_ptr<Database> open() { return Database::open(store_.where, false); }
  std::string to() const { return " --ledger '" + store_.where + "' "; }
  // Articles that wait to be read, as records of a direct reading.
  std::vector<Article> put(int from, int to) {
    std::vector<Article> out;
    auto db = open();
    for (int n = from; n < to; ++n) {
      Record unread;
      Article& a = unread.article;
      a.id = a.url = "https://paper.example/" + std::to_string(n);
      a.published = "2031-05-1" + std::to_string(n % 9);
      a.language = "en";
      a.text = "Iceland condemned Norway on Monday, and minister number " + std::to_string(n) +
               " left the talks in Oslo. Norway would sign the treaty, he said.";
      EXPECT_TRUE(Jobs(*db).put(a.url, a.url, to_json(unread)));
      EXPECT_FALSE(Jobs(*db).put(a.url, a.url, "again"));
      out.push_back(a);
    }
    return out;
  }
  // The time of every lease is over.
  void let_time_pass() { open()->run("UPDATE job SET lease = 1 WHERE lease > 0"); }

  test::Store store_;
};
INSTANTIATE_TEST_SUITE_P(Ledger, JobsIn, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

TEST_P(JobsIn, AreTakenOnceByWhoeverComes) {
  put(0, 120);
  std::vector<std::vector<Job>> taken(4);
  {
    std::vector<std::jthread> workers;
    for (size_t w = 0; w < taken.size(); ++w)
      workers.emplace_back([this, w, &taken] {
        auto db = open();
        for (;;) {
          std::vector<Job> jobs = Jobs(*db).take("w" + std::to_string(w), 7, 300);
          if (jobs.empty()) break;
          for (Job& job : jobs) taken[w].push_back(std::move(job));
        }
      });
  }
  std::set<std::string> keys;
  size_t all = 0;
  for (const auto& jobs : taken)
    for (const Job& job : jobs) keys.insert(job.key), ++all;
  EXPECT_EQ(keys.size(), 120u);
  EXPECT_EQ(all, 120u);
  EXPECT_EQ(Jobs(*open()).state().taken, 120);
}

TEST_P(JobsIn, OfADeadWorkerAreTakenAgainAndAreNoLongerHis) {
  put(0, 3);
  auto db = open();
  Jobs jobs(*db);
  const std::vector<Job> first = jobs.take("one", 2, 300);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(jobs.take("two", 9, 300).size(), 1u);
  EXPECT_TRUE(jobs.take("two", 9, 300).empty());
  let_time_pass();
  EXPECT_EQ(jobs.state().left, 3);
  // What was tried before comes alone.
  const std::vector<Job> again = jobs.take("two", 9, 300);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].key, first[0].key);
  EXPECT_EQ(again[0].tries, 2);
  EXPECT_FALSE(jobs.holds(first[0])) << "he who stood still keeps nothing";
  EXPECT_TRUE(jobs.holds(again[0]));
  jobs.give_up(first[0], "not his to say");
  EXPECT_TRUE(jobs.state().given_up.empty());
  jobs.give_back(again[0]);
  EXPECT_EQ(jobs.take("two", 9, 300).at(0).tries, 2) << "not begun is not tried";
}

TEST_P(JobsIn, ThatWorkersDieOfAreGivenUpAndNamed) {
  put(0, 2);
  auto db = open();
  Jobs jobs(*db);
  jobs.finish(jobs.take("w", 1, 300).at(0));
  for (int n = 1; n <= Jobs::kTries; ++n) {
    EXPECT_EQ(jobs.take("w", 9, 300).at(0).tries, n);
    let_time_pass();
  }
  EXPECT_TRUE(jobs.take("w", 9, 300).empty());
  ASSERT_EQ(jobs.state().given_up.size(), 1u);
  EXPECT_NE(jobs.state().given_up[0].problem.find("ended, 5 times"), std::string::npos);
  EXPECT_TRUE(jobs.has_address("https://paper.example/1")) << "not to be fetched again";
  Outcome doctor = program("doctor" + to());
  EXPECT_EQ(doctor.code, 1);
  EXPECT_NE(doctor.err.find("given up after 5 tries: https://paper.example/1"), std::string::npos)
      << doctor.err;
  EXPECT_EQ(jobs.try_again(), 1);
  EXPECT_EQ(jobs.take("w", 9, 300).size(), 1u);
}

TEST_P(JobsIn, ThatCannotBeReadAreGivenUpAtOnce) {
  put(0, 2);
  auto db = open();
  EXPECT_TRUE(Jobs(*db).put("torn", "", "{\"schema\":"));
  Outcome work = program("--model fast work --once" + to());
  EXPECT_EQ(work.code, 1);
  EXPECT_NE(work.out.find("2 read, 2 of them new; 1 given up; 2 articles"), std::string::npos)
      << work.out << work.err;
  EXPECT_NE(work.err.find("torn: "), std::string::npos) << work.err;
  EXPECT_EQ(Jobs(*db).state().given_up.size(), 1u);
}

// Two workers, one killed in the midst, are one.
TEST_P(JobsIn, AreKeptOnceWhoeverIsKilled) {
  const std::vector<Article> articles = put(0, 60);
  std::fflush(nullptr);
  pid_t child = fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stdout);
    execl(test::program_file().c_str(), test::program_file().c_str(), "--model", "fast", "work",
          "--most", "5", "--ledger", store_.where.c_str(), nullptr);
    _exit(127);
  }
  auto db = open();
  // It has some, and has kept some.
  while (Jobs(*db).state().waiting > 50 && waitpid(child, nullptr, WNOHANG) == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  // Its connection to a server ends with it, and so does what it had begun.
  let_time_pass();
  {
    std::vector<std::jthread> workers;
    for (int w = 0; w < 2; ++w)
      workers.emplace_back([this] {
        Outcome work = program("--model fast work --once" + to());
        EXPECT_EQ(work.code, 0) << work.err;
      });
  }
  const Jobs::State state = Jobs(*db).state();
  EXPECT_EQ(state.waiting + state.taken + state.left, 0);
  test::Store alone("sqlite");
  Ledger ledger(store_.where, Ledger::write), direct(alone.where, Ledger::write);
  for (Article a : articles) direct.add(Reader(test::resources()).read(std::move(a)));
  EXPECT_EQ(ledger.articles(), 60);
  settle(ledger), settle(direct);
  const auto a = digests(ledger.database()), b = digests(direct.database());
  for (size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].sha256, b[i].sha256) << a[i].name;
}

}  // namespace
}  // namespace chancery
