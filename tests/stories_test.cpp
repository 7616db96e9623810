// Storylines: which reports are of one dispute, what it is called.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "base/strings.h"
#include "ledger/database.h"
#include "ledger/ledger.h"
#include "ledger/story_profile.h"
#include "ledger/story_store.h"
#include "ledger/story_weights.h"
#include "support.h"

namespace chancery {
namespace {

struct Kept {
  test::Folder folder;
  Ledger ledger{folder.file("stories.ledger"), Ledger::write};
  void add(Record r, const std::string& id, const std::string& title) {
    r.article.id = id;
    r.article.title = title;
    ledger.add(r);
  }
  // Storyline by article.
  std::map<std::string, std::string> stories() {
    std::map<std::string, std::string> out;
    Question q;
    q.limit = 1000;
    for (const auto& row : ledger.articles_of(q).rows) out[row[4]] = row[8];
    return out;
  }
};

struct Report {
  std::string story, day, title, text;
};

std::vector<Report> invented(const std::string& name) {
  std::vector<Report> out;
  const std::string file = read_file(test::source_dir() + "/tests/" + name);
  bool header = true;
  for (std::string_view line : split(file, '\n')) {
    if (line.empty() || line[0] == '#' || std::exchange(header, false)) continue;
    const auto c = split(line, '\t');
    EXPECT_EQ(c.size(), 4u) << line;
    out.push_back({std::string(c[0]), std::string(c[1]), std::string(c[2]), std::string(c[3])});
  }
  return out;
}

// Pairs of reports that are told to be of one story, against those that are.
struct Pairs {
  int right = 0, said = 0, gold = 0;
  double f1() const { return 2.0 * right / (said + gold); }
};

Pairs judged(const std::vector<Report>& reports) {
  Kept k;
  for (size_t i = 0; i < reports.size(); ++i)
    k.add(test::read(reports[i].text, reports[i].day), "r" + std::to_string(i), reports[i].title);
  auto stories = k.stories();
  Pairs out;
  for (size_t i = 0; i < reports.size(); ++i)
    for (size_t j = i + 1; j < reports.size(); ++j) {
      const std::string a = stories["r" + std::to_string(i)], b = stories["r" + std::to_string(j)];
      const bool same = reports[i].story == reports[j].story, told = !a.empty() && a == b;
      out.right += same && told, out.said += told, out.gold += same;
      if (same != told && std::getenv("CHANCERY_SHOW"))
        std::printf("  %s %s | %s\n", same ? "-" : "+", reports[i].title.c_str(),
                    reports[j].title.c_str());
    }
  return out;
}

// Kept in the order of their days and in that of the file.
TEST(Stories, PairsOfReportsAreOneDisputeAsTheyAre) {
  std::vector<Report> reports = invented("stories.tsv");
  ASSERT_EQ(reports.size(), 32u);
  for (const bool by_day : {true, false}) {
    if (by_day)
      std::stable_sort(reports.begin(), reports.end(),
                       [](const Report& a, const Report& b) { return a.day < b.day; });
    else reports = invented("stories.tsv");
    const Pairs pairs = judged(reports);
    std::printf("storylines: pairs f1 %.3f of %d\n", pairs.f1(), pairs.gold);
    EXPECT_GE(pairs.f1(), 0.98);
  }
}

// Great powers and the words of any news make no story; two small states with a pass do.
TEST(Stories, WireReportsOfDifferentMattersAreNotOneForTheirGreatPowers) {
  const std::vector<Report> reports = invented("wire.tsv");
  ASSERT_EQ(reports.size(), 15u);
  const Pairs pairs = judged(reports);
  EXPECT_EQ(pairs.gold, 4);
  EXPECT_EQ(pairs.right, 4);
  EXPECT_EQ(pairs.said, pairs.right);
}

TEST(Stories, TheReportsOfTheExamplesAreOneOrTwo) {
  Kept k;
  ASSERT_GE(test::example_reports().size(), 10u);
  for (const Record& r : test::example_reports()) k.add(r, r.article.id, r.article.title);
  std::set<std::string> all;
  for (const auto& [article, story] : k.stories()) all.insert(story);
  EXPECT_LE(all.size(), 2u);
  const Answer stories = k.ledger.stories({});
  EXPECT_TRUE(stories.rows[0][3].starts_with("Iceland and Norway: ")) << stories.rows[0][3];
}

Record about(const std::string& day, const std::string& text) {
  Record r;
  r.article.published = day;
  r.article.text = text;
  for (auto [name, code] : {std::pair{"Peru", "PER"}, {"Chile", "CHL"}}) {
    const size_t at = text.find(name);
    if (at == std::string::npos) continue;
    Entity e;
    e.id = "e" + std::to_string(r.entities.size() + 1);
    e.name = name;
    e.kind = "place";
    e.actor.country = code;
    e.actor.sector = "GOV";
    e.mentions = {{static_cast<uint32_t>(at), static_cast<uint32_t>(at + 5)}};
    r.entities.push_back(e);
  }
  return r;
}

TEST(Stories, AnArticleThatTellsOfBothMakesTwoStoriesOne) {
  Kept k;
  k.add(about("2031-05-01", "Peru asked Chile for the copper of the northern mines and railway."),
        "a", "Copper");
  k.add(about("2031-05-02", "Chile told Peru of llamas, wool and shepherds on high pastures."), "b",
        "Llamas");
  auto before = k.stories();
  EXPECT_NE(before["a"], before["b"]);
  k.add(about("2031-05-03",
              "Peru and Chile spoke of copper, mines and the railway, of llamas, wool, shepherds."),
        "c", "Both");
  auto now = k.stories();
  EXPECT_EQ(now["a"], now["b"]);
  EXPECT_EQ(now["c"], now["b"]);
  const Answer all = k.ledger.stories({});
  ASSERT_EQ(all.rows.size(), 1u);
  EXPECT_EQ(all.rows[0][2], "2031-05-01");
  EXPECT_EQ(all.rows[0][1], "2031-05-03");
  EXPECT_EQ(all.rows[0][4], "3");
}

// Whoever kept the number of a storyline finds its articles by it after two became one, and the next
// dispute does not get that number.
TEST(Stories, AJoinedOneIsFoundByItsOldNumber) {
  Kept k;
  k.add(about("2031-05-01", "Peru asked Chile for the copper of the northern mines and railway."),
        "a", "Copper");
  k.add(about("2031-05-02", "Chile told Peru of llamas, wool and shepherds on high pastures."), "b",
        "Llamas");
  const auto before = k.stories();
  k.add(about("2031-05-03",
              "Peru and Chile spoke of copper, mines and the railway, of llamas, wool, shepherds."),
        "c", "Both");
  k.add(about("2031-05-04", "Peru and Chile tax cement, glass and bricks in harbour towns."), "d",
        "Cement");
  auto now = k.stories();
  EXPECT_EQ(std::set<std::string>({before.at("a"), before.at("b")}).count(now["d"]), 0u);
  for (const char* article : {"a", "b"}) {
    Question q;
    q.story = std::stoll(before.at(article));
    EXPECT_EQ(k.ledger.articles_of(q).rows.size(), 3u) << article;
    ASSERT_EQ(k.ledger.stories(q).rows.size(), 1u) << article;
    EXPECT_EQ(k.ledger.stories(q).rows[0][0], now["c"]) << article;
  }
}

TEST(Stories, ADisputeOfLongAgoIsAnotherOne) {
  Kept k;
  const std::string text = "Peru asked Chile for the copper of the northern mines and railway.";
  k.add(about("2030-01-01", text), "a", "Copper");
  k.add(about("2031-05-02", text + " So it did."), "b", "Copper again");
  auto stories = k.stories();
  EXPECT_NE(stories["a"], stories["b"]);
  // One report has its own title.
  EXPECT_EQ(k.ledger.stories({}).rows[0][3], "Copper again");
}

TEST(Stories, AreCalledByActorsAndMatter) {
  StoryProfile p;
  p.add(story_text(about("", "Peru told Chile that trawlers of the minister harm fishing.")));
  EXPECT_EQ(p.title(), "") << "one article has a title of its own";
  p.add(story_text(about("", "Chile answered Peru: a trawler must go on fishing.")));
  EXPECT_EQ(p.title(), "Chile and Peru: fishing, trawlers");
  const StoryProfile again = StoryProfile::parse(p.column());
  EXPECT_EQ(again.column(), p.column());
  EXPECT_EQ(again.title(), p.title());
  EXPECT_EQ(again.articles(), 2u);
}

// Most words of a report stand in it once: the first sentences say what it is about, not the alphabet.
TEST(Stories, AreToldByWhatStandsFirstAndMostOften) {
  Record r = about(
      "", "Peru told Chile of zinc and of wheat. There were apples, copper, barley and barley.");
  r.entities[0].mentions.push_back({0, 4});
  r.entities[0].mentions.push_back({0, 4});
  for (auto [name, times] : {std::pair{"Alba", 1u}, {"Zavala", 2u}}) {
    Entity e;
    e.kind = "person";
    e.name = name;
    e.mentions.resize(times);
    e.mentions.front() = {60, 64};
    r.entities.push_back(e);
  }
  const StoryText text = story_text(r);
  std::vector<std::string> words;
  for (const Keyed& word : text.words) words.push_back(word.key);
  EXPECT_EQ(words, (std::vector<std::string>{"barley", "zinc", "wheat", "apple", "copper"}));
  EXPECT_EQ(text.names, (std::vector<std::string>{"zavala", "alba"}));
  EXPECT_EQ(text.keys().front(), "@PER");
}

StoryText of_words(const std::vector<std::string>& words) {
  StoryText out;
  for (const std::string& word : words) out.words.push_back({word, word});
  return out;
}

double same(const std::string&) { return 1; }

TEST(Stories, WhatATextIsAboutItsBeginningSays) {
  Record r;
  r.article.text = "Many trawlers wait for berths. ";
  while (r.article.text.size() < 1490) r.article.text += "It is so. ";
  const auto has = [&](const std::string& word) {
    const StoryText text = story_text(r);
    return std::any_of(text.words.begin(), text.words.end(),
                       [&](const Keyed& k) { return k.shown == word; });
  };
  r.article.text.resize(1490);
  r.article.text += " ferries";
  EXPECT_TRUE(has("trawlers"));
  EXPECT_TRUE(has("ferries"));
  r.article.text += " wait for fuel. Old pipelines burst, and new pipelines leak.";
  EXPECT_FALSE(has("pipelines")) << "what stands behind is told at length";
  EXPECT_TRUE(has("ferries"));
}

TEST(Stories, AComparisonEndsWhereItIsCertainThatTheyAreNotAlikeEnough) {
  const std::vector<std::string> own = {"copper", "price", "harbour", "strike"};
  StoryProfile story;
  story.add(of_words({"copper", "price", "iron", "ore"}));
  const WeighedKeys keys = weighed(own, same);
  const Likeness whole = likeness(keys, story);
  ASSERT_GT(whole.share, 0);
  const Likeness enough = likeness(keys, story, whole.share);
  EXPECT_EQ(enough.share, whole.share);
  EXPECT_EQ(enough.marks, whole.marks);
  EXPECT_EQ(likeness(keys, story, 0.9).marks, 0u) << "what is left cannot make up for it";
}

TEST(Stories, WhatTheWordsAloneTellIsTheSameFoundOutBefore) {
  const Record r = about("", "Peru told Chile that the trawlers of Ivar Holt harm fishing.");
  const StoryText at_once = story_text(r), before = story_text(r, story_matter(r.article));
  EXPECT_FALSE(at_once.words.empty());
  EXPECT_EQ(at_once.keys(), before.keys());
}

TEST(Stories, OfManyUnderOneKeyTheNewestOfItsMonthsAreLookedAt) {
  constexpr int64_t kKey = 7, kMany = 40, kLooked = 24;
  for (const std::string& kind : test::stores()) {
    test::Store place(kind);
    Ledger ledger(place.where, Ledger::write);
    ledger.begin();
    StoryStore writes(ledger.database()), looks(ledger.database());
    for (const char* day : {"2029-05-02", "2031-05-02"}) writes.ask({kKey}, day);
    writes.fetch();
    for (int64_t n = 1; n <= kMany; ++n) {
      writes.put(kKey, "2029-05-02", n);
      writes.put(kKey, "2031-05-02", kMany + n);
      writes.put(kKey, "2031-05-03", kMany + n);
    }
    // One of long ago goes on.
    writes.put(kKey, "2031-05-04", 1);
    const auto expected = [&](int64_t last) {
      std::vector<int64_t> out;
      for (int64_t n = last - kLooked + 1; n <= last; ++n) out.push_back(n);
      return out;
    };
    const auto look = [&](StoryStore& store, const char* when) {
      EXPECT_EQ(store.found({kKey}, "2031-05-02"), expected(2 * kMany)) << kind << when;
      EXPECT_EQ(store.found({kKey}, "2029-05-02"), expected(kMany)) << kind << when;
    };
    look(writes, " before they are written");
    writes.write();
    for (const char* day : {"2029-05-02", "2031-05-02"}) looks.ask({kKey}, day);
    looks.fetch();
    look(looks, " from their table");
    ledger.rollback();
  }
}

// Settling anew: what a batch wrote, the next one knows.
TEST(Stories, TablesThatBeganEmptyAreNotAskedForWhatWasWritten) {
  constexpr int64_t kKey = 7;
  const char* day = "2031-05-02";
  for (const std::string& kind : test::stores()) {
    test::Store place(kind);
    Ledger ledger(place.where, Ledger::write);
    ledger.begin();
    StoryStore store(ledger.database());
    store.begin_empty();
    const auto look = [&] {
      store.ask({kKey}, day);
      store.fetch();
      return store.found({kKey}, day);
    };
    EXPECT_TRUE(look().empty()) << kind;
    std::vector<int64_t> begun;
    for (int i = 0; i < 3; ++i) {
      auto [number, story] = store.begin();
      story->set_days(day, day);
      story->articles = 1;
      story->profile.add(of_words({"copper", "price"}));
      store.put(kKey, day, number);
      begun.push_back(number);
    }
    store.join(begun[0], begun[1]);
    store.write();
    ledger.database().run("DELETE FROM story_key");
    EXPECT_EQ(look(), (std::vector<int64_t>{begun[0], begun[2]})) << kind;
    ASSERT_TRUE(store.at(begun[0]));
    EXPECT_EQ(store.at(begun[0])->articles, 2) << kind;
    // A storyline that goes on is changed where it stands.
    store.at(begun[2])->articles = 5;
    store.at(begun[2])->changed = true;
    store.write();
    Query written(ledger.database(), "SELECT articles FROM story ORDER BY number");
    ASSERT_TRUE(written.step());
    EXPECT_EQ(written.integer(0), 2) << kind;
    ASSERT_TRUE(written.step());
    EXPECT_EQ(written.integer(0), 5) << kind;
    store.forget();
    EXPECT_TRUE(look().empty()) << kind << ": who forgot asks the table";
    ledger.rollback();
  }
}

TEST(Stories, ARareWordWeighsMoreThanACommonOne) {
  const std::vector<std::string> own = {"copper", "price"};
  StoryProfile copper, price, both;
  copper.add(of_words({"copper"}));
  price.add(of_words({"price"}));
  both.add(of_words({"copper", "price", "iron"}));
  auto weight = [](const std::string& mark) { return mark == "copper" ? 3.0 : 0.5; };
  EXPECT_GT(likeness(weighed(own, weight), copper).share,
            likeness(weighed(own, weight), price).share);
  EXPECT_EQ(likeness(weighed(own, weight), both).marks, 2u);
  EXPECT_EQ(likeness(weighed(own, weight), StoryProfile()).share, 0);
}

// Else a storyline that has taken in much takes in all that comes.
TEST(Stories, HowRareAWordIsIsCountedByArticles) {
  Kept k;
  for (const char* who : {"Peru", "Chile", "Kenya"})
    k.add(test::read(std::string(who) + " banned trawlers. The trawlers left.", "2031-05-14"), who,
          "");
  Query q(k.ledger.database(), "SELECT articles FROM story_mark WHERE mark LIKE '%trawler%'");
  ASSERT_TRUE(q.step());
  EXPECT_EQ(q.integer(0), 3);
}

TEST(Stories, WhatFewOfItsArticlesHaveDrawsNoOthersIn) {
  StoryProfile narrow, wide;
  narrow.add(of_words({"copper", "price"}));
  for (const char* word : {"copper", "price", "iron", "salt", "wool", "rice", "tea", "oil", "gas"})
    wide.add(of_words({word}));
  EXPECT_NEAR(likeness(weighed({"copper", "price"}, same), narrow).share, 1, 1e-9);
  EXPECT_EQ(likeness(weighed({"copper", "price"}, same), wide).share, 0);
  wide.add(of_words({"copper", "price"}));
  const Likeness like = likeness(weighed({"copper", "price"}, same), wide);
  EXPECT_EQ(like.marks, 2u);
  EXPECT_LT(like.share, 0.75);
}

TEST(Stories, WhatAnyNewsHasSaysLittle) {
  EXPECT_GT(usual_share("@USA"), 10 * usual_share("@PER"));
  EXPECT_GT(usual_share("election"), usual_share("reservoir"));
  EXPECT_EQ(usual_share("reservoir"), story_limits().rare);
  EXPECT_EQ(usual_share("USA"), story_limits().rare) << "an actor is no word";
  EXPECT_EQ(rarity(1), 0);
  EXPECT_LT(rarity(0.4), rarity(0.01));
  // The longer ago, the more alike must be what is one.
  const StoryLimits& limits = story_limits();
  EXPECT_LT(limits.near, limits.week);
  EXPECT_LT(limits.week, limits.month);
  EXPECT_LT(limits.month, limits.later);
  EXPECT_EQ(limits.needed(0), limits.near);
  EXPECT_EQ(limits.needed(3), limits.near);
  EXPECT_EQ(limits.needed(4), limits.week);
  EXPECT_EQ(limits.needed(7), limits.week);
  EXPECT_EQ(limits.needed(8), limits.month);
  EXPECT_EQ(limits.needed(45), limits.month);
  EXPECT_EQ(limits.needed(46), limits.later);
}

// "the Peruvian minister": the state counts, and its code is no word of a title.
TEST(Stories, AStateThatNoArticleNamesIsNotInTheTitle) {
  Record r = about("", "Chile on trawlers and salt.");
  Entity minister;
  minister.kind = "person";
  minister.name = "Rosa Quispe";
  minister.actor.country = "PER";
  minister.mentions = {{0, 5}, {0, 5}};
  r.entities.push_back(minister);
  StoryProfile p;
  for (int i = 0; i < 2; ++i) p.add(story_text(r));
  EXPECT_EQ(story_text(r).keys().front(), "@PER");
  EXPECT_EQ(p.title(), "Chile: salt, trawlers");
}

// Between words of which both stand in two articles: the one that fewer reports have.
TEST(Stories, AreCalledByWhatIsRare) {
  StoryProfile p;
  for (int i = 0; i < 2; ++i)
    p.add(story_text(about("", "Peru and Chile on an election, attacks and trawlers.")));
  EXPECT_EQ(p.title(), "Chile and Peru: trawlers, attacks");
}

}  // namespace
}  // namespace chancery
