// What the functions in the values of data/time/rules.tsv mean.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "reading/when/times.h"

namespace chancery {
namespace {

int number(std::string_view s) {
  int value = -1;
  auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() ? value : -1;
}

// The unit as TIMEX3 writes it in a duration: Y M W D DE CE TH TM TS Q WE NI.
std::string length(const std::string& unit, const std::string& count) {
  if (unit.empty() || count.empty()) return "";
  if (count.ends_with(".5") && (unit == "Y" || unit == "TH" || unit == "TM")) {
    std::string whole = count.substr(0, count.size() - 2);
    return unit == "Y"    ? "P" + whole + "Y6M"
           : unit == "TH" ? "PT" + whole + "H30M"
                          : "PT" + whole + "M30S";
  }
  if (unit[0] == 'T') return "PT" + count + unit.substr(1);
  return "P" + count + unit;
}

// The calendar value of the unit around a day, n units away. "" for units of the clock.
std::string shifted(Day p, const std::string& unit, int n) {
  if (unit.empty() || std::abs(n) > 5000) return "";
  auto year = [](int y) { return y > 0 && y < 10000 ? fmt::format("{:04}", y) : std::string(); };
  if (unit == "Y") return year(p.year + n);
  if (unit == "M" || unit == "Q") {
    Day d = add_months({p.year, p.month, 1}, unit == "Q" ? 3 * n : n);
    return unit == "M" ? iso_month(d.year, d.month)
                       : fmt::format("{:04}-Q{}", d.year, (d.month - 1) / 3 + 1);
  }
  if (unit == "W") return iso_week(add_days(p, 7L * n));
  if (unit == "WE") return iso_week(add_days(p, 7L * n)) + "-WE";
  if (unit == "D") return iso(add_days(p, n));
  if (unit == "NI") return iso(add_days(p, n)) + "TNI";
  if (unit == "DE") return year(p.year + 10 * n).substr(0, 3);
  if (unit == "CE") return year(p.year + 100 * n).substr(0, 2);
  return "";
}

bool clock_unit(const std::string& unit) { return !unit.empty() && unit[0] == 'T'; }

}  // namespace

// The function of a value, with what its arguments came to.
class Times::Value {
 public:
  Value(const Times& times, const std::string& function, std::vector<std::string> arguments,
        int begin, int end)
      : x_(times),
        f_(function),
        a_(std::move(arguments)),
        begin_(begin),
        end_(end),
        tense_(times.tense_of(begin, end)) {}

  std::string get() {
    static const std::unordered_map<std::string_view, std::string (Value::*)()> functions = {
        {"minus", &Value::minus},
        {"date", &Value::date},
        {"near", &Value::near},
        {"slashed", &Value::slashed},
        {"dashed", &Value::slashed},
        {"near_month", &Value::near_month},
        {"listed", &Value::listed},
        {"continued", &Value::continued},
        {"weekday_day", &Value::weekday_day},
        {"day_told", &Value::day_told},
        {"month", &Value::month},
        {"month_set", &Value::month_set},
        {"month_by", &Value::month_by},
        {"week_of", &Value::week_of},
        {"weekday", &Value::weekday_near},
        {"weekday_set", &Value::weekday_set},
        {"weekend", &Value::weekend},
        {"shift", &Value::shift},
        {"ago", &Value::shift},
        {"ahead", &Value::shift},
        {"told", &Value::told},
        {"season", &Value::season},
        {"season_by", &Value::season_by},
        {"quarter", &Value::quarter},
        {"half", &Value::quarter},
        {"quarter_told", &Value::quarter_told},
        {"year_before", &Value::year_before},
        {"length", &Value::length_of},
        {"length_up", &Value::length_up},
        {"half_length", &Value::half_length},
        {"part", &Value::part},
        {"clock", &Value::clock},
        {"feast", &Value::feast},
        {"feast_of", &Value::feast_of}};
    const auto function = functions.find(f_);
    return function == functions.end() ? "" : (this->*function->second)();
  }

 private:
  static int integer(const std::string& s) { return std::atoi(s.c_str()); }
  static std::string vague(int n) {
    return n < 0 ? "PAST_REF" : n > 0 ? "FUTURE_REF" : "PRESENT_REF";
  }
  static std::string day_of(int y, int m, int d) {
    return m >= 1 && m <= 12 && d >= 1 && d <= month_length(y, m) ? iso({y, m, d}) : "";
  }
  // The year, or the month and the year, may stand at the end of a list.
  ListedDay behind() const { return x_.list_behind(end_, x_.t_.sentence(begin_).end); }
  const std::optional<Day>& published() const { return x_.published_; }

  std::string minus() { return a_[0].empty() ? "" : "-" + a_[0]; }
  std::string date() { return day_of(integer(a_[0]), integer(a_[1]), integer(a_[2])); }
  std::string near() {
    const int month = integer(a_[0]), day = integer(a_[1]);
    if (number(a_[2]) > 0) return day_of(integer(a_[2]), month, day);
    return x_.dated(behind().year, month, day, a_[3] == "future" ? Tense::future : tense_);
  }
  // With slashes month first, as in America, unless that is impossible; with dashes day first.
  std::string slashed() {
    int m = integer(a_[0]), d = integer(a_[1]);
    if (m > 12 || (f_ == "dashed" && d <= 12)) std::swap(m, d);
    return day_of(integer(a_[2]), m, d);
  }
  std::string near_month() {
    const int month = integer(a_[0]);
    if (int year = behind().year) return iso_month(year, month);
    // "They go to the polls in November" looks ahead.
    const bool ahead = a_[1] == "future" || (tense_ == Tense::present && x_.hangs_on_verb(begin_) &&
                                             published() && month > published()->month);
    return x_.near_month(month, ahead ? Tense::future : tense_);
  }
  std::string listed() {
    const ListedDay list = behind();
    return list.month ? x_.dated(list.year, list.month, integer(a_[0]), tense_) : "";
  }
  std::string continued() {
    const int month = x_.month_before(begin_, end_),
              year = a_[1].empty() ? behind().year : integer(a_[1]);
    return month ? x_.dated(year, month, integer(a_[0]), tense_) : "";
  }
  std::string weekday_day() { return x_.weekday_of_month(integer(a_[0]), integer(a_[1]), tense_); }
  std::string day_told() {
    if (behind().month) return "";  // its list names the month
    std::optional<Day> month = x_.told('M');
    if (!month) month = published();
    return month ? x_.dated(month->year, month->month, integer(a_[0]), tense_) : "";
  }
  std::string month() {
    return number(a_[0]) > 0 ? iso_month(integer(a_[0]), integer(a_[1])) : a_[0];
  }
  std::string month_set() { return fmt::format("XXXX-{:02}", integer(a_[0])); }
  std::string month_by() {
    const int m = integer(a_[1]), direction = integer(a_[0]);
    if (!published()) return fmt::format("XXXX-{:02}", m);
    int y = published()->year;
    // "Last October" said in November is not the month just gone, which would be "last month".
    if (direction < 0 && m >= published()->month - 1) --y;
    if (direction > 0 && m <= published()->month) ++y;
    return iso_month(y, m);
  }
  std::string week_of() {
    const auto day = parse_day(a_[0]);
    return day ? iso_week(*day) + (a_[1] == "WE" ? "-WE" : "") : "";
  }
  std::string weekday_near() { return x_.weekday_value(integer(a_[0]), a_[1], tense_, begin_); }
  std::string weekday_set() { return "XXXX-WXX-" + a_[0]; }
  std::string weekend() {
    if (!published()) return vague(0);
    const bool coming = x_.low_[begin_] == "this" || tense_ == Tense::future ||
                        chancery::weekday(*published()) >= 6;
    return shifted(*published(), "WE", coming ? 0 : -1);
  }
  std::string shift() {
    const std::string& unit = a_[0];
    if (a_[1] == "X" || a_[1].find('.') != std::string::npos) return vague(f_ == "ahead" ? 1 : -1);
    const int n = integer(a_[1]) * (f_ == "ago" ? -1 : 1);
    if (!published()) return vague(n);
    if (clock_unit(unit)) return f_ == "shift" ? "" : n < 0 ? "PAST_REF" : "FUTURE_REF";
    return shifted(*published(), unit, n);
  }
  std::string told() {
    const int n = integer(a_[1]);
    std::optional<Day> anchor = x_.told(a_[0].empty() ? 'D' : a_[0][0]);
    if (a_[1] == "X" || clock_unit(a_[0])) return vague(n);
    if (!anchor) anchor = published();
    return anchor ? shifted(*anchor, a_[0], n) : vague(n);
  }
  std::string season() {
    return number(a_[1]) > 0 ? fmt::format("{:04}-{}", integer(a_[1]), a_[0]) : "";
  }
  std::string season_by() { return x_.season_by(a_[0], integer(a_[1]), tense_); }
  std::string quarter() {
    const bool half = f_ == "half";
    const char letter = half ? 'H' : 'Q';
    if (number(a_[1]) > 0) return fmt::format("{:04}-{}{}", integer(a_[1]), letter, a_[0]);
    if (a_[1] != "none" || !published()) return fmt::format("XXXX-{}{}", letter, a_[0]);
    return x_.quarter_near(integer(a_[0]), half, tense_);
  }
  std::string quarter_told() {
    std::string quarter = x_.quarter_told();
    if (quarter.empty() && published())
      quarter = shifted(*published(), "Q", published()->month % 3 == 1 ? -1 : 0);
    return quarter.empty() ? vague(-1)
                           : fmt::format("{:04}{}", integer(quarter.substr(0, 4)) + integer(a_[0]),
                                         quarter.substr(4));
  }
  std::string year_before() {
    const std::string quarter = x_.quarter_told();
    return quarter.empty()
               ? shifted(*published(), "Y", -1)
               : fmt::format("{:04}{}", integer(quarter.substr(0, 4)) - 1, quarter.substr(4));
  }
  std::string length_of() { return length(a_[0], a_[1]); }
  std::string length_up() { return length(a_[0], !a_[1].empty() ? a_[1] : "X"); }
  std::string half_length() {
    return a_[0] == "TH"   ? "PT30M"
           : a_[0] == "Y"  ? "P6M"
           : a_[0] == "DE" ? "P5Y"
           : a_[0] == "CE" ? "P50Y"
                           : length(a_[0], "0.5");
  }
  std::string part() {
    return a_[0].size() == 10 && isdigit(static_cast<unsigned char>(a_[0][9]))
               ? a_[0] + (a_[1][0] == 'T' ? "" : "T") + a_[1]
               : "";
  }
  std::string clock() {
    const std::string day = x_.clock_day(begin_, tense_);
    const size_t colon = a_[0].find(':');
    int hour = integer(a_[0]);
    const int minute = colon == std::string::npos ? 0 : integer(a_[0].substr(colon + 1));
    if (colon == std::string::npos && hour > 12) return "";
    // "at eight in the evening"
    if ((a_[1] == "pm" || a_[1] == "TAF" || a_[1] == "TEV" || a_[1] == "TNI") && hour < 12)
      hour += 12;
    if ((a_[1] == "am" || a_[1] == "TMO") && hour == 12) hour = 0;
    if (hour > 24 || (hour == 24 && minute > 0)) return "";
    return fmt::format("{}T{:02}:{:02}", day, hour, minute);
  }
  std::string feast() { return x_.feast_near(a_[0], tense_); }
  std::string feast_of() { return TimeGrammar::feast(a_[0], integer(a_[1])); }

  const Times& x_;
  const std::string& f_;
  const std::vector<std::string> a_;  // four at least
  const int begin_, end_;
  const Tense tense_;
};

std::string Times::evaluate(const TimeCall& call, int begin, int end,
                            const TimeBindings& bindings) const {
  if (call.kind == TimeCall::Kind::word) return call.name;
  if (call.kind == TimeCall::Kind::variable) {
    auto found = bindings.find(call.name);
    return found == bindings.end() || found->second.token < 0 ? "" : found->second.value;
  }
  std::vector<std::string> arguments;
  for (const TimeCall& argument : call.arguments)
    arguments.push_back(evaluate(argument, begin, end, bindings));
  arguments.resize(4);
  return Value(*this, call.name, std::move(arguments), begin, end).get();
}

std::optional<Day> Times::told(char unit) const {
  int looked = 0;
  for (auto it = times_.rbegin(); it != times_.rend() && looked < 12; ++it, ++looked) {
    if (it->type != "DATE" && it->type != "TIME") continue;
    const When& when = it->when;
    if (when.one_day()) return when.from();
    if (!when.dated() || when.precision() > Precision::year) continue;
    if ((unit == 'M' || unit == 'Q' || unit == 'Y') && when.precision() == Precision::month)
      return when.from();
    // A week belongs to the year of its Thursday.
    if (unit == 'Y') return Day{add_days(when.from(), 3).year, 1, 1};
  }
  return std::nullopt;
}

// The quarter a business report speaks of: the one it named last.
std::string Times::quarter_told() const {
  for (size_t i = times_.size(), looked = 0; i-- > 0 && looked < 10; ++looked)
    if (const When& when = times_[i].when;
        !places_[i].compared && when.dated() && when.precision() == Precision::quarter)
      return when.value();
  return "";
}

// A day of a month without a year: the nearest one that the tense allows.
std::string Times::near(int month, int day, Tense tense) const {
  if (month < 1 || month > 12 || day < 1 || day > month_length(2000, month)) return "";
  if (!published_) return fmt::format("XXXX-{:02}-{:02}", month, day);
  Day p = *published_;
  int year = -1;
  long best = 1L << 40;
  for (int y = p.year - 1; y <= p.year + 1; ++y) {
    if (day > month_length(y, month)) continue;
    long away = day_number({y, month, day}) - day_number(p);
    long cost = std::labs(away);
    if (tense == Tense::past && away > 1) cost += 200;
    if ((tense == Tense::future || tense == Tense::present) && away < -1) cost += 120;
    if (cost < best) {
      best = cost;
      year = y;
    }
  }
  // Feb. 29 with no leap year near: the last one.
  for (int y = p.year - 1; year < 0; --y)
    if (day <= month_length(y, month)) year = y;
  return iso({year, month, day});
}

std::string Times::near_month(int month, Tense tense) const {
  if (!published_) return fmt::format("XXXX-{:02}", month);
  int year = published_->year, away = month - published_->month;
  if (tense == Tense::future) {
    if (away < 0) ++year;
  } else if (away > 0 && !(tense != Tense::past && away <= 4)) {
    --year;
  } else if (away < -8 && tense != Tense::past) {
    ++year;
  }
  return iso_month(year, month);
}

std::string Times::dated(int year, int month, int day, Tense tense) const {
  if (year <= 0) return near(month, day, tense);
  return month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month)
             ? iso({year, month, day})
             : "";
}

// "Tuesday the 13th": the nearest month whose 13th is a Tuesday, on the side that the tense gives.
std::string Times::weekday_of_month(int weekday, int day, Tense tense) const {
  if (!published_) return "XXXX-WXX-" + std::to_string(weekday);
  std::string best;
  long least = 1L << 40;
  for (int n = -12; n <= 12; ++n) {
    Day month = add_months({published_->year, published_->month, 1}, n);
    if (day < 1 || day > month_length(month.year, month.month)) continue;
    Day d{month.year, month.month, day};
    if (chancery::weekday(d) != weekday) continue;
    long away = day_number(d) - day_number(*published_), cost = std::labs(away);
    if ((tense == Tense::past && away > 0) || (tense == Tense::future && away < 0)) cost += 60;
    if (cost < least) {
      least = cost;
      best = iso(d);
    }
  }
  return best;
}

// The day of a time that names none: the one told last, where it is not far and lies on the side of
// publication that the tense gives; else that of publication. "He was shot on Oct. 23. He died at
// 10 p.m."
std::string Times::clock_day(int begin, Tense tense) const {
  int sentence = t_.sentence_of(begin);
  for (size_t k = times_.size(); k-- > 0;) {
    if (sentence - t_.sentence_of(places_[k].range.begin) > 2) break;
    const When& when = times_[k].when;
    if (places_[k].compared || !when.one_day()) continue;
    if (published_ && tense == Tense::future && when.from() < *published_) break;
    if (published_ && tense == Tense::past && when.from() > *published_) break;
    return when.from_day();
  }
  return published_ ? iso(*published_) : "XXXX-XX-XX";
}

std::string Times::weekday_value(int wanted, const std::string& mode, Tense tense,
                                 int begin) const {
  if (!published_) return "XXXX-WXX-" + std::to_string(wanted);
  Day p = *published_;
  Ahead ahead = mode == "near" ? looks_ahead(begin) : Ahead::no;
  // "came on Wednesday ahead of Thursday's vote": from the day that the sentence has told.
  if (ahead != Ahead::no)
    for (size_t k = times_.size(); k-- > 0 && places_[k].range.begin >= t_.sentence(begin).begin;)
      if (times_[k].when.one_day() && times_[k].when.from() < p) {
        p = times_[k].when.from();
        break;
      }
  int away = wanted - weekday(p);
  if (ahead == Ahead::strictly) away += away <= 0 ? 7 : 0;
  else if (mode == "last_week") away -= 7;
  else if (mode == "next_week") away += 7;
  else if (mode == "week_after") away += away <= 0 ? 14 : 7;
  else if (mode == "last") away -= away >= 0 ? 7 : 0;
  else if (mode == "next") away += away <= 0 ? 7 : 0;
  else if (mode == "this") away += away < 0 && tense == Tense::future ? 7 : 0;
  else if (tense == Tense::future) away += away < 0 && !(away == -1 && told_ahead(begin)) ? 7 : 0;
  else if (tense == Tense::present && hangs_on_verb(begin))
    away += away < 0 ? 7 : 0;  // "the parliament meets on Monday"
  else if (away > 0 && (tense != Tense::present || away > 3)) away -= 7;
  return iso(add_days(p, away));
}

std::string Times::season_by(const std::string& season, int direction, Tense tense) const {
  if (!published_) return "XXXX-" + season;
  int y = published_->year, m = published_->month;
  if (season == "WI") {
    // A winter is called by the year in which it begins.
    bool inside = m == 12 || m <= 2;
    int latest = m == 12 ? y : y - 1;  // the one that goes on or is over
    if (direction < 0) return fmt::format("{:04}-WI", inside ? latest - 1 : latest);
    if (direction > 0) return fmt::format("{:04}-WI", latest + 1);
    return fmt::format("{:04}-WI", inside || tense != Tense::future ? latest : latest + 1);
  }
  const int first = season == "SP" ? 3 : season == "SU" ? 6 : 9;
  if (direction < 0 && m <= first + 2) --y;
  if (direction > 0 && m >= first) ++y;
  if (direction == 0 && tense == Tense::past && m < first) --y;
  if (direction == 0 && tense == Tense::future && m > first + 2) ++y;
  return fmt::format("{:04}-{}", y, season);
}

std::string Times::quarter_near(int order, bool half, Tense tense) const {
  int y = published_->year, months = half ? 6 : 3, last = order * months, first = last - months + 1;
  if (tense != Tense::future && first > published_->month + 1) --y;
  if (tense == Tense::future && last + 4 < published_->month)
    ++y;  // one just over is still to be reported
  return fmt::format("{:04}-{}{}", y, half ? 'H' : 'Q', order);
}

// The feast nearest in the direction that the tense gives.
std::string Times::feast_near(const std::string& rule, Tense tense) const {
  if (parse_day(rule)) return rule;
  if (!published_) return rule.size() == 5 ? "XXXX-" + rule : "";
  long best = 1L << 40;
  std::string out;
  for (int y = published_->year - 1; y <= published_->year + 1; ++y) {
    std::string value = TimeGrammar::feast(rule, y);
    auto day = parse_day(value);
    if (!day) continue;
    long away = day_number(*day) - day_number(*published_), cost = std::labs(away);
    if (tense == Tense::past && away > 1) cost += 400;
    if (tense == Tense::future && away < -1) cost += 400;
    if (cost < best) {
      best = cost;
      out = value;
    }
  }
  return out;
}

}  // namespace chancery
