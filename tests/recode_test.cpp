// Reading the kept articles anew: it comes to rest, says what changed, and what persons set by hand
// comes to bear on every article.
#include <gtest/gtest.h>

#include <algorithm>

#include "article/address.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

using test::Folder;
using test::Outcome;
using test::program;

std::string article(const std::string& id, const std::string& text, const std::string& more = "") {
  return "{\"id\":\"" + id + "\",\"published\":\"2031-05-14\"" + more + ",\"text\":\"" + text +
         "\"}\n";
}

// One article teaches who somebody is, one needs it, one has no event, one is not English.
std::string articles() {
  return article("teaches",
                 "Norwegian Foreign Minister Tora Solheim met the reporters of the town in Oslo, "
                 "and she said "
                 "that the talks of the week would go on.") +
         article("needs",
                 "Tora Solheim condemned Iceland on Monday, and she left the talks of the two "
                 "states.") +
         article("no-event", "The harbour lay still and grey below the hill all day long.") +
         article("french",
                 "Le ministre des affaires étrangères de la Norvège a condamné lundi la décision "
                 "du gouvernement islandais, selon un communiqué publié à Oslo.");
}

std::string all_rows(const std::string& where) {
  std::string out;
  Ledger ledger(where, Ledger::read);
  for (const Answer& a : {ledger.statements({}), ledger.events({}), ledger.actors({})})
    for (const auto& row : a.rows) out += join(row, "|") + "\n";
  return out;
}

TEST(Recode, WithTheSameEngineChangesNothing) {
  for (const std::string& kind : test::stores()) {
    test::Store store(kind);
    Folder f;
    std::string ledger = " --ledger '" + store.where + "'";
    ASSERT_EQ(program("ingest" + ledger + " " + f.write("in.jsonl", articles())).code, 0);
    std::string before = all_rows(store.where);
    EXPECT_NE(before.find("NOR"), std::string::npos);
    for (int i = 0; i < 2; ++i) {
      Outcome o = program("recode" + ledger);
      EXPECT_EQ(o.code, 0) << o.err;
      EXPECT_NE(o.out.find(" 0 of 4 articles read otherwise"), std::string::npos) << o.out;
      EXPECT_EQ(count(o.out.begin(), o.out.end(), '\n'), 1) << o.out;
      EXPECT_EQ(all_rows(store.where), before);
    }
  }
}

TEST(Recode, ListsWhatChangedAndComesToRest) {
  Folder f;
  std::string ledger = " --ledger " + f.file("l.ledger");
  ASSERT_EQ(program("ingest" + ledger + " " + f.write("in.jsonl", articles())).code, 0);
  std::string before = all_rows(f.file("l.ledger"));
  {
    // As an older engine might have read it.
    Ledger l(f.file("l.ledger"), Ledger::write);
    Record r = *l.record(2);
    for (Entity& e : r.entities)
      if (e.basis == "learnt") {
        e.actor = {};
        e.basis.clear();
        e.role.clear();
      }
    r.events.clear();
    l.begin();
    l.replace(2, r);
    l.rebuild();
    l.commit();
  }
  EXPECT_NE(all_rows(f.file("l.ledger")), before);
  Outcome o = program("recode --dry-run" + ledger);
  EXPECT_NE(o.out.find("1 of 4 articles read otherwise (nothing was changed)"), std::string::npos)
      << o.out;
  o = program("recode" + ledger);
  EXPECT_NE(o.out.find("1 of 4 articles read otherwise"), std::string::npos) << o.out;
  EXPECT_NE(o.out.find("2 needs: "), std::string::npos) << o.out;
  EXPECT_NE(o.out.find("events 0 → "), std::string::npos) << o.out;
  EXPECT_EQ(all_rows(f.file("l.ledger")), before);
  o = program("recode" + ledger);
  EXPECT_NE(o.out.find(" 0 of 4 articles read otherwise"), std::string::npos) << o.out;
}

TEST(Recode, TakesRecordsWithoutExplanationsAsTheyAre) {
  Folder f;
  std::string ledger = " --ledger " + f.file("l.ledger");
  ASSERT_EQ(program("code -o " + f.file("r.jsonl") + " " + f.write("in.jsonl", articles())).code,
            0);
  ASSERT_EQ(program("ingest" + ledger + " " + f.file("r.jsonl")).code, 0);
  Outcome o = program("recode" + ledger);
  EXPECT_NE(o.out.find(" 0 of 4 articles read otherwise"), std::string::npos) << o.out;
}

TEST(Recode, WhatIsSetByHandComesToBearOnEarlierArticles) {
  Folder f;
  std::string ledger = " --ledger " + f.file("l.ledger");
  ASSERT_EQ(program("ingest" + ledger + " " +
                    f.write("in.jsonl",
                            article("a", "Ana Ruiz condemned Iceland on Monday.") + articles()))
                .code,
            0);
  {
    Ledger l(f.file("l.ledger"), Ledger::write);
    l.learned().set({"Ana Ruiz", "CHL", "GOV", "", "", "", 0, "a desk officer", "hand"});
  }
  Outcome o = program("recode" + ledger);
  EXPECT_NE(o.out.find(" 0 of 5 articles read otherwise"), std::string::npos) << o.out;
  EXPECT_NE(o.out.find("1 articles with actors known otherwise"), std::string::npos) << o.out;
  Ledger l(f.file("l.ledger"), Ledger::read);
  Record r = *l.record(1);
  auto ana = std::find_if(r.entities.begin(), r.entities.end(),
                          [](const Entity& e) { return e.name == "Ana Ruiz"; });
  ASSERT_NE(ana, r.entities.end());
  EXPECT_EQ(ana->actor.country, "CHL");
  EXPECT_EQ(ana->basis, "learnt");
  EXPECT_NE(ana->explain.find("by hand"), std::string::npos);
  EXPECT_NE(all_rows(f.file("l.ledger")).find("CHL"), std::string::npos);
  o = program("recode" + ledger);
  EXPECT_EQ(o.out.find("known otherwise"), std::string::npos) << o.out;
}

TEST(Reader, NotesOfAnEarlierReadingAreReplaced) {
  Record once = test::read("The harbour lay still and grey below the hill all day long.");
  ASSERT_EQ(once.article.notes.size(), 1u);
  Record twice = Reader(test::resources()).read(once.article);
  EXPECT_EQ(twice.article.notes, once.article.notes);
}

TEST(Addresses, WhatMakesNoDifference) {
  AddressRules rules(test::source_dir() + "/data/addresses.tsv");
  for (const char* same :
       {"https://olm.example/news/a", "http://olm.example/news/a",
        "https://www.olm.example/news/a/", "https://OLM.example:443/news/a#comments",
        "https://olm.example/news/a?fbclid=XYZ",
        "https://olm.example/news/a?utm_source=rss&UTM_Medium=feed",
        "http://olm.example:80/news/a?", "https://olm.example/news/a/index.html",
        "https://www.www.olm.example.:443/news/a/index.htm/index.html//"})
    EXPECT_EQ(rules.key(same), "olm.example/news/a") << same;
  EXPECT_EQ(rules.key("https://olm.example/a?b=2&utm_id=x&a=1"), "olm.example/a?a=1&b=2");
  EXPECT_EQ(rules.key("https://olm.example/?b=2&a=1#!/c&a#d"), "olm.example?a=1&b=2#!/c&a#d");
  // Whatever is cut is cut as often as it is there, in time that grows with the address.
  const std::string slashes(1 << 18, '/');
  std::string hosts;
  for (int i = 0; i < 200000; ++i) hosts += "www.";
  EXPECT_EQ(rules.key("https://" + hosts + "olm.example" + slashes), "olm.example");
  std::set<std::string> different;
  for (const char* other :
       {"https://olm.example/", "https://news.olm.example/", "https://olm.example/?id=1",
        "https://olm.example/?id=2", "https://olm.example/#!/a", "https://olm.example/A",
        "https://olm.example/a", "urn:olm:1", "https://www.example/"})
    different.insert(rules.key(other));
  EXPECT_EQ(different.size(), 9u);
  Folder f;
  EXPECT_THROW(AddressRules(f.write("a.tsv", "part\tpattern\nquery\t*\n")), StartError);
  EXPECT_THROW(AddressRules(f.write("b.tsv", "part\tpattern\ncolour\tblue\n")), StartError);
}

TEST(Addresses, OneTextUnderManyAddressesIsOneArticle) {
  Folder f;
  std::string in, text = "Iceland condemned Norway on Monday over the herring in the bay.";
  for (const char* url : {"https://olm.example/a", "http://olm.example/a?utm_campaign=x",
                          "https://www.olm.example/a/#top"})
    in += article(url, text, std::string(",\"url\":\"") + url + "\"");
  in +=
      "{\"id\":\"undated\",\"url\":\"https://olm.example/a?fbclid=7\",\"text\":\"" + text + "\"}\n";
  Outcome o = program("ingest --ledger " + f.file("l.ledger") + " " + f.write("in.jsonl", in));
  EXPECT_NE(o.out.find("1 new, 0 nearly the same as others, 3 known"), std::string::npos) << o.out;
}

TEST(Addresses, VersionsOfOnePageAreKnownUnderAnyOfThem) {
  for (const std::string& kind : test::stores()) {
    test::Store store(kind);
    Folder f;
    std::string in = f.write(
        "in.jsonl",
        article("1", "Iceland condemned Norway on Monday over the herring in the bay.",
                ",\"url\":\"https://olm.example/news/a\"") +
            article("2", "Norway thanked Chile on Tuesday for a loan, and the crews went home.",
                    ",\"url\":\"http://www.olm.example/news/a/?utm_source=rss\"") +
            article("3", "Peru met Chile on Tuesday in Lima.",
                    ",\"url\":\"https://olm.example/b\""));
    ASSERT_EQ(program("ingest --ledger '" + store.where + "' " + in).code, 0);
    Ledger ledger(store.where, Ledger::read);
    EXPECT_TRUE(ledger.has_url("http://olm.example/news/a"));
    EXPECT_FALSE(ledger.has_url("http://olm.example/news/c"));
    Query q(ledger.database(), "SELECT replaces FROM article ORDER BY number");
    ASSERT_TRUE(q.step());
    EXPECT_TRUE(q.null(0));
    ASSERT_TRUE(q.step());
    EXPECT_EQ(q.integer(0), 1);
    ASSERT_TRUE(q.step());
    EXPECT_TRUE(q.null(0));
  }
}

}  // namespace
}  // namespace chancery
