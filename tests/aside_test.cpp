// A ledger that holds records which cannot be read: each is named, the rest goes on, and the doctor
// sets them aside without throwing anything away.
#include <gtest/gtest.h>

#include <algorithm>

#include "article/load.h"
#include "base/error.h"
#include "ledger/article_records.h"
#include "ledger/ledger.h"
#include "ledger/packing.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

using test::Outcome;
using test::program;

std::string kept(Database& db, const std::string& table, int64_t number) {
  const std::string record = table == "article" ? record_of(db, table) : plain_record(db, "record");
  Query q(db, "SELECT " + record + " FROM " + table + " WHERE number = ?");
  return q.bind(number).step() ? q.text(0) : "";
}

void put(Database& db, const std::string& table, int64_t number, const std::string& record) {
  const bool apart = table == "article" && lies_by_months(db, "article_record");
  Query q(db, apart ? "UPDATE article_record SET record = ? WHERE article = ?"
                    : "UPDATE " + table + " SET record = ? WHERE number = ?");
  q.bind(record).bind(number).step();
}

// Confidence beyond all numbers, as older programs took it.
std::string poisoned(std::string record) {
  size_t at = record.find("\"confidence\":");
  EXPECT_NE(at, std::string::npos);
  size_t end = record.find_first_of(",}", at);
  return record.replace(at, end - at, "\"confidence\":1e300");
}

class Aside : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Ledger, Aside, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

TEST_P(Aside, ABrokenRecordIsNamedAndTheRestGoesOn) {
  test::Store store(GetParam());
  const std::string ledger = " --ledger '" + store.where + "'";
  const int64_t all = static_cast<int64_t>(test::example_reports().size());
  auto open = [&] { return Ledger(store.where, Ledger::write); };
  std::string third, fifth;
  std::vector<std::vector<std::string>> before;
  {
    Ledger l = open();
    l.learning(false);  // what was filled in of a record set aside only recode learns anew
    for (const Record& r : test::example_reports()) l.add(r);
    before = l.statements({}).rows;
    third = kept(l.database(), "article", 3);
    fifth = kept(l.database(), "article", 5);
    put(l.database(), "article", 3, "{\"schema\":\"chancery/1\",\"article\":");
    put(l.database(), "article", 5, poisoned(fifth));
  }
  auto names_both = [&](const Outcome& o) {
    for (const char* part : {"article 3: ", "article 5: ", "statements[", "confidence"})
      EXPECT_NE(o.err.find(part), std::string::npos) << part << " in " << o.err;
  };
  // Every verb that goes through the records names the two and does the others.
  Outcome exported = program("export --format records" + ledger);
  EXPECT_EQ(exported.code, 1);
  EXPECT_EQ(std::count(exported.out.begin(), exported.out.end(), '\n'), all - 2);
  names_both(exported);
  Outcome recoded = program("recode --dry-run" + ledger);
  EXPECT_EQ(recoded.code, 1) << recoded.err;
  names_both(recoded);
  {
    Ledger l = open();
    EXPECT_THROW(l.record(3), DamageError);
    EXPECT_THROW(l.each([](int64_t, const Record&) {}), DamageError);
    EXPECT_NO_THROW(l.rebuild());
  }
  // The doctor sets them aside: out of the answers, listed, and kept.
  for (const char* verb : {"doctor", "doctor --rebuild", "doctor"}) {
    Outcome o = program(verb + ledger);
    EXPECT_EQ(o.code, 1) << verb << o.err;
    names_both(o);
    EXPECT_NE(o.out.find(std::to_string(all - 2) + " articles, all of them readable; 2 set aside"),
              std::string::npos)
        << o.out;
  }
  {
    Ledger l = open();
    EXPECT_EQ(l.articles(), all - 2);
    EXPECT_FALSE(l.record(3));
    EXPECT_EQ(l.aside().size(), 2u);
    EXPECT_EQ(kept(l.database(), "aside", 5), poisoned(fifth));
    for (const char* table : {"statement", "event", "position", "actor"}) {
      Query q(l.database(),
              std::string("SELECT count(*) FROM ") + table + " WHERE article IN (3, 5)");
      q.step();
      EXPECT_EQ(q.integer(0), 0) << table;
    }
    // Mended by hand, or by a program that reads it: taken back, and the answers are what they
    // were.
    put(l.database(), "aside", 3, third);
    put(l.database(), "aside", 5, fifth);
  }
  exported = program("export --format records" + ledger);
  EXPECT_EQ(exported.code, 0) << exported.err;
  Outcome healed = program("doctor" + ledger);
  EXPECT_EQ(healed.code, 0) << healed.err;
  EXPECT_NE(healed.out.find(std::to_string(all) + " articles, all of them readable"),
            std::string::npos)
      << healed.out;
  Ledger l = open();
  EXPECT_TRUE(l.aside().empty());
  auto words = [](const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row[1] + row[2] + row[5]);
    std::sort(out.begin(), out.end());
    return out;
  };
  EXPECT_EQ(words(l.statements({}).rows), words(before));
}

// Codes of another ontology can be read: they are named and stay.
TEST_P(Aside, ForeignCodesAreNamedAndStay) {
  test::Store store(GetParam());
  const std::string ledger = " --ledger '" + store.where + "'";
  {
    Ledger l(store.where, Ledger::write);
    for (const Record& r : test::example_reports()) l.add(r);
    std::string record = kept(l.database(), "article", 2);
    size_t at = record.find("\"type\":\"", record.find("\"events\":["));
    size_t end = record.find('"', at + 8);
    put(l.database(), "article", 2, record.replace(at, end - at, "\"type\":\"PICNIC"));
  }
  Outcome o = program("doctor" + ledger);
  EXPECT_EQ(o.code, 1);
  EXPECT_NE(o.err.find("article 2 ("), std::string::npos) << o.err;
  EXPECT_NE(o.err.find("'PICNIC' is no type of the ontology"), std::string::npos) << o.err;
  EXPECT_NE(o.err.find("--ontology"), std::string::npos) << o.err;
  EXPECT_TRUE(Ledger(store.where, Ledger::read).aside().empty());
}

TEST(Program, TheDoctorMakesNoLedger) {
  test::Folder folder;
  for (const char* verb : {"doctor", "doctor --rebuild", "actors forget Solheim",
                           "actors set Solheim --country NOR --sector GOV"}) {
    Outcome o = program(std::string(verb) + " --ledger " + folder.file("mistyped.ledger"));
    EXPECT_EQ(o.code, 3) << verb << o.err;
    EXPECT_FALSE(std::filesystem::exists(folder.file("mistyped.ledger"))) << verb;
  }
}

}  // namespace
}  // namespace chancery
