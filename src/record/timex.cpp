#include "record/timex.h"

#include <regex>
#include <string>

#include "base/calendar.h"

namespace chancery {
namespace {

using Match = std::match_results<std::string_view::const_iterator>;

bool matches(std::string_view value, const std::regex& pattern, Match& match) {
  return std::regex_match(value.begin(), value.end(), match, pattern);
}

// Of an unknown year any day that a leap year has.
bool is_day(std::string_view value) {
  if (value.size() != 10) return false;
  return parse_day(value.starts_with("XXXX") ? "2000" + std::string(value.substr(4))
                                             : std::string(value))
      .has_value();
}

bool is_reference(std::string_view value) {
  return value == "PAST_REF" || value == "PRESENT_REF" || value == "FUTURE_REF";
}

bool is_date(std::string_view value) {
  static const std::regex pattern(
      "\\d{2}|\\d{3}|\\d{4}|(\\d{4}|XXXX)-(0[1-9]|1[0-2])|(\\d{4}|XXXX)-W(0[1-9]|[1-4]\\d|5[0-3])(-"
      "WE)?|(\\d{4}|XXXX)-(Q[1-4]|H[12]|SP|SU|FA|WI)|XXXX-WXX-[1-7]|XXXX-WXX");
  Match m;
  return is_reference(value) || is_day(value) || matches(value, pattern, m);
}

bool is_time(std::string_view value) {
  static const std::regex pattern("T(([01]\\d|2[0-4]):[0-5]\\d|MO|MI|AF|EV|NI)");
  if (is_reference(value)) return true;
  size_t t = value.find('T');
  if (t == std::string_view::npos) return false;
  std::string_view day = value.substr(0, t);
  Match m;
  return (is_day(day) || day == "XXXX-XX-XX" || day.starts_with("XXXX-WXX-")) &&
         matches(value.substr(t), pattern, m);
}

bool is_length(std::string_view value) {
  static const std::regex pattern(
      "P(X|\\d+(\\.\\d+)?)(Y(\\d+M)?|M|W|D|DE|CE|Q|WE|NI)|PT(X|\\d+(\\.\\d+)?)(H(\\d+M)?|M(\\d+S)?|"
      "S)");
  Match m;
  return matches(value, pattern, m);
}

}  // namespace

bool is_timex_value(std::string_view type, std::string_view value) {
  // std::regex recurses along its input, and records come from anywhere: nothing so long is a
  // value.
  if (value.size() > 40) return false;
  if (type == "DATE") return is_date(value);
  if (type == "TIME") return is_time(value);
  if (type == "DURATION") return is_length(value);
  if (type == "SET") return is_length(value) || is_date(value);
  return false;
}

}  // namespace chancery
