// When: every value is read once into the days it covers, whatever stands there.
#include "record/when.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace chancery {
namespace {

struct Case {
  std::string value, precision, from, to, words;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"2031-05-13", "day", "2031-05-13", "2031-05-13", "Tue 13 May 2031"},
      {"2024-02-29", "day", "2024-02-29", "2024-02-29", "Thu 29 Feb 2024"},
      {"2031-05-13TNI", "part of day", "2031-05-13", "2031-05-13", "Tue 13 May 2031, night"},
      {"2031-05-13TMO", "part of day", "2031-05-13", "2031-05-13", "Tue 13 May 2031, morning"},
      {"2031-05-13T20:30", "time", "2031-05-13", "2031-05-13", "Tue 13 May 2031, 20:30"},
      {"2031-05-13T24:00", "time", "2031-05-13", "2031-05-13", "Tue 13 May 2031, 24:00"},
      {"2031-W20", "week", "2031-05-12", "2031-05-18", "week of 12 May 2031"},
      {"2031-W20-WE", "weekend", "2031-05-17", "2031-05-18", "weekend of 17 May 2031"},
      // The first week of 2026 begins in 2025, the 53rd of 2026 ends in 2027.
      {"2026-W01", "week", "2025-12-29", "2026-01-04", "week of 29 Dec 2025"},
      {"2026-W53", "week", "2026-12-28", "2027-01-03", "week of 28 Dec 2026"},
      {"2026-W53-WE", "weekend", "2027-01-02", "2027-01-03", "weekend of 2 Jan 2027"},
      {"2031-05", "month", "2031-05-01", "2031-05-31", "May 2031"},
      {"2023-02", "month", "2023-02-01", "2023-02-28", "February 2023"},
      {"2016-SP", "season", "2016-03-01", "2016-05-31", "spring 2016"},
      {"2016-SU", "season", "2016-06-01", "2016-08-31", "summer 2016"},
      {"2016-FA", "season", "2016-09-01", "2016-11-30", "autumn 2016"},
      {"2015-WI", "season", "2015-12-01", "2016-02-29", "winter 2015/16"},
      {"1999-WI", "season", "1999-12-01", "2000-02-29", "winter 1999/00"},
      {"2031-Q2", "quarter", "2031-04-01", "2031-06-30", "second quarter of 2031"},
      {"2031-H2", "half", "2031-07-01", "2031-12-31", "second half of 2031"},
      {"2031", "year", "2031-01-01", "2031-12-31", "2031"},
      {"196", "decade", "1960-01-01", "1969-12-31", "the 1960s"},
      {"19", "century", "1900-01-01", "1999-12-31", "the 20th century"},
      {"20", "century", "2000-01-01", "2099-12-31", "the 21st century"},
      {"9999-W52", "week", "9999-12-27", "9999-12-31", "week of 27 Dec 9999"},
      {"9999-WI", "season", "9999-12-01", "9999-12-31", "winter 9999/00"},
      {"PAST_REF", "vague", "", "", "date not given"},
      {"PRESENT_REF", "vague", "", "", "date not given"},
      {"FUTURE_REF", "vague", "", "", "date not given"},
      {"XXXX-05-13", "vague", "", "", "13 May, year not given"},
      {"XXXX-02-29", "vague", "", "", "29 Feb, year not given"},
      {"XXXX-05", "vague", "", "", "May, year not given"},
      {"XXXX-SU", "vague", "", "", "summer, year not given"},
      {"XXXX-WI", "vague", "", "", "winter, year not given"},
      {"XXXX-Q3", "vague", "", "", "third quarter, year not given"},
      {"XXXX-WXX", "vague", "", "", "date not given"},
      {"XXXX-WXX-5", "vague", "", "", "a Friday, date not given"},
      {"XXXX-W38", "vague", "", "", "week 38, year not given"},
      {"XXXX-WXX-2TEV", "vague", "", "", "a Tuesday, evening, date not given"},
      {"XXXX-XX-XXT20:30", "vague", "", "", "20:30, date not given"},
      {"XXXX-05-13TAF", "vague", "", "", "13 May, afternoon, year not given"},
      {"P3D", "length", "", "", "3 days"},
      {"P1Y6M", "length", "", "", "1 year 6 months"},
      {"P2.5Y", "length", "", "", "2.5 years"},
      {"PT1H30M", "length", "", "", "1 hour 30 minutes"},
      {"PXY", "length", "", "", "some years"},
      {"P1DE", "length", "", "", "1 decade"},
      {"P2CE", "length", "", "", "2 centuries"},
      {"P3Q", "length", "", "", "3 quarters"},
      {"P1WE", "length", "", "", "1 weekend"},
      {"P2NI", "length", "", "", "2 nights"},
      {"PTXM", "length", "", "", "some minutes"},
  };
  return all;
}

TEST(When, CoversTheDaysOfItsValue) {
  for (const Case& c : cases()) {
    When when(c.value);
    EXPECT_TRUE(when.valid()) << c.value;
    EXPECT_EQ(name_of(when.precision()), c.precision) << c.value;
    EXPECT_EQ(when.from_day(), c.from) << c.value;
    EXPECT_EQ(when.to_day(), c.to) << c.value;
    EXPECT_EQ(when.dated(), !c.from.empty()) << c.value;
    EXPECT_EQ(when.words(), c.words) << c.value;
    EXPECT_EQ(when.value(), c.value);
  }
}

TEST(When, LeavesOutTheYearThatTheReaderHasInMind) {
  auto words = [](const char* value) { return When(value).words(2031); };
  EXPECT_EQ(words("2031-05-13"), "Tue 13 May");
  EXPECT_EQ(words("2031-05-13TEV"), "Tue 13 May, evening");
  EXPECT_EQ(words("2030-05-13"), "Mon 13 May 2030");
  EXPECT_EQ(words("2031-W20"), "week of 12 May");
  EXPECT_EQ(words("2031-W20-WE"), "weekend of 17 May");
  EXPECT_EQ(words("2031-05"), "May");
  EXPECT_EQ(words("2031-SP"), "spring");
  EXPECT_EQ(words("2031-WI"), "winter");
  EXPECT_EQ(words("2030-WI"), "winter 2030/31");
  EXPECT_EQ(words("2031-Q1"), "first quarter");
  EXPECT_EQ(words("2031"), "2031");
  EXPECT_EQ(words("203"), "the 2030s");
}

TEST(When, WhatIsNoValueIsKeptAndCannotBeDated) {
  std::vector<std::string> none = {"",
                                   "banana",
                                   "2031-13-77",
                                   "2031-02-29",
                                   "2031-00-10",
                                   "2031-05-00",
                                   "2031-5-13",
                                   "2031-05-1",
                                   "2031-05-13 ",
                                   " 2031-05-13",
                                   "2031-W53",
                                   "2031-W00",
                                   "2026-W54",
                                   "2031-W2",
                                   "2031-W20-WX",
                                   "2031-Q5",
                                   "2031-Q0",
                                   "2031-H3",
                                   "2031-XX",
                                   "2031-SPR",
                                   "05-lastMon",
                                   "05-13",
                                   "20315",
                                   "2",
                                   "XXXX",
                                   "XXXX-13",
                                   "XXXX-02-30",
                                   "XXXX-WXX-0",
                                   "XXXX-WXX-8",
                                   "XXXX-W54",
                                   "XXXX-XX-XX",
                                   "PAST",
                                   "PAST_REFS",
                                   "P",
                                   "PT",
                                   "P3",
                                   "P3DT",
                                   "PD",
                                   "P.5D",
                                   "P3.D",
                                   "P1M6Y",
                                   "P3D4",
                                   "PT3D",
                                   "P1Q2",
                                   "T20:30",
                                   "2031-05-13T",
                                   "2031-05-13TXX",
                                   "2031-05-13T24:30",
                                   "2031-05T12:00",
                                   "2031-05-13T12:60",
                                   "2031-05-13T1:00",
                                   "2031-W20TNI",
                                   "-031-05-13",
                                   "2031-05-1٣",
                                   std::string("2031-05-13\0", 11)};
  none.push_back(std::string(9999, '1'));
  none.push_back("P" + std::string(9999, '9') + "D");
  none.push_back("PT" + std::string(1000000, '1') + "H");
  for (const std::string& value : none) {
    When when(value);
    EXPECT_FALSE(when.valid()) << value.substr(0, 60);
    EXPECT_FALSE(when.dated());
    EXPECT_EQ(when.precision(), Precision::vague);
    EXPECT_EQ(when.from_day() + when.to_day(), "");
    EXPECT_EQ(when.words(), "date not given") << value.substr(0, 60);
    EXPECT_EQ(when.value(), value);
    for (const char* type : {"DATE", "TIME", "DURATION", "SET", ""}) EXPECT_FALSE(when.fits(type));
  }
}

TEST(When, AValueBelongsToItsType) {
  auto types = [](const char* value) {
    std::string out;
    for (const char* type : {"DATE", "TIME", "DURATION", "SET", "FEAST"})
      if (is_timex_value(type, value)) out += std::string(type) + " ";
    return out;
  };
  EXPECT_EQ(types("2031-05-13"), "DATE SET ");
  EXPECT_EQ(types("2031-05-13TNI"), "TIME SET ");
  EXPECT_EQ(types("XXXX-WXX-5"), "DATE SET ");
  EXPECT_EQ(types("P3D"), "DURATION SET ");
  EXPECT_EQ(types("PAST_REF"), "DATE TIME SET ");
  EXPECT_EQ(types("05-lastMon"), "");
}

// Every day from 1999 to 2041: its day, its week and its weekend agree with the calendar.
TEST(When, WeeksOfEveryDay) {
  for (Day d{1999, 1, 1}; d <= Day{2041, 12, 31}; d = add_days(d, 1)) {
    When day(d), week(iso_week(d)), weekend(iso_week(d) + "-WE");
    ASSERT_TRUE(day.one_day() && day.from() == d && day.to() == d) << iso(d);
    ASSERT_TRUE(week.overlaps(d, d)) << iso(d);
    ASSERT_EQ(weekday(week.from()), 1) << iso(d);
    ASSERT_EQ(add_days(week.from(), 6), week.to()) << iso(d);
    ASSERT_EQ(weekend.overlaps(d, d), weekday(d) >= 6) << iso(d);
    ASSERT_TRUE(weekend.overlaps(week));
  }
}

// Whatever stands there: no exception, from ≤ to, days that exist, words without codes, and an
// order.
TEST(When, HoldsItsWordOnAnything) {
  std::mt19937 random(20311);
  std::string letters = "0123456789XWQHTPDYMS-:.EIFA_R";
  std::vector<When> all;
  for (int n = 0; n < 60000; ++n) {
    std::string value = cases()[random() % cases().size()].value;
    for (unsigned k = random() % 4; k > 0; --k) {
      size_t at = random() % (value.size() + 1);
      char c =
          random() % 40 == 0 ? static_cast<char>(random()) : letters[random() % letters.size()];
      if (random() % 3 == 0) value.insert(at, 1, c);
      else if (at < value.size() && random() % 2) value.erase(at, 1);
      else if (at < value.size()) value[at] = c;
    }
    When when(value);
    std::string words = when.words(2031);
    EXPECT_FALSE(words.empty());
    for (const char* code : {"XX", "_REF", "TNI", "TEV", "-W", "-Q", "-SP"})
      EXPECT_EQ(words.find(code), std::string::npos) << value << " gave " << words;
    if (when.dated()) {
      EXPECT_TRUE(when.valid());
      EXPECT_LE(when.from(), when.to()) << value;
      for (const std::string& day : {when.from_day(), when.to_day()})
        EXPECT_TRUE(day.size() == 10 && parse_day(day)) << value << " gave " << day;
      EXPECT_TRUE(when.overlaps(when.from(), when.from()) && when.overlaps(when.to(), when.to()));
      EXPECT_FALSE(when.overlaps(add_days(when.to(), 1), add_days(when.to(), 2)));
      EXPECT_FALSE(when.overlaps(add_days(when.from(), -2), add_days(when.from(), -1)));
    }
    EXPECT_EQ(precision_named(name_of(when.precision())), when.precision());
    if (n < 2000) all.push_back(std::move(when));
  }
  EXPECT_FALSE(precision_named("fortnight"));
  for (auto order : {&earlier, &later}) {
    std::sort(all.begin(), all.end(), order);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), order));
    auto undated = std::find_if(all.begin(), all.end(), [](const When& w) { return !w.dated(); });
    EXPECT_NE(undated, all.begin());
    EXPECT_TRUE(std::none_of(undated, all.end(), [](const When& w) { return w.dated(); }));
  }
}

TEST(When, MonthsOfALength) {
  EXPECT_EQ(When("P2Y").months(), 24);
  EXPECT_EQ(When("P1Y6M").months(), 18);
  EXPECT_EQ(When("P3DE").months(), 360);
  EXPECT_EQ(When("P2CE").months(), 2400);
  for (const char* other : {"P3D", "PXY", "P2.5Y", "P99999Y", "2031", "PAST_REF", ""})
    EXPECT_FALSE(When(other).months()) << other;
}

TEST(When, WithinMeansAllItsDays) {
  EXPECT_TRUE(When("2031-05-13TEV").within("2031-05-13"));
  EXPECT_TRUE(When("2031-05-13").within("2031-W20"));
  EXPECT_TRUE(When("2031-05").within("2031-Q2"));
  EXPECT_FALSE(When("2031-W22").within("2031-05"));  // it ends on 1 June
  EXPECT_FALSE(When("PAST_REF").within("2031"));
  EXPECT_FALSE(When("2031-05-13").within("XXXX-05-13"));
}

TEST(When, MomentsOfPublication) {
  EXPECT_EQ(moment_words("2031-05-13T09:00:00Z"), "Tue 13 May 2031, 09:00 UTC");
  EXPECT_EQ(moment_words("2031-05-13T09:00+02:00"), "Tue 13 May 2031, 09:00 UTC+02:00");
  EXPECT_EQ(moment_words("2031-05-13T09:00+00:00"), "Tue 13 May 2031, 09:00 UTC");
  EXPECT_EQ(moment_words("2031-05-13T09:00"), "Tue 13 May 2031, 09:00");
  EXPECT_EQ(moment_words("2031-05-13"), "Tue 13 May 2031");
  EXPECT_EQ(moment_words("2031-05"), "May 2031");
  EXPECT_EQ(moment_words("some day"), "some day");
  EXPECT_EQ(moment_words(""), "");
  EXPECT_EQ(year_of("2031-05-13T09:00Z"), 2031);
  EXPECT_EQ(year_of("2031"), 2031);
  EXPECT_EQ(year_of("some day"), -1);
}

TEST(When, OrderOfAList) {
  std::vector<When> list = {"PAST_REF", "2031-05-13TNI", "XXXX-05-13", "196",
                            "2031-W20", "2031-05",       "",           "2031-05-12"};
  auto values = [&](auto order) {
    std::sort(list.begin(), list.end(), order);
    std::string out;
    for (const When& when : list) out += when.value() + " ";
    return out;
  };
  EXPECT_EQ(values(earlier), "196 2031-05 2031-05-12 2031-W20 2031-05-13TNI  PAST_REF XXXX-05-13 ");
  EXPECT_EQ(values(later), "2031-05-13TNI 2031-W20 2031-05-12 2031-05 196 XXXX-05-13 PAST_REF  ");
}

}  // namespace
}  // namespace chancery
