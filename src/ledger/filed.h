// Under which days an item stands in the ledger, and which days a question asks for. Everything
// that the ledger stores, sorts or filters by time goes by these.
#pragma once
#include <string>

#include "record/when.h"

namespace chancery {

struct Filed {
  // ISO days, inclusive: those of the item's own time; the day of its report where it says none;
  // "" where what it says cannot be dated ("recently", a Monday), or nothing is known.
  std::string day, last;
  std::string moment;     // its own time as the record has it (TIMEX3), "" for none
  std::string precision;  // of that time (When), "report" where the report's day stands in for it
};

// `when` of an item in an article published on `report_day`.
Filed filed(const When& when, const std::string& report_day);
// The ISO day of "2031-05-14T08:30…"; "" for what is no day.
std::string day_of_publication(const std::string& published);

// The days that a question asks for, both inclusive; "" where that end is open.
struct Period {
  std::string from, until;
  bool empty() const { return from.empty() && until.empty(); }
};
// "2031", "2031-05", "2031-W20", "2031-05-14": from the first day of `from` to the last of `until`.
// Throws UsageError for what names no days.
Period period_of(const std::string& from, const std::string& until);

// A day some days away; the day itself when it is no ISO day.
std::string shifted(const std::string& day, long days);
// For people: "Tue 13 May 2031, evening" of an item's own time, "told Wed 14 May 2031" where only
// its report is dated, "date not given". The year is left out where it is `home_year`.
std::string words_of(const std::string& moment, const std::string& report_day, int home_year = -1);

}  // namespace chancery
