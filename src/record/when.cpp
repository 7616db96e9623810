#include "record/when.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

namespace chancery {
namespace {

constexpr size_t kLongest = 40;  // bytes of a value; records come from anywhere
constexpr Day kLastDay{9999, 12, 31};

constexpr std::array<std::string_view, 14> kPrecisions = {
    "time",    "part of day", "day",  "weekend", "week",    "month",  "season",
    "quarter", "half",        "year", "decade",  "century", "length", "vague"};

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

struct Named {
  std::string_view code, name;
};
constexpr std::array<Named, 5> kParts = {
    {{"MO", "morning"}, {"MI", "midday"}, {"AF", "afternoon"}, {"EV", "evening"}, {"NI", "night"}}};
struct Season {
  std::string_view code, name;
  int first_month;
};
constexpr std::array<Season, 4> kSeasons = {
    {{"SP", "spring", 3}, {"SU", "summer", 6}, {"FA", "autumn", 9}, {"WI", "winter", 12}}};
// Units of a length in the order in which they follow each other; those after a T are of the clock.
constexpr std::array<Named, 4> kDateUnits = {
    {{"Y", "year"}, {"M", "month"}, {"W", "week"}, {"D", "day"}}};
constexpr std::array<Named, 3> kClockUnits = {{{"H", "hour"}, {"M", "minute"}, {"S", "second"}}};
constexpr std::array<Named, 5> kLoneUnits = {
    {{"DE", "decade"}, {"CE", "century"}, {"Q", "quarter"}, {"WE", "weekend"}, {"NI", "night"}}};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool digits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), digit); }

// The number that these few digits write, -1 where they are none.
int number(std::string_view s) {
  if (!digits(s) || s.size() > 4) return -1;
  int n = 0;
  for (char c : s) n = n * 10 + (c - '0');
  return n;
}

std::string_view named(const auto& list, std::string_view code) {
  for (const auto& x : list)
    if (x.code == code) return x.name;
  return {};
}

Day last_of_month(int year, int month) { return {year, month, month_length(year, month)}; }

// Monday of an ISO week; nothing where the year has no such week.
std::optional<Day> monday_of(int year, int week) {
  Day fourth{year, 1, 4};  // always in the first week
  Day monday = add_days(fourth, 1 - weekday(fourth) + 7L * (week - 1));
  if (week < 1 || add_days(monday, 3).year != year) return std::nullopt;
  return monday;
}

bool is_clock(std::string_view time) {
  if (time.size() != 5 || time[2] != ':') return false;
  int hour = number(time.substr(0, 2)), minute = number(time.substr(3));
  return hour >= 0 && minute >= 0 && minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
}

// A day that carries a time without being known: XXXX-05-13, XXXX-WXX-2, XXXX-XX-XX.
bool is_open_day(std::string_view date) {
  if (date == "XXXX-XX-XX") return true;
  if (date.size() != 10 || !date.starts_with("XXXX-")) return false;
  if (date.starts_with("XXXX-WXX-")) return date[9] >= '1' && date[9] <= '7';
  return parse_day("2000" + std::string(date.substr(4)))
      .has_value();  // any day that a leap year has
}

// Reads one count and its unit off the front of a length; nothing where there is none.
struct Counted {
  std::string_view count, name;
  size_t order = 0;
};
template <size_t N>
std::optional<Counted> take(std::string_view& rest, const std::array<Named, N>& units) {
  size_t n = 0;
  if (rest.starts_with('X')) n = 1;
  else {
    while (n < rest.size() && digit(rest[n])) ++n;
    if (n > 0 && n + 1 < rest.size() && rest[n] == '.' && digit(rest[n + 1]))
      for (++n; n < rest.size() && digit(rest[n]);) ++n;
  }
  if (n == 0) return std::nullopt;
  for (size_t k = 0; k < N; ++k)
    if (rest.substr(n).starts_with(units[k].code)) {
      Counted out{rest.substr(0, n), units[k].name, k};
      rest.remove_prefix(n + units[k].code.size());
      return out;
    }
  return std::nullopt;
}

// Appends to `out` what a run of units in their order says; false where something else stands
// there.
template <size_t N>
bool take_all(std::string_view& rest, const std::array<Named, N>& units,
              std::vector<Counted>& out) {
  for (size_t next = 0; !rest.empty() && rest[0] != 'T'; next = out.back().order + 1) {
    auto counted = take(rest, units);
    if (!counted || counted->order < next) return false;
    out.push_back(*counted);
  }
  return true;
}

// The parts of P1Y6M, PT1H30M, P2WE; empty where it is no length.
std::vector<Counted> length_parts(std::string_view value) {
  std::vector<Counted> out;
  if (!value.starts_with('P')) return {};
  value.remove_prefix(1);
  std::string_view rest = value;
  if (auto lone = take(rest, kLoneUnits); lone && rest.empty()) return {*lone};
  rest = value;
  if (!take_all(rest, kDateUnits, out)) return {};
  if (rest.empty()) return out;
  rest.remove_prefix(1);  // the T
  size_t before = out.size();
  if (!take_all(rest, kClockUnits, out) || !rest.empty() || out.size() == before) return {};
  return out;
}

std::string length_words(std::string_view value) {
  std::string out;
  for (const Counted& part : length_parts(value)) {
    if (!out.empty()) out += ' ';
    std::string many = part.name == "century" ? "centuries" : std::string(part.name) + "s";
    if (part.count == "X") out += "some " + many;
    else out += std::string(part.count) + " " + (part.count == "1" ? std::string(part.name) : many);
  }
  return out;
}

std::string year_words(const std::string& what, int year, int home_year) {
  return year == home_year ? what : fmt::format("{} {}", what, year);
}

std::string day_words(Day d, bool with_weekday, int home_year) {
  std::string out = fmt::format("{} {}", d.day, kMonths[d.month - 1].substr(0, 3));
  if (with_weekday) out = fmt::format("{} {}", kWeekdays[weekday(d) - 1].substr(0, 3), out);
  return year_words(out, d.year, home_year);
}

std::string ordinal(int n) {
  const char* ending = n % 100 / 10 == 1 ? "th"
                       : n % 10 == 1     ? "st"
                       : n % 10 == 2     ? "nd"
                       : n % 10 == 3     ? "rd"
                                         : "th";
  return std::to_string(n) + ending;
}

// "evening", "20:30"; "" where the value has no time of day.
std::string time_words(std::string_view value) {
  size_t t = value.find('T');
  if (t == std::string_view::npos) return "";
  std::string_view part = named(kParts, value.substr(t + 1));
  return std::string(part.empty() ? value.substr(t + 1) : part);
}

// What is left to say of a value without a year.
std::string open_words(std::string_view value) {
  constexpr const char* nothing = "date not given";
  std::string_view date = value.substr(0, value.find('T'));
  std::string time = time_words(value);
  if (date == "XXXX-XX-XX") return time + ", " + nothing;
  if (!date.starts_with("XXXX-")) return nothing;
  std::string out;
  if (date.starts_with("XXXX-WXX-")) {
    out = fmt::format("a {}", kWeekdays[date[9] - '1']);
    return time.empty() ? out + ", " + nothing : out + ", " + time + ", " + nothing;
  }
  if (date == "XXXX-WXX") return nothing;
  if (date[5] == 'W' && date != "XXXX-WI")
    return fmt::format("week {}, year not given", number(date.substr(6, 2)));
  if (date.size() == 10)
    out = day_words(*parse_day("2000" + std::string(date.substr(4))), false, 2000);
  else out = When("2000" + std::string(date.substr(4))).words(2000);
  if (!time.empty()) out += ", " + time;
  return out + ", year not given";
}

}  // namespace

std::string_view name_of(Precision precision) {
  return kPrecisions[static_cast<size_t>(precision)];
}

std::optional<Precision> precision_named(std::string_view name) {
  auto found = std::find(kPrecisions.begin(), kPrecisions.end(), name);
  if (found == kPrecisions.end()) return std::nullopt;
  return static_cast<Precision>(found - kPrecisions.begin());
}

When::When(std::string value) : value_(std::move(value)) {
  if (value_.empty() || value_.size() > kLongest) return;
  std::string_view v = value_;
  if (v == "PAST_REF" || v == "PRESENT_REF" || v == "FUTURE_REF") {
    form_ = Form::reference;
  } else if (v[0] == 'P') {
    if (length_parts(v).empty()) return;
    form_ = Form::length;
    precision_ = Precision::length;
  } else if (size_t t = v.find('T'); t != std::string_view::npos) {
    std::string_view date = v.substr(0, t), time = v.substr(t + 1);
    bool clock = is_clock(time);
    if (!clock && named(kParts, time).empty()) return;
    if (is_open_day(date)) {
      form_ = Form::time;
    } else if (auto day = date.size() == 10 ? parse_day(date) : std::nullopt) {
      form_ = Form::time;
      cover(clock ? Precision::time : Precision::part_of_day, *day, *day);
    }
  } else {
    parse_date(v);
  }
}

void When::cover(Precision precision, Day from, Day to) {
  precision_ = precision;
  from_ = from;
  to_ = std::min(to, kLastDay);
}

// A value without a time of day. An open year is read as 2000, to see that the rest is sound.
void When::parse_date(std::string_view v) {
  if (digits(v)) {
    int years = v.size() == 4 ? 1 : v.size() == 3 ? 10 : v.size() == 2 ? 100 : 0;
    if (years == 0) return;
    form_ = Form::date;
    int first = number(v) * years;
    cover(years == 1    ? Precision::year
          : years == 10 ? Precision::decade
                        : Precision::century,
          {first, 1, 1}, {first + years - 1, 12, 31});
    return;
  }
  if (v.size() < 7 || v[4] != '-') return;
  bool open = v.starts_with("XXXX");
  int year = open ? 2000 : number(v.substr(0, 4));
  std::string_view rest = v.substr(5);
  if (year < 0) return;
  if (open && rest[0] == 'W' && rest != "WI") {
    int week = number(rest.substr(1, 2));
    std::string_view behind = rest.substr(std::min<size_t>(3, rest.size()));
    if (rest == "WXX" || (v.size() == 10 && is_open_day(v)) ||
        (week >= 1 && week <= 53 && (behind.empty() || behind == "-WE")))
      form_ = Form::date;
    return;
  }
  if (!parse_month_and_day(year, rest)) return;
  form_ = Form::date;
  if (!open) return;
  precision_ = Precision::vague;
  from_ = to_ = {};
}

bool When::parse_month_and_day(int year, std::string_view rest) {
  if (rest.size() == 2 && digits(rest)) {
    int month = number(rest);
    if (month < 1 || month > 12) return false;
    cover(Precision::month, {year, month, 1}, last_of_month(year, month));
    return true;
  }
  if (rest.size() == 5 && rest[2] == '-' && digits(rest.substr(0, 2))) {
    auto day = parse_day(fmt::format("{:04}-{}", year, rest));
    if (day) cover(Precision::day, *day, *day);
    return day.has_value();
  }
  for (const Season& season : kSeasons) {
    if (rest != season.code) continue;
    int last = season.first_month == 12 ? 2 : season.first_month + 2;
    cover(Precision::season, {year, season.first_month, 1},
          last_of_month(season.first_month == 12 ? year + 1 : year, last));
    return true;
  }
  if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'H')) {
    int order = rest[1] - '0', months = rest[0] == 'Q' ? 3 : 6;
    if (order < 1 || order * months > 12) return false;
    cover(months == 3 ? Precision::quarter : Precision::half,
          {year, order * months - months + 1, 1}, last_of_month(year, order * months));
    return true;
  }
  if (rest[0] != 'W' || rest.size() < 3) return false;
  auto monday = monday_of(year, number(rest.substr(1, 2)));
  if (!monday) return false;
  if (rest.size() == 3) cover(Precision::week, *monday, add_days(*monday, 6));
  else if (rest.substr(3) == "-WE")
    cover(Precision::weekend, add_days(*monday, 5), add_days(*monday, 6));
  else return false;
  return true;
}

bool When::fits(std::string_view type) const {
  if (type == "DATE") return form_ == Form::date || form_ == Form::reference;
  if (type == "TIME") return form_ == Form::time || form_ == Form::reference;
  if (type == "DURATION") return form_ == Form::length;
  if (type == "SET") return valid();
  return false;
}

std::optional<int> When::months() const {
  if (form_ != Form::length) return std::nullopt;
  int months = 0;
  for (const Counted& part : length_parts(value_)) {
    int each = part.name == "month"     ? 1
               : part.name == "year"    ? 12
               : part.name == "decade"  ? 120
               : part.name == "century" ? 1200
                                        : 0;
    int count = number(part.count);
    if (each == 0 || count < 0) return std::nullopt;
    months += count * each;
  }
  return months;
}

std::string When::words(int home_year) const {
  static constexpr const char* kOrder[] = {"first", "second", "third", "fourth"};
  int year = from_.year;
  switch (precision_) {
    case Precision::time:
    case Precision::part_of_day:
      return day_words(from_, true, home_year) + ", " + time_words(value_);
    case Precision::day: return day_words(from_, true, home_year);
    case Precision::weekend: return "weekend of " + day_words(from_, false, home_year);
    case Precision::week: return "week of " + day_words(from_, false, home_year);
    case Precision::month:
      return year_words(std::string(kMonths[from_.month - 1]), year, home_year);
    case Precision::season:
      if (from_.month == 12)
        return year == home_year ? "winter"
                                 : fmt::format("winter {}/{:02}", year, (year + 1) % 100);
      return year_words(std::string(kSeasons[from_.month / 3 - 1].name), year, home_year);
    case Precision::quarter:
    case Precision::half: {
      bool half = precision_ == Precision::half;
      std::string out = fmt::format("{} {}", kOrder[(from_.month - 1) / (half ? 6 : 3)],
                                    half ? "half" : "quarter");
      return year == home_year ? out : fmt::format("{} of {}", out, year);
    }
    case Precision::year: return std::to_string(year);
    case Precision::decade: return fmt::format("the {}s", year);
    case Precision::century: return fmt::format("the {} century", ordinal(year / 100 + 1));
    case Precision::length: return length_words(value_);
    case Precision::vague: break;
  }
  return valid() ? open_words(value_) : "date not given";
}

bool earlier(const When& a, const When& b) {
  if (a.dated() != b.dated()) return a.dated();
  return std::tuple(a.from(), a.to(), std::string_view(a.value())) <
         std::tuple(b.from(), b.to(), std::string_view(b.value()));
}

bool later(const When& a, const When& b) {
  if (a.dated() != b.dated()) return a.dated();
  return earlier(b, a);
}

int year_of(std::string_view moment) {
  When day(moment.substr(0, 10));
  return day.dated() ? day.from().year : -1;
}

std::string moment_words(std::string_view moment) {
  When day(moment.substr(0, 10));
  if (!day.dated()) return std::string(moment);
  std::string out = day.words();
  if (moment.size() < 16 || moment[10] != 'T' || !is_clock(moment.substr(11, 5))) return out;
  out += ", " + std::string(moment.substr(11, 5));
  size_t zone = moment.find_first_of("Z+-", 16);
  if (zone == std::string_view::npos) return out;
  std::string_view offset = moment.substr(zone);
  bool none = offset == "Z" || offset == "+00:00" || offset == "+0000";
  return out + " UTC" + std::string(none ? "" : offset);
}

bool is_timex_value(std::string_view type, std::string_view value) {
  return value.size() <= kLongest && When(value).fits(type);
}

}  // namespace chancery
