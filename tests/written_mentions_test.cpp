// Which mentions of an entity the record keeps, and how far they reach.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>

#include "accurate.h"
#include "reported.h"

namespace chancery {
namespace {

// The mentions of the entity with this name, one after the other.
std::string mentions_of(const Record& r, const std::string& name) {
  std::string out;
  for (const Entity& e : r.entities) {
    if (e.name != name) continue;
    for (const Span& m : e.mentions) out += "[" + test::words(r, m) + "]";
  }
  return out;
}

std::string mentions_of(const std::string& text, const std::string& name) {
  return mentions_of(test::read_accurately(text), name);
}

// Reads with one number of the table of thresholds put to another.
Record read_at(const std::string& threshold, const std::string& least, const std::string& text) {
  test::Folder folder;
  const std::string data = folder.file("data");
  std::filesystem::copy(test::source_dir() + "/data", data,
                        std::filesystem::copy_options::recursive);
  const std::string path = data + "/lexicon/thresholds.tsv";
  std::ifstream in(path);
  std::string table{std::istreambuf_iterator<char>(in), {}};
  in.close();
  std::ofstream(path) << std::regex_replace(table, std::regex("\n" + threshold + "\t[0-9.]+\t"),
                                            "\n" + threshold + "\t" + least + "\t");
  Reader reader(
      std::make_shared<const Resources>(data, test::source_dir() + "/models/chancery.model"));
  return reader.read(test::article_of(text));
}

TEST(WrittenMentions, ANameThatOnlyDescribesIsNoMention) {
  const std::string text =
      "The United States will lift the limits in June. US warships sailed on Monday, and the "
      "United States said nothing of it.";
  EXPECT_EQ(mentions_of(read_at("mention.modifier", "0", text), "United States"),
            "[The United States][US][the United States]");
  EXPECT_EQ(mentions_of(text, "United States"), "[The United States][the United States]");
}

TEST(WrittenMentions, OfDoubtfulOnesAnEntityThatHasNoOtherKeepsThem) {
  EXPECT_EQ(mentions_of("US warships sailed from Olm on Monday.", "United States"), "[US]");
}

TEST(WrittenMentions, APhraseThatTheJudgeDoubtsIsNoMention) {
  const std::string text =
      "Minister Ida Varga spoke in Olm on Monday. The minister left on Tuesday without a word.";
  EXPECT_EQ(mentions_of(text, "Ida Varga"), "[Minister Ida Varga][The minister]");
  EXPECT_EQ(mentions_of(read_at("mention.described", "1", text), "Ida Varga"),
            "[Minister Ida Varga]");
}

TEST(WrittenMentions, ABodyAndItsAcronymInBracketsAreOneMention) {
  EXPECT_EQ(mentions_of("The Union of Northern Ports (UNP) said on Monday that it would close the "
                        "harbour. The UNP did not say why.",
                        "Union of Northern Ports"),
            "[The Union of Northern Ports (UNP)][it][The UNP]");
}

TEST(WrittenMentions, AMeetingIsSomethingToldOfWhereTheJudgeHearsOne) {
  const Record r = test::read_accurately(
      "Norway and Iceland held a conference on herring in Olm on Monday. The conference ended "
      "without an accord.");
  bool meeting = false;
  for (const Entity& e : r.entities)
    for (const Span& m : e.mentions) meeting |= test::words(r, m) == "The conference";
  EXPECT_TRUE(meeting);
}

TEST(WrittenMentions, APhraseGoesOnWithWhomItSpeaksForAndWhereItIs) {
  EXPECT_EQ(mentions_of("A spokesman for the harbour authority said on Monday that the quay was "
                        "closed.",
                        "A spokesman for the harbour authority"),
            "[A spokesman for the harbour authority]");
  EXPECT_EQ(mentions_of("Rebels in the Norwegian north fired at soldiers on Monday.",
                        "Rebels in the Norwegian north"),
            "[Rebels in the Norwegian north]");
}

TEST(WrittenMentions, AnOfficeMayGoOnBehindItsNoun) {
  const Record r = test::read_accurately(
      "The Norwegian attorney general sued the owners of the ferry on Monday. The "
      "commander-in-chief of the navy stayed away.");
  EXPECT_EQ(mentions_of(r, "The Norwegian attorney general"), "[The Norwegian attorney general]");
  EXPECT_EQ(mentions_of(r, "The commander-in-chief of the navy"),
            "[The commander-in-chief of the navy]");
  for (const Entity& e : r.entities) {
    if (e.name == "The Norwegian attorney general") {
      EXPECT_EQ(e.role, "attorney general");
      EXPECT_EQ(e.actor.sector, "JUD");
    }
    EXPECT_NE(e.role, "attorney");
    EXPECT_NE(e.role, "commander");
  }
}

}  // namespace
}  // namespace chancery
