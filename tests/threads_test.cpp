// What several threads share: one reader, one service, one file of a ledger. ThreadSanitizer looks
// at these, at the sockets and at no others (preset threads, CMakeLists.txt).
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <thread>

#include "article/load.h"
#include "base/strings.h"
#include "ledger/ledger.h"
#include "library/guard.h"
#include "pipeline/inputs.h"
#include "pipeline/pool.h"
#include "record/json.h"
#include "serve/service.h"
#include "support.h"

namespace chancery {
namespace {

constexpr int kThreads = 4;

// The same at once on each thread; what it throws is told.
void on_all(const std::function<void(int)>& work) {
  std::vector<std::string> failed(kThreads);
  std::vector<std::thread> threads;
  for (int n = 0; n < kThreads; ++n)
    threads.emplace_back([&, n] {
      try {
        work(n);
      } catch (const std::exception& error) {
        failed[static_cast<size_t>(n)] = error.what();
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, std::vector<std::string>(kThreads));
}

// Two reports and a page, enough to go through all stages of reading.
const std::vector<std::string>& inputs() {
  static const test::Folder folder;
  static const std::vector<std::string> all = [] {
    const std::string lines = read_file(test::source_dir() + "/examples/reports.jsonl");
    std::string some;
    for (std::string_view line : split(lines, '\n')) {
      some += std::string(line) + "\n";
      if (some.size() > 4000) break;
    }
    return std::vector<std::string>{folder.write("reports.jsonl", some),
                                    test::source_dir() + "/examples/accord.html"};
  }();
  return all;
}

std::vector<std::string> read_by(int threads, const Reader& reader) {
  std::vector<std::string> out;
  pipeline::Inputs source(inputs(), {});
  pipeline::Pool<std::string> pool(source, threads, [&](const Piece& piece) {
    return to_json(reader.read(article_of(piece, InputKind::detect)));
  });
  for (pipeline::Outcome<std::string> one; pool.next(one);) {
    EXPECT_EQ(one.problem + one.item.piece.warning, "");
    if (one.result) out.push_back(*one.result);
  }
  return out;
}

TEST(Threads, OneReaderReadsForThemAll) {
  // The first readings ever of this reader are those of many threads.
  const Reader reader(test::resources());
  const std::vector<std::string> together = read_by(kThreads, reader);
  EXPECT_GT(together.size(), 2u);
  EXPECT_EQ(together, read_by(1, reader));
}

TEST(Threads, TheAccurateModelToo) {
  const Reader reader(std::make_shared<const Resources>(
      test::source_dir() + "/data", test::source_dir() + "/models/chancery.model"));
  std::vector<std::string> records(kThreads);
  on_all([&](int n) {
    Article article;
    article.text = "“We will not sign,” the foreign minister of Norway said in Oslo on Monday.";
    records[static_cast<size_t>(n)] = to_json(reader.read(std::move(article)));
  });
  for (const std::string& record : records) EXPECT_EQ(record, records[0]);
}

TEST(Threads, TheLibraryReadsByAsManyAsAreAsked) {
  v1::Engine engine;
  ASSERT_TRUE(v1::Engine::open({.data = test::source_dir() + "/data",
                                .model = test::source_dir() + "/models/chancery-fast.model"},
                               &engine)
                  .ok());
  auto by = [&](int threads) {
    std::vector<std::string> out;
    v1::Coder coder;
    EXPECT_TRUE(v1::Coder::open(engine, inputs(), {.threads = threads}, &coder).ok());
    for (v1::Coded one; coder.next(&one);) out.push_back(one.json + one.status.message());
    return out;
  };
  EXPECT_EQ(by(kThreads), by(1));
}

TEST(Threads, EachWritesTheSameLedgerThroughOneOfItsOwn) {
  test::Folder folder;
  on_all([&](int n) {
    Ledger ledger(folder.file("l.ledger"), Ledger::write);
    for (const Record& example : test::example_reports()) {
      Record record = example;
      record.article.text += " Number " + std::to_string(n) + " was agreed.";
      record.article.url.clear();
      record.article.id += std::to_string(n);
      ledger.add(record);
    }
  });
  Ledger ledger(folder.file("l.ledger"), Ledger::read);
  EXPECT_EQ(ledger.articles(), static_cast<int64_t>(kThreads * test::example_reports().size()));
}

TEST(Threads, OneServiceAnswersThemAllWhileItsLedgerGrows) {
  test::Folder folder;
  { Ledger(folder.file("l.ledger"), Ledger::write).add(test::example_reports()[0]); }
  Service service({folder.file("l.ledger"), "a token of some length", "", 0}, test::resources(),
                  test::source_dir() + "/data");
  std::mutex mutex;
  std::map<std::string, int> unmeant;
  auto ask = [&](const std::string& method, const std::string& path, const std::string& body,
                 int status) {
    Request q;
    q.method = method;
    q.path = path;
    q.accept = path.starts_with("/api") ? "application/json" : "text/html";
    q.body = body;
    q.content_type = "text/plain";
    if (method == "POST") q.authorization = "Bearer a token of some length";
    if (service.answer(q).status == status) return;
    std::lock_guard lock(mutex);
    ++unmeant[path];
  };
  on_all([&](int n) {
    int64_t newest = 0;
    for (const Record& example : test::example_reports()) {
      if (n == 0) ask("POST", "/api/v1/records", to_json(example, {true}), 200);
      if (n == 1)
        ask("POST", "/api/v1/corrections",
            R"({"act":"note","article":1,"reason":"seen","author":"Ana Ruiz"})", 200);
      if (n == 2) ask("POST", "/api/v1/read", "Norway opened its ports on Sunday.", 200);
      if (n == 3) service.news_after(newest, newest);
      for (const char* path : {"/", "/articles/1", "/calendar", "/network", "/metrics",
                               "/api/v1/statements", "/api/v1/export", "/api/v1/corrections"})
        ask("GET", path, "", 200);
      ask("GET", "/api/v1/nothing", "", 404);
    }
  });
  EXPECT_EQ(unmeant, (std::map<std::string, int>{}));
}

}  // namespace
}  // namespace chancery
