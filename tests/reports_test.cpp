// The invented reports with gold records: two halves, the first written before the rules of
// positions last changed, the second after. CHANCERY_SHOW=1 prints what was missed (-) and what was
// said too much (+).
#include <gtest/gtest.h>

#include <cstdlib>

#include "report_gold.h"
#include "support.h"

namespace chancery {
namespace {

test::Agreement measure(const std::string& half) {
  test::Agreement sum;
  bool show = std::getenv("CHANCERY_SHOW") != nullptr;
  for (const test::GoldReport& g :
       test::read_gold(std::string(SOURCE_DIR "/tests/reports/") + half + ".txt"))
    compare(g, test::read(g.text, g.published), sum, show);
  auto line = [&](const char* name, const test::Share& s) {
    std::printf("%s %-9s f1 %.3f precision %.3f recall %.3f of %d\n", half.c_str(), name, s.f1(),
                s.precision(), s.recall(), s.gold);
  };
  line("statement", sum.statement);
  line("event", sum.event);
  line("position", sum.position);
  line("condition", sum.condition);
  line("novelty", sum.novelty);
  line("country", sum.country);
  line("stages", sum.stages);
  line("status", sum.status);
  return sum;
}

TEST(Reports, TheFirstHalfAgrees) {
  test::Agreement a = measure("first");
  EXPECT_GE(a.position.f1(), 0.40);
  EXPECT_GE(a.condition.f1(), 0.60);
  EXPECT_GE(a.novelty.f1(), 0.60);
}

TEST(Reports, TheSecondHalfAgrees) {
  test::Agreement a = measure("second");
  EXPECT_GE(a.position.f1(), 0.40);
  EXPECT_GE(a.condition.f1(), 0.60);
  EXPECT_GE(a.novelty.f1(), 0.60);
}

}  // namespace
}  // namespace chancery
