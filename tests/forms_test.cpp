// Texts whose layout tells who speaks: transcripts, documents in their author's own words, opinion,
// live blogs; and texts that only look like one.
#include <gtest/gtest.h>

#include <algorithm>

#include "reading/said/forms.h"
#include "support.h"

namespace chancery {
namespace {

using test::read;
using test::words;

std::string name(const Record& r, int e) { return e < 0 ? "-" : r.entities[e].name; }

// "Speaker via Carrier: part // part" of every statement, in order.
std::vector<std::string> told(const Record& r) {
  std::vector<std::string> out;
  for (const Statement& s : r.statements) {
    std::string line = name(r, s.speaker);
    for (int v : s.via) line += " via " + name(r, v);
    for (size_t i = 0; i < s.content.size(); ++i)
      line += (i ? " // " : ": ") + words(r, s.content[i]);
    out.push_back(line);
  }
  return out;
}

using Lines = std::vector<std::string>;

// How a text is laid out.
struct Layout {
  Document document;
  TreeView tree;
  TextForm form;
  explicit Layout(const std::string& text)
      : document(test::resources()->engine.analyze(text)),
        tree(document, test::resources()->lexicon.words()),
        form(form_of(tree, test::resources()->lexicon)) {}
};

std::string roles(const std::string& text) {
  const Layout layout(text);
  std::string out;
  for (const Turn& turn : layout.form.turns)
    out += turn.role == Turn::asks ? '?' : turn.role == Turn::answers ? 'A' : 'S';
  return out;
}

TEST(Transcripts, WhoAsksIsNobodyAndWhoAnswersSaysItAll) {
  const Record r = read(
      "The spokeswoman of the ministry, Eva Dahl, answered questions in Oslo on Monday.\n\n"
      "QUESTION: Will Norway sign the treaty?\n\n"
      "MS. DAHL: Not this year. We need more time.\n\n"
      "QUESTION: And the year after?\n\n"
      "MS. DAHL: We shall see.\n\n"
      "The Swedes have said the same.");
  const Lines all = told(r);
  ASSERT_EQ(all.size(), 1u) << ::testing::PrintToString(all);
  EXPECT_EQ(all[0],
            "Eva Dahl: Not this year. We need more time. // We shall see. // The Swedes have said "
            "the same.");
  EXPECT_EQ(r.statements[0].quote, "direct");
}

TEST(Transcripts, SpeakersWithoutQuestionsHaveAStatementATurn) {
  const Record r = read(
      "Minister Lund: Norway will send two ships.\n\n"
      "Minister Salo: Finland will send none.\n\n"
      "Minister Lund: Then we go alone.");
  EXPECT_EQ(told(r), (Lines{"Lund: Norway will send two ships.", "Salo: Finland will send none.",
                            "Lund: Then we go alone."}));
}

TEST(Transcripts, AMediumThatAsksCarriesTheAnswers) {
  const Record r = read(
      "Daily Mirror: Will you come to the summit?\n\n"
      "Tora Solheim: I will come if my ship sails.\n\n"
      "Daily Mirror: And if it does not?\n\n"
      "Tora Solheim: Then I will write a letter.");
  EXPECT_EQ(told(r),
            (Lines{"Tora Solheim via Daily Mirror: I will come if my ship sails. // Then I "
                   "will write a letter."}));
}

TEST(Transcripts, LettersStandForThemWhereAnInterviewIsTold) {
  const std::string asked =
      "Q: Will you come?\n\nA: I will come by ship.\n\nQ: When?\n\nA: In the spring.";
  const Record r = read("Interview with Premier Tora Solheim\n\n" + asked);
  EXPECT_EQ(told(r), (Lines{"Tora Solheim: I will come by ship. // In the spring."}));
  EXPECT_EQ(roles(asked), "") << "anybody may answer";
}

TEST(Transcripts, NamedOnceTheTwoGoOnWithoutLabels) {
  EXPECT_EQ(roles("HERALD: What is the book about?\n\n"
                  "Tora Solheim: It is about ships and the men who build them.\n\n"
                  "When did you begin it?\n\nI began it ten years ago.\n\n"
                  "What comes next?\n\nA book about harbours."),
            "?S?S?S");
}

TEST(Transcripts, BriefsAndRemindersAreNone) {
  EXPECT_EQ(roles("OSLO: Norway opens its ports to the fishermen.\n\n"
                  "RIGA: Latvia closes the bridge over the river.\n\n"
                  "OSLO: The premier meets the fishermen in the evening."),
            "");
  EXPECT_EQ(roles("Note: The ships sail on Monday.\n\nWarning: There may be ice."), "");
}

TEST(OwnWords, AreOfWhoMadeThemPublic) {
  const Record r = read(
      "Ri Song Ho, vice foreign minister of North Korea, made public the following statement on "
      "Monday:\n\n"
      "I took note of what the general said. If the drill goes ahead, we will answer.\n\n"
      "Nobody can stop us. -0-",
      "2031-05-14");
  const Lines all = told(r);
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all[0],
            "Ri Song Ho: I took note of what the general said. If the drill goes ahead, we will "
            "answer. // Nobody can stop us.");
  EXPECT_EQ(r.statements[0].when.value(), "2031-05-12");
}

TEST(OwnWords, AreOfThePersonNamedBeforeThem) {
  const Record r = read(
      "OSLO, May 14 (NTB) -- Ida Marr, the deputy foreign minister of Norway, made public the "
      "following statement:\n\nI have read the letter. We will answer it in the spring.");
  EXPECT_EQ(told(r), (Lines{"Ida Marr: I have read the letter. We will answer it in the spring."}));
}

TEST(OwnWords, EndWhereTheReporterTellsOfThem) {
  const Record r = read(
      "Former minister Tora Solheim released this letter on Monday:\n\n"
      "I leave the party today. I will not come back.\n\n"
      "The letter reached the premier in the evening.");
  ASSERT_FALSE(told(r).empty());
  EXPECT_EQ(told(r)[0], "Tora Solheim: I leave the party today. I will not come back.");
}

TEST(OwnWords, StandUnderAHeadingThatNamesTheAuthor) {
  const Layout layout(
      "Statement attributable to the Spokesperson for the Secretary-General on Chad\n\n"
      "The Secretary-General condemns the attack on the camp.\n\n"
      "He urges all sides to open the road.\n\n"
      "New York, 12 June 2028");
  ASSERT_EQ(layout.form.own_words.size(), 1u);
  EXPECT_TRUE(layout.form.own_words[0].heading);
  EXPECT_EQ(layout.form.own_words[0].spoken.size(), 2u) << "place and date are nobody's words";
  EXPECT_TRUE(
      Layout("Statement by Ida Marr was late.\n\nShe came at noon.").form.own_words.empty());
}

TEST(Opinion, IsSignedAndInTheFirstPerson) {
  const std::string text =
      "I have sailed to Riga for twenty years. I never saw a better port.\n\n"
      "The port should stay open.\n\n";
  const Layout signed_text(text + "Tora Solheim is a former minister of Norway.");
  EXPECT_EQ(signed_text.form.opinion.words.size(), 2u);
  EXPECT_TRUE(Layout(text + "The port is old.").form.opinion.words.empty()) << "nobody signs";
  EXPECT_TRUE(Layout("\"I have sailed to Riga. I like my ship,\" she said.\n\n"
                     "Tora Solheim is a former minister of Norway.")
                  .form.opinion.words.empty())
      << "only a quotation says I";
}

TEST(Opinion, EndsWithItsSignature) {
  const Layout signed_text(
      "I have sailed to Riga for twenty years. I never saw a better port.\n\n"
      "Tora Solheim is a former minister of Norway.\n\n"
      "The paper prints what others think.");
  EXPECT_EQ(signed_text.form.opinion.words.size(), 1u) << "what stands behind it is the paper's";
}

TEST(Opinion, MayBeSignedAtItsHead) {
  const std::string text =
      "I have sailed to Riga for twenty years. I never saw a better port.\n\n"
      "The port should stay open.";
  EXPECT_EQ(Layout("By Tora Solheim\n\n" + text).form.opinion.words.size(), 2u);
  EXPECT_TRUE(Layout("By sea and land\n\n" + text).form.opinion.words.empty());
}

TEST(LiveBlogs, DateWhatIsSaidByTheTimeOfItsEntry) {
  const Record r = read(
      "16:40 Minister Tora Solheim says the treaty will be signed tonight.\n\n"
      "3.10pm: Minister Jon Arnarson says that Iceland will sign too.\n\n"
      "2:30 p.m. The talks resume.");
  ASSERT_EQ(r.statements.size(), 2u);
  EXPECT_EQ(r.statements[0].when.value(), "2031-05-14T16:40");
  EXPECT_EQ(r.statements[1].when.value(), "2031-05-14T15:10");
  const Layout two("16:40 The ships sail.\n\n15:10 The ships wait.");
  EXPECT_TRUE(two.form.entries.empty()) << "two times are no live blog";
  const Layout numbers("9.45 percent voted.\n\n10.30 percent did not.\n\n61.20 percent slept.");
  EXPECT_TRUE(numbers.form.entries.empty()) << "shares are no times";
}

TEST(Briefs, AreEachNewsOfItsOwn) {
  const std::string rome = "ROME - Minister Ida Conti said the migrants would be sent home.",
                    tirana = "TIRANA - \"Nobody asked us in the spring,\" it was said there.",
                    lusaka = "LUSAKA - The boats sail in May.";
  const Layout list(rome + "\n\n" + tirana + "\n\n" + lusaka);
  ASSERT_EQ(list.form.entries.size(), 3u);
  EXPECT_NE(list.form.entry(4), list.form.entry(list.document.size() - 2));
  EXPECT_TRUE(list.form.entries[0].time.empty());
  EXPECT_TRUE(Layout(rome + "\n\nThe boats sail in May.").form.entries.empty());
  const std::string bare = "\"Nobody asked us in the spring.\"";
  const Record together = read(rome + "\n\n" + bare + "\n\n" + lusaka),
               apart =
                   read(rome + "\n\n* " + bare + "\n\n" + lusaka + "\n\n* The bridge is closed.");
  auto speaks = [](const Record& r) {
    const Lines all = told(r);
    return std::count_if(all.begin(), all.end(), [](const std::string& line) {
      return line.find("in the spring") != std::string::npos;
    });
  };
  EXPECT_EQ(speaks(together), 1) << "a quotation without a cue goes on";
  EXPECT_EQ(speaks(apart), 0) << "not from one brief to the next";
}

}  // namespace
}  // namespace chancery
