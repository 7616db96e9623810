#include "base/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace chancery {

long day_number(Day d) {
  int y = d.year - (d.month <= 2);
  long era = (y >= 0 ? y : y - 399) / 400;
  unsigned yoe = static_cast<unsigned>(y - era * 400);
  unsigned doy =
      static_cast<unsigned>((153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1);
  unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + static_cast<long>(doe) - 719468;
}

Day from_day_number(long n) {
  n += 719468;
  long era = (n >= 0 ? n : n - 146096) / 146097;
  unsigned doe = static_cast<unsigned>(n - era * 146097);
  unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  unsigned mp = (5 * doy + 2) / 153;
  int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1),
      month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400) + (month <= 2), month, day};
}

int weekday(Day d) {
  long n = day_number(d) + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(((n % 7) + 7) % 7) + 1;
}

Day add_days(Day d, long n) { return from_day_number(day_number(d) + n); }

int month_length(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

Day add_months(Day d, int n) {
  int total = d.year * 12 + d.month - 1 + n;
  Day out{total / 12, total % 12 + 1, d.day};
  if (total < 0) return d;
  out.day = std::min(out.day, month_length(out.year, out.month));
  return out;
}

std::string iso(Day d) { return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day); }

std::string iso_month(int year, int month) { return fmt::format("{:04}-{:02}", year, month); }

std::string iso_week(Day d) {
  // The week belongs to the year of its Thursday.
  Day thursday = add_days(d, 4 - weekday(d));
  long first = day_number({thursday.year, 1, 1});
  return fmt::format("{:04}-W{:02}", thursday.year, (day_number(thursday) - first) / 7 + 1);
}

std::optional<Day> parse_day(std::string_view v) {
  if (v.size() < 10 || v[4] != '-' || v[7] != '-') return std::nullopt;
  auto number = [&](size_t at, size_t n) {
    int x = -1;
    auto [end, error] = std::from_chars(v.data() + at, v.data() + at + n, x);
    return error == std::errc() && end == v.data() + at + n ? x : -1;
  };
  Day d{number(0, 4), number(5, 2), number(8, 2)};
  if (d.year < 0 || d.month < 1 || d.month > 12 || d.day < 1 ||
      d.day > month_length(d.year, d.month))
    return std::nullopt;
  return d;
}

}  // namespace chancery
