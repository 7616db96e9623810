// Lines of an input, one at a time, with a bound on their length.
#pragma once
#include <string>

#include "article/input.h"

namespace chancery {

class LineReader {
 public:
  // Throws Error naming the path when it cannot be opened. "-" is standard input.
  explicit LineReader(const std::string& path, size_t longest = 32u << 20);
  explicit LineReader(Input input, size_t longest = 32u << 20);

  // False at the end. A line over the bound sets `too_long`, and the rest of it is skipped. Throws
  // Error for a torn stream.
  bool next(std::string& line, bool& too_long);
  // Passes over lines without anything but white space, at the speed of memory.
  void skip_blank();
  int64_t number() const { return number_; }
  double share() const { return input_.share(); }

 private:
  Input input_;
  size_t longest_;
  int64_t number_ = 0;
};

}  // namespace chancery
