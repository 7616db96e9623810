// Settings for every run, the verb help, who made a record, the views and the codebook.
#include <gtest/gtest.h>

#include <chancery/version.h>

#include <cctype>
#include <cstdlib>
#include <iostream>
#include <set>

#include "base/digest.h"
#include "export/codebook.h"
#include "export/flat.h"
#include "ledger/catalogue.h"
#include "ledger/columns.h"
#include "ledger/ledger.h"
#include "ledger/views.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

// The program with variables of its own before it.
test::Outcome with(const std::string& variables, const std::string& arguments) {
  return test::program(arguments, "", "-u CHANCERY_LEDGER " + variables);
}

std::string small_ledger(const test::Folder& folder) {
  std::string file = folder.file("s.ledger");
  Ledger ledger(file, Ledger::write);
  ledger.add(
      test::read("Norwegian Foreign Minister Tora Solheim met Swedish Foreign Minister Nils "
                 "Ek in Oslo on Wednesday. “We will sign in June,” Solheim said."));
  return file;
}

TEST(Settings, TheLedgerIsTakenFromTheEnvironmentOrAFile) {
  test::Folder folder;
  std::string ledger = small_ledger(folder);
  test::Outcome o = with("CHANCERY_LEDGER=" + ledger, "statements --csv");
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("We will sign in June"), std::string::npos);
  std::string config = folder.write("config", "# mine\n\nledger = \"" + ledger + "\"\n");
  o = with("CHANCERY_CONFIG=" + config, "statements --csv");
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("We will sign in June"), std::string::npos);
  // The environment goes before the file, the command line before both.
  o = with("CHANCERY_CONFIG=" + config + " CHANCERY_LEDGER=/nowhere", "statements --csv");
  EXPECT_EQ(o.code, 3);
  o = with("CHANCERY_LEDGER=/nowhere", "statements --csv --ledger " + ledger);
  EXPECT_EQ(o.code, 0) << o.err;
  std::filesystem::create_directories(folder.path / "chancery");
  std::filesystem::copy_file(config, folder.path / "chancery/config");
  o = with("XDG_CONFIG_HOME=" + folder.path.string(), "statements --csv");
  EXPECT_EQ(o.code, 0) << o.err;
  o = with("XDG_CONFIG_HOME=/nowhere", "statements --csv");
  EXPECT_EQ(o.code, 2) << "none was named";
}

TEST(Settings, AWrongLineIsNamedWithItsFile) {
  test::Folder folder;
  for (const char* line : {"leger = x", "ledger", "ledger ="}) {
    std::string config = folder.write("config", std::string("\n") + line + "\n");
    test::Outcome o = with("CHANCERY_CONFIG=" + config, "codebook");
    EXPECT_EQ(o.code, 2) << line;
    EXPECT_NE(o.err.find(config + ":2: "), std::string::npos) << o.err;
  }
  EXPECT_EQ(with("CHANCERY_CONFIG=/nowhere", "codebook").code, 2);
}

TEST(Help, ExplainsVerbsAndTheirVerbs) {
  EXPECT_EQ(test::program("help statements").out, test::program("statements --help").out);
  EXPECT_NE(test::program("help actors list").out.find("list"), std::string::npos);
  EXPECT_NE(test::program("help").out.find("statements"), std::string::npos);
  test::Outcome o = test::program("help statemens");
  EXPECT_EQ(o.code, 2);
  EXPECT_NE(o.err.find("did you mean statements?"), std::string::npos) << o.err;
}

TEST(MadeBy, EveryRecordSaysByWhat) {
  Record r = test::read("Norway met Iceland.");
  EXPECT_EQ(r.made_by.engine, CHANCERY_VERSION);
  EXPECT_EQ(r.made_by.model.rfind("chancery-fast-", 0), 0u) << r.made_by.model;
  EXPECT_EQ(r.made_by.data, sha256_of_tables(test::source_dir() + "/data").substr(0, 16));
  EXPECT_EQ(record_from_json(to_json(r)).made_by, r.made_by);
  // Records of earlier versions say nothing, and stay so.
  r.made_by = {};
  EXPECT_EQ(to_json(r).find("made_by"), std::string::npos);
  EXPECT_EQ(record_from_json(to_json(r)).made_by, Maker{});
}

TEST(MadeBy, AnyTableAndAnOntologyOfOnesOwnChangeIt) {
  test::Folder folder;
  std::filesystem::copy(test::source_dir() + "/data/ontology", folder.path / "a");
  const std::string before = sha256_of_tables(folder.path.string());
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  std::ofstream(folder.path / "a/types.tsv", std::ios::app) << "# a word\n";
  EXPECT_NE(sha256_of_tables(folder.path.string()), before);
  // What sha256sum says.
  std::string command =
      "cd '" + folder.path.string() +
      "' && find . -name '*.tsv' | LC_ALL=C sort | xargs sha256sum | sha256sum > sum";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read_file(folder.file("sum")).substr(0, 64), sha256_of_tables(folder.path.string()));
  Resources own(test::source_dir() + "/data", test::source_dir() + "/models/chancery-fast.model",
                test::source_dir() + "/data/ontology");
  EXPECT_NE(own.made_by.data, test::resources()->made_by.data);
}

// Another engine that reads the same is no news, but the record says who read it last.
TEST(MadeBy, RecodeTellsOnlyWhatIsReadOtherwise) {
  test::Folder folder;
  std::string file = folder.file("r.ledger");
  {
    Ledger ledger(file, Ledger::write);
    Record r = test::read("Norway met Iceland.");
    r.made_by = {"0.0.1", "old-00000000", "0"};
    ledger.add(r);
  }
  test::Outcome o = test::program("recode --model fast --ledger " + file);
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("0 of 1 articles read otherwise"), std::string::npos) << o.out;
  EXPECT_EQ(Ledger(file, Ledger::read).record(1)->made_by, test::resources()->made_by);
}

class Views : public ::testing::TestWithParam<std::string> {};

TEST_P(Views, HaveTheColumnsThatTheCodebookNames) {
  test::Store store(GetParam());
  Ledger ledger(store.where, Ledger::write);
  ledger.add(
      test::read("Norwegian Foreign Minister Tora Solheim met Swedish Foreign Minister Nils Ek "
                 "in Oslo on Wednesday. “We will sign if Sweden opens its ports,” Solheim said. "
                 "It was the first visit since March 2029. Sweden's parliament will vote on the "
                 "accord on 3 June."));
  for (const View& view : views()) {
    std::string columns;
    for (const ViewColumn& c : view.columns)
      columns += (columns.empty() ? "" : ", ") + std::string(c.name);
    Query q(ledger.database(), "SELECT " + columns + " FROM " + view.name);
    ASSERT_TRUE(q.step()) << view.name;
    for (size_t c = 0; c < view.columns.size(); ++c) {
      EXPECT_EQ(q.name(static_cast<int>(c)), view.columns[c].name);
      // What is not known is NULL, and no empty text.
      EXPECT_TRUE(q.null(static_cast<int>(c)) || !q.text(static_cast<int>(c)).empty())
          << view.name << "." << view.columns[c].name;
    }
  }
  Query joined(
      ledger.database(),
      "SELECT count(*) FROM statements s JOIN parts p ON p.item = 'statement' AND p.number = "
      "s.statement JOIN actors a ON a.actor = p.actor WHERE a.name = 'Tora Solheim' AND p.part "
      "= 'by'");
  ASSERT_TRUE(joined.step());
  EXPECT_GE(joined.integer(0), 1);
}

INSTANTIATE_TEST_SUITE_P(Stores, Views, ::testing::ValuesIn(test::stores()));

// docs/codebook.md is what the program says.
TEST(Codebook, IsTheOneOfTheTables) {
  ExportTables tables(test::source_dir() + "/data", test::source_dir() + "/data/ontology");
  std::string now = codebook(tables, Register(test::source_dir() + "/data/register"));
  EXPECT_TRUE(now == read_file(test::source_dir() + "/docs/codebook.md"))
      << "docs/codebook.md is not what the tables say: build/release/chancery codebook > "
         "docs/codebook.md";
  for (const FlatTable& table : flat_tables()) {
    std::set<std::string> names;
    for (const FlatColumn& c : table.columns)
      EXPECT_TRUE(names.insert(c.name).second) << table.name << "." << c.name << " twice";
  }
}

// python/chancery/rows.py: a class for each question, with the name and the type of each column.
std::string python_rows() {
  const std::set<std::string> kept = {"from", "with"};  // words of Python's own
  std::string classes, names;
  for (const QuestionKind& kind : questions()) {
    const std::string question = kind.name;
    if (question == "timeline") continue;
    const std::string name =
        std::string(1, static_cast<char>(std::toupper(question[0]))) + question.substr(1) + "Row";
    classes += "\n\nclass " + name + "(NamedTuple):\n";
    for (const std::string& column : columns_of(question)) {
      const ColumnKind of = kind_of_column(column);
      classes += "    " + column + (kept.count(column) ? "_" : "") + ": Optional[" +
                 (of == ColumnKind::integer ? "int"
                  : of == ColumnKind::real  ? "float"
                  : of == ColumnKind::day   ? "datetime.date"
                                            : "str") +
                 "]\n";
    }
    names += "    \"" + question + "\": " + name + ",\n";
  }
  const std::string file = read_file(test::source_dir() + "/python/chancery/rows.py");
  return file.substr(0, file.find("\n\nclass ")) + classes + "\n\nBY_QUESTION = {\n" + names +
         "}\n";
}

TEST(Columns, AreTheFieldsOfPythonsRows) {
  const std::string rows = python_rows();
  if (std::getenv("CHANCERY_SHOW")) std::cout << rows;
  EXPECT_TRUE(rows == read_file(test::source_dir() + "/python/chancery/rows.py"))
      << "python/chancery/rows.py is not of the columns that answers have: CHANCERY_SHOW=1 prints "
         "it";
}

// Every column of numbers holds numbers, every column of days days.
TEST(Columns, AreOfTheirKinds) {
  test::Folder folder;
  Ledger ledger(folder.file("c.ledger"), Ledger::write);
  for (const Record& r : test::example_reports()) ledger.add(r);
  for (const QuestionKind& kind : questions()) {
    Question q;
    q.between_a.country = q.actor.country = "NOR";
    q.between_b.country = "ISL";
    q.text = "quota";
    q.by_period = "month";
    if (std::string_view(kind.name) != "timeline") q.between_a = q.between_b = {};
    if (std::string_view(kind.name) != "search") q.text.clear();
    Answer a = (ledger.*kind.ask)(q);
    for (size_t c = 0; c < a.columns.size(); ++c)
      for (const auto& row : a.rows) {
        if (row[c].empty()) continue;
        const std::string where = std::string(kind.name) + "." + a.columns[c] + ": " + row[c];
        size_t used = 0;
        switch (kind_of_column(a.columns[c])) {
          case ColumnKind::integer: EXPECT_NO_THROW(std::stoll(row[c], &used)) << where; break;
          case ColumnKind::real: EXPECT_NO_THROW(std::stod(row[c], &used)) << where; break;
          case ColumnKind::day:
            EXPECT_EQ(When(row[c]).precision(), Precision::day) << where;
            used = row[c].size();
            break;
          case ColumnKind::text: used = row[c].size(); break;
        }
        EXPECT_EQ(used, row[c].size()) << where;
      }
  }
}

}  // namespace
}  // namespace chancery
