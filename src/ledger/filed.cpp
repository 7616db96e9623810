#include "ledger/filed.h"

#include "base/error.h"

namespace chancery {

Filed filed(const When& when, const std::string& report_day) {
  // What cannot be dated has no days.
  if (!when.empty())
    return {when.from_day(), when.to_day(), when.value(), std::string(name_of(when.precision()))};
  return {report_day, report_day, "", report_day.empty() ? "" : "report"};
}

std::string day_of_publication(const std::string& published) {
  When day(published.substr(0, 10));
  return day.precision() == Precision::day ? day.from_day() : "";
}

Period period_of(const std::string& from, const std::string& until) {
  auto days = [](const std::string& value) {
    When when(value);
    if (!value.empty() && !when.dated())
      throw UsageError("'" + value.substr(0, 40) +
                       "' is no date (2025, 2025-09, 2025-W38, 2025-09-21)");
    return when;
  };
  return {days(from).from_day(), days(until).to_day()};
}

std::string shifted(const std::string& day, long days) {
  auto parsed = parse_day(day);
  return day.size() == 10 && parsed ? iso(add_days(*parsed, days)) : day;
}

std::string words_of(const std::string& moment, const std::string& report_day, int home_year) {
  if (!moment.empty()) return When(moment).words(home_year);
  When day(report_day);
  return day.dated() ? "told " + day.words(home_year) : "date not given";
}

}  // namespace chancery
