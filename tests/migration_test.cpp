// Ledgers that old programs wrote (tests/ledgers) are opened by this one and answer as fresh ones
// do; a derived table that changed is made anew; what is interrupted leaves the ledger as it was.
#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <set>
#include <thread>

#include "base/error.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string unpacked(const std::string& name, const test::Folder& folder) {
  std::string to = folder.file(name), from = test::source_dir() + "/tests/ledgers/" + name + ".gz";
  EXPECT_EQ(std::system(("gzip -dc '" + from + "' > '" + to + "'").c_str()), 0);
  return to;
}

// The answers to every question, without the numbers of rows.
std::map<std::string, Rows> answers(Ledger& ledger) {
  using Ask = Answer (Ledger::*)(const Question&);
  std::map<std::string, Rows> out;
  auto ask = [&](const std::string& name, const Question& q, Ask question) {
    Answer a = (ledger.*question)(q);
    Rows rows;
    for (const auto& row : a.rows) {
      std::vector<std::string> cells;
      for (size_t c = 0; c < row.size(); ++c)
        if (a.columns[c] != "number" && a.columns[c] != "article_number" &&
            a.columns[c] != "happening" && a.columns[c] != "story" && a.columns[c] != "copy_of" &&
            a.columns[c] != "replaces")
          cells.push_back(row[c]);
      rows.push_back(cells);
    }
    out[name] = rows;
  };
  Question all, norway, pair, words, period;
  norway.actor = {"", "NOR"};
  pair.between_a = {"", "NOR"};
  pair.between_b = {"", "ISL"};
  words.text = "quotas";
  period.from = "2031-05-12";
  period.until = "2031-05";
  for (auto [name, question] : {std::pair<const char*, Ask>{"statements", &Ledger::statements},
                                {"events", &Ledger::events},
                                {"positions", &Ledger::positions},
                                {"calendar", &Ledger::calendar},
                                {"novelty", &Ledger::novelty},
                                {"acts", &Ledger::happenings},
                                {"changes", &Ledger::changes},
                                {"articles", &Ledger::articles_of},
                                {"stories", &Ledger::stories},
                                {"actors", &Ledger::actors},
                                {"topics", &Ledger::topics},
                                {"network", &Ledger::network},
                                {"copies", &Ledger::copies}}) {
    ask(name, all, question);
    ask(std::string(name) + " in May", period, question);
  }
  ask("contacts", norway, &Ledger::contacts);
  ask("timeline", pair, &Ledger::timeline);
  ask("between", pair, &Ledger::events);
  ask("search", words, &Ledger::search);
  return out;
}

void expect_like_fresh(Ledger& ledger, const std::string& what,
                       const std::string& kind = "sqlite") {
  test::Store store(kind);
  Ledger fresh(store.where, Ledger::write);
  fresh.learning(false);  // the kept records hold what was learnt
  ledger.each([&](int64_t, const Record& r) { fresh.add(r); });
  auto old = answers(ledger), now = answers(fresh);
  for (const auto& [question, rows] : now)
    EXPECT_EQ(old[question], rows) << what << ": " << question;
  EXPECT_FALSE(now["statements"].empty());
  EXPECT_FALSE(now["calendar"].empty());
  EXPECT_EQ(now["copies"].size(), 1u);
}

void expect_whole(Ledger& ledger, const std::string& what) {
  EXPECT_EQ(ledger.articles(), 4) << what;
  bool told = false;
  for (const auto& row : ledger.statements({}).rows)
    told |= row[5].find("Both sides must come without conditions") != std::string::npos;
  EXPECT_TRUE(told) << what;
  int64_t articles = 0;
  ledger.each([&](int64_t, const Record& r) {
    ++articles;
    EXPECT_EQ(ledger.add(r), Ledger::Added::known) << what;
  });
  EXPECT_EQ(articles, 4);
}

const std::vector<std::string> kFiles = {
    "version_1.ledger",  "version_2.ledger", "version_3.ledger", "version_4a.ledger",
    "version_4b.ledger", "version_6.ledger", "version_7.ledger", "version_8.ledger",
    "version_9.ledger",  "version_10.ledger"};

TEST(OldLedgers, OpenWithAllTheyHoldAndAnswerLikeFreshOnes) {
  for (const std::string& name : kFiles) {
    test::Folder folder;
    std::string where = unpacked(name, folder);
    // Opened for reading it is not changed: the message says what to do.
    try {
      Ledger reader(where, Ledger::read);
      ADD_FAILURE() << name;
    } catch (const StartError& error) {
      EXPECT_NE(std::string(error.what()).find("chancery doctor --ledger"), std::string::npos);
    }
    Ledger ledger(where, Ledger::write);
    expect_whole(ledger, name);
    expect_like_fresh(ledger, name);
    Query packed(ledger.database(),
                 "SELECT count(*) FROM article WHERE record = plain_record(record)");
    EXPECT_TRUE(packed.step() && packed.integer(0) == 0) << name;
    EXPECT_EQ(ledger.learned().readings("Kari Solheim").empty(), name == "version_1.ledger")
        << name;
    EXPECT_EQ(ledger.feed_state("https://harbour-courier.example/feed.xml").first,
              name == "version_3.ledger" || name == "version_4a.ledger" ? "\"v7\"" : "")
        << name;
    Ledger again(where, Ledger::read);
    EXPECT_EQ(again.articles(), 4) << name;
  }
}

// Of every version there was, also of those of which no ledger was kept: an older one brought so far
// and no further.
TEST(OldLedgers, OfEveryVersionOpen) {
  for (int version = 1; version < kLedgerVersion; ++version) {
    test::Folder folder;
    const std::string where = unpacked("version_1.ledger", folder);
    {
      auto db = Database::open(where, false);
      for (int v = 1; v < version; ++v) db->run(db->ddl(kSteps[v]));
      db->set_version(version);
    }
    Ledger ledger(where, Ledger::write);
    const std::string what = "version " + std::to_string(version);
    expect_whole(ledger, what);
    expect_like_fresh(ledger, what);
  }
}

// What the kept records set for a day is in the table and the view of such days, which no earlier
// version had; and so is what comes later.
TEST(OldLedgers, HaveTheDaysThatTheirRecordsSet) {
  const auto set_day = [](Record r, const std::string& occasion, const std::string& day) {
    TimeExpression t;
    t.id = "t" + std::to_string(r.times.size() + 1);
    t.type = "DATE";
    t.when = When(day);
    t.span = t.words = {0, 12};
    t.occasion = occasion;
    t.status = "planned";
    r.times.push_back(t);
    return r;
  };
  std::vector<std::pair<std::string, int>> olds;  // file, version to bring it to before
  for (const std::string& name : kFiles) olds.emplace_back(name, 0);
  for (int version = 2; version < kLedgerVersion; ++version)
    olds.emplace_back("version_1.ledger", version);
  for (const auto& [name, version] : olds) {
    const std::string what = name + ", " + std::to_string(version);
    test::Folder folder;
    const std::string where = unpacked(name, folder);
    {
      auto db = Database::open(where, false);
      for (int v = 1; v < version; ++v) db->run(db->ddl(kSteps[v]));
      if (version) db->set_version(version);
      Query kept(*db, "SELECT plain_record(record) FROM article WHERE number = 1");
      ASSERT_TRUE(kept.step()) << what;
      const Record r = record_from_json(kept.text(0), Origin::kept);
      Query put(*db, "UPDATE article SET record = ? WHERE number = 1");
      put.bind(to_json(set_day(r, "election", "2031-09-09"))).step();
    }
    Ledger ledger(where, Ledger::write);
    const auto rows = [&](const std::string& sql) {
      Query q(ledger.database(), sql);
      std::vector<std::string> out;
      while (q.step()) out.push_back(q.text(0) + " " + q.text(1));
      return out;
    };
    using Days = std::vector<std::string>;
    EXPECT_EQ(rows("SELECT type, day FROM occasion ORDER BY day"), Days{"election 2031-09-09"})
        << what;
    Record fresh;
    fresh.article.id = "fresh";
    fresh.article.published = "2031-06-20";
    fresh.article.language = "en";
    fresh.article.text = "A deadline ends on the last day of June for whoever wishes to apply.";
    ledger.add(set_day(fresh, "deadline", "2031-06-30"));
    EXPECT_EQ(rows("SELECT type, from_day FROM occasions ORDER BY from_day"),
              (Days{"deadline 2031-06-30", "election 2031-09-09"}))
        << what;
    Question q;
    q.from = "2031-09";
    bool told = false;
    for (const auto& row : ledger.calendar(q).rows)
      told |= row[1] == "2031-09-09" && row[3] == "election";
    EXPECT_TRUE(told) << what;
  }
}

TEST(OldLedgers, AreBroughtOverByTheDoctor) {
  test::Folder folder;
  std::string where = unpacked("version_4b.ledger", folder);
  EXPECT_EQ(test::program("events --ledger " + where).code, 3);
  auto doctor = test::program("doctor --ledger " + where);
  EXPECT_EQ(doctor.code, 0) << doctor.err;
  // Nor does it keep the space of what it threw away.
  auto db = Database::open(where, true);
  Query space(*db,
              "SELECT f.freelist_count * 4 < p.page_count FROM pragma_freelist_count f, "
              "pragma_page_count p");
  EXPECT_TRUE(space.step() && space.integer(0) == 1);
  EXPECT_EQ(test::program("events --ledger " + where).code, 0);
}

TEST(OldLedgers, OfPostgresOpenToo) {
  if (test::stores().size() < 2)
    GTEST_SKIP() << "no PostgreSQL server was started: script/with-postgres starts one";
  for (const char* name :
       {"version_4a.sql", "version_6.sql", "version_7.sql", "version_9.sql", "version_10.sql"}) {
    test::Folder folder;
    test::Store store("postgres");
    Database::open(store.where, false)->run(read_file(unpacked(name, folder)));
    Ledger ledger(store.where, Ledger::write);
    expect_whole(ledger, name);
    expect_like_fresh(ledger, name, "postgres");
    // The records were in the rows of articles, and are in partitions.
    Query months(ledger.database(),
                 "SELECT string_agg(r.month, ' ' ORDER BY r.article), count(*), (SELECT count(*) "
                 "FROM information_schema.columns WHERE table_name = 'article' AND column_name = "
                 "'record') FROM article_record r");
    months.step();
    EXPECT_EQ(months.text(0), "2031-05 2031-05 2031-05 2031-06") << name;
    EXPECT_EQ(months.integer(2), 0) << name;
  }
}

// Killed while it was being brought over, a ledger is what it was, and is brought over the next
// time.
TEST(OldLedgers, SurviveAKillWhileTheyAreBroughtOver) {
  for (int kill_at : {1, 2, 4}) {
    test::Folder folder;
    std::string where = unpacked("version_3.ledger", folder);
    std::fflush(nullptr);
    pid_t child = fork();
    if (child == 0) {
      Ledger ledger(where, Ledger::write, [&](int64_t done, int64_t) {
        if (done == kill_at) raise(SIGKILL);
      });
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(Database::open(where, false)->version(), 3);
    Ledger ledger(where, Ledger::write);
    expect_whole(ledger, "killed");
    expect_like_fresh(ledger, "killed");
  }
}

// A ledger whose records cannot all be read opens with the others.
TEST(OldLedgers, WithADamagedRecordOpenWithTheOthers) {
  test::Folder folder;
  std::string where = unpacked("version_3.ledger", folder);
  Database::open(where, false)->run("UPDATE article SET record = '{\"schema\":' WHERE number = 2");
  Ledger ledger(where, Ledger::write);
  EXPECT_EQ(ledger.articles(), 4);
  std::set<std::string> told;
  for (const auto& row : ledger.statements({}).rows) told.insert(row[7]);
  EXPECT_TRUE(told.count("m01"));
  EXPECT_FALSE(told.count("m02"));
  EXPECT_THROW(ledger.each([](int64_t, const Record&) {}), Error);
}

class DerivedTables : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Ledger, DerivedTables, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

// Whatever stands in the tables of a group of another version, also tables and indexes that this
// program makes otherwise, is dropped and made anew from the records; the other groups stay.
TEST_P(DerivedTables, AreMadeAnewWhenTheirVersionChanges) {
  test::Folder folder;
  std::map<std::string, Rows> before;
  test::Store store(GetParam());
  {
    Ledger old(unpacked("version_3.ledger", folder), Ledger::write);
    Ledger ledger(store.where, Ledger::write);
    ledger.learning(false);
    old.each([&](int64_t, const Record& r) { ledger.add(r); });
    before = answers(ledger);
  }
  for (const char* group : {"texts", "actors", "items", "stories", "views"}) {
    {
      auto db = Database::open(store.where, false);
      Query version(*db, "UPDATE derived SET version = version + 100 WHERE name = ?");
      version.bind(group).step();
      if (std::string_view(group) == "items")
        db->run(
            "DROP VIEW events; DROP VIEW acts; DROP TABLE event; CREATE TABLE event (number "
            "BIGINT, shape TEXT); CREATE INDEX "
            "event_article ON event(number); DELETE FROM statement");
      if (std::string_view(group) == "stories") db->run("DELETE FROM story");
      if (std::string_view(group) == "actors") db->run("DELETE FROM who");
      if (std::string_view(group) == "texts") db->run("DELETE FROM words; DELETE FROM band");
    }
    EXPECT_THROW(Ledger(store.where, Ledger::read), StartError) << group;
    { Ledger ledger(store.where, Ledger::write); }
    Ledger ledger(store.where, Ledger::read);
    auto now = answers(ledger);
    for (const auto& [question, rows] : before) EXPECT_EQ(now[question], rows) << group << question;
  }
}

TEST_P(DerivedTables, StayWhereTheirVersionIsThePresentOne) {
  test::Folder folder;
  test::Store store(GetParam());
  {
    Ledger old(unpacked("version_3.ledger", folder), Ledger::write);
    Ledger ledger(store.where, Ledger::write);
    old.each([&](int64_t, const Record& r) { ledger.add(r); });
    // A mark that no record gives: it would not outlive a table made anew.
    ledger.database().run("UPDATE story SET title = 'kept as it was'");
    ledger.database().run("UPDATE derived SET version = version + 100 WHERE name = 'items'");
  }
  Ledger ledger(store.where, Ledger::write);
  EXPECT_EQ(ledger.stories({}).rows.at(0)[3], "kept as it was");
  EXPECT_FALSE(ledger.statements({}).rows.empty());
}

// Several programs that meet an empty store, or one of an earlier version, at once: one makes the
// tables, the others find them.
TEST_P(DerivedTables, AreMadeOnceByProgramsThatBeginTogether) {
  auto begin_together = [](const std::string& where) {
    std::vector<std::string> failed(4);
    std::vector<std::thread> programs;
    for (std::string& why : failed)
      programs.emplace_back([&where, &why] {
        try {
          Ledger ledger(where, Ledger::write);
        } catch (const std::exception& error) {
          why = error.what();
        }
      });
    for (std::thread& program : programs) program.join();
    return failed;
  };
  // Who comes first is chance: several stores give it several chances.
  for (int fresh = 0; fresh < 6; ++fresh) {
    test::Store store(GetParam());
    EXPECT_EQ(begin_together(store.where), std::vector<std::string>(4));
    Database::open(store.where, false)->run("UPDATE derived SET version = version + 100");
    EXPECT_EQ(begin_together(store.where), std::vector<std::string>(4));
  }
}

}  // namespace
}  // namespace chancery
