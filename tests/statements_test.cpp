// Who said what: which cues are statements of the record, whose words they are, on whose word, and
// of which day.
#include <gtest/gtest.h>

#include "reading/said/statement_verdict.h"
#include "support.h"

namespace chancery {
namespace {

using test::read;
using test::words;

std::string name(const Record& r, int e) { return e < 0 ? "-" : r.entities[e].name; }

const Statement* with(const Record& r, const std::string& part) {
  for (const Statement& s : r.statements)
    for (Span c : s.content)
      if (words(r, c).find(part) != std::string::npos) return &s;
  return nullptr;
}

// Speaker and chain of the statement that holds these words: "Ilo via Radio Olm".
std::string told(const Record& r, const std::string& part) {
  const Statement* s = with(r, part);
  if (!s) return "no statement";
  std::string out = name(r, s->speaker);
  for (int v : s->via) out += " via " + name(r, v);
  return out;
}

CueEvidence heard(CueKind kind) {
  CueEvidence e;
  e.kind = kind;
  e.listed = e.by_rule = e.speaker = e.clause = true;
  e.heard = 0.9;
  return e;
}

Verdict verdict(const CueEvidence& e) { return is_statement(e, test::resources()->thresholds); }

TEST(Verdict, SayingAndUrgingAreStatements) {
  EXPECT_TRUE(verdict(heard(CueKind::say)).statement);
  EXPECT_TRUE(verdict(heard(CueKind::urge)).statement);
  CueEvidence e = heard(CueKind::say);
  e.heard = 0.1;
  EXPECT_FALSE(verdict(e).statement) << "the reader contradicts the rule";
  e.finite = true;
  EXPECT_TRUE(verdict(e).statement) << "somebody told it in so many words";
  e.thing = true;
  EXPECT_FALSE(verdict(e).statement) << "a thing that hardly speaks";
  e.finite = e.thing = false;
  e.direct = e.quoted = true;
  EXPECT_TRUE(verdict(e).statement) << "a quotation stands on its own";
  e = heard(CueKind::say);
  e.speaker = false;
  EXPECT_FALSE(verdict(e).statement) << "nobody says it";
}

TEST(Verdict, WhatNoRuleFindsMustBeHeardClearly) {
  CueEvidence e = heard(CueKind::say);
  e.by_rule = false;
  EXPECT_TRUE(verdict(e).statement);
  e.heard = 0.4;
  EXPECT_FALSE(verdict(e).statement);
}

TEST(Quotations, BehindThatAreMixed) {
  Record r = read("Minister Ida Varga said that \"the port needs urgent repair.\"");
  ASSERT_TRUE(with(r, "urgent"));
  EXPECT_EQ(with(r, "urgent")->quote, "mixed");
}

TEST(Verdict, ThoughtsWishesAndActsAreNot) {
  for (CueKind kind : {CueKind::think, CueKind::wish, CueKind::act, CueKind::none}) {
    CueEvidence e = heard(kind);
    EXPECT_FALSE(verdict(e).statement);
    e.quoted = e.direct = true;
    EXPECT_TRUE(verdict(e).statement) << "words in quotation marks were said";
    e.direct = false;
    e.heard = 0.3;
    EXPECT_FALSE(verdict(e).statement) << "quoted in part, and hardly heard";
  }
}

TEST(Verdict, DocumentsSayWhatHasAClause) {
  CueEvidence e = heard(CueKind::document);
  EXPECT_TRUE(verdict(e).statement);
  e.clause = false;
  EXPECT_FALSE(verdict(e).statement) << "a thing shows a thing";
  e = heard(CueKind::document);
  e.question = true;
  EXPECT_FALSE(verdict(e).statement) << "shows how";
  e = heard(CueKind::document);
  e.heard = 0.3;
  EXPECT_FALSE(verdict(e).statement);
}

TEST(Quotations, AfterAColonInTheNextParagraph) {
  Record r = read(
      "The council met in Olm. Minister Ida Varga said:\n\n\"It is a dreadful treaty. We will not "
      "sign it.\"\n\nThe talks go on.");
  EXPECT_EQ(told(r, "dreadful"), "Ida Varga");
  ASSERT_TRUE(with(r, "dreadful"));
  EXPECT_EQ(with(r, "dreadful")->quote, "direct");
}

TEST(Quotations, BelongToWhomTheWordsBeforeTheColonTellOf) {
  Record r = read(
      "The council met in Olm.\n\nMinister Ida Varga was clear:\n\n\"It is a dreadful treaty. We "
      "will not sign it.\"\n\nThe talks go on.");
  EXPECT_EQ(told(r, "dreadful"), "Ida Varga");
  Record news = read(
      "Minister Ida Varga said the treaty was dead.\n\nThat was news to Captain Jon Holm: \"Nobody "
      "told me so in the spring.\"");
  EXPECT_EQ(told(news, "in the spring"), "Jon Holm");
  Record headline =
      read("Ida Varga on the treaty: \"It is a dreadful treaty.\"\n\nThe talks go on in Olm.");
  EXPECT_EQ(told(headline, "dreadful"), "no statement") << "a headline is nobody's statement";
}

TEST(Quotations, OverParagraphsAreOneStatement) {
  Record r = read(
      "\"The convoys move again,\" Captain Jon Holm said on Monday.\n\n\"The queues at the bridge "
      "are still growing.\n\n\"We will need another week to clear them.\"\n\nNobody answered.");
  EXPECT_EQ(told(r, "queues"), "Jon Holm");
  EXPECT_EQ(told(r, "another week"), "Jon Holm");
  ASSERT_EQ(r.statements.size(), 1u);
  EXPECT_EQ(r.statements[0].content.size(), 3u);
}

TEST(Quotations, BesideAWordOfManner) {
  Record r = read("\"It is a dreadful treaty!\" sighed Meg Varga, looking at the draft.");
  EXPECT_NE(told(r, "dreadful").find("Varga"), std::string::npos);
}

TEST(Frames, QuotedAsSaying) {
  EXPECT_EQ(told(read("Estonian President Tiit Kask visited Riga on Monday. \"Our economy will "
                      "grow next year,\" he was quoted as saying by the Baltic news agency."),
                 "economy will grow"),
            "Tiit Kask via the Baltic news agency");
  EXPECT_EQ(told(read("A just solution to the conflict will help stem violence in the region, and "
                      "peace could be a catalyst for growth, Khatib quoted the king as saying."),
                 "catalyst"),
            "the king via Khatib");
}

TEST(Contents, BeforeTheCommaWhereTheTreeGivesNone) {
  Record r = read(
      "With a cost of 208 million dollars, the project, which aims at mending roads in western "
      "provinces, will receive help from the bank, Highways Secretary S. Varga was quoted as "
      "saying.");
  EXPECT_NE(told(r, "With a cost").find("S. Varga"), std::string::npos) << told(r, "With a cost");
}

TEST(Speakers, AreThePersonsWhomThePhraseNames) {
  EXPECT_EQ(told(read("The premier's son and spokesman Tom Ilves said his father would stay."),
                 "father would stay"),
            "Tom Ilves");
  EXPECT_EQ(told(read("The chief of the council of fishermen, Nils Vold, said the harbour was "
                      "closed."),
                 "harbour was closed"),
            "Nils Vold");
  EXPECT_EQ(told(read("A spokesman for President Ida Varga said the harbour was closed."),
                 "harbour was closed"),
            "A spokesman for President Ida Varga")
      << "a spokesman is not his president";
}

TEST(Speakers, WhoSpeakTogetherAreAGroup) {
  EXPECT_EQ(told(read("Norway and Denmark said the strait was open."), "strait was open"),
            "Norway and Denmark");
  EXPECT_EQ(told(read("Medics and fishermen said the bridge had fallen."), "bridge had fallen"),
            "Medics and fishermen");
  EXPECT_EQ(told(read("Minister Ida Varga and Captain Jon Holm said the bridge had fallen."),
                 "bridge had fallen"),
            "Minister Ida Varga and Captain Jon Holm");
  EXPECT_EQ(told(read("Minister Ida Varga, who lives in Olm, said the bridge had fallen."),
                 "bridge had fallen"),
            "Ida Varga");
}

TEST(Speakers, AreAuthorsOfTheirDocuments) {
  Record r = read(
      "In a statement, Kenyan President Daniel Mutua said Kenya would never sell the port. \"The "
      "port is ours,\" the statement said.");
  EXPECT_EQ(told(r, "port is ours"), "Daniel Mutua");
  EXPECT_EQ(told(read("A statement issued by Minister Ida Varga said the harbour was closed."),
                 "harbour was closed"),
            "Ida Varga");
}

// A suit has many names, and who speaks of it need not be who brought it; an article is of the paper that
// reported, a statement is not.
TEST(Speakers, OfWhatIsSuedForAndOfThePress) {
  Record r = test::read(
      "Ida Varga filed a lawsuit against the Norvanian ministry on Monday.\n\nThe suit was "
      "unfounded, "
      "Premier Per Lund said.\n\nThe suit claims that the ministry hid a report.");
  EXPECT_EQ(told(r, "the ministry hid a report"), "Varga");
  r = test::read(
      "The Wall Street Journal reported on Monday that the port was closed.\n\nNobody knew why.\n\n"
      "The article said the mayor had agreed.");
  EXPECT_EQ(told(r, "the mayor had agreed"), "Wall Street Journal");
}

TEST(Chains, InnerVoicesKeepTheirSpeaker) {
  Record r = read(
      "Danish Foreign Minister Ida Holm told reporters that Norwegian Prime Minister Kari Solheim "
      "urged Iceland to send more ships.");
  EXPECT_EQ(told(r, "send more ships"), "Kari Solheim via Ida Holm");
}

TEST(Chains, WhoOnlyPassesAWordOnSaysNothing) {
  Record r = read(
      "The Olm Herald reported on Tuesday that Prime Minister Tora Solheim said the port would "
      "close.");
  ASSERT_EQ(r.statements.size(), 1u);
  EXPECT_EQ(told(r, "port would close"), "Tora Solheim via Olm Herald");
  EXPECT_EQ(r.statements[0].when.value(), "2031-05-13") << "the day on which it was passed on";
  r = read(
      "The Olm Herald reported on Tuesday that the port was full of ships from all over the North "
      "and that Prime Minister Tora Solheim said it would close.");
  EXPECT_EQ(told(r, "full of ships"), "Olm Herald") << "it says more than she did";
}

TEST(Chains, WhoIsQuotedByNobodyIsQuotedByTheMediumThatWasNamedLast) {
  Record r = read(
      "The Norwegian news agency Nordsentral reported that the port was closed. Prime Minister "
      "Tora Solheim was quoted as saying the ships would wait.");
  EXPECT_EQ(told(r, "ships would wait"), "Tora Solheim via Nordsentral");
  r = read(
      "The Norwegian news agency Nordsentral reported that the port was closed. Prime Minister "
      "Tora Solheim said the ships would wait.");
  EXPECT_EQ(told(r, "ships would wait"), "Tora Solheim") << "she speaks for herself";
}

TEST(Chains, HoldForTheSpeakersOtherRemarks) {
  Record r = read(
      "Prime Minister Teo Varga said the port would stay closed, the newspaper Olm Herald reported "
      "on Tuesday.\n\n\"We will not be hurried,\" Varga said.\n\nThe ships were waiting, "
      "said Nils Vold, a fisherman in Bergen.");
  EXPECT_NE(told(r, "stay closed").find("Herald"), std::string::npos);
  EXPECT_NE(told(r, "hurried").find("Herald"), std::string::npos);
  EXPECT_EQ(told(r, "hips were waiting"), "Nils Vold") << "another man's remark is not carried";
}

TEST(Chains, FromTheSceneOfASpeech) {
  Record r = read(
      "Norwegian Foreign Minister Kari Solheim said the ban would stay.\n\nAccording to the "
      "Norwegian news agency Nordsentral, Solheim made the remarks during a May 13 speech to "
      "parliament in Oslo. The ban must remain until the boats are gone, she added.");
  EXPECT_NE(told(r, "ban would stay").find("via"), std::string::npos);
  EXPECT_NE(told(r, "boats are gone").find("Nordsentral"), std::string::npos);
  EXPECT_NE(told(r, "made the remarks").find("Nordsentral"), std::string::npos);
}

TEST(Days, OfTheLeadHoldForThoseWhoTakePart) {
  Record r = read(
      "Prime Minister Teo Varga closed the port on Wednesday.\n\nThe harbour is small.\n\n\"The "
      "nets are torn,\" Varga said.\n\n\"The fish are gone,\" fisherman Nils Vold said.\n\nVarga "
      "says that the port is dear to him.");
  ASSERT_TRUE(with(r, "nets are torn") && with(r, "fish are gone"));
  EXPECT_EQ(with(r, "nets are torn")->when, "2031-05-14");
  EXPECT_EQ(with(r, "fish are gone")->when, "") << "not named in the lead";
  if (const Statement* said = with(r, "dear to him")) {
    EXPECT_EQ(said->when, "");
  }
}

}  // namespace
}  // namespace chancery
