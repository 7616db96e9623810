#include <gtest/gtest.h>

#include <random>

#include "base/error.h"
#include "base/strings.h"
#include "language/tokenizer.h"
#include "reading/times.h"
#include "record/when.h"
#include "support.h"

namespace chancery {
namespace {

struct Found {
  std::string words, type, value, mod;
};

std::vector<Found> times_in(const std::string& text, const std::string& published) {
  Document d = test::resources()->engine.analyze(text);
  TreeView tree(d);
  Times times(tree, test::resources()->times, published);
  std::vector<Found> out;
  for (const TimeExpression& x : times.all())
    out.push_back({std::string(x.span.of(text)), x.type, x.value, x.mod});
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
  std::string root = SOURCE_DIR "/data/time/";
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
    TreeView tree(d);
    Times times(tree, grammar, "");
    return times.all().empty() ? std::string("nothing") : times.all().back().value;
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
    TreeView tree(d);
    for (const char* published : {"", "2024-02-29"}) {
      Times times(tree, test::resources()->times, published);
      for (const TimeExpression& x : times.all())
        ASSERT_TRUE(is_timex_value(x.type, x.value))
            << x.type << " " << x.value << " " << x.explain << ": " << text;
    }
  }
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

}  // namespace
}  // namespace chancery
