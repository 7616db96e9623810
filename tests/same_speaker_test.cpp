// One who speaks under two names, and who carries whose words.
#include <gtest/gtest.h>

#include "support.h"

namespace chancery {
namespace {

using test::read;
using test::words;

const Statement* with(const Record& r, const std::string& part) {
  for (const Statement& s : r.statements)
    for (Span c : s.content)
      if (words(r, c).find(part) != std::string::npos) return &s;
  return nullptr;
}

std::string speaker(const Record& r, const std::string& part) {
  const Statement* s = with(r, part);
  return !s ? "no statement" : s->speaker < 0 ? "nobody" : r.entities[s->speaker].name;
}

std::string carriers(const Record& r, const std::string& part) {
  const Statement* s = with(r, part);
  if (!s) return "no statement";
  std::string out;
  for (int v : s->via) out += (out.empty() ? "" : ", ") + r.entities[v].name;
  return out;
}

TEST(SameSpeaker, TheLeadsOfficialIsNamedInTheNextParagraph) {
  Record r = read(
      "A senior fisheries official said on Monday that the herring quota would be cut.\n\n"
      "Deputy director Tom Varga told a meeting in Oslo that boats must stay in port.");
  EXPECT_EQ(speaker(r, "herring"), "Tom Varga");
  EXPECT_EQ(speaker(r, "boats"), "Tom Varga");
}

TEST(SameSpeaker, WhoWasNamedBeforeTheOfficialIsAnother) {
  Record r = read(
      "Tom Varga came to Oslo on Sunday. A senior fisheries official said on Monday that the "
      "herring "
      "quota would be cut.\n\nTom Varga said that boats must stay in port.");
  EXPECT_NE(speaker(r, "herring"), "Tom Varga");
}

// Paragraphs in which nobody speaks.
std::string silence(int paragraphs) {
  std::string out;
  for (int i = 0; i < paragraphs; ++i) out += "Rain fell on the quays all day.\n\n";
  return out;
}

TEST(SameSpeaker, TheOfficialStandsInTheFirstTwoParagraphsAndIsNamedWithinThree) {
  const std::string official =
                        "A senior fisheries official said on Monday that the herring quota would "
                        "be cut.\n\n",
                    named =
                        "Deputy director Tom Varga told a meeting in Oslo that boats must stay in "
                        "port.";
  for (int before : {0, 1, 2, 3})
    EXPECT_EQ(speaker(read(silence(before) + official + named), "herring") == "Tom Varga",
              before < 2)
        << before << " paragraphs before";
  for (int between : {0, 1, 2, 3, 4})
    EXPECT_EQ(speaker(read(official + silence(between) + named), "herring") == "Tom Varga",
              between < 3)
        << between << " paragraphs between";
}

// Sentences in which nobody speaks.
std::string rain(int sentences) {
  std::string out;
  for (int i = 0; i < sentences; ++i) out += " Rain fell on the quays all day.";
  return out;
}

TEST(SameSpeaker, ADocumentIsOfWhoSpokeAFewSentencesAgoAtMost) {
  for (int between : {0, 1, 2, 3, 4}) {
    const Record r =
        read("Norway's Fisheries Ministry said on Monday that the port would close." +
             rain(between) + " The notice said that all trawlers had two days to leave.");
    EXPECT_EQ(speaker(r, "trawlers") == speaker(r, "port"), between < 3) << between;
  }
}

TEST(SameSpeaker, AnArticleIsOfThePaperThatReportedUpToEightSentencesAgo) {
  for (int between : {0, 6, 7, 8, 9}) {
    const Record r = read("The New York Times reported on Monday that the ferry had sunk." +
                          rain(between) + " An article said that nobody knew the cause.");
    EXPECT_EQ(speaker(r, "cause") == speaker(r, "ferry"), between < 8) << between;
  }
}

TEST(SameSpeaker, AMediumIsTheOneNamedLast) {
  Record r = read(
      "The New York Times reported on Monday that the ferry had sunk.\n\nThe newspaper said that "
      "nobody knew the cause.");
  EXPECT_EQ(speaker(r, "cause"), speaker(r, "ferry"));
}

TEST(SameSpeaker, ADocumentThatIsSpokenOfAsKnownIsOfWhoSpokeLast) {
  Record r = read(
      "Norway's Fisheries Ministry said on Monday that the port would close. The notice said "
      "that "
      "all trawlers had two days to leave.");
  EXPECT_EQ(speaker(r, "trawlers"), speaker(r, "port"));
  r = read(
      "Tom Varga said on Monday that the port would close. The lawsuit said that all trawlers "
      "had been seized unlawfully.");
  EXPECT_NE(speaker(r, "seized"), "Tom Varga") << "a suit is of who sues";
}

TEST(SameSpeaker, HeIsWhoSpokeLastUnlessAnotherActedInBetween) {
  const std::string lead = "Tom Varga said on Monday that the port would close. ";
  EXPECT_EQ(speaker(read(lead + "The harbour in Oslo is small. He said the sea was calm."), "calm"),
            "Tom Varga");
  EXPECT_EQ(
      speaker(read(lead + "Captain Jon Holm left Oslo at noon. He said the sea was calm."), "calm"),
      "Jon Holm");
}

TEST(SameSpeaker, WhoIsOnlySpokenOfInAQuotationDoesNotSpeak) {
  Record r = read(
      "Tom Varga said on Monday that the ferry was late.\n\n\"My son waited on the quay all "
      "night,\" he said.");
  EXPECT_EQ(speaker(r, "quay"), "Tom Varga");
}

TEST(SameSpeaker, WhoIsDescribedIsKnownByTheWholeDescription) {
  Record r = read("Lawyers for the trawler's crew said on Monday that the ship was seaworthy.");
  const Statement* s = with(r, "seaworthy");
  ASSERT_TRUE(s && s->speaker >= 0);
  const Entity& e = r.entities[s->speaker];
  ASSERT_FALSE(e.mentions.empty());
  EXPECT_EQ(words(r, e.mentions[0]), "Lawyers for the trawler's crew");
}

TEST(Carriers, StandAtTheEndOfTheSentence) {
  Record r = read(
      "Premier Ida Varga vowed on Monday to reopen the port of Oslo, local daily The Northern "
      "Gazette reported.");
  EXPECT_NE(carriers(r, "reopen").find("Gazette"), std::string::npos) << carriers(r, "reopen");
}

TEST(Carriers, AreWhereSomethingIsSaidOrWritten) {
  Record r = read("\"The port will open on Friday,\" Ida Varga told CNN.");
  EXPECT_EQ(carriers(r, "port"), "CNN");
  r = read("Ida Varga said in an interview with the BBC that the port would open on Friday.");
  EXPECT_EQ(carriers(r, "port"), "BBC");
  r = read("\"The port will open on Friday,\" Ida Varga told reporters.");
  EXPECT_EQ(carriers(r, "port"), "") << "talking to reporters is no chain";
}

}  // namespace
}  // namespace chancery
