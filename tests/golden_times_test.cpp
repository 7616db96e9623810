// What dates of the invented texts mean, by the day on which they are published: of each week and each month one, the
// ends of years and none at all.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzed.h"
#include "golden.h"
#include "reading/when/times.h"

namespace chancery {
namespace {

const char* const kDays[] = {"",           "2028-02-29", "2031-01-01", "2031-01-26", "2031-02-04",
                             "2031-03-31", "2031-04-11", "2031-05-17", "2031-06-30", "2031-07-20",
                             "2031-08-07", "2031-09-16", "2031-10-15", "2031-11-03", "2031-12-05",
                             "2031-12-31", "2032-02-28", "2032-03-01"};

TEST(Golden, DatesByTheDayOfPublication) {
  test::GoldenFile kept("records/fast/dates");
  size_t number = 0;
  for (const std::string file : {"articles", "sentences"})
    for (const Article& article :
         test::invented_articles(test::source_dir() + "/tests/golden/texts/" + file + ".txt")) {
      if (test::sanitized() && ++number % 8 != 0) continue;
      const test::Analyzed text(article.text);
      std::string lines;
      for (const char* day : kDays) {
        lines += *day ? day : "none";
        const Times times(text.tree, test::resources()->times, day);
        for (const TimeExpression& x : times.all())
          lines += fmt::format(" | {} {} {}", x.span.begin, x.type, x.when.value());
        lines += "\n";
      }
      if (!kept.brief_section(article.id, lines)) return;
    }
}

}  // namespace
}  // namespace chancery
