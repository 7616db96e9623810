// Many inputs in one run of the program: what ends it, and that nothing is left half written. The
// run itself: pipeline_test.cpp.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include "base/error.h"
#include "base/output_file.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

using test::Folder;
using test::Outcome;
using test::program;

std::string line(int n) {
  return "{\"id\":\"a" + std::to_string(n) +
         "\",\"published\":\"2031-05-14\",\"text\":\"Iceland condemned Norway on Monday, and "
         "minister number " +
         std::to_string(n) + " left the talks.\"}\n";
}
std::string lines(int from, int to) {
  std::string out;
  for (int n = from; n < to; ++n) out += line(n);
  return out;
}
long count(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

// The records of the lines above, with other words each.
std::string records(int n) {
  Record r = test::read("Iceland condemned Norway on Monday, and the minister left the talks.");
  std::string out;
  for (int i = 0; i < n; ++i) {
    Record one = r;
    one.article.id = "r" + std::to_string(i);
    one.article.text += " Number " + std::to_string(i) + ".";
    out += to_json(one) + "\n";
  }
  return out;
}

TEST(Batch, FullOutputsAreSaidOnce) {
  Folder f;
  std::string path = f.write("in.jsonl", lines(0, 60));
  for (const std::string& arguments :
       {"code -j 2 -o /dev/full " + path, "code " + path + " > /dev/full",
        "extract -o /dev/full " + path,
        "ingest --new --ledger " + f.file("l.ledger") + " " + path + " > /dev/full"}) {
    std::string command = test::program_file() + " " + arguments + " 2> " + f.file("err");
    int status = std::system(command.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 3) << arguments;
    std::string err = read_file(f.file("err"));
    EXPECT_EQ(count(err), 1) << err;
    EXPECT_NE(err.find("No space left"), std::string::npos) << err;
  }
}

TEST(Batch, AFileIsThereWholeOrNotAtAll) {
  Folder f;
  std::string out = f.write("out.jsonl", "before\n"), part = out + ".part";
  {
    OutputFile file(out);
    file.write("half");
    EXPECT_EQ(read_file(out), "before\n");
  }
  EXPECT_EQ(read_file(out), "before\n");
  EXPECT_FALSE(std::filesystem::exists(part));
  {
    OutputFile file(out);
    file.write("after\n");
    file.close();
  }
  EXPECT_EQ(read_file(out), "after\n");
  EXPECT_FALSE(std::filesystem::exists(part));
  // A link's end is written, the link stays; a device is written to as it is.
  std::filesystem::create_symlink(out, f.file("link"));
  {
    OutputFile file(f.file("link"));
    file.write("through\n");
    file.close();
  }
  EXPECT_TRUE(std::filesystem::is_symlink(f.file("link")));
  EXPECT_EQ(read_file(out), "through\n");
  OutputFile null("/dev/null");
  null.write("x");
  null.close();
  EXPECT_THROW(OutputFile(f.file("no/such/folder")), StartError);
}

TEST(Batch, AKilledRunLeavesTheOldFile) {
  Folder f;
  std::string fifo = f.file("fifo"), out = f.write("out.jsonl", "before\n");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  for (int signal : {SIGTERM, SIGINT, SIGKILL}) {
    std::fflush(nullptr);
    pid_t child = fork();
    if (child == 0) {
      // Tests that a shell runs behind its back are deaf to SIGINT, and so would the program be.
      std::signal(signal, SIG_DFL);
      execl(test::program_file().c_str(), test::program_file().c_str(), "code", "-o", out.c_str(),
            fifo.c_str(), nullptr);
      _exit(127);
    }
    std::FILE* feed = std::fopen(fifo.c_str(), "wb");
    std::string some = lines(0, 200);
    std::fwrite(some.data(), 1, some.size(), feed);
    std::fflush(feed);
    // The input is still open: it has begun, and cannot have ended.
    while (!std::filesystem::exists(out + ".part"))
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    kill(child, signal);
    int status = 0;
    waitpid(child, &status, 0);
    std::fclose(feed);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(read_file(out), "before\n");
  }
  EXPECT_EQ(program("code -o " + out + " " + f.write("in.jsonl", lines(0, 3))).code, 0);
  EXPECT_EQ(count(read_file(out)), 3);
  EXPECT_FALSE(std::filesystem::exists(out + ".part"));
}

TEST(Batch, ALostServerEndsTheRunAndKeepsWhatWasCommitted) {
  const char* address = std::getenv("CHANCERY_TEST_POSTGRES");
  if (!address) GTEST_SKIP() << "no PostgreSQL was started for the tests";
  test::Store store("postgres");
  Folder f;
  std::string fifo = f.file("fifo"), all = records(400);
  size_t begin = store.where.find("chancery_test_");
  std::string name = store.where.substr(begin, store.where.find('?') - begin);
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  Ledger(store.where, Ledger::write);
  std::thread run([&] {
    std::string command = test::program_file() + " ingest --ledger '" + store.where + "' " + fifo +
                          " > " + f.file("out") + " 2> " + f.file("err");
    int status = std::system(command.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 3);
  });
  std::FILE* feed = std::fopen(fifo.c_str(), "wb");
  std::signal(SIGPIPE, SIG_IGN);
  std::fwrite(all.data(), 1, all.size() - 20000, feed);
  std::fflush(feed);
  auto admin = Database::open(replace_all(address, "NAME", "postgres"), false);
  for (bool killed = false; !killed;) {
    Query q(*admin,
            "SELECT count(*) FROM pg_stat_activity, pg_terminate_backend(pid) WHERE datname = '" +
                name + "' AND state LIKE 'idle%'");
    killed = q.step() && q.integer(0) > 0;
  }
  std::fwrite(all.data() + all.size() - 20000, 1, 20000, feed);
  std::fclose(feed);
  run.join();
  std::string err = read_file(f.file("err"));
  EXPECT_EQ(count(err), 1) << err;
  EXPECT_NE(err.find("connection is lost"), std::string::npos) << err;
  EXPECT_EQ(read_file(f.file("out")), "") << "nothing is reported as taken";
  EXPECT_EQ(program("ingest --ledger '" + store.where + "' " + f.write("all.jsonl", all)).code, 0);
  EXPECT_EQ(Ledger(store.where, Ledger::read).articles(), 400);
}

TEST(Batch, RecordsAreKnownWhateverTheirSpacingAndOrder) {
  std::string record = records(1);
  std::string spaced = replace_all(replace_all(record, "\":", "\" : "), ",\"", ",\n  \"");
  std::string schema = "\"schema\":\"chancery/1\",";
  ASSERT_NE(record.find(schema), std::string::npos);
  std::string last = replace_all(record, schema, "");
  last.insert(last.rfind('}'), ",\"schema\":\"chancery\\/1\"");
  for (const std::string& form : {record, spaced, last}) {
    EXPECT_TRUE(is_record(form));
    Folder f;
    Outcome o = program("ingest --ledger " + f.file("l.ledger") + " " + f.write("r.json", form));
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_EQ(Ledger(f.file("l.ledger"), Ledger::read).record(1)->article.id, "r0");
  }
  EXPECT_FALSE(is_record("{\"text\":\"the words \\\"schema\\\":\\\"chancery/1\\\" in a text\"}"));
  EXPECT_FALSE(is_record("{\"article\":{\"schema\":\"chancery/1\"}}"));
  // A bad one is named by its place.
  Folder f;
  std::string bad = replace_all(record, "\"article\":", "\"articel\":");
  Outcome o =
      program("ingest --ledger " + f.file("l.ledger") + " " + f.write("r.jsonl", record + bad));
  EXPECT_EQ(o.code, 1);
  EXPECT_NE(o.err.find("r.jsonl:2"), std::string::npos) << o.err;
}

TEST(Batch, PipesOfAllSorts) {
  Folder f;
  std::string path = f.write("in.jsonl", lines(0, 3));
  for (const std::string& input :
       {"bash -c '" + test::program_file() + " code <(cat " + path + ")'",
        "cat " + path + " | " + test::program_file() + " code -",
        "cat " + path + " | " + test::program_file() + " code /dev/stdin",
        test::program_file() + " code - < " + path,
        "gzip -c " + path + " | " + test::program_file() + " code -"}) {
    std::string command = "( " + input + " ) > " + f.file("out") + " 2> " + f.file("err");
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 0) << input << read_file(f.file("err"));
    EXPECT_EQ(count(read_file(f.file("out"))), 3) << input;
  }
}

}  // namespace
}  // namespace chancery
