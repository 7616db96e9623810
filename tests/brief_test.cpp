// How a brief is written down: the same sections and lines as text, Markdown and a page.
#include "ledger/brief.h"

#include <gtest/gtest.h>

namespace chancery {
namespace {

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

}  // namespace
}  // namespace chancery
