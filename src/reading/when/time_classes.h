// The word classes that the temporal grammar has built in, in front of those of words.tsv. Internal to
// when/time_grammar.h.
#pragma once
#include <string>
#include <string_view>

namespace chancery::time_classes {

enum Builtin {
  kNumber,
  kDay,
  kYear,
  kDecade,
  kClock,
  kHours,
  kDigits,
  kSlashed,
  kShortYear,
  kDottedClock,
  kTwoDigitYear,
  kBuiltins
};

inline constexpr const char* kNames[kBuiltins] = {
    "number", "day",     "year",       "decade",       "clock",         "hours",
    "digits", "slashed", "short_year", "dotted_clock", "two_digit_year"};

bool digits(std::string_view s);
// -1 where it is no number, or too long a one.
int integer(std::string_view s);
// Could it begin a number, a date in figures or a short year?
bool numeric(const std::string& word);

}  // namespace chancery::time_classes
