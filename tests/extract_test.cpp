// Pages → articles: which blocks belong to the text, what the head says, and the forms that
// `chancery extract` writes. All pages are invented.
#include <gtest/gtest.h>

#include <thread>

#include "article/block_judge.h"
#include "article/html.h"
#include "article/json_ld.h"
#include "article/json_repair.h"
#include "article/load.h"
#include "article/render.h"
#include "article/rule_body.h"
#include "base/error.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

const std::string kFirst =
    "<p>Norvania and Olm agreed on Tuesday to share the water of the Sund, ending nine years of "
    "quarrels over who may draw it and when.</p>";
const std::string kLast =
    "<p>The two ministers signed the paper in Turku after a long night. It lets both states build "
    "a lock, and sets a day for the first boats, which is in May.</p>";

std::string page(const std::string& head, const std::string& top, const std::string& middle = "",
                 const std::string& title = "Olm and Norvania share the Sund") {
  return "<!DOCTYPE html><html lang='en'><head><title>" + title + "</title>" + head +
         "</head><body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>" +
         title + "</h1>" + top + kFirst + middle + kLast +
         "</article><footer>© 2031 The Sund Post. All rights reserved.</footer></body></html>";
}

std::string text_of_page(const std::string& top, const std::string& middle = "") {
  return read_html(page("", top, middle)).text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// ---- what belongs to the text ----

TEST(Blocks, AParagraphThatIsOneLinkStays) {
  EXPECT_TRUE(holds(text_of_page("",
                                 "<div class='rich'><p><a href='/live'><b>On Sunday four pilots "
                                 "of the harbour of Zaravec said that they had not moved the "
                                 "buoys, and asked the court to hear them.</b></a></p></div>"),
                    "On Sunday four pilots"));
}

TEST(Blocks, LettersInBoxesOfTheirOwnMakeOneWord) {
  EXPECT_TRUE(holds(text_of_page("<p><span class='drop'>M</span><small>ia Holm’s</small> year as "
                                 "minister of water ended on Friday in the way it had begun.</p>"),
                    "Mia Holm’s year"));
}

TEST(Blocks, ALeadSetAsHeadingStays) {
  EXPECT_TRUE(holds(text_of_page("<h2>Mia Holm said that the paper would hold for a decade, and "
                                 "that both houses would vote for it before the summer.</h2>"),
                    "Mia Holm said that the paper"));
}

TEST(Blocks, ListsOfTheTextStay) {
  std::string text = text_of_page(
      "",
      "<ul><li><span>Each state draws a third of the water in a dry year</span></li><li><span>"
      "No lock may be closed for longer than a week</span></li></ul>");
  EXPECT_TRUE(holds(text, "Each state draws a third"));
  EXPECT_TRUE(holds(text, "No lock may be closed"));
  text = text_of_page("",
                      "<ul>The fishers asked the ministry to answer by June, and said what "
                      "they want:<li>The old rules must stay in force for now.</li></ul>");
  EXPECT_TRUE(holds(text, "The fishers asked the ministry"));
  EXPECT_TRUE(holds(text, "The old rules must stay"));
}

TEST(Blocks, APageWithoutBoxesIsRead) {
  std::string text =
      read_html(
          "<html><head><title>What the port said</title></head><body><h1>What the port said</h1>\n"
          "<p>The port of Olm answered the letters of this paper on Monday, one after the other:\n"
          "<ul><li>Two tugs left the inner basin on the night of June 4 without a pilot aboard.\n"
          "<li>The harbour master knew of it, and had told the ministry by telephone.</ul>\n"
          "<p>The harbour master, Jon Berg, would not say whether he would stay.\n</body></html>")
          .text;
  for (const char* part : {"answered the letters", "Two tugs left", "knew of it", "would not say"})
    EXPECT_TRUE(holds(text, part)) << part << " in " << text;
}

TEST(Blocks, CaptionsGoAndTheTextGoesOn) {
  std::string text = text_of_page(
      "",
      "<div class='embed'><img src='a.jpg'><div class='picture__caption'>The lock at Turku in "
      "May 2031.</div></div><figure><img src='b.jpg'><figcaption>Boats wait. Photo: A. "
      "Ruiz</figcaption></figure>");
  EXPECT_FALSE(holds(text, "The lock at Turku in May"));
  EXPECT_FALSE(holds(text, "Boats wait"));
  EXPECT_TRUE(holds(text, "signed the paper"));
}

TEST(Blocks, LineBreaksKeepWordsApart) {
  EXPECT_TRUE(holds(text_of_page("<p>Who will pay for the lock?<br>Olm wants to ask the court in "
                                 "Turku before anybody else does so.</p>"),
                    "lock? Olm wants"));
}

TEST(Blocks, AQuotationKeepsWhoSaidIt) {
  std::string text = text_of_page(
      "",
      "<blockquote><p>We waited nine years for this, and we shall not wait for a tenth.</p>"
      "<cite>Mia Holm, minister of water</cite></blockquote>");
  EXPECT_TRUE(holds(text, "We waited nine years"));
  EXPECT_TRUE(holds(text, "Mia Holm, minister of water"));
}

TEST(Blocks, TextInDivisionsAndLineBreaksIsText) {
  std::string first =
      "Norvania and Olm agreed on Tuesday to share the water of the Sund, after nine years.";
  std::string second =
      "The two ministers signed the paper in Turku after a long night of talks and tea.";
  std::string third = "It lets both states build a lock, and sets a day for the first boats.";
  for (const std::string& body :
       {"<div>" + first + "</div><div>" + second + "</div><div>" + third + "</div>",
        first + "<br><br>" + second + "<br><br>" + third,
        first + "<br>" + second + "<br>" + third}) {
    std::string text = read_html(
                           "<html><head><title>The Sund</title></head><body><h1>The Sund</h1>"
                           "<div class='text'>" +
                           body + "</div></body></html>")
                           .text;
    for (const std::string& part : {first, second, third}) EXPECT_TRUE(holds(text, part)) << text;
  }
}

TEST(Blocks, LongLinesBetweenBreaksAreParagraphs) {
  std::string line =
      "The two ministers signed the paper in Turku after a long night of talks, and "
      "then went home by the first boat.";
  Article a = read_html("<html><body><h1>The Sund</h1><p>" + line + "<br>" + line.substr(0, 60) +
                        " and more of it came later, which nobody had expected to come.<br>" +
                        line + " Or so they said.</p></body></html>");
  EXPECT_GE(a.parts.size(), 3u) << a.text;
}

TEST(Blocks, WhatLeadsAwayIsLeftOut) {
  std::string text = text_of_page(
      "",
      "<p class='inline-related'><a href='/a'>READ MORE: Why the Sund dries up every summer</a></p>"
      "<div class='newsletter-box'><p>Sign up for our newsletter and get the news of the Sund "
      "every "
      "morning in your inbox.</p></div>"
      "<div class='related-articles'><h3>Related</h3><ul><li><a href='/b'>Olm builds a second "
      "bridge</a></li><li><a href='/c'>Norvania's boats stay in port</a></li></ul></div>");
  for (const char* part : {"READ MORE", "newsletter", "second bridge", "stay in port"})
    EXPECT_FALSE(holds(text, part)) << part;
  EXPECT_TRUE(holds(text, "agreed on Tuesday"));
  EXPECT_TRUE(holds(text, "signed the paper"));
}

TEST(Blocks, CommentsAreNotTheArticle) {
  std::string html = page("", "");
  html.insert(
      html.find("<footer>"),
      "<section id='comments' class='comments'><h3>2 comments</h3><div class='comment'><p>I "
      "never believed that they would sign it, but there you are, they did, well "
      "done.</p></div><div class='comment'><p>Who will pay for all of these locks in the "
      "end? We will, as always, says my uncle.</p></div></section>");
  std::string text = read_html(html).text;
  EXPECT_FALSE(holds(text, "never believed"));
  EXPECT_FALSE(holds(text, "my uncle"));
  EXPECT_TRUE(holds(text, "signed the paper"));
}

TEST(Blocks, TheNextArticleIsAnother) {
  auto post = [](const std::string& title, const std::string& text) {
    return "<article class='post'><h1>" + title + "</h1>" + text + "</article>";
  };
  std::string long_text = kFirst + kLast + kFirst.substr(0, kFirst.size() - 4) + " Or so.</p>";
  std::string other =
      "<p>The mayor of Zaravec said on Monday that the old theatre would be sold to the highest "
      "bidder, and that nothing else could be done about its roof.</p><p>Three bidders came, two "
      "of "
      "them from abroad, and one of them wants to make it a school of dance and of song.</p><p>The "
      "council votes in June, and the seats are full already, the mayor said.</p>";
  std::string text = read_html(
                         "<html><head><title>Olm and Norvania share the Sund</title></head>"
                         "<body><main>" +
                         post("Olm and Norvania share the Sund", long_text) +
                         post("Theatre for sale", other) + "</main></body></html>")
                         .text;
  EXPECT_TRUE(holds(text, "signed the paper"));
  EXPECT_FALSE(holds(text, "theatre"));
}

TEST(Blocks, ADocumentInAnAttributeIsNoText) {
  std::string data;
  for (int i = 0; i < 900; ++i) data += "<p>Buy the boat number " + std::to_string(i) + " now.</p>";
  std::string text = text_of_page("<div data-state=\"" + data + "\"></div>");
  EXPECT_FALSE(holds(text, "Buy the boat")) << text.substr(0, 200);
  EXPECT_TRUE(holds(text, "Norvania and Olm agreed"));
  // Quotes that never close cost their tag alone, and no more time than the page is long.
  std::string open;
  for (int i = 0; i < 20000; ++i) open += "<i title=\"x>";
  EXPECT_TRUE(holds(text_of_page("", "<p>" + open + "Both said so.</p>"), "share the water"));
}

TEST(Blocks, RightToLeftPagesAreRead) {
  std::string sentence =
      "قال وزير المياه يوم الثلاثاء إن البلدين اتفقا على تقاسم مياه المضيق بعد تسع سنوات من "
      "الخلاف، "
      "وإن القوارب ستبحر في مايو.";
  Article a = read_html(
      "<html dir='rtl' lang='ar'><body><nav><a href='/'>الرئيسية</a></nav>"
      "<article><h1>اتفاق على المياه</h1><p>" +
      sentence + "</p><p>" + sentence +
      " وأضاف ذلك لاحقا.</p></article></body>"
      "</html>");
  EXPECT_TRUE(holds(a.text, sentence));
  EXPECT_FALSE(holds(a.text, "الرئيسية"));
}

// ---- the judge and its model ----

Page cut(const std::string& html, PageHeader& header, int& body) {
  // The tree must live as long as its boxes' nodes are looked at.
  static std::vector<std::unique_ptr<PageTree>> trees;
  ScannedPage scanned = scan_page(html);
  trees.push_back(std::make_unique<PageTree>(scanned.html));
  header = read_page_header(scanned, *trees.back());
  Page page = cut_into_blocks(*trees.back());
  body = apply_rules_of_thumb(page, header.title);
  return page;
}

TEST(BlockJudge, TheModelCompiledInIsTheOneInTheFolder) {
  PageHeader header;
  int body = -1;
  Page page = cut(read_file(test::source_dir() + "/examples/accord.html"), header, body);
  BlockFeatures features = block_features(page, header, body);
  BlockJudge file = BlockJudge::load(test::source_dir() + "/models/blocks.model");
  EXPECT_EQ(file.judge(page, header, body), BlockJudge::shipped().judge(page, header, body));
  EXPECT_EQ(features.width, block_feature_names().size());
  EXPECT_EQ(features.dense.size(), page.blocks.size() * features.width);
}

TEST(BlockJudge, ADamagedOrStrangeModelIsRefused) {
  test::Folder folder;
  std::string bytes = read_file(test::source_dir() + "/models/blocks.model");
  ASSERT_LT(bytes.size(), 2u << 20);
  std::string altered = bytes;
  altered[altered.size() / 3] ^= 1;
  EXPECT_THROW(BlockJudge::load(folder.write("b.model", altered)), StartError);
  EXPECT_THROW(BlockJudge::load(folder.write("b.model", bytes.substr(0, 5000))), StartError);
  EXPECT_THROW(BlockJudge::load(folder.file("none.model")), StartError);
  EXPECT_THROW(BlockJudge::load(test::source_dir() + "/models/chancery-fast.model"), StartError)
      << "the language model is none of blocks";
}

TEST(BlockJudge, ThreadsAgree) {
  std::string html = read_file(test::source_dir() + "/examples/accord.html");
  std::string one = article_to_json(read_html(html));
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results)
    threads.emplace_back([&] { result = article_to_json(read_html(html)); });
  for (std::thread& t : threads) t.join();
  for (const std::string& result : results) EXPECT_EQ(result, one);
}

TEST(BlockJudge, SettlesWhatTheSequenceForbids) {
  PageHeader header;
  int body = -1;
  Page page =
      cut("<html><body><h1>Olm shares the Sund</h1><p>One long sentence on the Sund, which goes on "
          "for a "
          "while.</p><h2>Also</h2><p>One long sentence on the Sund, which goes on for a "
          "while.</p><h2>Elsewhere</h2></body></html>",
          header, body);
  ASSERT_EQ(page.blocks.size(), 5u);
  // All are text or headings to the judge; the headline is told, the copy and what then announces
  // nothing go.
  std::vector<float> p(5 * kBlockKinds, 0.0f);
  for (size_t i : {0, 1, 3}) p[i * kBlockKinds] = 1;
  for (size_t i : {2, 4}) p[i * kBlockKinds + 1] = 1;
  std::vector<BlockKind> kinds = settle_blocks(page, header, p);
  EXPECT_EQ(kinds[1], BlockKind::text);
  for (size_t i : {0, 2, 3, 4}) EXPECT_FALSE(of_the_text(kinds[i])) << i;
}

TEST(BlockJudge, TheWholeArticleAgainInOnePieceIsLeftOut) {
  PageHeader header;
  int body = -1;
  std::string first =
                  "Olm opens the second lock of the Sund on Monday, its minister of water said.",
              next =
                  "Boats of both states may pass it by day, and fishermen at any hour they like.";
  Page page = cut("<html><body><h1>Locks</h1><p>" + first + "</p><p>" + next + "</p><div>" + first +
                      " " + next + " Nobody pays.</div><div>" + first + " That was all he said." +
                      "</div></body></html>",
                  header, body);
  ASSERT_EQ(page.blocks.size(), 5u);
  std::vector<float> p(5 * kBlockKinds, 0.0f);
  for (size_t i = 0; i < 5; ++i) p[i * kBlockKinds] = 1;
  std::vector<BlockKind> kinds = settle_blocks(page, header, p);
  for (size_t i : {1, 2, 4}) EXPECT_TRUE(of_the_text(kinds[i])) << i;
  EXPECT_FALSE(of_the_text(kinds[3]));
}

TEST(BlockJudge, CookiesAndPicturesFromTheArchiveAreNoText) {
  auto kinds_of = [](const std::string& title) {
    PageHeader header;
    int body = -1;
    Page page = cut("<html><body><h1>" + title + "</h1><p>" + title +
                        " was the talk of the town for a week, and longer in the harbour.</p><p>We "
                        "use cookies so that this website can count its readers.</p><p>FILE - The "
                        "lock of Olm as it was in spring.</p></body></html>",
                    header, body);
    std::vector<float> p(4 * kBlockKinds, 0.0f);
    for (size_t i = 0; i < 4; ++i) p[i * kBlockKinds] = 1;
    return settle_blocks(page, header, p);
  };
  std::vector<BlockKind> kinds = kinds_of("The lock of Olm");
  EXPECT_EQ(kinds[1], BlockKind::text);
  EXPECT_EQ(kinds[2], BlockKind::furniture);
  EXPECT_EQ(kinds[3], BlockKind::caption);
  EXPECT_EQ(kinds_of("The cookie law of Olm")[2], BlockKind::text);
}

// ---- what the head says ----

std::string told(const Article& a) { return a.published + " " + join(a.byline, "; "); }

std::string with_json(const std::string& json) {
  return told(read_html(page("<script type='application/ld+json'>" + json + "</script>", "")));
}

const std::string kGood =
    R"({"@type":"NewsArticle","headline":"Olm and Norvania share the Sund","datePublished":"2031-05-13T07:00:00Z","author":{"@type":"Person","name":"Mia Holm"}})";

TEST(JsonLd, SmallFaultsAreRepaired) {
  const std::string right = "2031-05-13T07:00:00Z Mia Holm";
  EXPECT_EQ(with_json(kGood), right);
  EXPECT_EQ(with_json(replace_all(kGood, "Norvania share", "Norvania\n\tshare")), right);
  EXPECT_EQ(with_json("\n//<![CDATA[\n" + kGood + "\n//]]>\n"), right);
  EXPECT_EQ(with_json("<!-- " + kGood + " -->"), right);
  EXPECT_EQ(with_json("/* article */ " + kGood + ";"), right);
  EXPECT_EQ(with_json(replace_all(kGood, "}}", ",},}")), right);
  EXPECT_EQ(with_json(replace_all(kGood, "\",\"date", "\" \"date")), right) << "a comma is missing";
  EXPECT_EQ(with_json(replace_all(kGood, "Olm and", "The \"Olm\" and")), right);
  EXPECT_EQ(with_json(replace_all(kGood, "Olm and", R"(Olm\'s and)")), right);
  EXPECT_EQ(with_json(kGood.substr(0, kGood.size() - 2)), right) << "brackets left open";
  EXPECT_EQ(with_json(replace_all(kGood, "\"", "&quot;")), right);
  EXPECT_EQ(
      with_json(replace_all(kGood, R"("Mia Holm")", R"({"@type":"Person","name":"Mia Holm"})")),
      right);
  EXPECT_EQ(with_json("{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"}," + kGood + "]}"),
            right);
  EXPECT_EQ(repair_json("no brackets at all"), "");
}

TEST(JsonLd, SeveralAuthorsAndNobodyByName) {
  EXPECT_EQ(with_json(replace_all(kGood, R"({"@type":"Person","name":"Mia Holm"})",
                                  R"([{"name":"Mia Holm"},{"name":"Jon Berg"}])")),
            "2031-05-13T07:00:00Z Mia Holm; Jon Berg");
  EXPECT_EQ(with_json(replace_all(kGood, "Mia Holm", "Sund News Agency")),
            "2031-05-13T07:00:00Z Sund News Agency")
      << "an agency is better than nobody";
}

TEST(Header, TheYearOneIsNoDate) {
  Article a = read_html(page(
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Olm and Norvania share the Sund","datePublished":"0001-01-01T00:00:00Z","author":{}}</script>)",
      "<p class='date'>May 13, 2031</p>"));
  EXPECT_EQ(a.published, "2031-05-13");
}

TEST(Header, NamesWithAndWithoutTheirDesks) {
  EXPECT_EQ(
      told(read_html(page("", "<p class='byline'>By GABBY ROSEN, BERT BYRNE and ANA RUIZ</p>"))),
      " GABBY ROSEN; BERT BYRNE; ANA RUIZ");
  EXPECT_EQ(told(read_html(page("<meta name='author' content='Mia Holm Courier Staff'>", ""))),
            " Mia Holm");
  EXPECT_EQ(
      told(read_html(page("", "<div class='author'><a>Mia Holm</a><span>Reporter</span></div>"))),
      " Mia Holm");
  EXPECT_EQ(told(read_html(page("", "<div class='byline'>Dec 12, 7 PM EST</div>"))), " ");
}

TEST(Header, ABylineBetweenLineBreaks) {
  Article a = read_html(
      "<html><head><title>Olm shares the Sund</title></head><body><table><tr><td><font size=5>Olm "
      "shares the Sund</font><br><br>By Mia Holm<br>May 13, 2031<br><br>TURKU - Norvania and Olm "
      "agreed on Tuesday to share the water of the Sund, ending nine years of quarrels.<br><br>The "
      "two ministers signed the paper after a long night of talks.<br><br>\"We are tired,\" Holm "
      "said.</td></tr></table></body></html>");
  EXPECT_EQ(told(a), "2031-05-13 Mia Holm");
}

TEST(Header, DatesThatArePublishedAndThatAreNot) {
  EXPECT_EQ(read_html(page("<meta name='dc.date' content='2031-02-03'><link rel='canonical' "
                           "href='https://sund.example/2031/11/news/4'>",
                           ""))
                .published,
            "2031-02-03");
  Article a = read_html(page("",
                             "<time itemprop='dateModified' datetime='2031-05-27T18:10:00+01:00'>"
                             "25/05/2031 02:40 | Updated 27/05/2031 18:10</time>"));
  EXPECT_EQ(a.published.substr(0, 10), "2031-05-25");
  EXPECT_EQ(a.updated.substr(0, 10), "2031-05-27");
}

TEST(Header, TheHeadlineWithoutItsKicker) {
  auto title = [](const std::string& h1, const std::string& head) {
    return read_html("<html><head>" + head + "</head><body><article><h1>" + h1 + "</h1>" + kFirst +
                     kLast + "</article></body></html>")
        .title;
  };
  std::string og = "<meta property='og:title' content='Olm and Norvania share the Sund'>";
  EXPECT_EQ(title("<span>Water</span><span>Olm and Norvania share the Sund</span>", og),
            "Olm and Norvania share the Sund");
  EXPECT_EQ(title("Live: Olm and Norvania share the Sund", og),
            "Live: Olm and Norvania share the Sund");
  EXPECT_EQ(title("Opinion | Olm and Norvania share the Sund", ""),
            "Olm and Norvania share the Sund");
}

TEST(Header, AHeadingBehindAKickerThatTheHeadSetsOtherwise) {
  auto title = [](const std::string& h1, const std::string& head, const std::string& json) {
    return read_html("<html><head>" + head +
                     "<script type='application/ld+json'>{\"@type\":"
                     "\"NewsArticle\",\"headline\":\"" +
                     json + "\"}</script></head><body><article><h1>" + h1 + "</h1>" + kFirst +
                     kLast + "</article></body></html>")
        .title;
  };
  auto head = [](const std::string& og, const std::string& document) {
    return "<meta property='og:title' content='" + og + "'><title>" + document + "</title>";
  };
  // A kicker in an element of its own, where the head has another one.
  std::string own = "Olm and Norvania share the Sund", other = "Talks in Turku: " + own;
  EXPECT_EQ(title("<span>Water and borders</span> <span>" + own + "</span>",
                  head(other, other + " - The Sund Post"), other),
            own);
  // The whole heading is known: nothing is taken from it.
  std::string whole = "Water and borders: " + own;
  EXPECT_EQ(
      title("<span>Water and borders:</span> <span>" + own + "</span>", head(whole, whole), whole),
      whole);
  // What all of the head has before a colon stands above the heading on the page.
  EXPECT_EQ(title(own, head(other, other + " - The Sund Post"), other), other);
  EXPECT_EQ(title(own, head(other, own + " - The Sund Post"), own), own);
  // A heading that the page alone has, where JSON-LD and the document agree.
  std::string long_one = "Olm and Norvania end nine years of quarrels over who draws water";
  EXPECT_EQ(title("Ministers smile", head("Water for both sides at last", long_one + " | Post"),
                  long_one),
            long_one);
}

TEST(Header, SectionTagsPictureAndPaywall) {
  Article a = read_html(page(
      "<meta property='article:section' content='World'><meta property='og:image' "
      "content='https://sund.example/a.jpg'><meta name='keywords' content='water, Olm'><script "
      "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}"
      "</script>",
      ""));
  EXPECT_EQ(a.section, "World");
  EXPECT_EQ(a.picture, "https://sund.example/a.jpg");
  EXPECT_EQ(a.tags, (std::vector<std::string>{"water", "Olm"}));
  EXPECT_TRUE(a.paywall);
}

TEST(Header, APageThatScriptsFillIsReadFromItsHead) {
  std::string body;
  for (int i = 0; i < 8; ++i)
    body += "The two ministers signed page " + std::to_string(i) +
            " of the paper in Turku after a long night of talks &amp; tea.\\n";
  Article a = read_html(
      "<html><head><title>The Sund</title><script type='application/ld+json'>{"
      "\"@type\":\"NewsArticle\",\"articleBody\":\"" +
      body + "\"}</script></head><body><div id='app'>Loading</div></body></html>");
  EXPECT_TRUE(holds(a.text, "page 7 of the paper in Turku after a long night of talks & tea."))
      << a.text;
  EXPECT_TRUE(holds(a.text, "tea.\n\nThe two"));
}

TEST(Header, ADocumentInAScriptGoesOnWhereThePageBreaksOff) {
  auto node = [](const std::string& type, const std::string& text) {
    return "{\"type\":\"" + type + "\",\"content\":[{\"type\":\"text\",\"value\":\"" + text +
           "\"}]}";
  };
  std::string first = "Norvania and Olm agreed on Tuesday to share the water of the Sund for good.";
  std::string more = node("heading", "What comes next");
  for (int i = 0; i < 8; ++i)
    more += "," + node("paragraph", "Lock number " + std::to_string(i) +
                                        " will be built by both states, and each pays half of it.");
  auto read = [&](const std::string& begin, const std::string& type) {
    return read_html(
        "<html><head><title>The Sund</title></head><body><article><h1>The Sund</h1><p>" + first +
        "</p></article><script type='" + type +
        "'>{\"story\":{\"tags\":[{\"type\":\"tag\"}],\"body\":{\"type\":\"document\","
        "\"content\":[" +
        node("paragraph", begin) + "," + more + "]}}}</script></body></html>");
  };
  Article a = read(first, "application/json");
  EXPECT_TRUE(a.text.starts_with(first + "\n\nWhat comes next\n\nLock number 0")) << a.text;
  EXPECT_TRUE(holds(a.text, "Lock number 7"));
  ASSERT_EQ(a.parts.size(), 10u);
  EXPECT_EQ(a.text.substr(a.parts[1].begin, a.parts[1].end - a.parts[1].begin), "What comes next");
  // Another article's document is not this one's, and a program is no data.
  EXPECT_FALSE(holds(
      read("In Turku the trams stood still all day because of the snow.", "application/json").text,
      "Lock number 0"));
  EXPECT_FALSE(holds(read(first, "text/javascript").text, "Lock number 0"));
}

TEST(Header, PagesToLogInAreNoArticles) {
  EXPECT_THROW(read_html("<html><head><title>Log in</title></head><body><h1>Log in</h1><p>Please "
                         "give the name and the word that we have sent to you by letter.</p></body>"
                         "</html>"),
               Error);
  EXPECT_NO_THROW(read_html(page("", "", "", "Login of the old lighthouse found in Olm")));
}

// ---- the forms ----

Article rich() {
  return read_html(page(
      "", "",
      "<h2>What it says</h2><p>The paper, <a href='https://sund.example/paper?a=1&amp;b=2'>all of "
      "it</a>, is short, said the minister of water, <a href='javascript:x()'>Mia Holm</a>, and "
      "has "
      "a*star and a [note].</p><ol><li>Each state draws a third of the water in a dry year, no "
      "more.</li><li>No lock may be closed for longer than a week at a time.</li></ol>"
      "<blockquote><p>We waited nine years for this, and we shall not wait for a tenth.</p>"
      "</blockquote>"));
}

TEST(Render, MarkdownKeepsWhatThePageHad) {
  std::string md = article_as_markdown(rich());
  EXPECT_TRUE(md.starts_with("# Olm and Norvania share the Sund\n\n")) << md;
  for (const char* part :
       {"\n## What it says\n", "[all of it](<https://sund.example/paper?a=1&b=2>)", "Mia Holm, and",
        "a\\*star and a \\[note\\]", "\n1. Each state", "\n2. No lock", "\n> We waited"})
    EXPECT_TRUE(holds(md, part)) << part << " in\n" << md;
  EXPECT_FALSE(holds(md, "javascript"));
}

TEST(Render, HtmlIsEscapedAndNested) {
  std::string html = article_as_html(rich());
  for (const char* part :
       {"<h1>Olm and Norvania", "<h2>What it says</h2>",
        "<a href=\"https://sund.example/paper?a=1&amp;b=2\">all of it</a>", "<ol>\n<li>Each state",
        "</li>\n</ol>\n", "<blockquote>\n<p>We waited", "</article>\n"})
    EXPECT_TRUE(holds(html, part)) << part << " in\n" << html;
  EXPECT_FALSE(holds(html, "javascript"));
  Article a;
  a.title = "<script>";
  a.text = "One & two.\n\nThree.";
  EXPECT_EQ(
      article_as_html(a),
      "<article>\n<h1>&lt;script&gt;</h1>\n<p>One &amp; two.</p>\n<p>Three.</p>\n</article>\n");
}

TEST(Render, TextIsPlain) {
  std::string text = article_as_text(rich());
  for (const char* part : {"\n\nWhat it says\n\n", "1. Each state", "\n2. No lock"})
    EXPECT_TRUE(holds(text, part)) << part << " in\n" << text;
}

TEST(Render, TablesStayTables) {
  Article a;
  a.text = "Port\n\nBoats\n\nOlm\n\n12";
  for (auto [begin, end, row] :
       {std::tuple{0u, 4u, 1}, {6u, 11u, 1}, {13u, 16u, 2}, {18u, 20u, 2}}) {
    ArticlePart part;
    part.begin = begin;
    part.end = end;
    part.row = row;
    a.parts.push_back(part);
  }
  EXPECT_EQ(article_as_markdown(a), "| Port | Boats |\n| --- | --- |\n| Olm | 12 |\n");
  EXPECT_TRUE(holds(article_as_html(a), "<tr><td>Olm</td><td>12</td></tr>\n</table>"));
  EXPECT_EQ(article_as_text(a), "Port\tBoats\n\nOlm\t12\n");
}

TEST(Render, PartsCoverTheTextInOrder) {
  Article a = rich();
  uint32_t at = 0;
  for (const ArticlePart& part : a.parts) {
    EXPECT_GE(part.begin, at);
    EXPECT_LE(part.end, a.text.size());
    for (const ArticleLink& link : part.links) {
      EXPECT_GE(link.begin, part.begin);
      EXPECT_LE(link.end, part.end);
    }
    at = part.end;
  }
  EXPECT_EQ(at, a.text.size());
}

TEST(Extract, WritesTheFormThatIsAskedFor) {
  test::Folder folder;
  std::string one = folder.write("one.html", page("", "")),
              two = folder.write("two.html", page("", ""));
  test::Outcome md = test::program("extract --format markdown " + one + " " + two);
  EXPECT_EQ(md.code, 0);
  EXPECT_TRUE(holds(md.out, "\n---\n\n# Olm and Norvania")) << md.out;
  EXPECT_TRUE(test::program("extract --format html " + one).out.starts_with("<article"));
  EXPECT_TRUE(test::program("extract " + one).out.starts_with("{\"article\":{\"id\":\"one\""));
  EXPECT_EQ(test::program("extract --format word " + one).code, 2);
}

}  // namespace
}  // namespace chancery
