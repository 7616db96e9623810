#include <gtest/gtest.h>

#include <set>

#include "article/load.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"
#include "support.h"

namespace chancery {
namespace {

std::vector<Record> records() {
  static const std::vector<Record> all = [] {
    std::vector<Record> out;
    Reader reader(test::resources());
    std::string lines = read_file(SOURCE_DIR "/examples/reports.jsonl");
    for (std::string_view line : split(lines, '\n'))
      if (!line.empty()) out.push_back(reader.read(parse_article_line(line)));
    return out;
  }();
  return all;
}

struct Filled {
  test::Folder folder;
  std::unique_ptr<Ledger> ledger;
  Filled() {
    ledger = std::make_unique<Ledger>(folder.file("l.ledger"), Ledger::write);
    for (const Record& r : records()) ledger->add(r);
  }
};

size_t count(const Answer& a) { return a.rows.size(); }

TEST(Ledger, TwiceChangesNothing) {
  Filled f;
  auto before = f.ledger->statements({}).rows;
  for (const Record& r : records()) EXPECT_EQ(f.ledger->add(r), Ledger::Added::known);
  EXPECT_EQ(f.ledger->articles(), static_cast<int64_t>(records().size()));
  EXPECT_EQ(f.ledger->statements({}).rows, before);
}

TEST(Ledger, FiltersByActorDyadTimeAndWords) {
  Filled f;
  Question q;
  q.by = {"Solheim", ""};
  Answer by = f.ledger->statements(q);
  ASSERT_GT(count(by), 3u);
  for (const auto& row : by.rows) EXPECT_NE(row[2].find("Solheim"), std::string::npos);
  q.from = "2031-05-01";
  Answer late = f.ledger->statements(q);
  EXPECT_LT(count(late), count(by));
  for (const auto& row : late.rows) EXPECT_GE(row[1], "2031-05-01");
  Question dyad;
  dyad.between_a = {"", "ISL"};
  dyad.between_b = {"", "NOR"};
  dyad.type = "CONSULT";
  EXPECT_GT(count(f.ledger->events(dyad)), 0u);
  Question text;
  text.text = "Tromso court";
  EXPECT_EQ(count(f.ledger->search(text)), 2u);
  Question positions;
  positions.stance = "rejects";
  for (const auto& row : f.ledger->positions(positions).rows) EXPECT_EQ(row[3], "rejects");
}

TEST(Ledger, HostileWordsAreWords) {
  Filled f;
  for (const char* nasty : {"'; DROP TABLE article; --", "\" OR 1=1", "*", "NEAR(a b)", "a AND", "%_\\", "\xF0\x9F\x99\x82"}) {
    Question q;
    q.text = nasty;
    EXPECT_NO_THROW(f.ledger->search(q));
    q.text.clear();
    q.by = {nasty, ""};
    q.about = nasty;
    EXPECT_EQ(count(f.ledger->statements(q)), 0u) << nasty;
  }
  EXPECT_EQ(f.ledger->articles(), static_cast<int64_t>(records().size()));
}

TEST(Ledger, LimitBoundsTheRows) {
  Filled f;
  Question q;
  size_t all = count(f.ledger->positions(q));
  std::set<std::string> seen;
  q.limit = 3;
  for (const auto& row : f.ledger->positions(q).rows) seen.insert(row[0]);
  EXPECT_EQ(seen.size(), std::min<size_t>(3, all));
}

TEST(Ledger, RefusesOtherFiles) {
  test::Folder folder;
  EXPECT_THROW(Ledger(folder.file("none.ledger"), Ledger::read), StartError);
  EXPECT_THROW(Ledger(folder.write("t.ledger", std::string(5000, 'x')), Ledger::write), StartError);
  {
    Database other(folder.file("other.db"), false);
    other.run("CREATE TABLE mine(x)");
  }
  EXPECT_THROW(Ledger(folder.file("other.db"), Ledger::write), StartError);
  {
    Ledger fresh(folder.file("new.ledger"), Ledger::write);
  }
  {
    Database later(folder.file("new.ledger"), false);
    later.run(("PRAGMA user_version = " + std::to_string(kLedgerVersion + 1)).c_str());
  }
  EXPECT_THROW(Ledger(folder.file("new.ledger"), Ledger::read), StartError);
}

TEST(Ledger, RefusesARecordThatDoesNotHold) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  Record r = records()[0];
  r.events.push_back({});
  EXPECT_THROW(ledger.add(r), Error);
  EXPECT_EQ(ledger.articles(), 0);
}

}  // namespace
}  // namespace chancery
