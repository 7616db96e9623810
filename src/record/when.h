// When something is: a TIMEX3 value (TimeML 1.2.1), parsed once into the days it covers. Whatever
// compares, sorts, filters or shows a date asks a When; nobody else looks into the letters of a
// value.
//
//   value             precision    from … to (days, both inclusive)    words
//   2031-05-13T20:30  time         that day                            Tue 13 May 2031, 20:30
//   2031-05-13TEV     part of day  that day                            Tue 13 May 2031, evening
//   2031-05-13        day          that day                            Tue 13 May 2031
//   2031-W20-WE       weekend      Saturday and Sunday of an ISO week  weekend of 17 May 2031
//   2031-W20          week         Monday to Sunday of an ISO week     week of 12 May 2031
//   2031-05           month        first to last day                   May 2031
//   2016-SP           season       March to May (SU June to August,    spring 2016
//                                  FA September to November, WI
//                                  December to the end of the next
//                                  February: a winter is called by
//                                  the year in which it begins)
//   2031-Q2           quarter      first to last day                   second quarter of 2031
//   2031-H1           half         first to last day
//   2031              year         first to last day                   2031
//   203               decade       2030 to 2039                        the 2030s
//   20                century      2000 to 2099                        the 21st century
//   P3D PT30M PXY     length       none: how long, not when            3 days, 30 minutes, some years
//   PAST_REF XXXX-05  vague        none: what cannot be dated          date not given; May, year
//                                                                      not given
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace chancery {

// How exact a When is, from the finest to none.
enum class Precision {
  time,
  part_of_day,
  day,
  weekend,
  week,
  month,
  season,
  quarter,
  half,
  year,
  decade,
  century,
  length,
  vague
};

// "time", "part of day", "day" … "length", "vague", as records and answers write them.
std::string_view name_of(Precision precision);
std::optional<Precision> precision_named(std::string_view name);

class When {
 public:
  // Nothing is said.
  When() = default;
  // Parses a value; never throws, looks at no more than 40 bytes. What is no TIMEX3 value is kept
  // as it stands, is not valid() and cannot be dated.
  When(std::string value);  // NOLINT: a value is a When wherever one is asked for
  When(std::string_view value) : When(std::string(value)) {}
  When(const char* value) : When(std::string(value)) {}
  explicit When(Day day) : When(iso(day)) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }
  // Is it a TIMEX3 value at all? Days and weeks must exist: 2023-02-29 and 2031-W53 are none.
  bool valid() const { return form_ != Form::none; }
  // Is it one that an expression of that TIMEX3 type (DATE, TIME, DURATION, SET) may have? A value
  // that ends in a time or a part of day is a TIME's.
  bool fits(std::string_view timex_type) const;

  // Does it say which days? Then from() ≤ to(), within the years 0000 to 9999.
  bool dated() const { return precision_ < Precision::length; }
  Precision precision() const { return precision_; }
  Day from() const { return from_; }  // only where dated()
  Day to() const { return to_; }
  // The same as ISO days (2031-05-13), "" where it cannot be dated. They sort as text.
  std::string from_day() const { return dated() ? iso(from_) : ""; }
  std::string to_day() const { return dated() ? iso(to_) : ""; }
  // It names one day, or a part of one.
  bool one_day() const { return precision_ <= Precision::day; }

  // PAST_REF, PRESENT_REF or FUTURE_REF: a past, present or future that the text does not date.
  bool reference() const { return form_ == Form::reference; }
  // The whole months of a length that is counted in months, years, decades or centuries.
  std::optional<int> months() const;

  // Has it a day in common with first … last (inclusive)? What cannot be dated has none.
  bool overlaps(Day first, Day last) const { return dated() && from_ <= last && first <= to_; }
  bool overlaps(const When& other) const {
    return other.dated() && overlaps(other.from_, other.to_);
  }

  // Are all its days among those of `other`? "2031-05-13TEV" is within 2031-05-13, that within
  // 2031-W20.
  bool within(const When& other) const {
    return dated() && other.dated() && other.from_ <= from_ && to_ <= other.to_;
  }

  // For people, without codes. The year is left out where it is `home_year`, the one the reader has
  // in mind anyway (-1: never left out): "Tue 13 May, evening".
  std::string words(int home_year = -1) const;

  // The same value, letter by letter.
  friend bool operator==(const When& a, const When& b) { return a.value_ == b.value_; }

 private:
  // What kind of value stands there; none: no value.
  enum class Form { none, reference, date, time, length };
  void parse_date(std::string_view date);
  bool parse_month_and_day(int year, std::string_view rest);
  void cover(Precision precision, Day from, Day to);

  std::string value_;
  Form form_ = Form::none;
  Precision precision_ = Precision::vague;
  Day from_, to_;
};

// The two orders of a list. By the first day, then by the last, then by value; what cannot be dated
// comes last in both.
bool earlier(const When& a, const When& b);  // oldest first
bool later(const When& a, const When& b);    // newest first

// What the dates of an article are told in: the year of "2031-05-13T09:00Z", ISO 8601 as far as
// known; -1 for none.
int year_of(std::string_view moment);
// "Tue 13 May 2031, 09:00 UTC", "May 2031"; what is no such moment is given back as it stands.
std::string moment_words(std::string_view moment);

// Is this a value that an expression of that type may have? The same as When(value).fits(type).
bool is_timex_value(std::string_view type, std::string_view value);

}  // namespace chancery
