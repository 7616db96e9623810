// Views of a record. --sure: what passes the strict limits, and nothing that rests on what does not;
// --dyads: complete pairs of states.
#include <gtest/gtest.h>

#include "base/error.h"
#include "record/dyads.h"
#include "record/sure.h"
#include "support.h"

namespace chancery {
namespace {

SureLimits limits(const std::string& lines) {
  test::Folder folder;
  return SureLimits(folder.write("sure.tsv", "layer\tleast\tmeaning\n" + lines));
}

const char* const kHalf = "statement\t0.5\ts\nevent\t0.6\te\nposition\t0.7\tp\n";

Statement statement(const std::string& id, double confidence) {
  Statement s;
  s.id = id;
  s.confidence = confidence;
  return s;
}

Event event(const std::string& id, double confidence, int said_in) {
  Event e;
  e.id = id;
  e.confidence = confidence;
  e.said_in = said_in;
  return e;
}

TEST(Sure, LinesBelowTheirLimitAreLeftOut) {
  Record r;
  r.statements = {statement("s1", 0.4), statement("s2", 0.5)};
  r.events = {event("v1", 0.6, 1), event("v2", 0.59, 1), event("v3", 0, -1), event("v4", 0.9, -1)};
  Position p;
  p.id = "p1";
  p.confidence = 0.69;
  r.positions = {p};
  Record strict = sure_lines(r, limits(kHalf));
  ASSERT_EQ(strict.statements.size(), 1u);
  EXPECT_EQ(strict.statements[0].id, "s2");
  ASSERT_EQ(strict.events.size(), 2u);
  EXPECT_EQ(strict.events[0].id, "v1");
  EXPECT_EQ(strict.events[0].said_in, 0) << "the statement has moved up";
  EXPECT_EQ(strict.events[1].id, "v4");
  EXPECT_TRUE(strict.positions.empty());
}

TEST(Sure, WhatWasToldInAnUnsureStatementIsUnsureToo) {
  Record r;
  r.statements = {statement("s1", 0.4)};
  r.events = {event("v1", 0.99, 0)};
  EXPECT_TRUE(sure_lines(r, limits(kHalf)).events.empty());
}

TEST(Sure, NobodyJudgedIsNotSureWhateverTheLimit) {
  Record r;
  r.events = {event("v1", 0, -1)};
  EXPECT_TRUE(
      sure_lines(r, limits("statement\t0\ts\nevent\t0\te\nposition\t0\tp\n")).events.empty());
}

TEST(Sure, AStateInferredFromContextIsNotTold) {
  Record r;
  Entity said, guessed;
  said.actor.country = guessed.actor.country = "NOR";
  said.basis = "text";
  guessed.basis = "context";
  guessed.actor.sector = "GOV";
  r.entities = {said, guessed};
  Record strict = sure_lines(r, limits(kHalf));
  EXPECT_EQ(strict.entities[0].actor.country, "NOR");
  EXPECT_EQ(strict.entities[1].actor.country, "");
  EXPECT_EQ(strict.entities[1].actor.sector, "GOV");
}

TEST(Sure, AWrongTableIsNamedWithItsLine) {
  auto fault = [](const std::string& lines) -> std::string {
    try {
      limits(lines);
    } catch (const StartError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_NE(fault("mention\t0.5\tm\n").find("sure.tsv:2: unknown layer 'mention'"),
            std::string::npos);
  EXPECT_NE(fault("event\t1.5\te\n").find("sure.tsv:2: '1.5' is no probability"),
            std::string::npos);
  EXPECT_NE(fault("event\t0.5\te\nevent\t0.5\te\n").find("stands twice"), std::string::npos);
  EXPECT_NE(fault("event\t0.5\te\nstatement\t0.5\te\n").find("no line for 'position'"),
            std::string::npos);
}

TEST(Dyads, OnlyPairsOfKnownStatesStay) {
  Record r;
  for (const char* country : {"NOR", "", "ISL"}) {
    Entity e;
    e.actor.country = country;
    r.entities.push_back(e);
  }
  auto act = [](std::vector<int> source, std::vector<int> target) {
    Event e;
    e.source = std::move(source);
    e.target = std::move(target);
    return e;
  };
  r.events = {act({0, 1}, {2}), act({0}, {1}), act({1}, {2}), act({0}, {})};
  Record pairs = complete_pairs(r);
  ASSERT_EQ(pairs.events.size(), 1u);
  EXPECT_EQ(pairs.events[0].source, std::vector<int>{0}) << "one of no known state goes";
  EXPECT_EQ(pairs.events[0].target, std::vector<int>{2});
}

TEST(Dyads, TheProgramKeepsPairsAlone) {
  const std::string reports = test::source_dir() + "/examples/reports.jsonl";
  test::Outcome all = test::program("code " + reports),
                pairs = test::program("code --dyads " + reports);
  EXPECT_EQ(pairs.code, 0) << pairs.err;
  EXPECT_LT(pairs.out.size(), all.out.size());
  EXPECT_EQ(pairs.out.find("\"target\":[]"), std::string::npos);
}

TEST(Sure, TheProgramLeavesOutWhatIsNotSure) {
  const std::string reports = test::source_dir() + "/examples/reports.jsonl";
  test::Outcome all = test::program("code " + reports),
                strict = test::program("code --sure " + reports);
  EXPECT_EQ(strict.code, 0) << strict.err;
  auto count = [](const std::string& text, const std::string& what) {
    size_t n = 0;
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
  };
  const std::string confidence = "\"confidence\":0.";
  EXPECT_LT(count(strict.out, confidence), count(all.out, confidence));
  EXPECT_GT(count(strict.out, confidence), 0u);
  EXPECT_EQ(count(strict.out, "\n"), count(all.out, "\n")) << "every article has its record";
}

}  // namespace
}  // namespace chancery
