// Times that complete each other: the days of a list and the month that stands at its end or its
// beginning, a time of day and its day, a weekday and the date of the same sentence. The words that
// join them are classes of data/time/words.tsv.
#include <algorithm>

#include "base/utf8.h"
#include "reading/when/times.h"

namespace chancery {
namespace {

constexpr int kLongestList = 12;  // days

// The letters of the day in a value: "2031-05-13" of 2031-05-13TEV, "XXXX-WXX-2"; "" when it names
// no day.
std::string day_letters(const When& when) {
  std::string day = when.value().substr(0, when.value().find('T'));
  return day.size() == 10 && when.valid() ? day : "";
}

}  // namespace

bool Times::capital(int token) const {
  size_t zero = 0;
  return is_upper(decode_utf8(t_[token].form, zero));
}

std::string Times::member(const char* type, int& at, int end) const {
  if (at < 0 || at >= end) return "";
  auto found = grammar_.member(type, words_, at, end);
  if (!found) return "";
  at += found->tokens;
  return found->value.empty() ? "+" : found->value;
}

// "20 people", "the 18th floor": the number counts what follows.
bool Times::counts(int token) const {
  int head = t_[token].head;
  return t_.is_any(token, {"nummod", "amod"}) && head > token && t_.noun(head) &&
         !grammar_.member("month", words_, head, head + 1);
}

std::optional<Times::ListedDay> Times::listed_day(int at, int end) const {
  ListedDay x;
  auto figure = [&](const char* type) {
    std::string value = member(type, at, end);
    return value.empty() ? 0 : std::atoi(value.c_str());
  };
  auto pass = [&](std::string_view w) {
    if (at < end && low_[at] == w) ++at;
  };
  auto month = [&] { return at < end && capital(at) ? figure("month") : 0; };
  x.weekday = figure("weekday");
  if (x.weekday) pass(",");
  pass("the");
  x.month = month();
  if (x.month) pass(".");
  int before = at;
  x.day = figure("day");
  if (!x.day) x.day = figure("day_ordinal");
  if (x.day && counts(before)) return std::nullopt;
  if (!x.month && x.day) {
    before = at;
    pass("of");
    x.month = month();
    if (!x.month) at = before;
  }
  if (!x.month && !x.day) return std::nullopt;
  before = at;
  pass(",");
  x.year = figure("year");
  if (!x.year) at = before;
  x.end = at;
  return x;
}

Times::ListedDay Times::list_behind(int at, int end) const {
  ListedDay whole;
  bool closed = false;  // an "and" stood before its last day, or every day has its weekday
  for (int n = 0; n < kLongestList && !closed; ++n) {
    bool comma = at < end && low_[at] == ",";
    if (comma) ++at;
    closed = !member("list_end", at, end).empty();
    if (!comma && !closed) break;
    auto day = listed_day(at, end);
    if (!day) return {};
    at = day->end;
    if (!whole.month) whole.month = day->month;
    whole.year = day->year;
    closed |= day->weekday && day->month;
    if (whole.year) break;
  }
  whole.end = at;
  return closed ? whole : ListedDay();
}

int Times::month_before(int begin, int end) const {
  int first = t_.sentence(begin).begin, at = begin;
  bool closed = false;
  for (int n = 0; n < kLongestList; ++n) {
    int separator = at;
    if (at > first && grammar_.member("list_end", words_, at - 1, at)) {
      --at;
      closed = true;
    }
    if (at > first && low_[at - 1] == ",") --at;
    if (at == separator || at - 1 <= first || !grammar_.member("day", words_, at - 1, at)) return 0;
    --at;
    int month = at - 1 - (low_[at - 1] == "." && at - 1 > first);
    if (auto found = grammar_.member("month", words_, month, month + 1); found && capital(month))
      return closed || list_behind(end, t_.sentence(begin).end).end > 0
                 ? std::atoi(found->value.c_str())
                 : 0;
  }
  return 0;
}

// What stands between two neighbours is a word of the class, or nothing.
bool Times::joined_by(const char* type, int from, int to) const {
  if (from == to) return true;
  int at = from;
  return from < to && !member(type, at, to).empty() && at == to;
}

// "the evening of 8 February", "on Monday, in the evening": the part of day becomes part of the
// expression just found.
void Times::take_part_of_day(int end) {
  Place& place = places_.back();
  TimeExpression& x = times_.back();
  std::string day = day_letters(x.when);
  if (day.empty() || day != x.when.value() || x.type != "DATE") return;
  int limit = places_.size() > 1 ? places_[places_.size() - 2].range.end : 0;
  limit = std::max(limit, t_.sentence(place.range.begin).begin);
  int begin = place.range.begin, stop = place.range.end;
  std::string part;
  for (int at = begin - 1; at >= std::max(limit, begin - 4) && part.empty(); --at) {
    int behind = at;
    std::string value = member("part", behind, begin);
    if (value.empty() || behind == begin || !joined_by("day_behind_part", behind, begin)) continue;
    part = value;
    begin = at;
    if (begin > limit && low_[begin - 1] == "the") --begin;
  }
  if (part.empty()) {
    int at = stop;
    if (member("part_behind_day", at, end).empty()) return;
    part = member("part", at, end);
    stop = at;
    if (part == "TMI") return;  // noon is a time of the clock
  }
  When joined(day + part);
  if (part.empty() || !joined.fits("TIME")) return;
  place.range = {begin, stop};
  x.span = {t_[begin].span.begin, t_[stop - 1].span.end};
  x.when = joined;
  x.type = "TIME";
  x.explain += ", its part of day";
}

// "4:49 p.m. on 8 February", "Monday at 10 a.m.": neighbours become one expression.
void Times::join_clock_and_day() {
  if (places_.size() < 2) return;
  Place &first = places_[places_.size() - 2], &second = places_.back();
  TimeExpression &a = times_[times_.size() - 2], &b = times_.back();
  if (t_.sentence_of(first.range.begin) != t_.sentence_of(second.range.begin)) return;
  bool clock_first = first.lone_clock && !second.lone_clock;
  if (!clock_first && !(second.lone_clock && !first.lone_clock)) return;
  std::string day = day_letters(clock_first ? b.when : a.when);
  if (day.empty() || (clock_first ? b.when : a.when).precision() == Precision::time) return;
  if (!joined_by(clock_first ? "day_behind_time" : "time_behind_day", first.range.end,
                 second.range.begin))
    return;
  const std::string& clock = (clock_first ? a.when : b.when).value();
  When joined(day + clock.substr(clock.find('T')));
  if (!joined.fits("TIME")) return;
  a.span.end = b.span.end;
  a.type = "TIME";
  a.when = joined;
  a.explain += " and " + b.explain;
  if (a.mod.empty()) a.mod = b.mod;
  first.range.end = second.range.end;
  first.lone_clock = false;
  times_.pop_back();
  places_.pop_back();
}

int Times::governor(int token) const {
  for (int steps = 0; token >= 0 && steps < 30; ++steps, token = t_[token].head)
    if (t_.verb(token)) return token;
  return -1;
}

// The place of the bracket that a token stands in, -1 for none.
int Times::bracket(int token) const {
  for (int i = token - 1; i >= t_.sentence(token).begin && i > token - 12; --i) {
    if (low_[i] == ")") return -1;
    if (low_[i] == "(") return i;
  }
  return -1;
}

// The day that follows a time of day, past another zone's time in brackets: "11:45 a.m. (0845 GMT)
// Tuesday".
const When* Times::day_behind(size_t clock) const {
  int at = places_[clock].range.end;
  for (size_t j = clock + 1; j < places_.size(); ++j) {
    while (at < places_[j].range.begin && (low_[at] == "(" || low_[at] == ")" || low_[at] == "/"))
      ++at;
    if (!joined_by("day_behind_time", at, places_[j].range.begin)) return nullptr;
    if (!places_[j].lone_clock)
      return day_letters(times_[j].when).empty() ||
                     bracket(places_[j].range.begin) != bracket(places_[clock].range.begin)
                 ? nullptr
                 : &times_[j].when;
    at = places_[j].range.end;
  }
  return nullptr;
}

// The day that a sentence gives a time of day: one right behind it, else the nearest one before it,
// else one behind it that hangs on the same verb.
const When* Times::day_in_sentence(size_t clock, size_t first) const {
  if (const When* day = day_behind(clock)) return day;
  const When* day = nullptr;
  int verb = governor(places_[clock].range.begin), outside = bracket(places_[clock].range.begin);
  for (size_t j = first; j < places_.size(); ++j) {
    const Place& other = places_[j];
    if (other.lone_clock || other.compared || day_letters(times_[j].when).empty()) continue;
    if (int b = bracket(other.range.begin); b >= 0 && b != outside) continue;
    int head = other.range.begin;
    for (int i = other.range.begin; i < other.range.end; ++i)
      if (t_[i].head < other.range.begin || t_[i].head >= other.range.end) head = i;
    if (j < clock) day = &times_[j].when;
    else if (!day && verb >= 0 &&
             (t_[head].head == verb || (t_[head].head >= 0 && t_.is(t_[head].head, "conj") &&
                                        t_[t_[head].head].head == verb)))
      day = &times_[j].when;  // "left at 2 p.m. and came back on Monday": one day, one telling
  }
  return day;
}

// A time of day that names no day keeps the day told last, which it got when it was read, unless
// its sentence gives one.
void Times::date_lone_clocks(size_t first) {
  for (size_t k = first; k < places_.size(); ++k) {
    if (!places_[k].lone_clock) continue;
    // "11:45 a.m. (0845 GMT)": the same moment by another clock.
    bool same = k > first && places_[k - 1].lone_clock &&
                bracket(places_[k].range.begin) == places_[k - 1].range.end;
    const When* day = same ? &times_[k - 1].when : day_in_sentence(k, first);
    if (!day) continue;
    const std::string& clock = times_[k].when.value();
    times_[k].when = When(day_letters(*day) + clock.substr(clock.find('T')));
    times_[k].explain += ", on the day its sentence names";
  }
}

// "met Saturday at the centre in Olm, March 22, 2014": the date that falls on that weekday is its
// day.
void Times::date_weekdays(size_t first) {
  for (size_t k = first; k < places_.size(); ++k) {
    int weekday = places_[k].weekday;
    if (!weekday) continue;
    const When* date = nullptr;
    bool one = true;
    for (size_t j = first; j < places_.size(); ++j) {
      if (j == k || !places_[j].full_date) continue;
      // "until March 30", "before a December 15 deadline" say something else.
      int before = places_[j].range.begin - 1;
      if (before < t_.sentence(before + 1).begin ||
          (low_[before] != "," && low_[before] != "on" && low_[before] != "("))
        continue;
      one &= date == nullptr;
      date = &times_[j].when;
    }
    if (!date || !one || chancery::weekday(date->from()) != weekday) continue;
    // Another week than the weekday alone would be in: only a date of the same telling settles
    // that.
    if (published_ && date->from() > *published_ && times_[k].when.from() <= *published_) continue;
    const std::string& value = times_[k].when.value();
    size_t time = value.find('T');
    std::string day = date->from_day();
    if (day == value.substr(0, 10)) continue;
    times_[k].when = When(day + (time == std::string::npos ? "" : value.substr(time)));
    times_[k].explain += ", the date of its sentence";
  }
}

}  // namespace chancery
