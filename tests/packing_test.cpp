// Records in a SQLite ledger: packed by a list of phrases that the ledger keeps, unpacked for
// whoever asks, by plain SQL too.
#include "ledger/packing.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <set>

#include "base/strings.h"
#include "ledger/check.h"
#include "ledger/ledger.h"
#include "ledger/sqlite_database.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

std::string json_of(const Record& r) { return to_json(r, {true}); }

// One text by a connection that has nothing of chancery's: what other programs see.
std::string plain_sql(const std::string& file, const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_stmt* s = nullptr;
  std::string out;
  EXPECT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &s, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  if (sqlite3_step(s) == SQLITE_ROW)
    out.assign(reinterpret_cast<const char*>(sqlite3_column_text(s, 0)),
               static_cast<size_t>(sqlite3_column_bytes(s, 0)));
  sqlite3_finalize(s);
  sqlite3_close(db);
  return out;
}

TEST(Packing, TheListHasEachPhraseOnceAndNothingThatACodeIsMadeOf) {
  std::set<std::string> codes, phrases;
  for (const auto& [code, phrase] : Packing::shipped()) {
    EXPECT_TRUE(codes.insert(code).second) << phrase;
    EXPECT_TRUE(phrases.insert(phrase).second) << phrase;
    EXPECT_GT(phrase.size(), code.size()) << phrase;
    EXPECT_NE(phrase.find_first_not_of('_'), std::string::npos);
    for (char c : phrase)
      EXPECT_TRUE(c == Packing::kMonth || !Packing::begins_code(static_cast<unsigned char>(c)));
  }
  // Most save the more the more there are: all codes but one are of two bytes.
  EXPECT_GT(codes.size(), 2300u);
}

// Ledgers that are filled from articles keep the explanations too.
TEST(Packing, TheListHasPhrasesOfExplanations) {
  size_t of_explanations = 0;
  for (const auto& [code, phrase] : Packing::shipped())
    of_explanations += phrase.find("\"explain\":\"") != std::string::npos;
  EXPECT_GT(of_explanations, 50u);
}

TEST(Packing, GivesBackWhatItTook) {
  const Packing packing(Packing::shipped());
  for (const Record& r : test::example_reports()) {
    const std::string json = json_of(r), packed = packing.packed(json);
    EXPECT_EQ(packing.plain(packed), json);
    EXPECT_LT(packed.size(), json.size() * 6 / 10) << r.article.id;
    // What is packed is not packed again.
    EXPECT_EQ(packing.packed(packed), packed);
  }
  for (const char* text :
       {"", "x", "{", "{\"a\":\"2031-05-\"}", "2031-05-2031-05-", "9912-31-1999-12-31",
        "said \xC3\xA9 ~ _", "\t\n\r", "a \"quoted\\\" 'word'", "the the the and of "})
    EXPECT_EQ(packing.plain(packing.packed(text)), text);
}

TEST(Packing, LeavesWhatItDoesNotKnow) {
  const Packing packing(Packing::shipped()), empty{Packing::Phrases()};
  const std::string no_json = "said\x02 the\x1F", one = "{\"a\":\"of the minister\"}";
  EXPECT_EQ(packing.packed(no_json), no_json);
  EXPECT_EQ(empty.packed(one), one);
  EXPECT_EQ(empty.plain(no_json), no_json);
  // Of a damaged list only what is left of it is used.
  const Packing some(
      {{"", "of "}, {"\x01", "the "}, {"x", "minister"}, {"\x02\x03\x04", "of the"}});
  EXPECT_EQ(some.packed(one), "{\"a\":\"of \x01minister\"}");
  EXPECT_EQ(some.plain("of \x01minister\x05"), "of the minister\x05");
}

TEST(Packing, TakesTheFewestBytes) {
  const Packing packing({{"\x01", "the m"}, {"\x1D!", "he minister"}, {"\x02", " of"}});
  // Not the longest first.
  EXPECT_EQ(packing.packed("the minister of"), "t\x1D!\x02");
  EXPECT_EQ(packing.packed("the mob of"), "\x01ob\x02");
}

TEST(PackedLedger, ShowsWholeRecordsInPlainSql) {
  test::Folder folder;
  const std::string file = folder.file("l.ledger");
  const auto reports = test::example_reports();
  {
    Ledger ledger(file, Ledger::write);
    for (const Record& r : reports) ledger.add(r);
  }
  for (size_t i = 0; i < reports.size(); ++i) {
    const std::string number = std::to_string(i + 1), json = json_of(reports[i]);
    const std::string kept = plain_sql(file, "SELECT record FROM article WHERE number = " + number);
    EXPECT_LT(kept.size(), json.size() * 6 / 10);
    EXPECT_EQ(plain_sql(file, "SELECT record FROM articles WHERE article = " + number), json);
    EXPECT_EQ(
        plain_sql(file,
                  "SELECT json_extract(record, '$.article.text') FROM articles WHERE article = " +
                      number),
        reports[i].article.text);
  }
  // A record that no code is in, and one that is none.
  auto db = Database::open(file, false);
  db->run(
      "UPDATE article SET record = '{\"a\":\"\\\\\"}' WHERE number = 1; UPDATE article SET record "
      "= char(5) || 'x' || "
      "char(31) WHERE number = 2");
  EXPECT_EQ(plain_sql(file, "SELECT record FROM articles WHERE article = 1"), "{\"a\":\"\\\\\"}");
  EXPECT_FALSE(plain_sql(file, "SELECT record FROM articles WHERE article = 2").empty());
}

// A later program may come with another list: a ledger is read, and written, by its own.
TEST(PackedLedger, GoesByItsOwnList) {
  test::Folder folder;
  const std::string file = folder.file("l.ledger");
  const auto reports = test::example_reports();
  {
    Ledger ledger(file, Ledger::write);
    ledger.database().run("DELETE FROM packing");
    Query put(ledger.database(), "INSERT INTO packing VALUES (?,?)");
    for (const auto& [code, words] :
         Packing::Phrases{{"\x01", "\"entities\":[{"}, {"\x02", "\"article\":{"}}) {
      put.bind(code).bind(words).step();
      put.reset();
    }
  }
  Ledger ledger(file, Ledger::write);
  for (const Record& r : reports) ledger.add(r);
  size_t n = 0;
  ledger.each_as_read(
      [&](int64_t, const Record& r) { EXPECT_EQ(json_of(r), json_of(reports.at(n++))); });
  EXPECT_EQ(n, reports.size());
  EXPECT_NE(plain_sql(file, "SELECT record FROM article").find("\x02"), std::string::npos);
  EXPECT_EQ(plain_sql(file, "SELECT record FROM articles"), json_of(reports[0]));
  EXPECT_EQ(damages(ledger),
            std::vector<std::string>{
                "the list of phrases by which records are packed is not the one it was"});
}

}  // namespace
}  // namespace chancery
