#include "cli/tolerance.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/error.h"

namespace chancery::cli {

Tolerance::Tolerance(const std::string& given) : words_(given) {
  if (given.empty()) return;
  std::string_view digits = given;
  percent_ = digits.ends_with('%');
  if (percent_) digits.remove_suffix(1);
  double number = -1;
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc() || end != digits.data() + digits.size() || number < 0 ||
      (percent_ ? number > 100 : number != std::floor(number)))
    throw UsageError("--max-failed " + given + ": a number (20), or a share (1%)");
  number_ = number;
}

bool Tolerance::exceeded(size_t failed) const {
  return number_ && !percent_ && static_cast<double>(failed) > *number_;
}

bool Tolerance::exceeded(size_t failed, size_t all) const {
  if (!number_ || !percent_) return exceeded(failed);
  return static_cast<double>(failed) * 100 > *number_ * static_cast<double>(all);
}

std::string Tolerance::problem(size_t failed, size_t all) const {
  return fmt::format("{} of {} inputs failed, more than --max-failed {} bears", failed, all,
                     words_);
}

}  // namespace chancery::cli
