#include <gtest/gtest.h>

#include <set>

#include "article/load.h"
#include "base/calendar.h"
#include "base/error.h"
#include "corrections.h"
#include "ledger/digest.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

struct Filled {
  test::Store store;
  std::unique_ptr<Ledger> ledger;
  explicit Filled(const std::string& kind) : store(kind) {
    ledger = std::make_unique<Ledger>(store.where, Ledger::write);
    for (const Record& r : test::example_reports()) ledger->add(r);
  }
};

// The same questions of every store.
class InStore : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Ledger, InStore, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

size_t count(const Answer& a) { return a.rows.size(); }

TEST_P(InStore, TwiceChangesNothing) {
  Filled f(GetParam());
  auto before = f.ledger->statements({}).rows;
  for (const Record& r : test::example_reports()) EXPECT_EQ(f.ledger->add(r), Ledger::Added::known);
  EXPECT_EQ(f.ledger->articles(), static_cast<int64_t>(test::example_reports().size()));
  EXPECT_EQ(f.ledger->statements({}).rows, before);
}

TEST_P(InStore, FiltersByActorDyadTimeAndWords) {
  Filled f(GetParam());
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

TEST_P(InStore, FiltersByTheStateOfWhoeverTakesPart) {
  Filled f(GetParam());
  Question whoever, country;
  whoever.actor = {"", "NOR"};
  country.country = "NOR";
  for (auto ask : {&Ledger::statements, &Ledger::events, &Ledger::positions}) {
    const Answer of_norway = (*f.ledger.*ask)(country);
    EXPECT_GT(count(of_norway), 0u);
    EXPECT_LT(count(of_norway), count((*f.ledger.*ask)({})));
    EXPECT_EQ(of_norway.rows, (*f.ledger.*ask)(whoever).rows);
  }
}

TEST_P(InStore, ASearchGoesOnBehindItsPage) {
  Filled f(GetParam());
  Question q;
  q.text = "Norway";
  const auto all = f.ledger->search(q).rows;
  ASSERT_GT(all.size(), 3u);
  q.limit = 3;
  std::vector<std::vector<std::string>> paged;
  for (int page = 0; page < 100; ++page) {
    const Answer a = f.ledger->search(q);
    EXPECT_LE(a.rows.size(), 3u);
    paged.insert(paged.end(), a.rows.begin(), a.rows.end());
    if (a.next.empty()) break;
    q.after = a.next;
  }
  EXPECT_EQ(paged, all);
}

TEST_P(InStore, TwoWhoAreAskedForAreFoundWhereBothTakePart) {
  test::Store store(GetParam());
  Ledger ledger(store.where, Ledger::write);
  const auto met = [&](const std::string& who, const std::string& whom) {
    test::HandMade made(who + whom, " Of " + who + " and " + whom + ".");
    made.r.entities[0].name = who;
    made.r.entities[1].name = whom;
    ledger.add(made.r);
  };
  met("Kari Solheim", "Jon Vale");
  met("Kari Solheim", "Per Lund");
  met("Ida Varga", "Jon Vale");
  Question toward, between, takes_part;
  toward.by = {"Solheim", ""};
  toward.toward = {"Vale", ""};
  between.between_a = {"Vale", ""};
  between.between_b = {"Solheim", ""};
  takes_part.by = {"Solheim", ""};
  takes_part.actor = {"Vale", ""};
  for (const Question& q : {toward, between, takes_part}) EXPECT_EQ(count(ledger.events(q)), 1u);
}

TEST_P(InStore, HostileWordsAreWords) {
  Filled f(GetParam());
  for (const std::string& nasty :
       std::vector<std::string>{"'; DROP TABLE article; --", "\" OR 1=1", "*", "NEAR(a b)", "a AND",
                                "%_\\", "\xF0\x9F\x99\x82", std::string("shipp\0ing", 9)}) {
    Question q;
    q.text = nasty;
    EXPECT_NO_THROW(f.ledger->search(q));
    q.text.clear();
    q.by = {nasty, ""};
    q.about = nasty;
    EXPECT_EQ(count(f.ledger->statements(q)), 0u) << nasty;
  }
  EXPECT_EQ(f.ledger->articles(), static_cast<int64_t>(test::example_reports().size()));
}

TEST_P(InStore, LimitBoundsTheRows) {
  Filled f(GetParam());
  Question q;
  size_t all = count(f.ledger->positions(q));
  std::set<std::string> seen;
  q.limit = 3;
  for (const auto& row : f.ledger->positions(q).rows) seen.insert(row[0]);
  EXPECT_EQ(seen.size(), std::min<size_t>(3, all));
}

// A page after the other gives the same rows as one long page, in both directions and for every
// question.
TEST_P(InStore, PagesFollowOneAnother) {
  Filled f(GetParam());
  using Ask = Answer (Ledger::*)(const Question&);
  for (auto [name, ask] : {std::pair<const char*, Ask>{"statements", &Ledger::statements},
                           {"events", &Ledger::events},
                           {"positions", &Ledger::positions},
                           {"calendar", &Ledger::calendar},
                           {"novelty", &Ledger::novelty},
                           {"acts", &Ledger::happenings},
                           {"stories", &Ledger::stories},
                           {"articles", &Ledger::articles_of},
                           {"actors", &Ledger::actors},
                           {"copies", &Ledger::copies}})
    for (bool newest : {false, true}) {
      Question q;
      q.newest_first = newest;
      q.limit = 100000;
      auto all = ((*f.ledger).*ask)(q).rows;
      q.limit = 3;
      std::vector<std::vector<std::string>> paged;
      for (int page = 0; page < 1000; ++page) {
        Answer a = ((*f.ledger).*ask)(q);
        paged.insert(paged.end(), a.rows.begin(), a.rows.end());
        if (a.next.empty()) break;
        q.after = a.next;
      }
      EXPECT_EQ(paged, all) << name << (newest ? " newest" : "");
    }
  Question wrong;
  wrong.after = "nonsense";
  EXPECT_THROW(f.ledger->statements(wrong), Error);
}

TEST_P(InStore, EveryQuestionAnswersWhateverIsAsked) {
  Filled f(GetParam());
  for (const std::string word : {"Solheim", "herring", "nobody at all"}) {
    Question q;
    q.actor = {word, "NOR"};
    q.from = "2029";
    q.until = "2031-12";
    EXPECT_NO_THROW(f.ledger->contacts(q));
    EXPECT_NO_THROW(f.ledger->network(q));
    EXPECT_NO_THROW(f.ledger->topics(q));
    EXPECT_NO_THROW(f.ledger->stories(q));
    q.text = word;
    EXPECT_NO_THROW(f.ledger->statements(q));
    EXPECT_NO_THROW(f.ledger->stories(q));
    EXPECT_NO_THROW(f.ledger->articles_of(q));
    q.topic = word;
    EXPECT_NO_THROW(f.ledger->positions(q));
    EXPECT_NO_THROW(f.ledger->changes(q));
    q.text.clear();
    q.topic.clear();
    q.about = word;
    EXPECT_NO_THROW(f.ledger->statements(q));
    q.actor = {};
    EXPECT_NO_THROW(f.ledger->statements(q));
  }
}

// No remark has the letters of the code in it; those that speak of the state's people are meant.
TEST_P(InStore, ACodeAsksForRemarksAboutWhoeverIsOfThatState) {
  Filled f(GetParam());
  Question q;
  q.limit = 10000;
  const size_t all = count(f.ledger->statements(q));
  // Another word is looked for in what is said.
  q.about = "quota";
  const Answer quota = f.ledger->statements(q);
  EXPECT_GT(count(quota), 0u);
  EXPECT_LT(count(quota), all);
  q.about = "ISL";
  const size_t about = count(f.ledger->statements(q));
  EXPECT_GT(about, 0u);
  EXPECT_LT(about, all);
}

TEST_P(InStore, ATimelineSumsWhatPassedBetweenTwoStates) {
  Filled f(GetParam());
  Question q;
  q.between_a = {"", "NOR"};
  q.between_b = {"", "ISL"};
  for (const char* period : {"day", "week", "month", "year"}) {
    q.by_period = period;
    Answer a = f.ledger->timeline(q);
    ASSERT_FALSE(a.rows.empty()) << period;
    for (const auto& row : a.rows)
      EXPECT_EQ(std::stoi(row[1]), std::stoi(row[2]) + std::stoi(row[3]));
  }
  q.by_period = "fortnight";
  EXPECT_THROW(f.ledger->timeline(q), Error);
}

// A page of a timeline says where the next one begins; all pages are the whole, each line once.
TEST_P(InStore, ATimelineGoesOnBehindItsPage) {
  Filled f(GetParam());
  Question q;
  q.between_a = {"", "NOR"};
  q.between_b = {"", "ISL"};
  q.by_period = "day";
  const Answer whole = f.ledger->timeline(q);
  ASSERT_GT(whole.rows.size(), 2u);
  EXPECT_EQ(whole.next, "");
  q.limit = 1;
  for (size_t i = 0; i < whole.rows.size(); ++i) {
    const Answer page = f.ledger->timeline(q);
    ASSERT_EQ(page.rows.size(), 1u);
    EXPECT_EQ(page.rows[0], whole.rows[i]);
    EXPECT_EQ(page.next, i + 1 < whole.rows.size() ? whole.rows[i][0] : "");
    q.after = page.next;
  }
}

// What is derived can be made anew at any time and is the same.
TEST_P(InStore, RebuildingGivesTheSameAnswers) {
  Filled f(GetParam());
  auto all = [&] {
    Question q;
    q.limit = 100000;
    std::vector<std::vector<std::string>> out;
    for (Answer a : {f.ledger->statements(q), f.ledger->events(q), f.ledger->positions(q),
                     f.ledger->novelty(q), f.ledger->actors(q), f.ledger->stories(q)}) {
      for (auto& row : a.rows) {
        row.erase(row.begin());  // numbers may differ
        out.push_back(row);
      }
    }
    for (auto& row : out)
      for (auto& cell : row)
        if (!cell.empty() && cell.find_first_not_of("0123456789") == std::string::npos) cell = "n";
    return out;
  };
  auto before = all();
  f.ledger->rebuild();
  EXPECT_EQ(all(), before);
}

// What is told as derived comes again from the records as it was, whatever became of it; the rest is
// what only the ledger knows.
TEST_P(InStore, WhatIsDerivedComesAgain) {
  Filled f(GetParam());
  Database& db = f.ledger->database();
  const std::vector<TableDigest> before = digests(db);
  for (const char* damage :
       {"DELETE FROM band", "UPDATE who SET sector = 'MIL'", "UPDATE actor SET mentions = 77",
        "UPDATE taught SET articles = articles + 7", "UPDATE statement SET cue = 'sang'",
        "UPDATE event SET words = 'sang'", "UPDATE happening SET reports = reports + 7",
        "DELETE FROM dyad", "UPDATE position SET content = 'sang'",
        "UPDATE novelty SET words = 'sang'", "DELETE FROM part", "UPDATE story SET title = 'sang'",
        "UPDATE story_mark SET articles = articles + 7"})
    db.run(damage);
  const std::vector<TableDigest> damaged = digests(db);
  f.ledger->rebuild();
  const std::vector<TableDigest> after = digests(db);
  std::set<std::string> derived, hurt;
  for (size_t i = 0; i < before.size(); ++i) {
    if (before[i].derived) derived.insert(before[i].name);
    if (damaged[i].sha256 != before[i].sha256) hurt.insert(before[i].name);
    EXPECT_EQ(after[i].sha256, before[i].sha256) << before[i].name;
  }
  EXPECT_GE(hurt.size(), 13u);
  for (const std::string& name : hurt) EXPECT_TRUE(derived.count(name)) << name;
  for (const char* name : {"articles", "addresses", "sightings", "learned", "filled"})
    EXPECT_FALSE(derived.count(name)) << name;
}

TEST(Ledger, RefusesOtherFiles) {
  test::Folder folder;
  EXPECT_THROW(Ledger(folder.file("none.ledger"), Ledger::read), StartError);
  EXPECT_THROW(Ledger(folder.write("t.ledger", std::string(5000, 'x')), Ledger::write), StartError);
  {
    auto other = Database::open(folder.file("other.db"), false);
    other->run("CREATE TABLE mine(x)");
  }
  EXPECT_THROW(Ledger(folder.file("other.db"), Ledger::write), StartError);
  { Ledger fresh(folder.file("new.ledger"), Ledger::write); }
  { Database::open(folder.file("new.ledger"), false)->set_version(kLedgerVersion + 1); }
  EXPECT_THROW(Ledger(folder.file("new.ledger"), Ledger::read), StartError);
}

TEST(Database, AParameterThatAStatementDoesNotHaveIsNotLeftOutInSilence) {
  test::Folder folder;
  auto database = Database::open(folder.file("any.db"), false);
  Query q(*database, "SELECT ?");
  q.bind("one");
  EXPECT_THROW(q.bind("two"), StartError);
  EXPECT_THROW(q.bind(int64_t{2}), StartError);
}

// One that is written for hours, article by article.
TEST(Ledger, TheLogBesideItStaysUnder64Megabytes) {
  test::Folder folder;
  auto written = Database::open(folder.file("l.ledger"), false);
  written->run("CREATE TABLE filled(x); INSERT INTO filled VALUES (0)");
  uintmax_t most = 0;
  for (int megabytes = 0; megabytes < 100; megabytes += 2) {
    written->run("UPDATE filled SET x = randomblob(2 << 20)");
    most = std::max(most, std::filesystem::file_size(folder.file("l.ledger-wal")));
  }
  EXPECT_GT(most, 0u);
  EXPECT_LT(most, 64u << 20);
}

TEST_P(InStore, RefusesARecordThatDoesNotHold) {
  test::Store store(GetParam());
  Ledger ledger(store.where, Ledger::write);
  Record r = test::example_reports()[0];
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
  ledger.add(article("one", "Norwegian Foreign Minister Tora Solheim met reporters in Oslo.",
                     "2031-05-01"));
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

// A ledger of every earlier version is brought to the present one with all its articles and what it
// had learnt.
TEST(Migration, FromEveryEarlierVersion) {
  for (int version = 1; version <= 3; ++version) {
    test::Folder folder;
    {
      auto old = Database::open(folder.file("l.ledger"), false);
      for (int v = 0; v < version; ++v) old->run(kSteps[v]);
      old->set_version(version);
      for (const Record& r : test::example_reports()) {
        Query q(*old,
                "INSERT INTO article(key, id, url, publisher, title, published, language, record) "
                "VALUES (?,?,?,?,?,?,?,?)");
        q.bind(article_key(r.article))
            .bind(r.article.id)
            .bind(r.article.url)
            .bind(r.article.publisher)
            .bind(r.article.title)
            .bind(r.article.published)
            .bind(r.article.language)
            .bind(to_json(r, {true}))
            .step();
      }
      if (version >= 2)
        old->run(
            "INSERT INTO learned VALUES ('Ola "
            "Nordmann','NOR','GOV','minister','2031-01-01','2031-01-01',3,'x: y','text')");
      if (version >= 3) old->run("INSERT INTO feed VALUES ('https://a.example/feed','tag','')");
    }
    EXPECT_THROW(Ledger(folder.file("l.ledger"), Ledger::read), StartError);
    Ledger ledger(folder.file("l.ledger"), Ledger::write);
    EXPECT_EQ(ledger.articles(), static_cast<int64_t>(test::example_reports().size()));
    for (const Record& r : test::example_reports()) EXPECT_EQ(ledger.add(r), Ledger::Added::known);
    test::Folder other;
    Ledger fresh(other.file("l.ledger"), Ledger::write);
    fresh.learning(false);
    for (const Record& r : test::example_reports()) fresh.add(r);
    EXPECT_EQ(ledger.statements({}).rows, fresh.statements({}).rows) << version;
    EXPECT_EQ(ledger.events({}).rows, fresh.events({}).rows) << version;
    EXPECT_EQ(ledger.learned().readings("Ola Nordmann").size(), version >= 2 ? 1u : 0u);
    EXPECT_EQ(ledger.feed_state("https://a.example/feed").first, version >= 3 ? "tag" : "");
  }
}

// PostgreSQL and SQLite give the same rows in the same order.
TEST(Stores, AnswerAlike) {
  if (test::stores().size() < 2)
    GTEST_SKIP() << "no PostgreSQL server was started: script/with-postgres starts one";
  Filled a("sqlite"), b("postgres");
  Question q;
  q.limit = 100000;
  using Ask = Answer (Ledger::*)(const Question&);
  for (auto ask : {static_cast<Ask>(&Ledger::statements), static_cast<Ask>(&Ledger::events),
                   static_cast<Ask>(&Ledger::positions), static_cast<Ask>(&Ledger::calendar),
                   static_cast<Ask>(&Ledger::novelty), static_cast<Ask>(&Ledger::happenings),
                   static_cast<Ask>(&Ledger::stories), static_cast<Ask>(&Ledger::actors),
                   static_cast<Ask>(&Ledger::topics), static_cast<Ask>(&Ledger::network),
                   static_cast<Ask>(&Ledger::changes)}) {
    Answer x = ((*a.ledger).*ask)(q), y = ((*b.ledger).*ask)(q);
    EXPECT_EQ(x.columns, y.columns);
    EXPECT_EQ(x.rows, y.rows);
  }
  q.by = {"Solheim", ""};
  EXPECT_EQ(a.ledger->statements(q).rows, b.ledger->statements(q).rows);
  q = {};
  q.text = "Tromso court";
  EXPECT_EQ(count(a.ledger->search(q)), count(b.ledger->search(q)));
}

TEST(Ledger, AnArticleIsKeptWholeOrNotAtAll) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  {
    // What is added last cannot be: all that was added before it must go.
    auto opened = Database::open(folder.file("l.ledger"), false);
    Database& other = *opened;
    other.run(
        "CREATE TRIGGER refuse BEFORE INSERT ON part BEGIN SELECT RAISE(FAIL, 'refused'); END");
  }
  const Record record = test::example_reports().front();
  EXPECT_THROW(ledger.add(record), Error);
  EXPECT_EQ(ledger.articles(), 0);
  EXPECT_TRUE(ledger.learned().list("", 100).empty());
  {
    auto opened = Database::open(folder.file("l.ledger"), false);
    Database& other = *opened;
    other.run("DROP TRIGGER refuse");
  }
  EXPECT_EQ(ledger.add(record), Ledger::Added::fresh);
  EXPECT_EQ(ledger.articles(), 1);
}

}  // namespace
}  // namespace chancery
