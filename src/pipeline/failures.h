// What happens with what cannot be read or kept: it is told with its place, counted, given back to
// its source, and the rest goes on; unless so many fail that the run is worth nothing.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "pipeline/source.h"

namespace chancery::pipeline {

// Who is told of a run: a person at a terminal, by the verb.
struct Messages {
  std::function<void(const std::string& message)> failed;  // the run will end with exit code 1
  std::function<void(const std::string& message)> warned;
  std::function<void(size_t done, double share)> progress;
};

class Failures {
 public:
  // `most`: how many may fail, "20", or "1%" of all that was read; such failures are no more than
  // warnings. "" bears any number. Throws UsageError.
  Failures(const std::string& most, Messages messages);

  // Of an earlier part of the run.
  void count_before(size_t taken, size_t failed) { taken_ = taken, failed_ = failed; }
  // From now on the failure that is too many, whatever comes, ends the run: add() throws Error.
  void end_when_too_many() { ends_ = true; }

  void begin() const { messages_.progress(taken_, 0); }
  void warn(const std::string& message) const { messages_.warned(message); }
  void took(double share) { messages_.progress(++taken_, share); }
  void add(Source& source, const Item& item, const std::string& problem);

  size_t count() const { return failed_; }
  bool limited() const { return most_.has_value(); }
  // What is said when so many are too many of all that was read; "" when they are not.
  std::string too_many(size_t all) const;
  // The run is over. Throws Error when too many failed of all that was taken or failed.
  void end() const;

 private:
  std::string given_;
  std::optional<double> most_;
  bool percent_ = false, ends_ = false;
  Messages messages_;
  size_t taken_ = 0, failed_ = 0;
};

}  // namespace chancery::pipeline
