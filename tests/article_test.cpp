#include <gtest/gtest.h>

#include "article/byline.h"
#include "article/charset.h"
#include "article/header_date.h"
#include "article/html.h"
#include "article/lines.h"
#include "article/load.h"
#include "article/plain_text.h"
#include "base/error.h"
#include "base/strings.h"
#include "support.h"

namespace chancery {
namespace {

TEST(HeaderDate, ReadsManyForms) {
  auto date = [](const char* text) { return header_date(text).value_or("none"); };
  // Zones by name, as feeds write them; a year of two digits, as RFC 822 had it.
  EXPECT_EQ(date("Sun, 11 May 2031 22:18:00 EST"), "2031-05-11T22:18:00-05:00");
  EXPECT_EQ(date("Sun, 11 May 2031 22:18:00 PDT"), "2031-05-11T22:18:00-07:00");
  EXPECT_EQ(date("Sun, 11 May 2031 22:18:00 UT"), "2031-05-11T22:18:00Z");
  EXPECT_EQ(date("Sun, 11 May 2031 22:18:00 Z"), "2031-05-11T22:18:00Z");
  EXPECT_EQ(date("Sun, 11 May 2031 22:18:00 CEST"), "2031-05-11T22:18:00+02:00");
  EXPECT_EQ(date("May 11, 2031 8:19 p.m. EDT"), "2031-05-11T20:19-04:00");
  EXPECT_EQ(date("2031-05-11T22:18:00+02"), "2031-05-11T22:18:00+02:00");
  EXPECT_EQ(date("Sun, 11 May 31 22:18:00 GMT"), "2031-05-11T22:18:00Z");
  EXPECT_EQ(date("Sun, 11 May 2031 22:18:00 ABC"), "2031-05-11T22:18:00");
  EXPECT_EQ(date("Posted September. 23, 2025 08:19"), "2025-09-23T08:19");
  EXPECT_EQ(date("2025-09-23T08:19:00+09:00"), "2025-09-23T08:19:00+09:00");
  EXPECT_EQ(date("Tue, 23 Sep 2025 08:19:05 GMT"), "2025-09-23T08:19:05Z");
  EXPECT_EQ(date("23 Sept 2025, 8:19 pm"), "2025-09-23T20:19");
  EXPECT_EQ(date("31. Mai 2012"), "2012-05-31");
  EXPECT_EQ(date("Publié le 4 août 2019"), "2019-08-04");
  EXPECT_EQ(date("09/23/2025"), "2025-09-23");
  EXPECT_EQ(date("23/09/2025"), "2025-09-23");
  EXPECT_EQ(date("February 30, 2025"), "none");
  EXPECT_EQ(date("Chapter 12, page 7"), "none");
  EXPECT_EQ(date("the mayor of 3 towns, 2025"), "none");
}

TEST(Byline, NamesWithoutTheRest) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(byline_names("By Marta Lindqvist and Owen Achebe"),
            (Names{"Marta Lindqvist", "Owen Achebe"}));
  EXPECT_EQ(byline_names("Oh-Hyuk Kwon hyuk@harbour.example"), (Names{"Oh-Hyuk Kwon"}));
  EXPECT_EQ(byline_names("Staff reporter, Reuters"), Names{});
  EXPECT_EQ(byline_names("Ana Ruiz, Foreign Correspondent"), (Names{"Ana Ruiz"}));
}

TEST(Html, TakesTheReportAndLeavesThePage) {
  Article a = read_html(read_file(test::source_dir() + "/examples/accord.html"));
  EXPECT_EQ(a.title, "Iceland offers talks on herring if Norway lifts port ban");
  EXPECT_EQ(a.published, "2031-05-14T07:40:00+00:00");
  EXPECT_EQ(a.updated, "2031-05-14T09:05:00+00:00");
  EXPECT_EQ(a.publisher, "The Harbour Courier");
  EXPECT_EQ(a.byline, (std::vector<std::string>{"Marta Lindqvist", "Owen Achebe"}));
  EXPECT_TRUE(a.text.starts_with("REYKJAVIK, May 14 — Icelandic Prime Minister")) << a.text;
  EXPECT_TRUE(a.text.ends_with("imposed tariffs on Norwegian salmon.")) << a.text;
  for (const char* furniture : {"cookies", "newsletter", "Related", "cod wars", "Comments", "Tags",
                                "All rights", "Trawlers in the port", "Share", "Skip"})
    EXPECT_EQ(a.text.find(furniture), std::string::npos) << furniture;
}

TEST(Html, SurvivesDeepAndBrokenPages) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  deep +=
      "<p>The minister said on Tuesday that the talks would go on, and nobody left the room, she "
      "added.</p>";
  EXPECT_NE(read_html(deep).text.find("nobody left"), std::string::npos);
  EXPECT_THROW(read_html("<html><body></body></html>"), Error);
  EXPECT_THROW(read_html(std::string(kLongestPage + 1, 'x')), Error);
  std::string page = read_file(test::source_dir() + "/examples/accord.html");
  for (size_t cut = 0; cut < page.size(); cut += 97) {
    try {
      read_html(page.substr(0, cut));
    } catch (const Error&) {}
  }
}

TEST(PlainText, DropsFurnitureAndKeepsTheHeader) {
  Article a = read_plain_text(
      "Go to contents\n\nPremier to visit Norvania\n\nPremier to visit Norvania\n\nPosted May. 3, "
      "2031 08:19,\n\nUpdated May. 3, 2031 09:00\n\nPremier to visit Norvania\n\n"
      "The premier of Olm will visit Norvania next week, his office said on Friday, and will meet "
      "the queen.\n\nRead more\n\nNobody had expected the visit, a diplomat said in "
      "Zaravec.\n\nIda Marr ida@harbour.example");
  EXPECT_EQ(a.title, "Premier to visit Norvania");
  EXPECT_EQ(a.published, "2031-05-03T08:19");
  EXPECT_EQ(a.updated, "2031-05-03T09:00");
  EXPECT_EQ(a.byline, std::vector<std::string>{"Ida Marr"});
  EXPECT_EQ(a.text,
            "The premier of Olm will visit Norvania next week, his office said on Friday, and will "
            "meet the queen.\n\nNobody had expected the visit, a diplomat said in Zaravec.");
}

// Headline, paper and day without a blank line between them are no wrapped paragraph.
TEST(PlainText, AHeadWithADateIsNotJoined) {
  const std::string body =
      "\n\nOLM, May 5 - Norway closed its ports to the trawlers of Iceland on Monday, officials "
      "said.\n";
  Article a = read_plain_text(
      "Norway closes its ports to the trawlers of Iceland\nThe Olm "
      "Courier\n5 May 2031" +
      body);
  EXPECT_EQ(a.title, "Norway closes its ports to the trawlers of Iceland");
  EXPECT_EQ(a.published, "2031-05-05");
  EXPECT_TRUE(a.text.starts_with("OLM, May 5"));
  a = read_plain_text(
      "Communique of the foreign ministers of Norway and Iceland\nOlm, 14 February "
      "2031" +
      body);
  EXPECT_EQ(a.published, "2031-02-14");
  // A wrapped paragraph that ends with a day is one.
  a = read_plain_text(
      "Norway closed its ports to the trawlers of Iceland when the\nministers of "
      "both states had met in the harbour of Olm on\n5 May 2031.\n");
  EXPECT_TRUE(a.text.ends_with("of Olm on 5 May 2031.")) << a.text;
}

TEST(PlainText, JoinsWrappedLines) {
  Article a = read_plain_text(
      "The premier of Olm will visit Norvania next week, his office said\non Friday, and will meet "
      "the queen in the new palace there with\nhis ministers and guards.\n");
  EXPECT_EQ(a.text.find('\n'), std::string::npos) << a.text;
}

TEST(Charset, ReadsWhatIsDeclaredAndWhatIsNot) {
  EXPECT_EQ(to_utf8("caf\xE9", "iso-8859-1"), "café");
  EXPECT_EQ(to_utf8("\x93quote\x94", "iso-8859-1"), "“quote”")
      << "latin-1 of the web is windows-1252";
  EXPECT_EQ(to_utf8("caf\xC3\xA9", "iso-8859-1"), "café") << "valid UTF-8 is UTF-8";
  EXPECT_EQ(to_utf8(std::string("\xFF\xFE"
                                "a\0b\0",
                                6),
                    ""),
            "ab");
  EXPECT_EQ(declared_charset(
                "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\">"),
            "shift_jis");
  EXPECT_TRUE(
      looks_binary(std::string("\x7F"
                               "ELF\x01\x01\0\0\0\0\0\0\0\0",
                               14)));
  EXPECT_FALSE(looks_binary("A plain line.\n"));
}

TEST(Line, SaysWhatIsWrong) {
  EXPECT_EQ(parse_article_line(R"({"id":"a","text":"Olm met Norvania.","published":"2031-05-03"})")
                .published,
            "2031-05-03");
  EXPECT_EQ(
      parse_article_line(R"({"id":7,"text":"Some words in English are here for all to see."})").id,
      "7");
  EXPECT_THROW(parse_article_line("{"), Error);
  EXPECT_THROW(parse_article_line("[1,2]"), Error);
  EXPECT_THROW(parse_article_line(R"({"id":"a"})"), Error);
  EXPECT_THROW(parse_article_line(R"({"id":"a","text":5})"), Error);
  EXPECT_THROW(parse_article_line(R"({"text":"x","published":"sometime"})"), Error);
  EXPECT_THROW(parse_article_line(std::string(1000000, '[')), Error);
}

TEST(Lines, AreBounded) {
  test::Folder folder;
  std::string path = folder.write("l.jsonl", "short\n" + std::string(5000, 'x') + "\nlast");
  LineReader lines(path, 1000);
  std::string line;
  bool too_long;
  ASSERT_TRUE(lines.next(line, too_long));
  EXPECT_EQ(line, "short");
  ASSERT_TRUE(lines.next(line, too_long));
  EXPECT_TRUE(too_long);
  ASSERT_TRUE(lines.next(line, too_long));
  EXPECT_EQ(line, "last");
  EXPECT_FALSE(too_long);
  EXPECT_EQ(lines.number(), 3);
  EXPECT_FALSE(lines.next(line, too_long));
}

}  // namespace
}  // namespace chancery

namespace chancery {
namespace {

std::string bare_page(const std::string& title, const std::string& body) {
  return "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1>" + body +
         "</body></html>";
}

TEST(Html, PagesThatHoldNoArticleAreNamedAsSuch) {
  auto refusal = [](const std::string& html) {
    try {
      read_html(html);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(
      refusal(
          bare_page(
              "404 Not Found",
              "<p>The page that you are looking for cannot be found on this server, sorry.</p>"))
          .find("page not found"),
      std::string::npos);
  EXPECT_NE(refusal(bare_page("Just a moment...",
                              "<p>Please wait while we check your browser, it takes a few seconds "
                              "to complete.</p>"))
                .find("robots"),
            std::string::npos);
  EXPECT_NE(
      refusal(
          bare_page(
              "Access denied",
              "<p>You have no permission to see this page on this server, says the server.</p>"))
          .find("refused"),
      std::string::npos);
  EXPECT_EQ(refusal(bare_page("404 dead in floods",
                              "<p>The river rose overnight, officials said, and many people died "
                              "in the worst floods of the decade.</p>")),
            "");
}

TEST(Html, NearlyEmptyAndPaidPagesCarryANote) {
  Article few = read_html(
      bare_page("Herring", "<p>The ministers met in Turku on Monday, officials said.</p>"));
  ASSERT_EQ(few.notes.size(), 1u);
  EXPECT_TRUE(few.notes[0].starts_with("nearly empty"));
  std::string paragraph =
      "<p>The ministers of the two states met in Turku on Monday, and after a day of talks, which "
      "began at dawn, they parted without an accord, officials said.</p>";
  std::string second =
      "<p>The hosts, who had hoped for more, said that the herring would not wait for the "
      "ministers, and that the boats would sail again in the autumn, accord or not.</p>";
  Article paid = read_html(
      bare_page("Herring", paragraph + second +
                               "<p>And then more, of which we say little.</p><div>Already a "
                               "subscriber? Sign in to read.</div>"));
  ASSERT_EQ(paid.notes.size(), 1u);
  EXPECT_NE(paid.notes[0].find("paywall"), std::string::npos);
  Article open = read_html(
      bare_page("Herring", paragraph + second + "<p>And then more, of which we say little.</p>"));
  EXPECT_TRUE(open.notes.empty());
}

TEST(Html, AttributesNobodyReadsDoNotChangeTheText) {
  std::string text =
      "<p>The ministers of the two states met in Turku on Monday, and after a day of talks, they "
      "parted without an accord.</p><p>Nobody, not even the hosts, said when they would meet "
      "again, officials said.</p>";
  Article plain = read_html(bare_page("Herring", text));
  std::string noisy = replace_all(
      text, "<p>",
      "<p data-x=\"a > b\" onclick='go(\"x\")' data-y=unquoted class = \"story\" / hidden2>");
  EXPECT_EQ(read_html(bare_page("Herring", noisy)).text, plain.text);
}

TEST(Html, AuthorsBesideTheText) {
  std::string text =
      "<p>The ministers of the two states met in Turku on Monday, and after a day of talks, they "
      "parted without an accord.</p><p>Nobody, not even the hosts, said when they would meet "
      "again, officials said.</p>";
  auto byline = [&](const std::string& box) {
    return join(read_html(bare_page("Herring", box + text)).byline, "; ");
  };
  EXPECT_EQ(byline("<div>By Ana Ruiz and Ben Okoye</div>"), "Ana Ruiz; Ben Okoye");
  EXPECT_EQ(byline("<div><b>Von:</b><br><br>Klaus Berg</div>"), "Klaus Berg");
  EXPECT_EQ(byline("<div>14.05.2031 - Redaktion: Klaus Berg</div>"), "Klaus Berg");
  EXPECT_EQ(byline("<a href='/author/mia-holm'>Mia Holm</a>"), "Mia Holm");
  EXPECT_EQ(byline("<span class='username'>seadog</span>"), "seadog");
  EXPECT_EQ(byline("<div class='byline'>News Desk</div>"), "");
}

}  // namespace
}  // namespace chancery

// What users of other extractors complain of, each a test.
namespace chancery {
namespace {

const std::string kLead = "<p>Oslo, May 3.</p><p>The two ministers met again.</p>";
const std::string kText =
    "<p>The ministers of the two states met in Turku on Monday, and after a day of talks, which "
    "began at dawn, they parted without an accord, officials said.</p>"
    "<p>The hosts, who had hoped for more, said that the herring would not wait for the ministers, "
    "and that the boats would sail again in the autumn.</p>"
    "<p>Nobody, not even the hosts, said when the two would meet again, or where, but the talks go "
    "on by letter, a spokeswoman said.</p>";

TEST(Complaints, PublishedAndUpdatedAreNotSwapped) {
  Article a = read_html(
      "<html><head><meta property='article:modified_time' content='2031-05-20T10:00:00Z'><meta "
      "property='article:published_time' "
      "content='2031-05-14T08:00:00Z'></head><body><h1>Herring</h1><time "
      "datetime='2031-05-20T10:00:00Z'>updated</time>" +
      kText + "</body></html>");
  EXPECT_EQ(a.published.substr(0, 10), "2031-05-14");
  EXPECT_EQ(a.updated.substr(0, 10), "2031-05-20");
}

TEST(Complaints, LiveBlogsKeepTheDateTheyBeganOn) {
  Article a = read_html(
      "<html><head><script "
      "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Live: "
      "talks\",\"datePublished\":\"2031-05-14T06:00:00Z\",\"dateModified\":\"2031-05-15T21:00:"
      "00Z\"}</script></head><body><h1>Live: talks</h1>"
      "<article><time datetime='2031-05-15T20:59:00Z'>20:59</time>" +
      kText + "</article></body></html>");
  EXPECT_EQ(a.published.substr(0, 10), "2031-05-14");
}

TEST(Complaints, ShortOpeningParagraphsStay) {
  Article a = read_html("<html><body><article><h1>Herring</h1>" + kLead + kText +
                        "</article></body></html>");
  EXPECT_NE(a.text.find("The two ministers met again."), std::string::npos) << a.text;
}

TEST(Complaints, AllAuthorsAndNoDateline) {
  Article a = read_html(
      "<html><head><script "
      "type='application/"
      "ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Herring\",\"author\":[{\"name\":\"Ana "
      "Ruiz\"},{\"name\":\"Ben Okoye\"}]}</script></head><body><h1>Herring</h1>" +
      kText + "</body></html>");
  EXPECT_EQ(join(a.byline, ";"), "Ana Ruiz;Ben Okoye");
  Article none = read_html(
      "<html><body><article><h1>Herring</h1><p>TURKU, Finland, May 14 -- The ministers met again "
      "on Monday, officials said, and parted late.</p>" +
      kText + "</article></body></html>");
  EXPECT_TRUE(none.byline.empty()) << join(none.byline, ";");
}

TEST(Complaints, ConsentWallsAreNoText) {
  std::string wall =
      "<div class='cookie-consent'><p>We and our partners store and access information on your "
      "device, such as cookies, and process personal data, with your consent.</p><p>You can change "
      "your choice at any time, in the settings, at the foot of each page of this site.</p></div>";
  Article a = read_html("<html><body>" + wall + "<article><h1>Herring</h1>" + kText +
                        "</article></body></html>");
  EXPECT_EQ(a.text.find("partners"), std::string::npos);
}

TEST(Complaints, IndexPagesAreNotGluedIntoOneArticle) {
  std::string teasers, links;
  for (int i = 0; i < 12; ++i)
    links += "<h3><a href='/n/" + std::to_string(i) + "'>Ministers meet in town number " +
             std::to_string(i) + " again</a></h3>";
  for (int i = 0; i < 12; ++i)
    teasers +=
        "<div><h3><a href='/n/" + std::to_string(i) + "'>Ministers meet in town number " +
        std::to_string(i) + " again</a></h3><p>The ministers of the two states met in town " +
        std::to_string(i) + " on Monday, and after talks, they parted, officials said.</p></div>";
  EXPECT_THROW(read_html("<html><body><h1>World</h1><main>" + teasers + "</main></body></html>"),
               Error);
  EXPECT_NO_THROW(read_html("<html><body><article><h1>Herring</h1>" + kText +
                            "</article><div class='related'>" + links + "</div></body></html>"));
}

TEST(Complaints, OldCharsetsOfEastAsia) {
  // "日本" in Shift_JIS and "中国" in GBK, repeated into a paragraph.
  auto page = [](const std::string& charset, const std::string& word) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += word;
    return "<html><head><meta http-equiv='Content-Type' content='text/html; charset=" + charset +
           "'></head><body><p>" + text + ".</p></body></html>";
  };
  auto text_of = [](const std::string& bytes) {
    return read_html(to_utf8(bytes, declared_charset(bytes))).text;
  };
  EXPECT_NE(text_of(page("Shift_JIS", "\x93\xFA\x96\x7B")).find("日本日本"), std::string::npos);
  EXPECT_NE(text_of(page("GBK", "\xD6\xD0\xB9\xFA")).find("中国中国"), std::string::npos);
}

}  // namespace
}  // namespace chancery
