#include "pipeline/failures.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace chancery::pipeline {

Failures::Failures(const std::string& most, Messages messages)
    : given_(most), messages_(std::move(messages)) {
  if (most.empty()) return;
  std::string_view digits = most;
  percent_ = digits.ends_with('%');
  if (percent_) digits.remove_suffix(1);
  double number = -1;
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc() || end != digits.data() + digits.size() || number < 0 ||
      (percent_ ? number > 100 : number != std::floor(number)))
    throw UsageError("--max-failed " + most + ": a number (20), or a share (1%)");
  most_ = number;
}

void Failures::add(Source& source, const Item& item, const std::string& problem) {
  ++failed_;
  source.given_up(item, problem);
  (limited() ? messages_.warned : messages_.failed)(item.message(problem));
  if (ends_ && !percent_) end();
}

std::string Failures::too_many(size_t all) const {
  const double failed = static_cast<double>(failed_);
  if (!most_ || (percent_ ? failed * 100 <= *most_ * static_cast<double>(all) : failed <= *most_))
    return "";
  return fmt::format("{} of {} inputs failed, more than --max-failed {} bears", failed_, all,
                     given_);
}

void Failures::end() const {
  if (const std::string problem = too_many(taken_ + failed_); !problem.empty())
    throw Error(problem);
}

}  // namespace chancery::pipeline
