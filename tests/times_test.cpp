#include <gtest/gtest.h>

#include <random>

#include "base/error.h"
#include "base/strings.h"
#include "language/tokenizer.h"
#include "reading/when/times.h"
#include "record/when.h"
#include "support.h"

namespace chancery {
namespace {

struct Found {
  std::string words, type, value, mod;
};

std::vector<Found> times_in(const std::string& text, const std::string& published) {
  Document d = test::resources()->engine.analyze(text);
  TreeView tree(d, test::resources()->lexicon.words());
  Times times(tree, test::resources()->times, published);
  std::vector<Found> out;
  for (const TimeExpression& x : times.all())
    out.push_back({std::string(x.span.of(text)), x.type, x.when.value(), x.mod});
  return out;
}

std::string last_value(const std::string& text, const std::string& published) {
  auto all = times_in(text, published);
  return all.empty() ? "nothing" : all.back().value;
}

// Each rule of data/time/rules.tsv carries a sentence and the value of the last expression in it.
TEST(TimeRules, EachReadsItsExample) {
  for (const TimeRule& rule : test::resources()->times.rules()) {
    ASSERT_FALSE(rule.example.empty()) << rule.place;
    EXPECT_EQ(last_value(rule.example, rule.published), rule.gives)
        << rule.place << ": " << rule.name << ": " << rule.example;
  }
}

TEST(TimeRules, WrongLinesAreNamed) {
  test::Folder folder;
  std::string root = test::source_dir() + "/data/time/";
  for (const char* name : {"words.tsv", "feasts.tsv"}) folder.write(name, read_file(root + name));
  auto error = [&](const std::string& line) -> std::string {
    folder.write(
        "rules.tsv",
        "rule\tpattern\ttype\tvalue\tmod\twhere\texample\tpublished\tgives\n" + line + "\n");
    try {
      TimeGrammar grammar(folder.file(""));
    } catch (const StartError& e) {
      return e.what();
    }
    return "";
  };
  EXPECT_EQ(error("a\t$month\tDATE\tnear_month($month)\t\t\tx\t\t"), "");
  EXPECT_NE(error("a\t$mouth\tDATE\tx\t\t\tx\t\t").find("rules.tsv:2: class mouth is unknown"),
            std::string::npos);
  EXPECT_NE(error("a\t$month\tDATE\tnear_month($day)\t\t\tx\t\t").find("$day is not bound"),
            std::string::npos);
  EXPECT_NE(
      error("a\t$month\tDATE\tnear_moth($month)\t\t\tx\t\t").find("function near_moth is unknown"),
      std::string::npos);
  EXPECT_NE(error("a\t( $month\tDATE\tx\t\t\tx\t\t").find("')' is missing"), std::string::npos);
  EXPECT_NE(error("a\t$month\tDAY\tx\t\t\tx\t\t").find("none of TIMEX3's"), std::string::npos);
  EXPECT_NE(
      error("a\t$month\tDATE\tx\t\tcapitol:month\tx\t\t").find("condition capitol is unknown"),
      std::string::npos);
  EXPECT_NE(error("a\t$month\tDATE\tx(\t\t\tx\t\t").find("')' is missing in the value"),
            std::string::npos);
}

const char* const kMonths[] = {"January",   "February", "March",    "April",
                               "May",       "June",     "July",     "August",
                               "September", "October",  "November", "December"};
const char* const kShort[] = {"Jan.", "Feb.", "March", "April", "May",  "June",
                              "July", "Aug.", "Sept.", "Oct.",  "Nov.", "Dec."};

// Every day of 1900 to 2100, each in one of ten ways to write it, all ten for every leap day and
// every first of a month.
TEST(TimeProperties, EveryDateOfTwoCenturiesInTenFormats) {
  TimeGrammar const& grammar = test::resources()->times;
  auto write = [](Day d, int format) {
    std::string day = std::to_string(d.day), year = std::to_string(d.year),
                month = kMonths[d.month - 1], brief = kShort[d.month - 1];
    std::string ordinal = day + (d.day % 10 == 1 && d.day != 11   ? "st"
                                 : d.day % 10 == 2 && d.day != 12 ? "nd"
                                 : d.day % 10 == 3 && d.day != 13 ? "rd"
                                                                  : "th");
    switch (format) {
      case 0: return iso(d);
      case 1: return month + " " + day + ", " + year;
      case 2: return brief + " " + day + ", " + year;
      case 3: return day + " " + month + " " + year;
      case 4: return "the " + ordinal + " of " + month + " " + year;
      case 5: return month + " " + ordinal + ", " + year;
      case 6: return std::to_string(d.month) + "/" + day + "/" + year;
      case 7: return day + "." + std::to_string(d.month) + "." + year;
      case 8: return month + " " + day + " " + year;
      default: return day + " " + month + ", " + year;
    }
  };
  auto read = [&](const std::string& text) {
    // Without the network: the grammar alone decides.
    Document d = tokenize(text);
    TreeView tree(d, test::resources()->lexicon.words());
    Times times(tree, grammar, "");
    return times.all().empty() ? std::string("nothing") : times.all().back().when.value();
  };
  long wrong = 0;
  int format = 0;
  for (Day d{1900, 1, 1}; d.year <= 2100; d = add_days(d, 1)) {
    bool all = d.day == 1 || (d.month == 2 && d.day >= 28);
    for (int f = all ? 0 : format; f < (all ? 10 : format + 1); ++f) {
      std::string text = "It was signed on " + write(d, f) + " in Zaravec.";
      if (read(text) != iso(d) && ++wrong < 5) ADD_FAILURE() << text << " read as " << read(text);
    }
    format = (format + 1) % 10;
  }
  EXPECT_EQ(wrong, 0);
}

TEST(TimeProperties, DaysThatDoNotExistAreNoDates) {
  for (const char* text : {"It was signed on February 29, 2023.", "It was signed on 31 April 2024.",
                           "It was signed on 2024-02-30."})
    for (const Found& f : times_in(text, "2024-05-01"))
      EXPECT_TRUE(is_timex_value(f.type, f.value) && f.value.size() < 10) << text << " " << f.value;
  EXPECT_EQ(last_value("It was signed on February 29, 2024.", "2024-05-01"), "2024-02-29");
}

// ISO weeks against the rule itself: week 1 holds the year's first Thursday.
TEST(TimeProperties, WeeksAreIsoWeeks) {
  for (Day d{1990, 1, 1}; d.year < 2030; d = add_days(d, 1)) {
    Day thursday = add_days(d, 4 - weekday(d));
    int week = 1;
    for (Day t = add_days(thursday, -7); t.year == thursday.year; t = add_days(t, -7)) ++week;
    char want[32];
    std::snprintf(want, sizeof want, "%04d-W%02d", thursday.year, week);
    ASSERT_EQ(iso_week(d), want) << iso(d);
  }
}

// Whatever is printed is a value: over random rows of the grammar's own words.
TEST(TimeProperties, EveryValuePrintedParsesBack) {
  std::mt19937 random(31);
  const std::vector<std::string> words = {
      "last",      "next",    "this",     "the",     "a",       "two",     "three",   "1/2",
      "years",     "year",    "month",    "weeks",   "week",    "day",     "days",    "quarter",
      "third",     "first",   "half",     "of",      "2019",    "1990s",   "May",     "Sept.",
      "29",        "31",      "Friday",   "morning", "ago",     "later",   "earlier", "in",
      "until",     "since",   "early",    "late",    "mid",     "-",       "every",   "each",
      "8:30",      "p.m.",    "0600",     "GMT",     "hours",   "an",      "hour",    "and",
      "Christmas", "Day",     "winter",   "spring",  "weekend", "century", "20th",    "'98",
      "fiscal",    "now",     "recently", "$",       "per",     "several", "about",   "more",
      "than",      "minutes", "hundred",  "twenty",  "five",    ",",       "to"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 14; ++i) text += words[random() % words.size()] + " ";
    Document d = tokenize(text);
    TreeView tree(d, test::resources()->lexicon.words());
    for (const char* published : {"", "2024-02-29"}) {
      Times times(tree, test::resources()->times, published);
      for (const TimeExpression& x : times.all())
        ASSERT_TRUE(is_timex_value(x.type, x.when.value()))
            << x.type << " " << x.when.value() << " " << x.explain << ": " << text;
    }
  }
}

TEST(Times, AYearMayStandInWords) {
  for (auto [text, value] : {std::pair{"The pact was signed in nineteen eighty-four.", "1984"},
                             {"The pact was signed in eighteen twelve.", "1812"},
                             {"The pact was signed in May twenty twenty-nine.", "2029-05"},
                             {"The pact was signed by nineteen ships.", "nothing"}})
    EXPECT_EQ(last_value(text, "2031-05-14"), value) << text;
}

// Nothing is invented from the clock of the machine.
TEST(Times, WithoutPublicationDateRelativeValuesStayOpen) {
  for (auto [text, value] : {std::pair{"He left yesterday.", "PAST_REF"},
                             {"He leaves tomorrow.", "FUTURE_REF"},
                             {"He left on Monday.", "XXXX-WXX-1"},
                             {"He left in May.", "XXXX-05"},
                             {"He left on Sept. 3.", "XXXX-09-03"},
                             {"He left three years ago.", "PAST_REF"},
                             {"He left last week.", "PAST_REF"}})
    EXPECT_EQ(last_value(text, ""), value) << text;
}

TEST(Times, WordsThatAreNoTimesHere) {
  for (const char* text :
       {"The army will march on the capital.", "He may sign it.", "She is a 54-year-old lawyer.",
        "The second speaker left.", "Ministers fell out with one another.",
        "The sun shone on the square.", "He spoke to 2000 people."}) {
    auto all = times_in(text, "2025-09-23");
    EXPECT_TRUE(all.empty()) << text << " " << (all.empty() ? "" : all[0].words);
  }
}

TEST(Times, TheDirectionFollowsTheTense) {
  EXPECT_EQ(last_value("He left on Friday.", "2025-09-23"), "2025-09-19");
  EXPECT_EQ(last_value("He will leave on Friday.", "2025-09-23"), "2025-09-26");
  EXPECT_EQ(last_value("He agreed to leave on Friday.", "2025-09-23"), "2025-09-26");
  EXPECT_EQ(last_value("The talks will open in January.", "2025-09-23"), "2026-01");
  EXPECT_EQ(last_value("The talks opened in November.", "2025-09-23"), "2024-11");
  // Hours behind a day, and days that nobody counted, are no day.
  EXPECT_EQ(last_value("On May 3 he left. Two hours later he came back.", "2025-09-23"),
            "FUTURE_REF");
  EXPECT_EQ(last_value("On May 3 he left. Some days later he came back.", "2025-09-23"),
            "FUTURE_REF");
  // The present looks ahead where the month tells when it is done.
  EXPECT_EQ(last_value("They go to the polls in December.", "2025-05-23"), "2025-12");
}

TEST(Times, AMonthWithoutAYearIsTheNearOne) {
  const std::string is = "The port is open in ";
  EXPECT_EQ(last_value(is + "March.", "2031-05-14"), "2031-03");
  EXPECT_EQ(last_value(is + "May.", "2031-05-14"), "2031-05");
  // The present looks four months ahead, and over the end of a year from its last months.
  EXPECT_EQ(last_value(is + "September.", "2031-05-14"), "2031-09");
  EXPECT_EQ(last_value(is + "October.", "2031-05-14"), "2030-10");
  EXPECT_EQ(last_value(is + "February.", "2031-11-20"), "2032-02");
  EXPECT_EQ(last_value(is + "March.", "2031-11-20"), "2031-03");
  // The past never does.
  EXPECT_EQ(last_value("The port was closed in June.", "2031-05-14"), "2030-06");
  EXPECT_EQ(last_value("The port was closed in February.", "2031-11-20"), "2031-02");
}

TEST(Times, SpansAndModifiers) {
  auto all = times_in("It began in early May 2019 and took more than three years.", "2025-09-23");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].words, "early May 2019");
  EXPECT_EQ(all[0].mod, "START");
  EXPECT_EQ(all[1].words, "more than three years");
  EXPECT_EQ(all[1].mod, "EQUAL_OR_MORE");
  EXPECT_EQ(times_in("They meet on Dec. 14-15 in Olm.", "2025-09-23").at(0).words, "Dec. 14-15");
}

// The values of all expressions, apart by blanks.
std::string values(const std::string& text, const std::string& published) {
  std::string out;
  for (const Found& f : times_in(text, published)) out += (out.empty() ? "" : " ") + f.value;
  return out;
}

struct Reading {
  const char *text, *published, *values;
};

void expect(const std::vector<Reading>& readings) {
  for (const Reading& r : readings) EXPECT_EQ(values(r.text, r.published), r.values) << r.text;
}

// What the program prints its own checker takes: the type follows the value.
TEST(Times, AQuarterIsCountedInQuarters) {
  EXPECT_EQ(last_value("Profit rose this quarter.", "2031-05-14"), "2031-Q2");
  EXPECT_EQ(last_value("Profit fell last quarter.", "2031-05-14"), "2031-Q1");
  EXPECT_EQ(last_value("Profit will rise next quarter.", "2031-05-14"), "2031-Q3");
  EXPECT_EQ(last_value("Profit fell two quarters ago.", "2031-05-14"), "2030-Q4");
}

TEST(Times, APartOfDayIsATime) {
  auto only = [](const char* text, const char* published) {
    auto all = times_in(text, published);
    if (all.empty()) return std::string("nothing");
    return all.back().type + " " + all.back().value;
  };
  EXPECT_EQ(only("The ministers had met the previous night in Bergen.", "2031-05-14"),
            "TIME 2031-05-13TNI");
  EXPECT_EQ(only("On January 17, 1997 he spoke in Olm. He left that night.", "2031-05-14"),
            "TIME 1997-01-17TNI");
  EXPECT_EQ(only("He had called the night before.", "2031-05-14"), "TIME 2031-05-13TNI");
  EXPECT_EQ(only("He left the previous week.", "2031-05-14"), "DATE 2031-W19");
}

TEST(Times, FeastsAreDays) {
  expect({{"They met on Memorial Day in Olm.", "2031-06-14", "2031-05-26"},
          {"They will meet on Thanksgiving in Olm.", "2031-06-14", "2031-11-27"},
          {"They met on Labor Day 2019 in Olm.", "2031-06-14", "2019-09-02"},
          {"They met on Easter Monday in Olm.", "2031-06-14", "2031-04-14"},
          {"They met on Christmas Day in Olm.", "", "XXXX-12-25"},
          {"They met on Memorial Day in Olm.", "", ""}});
}

TEST(Times, EachDayOfAListIsADay) {
  expect({{"The delegations will meet on Monday 20, Tuesday 21 and Wednesday 22 April.",
           "2015-03-10", "2015-04-20 2015-04-21 2015-04-22"},
          {"They will meet on 3, 4 and 5 June in Olm.", "2031-04-10",
           "2031-06-03 2031-06-04 2031-06-05"},
          {"They met on the 3rd and 4th of April.", "2031-06-10", "2031-04-03 2031-04-04"},
          {"They met on the first and second of June.", "2031-06-10", "2031-06-01 2031-06-02"},
          {"They met on April 3, 4 and 5.", "2031-06-10", "2031-04-03 2031-04-04 2031-04-05"},
          {"They met on April 3 and 4, 2019.", "2031-06-10", "2019-04-03 2019-04-04"},
          {"They met on 3 and 4 April 2019.", "2031-06-10", "2019-04-03 2019-04-04"},
          {"They met on April 3 and June 4, 2019.", "2031-06-10", "2019-04-03 2019-06-04"},
          {"They met in March and April 2019.", "2031-06-10", "2019-03 2019-04"},
          {"On April 3, 4 soldiers died in Olm.", "2031-06-10", "2031-04-03"},
          {"On Monday 20 soldiers died in Olm.", "2031-06-10", "2031-06-09"}});
}

TEST(Times, ATimeOfDayTakesItsDay) {
  expect({{"The envoy left at 4:49 p.m. on 8 February 2012.", "2015-03-10", "2012-02-08T16:49"},
          {"The envoy left on 8 February 2012 at 4:49 p.m.", "2015-03-10", "2012-02-08T16:49"},
          {"On 8 February 2012, at 16:49, the envoy left.", "2015-03-10", "2012-02-08T16:49"},
          {"On 8 February 2012 the envoy left the city at 16:49.", "2015-03-10",
           "2012-02-08 2012-02-08T16:49"},
          {"The envoy left at 10 a.m. on Monday.", "2015-03-10", "2015-03-09T10:00"},
          {"The envoy left on Monday at 10 a.m.", "2015-03-10", "2015-03-09T10:00"},
          {"The envoy will leave at noon on Friday.", "2015-03-10", "2015-03-13T12:00"},
          {"The premier was shot on Oct. 23, 2030. He died at 10 p.m. in the city.", "2031-05-14",
           "2030-10-23 2030-10-23T22:00"},
          // The day told lies behind, the time ahead: it is the day of the report.
          {"The envoy left on Monday. He will speak at 10 p.m. in Olm.", "2031-05-14",
           "2031-05-12 2031-05-14T22:00"},
          {"He was arrested on the evening of 8 February 2012.", "2015-03-10", "2012-02-08TEV"},
          {"He was arrested on Monday in the evening.", "2015-03-10", "2015-03-09TEV"}});
}

TEST(Times, WhatIsPutOffOrDuePointsAhead) {
  expect({{"The talks were postponed until Monday.", "2031-05-14", "2031-05-19"},
          {"The talks have been put off till Tuesday.", "2031-05-13", "2031-05-20"},
          {"The vote was delayed to Thursday.", "2031-05-14", "2031-05-15"},
          {"The launch was put off until 15:00 GMT Saturday.", "2031-05-14", "2031-05-17T15:00"},
          {"The report was due on Tuesday.", "2031-05-14", "2031-05-20"},
          {"The meeting was rescheduled for Monday.", "2031-05-14", "2031-05-19"},
          {"Norway gave Iceland until Monday to answer.", "2031-05-14", "2031-05-19"},
          {"Norway demanded an answer by Monday.", "2031-05-14", "2031-05-19"},
          {"The envoy arrived in Olm ahead of Saturday's vote.", "2031-05-14", "2031-05-17"},
          {"The vote was postponed to January.", "2011-10-03", "2012-01"},
          // Without such a word the past stays past.
          {"The ceasefire lasted until Monday.", "2031-05-14", "2031-05-12"},
          {"Iceland missed Monday's deadline.", "2031-05-14", "2031-05-12"}});
}

TEST(Times, AWeekdayIsTheDateOfItsSentence) {
  expect({{"The ministers met Saturday in Reykjavik, March 22, 2014.", "2014-06-24",
           "2014-03-22 2014-03-22"},
          // A date on another weekday says nothing of it.
          {"The ministers met Friday in Reykjavik, as on March 22, 2014.", "2014-06-24",
           "2014-06-20 2014-03-22"}});
}

// A text reckons from its dateline where that is near, and always where no page says when it was
// published.
TEST(Times, TheDatelineIsTheDayOfTheText) {
  expect(
      {{"BERGEN, May 12, 2031 - The envoy left on Sunday.", "", "2031-05-12 2031-05-11"},
       {"BERGEN, May 12 (Courier) - The envoy left on Monday.", "2031-05-13",
        "2031-05-12 2031-05-12"},
       {"BERGEN, May 11, 2031 - The envoy leaves tomorrow.", "2031-05-13", "2031-05-11 2031-05-12"},
       {"BERGEN, May 12, 1931 - The envoy leaves tomorrow.", "2031-05-13",
        "1931-05-12 2031-05-14"}});
}

TEST(Timex, TellsValuesFromOtherWords) {
  for (const char* good : {"2025", "2025-09", "2025-02-28", "2025-W38", "2025-W38-WE", "2025-Q3",
                           "199", "19", "PAST_REF", "XXXX-05-01", "XXXX-WXX-5", "2025-SU"})
    EXPECT_TRUE(is_timex_value("DATE", good)) << good;
  for (const char* bad : {"", "2025-13", "2025-02-30", "2025-W60", "P3D", "yesterday", "2025-9-1"})
    EXPECT_FALSE(is_timex_value("DATE", bad)) << bad;
  for (const char* good : {"P3D", "PT2H", "P1Y6M", "PXW", "P2DE", "P2.5W"})
    EXPECT_TRUE(is_timex_value("DURATION", good)) << good;
  for (const char* bad : {"P", "3D", "P3", "PT3D", "2025"})
    EXPECT_FALSE(is_timex_value("DURATION", bad)) << bad;
  EXPECT_FALSE(is_timex_value("DURATION", "PT" + std::string(1000000, '1') + "H"))
      << "a value from a hostile record";
  EXPECT_TRUE(is_timex_value("TIME", "2025-09-22T20:30"));
  EXPECT_TRUE(is_timex_value("TIME", "2025-09-22TEV"));
  EXPECT_FALSE(is_timex_value("TIME", "2025-09-22"));
}

TEST(Times, WhatWouldComeYesterdayWasToComeWhenItWasSaid) {
  EXPECT_EQ(last_value("Oman said the envoy would arrive in Muscat on Tuesday.", "2031-05-14"),
            "2031-05-13");
  EXPECT_EQ(last_value("Oman said the envoy would arrive in Muscat on Monday.", "2031-05-14"),
            "2031-05-19");
  EXPECT_EQ(last_value("The envoy will arrive in Muscat on Tuesday.", "2031-05-14"), "2031-05-20");
}

}  // namespace
}  // namespace chancery
