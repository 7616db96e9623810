// A run: what comes of a source is in its order whatever the threads, what is bad costs itself, what
// the sink cannot keep ends it, and the source hears of nothing that is not kept.
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "base/error.h"
#include "ledger/ledger.h"
#include "pipeline/inputs.h"
#include "pipeline/job_queue.h"
#include "pipeline/ledger_sink.h"
#include "pipeline/run.h"
#include "pipeline/stop.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

using pipeline::Failures;
using pipeline::Inputs;
using pipeline::Item;
using pipeline::JobQueue;
using pipeline::LedgerSink;
using pipeline::Outcome;
using pipeline::Pool;
using test::Folder;

// So many lines; hears what becomes of them.
class Numbers : public pipeline::Source {
 public:
  explicit Numbers(int most) : most_(most) {}
  bool next(Item& item) override {
    if (drawn == most_) return false;
    item = {};
    item.piece.bytes = std::to_string(++drawn);
    item.piece.place = "n:" + item.piece.bytes;
    item.number = static_cast<size_t>(drawn);
    return true;
  }
  bool holds(const Item& item) override { return item.number != lost; }
  void kept(const Item& item) override { acknowledged.push_back(item.number); }
  void given_up(const Item& item, const std::string& problem) override {
    refused.push_back(std::to_string(item.number) + " " + problem);
  }

  int drawn = 0;
  size_t lost = 0;
  std::vector<size_t> acknowledged;
  std::vector<std::string> refused;

 private:
  int most_;
};

// What a person is told.
struct Told {
  std::vector<std::string> failed, warned;
  Failures failures(const std::string& most = "") {
    return {most,
            {[this](const std::string& m) { failed.push_back(m); },
             [this](const std::string& m) { warned.push_back(m); }, [](size_t, double) {}}};
  }
};

// Keeps up to so many, then fails.
class Full : public pipeline::Sink<std::string> {
 public:
  explicit Full(size_t most) : most_(most) {}
  void take(const Item&, std::string result) override {
    if (taken.size() == most_) throw StartError("the disk is full");
    taken.push_back(std::move(result));
  }
  void passed(const Item&) override { ++passed_by; }
  void keep() override { kept = true; }

  std::vector<std::string> taken;
  size_t passed_by = 0;
  bool kept = false;

 private:
  size_t most_;
};

TEST(Pool, KeepsTheOrderOfItsSourceWhateverTheThreads) {
  for (int threads : {1, 2, 7}) {
    Numbers source(300);
    // The earlier of two neighbours takes longer.
    Pool<std::string> pool(source, threads, [](const Piece& piece) {
      const int n = std::stoi(piece.bytes);
      std::this_thread::sleep_for(std::chrono::microseconds(n % 16 ? 500 - 30 * (n % 16) : 1500));
      return piece.bytes;
    });
    int handed = 0;
    for (Outcome<std::string> one; pool.next(one);) {
      ASSERT_EQ(one.result, std::to_string(++handed)) << threads << " threads";
      EXPECT_EQ(one.item.piece.place, "n:" + *one.result);
      EXPECT_EQ(one.item.piece.bytes, "") << "its content is not held any longer";
      const int ahead = threads == 1 ? 1 : 16 * threads;
      ASSERT_LE(source.drawn - handed, ahead) << "memory is bounded";
    }
    EXPECT_EQ(handed, 300);
  }
}

TEST(Pool, ABadPieceGoesByAndIsNamed) {
  class Mixed : public Numbers {
   public:
    Mixed() : Numbers(60) {}
    bool next(Item& item) override {
      if (!Numbers::next(item)) return false;
      if (item.number == 5) item.piece.error = "n:5 (torn): ends here";
      if (item.number == 6) item.piece.form = Piece::remark, item.piece.warning = "six";
      return true;
    }
  };
  for (int threads : {1, 3}) {
    Mixed source;
    Told told;
    Failures failures = told.failures();
    Full sink(1000);
    pipeline::run(
        source, threads,
        [](const Piece& piece) -> std::string {
          if (piece.bytes == "7") throw std::out_of_range("stoi");
          if (piece.bytes == "9") throw std::bad_alloc();
          if (piece.bytes == "11") throw Error("bad");
          if (piece.bytes == "13") throw Error("n:13: named");
          return piece.bytes;
        },
        sink, failures);
    EXPECT_EQ(sink.taken.size(), 54u);
    EXPECT_EQ(sink.passed_by, 60u);
    EXPECT_TRUE(sink.kept);
    EXPECT_EQ(told.warned, std::vector<std::string>{"six"});
    EXPECT_EQ(told.failed, (std::vector<std::string>{
                               "n:5 (torn): ends here", "n:7: a fault of the program: stoi",
                               "n:9: not enough memory to read it", "n:11: bad", "n:13: named"}));
    EXPECT_EQ(source.refused.size(), 5u);
    EXPECT_EQ(source.refused.at(3), "11 bad");
  }
}

TEST(Pool, WhatNothingCanBeDoneWithoutEndsTheRunInItsPlace) {
  for (int threads : {1, 3}) {
    Numbers source(100);
    Told told;
    Failures failures = told.failures();
    Full sink(1000);
    const auto read = [](const Piece& piece) {
      if (piece.bytes == "30") throw StartError("no model");
      return piece.bytes;
    };
    EXPECT_THROW(pipeline::run(source, threads, read, sink, failures), StartError);
    EXPECT_EQ(sink.taken.size(), 29u);
    EXPECT_TRUE(told.failed.empty());
  }
}

TEST(Run, ASinkThatFailsEndsItWithoutLoss) {
  for (int threads : {1, 3}) {
    Numbers source(1000);
    Told told;
    Failures failures = told.failures();
    Full sink(50);
    const auto read = [](const Piece& piece) { return piece.bytes; };
    EXPECT_THROW(pipeline::run(source, threads, read, sink, failures), StartError);
    EXPECT_EQ(sink.taken.size(), 50u);
    EXPECT_EQ(sink.taken.back(), "50");
    EXPECT_FALSE(sink.kept);
    EXPECT_LE(source.drawn, 50 + 16 * threads);
    EXPECT_TRUE(told.failed.empty()) << "a store's failure is no input's";
    EXPECT_TRUE(source.refused.empty());
    EXPECT_TRUE(source.acknowledged.empty());
  }
}

TEST(Failures, BearSoManyAndNoMore) {
  const auto failed_of = [](const std::string& most, bool at_once, int failed, int all) {
    Numbers source(0);
    Told told;
    Failures failures = told.failures(most);
    if (at_once) failures.end_when_too_many();
    int n = 0;
    try {
      for (; n < failed; ++n) failures.add(source, {}, "bad");
      for (int k = failed; k < all; ++k) failures.took(0);
      failures.end();
    } catch (const Error& error) {
      return std::to_string(n) + " " + error.what();
    }
    return std::to_string(told.failed.size()) + " failed, " + std::to_string(told.warned.size()) +
           " warned";
  };
  EXPECT_EQ(failed_of("", true, 9, 9), "9 failed, 0 warned");
  EXPECT_EQ(failed_of("2", true, 2, 9), "0 failed, 2 warned");
  EXPECT_EQ(failed_of("2", true, 5, 9), "2 3 of 3 inputs failed, more than --max-failed 2 bears");
  EXPECT_EQ(failed_of("2", false, 5, 9), "5 5 of 9 inputs failed, more than --max-failed 2 bears");
  EXPECT_EQ(failed_of("10%", true, 1, 10), "0 failed, 1 warned");
  EXPECT_EQ(failed_of("10%", true, 2, 10),
            "2 2 of 10 inputs failed, more than --max-failed 10% bears");
  for (const char* none : {"x", "-1", "1.5", "101%", "%"})
    EXPECT_THROW(failed_of(none, true, 0, 0), UsageError) << none;
}

// "b.jsonl:2 1/2": the place of each item, and where to go on behind it.
std::vector<std::string> items_of(Inputs inputs) {
  std::vector<std::string> out;
  for (Item item; inputs.next(item);) {
    std::string one = item.piece.place.substr(item.piece.place.rfind('/') + 1);
    if (item.behind)
      one += " " + std::to_string(item.behind->inputs) + "/" + std::to_string(item.behind->pieces);
    if (!item.piece.error.empty()) one += " failed";
    out.push_back(one);
  }
  return out;
}

TEST(Inputs, GoOnWhereARunEndedAndNameWhatIsNotThere) {
  Folder f;
  const std::vector<std::string> names = {
      f.write("a.jsonl", "{\"text\":\"1\"}\n{\"text\":\"2\"}\n"), f.file("none.jsonl"),
      f.write("b.jsonl", "{\"text\":\"3\"}\n")};
  const std::vector<std::string> all = {"a.jsonl:1 0/1", "a.jsonl:2 0/2", "none.jsonl failed",
                                        "b.jsonl:1 2/1"};
  EXPECT_EQ(items_of({names, {}}), all);
  const std::vector<std::string> rest(all.begin() + 1, all.end());
  EXPECT_EQ(items_of({names, {}, {.from = {0, 1}}}), rest);
  EXPECT_EQ(items_of({names, {}, {.from = {0, 2}}}),
            (std::vector<std::string>{"none.jsonl failed", "b.jsonl:1 2/1"}));
  EXPECT_EQ(items_of({names, {}, {.from = {2, 1}}}), std::vector<std::string>{});
  const auto ours = [](const Piece& piece) { return piece.place.ends_with(":1"); };
  EXPECT_EQ(items_of({names, {}, {.ours = ours}}),
            (std::vector<std::string>{"a.jsonl:1 0/1", "b.jsonl:1 2/1"}))
      << "of what is another's nothing is said";
}

class WorkIn : public testing::TestWithParam<std::string> {
 protected:
  WorkIn() : store_(GetParam()), ledger_(std::in_place, store_.where, Ledger::write) {}

  // The record of a number.
  static Record record_of(const std::string& n) {
    Record record;
    record.article.id = record.article.url = "https://paper.example/" + n;
    record.article.published = "2031-05-14";
    record.article.language = "en";
    record.article.text = "Iceland condemned Norway, and minister number " + n + " left.";
    return record;
  }
  // Articles that wait to be read.
  void put(int articles) {
    Jobs jobs(ledger_->database());
    for (int n = 0; n < articles; ++n)
      EXPECT_TRUE(JobQueue::put(jobs, record_of(std::to_string(n)).article,
                                AddressRules(test::source_dir() + "/data/addresses.tsv")));
  }
  Jobs::State jobs() { return Jobs(*Database::open(store_.where, true)).state(); }

  test::Store store_;
  std::optional<Ledger> ledger_;
  Told told_;
  Failures failures_ = told_.failures();
};
INSTANTIATE_TEST_SUITE_P(Ledger, WorkIn, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

TEST_P(WorkIn, TheSourceHearsOfWhatTheLedgerHasAndOfNothingElse) {
  class Listening : public Numbers {
   public:
    explicit Listening(Ledger& ledger) : Numbers(9), ledger_(ledger) {}
    void kept(const Item& item) override {
      EXPECT_TRUE(ledger_.has_url("https://paper.example/" + std::to_string(item.number)));
      Numbers::kept(item);
    }

   private:
    Ledger& ledger_;
  };
  Listening source(*ledger_);
  source.lost = 4;
  LedgerSink sink(*ledger_, source, failures_);
  pipeline::run(
      source, 2,
      [](const Piece& piece) {
        Record record = record_of(piece.bytes);
        if (piece.bytes == "6") record.article.published = "no day";
        return record;
      },
      sink, failures_);
  EXPECT_EQ(source.acknowledged, (std::vector<size_t>{1, 2, 3, 5, 7, 8, 9}));
  EXPECT_EQ(ledger_->articles(), 7) << "what another holds is not kept";
  EXPECT_EQ(sink.fresh + sink.copies, 7u);
  ASSERT_EQ(told_.failed.size(), 1u);
  EXPECT_EQ(told_.failed[0].find("n:6: "), 0u) << told_.failed[0];
  EXPECT_EQ(source.refused.size(), 1u);
}

TEST_P(WorkIn, AJobIsGoneInTheTransactionThatKeepsItsRecord) {
  // The store fails in the midst of a transaction.
  class Torn : public JobQueue {
   public:
    using JobQueue::JobQueue;
    void kept(const Item& item) override {
      JobQueue::kept(item);
      if (item.number == 2) throw StartError("the connection is lost");
    }
  };
  put(5);
  const auto read = [](const Piece& piece) {
    Record record;
    record.article = JobQueue::article_of(piece);
    return record;
  };
  {
    Torn queue(ledger_->database(), 16, 300);
    LedgerSink sink(*ledger_, queue, failures_);
    ASSERT_TRUE(queue.take());
    EXPECT_THROW(pipeline::run(queue, 1, read, sink, failures_), StartError);
  }
  ledger_.reset();
  ledger_.emplace(store_.where, Ledger::write);
  EXPECT_EQ(ledger_->articles(), 0) << "neither is kept";
  EXPECT_EQ(jobs().taken, 5) << "nor gone";
  ledger_->database().run("UPDATE job SET lease = 1, tries = 0");
  JobQueue queue(ledger_->database(), 16, 300);
  LedgerSink sink(*ledger_, queue, failures_);
  ASSERT_TRUE(queue.take());
  pipeline::run(queue, 1, read, sink, failures_);
  EXPECT_EQ(ledger_->articles(), 5);
  EXPECT_EQ(jobs().taken + jobs().left + jobs().waiting, 0);
  EXPECT_TRUE(told_.failed.empty());
}

TEST_P(WorkIn, AProgramThatIsAskedToEndGivesBackWhatItHasNotBegun) {
  put(5);
  JobQueue queue(ledger_->database(), 16, 300);
  ASSERT_TRUE(queue.take());
  Item item;
  ASSERT_TRUE(queue.next(item));
  ASSERT_TRUE(queue.next(item));
  pipeline::stop_was_asked = true;
  EXPECT_FALSE(queue.next(item));
  pipeline::stop_was_asked = false;
  EXPECT_EQ(jobs().waiting, 3);
  EXPECT_EQ(jobs().taken, 2);
}

}  // namespace
}  // namespace chancery
