// Who travels, to whom, and when what is only possible would be. Read by the accurate model.
#include <gtest/gtest.h>

#include "accurate.h"

namespace chancery {
namespace {

using test::read_accurately;

// "Jon Marr, Holm -> Turku" of each act of a type's mode, in order.
std::string sides(const Record& r, const std::string& mode) {
  std::string out;
  const auto names = [&](const std::vector<int>& who) {
    std::string all;
    for (int e : who) all += (all.empty() ? "" : ", ") + r.entities[static_cast<size_t>(e)].name;
    return all;
  };
  for (const Event& e : r.events)
    if (e.mode == mode)
      out += (out.empty() ? "" : "; ") + names(e.source) + " -> " + names(e.target);
  return out;
}

TEST(Journeys, WhoComesAlongTravelsToo) {
  EXPECT_EQ(sides(read_accurately("Icelandic Prime Minister Jon Marr said he would travel to Turku "
                                  "with Birna Jonsdottir on May 21."),
                  "visit"),
            "Jon Marr, Birna Jonsdottir -> Turku");
}

TEST(Journeys, WhoIsVisitedIsVisited) {
  const Record r = read_accurately(
      "Icelandic Prime Minister Jon Marr visited Norwegian Foreign Minister Tora Dahl in Bergen on "
      "Tuesday.");
  EXPECT_EQ(sides(r, "visit"), "Jon Marr -> Tora Dahl");
}

// A meeting that somebody offers to host on a day to come is not of the day on which he offered it.
TEST(Journeys, WhatIsOfferedForADayAheadIsNotOfTheDayOfTheOffer) {
  const Record r = read_accurately(
      "Finnish President Eero Lahti, who spoke by phone with Icelandic Prime Minister Jon Marr on "
      "Monday, offered to host a meeting of the two ministers in Turku on May 21.");
  bool hosted = false;
  for (const Event& e : r.events) {
    if (test::words(r, e.span).find("a meeting of the two ministers") != 0) continue;
    hosted = true;
    EXPECT_EQ(e.status, "possible");
    EXPECT_TRUE(e.when.empty() || e.when.value() == "2031-05-21") << e.when.value();
  }
  EXPECT_TRUE(hosted);
}

TEST(Journeys, WhatIsPossibleMayHaveBeenWhereNoDayIsAhead) {
  const Record r = read_accurately(
      "Norwegian ships may have attacked an Icelandic trawler on Monday, the coast guard said.");
  bool dated = false;
  for (const Event& e : r.events) dated |= e.status == "possible" && e.when.value() == "2031-05-12";
  EXPECT_TRUE(dated);
}

}  // namespace
}  // namespace chancery
