// What the accurate model's judges decide, over and beside the rules.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "accurate.h"
#include "reading/done/act_signs.h"
#include "reading/said/judged_attributions.h"
#include "record/json.h"

namespace chancery {
namespace {

using test::accurate;
using test::article_of;
using test::stands;

Record read(const std::string& text) { return test::read_accurately(text); }

// Reads with other tables in place of those of data/lexicon, by name.
Record read_by(const std::map<std::string, std::string>& tables, const std::string& text) {
  test::Folder folder;
  const std::string data = folder.file("data");
  std::filesystem::copy(test::source_dir() + "/data", data,
                        std::filesystem::copy_options::recursive);
  for (const auto& [name, table] : tables) std::ofstream(data + "/lexicon/" + name) << table;
  Reader reader(
      std::make_shared<const Resources>(data, test::source_dir() + "/models/chancery.model"));
  return reader.read(article_of(text));
}

Record read_by(const std::string& name, const std::string& table, const std::string& text) {
  return read_by({{name, table}}, text);
}

// The same for a table of signs.
Record read_with(const std::string& name, const std::string& table, const std::string& text) {
  return read_by(name, "sign\tweight\n" + table, text);
}

// The tables' thresholds, with one of them set otherwise.
std::string thresholds_with(const std::string& name, const std::string& value) {
  std::string table = read_file(test::source_dir() + "/data/lexicon/thresholds.tsv");
  const size_t at = table.find("\n" + name + "\t") + name.size() + 2;
  return table.replace(at, table.find('\t', at) - at, value);
}

// "TYPE status" of each act, in order.
std::string acts(const Record& r) {
  std::string out;
  for (const Event& e : r.events) out += (out.empty() ? "" : ", ") + e.type + " " + e.status;
  return out;
}

TEST(Judged, AnActCarriesItsWordItsSidesAndHowSureTheJudgeIs) {
  Record r = read("Norwegian warships shelled the Icelandic harbour of Seyla on Monday.");
  ASSERT_EQ(acts(r), "ASSAULT occurred");
  const Event& e = r.events[0];
  EXPECT_EQ(e.trigger.of(r.article.text), "shelled");
  EXPECT_GT(e.confidence, 0.5);
  EXPECT_EQ(e.when, "2031-05-12");
  ASSERT_FALSE(e.source.empty());
  EXPECT_EQ(r.entities[static_cast<size_t>(e.source[0])].actor.country, "NOR");
}

TEST(Judged, WhatIsDeniedWasNotDone) {
  EXPECT_EQ(acts(read("The minister denied that Norway had bombed the harbour of Iceland."))
                .find("ASSAULT occurred"),
            std::string::npos);
  Record r = read("Norway did not shell the harbour of Iceland on Monday, the minister said.");
  EXPECT_EQ(acts(r).find("occurred"), std::string::npos) << acts(r);
}

TEST(Judged, WhatWasOnlyAskedOfSomebodyWasNotDone) {
  std::string got =
      acts(read("Norway would have lifted the ban at once, the minister said, had "
                "Iceland attacked the Danish fleet on Monday."));
  EXPECT_EQ(got.find("ASSAULT occurred"), std::string::npos) << got;
}

TEST(Judged, TalksThatWereCalledOffWereNotHeld) {
  for (const char* text : {"Peace talks between Norway and Iceland were suspended on Monday.",
                           "Norway called off its talks with Iceland on Monday."}) {
    std::string got = acts(read(text));
    EXPECT_EQ(got.find("CONSULT occurred"), std::string::npos) << got;
  }
}

TEST(Judged, SportAndFiguresOfSpeechAreNoActs) {
  for (const char* text : {"Ona Marr scored twice as Harbour United beat Olm Rovers on Sunday.",
                           "Reporters bombarded the minister with questions about herring."})
    EXPECT_EQ(acts(read(text)).find("ASSAULT"), std::string::npos) << text;
}

// "TYPE status source > target" of each act, by name.
std::string with_sides(const Record& r) {
  std::string out;
  auto names = [&](const std::vector<int>& side) {
    std::string all;
    for (int who : side)
      all += (all.empty() ? "" : " + ") + r.entities[static_cast<size_t>(who)].name;
    return all;
  };
  for (const Event& e : r.events)
    out += (out.empty() ? "" : ", ") + e.type + " " + e.status + " " + names(e.source) + " > " +
           names(e.target);
  return out;
}

// The judges have seen few of them.
TEST(Judged, AnActUnderADenialStandsWithTheSidesOfItsOwnClause) {
  EXPECT_EQ(with_sides(read("The minister denied that Norway had bombed the harbour of Iceland.")),
            "ASSAULT denied Norway > the harbour of Iceland");
  EXPECT_EQ(with_sides(read("Norway denied bombing the harbour of Iceland.")),
            "ASSAULT denied Norway > the harbour of Iceland");
  EXPECT_EQ(with_sides(read("The government denied that it had arrested three Icelandic sailors.")),
            "COERCE denied government > three Icelandic sailors");
}

// Whatever the judge hears of an act, its words say that it was not done.
TEST(Judged, WhatWasNotDoneIsDenied) {
  const char* sentences[] = {
      "Norway nearly invaded Iceland in 1950.",
      "Norway came close to attacking Iceland.",
      "The planned attack on Iceland by Norway never happened.",
      "An attempt by Norway to invade Iceland was foiled.",
      "Iceland averted a war with Norway.",
      "Reports that Norway had attacked Iceland were false.",
      "The rumour that the Icelandic premier had been shot turned out to be false.",
  };
  for (const char* text : sentences) EXPECT_EQ(acts(read(text)), "ASSAULT denied") << text;
  const std::pair<const char*, const char*> types[] = {
      {"AGREE", "Iceland failed to sign the accord with Norway on Monday."},
      {"AGREE", "Iceland did not sign the accord with Norway."},
      {"AGREE", "The accord between Norway and Iceland was never signed."},
      {"CONSULT", "The meeting between the two ministers never took place."},
      {"SANCTION", "The Norwegian president vetoed sanctions against Iceland."},
      {"SANCTION", "The United Nations rejected sanctions against Iceland."},
      {"ACCUSE", "Norway stopped short of accusing Iceland of the attack."},
      {"RETREAT", "Officials dismissed as baseless reports that Oman had freed the Yemeni pilot."},
      {"SANCTION", "Norway was to have imposed new sanctions on Iceland in May."},
      {"REQUEST", "If passed, the motion would have called on Hungary to reopen its border."},
  };
  for (auto [type, text] : types) {
    int found = 0;
    for (const Event& e : read(text).events) {
      if (e.type != type) continue;
      ++found;
      EXPECT_EQ(e.status, "denied") << text;
    }
    EXPECT_GT(found, 0) << text;
  }
}

TEST(Judged, OfWhatIsNotDoneNoRefusalIsTold) {
  EXPECT_EQ(acts(read("Croatia stopped short of recalling its ambassador to Serbia.")),
            "SANCTION denied");
}

TEST(Judged, WhoFailToAgreeRefuseIndeed) {
  const Record r = test::read_accurately(
      "The leaders of Armenia and Azerbaijan, meeting in Vienna, failed to agree on the release of "
      "prisoners.");
  std::string refused;
  for (const Event& e : r.events)
    if (e.type == "REJECT") refused += e.status;
  EXPECT_EQ(refused, "occurred");
}

TEST(Judged, WhoIsSentToTalkIsNoAid) {
  const Record r =
      read("Oman said it was sending a team that would reach Muscat on Tuesday night.");
  for (const Event& e : r.events) EXPECT_NE(e.type, "AID");
}

// The model that has no judges is told so, too.
TEST(Judged, WhatWasNotDoneIsDeniedByRuleToo) {
  EXPECT_EQ(acts(test::read("Norway nearly invaded Iceland in 1950.")), "ASSAULT denied");
  EXPECT_EQ(acts(test::read("The meeting between the two ministers never took place.")),
            "CONSULT denied");
  EXPECT_EQ(acts(test::read("There were no reports of attacks on Norwegian ships on Monday.")), "");
}

TEST(Judged, WhatIsOnlySpokenOfMayBeDone) {
  EXPECT_EQ(acts(read("Norway threatened to attack Iceland.")),
            "THREATEN occurred, ASSAULT possible");
  EXPECT_EQ(acts(read("Norway did not rule out an attack on Iceland.")), "ASSAULT possible");
}

TEST(Judged, TheirFailureToStopItMeansThatItWasDone) {
  const Record r = read(
      "Iceland put off the talks because of Norway's failure to stop rebels from firing rockets on "
      "Icelandic towns.");
  for (const Event& e : r.events) {
    if (e.type != "ASSAULT") continue;
    EXPECT_EQ(e.status, "occurred");
  }
}

TEST(Judged, WhatNobodyCouldPreventWasDone) {
  EXPECT_EQ(acts(read("Norway was unable to prevent the attack on Iceland.")), "ASSAULT occurred");
  EXPECT_EQ(acts(read("Norway prevented an attack on Iceland.")),
            "REJECT occurred, ASSAULT denied");
}

TEST(Judged, AGameHarmsNobody) {
  EXPECT_EQ(acts(read("The Norwegian team crushed Iceland in Oslo on Saturday night.")), "");
  for (const char* text : {"A team of gunmen attacked the Norwegian embassy in Reykjavik.",
                           "Rebels bombed a cricket match in Norway, killing ten people.",
                           "Gunmen attacked a team of Norwegian inspectors."})
    EXPECT_NE(acts(read(text)), "") << text;
}

// Half of what the text tells of nobody is none: such a line must be surer.
TEST(Judged, ARefusalThatIsMadeToNobodyMustBeSure) {
  EXPECT_EQ(acts(read("The senator refused to answer.")), "");
  EXPECT_EQ(acts(read("The senator refused to meet the Norwegian envoy.")),
            "REJECT occurred, CONSULT denied");
}

TEST(Judged, WhatNobodyReportsIsNoAct) {
  EXPECT_EQ(with_sides(read("There were no reports of attacks on Norwegian ships on Monday.")), "");
  EXPECT_EQ(with_sides(read("There were reports of attacks on Norwegian ships on Monday.")),
            "ASSAULT occurred  > Norwegian ships");
}

TEST(Judged, AidThatIsHeldBackIsNotGiven) {
  for (const Event& e : read("Japan held back food aid to Iceland.").events)
    EXPECT_TRUE(e.type == "SANCTION" || e.status == "denied") << e.type;
}

TEST(Judged, AStateThatTellsWhoTheyAreIsNoSideBesideThem) {
  EXPECT_EQ(with_sides(read("Norway met officials from Iceland.")),
            "CONSULT occurred Norway > officials");
  EXPECT_EQ(with_sides(read("The presidents of Norway and Denmark condemned Iceland.")),
            "ACCUSE occurred Norway + Denmark > Iceland")
      << "of two states";
}

TEST(Judged, WhereSomethingStandsTakesNoPartBesideIt) {
  EXPECT_EQ(with_sides(read("A bomb exploded outside the Norwegian embassy in Reykjavik.")),
            "ASSAULT occurred  > the Norwegian embassy in Reykjavik");
}

TEST(Judged, TroopsWhoWithdrawGiveWay) {
  const Record r = read("Norwegian troops withdrew from the town on Monday.");
  ASSERT_FALSE(r.events.empty());
  EXPECT_EQ(r.events[0].type, "RETREAT");
}

TEST(Judged, TwoStatesWhoSpeakAsOneActEach) {
  EXPECT_EQ(
      with_sides(read("The United Kingdom and the Republic of Korea accused Norway of lying.")),
      "ACCUSE occurred United Kingdom + South Korea > Norway");
}

TEST(Judged, OfTwoActsJoinedByOrEachIsTold) {
  EXPECT_EQ(acts(read("Norway did not bomb or shell the harbour of Iceland, the minister said.")),
            "ASSAULT denied, ASSAULT denied");
}

TEST(Judged, WhoIsOpposedOrReadyTakesAStance) {
  EXPECT_EQ(stands(read("Iceland is opposed to any deal that leaves boats in the bay.")),
            "Iceland opposes: opposed to any deal that leaves boats in the bay");
  EXPECT_EQ(stands(read("Iceland is ready to sign the accord.")),
            "Iceland offers: ready to sign the accord");
  EXPECT_EQ(stands(read("Norway is in favour of a ceasefire.")),
            "Norway supports: in favour of a ceasefire");
}

TEST(Judged, WhoLaysDownAConditionAsksForIt) {
  EXPECT_EQ(stands(read("Norway will not lift the embargo until Iceland withdraws its boats.")),
            "Norway rejects: Norway will not lift the embargo [until Iceland withdraws its boats], "
            "Norway demands: Iceland withdraws its boats");
}

TEST(Judged, WhatIsAskedForIsNotAskedOfWhomItIsDoneTo) {
  const Record r = read("Norway is demanding that the prisoners be released.");
  ASSERT_EQ(r.positions.size(), 1u);
  EXPECT_TRUE(r.positions[0].toward.empty());
}

TEST(Judged, WhoHoldsAnOfficeOfANamedBodySpeaksAndNotTheBody) {
  for (const char* who : {"Florida State Board of Education chairman Peter Lund",
                          "Federation of Trade Unions leader Peter Lund"}) {
    const Record r = read("\"We will sue,\" " + std::string(who) + " said on Monday.");
    ASSERT_EQ(r.statements.size(), 1u) << who;
    ASSERT_GE(r.statements[0].speaker, 0) << who;
    EXPECT_EQ(r.entities[static_cast<size_t>(r.statements[0].speaker)].name, "Peter Lund") << who;
  }
}

// The words of who says it, between the two halves, are none of the clause.
TEST(Judged, AQuotationAroundItsSpeakerIsHisWhateverItsClauses) {
  for (const char* speaker : {"said the general", "said President Lund", "said General Jon Lund"}) {
    const Record r =
        read("\"If they attack us,\" " + std::string(speaker) + ", \"we will answer.\"");
    ASSERT_EQ(r.statements.size(), 1u) << speaker;
    EXPECT_EQ(r.statements[0].content.size(), 2u) << speaker;
    EXPECT_GE(r.statements[0].speaker, 0) << speaker;
  }
}

TEST(Judged, AStanceThatNoRuleNamesIsHeard) {
  Record r = read(
      "Icelandic Premier Jon Arnarson said his government would not accept the limits and wanted "
      "Norway to withdraw its patrol boats.");
  bool demand = false;
  for (const Position& p : r.positions) demand |= p.stance == "demands" && p.confidence > 0;
  EXPECT_TRUE(demand);
}

const char* const kShelledTwice =
    "Norwegian warships shelled the Icelandic harbour of Seyla on Monday. The weather was fine. "
    "Norwegian warships shelled the Icelandic harbour of Seyla on Monday, witnesses said.";

// A clause goes on to what its subject does besides, a noun has what belongs to it.
TEST(Judged, AStanceThatNoRuleNamesHasTheWordsOfItsClauseOrOfItsNoun) {
  auto content = [](const std::string& text) {
    const Record r = read(text);
    return r.positions.size() == 1 ? test::words(r, r.positions[0].content[0]) : "not one position";
  };
  EXPECT_EQ(content("Denmark stands by the treaty and keeps its terms, Premier Ida Varga said."),
            "Denmark stands by the treaty and keeps its terms");
  EXPECT_EQ(content("Iceland's opposition to the quota has hardened."),
            "Iceland's opposition to the quota");
  // What hangs on the verb above belongs to the noun: what somebody is asked to do, what is felt for
  // what. A noun that has its own words is not given the verb's.
  EXPECT_EQ(content("Danish Premier Ida Varga has pressed Norway to withdraw its patrol boats."),
            "Norway to withdraw its patrol boats");
  EXPECT_EQ(
      content("Norwegian Foreign Minister Ada Lund voiced satisfaction after Iceland had lifted "
              "the ban."),
      "satisfaction after Iceland had lifted the ban");
  EXPECT_EQ(content("Norwegian Foreign Minister Ada Lund voiced deep satisfaction with the accord "
                    "after talks in Oslo."),
            "deep satisfaction with the accord");
}

// A position is as sure as its stance and its holder together.
TEST(Judged, APositionIsAsSureAsWhoHoldsIt) {
  const std::string text =
      "Icelandic Premier Jon Arnarson said that Norway must withdraw its patrol boats.";
  const auto confidence = [&](const std::string& weight) {
    const Record r =
        read_with("holder_signs.tsv", "threshold\t0.1\nsays it\t" + weight + "\nnobody\t1\n", text);
    return r.positions.empty() ? 0.0 : r.positions[0].confidence;
  };
  const double sure = confidence("9"), less = confidence("2");
  EXPECT_GT(sure, 0.6);
  EXPECT_GT(less, 0.0);
  EXPECT_LT(less, 0.9 * sure);
  EXPECT_EQ(confidence("0"), 0.0) << "position.least";
}

TEST(Judged, AnActToldTwiceIsOneWhereItsSignsSaySo) {
  Record apart = read_with("retelling_signs.tsv", "threshold\t1\n", kShelledTwice);
  EXPECT_EQ(acts(apart), "ASSAULT occurred, ASSAULT occurred");
  Record one = read_with("retelling_signs.tsv", "threshold\t0.8\none word\t3\n", kShelledTwice);
  ASSERT_EQ(acts(one), "ASSAULT occurred");
  EXPECT_NE(one.events[0].explain.find("told again at 'shelled'"), std::string::npos);
  Record far =
      read_with("retelling_signs.tsv", "threshold\t0.8\none word\t3\nnear\t-3\n", kShelledTwice);
  EXPECT_EQ(acts(far), "ASSAULT occurred, ASSAULT occurred");
}

// Of two acts that may be one the later is told where it is sure enough to be another: here, by a
// table without signs, as likely one as two.
TEST(Judged, AnActThatMayBeOneToldBeforeMustBeSureToBeToldBesideIt) {
  auto told = [](const std::string& name, const std::string& least) {
    return acts(read_by({{"retelling_signs.tsv", "sign\tweight\nthreshold\t1\n"},
                         {"thresholds.tsv", thresholds_with(name, least)}},
                        kShelledTwice));
  };
  EXPECT_EQ(told("act.anew", "0"), "ASSAULT occurred, ASSAULT occurred");
  EXPECT_EQ(told("act.anew", "0.5"), "ASSAULT occurred");
  EXPECT_EQ(told("act.retold", "0.1"), "ASSAULT occurred, ASSAULT occurred")
      << "sure to be another";
}

TEST(Judged, TwoWordsOfOneActThatStandCloseTogetherAreOneWhateverTheirSigns) {
  auto told = [](const std::string& between) {
    return acts(read_with("retelling_signs.tsv", "threshold\t1\n",
                          "Norwegian police arrested " + between + " two Icelandic fishermen."));
  };
  EXPECT_EQ(told("and detained"), "COERCE occurred");
  EXPECT_EQ(told("two Icelandic fishermen on Monday in a small harbour far away in the north and "
                 "detained the"),
            "COERCE occurred, COERCE occurred")
      << "far from each other";
  EXPECT_EQ(told("two Danish sailors and detained"), "COERCE occurred, COERCE occurred")
      << "done to others";
}

TEST(Judged, TheTablesOfSignsDecideWhatIsAnActAndAPosition) {
  const std::string text =
      std::string(kShelledTwice) +
      " Icelandic Premier Jon Arnarson said Norway must withdraw its patrol boats.";
  Record all = read(text);
  EXPECT_FALSE(all.events.empty());
  EXPECT_FALSE(all.positions.empty());
  EXPECT_TRUE(read_with("act_signs.tsv", "threshold\t0.99\n", text).events.empty());
  EXPECT_TRUE(read_with("stance_signs.tsv", "threshold\t0.99\n", text).positions.empty());
  // Nobody is a side: no act is left to tell.
  EXPECT_TRUE(
      read_with("side_signs.tsv", "threshold\t0.9\nsource\t-9\ntarget\t-9\n", text).events.empty());
}

TEST(Judged, AnActThatIsDoneToNobodyMustBeSurer) {
  const std::string text = "Norway sent food and medicine on Monday.";
  EXPECT_EQ(acts(read_by("thresholds.tsv", thresholds_with("act.unaimed", "0.8"), text)), "");
  const Record r = read_by("thresholds.tsv", thresholds_with("act.unaimed", "0"), text);
  ASSERT_EQ(acts(r), "AID occurred");
  EXPECT_TRUE(r.events[0].target.empty());
}

TEST(Judged, AnActThatLacksASideIsLessSure) {
  const std::string text = "Norwegian warships opened fire on Monday.";
  const Record half = read_by("thresholds.tsv", thresholds_with("act.one_sided", "0.5"), text),
               whole = read_by("thresholds.tsv", thresholds_with("act.one_sided", "1"), text);
  ASSERT_EQ(acts(half), "ASSAULT occurred");
  ASSERT_EQ(acts(whole), "ASSAULT occurred");
  EXPECT_NEAR(half.events[0].confidence, whole.events[0].confidence / 2, 0.01);
}

TEST(Judged, WhatIsDemandedInSomebodysWordsIsHisDemand) {
  const Record r =
      read_with("side_signs.tsv", "threshold\t0.5\nsource\t-9\ntarget\t3\ntarget tells it\t-9\n",
                "Iceland must free the fishermen, Norwegian Premier Ola Marr said.");
  ASSERT_EQ(acts(r), "REQUEST occurred");
  ASSERT_EQ(r.events[0].source.size(), 1u);
  EXPECT_EQ(r.entities[static_cast<size_t>(r.events[0].source[0])].name, "Ola Marr");
}

TEST(Judged, WhereTheyMetTakesNoPart) {
  const std::string text =
      "Two Icelandic officials said on Monday that they had met two Norwegian envoys in Oman.";
  const Record r = read(text);
  ASSERT_EQ(acts(r), "CONSULT occurred");
  for (int who : r.events[0].target)
    EXPECT_NE(r.entities[static_cast<size_t>(who)].actor.country, "OMN");
}

// Who takes no part by the signs of actors is no side of an act.
TEST(Judged, WhoTakesNoPartIsNoSide) {
  const std::string text = "Norwegian ships shelled the rebels in Iceland.";
  const auto targets = [&](const std::string& weight) {
    const Record r = read_with("../register/country_signs.tsv",
                               "threshold\t0.6\npart: kind group, phrase\t" + weight + "\n", text);
    size_t groups = 0, acts = 0;
    for (const Event& e : r.events) {
      ++acts;
      for (int t : e.target) groups += r.entities[static_cast<size_t>(t)].kind == "group";
    }
    EXPECT_GT(acts, 0u);
    return groups;
  };
  EXPECT_GT(targets("9"), 0u);
  EXPECT_EQ(targets("-9"), 0u);
}

TEST(Judged, SidesAreWeighedByTypeByPlaceAndByHowTheyAreNamed) {
  const std::string text = "Norway shelled the Icelandic harbour of Seyla on Monday.";
  auto sides = [&](const std::string& signs) {
    Record r =
        read_with("side_signs.tsv", "threshold\t0.5\nsource\t-2\ntarget\t-2\n" + signs, text);
    std::string out;
    for (const Event& e : r.events) {
      for (int who : e.source) out += r.entities[static_cast<size_t>(who)].actor.country;
      out += ">";
      for (int who : e.target) out += r.entities[static_cast<size_t>(who)].actor.country;
    }
    return out;
  };
  // Of one type and of no other; where he stands among the others; under whose verb.
  EXPECT_EQ(sides("source of ASSAULT\t9\n").substr(0, 3), "NOR");
  EXPECT_EQ(sides("source of CONSULT\t9\n"), "");
  EXPECT_EQ(sides("source of ASSAULT nsubj\t9\n"), "NOR>");
  EXPECT_EQ(sides("source before, the nearest\t9\n"), "NOR>");
  EXPECT_EQ(sides("target behind, the nearest\t9\n"), ">ISL");
  EXPECT_EQ(sides("source by a pronoun\t9\n"), "");
  EXPECT_EQ(sides("source of another state\t9\n").substr(0, 3), "NOR");
}

TEST(Judged, ActsAndStancesAreWeighedForEachType) {
  const std::string text = "Norwegian warships shelled the Icelandic harbour of Seyla on Monday.";
  EXPECT_EQ(acts(read_with("act_signs.tsv", "threshold\t0.9\nASSAULT, tag VBD\t9\n", text)),
            "ASSAULT occurred");
  EXPECT_EQ(acts(read_with("act_signs.tsv", "threshold\t0.9\nSUPPORT, tag VBD\t9\n", text))
                .find("ASSAULT"),
            std::string::npos);
  const std::string said =
      "Icelandic Premier Jon Arnarson said that Norway must withdraw its boats.";
  auto stance = [&](const std::string& table) {
    Record r = read_with("stance_signs.tsv", "threshold\t0.9\n" + table, said);
    return r.positions.empty() ? std::string("none") : r.positions[0].stance;
  };
  EXPECT_EQ(stance("demands, another acts\t9\n"), "demands");
  EXPECT_EQ(stance("demands, modal must\t9\n"), "demands");
  EXPECT_EQ(stance("demands, the holder acts\t9\n"), "none");
}

TEST(Judged, WhosePositionItIsIsDecidedBySigns) {
  const std::string text =
      "Icelandic Premier Jon Arnarson said that Norway must withdraw its patrol boats.";
  auto holder = [&](const std::string& table) {
    Record r = read_with("holder_signs.tsv", table, text);
    return r.positions.empty() ? std::string("no position")
                               : r.entities[static_cast<size_t>(r.positions[0].holder)].name;
  };
  EXPECT_EQ(holder("threshold\t2\n"), "Jon Arnarson") << "no sign is enough: the rule's holder";
  EXPECT_EQ(holder("threshold\t0.5\nsays it\t5\n"), "Jon Arnarson");
  EXPECT_EQ(holder("threshold\t0.5\nsubject of the word\t5\n"), "Norway");
}

TEST(Judged, NobodyIsOnBothSidesOfAnAct) {
  Reader reader(accurate());
  int acts = 0;
  for (const Record& old : test::example_reports()) {
    Record r = reader.read(old.article);
    for (const Event& e : r.events) {
      ++acts;
      for (int who : e.source)
        EXPECT_EQ(std::count(e.target.begin(), e.target.end(), who), 0) << r.article.id << e.id;
    }
  }
  EXPECT_GT(acts, 20);
}

// "TYPE day" of each act, in order.
std::string dated(const Record& r) {
  std::string out;
  for (const Event& e : r.events)
    out += (out.empty() ? "" : ", ") + e.type + " " + (e.when.empty() ? "undated" : e.when.value());
  return out;
}

TEST(Judged, AnActIsDatedByWhatItsSentenceOffers) {
  // The date hangs on another verb, on the noun, on the verb of a noun.
  EXPECT_NE(dated(read("Norway's navy was on patrol Saturday and shelled the Icelandic harbour of "
                       "Seyla."))
                .find("ASSAULT 2031-05-10"),
            std::string::npos);
  EXPECT_NE(dated(read("The August 1990 invasion of Iceland by Norway shocked the region."))
                .find("ASSAULT 1990-08"),
            std::string::npos);
  EXPECT_NE(
      dated(read("Protests by the Seamen's Union against the Norwegian government were held on "
                 "Monday in Bergen."))
          .find("PROTEST 2031-05-12"),
      std::string::npos);
  EXPECT_NE(dated(read("Rallies against the Norwegian government were held on Monday by the "
                       "Seamen's Union in Bergen."))
                .find("PROTEST 2031-05-12"),
            std::string::npos);
}

TEST(Judged, WhatWasToComeWhenItWasSaidKeepsItsDay) {
  const Record r =
      test::read_accurately("Islamic Jihad said a delegation would arrive in Doha on Tuesday.");
  std::string arrival;
  for (const Event& e : r.events)
    if (e.trigger.of(r.article.text) == "arrive") arrival = e.status + " " + e.when.value();
  EXPECT_EQ(arrival, "planned 2031-05-13");
}

TEST(Judged, TheTableOfDatesSaysHowSureADateMustBe) {
  const std::string text = "Norwegian warships shelled the Icelandic harbour of Seyla on Monday.";
  EXPECT_EQ(dated(read(text)), "ASSAULT 2031-05-12");
  EXPECT_EQ(dated(read_with("date_signs.tsv", "threshold\t1\n", text)), "ASSAULT undated");
  Record by_day = read_with("date_signs.tsv", "threshold\t0.5\npublication\t5\n", text);
  EXPECT_EQ(dated(by_day), "ASSAULT 2031-05-14");
  EXPECT_NE(by_day.events[0].explain.find("dated by: publication"), std::string::npos);
}

// Of words side by side that are all heard as words of saying the surest is the one.
TEST(Judged, NeighboursAreOneWordOfSaying) {
  Document d = accurate()->engine.analyze("Jon Arnarson made clear that the port would close.");
  TreeView tree(d, accurate()->lexicon.words());
  JudgedWords words(accurate()->judges, d);
  EXPECT_EQ(judged_attributions(tree, words, {}, 0).heard.size(), 1u);
}

TEST(Judged, ARemarkIsDatedByWhatTheTextOffers) {
  const std::string text =
      "BERGEN, Norway -- Norway's foreign minister, Kari Solheim, said on Monday that the port "
      "would "
      "stay closed. \"We will not be hurried,\" Solheim said.";
  Record r = read(text);
  ASSERT_EQ(r.statements.size(), 2u);
  EXPECT_EQ(r.statements[0].when, "2031-05-12");
  EXPECT_EQ(r.entities[static_cast<size_t>(r.statements[0].speaker)].name, "Kari Solheim");
  Record together =
      read_with("said_date_signs.tsv",
                "threshold\t0.5\nby rule\t3\nthe same speaker's other remark\t3\n", text);
  EXPECT_EQ(together.statements[1].when, "2031-05-12") << "the same speech";
  Record strict = read_with("said_date_signs.tsv", "threshold\t1\n", text);
  EXPECT_EQ(strict.statements[0].when, "");
  Record by_day = read_with("said_date_signs.tsv", "threshold\t0.5\npublication\t5\n", text);
  EXPECT_EQ(by_day.statements[0].when, "2031-05-14");
}

TEST(Judged, ARemarkOfAYearDatesNoOther) {
  const std::string table = "threshold\t0.5\nthe same speaker's other remark\t3\n";
  const std::string later =
      ", NATO said that Georgia could join. NATO said every member had paid its share.";
  const Record of_a_year = read_with("said_date_signs.tsv", table, "In 2028" + later),
               of_a_day = read_with("said_date_signs.tsv", table, "On May 12" + later);
  ASSERT_EQ(of_a_year.statements.size(), 2u);
  EXPECT_EQ(of_a_year.statements[1].when.value(), "");
  EXPECT_EQ(of_a_day.statements[1].when.value(), "2031-05-12");
}

TEST(Judged, ADayThatOnlyTheQuotationTellsIsNotTheDayOfTheRemark) {
  for (const char* words :
       {"\"In 2007 we closed the ports and nobody complained,\"", "\"We have waited since 2015,\"",
        "\"The ports closed on May 2 and will open on Friday,\""}) {
    Record r = read(words + std::string(" Premier Tora Solheim said."));
    ASSERT_EQ(r.statements.size(), 1u) << words;
    const std::string& day = r.statements[0].when.value();
    EXPECT_TRUE(day.empty() || day == "2031-05-14") << words << ": " << day;
  }
}

TEST(Judged, WhatHardlyAnybodySaidIsNoStatement) {
  const std::string text =
      "Norway's foreign minister, Kari Solheim, said the port would stay closed.";
  EXPECT_EQ(read(text).statements.size(), 1u);
  std::string strict = read_file(test::source_dir() + "/data/lexicon/thresholds.tsv");
  const size_t at = strict.find("statement.least\t") + 16;
  strict.replace(at, strict.find('\t', at) - at, "1");
  EXPECT_TRUE(read_by("thresholds.tsv", strict, text).statements.empty());
}

TEST(Judged, WhatTellsWhoSomebodyIsTakesNoPartOfItsOwn) {
  Record r = read(
      "Senator Ona Marr, Republican of South Dakota, denounced President Vladimir Putin on Monday "
      "as a murderer.");
  ASSERT_FALSE(r.events.empty());
  for (const Event& e : r.events)
    for (int who : e.source) EXPECT_EQ(r.entities[static_cast<size_t>(who)].name, "Ona Marr");
}

TEST(Judged, WhoWatchesSeesEveryCaseAndChangesNothing) {
  ReadingWatch watch;
  int acts = 0, sides = 0, stances = 0, retellings = 0;
  watch.act = [&](const TreeView&, const Entities&, const FoundEvent& f, const SignCase& c,
                  const SignJudge::Verdict&) {
    ++acts;
    EXPECT_GE(f.trigger, 0);
    EXPECT_FALSE(c.candidates.empty());
  };
  watch.side = [&](const TreeView&, const Entities&, int, bool, const SignCase& c) {
    ++sides;
    EXPECT_EQ(c.candidates.size(), 1u);
  };
  watch.retelling = [&](const std::vector<FoundEvent>&, const FoundEvent&, const SignCase&) {
    ++retellings;
  };
  watch.stance = [&](const TreeView&, const Entities&, const Position&, const SignCase&,
                     const SignJudge::Verdict&) { ++stances; };
  const std::string text = std::string(kShelledTwice) +
                           " Icelandic Premier Jon Arnarson said Norway must withdraw its boats.";
  int dates = 0;
  watch.date = [&](const FoundEvent&, const std::vector<When>& offered, const SignCase& c) {
    ++dates;
    EXPECT_EQ(offered.size(), c.candidates.size());
  };
  Record seen = Reader(accurate(), &watch).read(article_of(text));
  EXPECT_GE(acts, 2);
  EXPECT_GE(sides, 4);
  EXPECT_GE(retellings, 1);
  EXPECT_GE(stances, 1);
  EXPECT_GE(dates, 2);
  EXPECT_EQ(to_json(seen), to_json(read(text)));
}

TEST(Judged, TheSignsSayWhoTellsOfAnAct) {
  const auto signs = [](const std::string& text) {
    std::vector<std::string> all;
    ReadingWatch watch;
    watch.act = [&](const TreeView&, const Entities&, const FoundEvent&, const SignCase& c,
                    const SignJudge::Verdict&) {
      all.insert(all.end(), c.none.begin(), c.none.end());
      for (const SignCase::Candidate& k : c.candidates)
        all.insert(all.end(), k.signs.begin(), k.signs.end());
    };
    Reader(accurate(), &watch).read(article_of(text));
    return all;
  };
  const auto some = [](const std::vector<std::string>& all, const std::string& part) {
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& s) { return s.find(part) != std::string::npos; });
  };
  const auto own = signs("Tora Solheim said she had attacked Iceland.");
  EXPECT_TRUE(some(own, "told by its doer"));
  EXPECT_TRUE(some(own, "told in a statement"));
  EXPECT_FALSE(some(own, "told by the report"));
  EXPECT_FALSE(some(own, "told in a quotation"));
  const auto report = signs("Norway attacked Iceland.");
  EXPECT_TRUE(some(report, "told by the report"));
  EXPECT_FALSE(some(report, "told by its doer"));
}

// The signs of each type that an act could be.
TEST(Judged, TheSignsSayWhichTypeIsTheRules) {
  std::map<std::string, std::vector<std::string>> signs;
  ReadingWatch watch;
  watch.act = [&](const TreeView&, const Entities&, const FoundEvent&, const SignCase& c,
                  const SignJudge::Verdict&) {
    for (const SignCase::Candidate& k : c.candidates)
      signs[accurate()->judges.classes(WordJudges::act)[static_cast<size_t>(k.id)]] = k.signs;
  };
  Reader(accurate(), &watch).read(article_of("Norwegian warships shelled the harbour."));
  auto has = [&](const std::string& type, const std::string& sign) {
    return std::count(signs[type].begin(), signs[type].end(), sign) > 0;
  };
  ASSERT_GT(signs.size(), 1u);
  for (const auto& [type, all] : signs) {
    EXPECT_EQ(has(type, "the rule's type"), type == "ASSAULT") << type;
    EXPECT_EQ(has(type, "the rule's type " + type), type == "ASSAULT") << type;
    EXPECT_EQ(has(type, "not the rule's type"), type != "ASSAULT") << type;
  }
}

TEST(Judged, TheSignsSayWhoSpeaksAndWhoIsSpokenToByTheWordOfTheAct) {
  std::map<std::string, std::vector<std::string>> signs;  // of "source NAME"
  ReadingWatch watch;
  watch.side = [&](const TreeView&, const Entities& entities, int, bool source, const SignCase& c) {
    for (const SignCase::Candidate& k : c.candidates) {
      const std::string& name = entities.entities()[static_cast<size_t>(k.id)].name;
      auto& all = signs[(source ? "source " : "target ") + name];
      all.insert(all.end(), k.signs.begin(), k.signs.end());
    }
  };
  Reader(accurate(), &watch).read(article_of("Premier Ida Varga urged Iceland to open its ports."));
  auto has = [&](const std::string& side, const std::string& sign) {
    return std::count(signs[side].begin(), signs[side].end(), sign) > 0;
  };
  EXPECT_TRUE(has("source Ida Varga", "source speaks by this word"));
  EXPECT_FALSE(has("source Ida Varga", "source is spoken to by this word"));
  EXPECT_TRUE(has("target Iceland", "target is spoken to by this word"));
  EXPECT_FALSE(has("target Iceland", "target speaks by this word"));
}

TEST(Judged, AnExplanationNamesTheSignsThatWeighedMost) {
  Record r = read(kShelledTwice);
  ASSERT_FALSE(r.events.empty());
  EXPECT_NE(r.events[0].explain.find("the judge reads ASSAULT ("), std::string::npos)
      << r.events[0].explain;
}

TEST(Judged, WhatIsWeighedAndLeftOutCanBeSeen) {
  test::Folder folder;
  std::string report = folder.write(
      "report.txt",
      "Norwegian warships shelled the Icelandic harbour of Seyla on Monday. Reporters bombarded "
      "the "
      "minister with questions about herring, and the fleet might one day attack the problem.\n");
  const std::string read_it =
      "--model " + test::source_dir() + "/models/chancery.model read " + report;
  test::Outcome plain = test::program(read_it), more = test::program(read_it + " --rejected");
  EXPECT_EQ(plain.out.find("left out"), std::string::npos);
  ASSERT_EQ(more.code, 0) << more.err;
  EXPECT_EQ(more.out.substr(0, plain.out.size()), plain.out) << "the dossier is the same";
  EXPECT_NE(more.out.find("Weighed and left out"), std::string::npos);
  EXPECT_NE(more.out.find("against it: "), std::string::npos);
}

// One actor a side; more where the text puts them side by side, not where another stands nearby: the
// example's "meet Norwegian Foreign Minister Kari Solheim next week, …, if Norway lifted its ban on
// Icelandic trawlers".
TEST(Judged, ASideHasMoreThanOneWhereTheTextPutsThemSideBySide) {
  auto targets = [](const Record& r, const std::string& type) {
    for (const Event& e : r.events) {
      std::vector<std::string> out;
      for (int i : e.target) out.push_back(r.entities[static_cast<size_t>(i)].name);
      if (e.type == type) return out;
    }
    return std::vector<std::string>();
  };
  const test::Outcome example =
      test::program("code --model " + test::source_dir() + "/models/chancery.model " +
                    test::source_dir() + "/examples/accord.html");
  ASSERT_EQ(example.code, 0) << example.err;
  EXPECT_EQ(targets(record_from_json(example.out), "CONSULT"),
            std::vector<std::string>{"Kari Solheim"});
  const Record two =
      test::read_accurately("Norwegian warships shelled Iceland and Denmark on Monday.");
  EXPECT_EQ(targets(two, "ASSAULT"), (std::vector<std::string>{"Iceland", "Denmark"}));
}

// What the judge says of the act ("(0.81)") and how sure its line is: no surer, and less where a side
// is a guess.
TEST(Judged, ALineIsAsSureAsItsSides) {
  Reader reader(accurate());
  int judged = 0, lowered = 0;
  for (const Record& old : test::example_reports())
    for (const Event& e : reader.read(old.article).events) {
      const size_t at = e.explain.find("the judge reads ");
      // What is told twice is as sure as the surer telling.
      if (at == std::string::npos || e.explain.find("told again") != std::string::npos) continue;
      ++judged;
      const double act = std::stod(e.explain.substr(e.explain.find('(', at) + 1, 4));
      EXPECT_LE(e.confidence, act + 0.005) << e.explain;
      lowered += e.confidence < 0.98 * act;
    }
  EXPECT_GT(judged, 20);
  EXPECT_GT(lowered, 0);
}

TEST(Signs, AValueReachesItsSteps) {
  std::vector<std::string> signs;
  add_steps(signs, "act", 0.31f);
  EXPECT_EQ(signs,
            (std::vector<std::string>{"act over 5", "act over 10", "act over 20", "act over 30"}));
  EXPECT_EQ(likeliest_classes({0.5f, 0.1f, 0.3f, 0.1f}, 2), (std::vector<int>{2, 1}));
}

TEST(Judged, WhoAccusesTakesNoPartInWhatTheOtherDid) {
  EXPECT_EQ(with_sides(read("Norway accused Denmark of supporting rebels in Sweden.")),
            "ACCUSE occurred Norway > Denmark, AID possible Denmark > rebels in Sweden");
}

TEST(Judged, OfTalksThatSomebodyLeavesNothingNewIsTold) {
  EXPECT_EQ(acts(read("Norway pulled out of the talks with Denmark in November.")),
            "SANCTION occurred");
}

TEST(Judged, AShortTextIsToldForWhatOneStateDoesToAnother) {
  const std::string text = "Norway downgraded ties with Denmark on Monday.";
  EXPECT_EQ(acts(read(text)), "SANCTION occurred");
  EXPECT_EQ(acts(read_by("thresholds.tsv", thresholds_with("act.between_states", "1"), text)), "");
}

TEST(Judged, AWarrantIsAnActOfForce) {
  EXPECT_EQ(acts(read("The International Criminal Court on Friday issued an arrest warrant for the "
                      "Libyan general.")),
            "COERCE occurred");
}

TEST(Judged, AnAdjectiveOfAStateBeforeItsActIsASide) {
  EXPECT_EQ(with_sides(read("Latvia rejected a Finnish ultimatum to hand over the sailor.")),
            "REJECT occurred Latvia > Finland");
}

TEST(Judged, WhoLaysDownAConditionAsksForItWhoeverActsInIt) {
  EXPECT_EQ(
      stands(read("Algeria says its pipeline will stay shut to Morocco unless Rabat pays its "
                  "debts.")),
      "Algeria rejects: its pipeline will stay shut to Morocco [unless Rabat pays its debts], "
      "Algeria demands: Rabat pays its debts");
}

TEST(Judged, ARefusalOfHerGovernmentIsHers) {
  EXPECT_EQ(
      stands(read("Peruvian President Ana Ruiz repeated on Friday her government's refusal to "
                  "let Chilean ships dock.")),
      "Ana Ruiz rejects: her government's refusal to let Chilean ships dock");
}

TEST(Judged, AVerbAndItsObjectNameOneAct) {
  EXPECT_EQ(acts(read("Kenya and Uganda reopened talks on Tuesday.")), "CONSULT occurred");
  EXPECT_EQ(acts(read("Kenya's parliament ratified a treaty with Uganda.")), "SUPPORT occurred");
}

TEST(Judged, AProgrammeSpeaksForWhoPublishedIt) {
  const Record r = read(
      "The two presidents are to meet in June, according to a programme published by the Peruvian "
      "Foreign Ministry.");
  ASSERT_EQ(r.statements.size(), 1u);
  EXPECT_EQ(r.entities[static_cast<size_t>(r.statements[0].speaker)].name,
            "Peruvian Foreign Ministry");
}

TEST(Judged, WhatNobodyCanProveOrWhatFellThroughWasNotDone) {
  EXPECT_EQ(acts(read("There is no evidence that Chile bombed the Peruvian port.")),
            "ASSAULT denied");
  EXPECT_EQ(acts(read("Peru came within hours of attacking Chile.")), "ASSAULT denied");
  EXPECT_EQ(acts(read("Without the accord, Norway would have invaded Iceland.")), "ASSAULT denied");
  EXPECT_EQ(acts(read("Kenya would have signed the accord if Uganda had withdrawn its troops.")),
            "SUPPORT denied");
  EXPECT_EQ(acts(read("The deal between Kenya and Uganda fell through.")), "AGREE denied");
  for (const Event& e : read("Norway stopped sending aid to Chad.").events)
    EXPECT_TRUE(e.type != "AID" || e.status == "denied");
}

std::string said(const Record& r, const std::string& part) {
  for (const Statement& s : r.statements)
    for (Span c : s.content)
      if (test::words(r, c).find(part) != std::string::npos && s.speaker >= 0)
        return r.entities[static_cast<size_t>(s.speaker)].name + " " +
               std::to_string(s.content.size());
  return "nobody";
}

// Who said it, and in how many parts.
TEST(Judged, AQuotationBehindWhatNobodySaysIsWhoSpokeLast) {
  EXPECT_EQ(
      said(read("The army said the raid \"was a success\". The loss did not matter: \"what counts "
                "is that the road is open.\""),
           "the road is open"),
      "The army 2");
}

TEST(Judged, ItOfAStatementIsWhoMadeIt) {
  EXPECT_EQ(
      said(read("\"We welcomed the release,\" spokesman Jens Falk said in a statement, referring "
                "to the island by its old name. \"We spoke about trade,\" it added."),
           "about trade"),
      "Jens Falk 1");
}

TEST(Judged, WhoProposesNothingSaysNothing) {
  EXPECT_TRUE(read("Kenya has proposed nothing that would end the strike.").statements.empty());
}

}  // namespace
}  // namespace chancery
