// Dates as people and other programs meet them: words in the dossier and on the reader's page, days
// in exports.
#include <gtest/gtest.h>

#include "cli/dossier.h"
#include "cli/table.h"
#include "export/fields.h"
#include "serve/reader_page.h"
#include "support.h"

namespace chancery {
namespace {

Record report() {
  Record r = test::read(
      "Norwegian minister Kari Solheim met Icelandic minister Jon Arnarson in Bergen on Monday "
      "evening. Sweden and Norway will hold talks in Olm in the week of 2 June. Denmark and "
      "Iceland will hold "
      "talks in Bergen. They recently visited Norway. It was the first visit by an Icelandic "
      "minister since March 2029.",
      "2031-05-14T09:30:00Z");
  // One act of each kind, whatever the reader finds.
  Event e;
  e.id = "v90";
  e.type = "CONSULT";
  e.status = "planned";
  e.span = {0, 9};
  for (const char* when : {"2031-W23", "2032-SP", "PAST_REF", "XXXX-WXX-5", "2031-05-20TNI", ""}) {
    e.when = When(when);
    r.events.push_back(e);
  }
  return r;
}

// No letters of TIMEX3 may reach a person.
void expect_no_codes(const std::string& text) {
  for (const char* code : {"_REF", "XXXX", "TEV", "TNI", "-W2", "-SP", "2031-05", "09:30:00Z"})
    EXPECT_EQ(text.find(code), std::string::npos) << code << " in " << text;
}

TEST(DatesShown, DossierSaysThemInWords) {
  const present::Words plain(test::source_dir() + "/data", test::resources()->known);
  // Whatever lines it is broken into.
  std::string text =
      squeeze(cli::dossier(report(), SureLimits(test::source_dir() + "/data/sure.tsv"), plain,
                           cli::Style{false}, 100, {false, true}));
  expect_no_codes(text);
  for (const char* words :
       {"Wed 14 May 2031, 09:30 UTC", "Mon 12 May, evening", "week of 2 Jun", "spring 2032",
        "Tue 20 May, night", "a Friday, date not given", "since March 2029"})
    EXPECT_NE(text.find(words), std::string::npos) << words << " not in " << text;
  // What is planned comes in the order of its days, what has none at the end.
  size_t last = text.rfind("date not given");
  for (const char* dated : {"Tue 20 May, night", "spring 2032"}) EXPECT_LT(text.find(dated), last);
  EXPECT_LT(text.find("Tue 20 May, night"), text.find("spring 2032"));
}

TEST(DatesShown, ReaderSaysThemInWords) {
  const present::Words plain(test::source_dir() + "/data", test::resources()->known);
  std::string page =
      reader_body(report(), 0, {plain, SureLimits(test::source_dir() + "/data/sure.tsv")});
  size_t record = page.find("<aside");
  ASSERT_NE(record, std::string::npos);
  expect_no_codes(page.substr(record));
  for (const char* words :
       {"Mon 12 May, evening", "week of 2 Jun", "spring 2032", "since March 2029"})
    EXPECT_NE(page.find(words), std::string::npos) << words;
  EXPECT_NE(page.find("Wed 14 May 2031, 09:30 UTC"), std::string::npos);
}

TEST(DatesShown, ExportsWriteADayOrNothing) {
  Record r;
  r.article.published = "2031-05-14T09:30:00Z";
  Event e;
  auto day = [&](const char* when) {
    e.when = When(when);
    return day_of(r, e);
  };
  EXPECT_EQ(day("2031-05-12TEV"), "2031-05-12");
  // Of longer times the day nearest to the report.
  EXPECT_EQ(day("2031-W20"), "2031-05-14");
  EXPECT_EQ(day("2031-06"), "2031-06-01");
  EXPECT_EQ(day("2016-SP"), "2016-05-31");
  EXPECT_EQ(day("PAST_REF"), "2031-05-14");
  EXPECT_EQ(day("XXXX-05-13"), "2031-05-14");
  EXPECT_EQ(day(""), "2031-05-14");
  for (const char* unknown : {"", "2031-05", "yesterday morning"}) {
    r.article.published = unknown;
    EXPECT_EQ(day(""), "") << unknown;
    EXPECT_EQ(compact_day(day("")), "");
  }
}

}  // namespace
}  // namespace chancery
