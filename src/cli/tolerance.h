// How many inputs may fail before a run is none: "20", or "1%" of those that were read.
#pragma once
#include <optional>
#include <string>

namespace chancery::cli {

class Tolerance {
 public:
  // "" bears any number, and lets the run end with exit code 1 when there were some. Throws
  // UsageError.
  explicit Tolerance(const std::string& given);
  bool given() const { return number_.has_value(); }
  // Are so many too many, whatever comes?
  bool exceeded(size_t failed) const;
  // Are so many too many of all that was read?
  bool exceeded(size_t failed, size_t all) const;
  // What is said then.
  std::string problem(size_t failed, size_t all) const;

 private:
  std::string words_;
  std::optional<double> number_;
  bool percent_ = false;
};

}  // namespace chancery::cli
