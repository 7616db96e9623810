// What stands in a brief, over records that are made by hand; how it is written down: the same sections
// and lines as text, Markdown and a page.
#include "ledger/brief.h"

#include <gtest/gtest.h>

#include "made.h"
#include "reported.h"
#include "serve/brief_words.h"
#include "support.h"

namespace chancery {
namespace {

using test::span_of;

Brief of_two_days() {
  Brief b;
  b.from = "2031-05-13";
  b.until = "2031-05-14";
  b.articles = 3;
  b.copies = 1;
  b.sections = {{"What happened", {{"Norway closed its ports & roads.", "", "a-1", 1}}},
                {"What was said",
                 {{"Iceland asked for a talk about the fish that both of them want to sell.",
                   "We have to talk.", "b", 2}}}};
  return b;
}

TEST(BriefShown, AsTextHasASectionALineAndItsWordsAndIsNoWiderThanAsked) {
  EXPECT_EQ(brief_as_text(of_two_days(), 40),
            "Brief of Tue 13 May 2031 to Wed 14 May 2031\n"
            "3 articles, 1 of them nearly the same as others\n"
            "\n"
            "What happened\n"
            "  - Norway closed its ports & roads.\n"
            "    [a-1]\n"
            "\n"
            "What was said\n"
            "  - Iceland asked for a talk about the\n"
            "    fish that both of them want to sell.\n"
            "    [b]\n"
            "      “We have to talk.”\n");
}

TEST(BriefShown, AsMarkdownHasHeadlinesItemsAndQuotations) {
  EXPECT_EQ(brief_as_markdown(of_two_days()),
            "# Brief of Tue 13 May 2031 to Wed 14 May 2031\n"
            "\n"
            "3 articles, 1 of them nearly the same as others\n"
            "\n"
            "## What happened\n"
            "\n"
            "- Norway closed its ports &amp; roads. (a-1)\n"
            "\n"
            "## What was said\n"
            "\n"
            "- Iceland asked for a talk about the fish that both of them want to sell. (b)\n"
            "  > We have to talk.\n");
}

TEST(BriefShown, AsAPageHasHeadlinesItemsAndQuotations) {
  const std::string page = brief_as_html(of_two_days());
  EXPECT_NE(page.find("<h1>Brief of Tue 13 May 2031 to Wed 14 May 2031</h1><p>3 articles, 1 of "
                      "them nearly the same as others</p>\n"
                      "<h2>What happened</h2>\n"
                      "<ul>\n"
                      "<li>Norway closed its ports &amp; roads. <small>[a-1]</small></li>\n"
                      "</ul>\n"
                      "<h2>What was said</h2>\n"
                      "<ul>\n"
                      "<li>Iceland asked for a talk about the fish that both of them want to sell. "
                      "<small>[b]</small><br><q>We have to talk.</q></li>\n"
                      "</ul>\n"
                      "</body></html>\n"),
            std::string::npos)
      << page;
}

TEST(BriefShown, ADayAndAnArticleAreTold) {
  Brief b;
  b.from = b.until = "2031-05-14";
  b.articles = 1;
  EXPECT_EQ(brief_as_text(b, 80), "Brief of Wed 14 May 2031\n1 article\n");
  b.until.clear();
  EXPECT_EQ(brief_as_text(b, 80), "Brief of Wed 14 May 2031\n1 article\n");
}

// A ledger of reports of one actor who speaks and acts, each called by its number from 1.
struct Told {
  test::Folder folder;
  Ledger ledger{folder.file("l.ledger"), Ledger::write};
  int reports = 0;

  Record report(const std::string& day, const std::string& text) {
    ++reports;
    Record r = test::reported(reports, day,
                              "Norway, Iceland, report " + std::to_string(reports) + ": " + text);
    test::add_actor(r, "Norway", "Norway", "place", "NOR");
    test::add_actor(r, "Iceland", "Iceland", "place", "ISL");
    return r;
  }
  void act(const std::string& reported, const std::string& type, const std::string& status,
           const std::string& day, const std::string& words, bool toward = true,
           double confidence = 0.95) {
    Record r = report(reported, words);
    Event e;
    e.id = "v1";
    e.type = type;
    e.status = status;
    e.source = {0};
    if (toward) e.target = {1};
    e.span = e.trigger = span_of(r, words);
    e.when = When(day);
    e.confidence = confidence;
    r.events.push_back(e);
    ledger.add(r);
  }
  void remark(int speaker, const std::string& quote, const std::string& words) {
    Record r = report("2031-05-14", words);
    Statement s;
    s.id = "s1";
    s.speaker = speaker;
    s.content = {span_of(r, words)};
    s.quote = quote;
    s.force = "asserted";
    s.confidence = 0.9;
    r.statements.push_back(s);
    ledger.add(r);
  }
  // The lines of a section of the day's brief.
  std::vector<std::string> lines(const std::string& title) {
    std::vector<std::string> out;
    for (const Brief::Section& s : make_brief(ledger, "2031-05-14", "2031-05-14").sections)
      if (s.title == title)
        for (const Brief::Line& l : s.lines) out.push_back(l.text + " [" + l.article + "]");
    return out;
  }
};

using Lines = std::vector<std::string>;

TEST(BriefLines, ActsAreToldByWhatTheyMeanAndOnlyWhereSomethingWasDone) {
  Told t;
  t.act("2031-05-14", "CONSULT", "occurred", "2031-05-14", "talked in Olm");
  t.act("2031-05-14", "REJECT", "denied", "2031-05-14", "did not refuse");
  t.act("2031-05-14", "AID", "planned", "2031-05-14", "will give fish");
  t.act("2031-05-14", "PROTEST", "possible", "2031-05-14", "may protest loudly");
  t.act("2031-05-14", "ACCUSE", "occurred", "2031-05-14", "spoke of guilt", false);
  EXPECT_EQ(t.lines("What happened"), (Lines{"Norway met or spoke with Iceland [1]",
                                             "Norway protested against Iceland (possible) [4]"}));
}

TEST(BriefLines, OneLineASpeakerAQuotationFirstAndNothingShort) {
  Told t;
  t.remark(0, "indirect", "that the boats of all harbours must wait");
  t.remark(0, "direct", "The boats of all harbours will wait");
  t.remark(1, "indirect", "that the fish of all seas are theirs");
  t.remark(-1, "direct", "Nobody knows what the boats wait for");
  EXPECT_EQ(t.lines("What was said"), (Lines{"Norway: The boats of all harbours will wait [2]",
                                             "Iceland: the fish of all seas are theirs [3]"}));
  Told brief;
  brief.remark(0, "direct", "The boats wait in the harbour");
  EXPECT_EQ(brief.lines("What was said"), Lines()) << "29 letters";
}

TEST(BriefLines, PlansOfTheNextThirtyDaysAreToldOnce) {
  Told t;
  t.act("2031-05-10", "CONSULT", "planned", "2031-05-20", "will meet in Olm");
  t.act("2031-05-11", "CONSULT", "planned", "2031-05-20", "are to talk");
  t.act("2031-05-11", "CONSULT", "planned", "2031-05-13", "will have met");
  t.act("2031-05-11", "AID", "planned", "2031-06-13", "will give fish");
  t.act("2031-05-11", "AID", "planned", "2031-06-14", "will give bread");
  const Lines lines = t.lines("Ahead");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].starts_with("Tue 20 May: Norway met or spoke with Iceland")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("Fri 13 Jun: Norway gave aid to Iceland")) << lines[1];
}

TEST(BriefLines, ASectionHasTwelveAtMost) {
  Told t;
  for (int day = 15; day < 29; ++day)
    t.act("2031-05-14", "AID", "planned", "2031-05-" + std::to_string(day), "will give fish");
  EXPECT_EQ(t.lines("Ahead").size(), 12u);
}

// In plain words where they tell an act, else in the text's own; what is not sure is left out, and a
// plan is no deed.
TEST(BriefLines, AreSaidInPlainWords) {
  Told t;
  t.act("2031-05-14", "CONSULT", "occurred", "2031-05-14", "talked in Olm");
  t.act("2031-05-14", "COERCE", "occurred", "2031-05-14", "imposed a fine on all of its boats");
  t.act("2031-05-14", "PROTEST", "possible", "2031-05-14", "may protest loudly");
  t.act("2031-05-14", "CONSULT", "planned", "2031-05-20", "will talk at sea");
  t.act("2031-05-14", "ASSAULT", "occurred", "2031-05-14", "hit it, perhaps", true, 0.01);
  const BriefWords words = brief_words(test::plain_words(), test::sure_limits());
  std::vector<std::string> lines;
  for (const Brief::Section& s : make_brief(t.ledger, "2031-05-14", "2031-05-14", words).sections)
    for (const Brief::Line& l : s.lines)
      if (s.title == "What happened" || s.title == "Ahead")
        lines.push_back(l.text + " “" + l.evidence + "”");
  EXPECT_EQ(lines, (Lines{"Norway held talks with Iceland “talked in Olm”",
                          "Norway: imposed a fine on all of its boats “”",
                          "Norway may protest against Iceland “may protest loudly”",
                          "Tue 20 May: Norway is to hold talks with Iceland “will talk at sea”"}));
}

TEST(BriefLines, WordsThatNameTheDoerDoNotNameItTwice) {
  Told t;
  t.act("2031-05-14", "COERCE", "occurred", "2031-05-14", "Norway imposed a fine on all boats");
  const BriefWords words = brief_words(test::plain_words(), test::sure_limits());
  for (const Brief::Section& s : make_brief(t.ledger, "2031-05-14", "2031-05-14", words).sections)
    if (s.title == "What happened") {
      EXPECT_EQ(s.lines[0].text, "Norway imposed a fine on all boats");
    }
  EXPECT_TRUE(in_own_words(test::plain_words(), "CONSULT", "meet", "its ambassador"));
  EXPECT_FALSE(in_own_words(test::plain_words(), "CONSULT", "meet", "Iceland"));
}

}  // namespace
}  // namespace chancery
