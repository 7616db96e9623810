// Every door: whatever is asked, wherever output goes, however little memory there is, a command
// ends with one clear line and an exit code, never with a signal.
#include <gtest/gtest.h>

#include <algorithm>

#include "article/load.h"
#include "base/terminal.h"
#include "ledger/catalogue.h"
#include "ledger/ledger.h"
#include "support.h"

namespace chancery {
namespace {

using test::Outcome;
using test::program;

// A ledger of the examples for all tests here.
const std::string& ledger() {
  static test::Folder folder;
  static const std::string path = [] {
    Ledger l(folder.file("doors.ledger"), Ledger::write);
    for (const Record& r : test::example_reports()) l.add(r);
    return folder.file("doors.ledger");
  }();
  return path;
}

Outcome ask(const std::string& question) { return program(question + " --ledger " + ledger()); }

bool says(const Outcome& o, const std::string& part) {
  return o.err.find(part) != std::string::npos;
}

size_t lines(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

// What a question cannot do without.
std::string needs(const std::string& name) {
  return name == "timeline" ? " --between NOR ISL" : name == "search" ? " herring" : "";
}

TEST(Doors, AMarkThatIsNoneIsSaidByEveryQuestion) {
  for (const QuestionKind& kind : questions()) {
    const std::string name = kind.name;
    for (const char* mark :
         {"x|99999999999999999999999999", "2031-05-01|99999999999999999999999999", "r|-1",
          "2031-05-01|", "|", "nonsense", "r|99999999999999999999", "1e9|1", "banana|7"}) {
      Outcome o = ask(name + needs(name) + " --after '" + mark + "'");
      EXPECT_EQ(o.code, 2) << name << " " << mark << " " << o.err;
      EXPECT_TRUE(says(o, "is no place in this answer")) << name << " " << o.err;
      EXPECT_EQ(lines(o.err), 1u) << o.err;
    }
  }
}

TEST(Doors, EveryQuestionGoesOnBehindItsPage) {
  for (const QuestionKind& kind : questions()) {
    const std::string name = kind.name;
    auto rows = [&](const std::string& more) {
      Outcome o = ask(name + needs(name) + " --csv" + more);
      EXPECT_EQ(o.code, 0) << name << more << o.err;
      std::vector<std::string> out;
      std::string next;
      if (size_t at = o.err.find("--after '"); at != std::string::npos)
        next = o.err.substr(at + 9, o.err.find('\'', at + 9) - at - 9);
      for (std::string_view line : split(o.out, '\n'))
        if (!line.empty()) out.emplace_back(line);
      if (!out.empty()) out.erase(out.begin());
      return std::pair(out, next);
    };
    auto [all, end] = rows(" --limit 1000");
    EXPECT_EQ(end, "") << name;
    std::vector<std::string> paged;
    std::string after;
    for (int page = 0; page < 200; ++page) {
      auto [some, next] = rows(" --limit 3" + (after.empty() ? "" : " --after '" + after + "'"));
      paged.insert(paged.end(), some.begin(), some.end());
      after = next;
      if (after.empty() || page > 12) break;  // a dozen pages tell
    }
    ASSERT_LE(paged.size(), all.size()) << name;
    if (after.empty()) {
      EXPECT_EQ(paged.size(), all.size()) << name;
    }
    EXPECT_TRUE(std::equal(paged.begin(), paged.end(), all.begin())) << name;
  }
}

TEST(Doors, UsageErrorsEndWithTwo) {
  for (const char* question : {"events --type FOO",
                               "events --status gone",
                               "events --mode flying",
                               "positions --stance foo",
                               "statements --force shouted",
                               "statements --quote sung",
                               "statements --from yesterday",
                               "statements --until 2031-99",
                               "statements --from 2031-06 --until 2031-05",
                               "statements --country Atlantis",
                               "timeline --between NOR ISL --by-period fortnight",
                               "timeline",
                               "timeline --between Solheim Arnarson",
                               "search ''",
                               "search ' '",
                               "search",
                               "search '***'",
                               "events --json --csv",
                               "actors list --json --csv",
                               "statements --by ''",
                               "statements --story 0",
                               "statements --article x",
                               "statements --limit 0",
                               "statements --foo bar",
                               "play",
                               "play --topic ' '",
                               "play --topic shipping --from never",
                               "brief --since yesterday",
                               "brief --until 2031-99",
                               "brief --since 24x",
                               "export --format gdelt --from tomorrow",
                               "export --format excel",
                               "actors set Somebody --country Atlantis --sector GOV",
                               "actors set Somebody --country NOR --sector WIZ",
                               "topics --by Solheim"}) {
    Outcome o = ask(question);
    EXPECT_EQ(o.code, 2) << question << " " << o.err;
    EXPECT_FALSE(o.err.empty()) << question;
    EXPECT_EQ(o.out, "") << question;
    for (const char* inner : {"fts5", "sqlite", "SQL", "terminate", "std::"})
      EXPECT_FALSE(says(o, inner)) << question << " " << o.err;
  }
  Outcome o = ask("events --type FOO");
  for (const char* type : {"ACCUSE", "CONSULT", "THREATEN"}) EXPECT_TRUE(says(o, type)) << o.err;
  o = ask("positions --stance demand");
  EXPECT_TRUE(says(o, "did you mean demands?")) << o.err;
  EXPECT_EQ(program("actors").code, 2) << "its ledger is missing";
}

TEST(Doors, ANameThatNobodyBearsIsSaidWithTheNearest) {
  for (const auto& [question, near] : {std::pair{"statements --by Solhem", "Solheim"},
                                       {"positions --by Arnason", "Arnarson"},
                                       {"events --between Norwya Iceland", "Norway"},
                                       {"statements --to Nobodyatall", "'Nobodyatall'"},
                                       {"contacts --actor Nobodyatall", "'Nobodyatall'"},
                                       {"statements --country Chad", "Chad (TCD)"},
                                       {"events --by TCD", "Chad (TCD)"}}) {
    Outcome o = ask(std::string(question) + " --json");
    EXPECT_EQ(o.code, 1) << question << o.err;
    EXPECT_TRUE(says(o, near)) << question << " " << o.err;
    EXPECT_EQ(o.out, "[]\n") << question;
  }
  // Words that are nowhere are said; they are no name, and nothing is all there is.
  for (const auto& [question, near] :
       {std::pair{"statements --about flibbertigibbet", "flibbertigibbet"},
        {"positions --topic shiping", "near: shipping"},
        {"search flibbertigibbet", "flibbertigibbet"},
        {"statements --story 4711", "there is no story 4711"},
        {"statements --from 2099", "the articles of this ledger are of"}}) {
    Outcome o = ask(question);
    EXPECT_EQ(o.code, 0) << question;
    EXPECT_TRUE(says(o, near)) << question << " " << o.err;
  }
  // Who is there has nothing said of him, though the answer be empty.
  Outcome o = ask("statements --by Solheim --from 2031-05-14 --about herring --quote mixed --json");
  EXPECT_EQ(o.code, 0);
  EXPECT_EQ(o.err, "");
}

int shell(const std::string& command) {
  int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST(Doors, NoTextCommandsATerminal) {
  EXPECT_EQ(for_terminal("a\tb\nc é 外"), "a\tb\nc é 外");
  EXPECT_EQ(for_terminal("\033]0;title\007x\033[2Jy\x7Fz\r"), "?]0;title?x?[2Jy?z?");
  EXPECT_EQ(for_terminal("\xC2\x9B"
                         "31m \xC2\xA0."),
            "?31m \xC2\xA0.");
  EXPECT_EQ(for_terminal("\033[1;36mours\033[0m"), "\033[1;36mours\033[0m");
  EXPECT_EQ(for_terminal("\033[12;12;12;12mno\033["), "?[12;12;12;12mno?[");
  EXPECT_EQ(for_terminal("\xC2"), "\xC2");
  auto o = test::program("code \"$(printf 'no\\033]0;x.file')\"");
  EXPECT_EQ(o.err.find('\033'), std::string::npos) << o.err;
}

TEST(Doors, StandardErrorMayBeClosedOrFull) {
  test::Folder folder;
  const std::string p = test::program_file(),
                    bad = folder.write("bad.jsonl", "{\"id\":1\nnonsense\n"),
                    out = " > " + folder.file("out");
  for (const char* error : {" 2>&-", " 2>/dev/full", " 2>&- <&-"}) {
    EXPECT_EQ(shell(p + " read " + folder.file("none.html") + out + error), 1) << error;
    EXPECT_EQ(shell(p + " code " + bad + out + error), 1) << error;
    EXPECT_EQ(shell(p + " ingest --ledger " + folder.file("l.ledger") + " " + bad + out + error), 1)
        << error;
    EXPECT_EQ(shell(p + " events --type FOO --ledger " + ledger() + out + error), 2) << error;
    EXPECT_EQ(shell(p + " events --ledger " + folder.file("no.ledger") + out + error), 3) << error;
    EXPECT_EQ(shell(p + " statements --by Nobody --ledger " + ledger() + out + error), 1) << error;
    EXPECT_EQ(shell(p + " statements --limit 1 --ledger " + ledger() + out + error), 0) << error;
  }
  // A file that is written while standard error is closed has no messages in it.
  EXPECT_EQ(shell(p + " code -o " + folder.file("records.jsonl") + " " + test::source_dir() +
                  "/examples/reports.jsonl " + bad + " 2>&-"),
            1);
  std::string records = read_file(folder.file("records.jsonl"));
  EXPECT_EQ(lines(records), 10u);
  for (std::string_view line : split(records, '\n'))
    EXPECT_TRUE(line.empty() || line.starts_with("{\"schema\"")) << line.substr(0, 80);
}

TEST(Doors, AnOutputThatCannotBeWrittenIsTheEnd) {
  test::Folder folder;
  const std::string p = test::program_file(), error = " 2> " + folder.file("err");
  for (const char* out : {" > /dev/full", " >&-"}) {
    for (const std::string& verb :
         {std::string("events --ledger ") + ledger(),
          "brief --since 2031-05-01 --ledger " + ledger(),
          "export --format gdelt --ledger " + ledger(), "doctor --ledger " + ledger(),
          "recode --dry-run --ledger " + ledger(),
          std::string("read " + test::source_dir() + "/examples/accord.html"),
          "play --topic shipping --ledger " + ledger(), std::string("completion bash")}) {
      EXPECT_EQ(shell(p + " " + verb + out + error), 3) << verb << out;
      EXPECT_NE(read_file(folder.file("err")).find("standard output"), std::string::npos)
          << verb << out;
    }
  }
}

// Too little memory to start, to load, to read: a line and a code, whatever the limit.
TEST(Doors, TooLittleMemoryIsSaid) {
#if defined(__has_feature)  // clang's way to say it
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif
#ifdef SANITIZED
  GTEST_SKIP() << "sanitizers need their address space";
#endif
  test::Folder folder;
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += "Norway and Iceland agreed on Monday to talk about quota " + std::to_string(i) + ". ";
  std::string article = folder.write("long.txt", text);
  for (int megabytes = 40; megabytes <= 124; megabytes += 7) {
    std::string limit = "ulimit -v " + std::to_string(megabytes * 1024) + "; ";
    for (const std::string& verb :
         {"read --json " + article,
          std::string("code " + test::source_dir() + "/examples/reports.jsonl"),
          "events --ledger " + ledger()}) {
      int code = shell(limit + test::program_file() + " " + verb + " > /dev/null 2> " +
                       folder.file("err"));
      // 127: not even its libraries could be loaded.
      EXPECT_TRUE(code == 0 || code == 1 || code == 3 || code == 127)
          << megabytes << " " << verb << " " << code;
      EXPECT_TRUE(code == 0 || !read_file(folder.file("err")).empty()) << megabytes << verb;
    }
  }
}

}  // namespace
}  // namespace chancery
