// On whose word a remark stands: how words come to a medium, whom it quotes, and how far a chain
// that is told once reaches.
#include <gtest/gtest.h>

#include "support.h"

namespace chancery {
namespace {

using test::read;
using test::words;

// Speaker and carriers of the statement that holds these words: "Ida Marr via Olm Herald".
std::string told(const Record& r, const std::string& part) {
  for (const Statement& s : r.statements)
    for (Span c : s.content) {
      if (words(r, c).find(part) == std::string::npos) continue;
      std::string out = s.speaker < 0 ? "-" : r.entities[s.speaker].name;
      for (int v : s.via) out += " via " + r.entities[v].name;
      return out;
    }
  return "no statement";
}

TEST(ChainsOfDocuments, ComeToAMediumThatObtainsThem) {
  EXPECT_EQ(told(read("\"The port must close,\" Ida Marr said in a letter obtained by the Wall "
                      "Street Journal."),
                 "must close"),
            "Ida Marr via Wall Street Journal");
}

TEST(ChainsOfDocuments, AreOfWhoseStatementItIs) {
  EXPECT_EQ(told(read("Norway's Defence Ministry closed the port on Monday. \"The bridge is "
                      "mined,\" General Jon Holm said in the Defence Ministry statement."),
                 "mined"),
            "Jon Holm via Norwegian Defense Ministry");
  EXPECT_EQ(
      told(read("Anna Marr said that the port would close, according to a statement issued by "
                "Norway's Defence Ministry on Monday."),
           "would close"),
      "Anna Marr via Norwegian Defense Ministry");
}

TEST(ChainsOfAppearances, WrittenOrSpokenInAMedium) {
  EXPECT_EQ(told(read("Teo Varga, writing in the Wall Street Journal, said the port was safe."),
                 "was safe"),
            "Teo Varga via Wall Street Journal");
  EXPECT_EQ(told(read("Appearing on the BBC, Teo Varga said the port was safe."), "was safe"),
            "Teo Varga via BBC");
  EXPECT_EQ(
      told(read("Teo Varga wrote for the Wall Street Journal that the port was safe."), "was safe"),
      "Teo Varga via Wall Street Journal");
}

TEST(ChainsOfAppearances, ToldToAJournalistAreTheMediums) {
  EXPECT_EQ(told(read("Teo Varga told Jon Holm of the Wall Street Journal that the port was safe."),
                 "was safe"),
            "Teo Varga via Wall Street Journal");
}

TEST(ChainsOfReports, AccordingToAMediumBeforeTheSpeakersName) {
  EXPECT_EQ(
      told(read("According to the Wall Street Journal, Captain Jon Holm, the head of the port, "
                "said the ferry had sunk."),
           "ferry had sunk"),
      "Jon Holm via Wall Street Journal");
}

TEST(ChainsOfReports, QuotingSomebodyGiveHimTheWords) {
  EXPECT_EQ(told(read("The New York Times, citing unnamed fishermen, said that the bridge was "
                      "mined."),
                 "the bridge was mined"),
            "unnamed fishermen via New York Times");
  EXPECT_EQ(
      told(read("The New York Times, citing a report, said that the bridge was mined."), "mined"),
      "New York Times");
}

TEST(ChainsOfReports, NameOneCarrierInAPhrase) {
  EXPECT_EQ(told(read("Teo Varga told NBC's Meet the Press that the port was safe."), "was safe"),
            "Teo Varga via NBC");
  EXPECT_EQ(told(read("Teo Varga told CNN's Newsroom network that the port was safe."), "was safe"),
            "Teo Varga via CNN");
  EXPECT_EQ(told(read("Teo Varga told Qatar-based Al Jazeera television that the port was safe."),
                 "was safe"),
            "Teo Varga via Qatar-based Al Jazeera television");
}

TEST(ChainsReach, AllThatIsSaidInTheSentenceInWhichTheSpeakerBegins) {
  Record r = read(
      "Ports Minister Ida Marr called on Monday for a review of the ban, saying it would harm "
      "fishermen.\n\nMarr told the Wall Street Journal that the boats must sail.");
  EXPECT_EQ(told(r, "harm"), "Ida Marr via Wall Street Journal");
}

TEST(ChainsReach, WhatWasToldBeforeAMediumQuotesTheSpeaker) {
  const std::string before =
      "Premier Teo Varga said the nets were torn.\n\nThe port of Bergen is old.\n\n";
  EXPECT_EQ(told(read(before + "\"The boats are old,\" Varga was quoted by the Wall Street Journal "
                               "as saying."),
                 "nets"),
            "Teo Varga via Wall Street Journal");
  EXPECT_EQ(
      told(read(before + "Varga told the Wall Street Journal that the boats were old."), "nets"),
      "Teo Varga")
      << "what he told it then";
}

TEST(ChainsReach, RemarksThatAMediumTellsOf) {
  EXPECT_EQ(told(read("Premier Teo Varga said the nets were torn.\n\nVarga made the remarks in a "
                      "speech, the Wall Street Journal reported."),
                 "nets"),
            "Teo Varga via Wall Street Journal");
}

TEST(ChainsReach, WhomAMediumTellsOf) {
  Record r = read(
      "The port of Bergen was closed on Monday.\n\nForeign Minister Ida Marr condemned the raid, "
      "the "
      "Wall Street Journal reported.\n\n\"It was cruel,\" Marr said.\n\n\"The nets are torn,\" "
      "said "
      "fisherman Nils Vold.");
  EXPECT_EQ(told(r, "cruel"), "Ida Marr via Wall Street Journal");
  EXPECT_EQ(told(r, "nets"), "Nils Vold");
}

TEST(ChainsReach, AMediumThatTellsOfItselfIsNotItsOwnCarrier) {
  EXPECT_EQ(
      told(read("The port of Bergen was closed on Monday.\n\nThe Wall Street Journal reported "
                "that it would move its office.\n\nThe Wall Street Journal said that the "
                "boats were old."),
           "boats"),
      "Wall Street Journal");
}

TEST(ChainsReach, TheOneSpeakerOfWhatOneMediumTells) {
  const std::string lead =
      "The port of Bergen has been closed since May, the Wall Street Journal reported on Monday.";
  const std::string one = "\n\n\"The nets are torn,\" said fisherman Nils Vold.";
  EXPECT_EQ(told(read(lead + one), "nets"), "Nils Vold via Wall Street Journal");
  EXPECT_EQ(told(read(lead + one + "\n\n\"The boats are old,\" said Ida Marr."), "nets"),
            "Nils Vold")
      << "of several it is told on its own whom it carries";
  EXPECT_EQ(
      told(read(lead + "\n\nFisherman Nils Vold told reporters that the nets were torn."), "nets"),
      "Nils Vold")
      << "who heard it is known";
}

}  // namespace
}  // namespace chancery
