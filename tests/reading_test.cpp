#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <thread>

#include "article/load.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/utf8.h"
#include "reading/said/attribution_model.h"
#include "record/json.h"
#include "record/validate.h"
#include "support.h"

namespace chancery {
namespace {

using test::read;
using test::words;

const Statement* statement_with(const Record& r, const std::string& part) {
  for (const Statement& s : r.statements)
    for (Span c : s.content)
      if (words(r, c).find(part) != std::string::npos) return &s;
  return nullptr;
}

std::string name(const Record& r, int e) { return e < 0 ? "-" : r.entities[e].name; }

const Event* event_of(const Record& r, const std::string& type) {
  for (const Event& e : r.events)
    if (e.type == type) return &e;
  return nullptr;
}

const Position* position_of(const Record& r, const std::string& stance) {
  for (const Position& p : r.positions)
    if (p.stance == stance) return &p;
  return nullptr;
}

std::string time_value(const std::string& sentence, const std::string& published = "2031-05-14") {
  Record r = read(sentence, published);
  return r.times.empty() ? "none" : r.times[0].when.value();
}

TEST(Calendar, KnowsItsDays) {
  EXPECT_EQ(weekday({2025, 9, 21}), 7);
  EXPECT_EQ(iso_week({2005, 12, 5}), "2005-W49");
  EXPECT_EQ(iso_week({2027, 1, 1}), "2026-W53");
  EXPECT_EQ(iso(add_days({2028, 2, 28}, 1)), "2028-02-29");
  EXPECT_EQ(iso(add_months({2031, 3, 31}, -1)), "2031-02-28");
  for (long n = -80000; n < 80000; n += 37) {
    Day d = from_day_number(n);
    ASSERT_EQ(day_number(d), n);
    ASSERT_EQ(parse_day(iso(d)), d);
  }
}

TEST(Times, ResolveAgainstPublication) {
  // 2031-05-14 is a Wednesday.
  EXPECT_EQ(time_value("The premier left on Monday."), "2031-05-12");
  EXPECT_EQ(time_value("The premier will leave on Monday."), "2031-05-19");
  EXPECT_EQ(time_value("The premier left last Friday."), "2031-05-09");
  EXPECT_EQ(time_value("He spoke on Sept. 21."), "2030-09-21");
  EXPECT_EQ(time_value("He will speak on Sept. 21."), "2031-09-21");
  EXPECT_EQ(time_value("They met on 3 March 1998."), "1998-03-03");
  EXPECT_EQ(time_value("They met last week."), "2031-W19");
  EXPECT_EQ(time_value("It was agreed two years ago."), "2029");
  EXPECT_EQ(time_value("The talks lasted three days."), "P3D");
  EXPECT_EQ(time_value("The war began in 1981."), "1981");
  EXPECT_EQ(time_value("The summit is on Dec. 14-15."), "2031-12-14");
  EXPECT_EQ(time_value("Nobody knew it in the 1990s."), "199");
  EXPECT_EQ(time_value("The premier left on Monday.", ""), "XXXX-WXX-1")
      << "without a publication date nothing is invented";
}

TEST(Times, ADecadeWithoutItsCenturyIsItsOwnWordsAlone) {
  for (const char* decade : {"the '90s", "the ’90s", "the ' 90s", "the ’ 90s"}) {
    const Record r = read("Nobody in Oslo knew it in " + std::string(decade) + " of the talks.");
    ASSERT_EQ(r.times.size(), 1u) << decade;
    EXPECT_EQ(r.times[0].when.value(), "199");
    EXPECT_EQ(r.times[0].span.of(r.article.text), decade);
  }
}

TEST(Times, LeaveOtherWordsAlone) {
  EXPECT_EQ(time_value("Ministers may march against the second plan."), "none");
  EXPECT_EQ(time_value("The 54-year-old singer has sold 2001 records."), "none");
}

TEST(Statements, DirectInvertedAndSplit) {
  Record r = read(
      "“We will never sign,” Prime Minister Teo Varga said on Monday. “The port stays closed.”");
  ASSERT_EQ(r.statements.size(), 1u);
  const Statement& s = r.statements[0];
  EXPECT_EQ(name(r, s.speaker), "Teo Varga");
  EXPECT_EQ(s.quote, "direct");
  EXPECT_EQ(s.content.size(), 2u);
  EXPECT_EQ(s.when, "2031-05-12");
}

TEST(Statements, IndirectThroughACarrier) {
  Record r = read(
      "Norwegian Foreign Minister Kari Solheim said the ban would stay, the news agency "
      "Nordsentral reported on Tuesday.");
  const Statement* s = statement_with(r, "ban would stay");
  ASSERT_TRUE(s);
  EXPECT_EQ(name(r, s->speaker), "Kari Solheim");
  EXPECT_EQ(s->quote, "indirect");
  ASSERT_EQ(s->via.size(), 1u);
  EXPECT_NE(name(r, s->via[0]).find("Nordsentral"), std::string::npos);
}

TEST(Statements, ScareQuotesAreNobodys) {
  Record r = read("The so-called “herring war” ended in 1976.");
  EXPECT_TRUE(r.statements.empty());
}

TEST(Statements, FirstPersonIsTheSpeaker) {
  Record r = read("“I will not go,” said Icelandic Prime Minister Jon Arnarson.");
  ASSERT_EQ(r.statements.size(), 1u);
  bool found = false;
  for (Span m : r.entities[r.statements[0].speaker].mentions) found |= words(r, m) == "I";
  EXPECT_TRUE(found);
}

TEST(Statements, WishesAreAttributionsAndNoStatements) {
  const std::string text =
      "Norway's prime minister wants the harbour to reopen before the winter. The poll shows that "
      "most fishermen agree with her.";
  auto cues = [&](const Record& r) {
    std::string out;
    for (const Statement& s : r.statements) {
      for (Span c : s.content) EXPECT_FALSE(c.overlaps(s.cue[0]));
      out += words(r, s.cue[0]) + " ";
    }
    return out;
  };
  EXPECT_EQ(cues(read(text)).find("wants"), std::string::npos);
  auto all = std::make_shared<Resources>(test::source_dir() + "/data",
                                         test::source_dir() + "/models/chancery-fast.model");
  all->attributions = Attributions::all;
  Article article;
  article.text = text;
  article.language = "en";
  EXPECT_EQ(cues(Reader(all).read(article)), "wants shows ");
}

TEST(Statements, ForceAndPolarity) {
  auto force = [](const std::string& text) {
    Record r = read(text);
    return r.statements.empty() ? std::string("no statement") : r.statements[0].force;
  };
  EXPECT_EQ(force("The minister said the port is open."), "asserted");
  EXPECT_EQ(force("The minister denied that the port was closed."), "denied");
  EXPECT_EQ(force("The minister said the port might be closed."), "hedged");
  EXPECT_EQ(force("The minister suggested that the port was closed."), "hedged");
  EXPECT_EQ(force("The minister did not say whether the port was closed."), "withheld");
  EXPECT_EQ(force("The minister declined to say whether the port was closed."), "withheld");
  EXPECT_EQ(force("\"Why should we close the port?\" the minister said."), "questioned");
}

TEST(AttributionFeatures, StayWithinTheirTablesAndWindow) {
  std::string text =
      "Olm's mayor said: \"We shall see.\" He left. The council, which had met, agreed to "
      "\"wait\", she added.\n\nNobody came.";
  Document d = test::resources()->engine.analyze(text);
  TreeView tree(d, test::resources()->lexicon.words());
  std::vector<Quotation> quotations = find_quotations(d);
  AttributionFeatures features(tree, quotations);
  std::vector<AttributionFeatures::PairRowsOf> rows;
  for (int i = 0; i < d.size(); ++i) {
    for (uint32_t row : features.cue(i)) EXPECT_LT(row, kCueRows);
    TreeView::Range window = features.window(i);
    EXPECT_TRUE(window.begin <= i && i < window.end);
    EXPECT_EQ(tree.sentence(window.begin).paragraph, tree.sentence(i).paragraph);
    EXPECT_EQ(tree.sentence(window.end - 1).paragraph, tree.sentence(i).paragraph);
    features.pairs(i, window, rows);
    ASSERT_EQ(static_cast<int>(rows.size()), window.end - window.begin);
    for (const auto& pair : rows)
      for (uint32_t row : pair) EXPECT_LT(row, kPairRows);
  }
}

// Rows of the tables by what they tell: a word and a cue outside of all quotations, one of them inside,
// both in one, each in its own.
TEST(AttributionFeatures, TellWhetherAWordAndACueAreInOneQuotation) {
  const std::string text = "Olm said: \"We shall see.\" She left. \"Nobody came here,\" she added.";
  Document d = test::resources()->engine.analyze(text);
  TreeView tree(d, test::resources()->lexicon.words());
  const std::vector<Quotation> quotations = find_quotations(d);
  ASSERT_EQ(quotations.size(), 2u);
  AttributionFeatures features(tree, quotations);
  auto row = [&](const std::string& cue, const std::string& word) {
    auto at = [&](const std::string& form) {
      int i = 0;
      while (d.tokens[static_cast<size_t>(i)].form != form) ++i;
      return i;
    };
    const TreeView::Range window = features.window(at(cue));
    std::vector<AttributionFeatures::PairRowsOf> rows;
    features.pairs(at(cue), window, rows);
    return rows[static_cast<size_t>(at(word) - window.begin)][4];
  };
  const std::set<uint32_t> told = {row("said", "Olm"), row("said", "shall"), row("shall", "Olm"),
                                   row("shall", "see"), row("see", "came")};
  EXPECT_EQ(told.size(), 5u);
  EXPECT_EQ(row("said", "Olm"), row("said", "left"));
  EXPECT_EQ(row("shall", "see"), row("came", "here"));
}

// No row stands for two things: the model has learnt one weight for each.
TEST(AttributionFeatures, HaveTheirOwnRowsEach) {
  const std::string text =
      "Olm's mayor said: \"We shall see, and \"wait\" again.\" He left; the council, which had "
      "met, "
      "said so, agreed, and added, claimed and told reporters that \"Nobody came here\" before.";
  Document d = test::resources()->engine.analyze(text);
  TreeView tree(d, test::resources()->lexicon.words());
  AttributionFeatures features(tree, find_quotations(d));
  std::map<uint32_t, size_t> pair_of, cue_of;
  std::vector<AttributionFeatures::PairRowsOf> rows;
  for (int i = 0; i < d.size(); ++i) {
    const auto cue = features.cue(i);
    for (size_t k = 0; k < cue.size(); ++k)
      EXPECT_EQ(cue_of.try_emplace(cue[k], k).first->second, k);
    features.pairs(i, features.window(i), rows);
    for (const auto& pair : rows)
      for (size_t k = 0; k < pair.size(); ++k)
        EXPECT_EQ(pair_of.try_emplace(pair[k], k).first->second, k);
  }
}

TEST(Entities, MonthsOfDatesAreNobody) {
  for (const char* date : {"19-Nov-12", "3 Mar 2031", "Dec-24-2030"}) {
    Record r = test::read(std::string("The accord was signed on ") + date + " in Bergen.");
    ASSERT_EQ(r.entities.size(), 1u) << date;
    EXPECT_EQ(r.entities[0].name, "Bergen");
  }
  for (const Entity& e : test::read("Norway threatened Iceland on Memorial Day.").entities)
    EXPECT_NE(e.name, "Memorial Day");
  Record r = test::read("Jan Arnar signed the accord in Bergen.");
  EXPECT_EQ(r.entities.at(0).name, "Jan Arnar");
}

TEST(Entities, CountrySectorAndCoreference) {
  Record r = read(
      "South Korean President Lee Min-jae met Turkish officials. Lee praised Ankara. He left on "
      "Monday.");
  const Entity* lee = nullptr;
  for (const Entity& e : r.entities)
    if (e.name == "Lee Min-jae") lee = &e;
  ASSERT_TRUE(lee);
  EXPECT_EQ(lee->actor.country, "KOR");
  EXPECT_EQ(lee->actor.sector, "GOV");
  EXPECT_EQ(lee->role, "president");
  EXPECT_EQ(lee->mentions.size(), 3u);
  EXPECT_EQ(words(r, lee->mentions[0]), "South Korean President Lee Min-jae");
  bool turkey = false;
  for (const Entity& e : r.entities) turkey |= e.kind == "place" && e.actor.country == "TUR";
  EXPECT_TRUE(turkey) << "a capital that is praised is its state";
}

TEST(Events, RolesInActiveAndPassive) {
  for (const char* text :
       {"Iceland condemned Norway on Monday.", "Norway was condemned by Iceland on Monday."}) {
    Record r = read(text);
    const Event* e = event_of(r, "ACCUSE");
    ASSERT_TRUE(e) << text;
    ASSERT_EQ(e->source.size(), 1u);
    ASSERT_EQ(e->target.size(), 1u);
    EXPECT_EQ(r.entities[e->source[0]].actor.country, "ISL");
    EXPECT_EQ(r.entities[e->target[0]].actor.country, "NOR");
    EXPECT_EQ(e->when, "2031-05-12");
    EXPECT_EQ(e->status, "occurred");
  }
}

TEST(Events, StatusOfPlansConditionsAndRefusals) {
  EXPECT_EQ(event_of(read("The French president will visit Poland on Friday."), "CONSULT")->status,
            "planned");
  EXPECT_EQ(event_of(read("France may impose sanctions on Chad."), "SANCTION")->status, "possible");
  EXPECT_EQ(
      event_of(read("France said it would attack Chad if Chad attacked Mali."), "ASSAULT")->status,
      "conditional");
  Record refusal = read("Iran said it would not negotiate with Israel.");
  ASSERT_TRUE(event_of(refusal, "REJECT"));
  EXPECT_FALSE(event_of(refusal, "CONSULT"));
}

TEST(Events, ObjectsOfEveryKindAreNoTargets) {
  Record r = read("The minister criticized the weather and praised the soup.");
  for (const Event& e : r.events) EXPECT_TRUE(e.target.empty());
}

TEST(Events, NothingMatchesGivesNoDefaultCode) {
  Record r = read("The lake is deep and the mountains of Norway are high.");
  EXPECT_TRUE(r.events.empty());
}

TEST(Positions, AConditionIsADemandOfItsOwn) {
  Record r =
      read("“If Norway opens its ports, we can talk,” Icelandic Prime Minister Jon Arnarson said.");
  const Position* offer = position_of(r, "offers");
  ASSERT_TRUE(offer);
  ASSERT_EQ(offer->condition.size(), 1u);
  EXPECT_EQ(words(r, offer->condition[0]), "If Norway opens its ports");
  const Position* demand = position_of(r, "demands");
  ASSERT_TRUE(demand);
  EXPECT_EQ(words(r, demand->content[0]), "Norway opens its ports");
  ASSERT_EQ(demand->toward.size(), 1u);
  EXPECT_EQ(r.entities[demand->toward[0]].actor.country, "NOR");
}

TEST(Positions, EvenIfIsNoCondition) {
  Record r = read(
      "“We will not sign even if Norway opens its ports,” Icelandic Prime Minister Jon Arnarson "
      "said.");
  for (const Position& p : r.positions) EXPECT_TRUE(p.condition.empty());
  EXPECT_TRUE(position_of(r, "rejects"));
}

TEST(Positions, StagesInOrder) {
  Record r = read(
      "Finnish President Eero Saarelainen defended his three-step plan of “freeze, survey, quota” "
      "on Monday.");
  const Position* p = position_of(r, "proposes");
  ASSERT_TRUE(p);
  EXPECT_EQ(p->stages, (std::vector<std::string>{"freeze", "survey", "quota"}));
}

TEST(Novelty, FirstSinceAndRanks) {
  Record r = read("It was the first visit by a Norwegian minister since March 2029.");
  ASSERT_EQ(r.novelty.size(), 1u);
  EXPECT_EQ(r.novelty[0].claim, "first");
  EXPECT_EQ(r.novelty[0].since, "2029-03");
  EXPECT_TRUE(read("The first lady left after the first round.").novelty.empty());
}

TEST(Reader, AnotherLanguageIsPassedOnUncoded) {
  Article a;
  a.id = "fr";
  a.text = "Le ministre a dit mardi que les négociations continueraient à Paris.";
  a.language = "fr";
  Record r = Reader(test::resources()).read(a);
  EXPECT_TRUE(r.statements.empty());
  EXPECT_TRUE(r.entities.empty());
}

std::vector<Article> examples() {
  std::vector<Article> out;
  std::string lines = read_file(test::source_dir() + "/examples/reports.jsonl");
  for (std::string_view line : split(lines, '\n'))
    if (!line.empty()) out.push_back(parse_article_line(line));
  out.push_back(load_article(read_file(test::source_dir() + "/examples/accord.html"),
                             InputKind::html, "accord.html"));
  return out;
}

TEST(Record, HoldsItsInvariantsAndGoesThroughJson) {
  Reader reader(test::resources());
  for (Article& a : examples()) {
    Record r = reader.read(a);
    EXPECT_FALSE(first_problem(r)) << *first_problem(r);
    std::string json = to_json(r, {true});
    EXPECT_EQ(to_json(record_from_json(json), {true}), json);
  }
}

// Words shuffled and cut anywhere: whatever comes out is a valid record.
// Beside each value stand the days it covers; a record that says others than its value is refused.
TEST(Record, SaysWhichDaysAValueCovers) {
  Record r = test::read(
      "Norwegian minister Kari Solheim met Icelandic minister Jon Arnarson in Bergen on "
      "Monday evening. They had met the previous night. The talks will resume soon.");
  std::string json = to_json(r);
  auto has = [&](const std::string& part) { return json.find(part) != std::string::npos; };
  EXPECT_TRUE(
      has("\"type\":\"TIME\",\"value\":\"2031-05-12TEV\",\"from\":\"2031-05-12\",\"to\":"
          "\"2031-05-12\",\"precision\":\"part of day\""))
      << json;
  EXPECT_TRUE(has("\"value\":\"FUTURE_REF\",\"precision\":\"vague\"")) << json;
  EXPECT_TRUE(
      has("\"when\":\"2031-05-12TEV\",\"when_from\":\"2031-05-12\",\"when_to\":\"2031-05-12\","
          "\"when_precision\":\"part of day\""))
      << json;
  auto error = [&](const std::string& from, const std::string& to) -> std::string {
    std::string changed = json;
    size_t at = changed.find(from);
    if (at == std::string::npos) return "not there: " + from;
    changed.replace(at, from.size(), to);
    try {
      record_from_json(changed);
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  };
  EXPECT_EQ(error("\"from\":\"2031-05-12\"", "\"from\":\"2031-05-11\""),
            "record 'test': times[0].from: '2031-05-11' is not what the value '2031-05-12TEV' "
            "says, which is "
            "2031-05-12");
  EXPECT_EQ(
      error("\"when\":\"2031-05-12TEV\",\"when_from\":\"2031-05-12\",\"when_to\":\"2031-05-12\","
            "\"when_precision\":\"part of day\"",
            "\"when\":\"banana\""),
      "record 'test': events[0].when: 'banana' is no TIMEX3 value");
  EXPECT_EQ(error("\"value\":\"FUTURE_REF\",\"precision\":\"vague\"", "\"value\":\"2031-13-77\""),
            "record 'test': times[2].value: '2031-13-77' is no TIMEX3 value of a DATE");
  // What a ledger holds from earlier versions goes on being read: such a value says nothing.
  std::string kept = json;
  std::string when = "\"when\":\"2031-05-12TEV\"";
  kept.replace(kept.find(when), when.size(), "\"when\":\"banana\"");
  EXPECT_TRUE(record_from_json(kept, Origin::kept).events.at(0).when.empty());
  // Records written before those fields were are read as ever.
  EXPECT_EQ(
      error(",\"from\":\"2031-05-12\",\"to\":\"2031-05-12\",\"precision\":\"part of day\"", ""),
      "");
}

TEST(Record, HoldsItsInvariantsOnNonsense) {
  std::mt19937 random(17);
  std::string all;
  for (const Article& a : examples()) all += a.text + " ";
  auto pieces = split_words(all);
  Reader reader(test::resources());
  for (int round = 0; round < 150; ++round) {
    Article a;
    a.id = "n";
    a.published = round % 2 ? "2031-05-14" : "";
    for (int k = 0; k < 60; ++k)
      a.text += std::string(pieces[random() % pieces.size()]) + (random() % 23 == 0 ? "\n\n" : " ");
    Record r = reader.read(a);
    auto problem = first_problem(r);
    ASSERT_FALSE(problem) << *problem << "\n" << a.text;
  }
}

TEST(Record, SameInputSameBytesOnManyThreads) {
  Reader reader(test::resources());
  std::vector<Article> articles = examples();
  auto all = [&] {
    std::string out;
    for (const Article& a : articles) out += to_json(reader.read(a), {true});
    return out;
  };
  std::string once = all(), left, right;
  {
    std::jthread a([&] { left = all(); }), b([&] { right = all(); });
  }
  EXPECT_EQ(once, left);
  EXPECT_EQ(once, right);
}

// The whole records of the examples, byte for byte. script/golden writes them anew.
TEST(Golden, ExamplesGiveTheirRecords) {
  Reader reader(test::resources());
  for (const Article& a : examples()) {
    Article plain = a;
    plain.source.clear();
    std::string path = std::string(test::source_dir() + "/tests/golden/") + a.id + ".json";
    ASSERT_TRUE(std::filesystem::exists(path)) << path;
    Record record = reader.read(plain);
    record.made_by = {};  // changes with every table
    EXPECT_EQ(to_json(record, {true}) + "\n", read_file(path)) << path;
  }
}

}  // namespace
}  // namespace chancery
