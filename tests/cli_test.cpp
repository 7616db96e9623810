// The program as a user meets it: exit codes, messages, bad input.
#include <gtest/gtest.h>

#include <algorithm>

#include "support.h"

namespace chancery {
namespace {

using test::Folder;
using test::Outcome;
using test::program;

bool says(const Outcome& o, const std::string& part) {
  return o.err.find(part) != std::string::npos;
}

TEST(Program, HelpTeachesByExample) {
  Outcome o = program("--help");
  EXPECT_EQ(o.code, 0);
  EXPECT_NE(o.out.find("chancery read report.html"), std::string::npos);
  for (const char* verb : {"read", "code", "extract", "parse", "relation", "ingest", "statements",
                           "events", "positions", "calendar", "actors", "search", "completion"}) {
    EXPECT_NE(o.out.find(verb), std::string::npos) << verb;
    EXPECT_EQ(program(std::string(verb) + " --help").code, 0) << verb;
  }
  EXPECT_EQ(program("").code, 2);
  Outcome none = program("nonsense");
  EXPECT_EQ(none.code, 2);
  EXPECT_TRUE(says(none, "no verb 'nonsense'")) << none.err;
  EXPECT_EQ(program("read").code, 2);
}

TEST(Program, BadInputsGetTheirPlaceAndOne) {
  Folder f;
  Outcome o = program("read " + f.write("empty.txt", ""));
  EXPECT_EQ(o.code, 1);
  EXPECT_TRUE(says(o, "empty.txt: empty")) << o.err;
  o = program("read " + f.write("bin.txt", std::string("\x7F"
                                                       "ELF\0\0\0\0\1\1\0\0",
                                                       12)));
  EXPECT_EQ(o.code, 1);
  EXPECT_TRUE(says(o, "binary")) << o.err;
  o = program("read " + f.file("none.html"));
  EXPECT_EQ(o.code, 1);
  EXPECT_TRUE(says(o, "none.html")) << o.err;
  o = program("read " + f.path.string());
  EXPECT_EQ(o.code, 1);
  EXPECT_TRUE(says(o, "folder")) << o.err;
}

TEST(Program, OneBadLineCostsOneErrorLine) {
  Folder f;
  std::string good =
      R"({"id":"a","published":"2031-05-14","text":"Iceland condemned Norway on Monday, and the minister left the talks."})";
  std::string path = f.write("in.jsonl", good + "\n{\"id\":\"b\",\n" + std::string(33u << 20, 'x') +
                                             "\n[1]\n{\"id\":\"c\"}\n" + good + "\n");
  for (const char* threads : {"1", "2"}) {
    Outcome o = program("code -j " + std::string(threads) + " " + path);
    EXPECT_EQ(o.code, 1);
    EXPECT_EQ(std::count(o.out.begin(), o.out.end(), '\n'), 2);
    EXPECT_EQ(std::count(o.err.begin(), o.err.end(), '\n'), 4) << o.err;
    EXPECT_TRUE(says(o, "in.jsonl:2: not JSON"));
    EXPECT_TRUE(says(o, "in.jsonl:3: a line of more than 32 MB"));
    EXPECT_TRUE(says(o, "in.jsonl:4: not an article"));
    EXPECT_TRUE(says(o, "in.jsonl:5: not an article"));
  }
}

TEST(Program, ThreadsDoNotChangeTheBytes) {
  std::string in = test::source_dir() + "/examples/reports.jsonl";
  Outcome one = program("code -j 1 " + in), two = program("code -j 2 " + in);
  EXPECT_EQ(one.code, 0);
  EXPECT_EQ(one.out, two.out);
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), 10);
}

TEST(Program, WithoutModelOrTablesItCannotStart) {
  Folder f;
  std::string page = test::source_dir() + "/examples/accord.html";
  Outcome o = program("--model " + f.file("none.model") + " read " + page);
  EXPECT_EQ(o.code, 3);
  EXPECT_TRUE(says(o, "none.model")) << o.err;
  o = program("--model " + f.write("bad.model", "CHANCERY damaged") + " read " + page);
  EXPECT_EQ(o.code, 3);
  EXPECT_TRUE(says(o, "bad.model: not a model")) << o.err;
  o = program("--data " + f.path.string() + " read " + page);
  EXPECT_EQ(o.code, 3);
  EXPECT_TRUE(says(o, "state_bodies.tsv")) << o.err;
}

TEST(Program, FullDiskIsSaid) {
  Outcome o = program("code -o /dev/full " + test::source_dir() + "/examples/reports.jsonl");
  EXPECT_EQ(o.code, 3);
  EXPECT_TRUE(says(o, "No space left")) << o.err;
}

TEST(Program, ReadsWrongEncodingsAndTruncatedPages) {
  Folder f;
  std::string latin =
      "<html><head><meta charset=\"utf-8\"></head><body><p>The caf\xE9 minister said on Tuesday "
      "that the talks would go on, and she left.</p></body></html>";
  Outcome o = program("read --json " + f.write("latin.html", latin));
  EXPECT_EQ(o.code, 0);
  EXPECT_NE(o.out.find("café"), std::string::npos);
  std::string page = read_file(test::source_dir() + "/examples/accord.html");
  o = program("read --json " + f.write("cut.html", page.substr(0, page.size() / 2)));
  EXPECT_EQ(o.code, 0);
  EXPECT_NE(o.out.find("chancery/1"), std::string::npos);
}

TEST(Program, RelationAndParse) {
  Folder f;
  std::string in = f.write(
      "r.jsonl",
      R"({"id":"r1","text":"Iceland condemned Norway.","source_span":[0,7],"target_span":[18,24]})"
      "\n"
      R"({"id":"r2","text":"short","source_span":[0,99],"target_span":[1,2]})"
      "\n");
  Outcome o = program("relation " + in);
  EXPECT_EQ(o.code, 1);
  EXPECT_NE(o.out.find("\"root\":\"ACCUSE\""), std::string::npos) << o.out;
  EXPECT_TRUE(says(o, "r.jsonl:2"));
  o = program("parse", "Iceland can't wait.");
  EXPECT_EQ(o.code, 0);
  EXPECT_NE(o.out.find("2-3\tcan't"), std::string::npos) << o.out;
  Outcome again = program("parse --input conllu", o.out);
  EXPECT_EQ(again.code, 0);
  EXPECT_NE(again.out.find("2-3\tcan't"), std::string::npos) << again.out;
  EXPECT_EQ(program("parse --input conllu", "1\tbroken\n").code, 1);
}

TEST(Program, LedgerFromPagesAndFromRecordsAnswers) {
  Folder f;
  std::string inputs = test::source_dir() + "/examples/accord.html " + test::source_dir() +
                       "/examples/reports.jsonl";
  Outcome o = program("ingest --ledger " + f.file("a.ledger") + " " + inputs);
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("11 new, 0 nearly the same as others, 0 known, 0 failed"), std::string::npos)
      << o.out;
  o = program("ingest -j 2 --ledger " + f.file("a.ledger") + " " + inputs);
  EXPECT_NE(o.out.find("11 known, 0 failed; 11 articles"), std::string::npos) << o.out;
  ASSERT_EQ(program("code --explain -o " + f.file("records.jsonl") + " " + inputs).code, 0);
  o = program("ingest --ledger " + f.file("b.ledger") + " " + f.file("records.jsonl"));
  EXPECT_NE(o.out.find("11 new"), std::string::npos) << o.out << o.err;
  for (const char* question :
       {"statements --by Solheim", "events --between Norway Iceland", "positions --by ISL",
        "calendar", "actors", "novelty", "search herring"}) {
    Outcome a = program(std::string(question) + " --json --ledger " + f.file("a.ledger")),
            b = program(std::string(question) + " --json --ledger " + f.file("b.ledger"));
    EXPECT_EQ(a.code, 0) << question << a.err;
    EXPECT_GT(a.out.size(), 20u) << question;
    EXPECT_EQ(a.out, b.out) << question;
    EXPECT_EQ(program(std::string(question) + " --ledger " + f.file("a.ledger")).code, 0);
    EXPECT_EQ(program(std::string(question) + " --csv --ledger " + f.file("a.ledger")).code, 0);
  }
  EXPECT_EQ(program("statements --ledger " + f.file("none.ledger")).code, 3);
}

TEST(Program, DossierIsPlainWithoutATerminalAndExplainsItself) {
  Outcome o = program("read --full --explain " + test::source_dir() + "/examples/accord.html");
  EXPECT_EQ(o.code, 0);
  EXPECT_EQ(o.out.find('\033'), std::string::npos);
  for (const char* part : {"Done ", "Kari Solheim, foreign minister, Norway", "why s", "¶3"})
    EXPECT_NE(o.out.find(part), std::string::npos) << part;
  o = program("read " + test::source_dir() + "/examples/accord.html");
  for (const char* code : {"CAMEO", "ISL", "CONSULT", "why "})
    EXPECT_EQ(o.out.find(code), std::string::npos) << code;
}

}  // namespace
}  // namespace chancery
