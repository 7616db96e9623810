// What programs that work for weeks give up between two bursts of work, and that nothing else is lost
// with it.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "article/html.h"
#include "base/error.h"
#include "base/memory.h"
#include "kin.h"
#include "ledger/digest.h"
#include "ledger/ledger.h"
#include "ledger/sqlite_database.h"
#include "serve/service.h"
#include "support.h"

namespace chancery {
namespace {

#if defined(__has_feature)  // clang's way to say it
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OTHER_ALLOCATOR
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OTHER_ALLOCATOR
#endif

#if defined(__GLIBC__) && !defined(OTHER_ALLOCATOR)
long kilobytes_of(std::string_view what) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (long kilobytes = 0; word == what && status >> kilobytes) return kilobytes;
  return 0;
}

// Kilobytes of memory of our own that the system holds for us.
long own_memory() { return kilobytes_of("RssAnon:"); }

// Kilobytes that reading the page takes at its height; 0 where the system does not say.
long height_of(const std::string& page) {
  give_back_memory();
  std::ofstream("/proc/self/clear_refs") << "5";
  const long before = kilobytes_of("VmRSS:"), height = kilobytes_of("VmHWM:");
  if (height > before + 5000) return 0;  // the height so far could not be forgotten
  try {
    read_html(page);
  } catch (const Error&) {  // no article: read all the same
  }
  return kilobytes_of("VmHWM:") - before;
}
#endif

TEST(Rest, WhatWasFreedGoesBackToTheSystem) {
#if defined(__GLIBC__) && !defined(OTHER_ALLOCATOR)
  constexpr int kBlocks = 64000;  // of a thousand bytes each
  std::vector<std::unique_ptr<char[]>> blocks(kBlocks);
  std::thread([&] {
    for (auto& block : blocks) {
      block = std::make_unique<char[]>(1000);
      block[0] = 1;
    }
    // One of twenty stays, as some always do: the allocator by itself gives back none of it.
    for (int i = 0; i < kBlocks; ++i)
      if (i % 20) blocks[i].reset();
  }).join();
  const long before = own_memory();
  give_back_memory();
  EXPECT_LT(own_memory(), before - 30000);
#else
  GTEST_SKIP() << "an allocator of its own";
#endif
}

// The allocator's own habit: after a large block was freed it keeps as much at the end of each share.
TEST(Rest, WhatIsAtTheEndOfAThreadsShareGoesBackToo) {
#if defined(__GLIBC__) && !defined(OTHER_ALLOCATOR)
  keep_little_memory();
  {
    std::vector<char> large(20 << 20, 1);
    EXPECT_EQ(large[4096], 1);
  }
  long before = 0, after = 0;
  std::thread([&] {
    auto first = std::make_unique<char[]>(1000);
    before = own_memory();
    std::vector<std::unique_ptr<char[]>> blocks(300);
    for (auto& block : blocks) block = std::make_unique<char[]>(100000);
    blocks.clear();
    give_back_memory();
    after = own_memory();
  }).join();
  EXPECT_LT(after, before + 5000);
#else
  GTEST_SKIP() << "an allocator of its own";
#endif
}

TEST(Rest, ALongTextLeavesNothingBehind) {
#if defined(__GLIBC__) && !defined(OTHER_ALLOCATOR)
  std::string text;
  while (text.size() < 60000)
    text += "Kenya recalled its envoy from Chad after the talks in Oslo. ";
  test::read("Kenya recalled its envoy.", "2031-05-14");
  give_back_memory();
  const long before = own_memory();
  test::read(text, "2031-05-14");
  give_back_memory();
  EXPECT_LT(own_memory(), before + 4000);
#else
  GTEST_SKIP() << "an allocator of its own";
#endif
}

int pages_kept(Ledger& ledger) {
  int now = 0, most = 0;
  sqlite3_db_status(dynamic_cast<SqliteDatabase&>(ledger.database()).handle(),
                    SQLITE_DBSTATUS_CACHE_USED, &now, &most, 0);
  return now;
}

int statements_kept(Ledger& ledger) {
  sqlite3* db = dynamic_cast<SqliteDatabase&>(ledger.database()).handle();
  int n = 0;
  for (sqlite3_stmt* s = nullptr; (s = sqlite3_next_stmt(db, s));) ++n;
  return n;
}

TEST(Rest, ALedgerForgetsNothingButWhatIsForSpeed) {
  test::Store one{"sqlite"}, other{"sqlite"};
  Ledger rests{one.where, Ledger::write}, goes_on{other.where, Ledger::write};
  int n = 0;
  for (const Record& r : test::kin()) {
    rests.add(r);
    goes_on.add(r);
    if (++n % 3) continue;
    const int pages = pages_kept(rests), statements = statements_kept(rests);
    rests.rest();
    EXPECT_LT(pages_kept(rests), pages / 4);
    EXPECT_LT(statements_kept(rests), statements / 2);  // the full-text index has its own
  }
  ASSERT_GT(n, 6);
  EXPECT_EQ(digest_of(digests(rests.database())), digest_of(digests(goes_on.database())));
}

// How often this program has the file open.
int times_open(const std::string& path) {
  int n = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error))
    n += std::filesystem::read_symlink(entry.path(), error) == path;
  return n;
}

TEST(Rest, AServerClosesTheLedgersThatWait) {
  test::Folder folder;
  const std::string path = std::filesystem::canonical(folder.file(".")) / "rest.ledger";
  Ledger(path, Ledger::write).add(test::read("Kenya recalled its envoy.", "2031-05-14"));
  Service service({path, "", "", 5000}, test::resources(), test::source_dir() + "/data");
  Request q;
  q.method = "GET";
  q.path = "/healthz";
  ASSERT_EQ(service.answer(q).status, 200);
  if (times_open(path) == 0) GTEST_SKIP() << "no list of open files here";
  service.rest();
  EXPECT_EQ(times_open(path), 0);
  EXPECT_EQ(service.answer(q).status, 200);
}

// Gumbo would keep an error for each '<' that is no tag, of 90 bytes; and what is known of a block
// takes more room than the block, so it is looked at and let go.
TEST(Rest, APageTakesNoMoreThanItsTree) {
#if defined(__GLIBC__) && !defined(OTHER_ALLOCATOR)
  const std::string mistakes = "<html><body><p>Norway signed.</p>" + std::string(2 << 20, '<');
  std::string blocks = "<html><body>";
  for (int i = 0; i < 30000; ++i) blocks += "<p>Norway signed.</p>";
  height_of("<p>Norway signed it.</p>");  // the judge of blocks is there from now on
  const long first = height_of(mistakes), second = height_of(blocks);
  if (first == 0) GTEST_SKIP() << "the system does not forget the height of memory";
  EXPECT_LT(first, 40000);
  EXPECT_LT(second, 40000);
#else
  GTEST_SKIP() << "an allocator of its own";
#endif
}

TEST(Rest, OfAPageOfVeryManyTagsTheRestIsLeftOutWithANote) {
  const std::string text =
      "<p>The foreign minister of Norway said on Monday that the port of Bergen "
      "would stay open to ships of Iceland, whatever the talks brought.</p>";
  const auto page = [&](int tags) {
    std::string out = "<html><body><h1>Norway keeps its port open</h1>" + text;
    for (int i = 0; i < tags / 2; ++i) out += "<b></b>";
    return out +
           "<p>The ambassador of Iceland said that her country would sign the accord in June, "
           "and thanked the ministry.</p>";
  };
  const Article whole = read_html(page(249900)), cut = read_html(page(250100));
  EXPECT_NE(whole.text.find("ambassador"), std::string::npos);
  EXPECT_EQ(cut.text.find("ambassador"), std::string::npos);
  EXPECT_NE(cut.text.find("minister"), std::string::npos);
  const std::string note = "page of very many tags: read as far as the limit";
  EXPECT_EQ(std::count(whole.notes.begin(), whole.notes.end(), note), 0);
  EXPECT_EQ(std::count(cut.notes.begin(), cut.notes.end(), note), 1);
}

}  // namespace
}  // namespace chancery
