// Beyond one machine: shards, manifests, checkpoints, merging; ledgers that are written by several, only read, mistyped or damaged.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <random>
#include <set>
#include <thread>

#include "article/pieces.h"
#include "base/error.h"
#include "cli/ledger_name.h"
#include "kin.h"
#include "ledger/check.h"
#include "ledger/digest.h"
#include "ledger/ledger.h"
#include "ledger/postgres_copy.h"
#include "ledger/settle.h"
#include "pipeline/manifest.h"
#include "pipeline/packing.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;
using pipeline::Manifest;
using pipeline::ShardName;
using test::Folder;
using test::kin;
using test::Outcome;
using test::program;
using test::settled_digest;

std::string article(int n) {
  return "{\"id\":\"a" + std::to_string(n) + "\",\"published\":\"2031-05-" +
         (n % 20 < 10 ? "1" : "2") + std::to_string(n % 8) +
         "\",\"text\":\"Iceland condemned Norway on Monday, and minister number " +
         std::to_string(n) + " left the talks in Oslo.\"}\n";
}

std::string articles(int from, int to) {
  std::string out;
  for (int n = from; n < to; ++n) out += article(n);
  return out;
}

std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> out;
  for (std::string_view line : split(text, '\n'))
    if (!line.empty()) out.emplace_back(line);
  std::sort(out.begin(), out.end());
  return out;
}

// A file with its packing undone.
std::string unpacked(const std::string& path) {
  Input input(path);
  return read_all(input, 1u << 30);
}

std::string fast(const std::string& arguments) { return "--model fast " + arguments; }

TEST(Shards, HoldEachContentOnceWhateverItsPlace) {
  for (size_t of : {1u, 2u, 7u}) {
    std::vector<int> sizes(of);
    for (int n = 0; n < 700; ++n) {
      int holders = 0;
      for (size_t k = 1; k <= of; ++k)
        if (ShardName{k, of}.holds(article(n))) ++holders, ++sizes[k - 1];
      EXPECT_EQ(holders, 1);
    }
    for (int size : sizes) EXPECT_GT(size, 700 / static_cast<int>(of) / 2);
  }
  EXPECT_EQ(ShardName::parse("3/12"), (ShardName{3, 12}));
  for (const char* none : {"", "3", "0/3", "4/3", "1/0", "a/b", "1/2/3", "-1/3", "1/2x"})
    EXPECT_THROW(ShardName::parse(none), UsageError) << none;
}

TEST(Shards, MergedAreTheWholeInAnyOrder) {
  Folder f;
  const std::string in = f.write("in.jsonl", articles(0, 90)),
                    again = f.write("again.jsonl", articles(80, 100));
  const std::string inputs = " " + in + " " + again;
  std::vector<std::string> manifests;
  for (int k = 1; k <= 3; ++k) {
    const std::string out = f.file("s" + std::to_string(k) + ".jsonl");
    Outcome o = program(fast("code --shard " + std::to_string(k) + "/3 -o " + out + inputs));
    ASSERT_EQ(o.code, 0) << o.err;
    EXPECT_FALSE(fs::exists(out + ".part") || fs::exists(out + ".checkpoint") ||
                 fs::exists(out + ".errors.jsonl"));
    manifests.push_back(Manifest::beside(out));
    Manifest m = Manifest::read(manifests.back());
    EXPECT_EQ(m.inputs.size(), 2u);
    EXPECT_EQ(m.records, sorted_lines(read_file(out)).size());
    EXPECT_GT(m.records, 10u);
    EXPECT_EQ(m.first_day.substr(0, 9), "2031-05-1");
    EXPECT_NO_THROW(m.check_output());
  }
  Outcome o = program("merge -o " + f.file("all.jsonl") + " " + join(manifests, " "));
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("100 records of 3 shards, 10 articles came twice"), std::string::npos)
      << o.out;
  std::swap(manifests[0], manifests[2]);
  ASSERT_EQ(program("merge -o " + f.file("other.jsonl") + " " + join(manifests, " ")).code, 0);
  EXPECT_EQ(read_file(f.file("all.jsonl")), read_file(f.file("other.jsonl")));
  // The same records as one run gives, each article once.
  ASSERT_EQ(program(fast("code -o " + f.file("whole.jsonl") + inputs)).code, 0);
  std::vector<std::string> whole = sorted_lines(read_file(f.file("whole.jsonl")));
  whole.erase(std::unique(whole.begin(), whole.end()), whole.end());
  EXPECT_EQ(sorted_lines(read_file(f.file("all.jsonl"))), whole);
  // Another division of them merges into the same bytes.
  std::string halves;
  for (const char* half : {"1/2", "2/2"}) {
    std::string out = f.file(std::string("h") + half[0] + ".jsonl.zst");
    ASSERT_EQ(program(fast(std::string("code --shard ") + half + " -o " + out + inputs)).code, 0);
    halves += " " + Manifest::beside(out);
  }
  ASSERT_EQ(program("merge -o " + f.file("halves.jsonl") + halves).code, 0);
  EXPECT_EQ(read_file(f.file("all.jsonl")), read_file(f.file("halves.jsonl")));
}

TEST(Shards, OfFilesTakeThemByTurns) {
  Folder f;
  std::string list, manifests;
  for (int i = 0; i < 5; ++i)
    list += f.write("in" + std::to_string(i) + ".jsonl", articles(i * 10, i * 10 + 10)) + "\n";
  f.write("list", list);
  size_t files = 0;
  for (const char* shard : {"1/2", "2/2"}) {
    std::string out = f.file(std::string("s") + shard[0] + ".jsonl");
    Outcome o = program(fast(std::string("code --by file --shard ") + shard + " --list " +
                             f.file("list") + " -o " + out));
    ASSERT_EQ(o.code, 0) << o.err;
    files += Manifest::read(Manifest::beside(out)).inputs.size();
    manifests += " " + Manifest::beside(out);
  }
  EXPECT_EQ(files, 5u);
  Outcome o = program("merge -o " + f.file("all.jsonl") + manifests);
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(sorted_lines(read_file(f.file("all.jsonl"))).size(), 50u);
}

TEST(Shards, AKilledOneGoesOnAndIsTheSameToTheByte) {
  Folder f;
  const std::string in = f.write("in.jsonl", articles(0, 1500));
  for (const char* name : {"out.jsonl", "out.jsonl.gz", "out.jsonl.zst"}) {
    const std::string whole = f.file(std::string("whole-") + name), out = f.file(name);
    ASSERT_EQ(program(fast("code --manifest -j 2 -o " + whole + " " + in)).code, 0);
    const size_t size = fs::file_size(whole);
    int taken_up = 0;
    // No file may grow beyond so many bytes: the system kills the program in the midst of writing.
    for (double share : {0.2, 0.5, 0.7, 0.95}) {
      const auto blocks = static_cast<long>(static_cast<double>(size) * share / 512);
      std::string command = "ulimit -c 0; ulimit -f " + std::to_string(blocks) + "; " +
                            test::program_file() + " " +
                            fast("code --manifest -o " + out + " " + in) + " 2> " + f.file("err");
      int status = std::system(("sh -c '" + command + "' 2> /dev/null").c_str());
      EXPECT_NE(status, 0) << name << ' ' << share;
      EXPECT_FALSE(fs::exists(out));
      taken_up += fs::exists(out + ".checkpoint");
    }
    EXPECT_GT(taken_up, 1) << "some were killed behind a checkpoint";
    ASSERT_EQ(program(fast("code --manifest -j 3 -o " + out + " " + in)).code, 0);
    EXPECT_EQ(read_file(out), read_file(whole)) << name;
    Manifest a = Manifest::read(Manifest::beside(out)), b = Manifest::read(Manifest::beside(whole));
    a.output.path = b.output.path;
    EXPECT_EQ(a.to_json(), b.to_json());
    EXPECT_FALSE(fs::exists(out + ".checkpoint") || fs::exists(out + ".part"));
  }
}

TEST(Shards, AskedToEndTheyLeaveACheckpointAnd75) {
  Folder f;
  const std::string in = f.write("in.jsonl", articles(0, 6000)), out = f.file("out.jsonl");
  std::fflush(nullptr);
  pid_t child = fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stderr);
    execl(test::program_file().c_str(), test::program_file().c_str(), "--model", "fast", "code",
          "--manifest", "-o", out.c_str(), in.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  while (!fs::exists(out + ".checkpoint") && waitpid(child, &status, WNOHANG) == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  kill(child, SIGTERM);
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  // On a machine that stood still meanwhile it may have come to its end.
  if (WEXITSTATUS(status) != 0) {
    EXPECT_EQ(WEXITSTATUS(status), 75);
    EXPECT_FALSE(fs::exists(out));
    EXPECT_TRUE(fs::exists(out + ".checkpoint"));
  }
  Outcome o = program(fast("code --manifest -o " + out + " " + in));
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(Manifest::read(Manifest::beside(out)).records, 6000u);
  EXPECT_EQ(sorted_lines(read_file(out)).size(), 6000u);
}

TEST(Shards, WhatIsDoneIsNotDoneAgainUnlessSomethingChanged) {
  Folder f;
  const std::string in = f.write("in.jsonl", articles(0, 20)), out = f.file("out.jsonl"),
                    command = fast("code --manifest -o " + out + " " + in);
  ASSERT_EQ(program(command).code, 0);
  const std::string before = read_file(out);
  Outcome o = program(command);
  EXPECT_EQ(o.code, 0);
  EXPECT_NE(o.err.find("done before, 20 records"), std::string::npos) << o.err;
  // A file that is not what its manifest says is no file.
  f.write("out.jsonl", before.substr(10));
  EXPECT_EQ(program(command).err, "");
  EXPECT_EQ(read_file(out), before);
  f.write("in.jsonl", articles(0, 21));
  EXPECT_EQ(program(command).err, "");
  EXPECT_EQ(Manifest::read(Manifest::beside(out)).records, 21u);
  // Another run at the same time is refused; what cannot be read again too.
  EXPECT_EQ(program(fast("code --manifest -o " + out + " -")).code, 1);
  EXPECT_EQ(program(fast("code --shard 1/2 " + in)).code, 2);
  EXPECT_EQ(program(fast("code --shard 3/2 -o " + out + " " + in)).code, 2);
  EXPECT_EQ(program("code").code, 2);
}

TEST(Tolerance, BearsSoManyAndNoMore) {
  Folder f;
  const std::string bad = "{\"text\":17}\n",
                    in = f.write("in.jsonl", articles(0, 17) + bad + bad + bad),
                    out = f.file("out.jsonl");
  auto code = [&](const std::string& options) {
    fs::remove(out);
    return program(fast("code " + options + " -o " + out + " " + in)).code;
  };
  EXPECT_EQ(code(""), 1);
  EXPECT_TRUE(fs::exists(out)) << "what can be read is there, as ever";
  for (const char* enough : {"3", "15%", "100%"}) {
    EXPECT_EQ(code(std::string("--max-failed ") + enough), 0) << enough;
    EXPECT_TRUE(fs::exists(out));
  }
  for (const char* little : {"2", "14.9%", "0"}) {
    EXPECT_EQ(code(std::string("--max-failed ") + little), 1) << little;
    EXPECT_FALSE(fs::exists(out)) << "nobody takes it for done";
  }
  for (const char* none : {"-1", "1.5", "101%", "many", "%"})
    EXPECT_EQ(code(std::string("--max-failed=") + none), 2) << none;
  // A shard that fell for it goes on when more is borne, and lists what failed.
  EXPECT_EQ(code("--manifest --max-failed 1"), 1);
  EXPECT_FALSE(fs::exists(out));
  EXPECT_EQ(code("--manifest --max-failed 3"), 0);
  EXPECT_EQ(sorted_lines(read_file(out + ".errors.jsonl")).size(), 3u);
  EXPECT_EQ(Manifest::read(Manifest::beside(out)).failed, 3u);
  // Found done, it ends as the numbers say.
  EXPECT_EQ(program(fast("code --manifest -o " + out + " " + in)).code, 1);
  EXPECT_EQ(program(fast("code --manifest --max-failed 10% -o " + out + " " + in)).code, 1);
  EXPECT_EQ(program(fast("code --manifest --max-failed 20% -o " + out + " " + in)).code, 0);
  EXPECT_EQ(program(fast("ingest --max-failed 3 --ledger " + f.file("a.ledger") + " " + in)).code,
            0);
  EXPECT_EQ(program(fast("ingest --max-failed 2 --ledger " + f.file("b.ledger") + " " + in)).code,
            1);
}

TEST(Packing, WhatIsPackedIsReadBack) {
  Folder f;
  const std::string in = f.write("in.jsonl", articles(0, 450));
  ASSERT_EQ(program(fast("code -o " + f.file("plain.jsonl") + " " + in)).code, 0);
  const std::string plain = read_file(f.file("plain.jsonl"));
  for (const char* name : {"out.jsonl.gz", "out.jsonl.zst"}) {
    ASSERT_EQ(program(fast("code -o " + f.file(name) + " " + in)).code, 0);
    EXPECT_LT(fs::file_size(f.file(name)), plain.size() / 5) << name;
    EXPECT_EQ(unpacked(f.file(name)), plain);
    Outcome o = program(fast("ingest --ledger " + f.file(name) + ".ledger " + f.file(name)));
    EXPECT_NE(o.out.find("450 articles in all"), std::string::npos) << o.out << o.err;
    // Cut in its midst it is said, and what came before is done.
    f.write(std::string("cut-") + name,
            read_file(f.file(name)).substr(0, fs::file_size(f.file(name)) - 20));
    o = program(
        fast("ingest --ledger " + f.file(name) + ".cut " + f.file(std::string("cut-") + name)));
    EXPECT_EQ(o.code, 1) << o.err;
  }
  EXPECT_EQ(pipeline::packed("", pipeline::Packing::gzip), "");
  EXPECT_EQ(pipeline::packed("", pipeline::Packing::zstd), "");
}

TEST(Merge, TakesOnlyWhatBelongsTogether) {
  Folder f;
  const std::string in = f.write("in.jsonl", articles(0, 30)),
                    other = f.write("other.jsonl", articles(0, 31));
  auto shard = [&](const std::string& name, const std::string& options, const std::string& input) {
    EXPECT_EQ(program(fast("code " + options + " -o " + f.file(name) + " " + input)).code, 0);
    return " " + Manifest::beside(f.file(name));
  };
  const std::string one = shard("1.jsonl", "--shard 1/2", in),
                    two = shard("2.jsonl", "--shard 2/2", in),
                    dyads = shard("d.jsonl", "--dyads --shard 2/2", in),
                    more = shard("m.jsonl", "--shard 2/2", other),
                    third = shard("t.jsonl", "--shard 2/3", in);
  auto merge = [&](const std::string& what) { return program("merge -o " + f.file("o") + what); };
  auto refused = [&](const std::string& what, const std::string& why) {
    Outcome o = merge(what);
    EXPECT_EQ(o.code, 1) << what;
    EXPECT_NE(o.err.find(why), std::string::npos) << o.err;
    EXPECT_FALSE(fs::exists(f.file("o")));
  };
  refused(one, "shards are missing: 2/2");
  refused(one + two + two, "is " + two.substr(1) + " too");
  refused(one + dyads, "another set of options");
  refused(one + more, "another set of inputs");
  refused(one + third, "another division");
  refused(one + " " + in, "in.jsonl");
  const std::string bytes = read_file(f.file("2.jsonl"));
  f.write("2.jsonl", replace_all(bytes, "Norway", "Sweden"));
  refused(one + two, "not what");
  Outcome o = program("ingest --ledger " + f.file("l.ledger") + " --manifest" + two);
  EXPECT_EQ(o.code, 1);
  EXPECT_FALSE(fs::exists(f.file("l.ledger")));
  fs::remove(f.file("2.jsonl"));
  refused(one + two, "not there");
  f.write("2.jsonl", bytes);
  EXPECT_EQ(merge(" --partial" + one).code, 0);
  fs::remove(f.file("o"));
  ASSERT_EQ(merge(one + two).code, 0);
  for (const char* said : {"30 new, 0 nearly", "0 new, 0 nearly the same as others, 30 known"}) {
    o = program("ingest --ledger " + f.file("l.ledger") + " --manifest " +
                Manifest::beside(f.file("o")));
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_NE(o.out.find(std::string(said).substr(0, 5)), std::string::npos) << o.out;
  }
}

TEST(Digest, TellsOneWordOfDifference) {
  Folder f;
  std::vector<Record> records = kin();
  auto digest = [&](const std::string& name) {
    Ledger ledger(f.file(name), Ledger::write);
    for (const Record& r : records) ledger.add(r);
    return digest_of(digests(ledger.database()));
  };
  const std::string before = digest("a");
  EXPECT_EQ(digest("b"), before);
  EXPECT_EQ(program("digest --ledger " + f.file("a")).out, before + "\n");
  records[0].article.title += "!";
  EXPECT_NE(digest("c"), before);
}

TEST(Writers, TwoIntoOneLedgerNeverWaitForEachOther) {
  std::vector<Record> records = kin();
  std::string forth, back;
  for (int copy = 0; copy < 12; ++copy)
    for (Record r : records) {
      r.article.text += " Edition " + std::to_string(copy) + ".";
      r.article.id += "-" + std::to_string(copy);
      if (!r.article.url.empty()) r.article.url += "-" + std::to_string(copy);
      std::string line = to_json(r) + "\n";
      forth += line;
      back = line + back;
    }
  for (const std::string& kind : test::stores()) {
    test::Store store(kind), alone(kind);
    Folder f;
    const std::string inputs[] = {f.write("forth.jsonl", forth), f.write("back.jsonl", back)};
    {
      // Both make the tables, both find the same people, in another order.
      std::vector<std::jthread> pool;
      for (const std::string& input : inputs)
        pool.emplace_back([&store, &input] {
          Outcome o = program("ingest --ledger '" + store.where + "' " + input);
          EXPECT_EQ(o.code, 0) << o.err;
        });
    }
    ASSERT_EQ(program("ingest --ledger '" + alone.where + "' " + inputs[0]).code, 0);
    EXPECT_EQ(settled_digest(store.where), settled_digest(alone.where)) << kind;
  }
}

TEST(Writers, ALongIngestLetsOthersIn) {
  Folder f;
  const std::string fifo = f.file("fifo"), ledger = f.file("l.ledger");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  Record r = test::read("Iceland condemned Norway on Monday.");
  std::string many;
  for (int i = 0; i < 1100; ++i) {
    r.article.id = "m" + std::to_string(i);
    r.article.text = "Iceland condemned Norway on Monday. Number " + std::to_string(i) + ".";
    many += to_json(r) + "\n";
  }
  std::jthread run([&] {
    Outcome o = program(fast("ingest --ledger " + ledger + " " + fifo));
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_NE(o.out.find("1102 articles in all"), std::string::npos) << o.out;
  });
  std::FILE* feed = std::fopen(fifo.c_str(), "wb");
  std::fwrite(many.data(), 1, many.size(), feed);
  std::fflush(feed);
  // What was gathered is kept while the input is still open …
  auto kept = [&] {
    try {
      return Ledger(ledger, Ledger::read).articles();
    } catch (const Error&) {
      return int64_t{0};
    }
  };
  while (kept() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  // … and others write meanwhile.
  EXPECT_EQ(
      program(fast("ingest --ledger " + ledger + " " + f.write("two", article(1) + article(2))))
          .code,
      0);
  std::fclose(feed);
}

TEST(Readers, ALedgerThatMayNotBeWrittenIsRead) {
  Folder f;
  fs::create_directories(f.path / "mount");
  const std::string ledger = f.file("mount/a?b#.ledger");
  {
    Ledger writer(ledger, Ledger::write);
    for (const Record& r : test::example_reports()) writer.add(r);
  }
  ASSERT_FALSE(fs::exists(ledger + "-wal"));
  fs::permissions(f.path / "mount", fs::perms(0555));
  fs::permissions(ledger, fs::perms(0444));
  fs::permissions(f.path, fs::perms(0755));
  std::fflush(nullptr);
  auto as_nobody = [&] {
    pid_t child = fork();
    if (child == 0) {
      // What root may do is no test.
      if (getuid() == 0 && setuid(65534) != 0) _exit(3);
      try {
        _exit(Ledger(ledger, Ledger::read).articles() == 10 ? 0 : 1);
      } catch (const Error& error) {
        _exit(std::string(error.what()).find("its log") != std::string::npos ? 4 : 2);
      }
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  };
  EXPECT_EQ(as_nobody(), 0);
  // What waits in a log that cannot be read is not passed over in silence.
  fs::permissions(f.path / "mount", fs::perms(0755));
  f.write("mount/a?b#.ledger-wal", "something");
  fs::permissions(f.path / "mount", fs::perms(0555));
  fs::permissions(ledger + "-wal", fs::perms(0444));
  EXPECT_EQ(as_nobody(), 4);
  fs::permissions(f.path / "mount", fs::perms(0755));
}

TEST(Names, AMistypedLedgerIsNotMade) {
  Folder f;
  const std::string in = f.write("in.jsonl", article(1)), good = f.file("herring.ledger"),
                    slip = f.file("hering.ledger"), swap = f.file("herrign.ledger");
  Outcome o = program(fast("ingest --ledger " + good + " " + in));
  EXPECT_EQ(o.code, 0);
  EXPECT_NE(o.err.find("a new ledger"), std::string::npos) << o.err;
  EXPECT_EQ(program(fast("ingest --ledger " + good + " " + in)).err, "");
  for (const std::string& name : {slip, swap}) {
    o = program(fast("ingest --ledger " + name + " " + in));
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("did you mean " + good), std::string::npos) << o.err;
    EXPECT_FALSE(fs::exists(name));
  }
  EXPECT_EQ(program(fast("ingest --new --ledger " + slip + " " + in)).code, 0);
  // Series and short names differ by a letter for good reason; other files are no ledgers.
  const std::string year = f.file("herring2031.ledger");
  f.write("herring2031.ledger", "");
  fs::copy_file(good, year, fs::copy_options::overwrite_existing);
  EXPECT_EQ(cli::ledger_meant(f.file("herring2032.ledger")), "");
  f.write("abcde.ledger", "text");
  EXPECT_EQ(cli::ledger_meant(f.file("abcdf.ledger")), "");
  fs::copy_file(good, f.file("a.ledger"));
  EXPECT_EQ(cli::ledger_meant(f.file("b.ledger")), "");
  for (const char* verb : {"doctor", "recode", "settle", "digest", "statements",
                           "export --format "
                           "records"}) {
    o = program(fast(std::string(verb) + " --ledger " + f.file("nothing")));
    EXPECT_EQ(o.code, 3) << verb << o.err;
    EXPECT_FALSE(fs::exists(f.file("nothing"))) << verb;
  }
}

// Columns whose damage cannot show: numbers that are but names, and when an article was taken.
bool cannot_show(const std::string& table, const std::string& column) {
  static const std::set<std::string> items = {"statement", "event", "position", "novelty"};
  return (items.count(table) && column == "number") || column == "added";
}

TEST(Copy, TakesOnlyInsertsOfWholeRows) {
  auto target = copy_target("INSERT INTO event(article, id) VALUES (?,?) RETURNING number");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->table + ":" + target->columns, "event:number, article, id");
  EXPECT_TRUE(target->numbered);
  target = copy_target("INSERT INTO part VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING");
  ASSERT_TRUE(target && target->once && target->columns.empty());
  for (const char* other :
       {"INSERT INTO learned(name) VALUES (?)", "INSERT INTO event(article) VALUES (1)",
        "INSERT INTO event(article) SELECT 1", "UPDATE event SET id = ?", "SELECT 1 FROM event",
        "INSERT INTO part VALUES (?) ON CONFLICT DO UPDATE SET last = ''"})
    EXPECT_FALSE(copy_target(other)) << other;
  using Tables = std::vector<std::string_view>;
  EXPECT_EQ(copied_tables_in("SELECT 1 FROM event e JOIN who w ON w.number = e.act"),
            (Tables{"event", "who"}));
  EXPECT_EQ(copied_tables_in("SELECT 1 FROM eventual"), Tables());
  CopyRows rows;
  rows.add(*target, {"a\tb\\c\nd", std::nullopt});
  rows.add(*target, {"a\tb\\c\nd", std::nullopt});
  EXPECT_TRUE(rows.take("event").empty());
  auto streams = rows.take("part");
  ASSERT_EQ(streams.size(), 1u);
  EXPECT_EQ(streams.begin()->first, "COPY part FROM STDIN");
  EXPECT_EQ(streams.begin()->second.lines, "a\\tb\\\\c\\nd\t\\N\n");
  EXPECT_TRUE(rows.empty());
  rows.numbers("part") = {.next = 4, .end = 6};
  rows.numbers("event") = {.next = 6, .end = 6};
  EXPECT_EQ(rows.numbers_left(),
            "SELECT setval(pg_get_serial_sequence('part', 'number'), 4, false)");
  EXPECT_EQ(rows.numbers_left(), "") << "once";
}

TEST(Doctor, FindsEveryDamageOfASeededList) {
  Folder f;
  {
    Ledger ledger(f.file("sound"), Ledger::write);
    for (const Record& r : kin()) ledger.add(r);
    ASSERT_EQ(damages(ledger), std::vector<std::string>());
  }
  const std::vector<std::string> tables = {
      "article",   "statement", "event", "position", "novelty", "part",
      "dyad",      "happening", "span",  "actor",    "who",     "story",
      "story_key", "words",     "band",  "taught",   "packing"};
  std::mt19937 random(25);
  auto draw = [&](int64_t below) {
    return static_cast<int64_t>(random() % static_cast<uint64_t>(below));
  };
  int tried = 0;
  for (int n = 0; n < 160; ++n) {
    const std::string file = f.file("damaged");
    fs::copy_file(f.file("sound"), file, fs::copy_options::overwrite_existing);
    Ledger ledger(file, Ledger::write);
    Database& db = ledger.database();
    const std::string table = tables[static_cast<size_t>(n) % tables.size()];
    std::vector<std::pair<std::string, std::string>> columns;
    {
      Query q(db, "SELECT name, type FROM pragma_table_info(?)");
      q.bind(table);
      while (q.step())
        if (!cannot_show(table, q.text(0))) columns.push_back({q.text(0), q.text(1)});
    }
    std::string all;
    for (const auto& [name, type] : columns) all += (all.empty() ? "" : ", ") + name;
    int64_t rows = 0;
    {
      Query q(db, "SELECT count(*) FROM " + table);
      q.step();
      rows = q.integer(0);
    }
    ASSERT_GT(rows, 0) << table;
    const std::string row = "(SELECT " + all + " FROM " + table + " ORDER BY " + all +
                            " LIMIT 1 OFFSET " + std::to_string(draw(rows)) + ")";
    std::string which;
    {
      // By its values: not every table has numbers.
      Query q(db, "SELECT * FROM " + row);
      ASSERT_TRUE(q.step());
      for (int c = 0; c < q.columns(); ++c)
        which += (c ? " AND " : "") + columns[static_cast<size_t>(c)].first +
                 (q.null(c) ? " IS NULL" : " = '" + replace_all(q.text(c), "'", "''") + "'");
    }
    std::string damage = "DELETE FROM " + table + " WHERE " + which;
    if (n % 3 != 0) {
      const auto& [name, type] =
          columns[static_cast<size_t>(draw(static_cast<int64_t>(columns.size())))];
      const std::string value = type == "TEXT" || type.empty()
                                    ? "coalesce(" + name + ", '') || 'x'"
                                    : "coalesce(" + name + ", 0) + 1000003";
      damage = "UPDATE " + table + " SET " + name + " = " + value + " WHERE " + which;
    }
    db.run(damage);
    {
      Query changed(db, "SELECT changes()");
      changed.step();
      ASSERT_GT(changed.integer(0), 0) << damage;
    }
    std::vector<std::string> found;
    try {
      found = damages(ledger);
    } catch (const Error& error) {
      found.push_back(error.what());
    }
    EXPECT_FALSE(found.empty()) << damage;
    ++tried;
  }
  EXPECT_EQ(tried, 160);
}

TEST(Doctor, NamesDamageAndMendsIt) {
  Folder f;
  const std::string ledger = f.file("l.ledger");
  {
    Ledger writer(ledger, Ledger::write);
    for (const Record& r : test::example_reports()) writer.add(r);
    writer.database().run("UPDATE event SET type = 'AGREE' WHERE number = 1");
  }
  EXPECT_EQ(program("doctor --ledger " + ledger).code, 0);
  Outcome o = program("doctor --deep --ledger " + ledger);
  EXPECT_EQ(o.code, 1);
  EXPECT_NE(o.err.find("damaged: events"), std::string::npos) << o.err;
  EXPECT_EQ(program("doctor --deep --rebuild --ledger " + ledger).code, 0);
  EXPECT_EQ(program("doctor --deep --ledger " + ledger).code, 0);
}

}  // namespace
}  // namespace chancery
