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

namespace chancery {
namespace {

TEST(Learned, LaterArticlesKnowWhomAnEarlierOneTold) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  auto article = [](const std::string& id, const std::string& text, const std::string& date) {
    Record r = test::read(text, date);
    r.article.id = id;
    return r;
  };
  ledger.add(article("one", "Norwegian Foreign Minister Tora Solheim met reporters in Oslo.", "2031-05-01"));
  ledger.add(article("two", "Tora Solheim left the hall. Nobody spoke.", "2031-05-09"));
  Question q;
  q.actor = {"", "NOR"};
  Answer a = ledger.actors(q);
  bool found = false;
  for (const auto& row : a.rows) found |= row[0] == "Tora Solheim" && row[5] == "2";
  EXPECT_TRUE(found);
  std::vector<LearnedActor> readings = ledger.learned().readings("Tora Solheim");
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(readings[0].country, "NOR");
  EXPECT_EQ(readings[0].sector, "GOV");
  EXPECT_EQ(readings[0].first, "2031-05-01");
  EXPECT_EQ(readings[0].articles, 1);
  EXPECT_NE(readings[0].evidence.find("Norwegian Foreign Minister"), std::string::npos);
}

TEST(Learned, HandGoesBeforeTextAndForgottenIsNotUsed) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  Learned learned = ledger.learned();
  learned.teach(test::read("Norwegian Foreign Minister Tora Solheim met reporters."));
  auto country = [&] {
    Record r = test::read("Tora Solheim left the hall.");
    learned.apply(r);
    for (const Entity& e : r.entities)
      if (e.name == "Tora Solheim") return e.actor.country + " " + e.basis;
    return std::string("nobody");
  };
  EXPECT_EQ(country(), "NOR learnt");
  learned.set({"Tora Solheim", "SWE", "LEG", "", "", "", 0, "moved", "hand"});
  EXPECT_EQ(country(), "SWE learnt");
  EXPECT_TRUE(learned.forget("Tora Solheim"));
  EXPECT_EQ(country(), " ");
  EXPECT_FALSE(learned.forget("Nobody Known"));
}

TEST(Learned, TablesAndTheArticleItselfAreNeverOverridden) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  Learned learned = ledger.learned();
  learned.set({"Angela Merkel", "FRA", "REB", "", "", "", 0, "wrong", "hand"});
  Record r = test::read("Angela Merkel left the hall.", "2015-03-03");
  learned.apply(r);
  EXPECT_EQ(r.entities.at(0).actor.country, "DEU");
  Record off = test::read("Norwegian Foreign Minister Tora Solheim met reporters.");
  ledger.learning(false);
  ledger.add(off);
  EXPECT_TRUE(learned.readings("Tora Solheim").empty());
}

}  // namespace
}  // namespace chancery

namespace chancery {
namespace {

TEST(Ledger, AnArticleIsKeptWholeOrNotAtAll) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  {
    // What is added last cannot be: all that was added before it must go.
    Database other(folder.file("l.ledger"), false);
    other.run("CREATE TRIGGER refuse BEFORE INSERT ON part BEGIN SELECT RAISE(FAIL, 'refused'); END");
  }
  const Record record = records().front();
  EXPECT_THROW(ledger.add(record), Error);
  EXPECT_EQ(ledger.articles(), 0);
  EXPECT_TRUE(ledger.learned().list("", 100).empty());
  {
    Database other(folder.file("l.ledger"), false);
    other.run("DROP TRIGGER refuse");
  }
  EXPECT_EQ(ledger.add(record), Ledger::Added::fresh);
  EXPECT_EQ(ledger.articles(), 1);
}

}  // namespace
}  // namespace chancery
