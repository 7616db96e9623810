// Days, weeks and months as numbers (proleptic Gregorian calendar; algorithms after Howard Hinnant,
// "chrono-compatible low-level date algorithms").
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace chancery {

struct Day {
  int year = 0, month = 0, day = 0;
  friend auto operator<=>(const Day&, const Day&) = default;  // earlier is less
};

long day_number(Day d);  // days since 1970-01-01
Day from_day_number(long n);
int weekday(Day d);  // 1 = Monday … 7 = Sunday
Day add_days(Day d, long n);
Day add_months(Day d, int n);  // the day is cut to the month's length
int month_length(int year, int month);
std::string iso(Day d);  // 2025-09-23
std::string iso_month(int year, int month);
std::string iso_week(Day d);  // 2025-W39
// The day of "2025-09-23…"; nothing for coarser or other values.
std::optional<Day> parse_day(std::string_view value);

}  // namespace chancery
