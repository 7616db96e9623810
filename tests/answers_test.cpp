// What a ledger says beyond listing: what became of plans, whether a first is one, how positions
// moved, the state of play, copies and events told by many, and the forms that other programs read.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "export/export.h"
#include "ledger/brief.h"
#include "ledger/duplicates.h"
#include "ledger/ledger.h"
#include "ledger/play.h"
#include "support.h"

namespace chancery {
namespace {

struct Kept {
  test::Folder folder;
  Ledger ledger{folder.file("l.ledger"), Ledger::write};
  Ledger::Added add(const std::string& id, const std::string& date, const std::string& text,
                    const std::string& url = "") {
    Record r = test::read(text, date);
    r.article.id = id;
    r.article.url = url;
    return ledger.add(r);
  }
};

TEST(Calendar, SaysWhatBecameOfAPlan) {
  Kept k;
  k.add("plan", "2031-05-10",
        "Norwegian Foreign Minister Tora Solheim will meet Swedish Foreign Minister Nils Ek in "
        "Oslo on May 14. Icelandic Prime Minister Jon Arnarson will visit Denmark on May 20.");
  k.add("later", "2031-05-14",
        "Norwegian Foreign Minister Tora Solheim met Swedish Foreign Minister Nils Ek in Oslo on "
        "Wednesday.");
  k.add("off", "2031-05-15",
        "Icelandic Prime Minister Jon Arnarson cancelled a visit to Denmark, his office said on "
        "Thursday.");
  std::map<std::string, std::string> became;
  for (const auto& row : k.ledger.calendar({}).rows)
    if (row[7] == "planned") became[row[1]] = row[8];
  ASSERT_EQ(became.size(), 2u);
  EXPECT_EQ(became["2031-05-14"].substr(0, 4), "held");
  EXPECT_EQ(became["2031-05-20"].substr(0, 10), "called off");
}

TEST(Novelty, IsJudgedByWhatTheLedgerHolds) {
  Kept k;
  k.add("old", "2029-02-01", "Norwegian Prime Minister Tora Solheim visited Iceland on Thursday.");
  k.add("mid", "2030-03-01",
        "Norwegian Prime Minister Tora Solheim made an official visit to Iceland on Friday.");
  k.add("claim", "2031-05-14",
        "Norwegian Prime Minister Tora Solheim arrived in Reykjavik on Wednesday, her first "
        "official visit to Iceland since 2029.");
  bool judged = false;
  for (const auto& row : k.ledger.novelty({}).rows)
    if (row[2] == "first") {
      judged = true;
      EXPECT_TRUE(row[6].starts_with("contradicted: Fri 1 Mar 2030")) << row[6];
    }
  EXPECT_TRUE(judged);
}

TEST(Changes, AreHardeningsSofteningsAndOtherConditions) {
  Kept k;
  k.add(
      "a", "2031-01-10",
      "Norwegian Prime Minister Tora Solheim said Norway would never accept sanctions on Iceland.");
  k.add("b", "2031-02-10",
        "Norwegian Prime Minister Tora Solheim said Norway would accept sanctions on Iceland if "
        "the fleet stayed at sea.");
  Answer a = k.ledger.changes({});
  ASSERT_EQ(a.rows.size(), 1u);
  EXPECT_EQ(a.rows[0][3], "softened");
  EXPECT_EQ(a.rows[0][7], "a");
  EXPECT_EQ(a.rows[0][9], "b");
}

TEST(Play, FindsDeadlocksAndOpenings) {
  Kept k;
  k.add("a", "2031-01-10",
        "“If Iceland lifts the ban on Norwegian trawlers, we can talk about sanctions,” Norwegian "
        "Prime Minister Tora Solheim said.");
  k.add("b", "2031-01-12",
        "Icelandic Prime Minister Jon Arnarson said Iceland would never lift the ban on Norwegian "
        "trawlers.");
  Play p = k.ledger.play("ban", {});
  ASSERT_GE(p.stands.size(), 3u);
  bool deadlock = false;
  for (const Play::Link& l : p.links)
    deadlock |= l.kind == "deadlock" && l.to >= 0 && p.stands[l.to].holder == "Jon Arnarson";
  EXPECT_TRUE(deadlock);
  std::string svg = play_as_svg(p), dot = play_as_dot(p);
  EXPECT_NE(svg.find("<svg"), std::string::npos);
  EXPECT_NE(dot.find("digraph"), std::string::npos);
  Kept other;
  other.add("a", "2031-01-10",
            "“If Iceland lifts the ban on Norwegian trawlers, we can talk about sanctions,” "
            "Norwegian Prime Minister Tora Solheim said.");
  other.add("b", "2031-01-12",
            "Icelandic Prime Minister Jon Arnarson said Iceland would lift the ban on Norwegian "
            "trawlers.");
  bool opening = false;
  for (const Play::Link& l : other.ledger.play("ban", {}).links) opening |= l.kind == "opening";
  EXPECT_TRUE(opening);
}

TEST(Play, DrawsHostileNamesAsText) {
  Play p;
  p.topic = "<script>alert(1)</script>";
  p.stands.push_back({1,
                      "\"><script>x</script>",
                      "",
                      "rejects",
                      "",
                      "",
                      "</svg><img onerror=x>",
                      "",
                      "2031",
                      "a",
                      "",
                      {}});
  std::string svg = play_as_svg(p);
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_EQ(svg.find("<img"), std::string::npos);
}

const char* kStory =
    "Norwegian Foreign Minister Tora Solheim met Icelandic Foreign Minister Birna Helgadottir in "
    "Bergen on Tuesday to speak about herring, cod and the fishing boats that were seized in the "
    "winter. "
    "The two ministers agreed to meet again before the summer, and each said the talks had been "
    "long, frank and of use to both of their countries.";

TEST(Copies, SyndicatedAndSlightlyEditedTextsAreFound) {
  Kept k;
  EXPECT_EQ(k.add("a", "2031-05-14", kStory), Ledger::Added::fresh);
  EXPECT_EQ(k.add("b", "2031-05-15", std::string("BERGEN (Coast Press) - ") + kStory),
            Ledger::Added::copy);
  EXPECT_EQ(k.add("c", "2031-05-15",
                  "Danish police arrested four smugglers in Aarhus on Wednesday after a chase "
                  "across two islands and a night in the harbour, where they had hidden their "
                  "boats among those of the fishing fleet."),
            Ledger::Added::fresh);
  Answer copies = k.ledger.copies({});
  ASSERT_EQ(copies.rows.size(), 1u);
  EXPECT_EQ(copies.rows[0][4], "b");
  EXPECT_EQ(copies.rows[0][6], "a");
}

TEST(Copies, VersionsOfOneAddressAreLinked) {
  Kept k;
  k.add("a", "2031-05-14", "Norway closed its ports on Wednesday.", "https://a.example/ports");
  k.add("b", "2031-05-15", "Norway opened its ports again on Thursday after talks with Iceland.",
        "https://a.example/ports");
  Answer copies = k.ledger.copies({});
  ASSERT_EQ(copies.rows.size(), 1u);
  EXPECT_EQ(copies.rows[0][5], "version of");
}

TEST(Copies, LikenessIsExactAndBandsFindIt) {
  auto a = shingles("one two three four five six seven eight nine ten"),
       b = shingles("one two three four five six seven eight nine eleven");
  EXPECT_NEAR(likeness(a, b), 7.0 / 9.0, 1e-9);
  EXPECT_EQ(likeness(a, a), 1.0);
  EXPECT_EQ(bands(a), bands(a));
  EXPECT_EQ(bands(a).size(), 6u);
}

TEST(Acts, ToldByManyReportsAreOne) {
  Kept k;
  k.add("a", "2031-05-14",
        "Malian rebels kidnapped nine French engineers near Gao on Tuesday, the army said.");
  k.add("b", "2031-05-14",
        "Nine French engineers were kidnapped by Malian rebels near Gao on Tuesday.");
  k.add("c", "2031-05-15",
        "Malian rebels who kidnapped nine French engineers near Gao on Tuesday asked for money.");
  k.add("d", "2031-06-20", "Malian rebels kidnapped two French nurses near Mopti on Friday.");
  std::map<std::string, int> reports;
  for (const auto& row : k.ledger.happenings({}).rows)
    if (row[3] == "ASSAULT") reports[row[0]] = std::stoi(row[8]);
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_EQ(std::max(reports.begin()->second, reports.rbegin()->second), 3);
}

// Which reports tell one act: pairs judged against tests/clusters.tsv.
TEST(Acts, PairsOfReportsAreJudgedAsTheyAre) {
  struct Report {
    std::string cluster;
    std::set<std::string> acts;
  };
  std::vector<Report> reports;
  Kept k;
  const std::string file = read_file(test::source_dir() + "/tests/clusters.tsv");
  bool header = true;
  for (std::string_view line : split(file, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    if (std::exchange(header, false)) continue;
    auto c = split(line, '\t');
    ASSERT_EQ(c.size(), 4u);
    std::string id = "r" + std::to_string(reports.size());
    k.add(id, std::string(c[1]), std::string(c[3]));
    std::set<std::string> acts;
    Question q;
    q.type = std::string(c[2]);
    q.limit = 1000;
    for (const auto& row : k.ledger.events(q).rows)
      if (row[11] == id) acts.insert(row[12]);
    reports.push_back({std::string(c[0]), acts});
  }
  int right = 0, said = 0, gold = 0;
  for (size_t i = 0; i < reports.size(); ++i)
    for (size_t j = i + 1; j < reports.size(); ++j) {
      bool same = reports[i].cluster == reports[j].cluster,
           told = std::any_of(reports[i].acts.begin(), reports[i].acts.end(),
                              [&](const std::string&a) { return reports[j].acts.count(a) > 0; });
      right += same && told;
      said += told;
      gold += same;
      if (same != told && std::getenv("CHANCERY_SHOW"))
        std::printf("  %s r%zu r%zu (%s, %s)\n", same ? "-" : "+", i, j, reports[i].cluster.c_str(),
                    reports[j].cluster.c_str());
    }
  double f1 = 2.0 * right / (said + gold);
  std::printf("pairs: f1 %.3f, precision %.3f, recall %.3f of %d\n", f1,
              said ? 1.0 * right / said : 0, 1.0 * right / gold, gold);
  EXPECT_GE(f1, 0.923 - 0.02);
}

TEST(Stories, GatherArticlesOfTheSameActorsInTheSameDays) {
  Kept k;
  k.add("a", "2031-05-14",
        "Norway and Iceland held talks on fishing. Norway wants larger quotas; Iceland refuses. "
        "Norwegian and Icelandic boats clashed.");
  k.add("b", "2031-05-16",
        "Iceland said on Friday it had no answer from Norway. Norway and Iceland fish the same "
        "banks.");
  k.add("c", "2031-05-16", "Peru and Chile signed a pact on copper. Chile thanked Peru.");
  Answer s = k.ledger.stories({});
  ASSERT_EQ(s.rows.size(), 2u);
  std::multiset<std::string> sizes;
  for (const auto& row : s.rows) sizes.insert(row[4]);
  EXPECT_EQ(sizes, (std::multiset<std::string>{"1", "2"}));
}

TEST(Brief, TellsTheDayAndEscapesIt) {
  Kept k;
  k.add("<script>alert(1)</script>", "2031-05-14",
        "“Norway must leave,” Icelandic Prime Minister Jon Arnarson said on Wednesday at the "
        "harbour. Norwegian Foreign Minister Tora Solheim will meet Swedish Foreign Minister Nils "
        "Ek in Oslo on May 20.");
  Brief b = make_brief(k.ledger, "2031-05-14", "2031-05-14");
  EXPECT_EQ(b.articles, 1);
  std::string html = brief_as_html(b), text = brief_as_text(b, 80), md = brief_as_markdown(b);
  EXPECT_EQ(html.find("<script>alert"), std::string::npos);
  EXPECT_EQ(md.find("<script>"), std::string::npos);
  EXPECT_NE(text.find("Ahead"), std::string::npos);
  EXPECT_NE(text.find("Norway must leave"), std::string::npos);
  std::string line;
  for (char c : text) {
    if (c == '\n') {
      EXPECT_LE(line.size(), 100u) << line;
      line.clear();
    } else {
      line += c;
    }
  }
}

TEST(Brief, SignsOfMarkdownAreWords) {
  Kept k;
  k.add("a", "2031-05-14",
        "“The *old* port must close,” Icelandic Prime Minister Jon Arnarson said on Wednesday.");
  const std::string text = brief_as_markdown(make_brief(k.ledger, "2031-05-14", "2031-05-14"));
  EXPECT_NE(text.find("\\*old\\* port must close"), std::string::npos) << text;
}

TEST(Brief, EndsWithItsLastDay) {
  Kept k;
  for (const char* day : {"2031-05-13", "2031-05-14", "2031-05-15"})
    k.add(day, day, std::string("Peru thanked Chile on ") + day + ".");
  EXPECT_EQ(make_brief(k.ledger, "2031-05-14", "2031-05-14").articles, 1);
  EXPECT_EQ(make_brief(k.ledger, "2031-05-13", "2031-05-14").articles, 2);
}

// Exports
// ------------------------------------------------------------------------------------------------------------------------

std::vector<std::string> exported(Ledger& ledger, const std::string& format) {
  static const ExportTables tables(test::source_dir() + "/data",
                                   test::source_dir() + "/data/ontology");
  std::string all;
  export_ledger(ledger, tables, format, {}, [&](std::string_view line) { all += line; });
  std::vector<std::string> out;
  for (std::string_view line : split(all, '\n'))
    if (!line.empty()) out.emplace_back(line);
  return out;
}

struct Sample : Kept {
  Sample() {
    add("x\ty", "2031-05-14",
        "Norwegian Foreign Minister Tora Solheim met Swedish Foreign Minister Nils Ek in Oslo on "
        "Wednesday. “We will sign in June,” Solheim said. Police in Oslo arrested two men. "
        "Something attacked.",
        "https://news.example/a");
    add("two", "2031-05-15",
        "Norwegian Foreign Minister Tora Solheim met Swedish Foreign Minister Nils Ek in Oslo on "
        "Wednesday, officials said.");
  }
};

TEST(Exports, GdeltHas61ColumnsAndNoDefaultCodes) {
  Sample s;
  auto lines = exported(s.ledger, "gdelt");
  ASSERT_FALSE(lines.empty());
  bool met = false;
  for (const std::string& line : lines) {
    auto c = split(line, '\t');
    ASSERT_EQ(c.size(), 61u) << line;
    EXPECT_EQ(c[1].size(), 8u);
    EXPECT_EQ(c[2], c[1].substr(0, 6));
    EXPECT_EQ(c[3], c[1].substr(0, 4));
    EXPECT_NE(c[26], "010");
    EXPECT_TRUE(std::string_view(c[26]).starts_with(c[28])) << "root is the first two digits";
    EXPECT_TRUE(std::string_view(c[26]).starts_with(c[27])) << "base is the first three";
    EXPECT_TRUE(c[29] == "1" || c[29] == "2" || c[29] == "3" || c[29] == "4");
    EXPECT_EQ(c[59].size(), 14u);
    if (c[26] != "040") continue;
    met = true;
    EXPECT_EQ(c[7], "NOR");
    EXPECT_EQ(c[17], "SWE");
    EXPECT_EQ(c[12], "GOV");
    EXPECT_EQ(c[52], "Oslo");
    EXPECT_EQ(c[53], "NO");  // FIPS, where actors have ISO
    EXPECT_EQ(c[33], "2");   // two articles tell it, one event
    EXPECT_EQ(c[60], "https://news.example/a");
  }
  EXPECT_TRUE(met);
}

TEST(Exports, MentionsHave16ColumnsAndPointIntoTheText) {
  Sample s;
  auto lines = exported(s.ledger, "gdelt-mentions");
  auto events = exported(s.ledger, "gdelt");
  EXPECT_GT(lines.size(), events.size());
  std::set<std::string> known;
  for (const std::string& e : events) known.insert(std::string(split(e, '\t')[0]));
  for (const std::string& line : lines) {
    auto c = split(line, '\t');
    ASSERT_EQ(c.size(), 16u);
    EXPECT_TRUE(known.count(std::string(c[0])));
    EXPECT_GE(std::stoi(std::string(c[9])), 0);
    EXPECT_LT(std::stoi(std::string(c[9])), std::stoi(std::string(c[12])));
  }
}

TEST(Exports, PolecatHasItsFortyNamesAndPloversFold) {
  Sample s;
  s.add("plan", "2031-05-16",
        "Norwegian Foreign Minister Tora Solheim will visit Finland on May 30.");
  bool promise = false;
  auto lines = exported(s.ledger, "polecat");
  ASSERT_GT(lines.size(), 1u);
  auto names = split(lines[0], '\t');
  ASSERT_EQ(names.size(), 40u);
  EXPECT_EQ(names[0], "Event ID");
  EXPECT_EQ(names[9], "Actor COW");
  EXPECT_EQ(names[39], "Version");
  std::set<std::string> ids;
  for (size_t i = 1; i < lines.size(); ++i) {
    auto c = split(lines[i], '\t');
    ASSERT_EQ(c.size(), 40u) << lines[i];
    EXPECT_TRUE(ids.insert(std::string(c[0])).second) << c[0];
    if (c[8] == "NOR") {
      EXPECT_EQ(c[9], "385");
    }
    promise |= c[2] == "AGREE";
  }
  EXPECT_TRUE(promise) << "a visit to come is AGREE by PLOVER";
}

// What was announced and then took place is an event to GDELT, whoever told it first.
TEST(Exports, AnActFirstToldAsAPlanIsAnEventOnceItOccurred) {
  Kept k;
  k.add("plan", "2031-05-16",
        "Norwegian Foreign Minister Tora Solheim will visit Finland on May 30.");
  EXPECT_TRUE(exported(k.ledger, "gdelt").empty());
  k.add("done", "2031-05-31", "Norwegian Foreign Minister Tora Solheim visited Finland on May 30.");
  auto lines = exported(k.ledger, "gdelt");
  ASSERT_EQ(lines.size(), 1u);
  auto mentions = exported(k.ledger, "gdelt-mentions");
  ASSERT_EQ(mentions.size(), 1u);
  EXPECT_EQ(split(lines[0], '\t')[0], split(mentions[0], '\t')[0]);
}

// Of what a report says in its own words nothing stands as a quotation.
TEST(Exports, JsonLdTellsQuotationFromParaphrase) {
  Kept k;
  k.add("q", "2031-05-14",
        "“We will sign in June,” Norwegian Foreign Minister Tora Solheim said. She said the talks "
        "had been long.");
  std::string line = exported(k.ledger, "json-ld").at(0);
  EXPECT_NE(line.find("\"@type\":\"Quotation\",\"@id\":\"urn:chancery:q#s1\""), std::string::npos)
      << line;
  EXPECT_NE(line.find("\"@type\":\"Claim\",\"@id\":\"urn:chancery:q#s2\""), std::string::npos)
      << line;
}

// A quotation mark in a name opens no cell that swallows the lines behind it.
TEST(Exports, QuotationMarksTearNoTable) {
  Kept k;
  k.add("a \"b", "2031-05-14", "Iran rejected the demand of the United States.",
        "https://news.example/\"a");
  for (const char* format : {"gdelt", "gdelt-mentions", "petrarch", "polecat"})
    for (const std::string& line : exported(k.ledger, format))
      EXPECT_EQ(line.find('"'), std::string::npos) << format;
  auto lines = exported(k.ledger, "table-articles");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[1].find("\t\"a \"\"b\"\t"), std::string::npos) << lines[1];
}

TEST(Exports, PetrarchLinesNameBothSidesOrNothing) {
  Sample s;
  for (const std::string& line : exported(s.ledger, "petrarch")) {
    auto c = split(line, '\t');
    ASSERT_EQ(c.size(), 11u);
    EXPECT_FALSE(c[1].empty());
    EXPECT_NE(c[3], "010");
  }
}

TEST(Exports, QuotationsNameTheSpeaker) {
  Sample s;
  auto lines = exported(s.ledger, "quotations");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("\"speaker\":\"Tora Solheim\""), std::string::npos);
  EXPECT_NE(lines[0].find("We will sign in June"), std::string::npos);
}

TEST(Exports, JsonLdHasBothSelectors) {
  Sample s;
  auto lines = exported(s.ledger, "json-ld");
  ASSERT_EQ(lines.size(), 2u);
  for (const char* word : {"NewsArticle", "Quotation", "TextPositionSelector", "TextQuoteSelector"})
    EXPECT_NE(lines[0].find(word), std::string::npos);
}

TEST(Exports, RecordsGoBackIn) {
  Sample s;
  test::Folder folder;
  Ledger other(folder.file("o.ledger"), Ledger::write);
  std::string all;
  for (const std::string& line : exported(s.ledger, "records")) all += line + "\n";
  std::ofstream(folder.path / "r.jsonl") << all;
  auto o =
      test::program("ingest --ledger " + folder.file("p.ledger") + " " + folder.file("r.jsonl"));
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(Ledger(folder.file("p.ledger"), Ledger::read).articles(), 2);
}

TEST(Exports, UnknownFormatsAreRefused) {
  Sample s;
  EXPECT_THROW(exported(s.ledger, "xml"), Error);
}

// The program
// ---------------------------------------------------------------------------------------------------------------------

TEST(Program, KeepsBringsBackAndRecodes) {
  test::Folder folder;
  std::string l = folder.file("l.ledger");
  ASSERT_EQ(
      test::program("ingest --ledger " + l + " " + test::source_dir() + "/examples/reports.jsonl")
          .code,
      0);
  auto dry = test::program("recode --dry-run --ledger " + l);
  EXPECT_EQ(dry.code, 0) << dry.err;
  EXPECT_NE(dry.out.find("nothing was changed"), std::string::npos);
  auto real = test::program("recode --ledger " + l);
  EXPECT_EQ(real.code, 0) << real.err;
  EXPECT_EQ(test::program("doctor --rebuild --ledger " + l).code, 0);
  for (const char* verb :
       {"acts", "stories", "topics", "changes", "copies", "network", "contacts --actor Solheim",
        "timeline --between NOR ISL", "play --topic shipping", "play --topic shipping --format svg",
        "brief --since 2029-01-01 --until 2032-01-01",
        "brief --since 7d --until 2031-05-20 --format html", "export --format gdelt"}) {
    auto o = test::program(std::string(verb) + " --ledger " + l);
    EXPECT_EQ(o.code, 0) << verb << o.err;
    EXPECT_FALSE(o.out.empty() && std::string_view(verb) != "copies") << verb;
  }
  EXPECT_EQ(test::program("brief --since yesterday --ledger " + l).code, 2);
  EXPECT_EQ(test::program("export --format xml --ledger " + l).code, 2);
}

}  // namespace
}  // namespace chancery
