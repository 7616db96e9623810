// What a ledger meets in the world: kills, full disks, locks, damage, no permission. Nothing
// acknowledged is lost, nothing is twice, and the message says what to do.
#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "article/load.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

// Records with other words each, as lines.
std::string many_records(int n) {
  Record r = test::read(
      "Norwegian Foreign Minister Tora Solheim met Icelandic Prime Minister Jon Arnarson in Oslo "
      "on Wednesday.",
      "2031-05-14");
  std::string out;
  for (int i = 0; i < n; ++i) {
    Record one = r;
    one.article.id = "k" + std::to_string(i);
    one.article.text += " Number " + std::to_string(i) + ".";
    out += to_json(one, {false}) + "\n";
  }
  return out;
}

TEST(Hardship, KilledAtAnyMomentNothingIsLostOrTwice) {
  test::Folder folder;
  const int n = 6000;
  std::ofstream(folder.path / "records.jsonl") << many_records(n);
  std::string ledger = folder.file("l.ledger"), input = folder.file("records.jsonl");
  std::mt19937 random(5);
  for (int round = 0; round < 25; ++round) {
    std::fflush(nullptr);
    pid_t child = fork();
    if (child == 0) {
      std::freopen("/dev/null", "w", stdout);
      std::freopen("/dev/null", "w", stderr);
      execl(test::program_file().c_str(), test::program_file().c_str(), "ingest", "--ledger",
            ledger.c_str(), input.c_str(), nullptr);
      _exit(127);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + static_cast<int>(random() % 900)));
    kill(child, SIGKILL);
    int status;
    waitpid(child, &status, 0);
    if (!std::filesystem::exists(ledger)) continue;
    try {
      Ledger l(ledger, Ledger::read);
      Query q(l.database(), "PRAGMA integrity_check");
      ASSERT_TRUE(q.step());
      EXPECT_EQ(q.text(0), "ok");
      // Whole or not at all: as many articles as have their parts.
      Query torn(l.database(),
                 "SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM event e WHERE "
                 "e.article = a.number) OR NOT EXISTS (SELECT 1 FROM actor x WHERE x.article = "
                 "a.number) OR NOT EXISTS (SELECT 1 FROM words w WHERE w.rowid = a.number)");
      ASSERT_TRUE(torn.step());
      EXPECT_EQ(torn.integer(0), 0);
    } catch (const StartError& e) {
      // Killed before the tables were made: an empty ledger, which says so.
      EXPECT_NE(std::string(e.what()).find("empty"), std::string::npos) << e.what();
    }
  }
  auto last = test::program("ingest --ledger " + ledger + " " + input);
  EXPECT_EQ(last.code, 0) << last.err;
  EXPECT_EQ(Ledger(ledger, Ledger::read).articles(), n);
  EXPECT_NE(last.out.find(std::to_string(n) + " articles in all"), std::string::npos) << last.out;
}

TEST(Hardship, AFullDiskIsSaidAndTheLedgerStaysWhole) {
  test::Folder folder;
  std::ofstream(folder.path / "records.jsonl") << many_records(3000);
  std::ofstream(folder.path / "few.jsonl") << many_records(20);
  ASSERT_EQ(
      test::program("ingest --ledger " + folder.file("l.ledger") + " " + folder.file("few.jsonl"))
          .code,
      0);
  // No file may grow beyond 600 blocks of 512 bytes.
  std::string command = "trap '' XFSZ; ulimit -f 600; " + test::program_file() +
                        " ingest --ledger " + folder.file("l.ledger") + " " +
                        folder.file("records.jsonl") + " > " + folder.file("out") + " 2> " +
                        folder.file("err");
  int status = std::system(command.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 3);
  std::string err = read_file(folder.file("err"));
  EXPECT_TRUE(err.find("disk") != std::string::npos || err.find("full") != std::string::npos)
      << err;
  {
    Ledger l(folder.file("l.ledger"), Ledger::read);
    EXPECT_GE(l.articles(), 20);
  }
  // With room again it goes on where it was.
  EXPECT_EQ(test::program("ingest --ledger " + folder.file("l.ledger") + " " +
                          folder.file("records.jsonl"))
                .code,
            0);
  EXPECT_EQ(Ledger(folder.file("l.ledger"), Ledger::read).articles(), 3000);
}

TEST(Hardship, ALockedLedgerIsSaidAndReadersGoOn) {
  test::Folder folder;
  std::ofstream(folder.path / "records.jsonl") << many_records(5);
  ASSERT_EQ(test::program("ingest --ledger " + folder.file("l.ledger") + " " +
                          folder.file("records.jsonl"))
                .code,
            0);
  Ledger holder(folder.file("l.ledger"), Ledger::write);
  holder.begin();
  auto reading = test::program("events --ledger " + folder.file("l.ledger"));
  EXPECT_EQ(reading.code, 0) << reading.err;
  auto writing = test::program("ingest --ledger " + folder.file("l.ledger") + " " +
                               folder.file("records.jsonl"));
  EXPECT_EQ(writing.code, 3);
  EXPECT_NE(writing.err.find("another program is writing"), std::string::npos) << writing.err;
}

TEST(Hardship, DamageNeverCrashesAndIsSaid) {
  test::Folder folder;
  std::ofstream(folder.path / "records.jsonl") << many_records(200);
  ASSERT_EQ(test::program("ingest --ledger " + folder.file("l.ledger") + " " +
                          folder.file("records.jsonl"))
                .code,
            0);
  std::string whole = read_file(folder.file("l.ledger"));
  std::mt19937 random(9);
  for (int round = 0; round < 40; ++round) {
    std::string torn = whole;
    for (int k = 0; k < 40; ++k)
      torn[random() % torn.size()] ^= static_cast<char>(1 + random() % 255);
    std::ofstream(folder.path / "t.ledger", std::ios::binary) << torn;
    for (const char* verb : {"events", "doctor", "statements --by Solheim"}) {
      auto o = test::program(std::string(verb) + " --ledger " + folder.file("t.ledger"));
      EXPECT_TRUE(o.code == 0 || o.code == 1 || o.code == 3) << verb << o.code << o.err;
      EXPECT_TRUE(o.code == 0 || !o.err.empty()) << verb;
    }
    std::filesystem::remove(folder.path / "t.ledger-wal");
    std::filesystem::remove(folder.path / "t.ledger-shm");
  }
  std::ofstream(folder.path / "t.ledger", std::ios::binary) << whole.substr(0, whole.size() / 2);
  auto half = test::program("events --ledger " + folder.file("t.ledger"));
  EXPECT_TRUE(half.code == 0 || half.code == 3);
}

TEST(Hardship, AServerThatIsNotThereIsSaid) {
  auto o = test::program("events --ledger 'postgres://nobody:secret@127.0.0.1:1/none'");
  EXPECT_EQ(o.code, 3);
  EXPECT_NE(o.err.find("cannot be reached"), std::string::npos) << o.err;
  EXPECT_EQ(o.err.find("secret"), std::string::npos) << "no password in a message";
  // Nor where it stands elsewhere, or in part where it holds what ends it.
  for (const char* address :
       {"postgres://127.0.0.1:1/none?user=nobody&password=secret&connect_timeout=1",
        "postgres://nobody:se@cret@127.0.0.1:1/none", "postgres://nobody:se/cret@127.0.0.1:1/none",
        "postgres://nobody@127.0.0.1:1/none?PassWord=secret"}) {
    o = test::program("events --ledger '" + std::string(address) + "'");
    EXPECT_EQ(o.code, 3) << address;
    EXPECT_EQ(o.err.find("cret"), std::string::npos) << o.err;
  }
}

}  // namespace
}  // namespace chancery
