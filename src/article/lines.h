// Lines of a file or of standard input, gzip undone, one at a time, with a bound on their length.
#pragma once
#include <memory>
#include <string>

namespace chancery {

class LineReader {
 public:
  // Throws Error naming the path when it cannot be opened. "-" is standard input.
  LineReader(const std::string& path, size_t longest = 32u << 20);
  ~LineReader();

  // False at the end. A line over the bound sets `too_long`, and the rest of it is skipped. Throws
  // Error for a torn stream.
  bool next(std::string& line, bool& too_long);
  int number() const { return number_; }
  // Bytes of the file consumed and in all, for progress; 0 when unknown.
  size_t consumed() const;
  size_t size() const { return size_; }

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  std::string name_;
  size_t longest_, size_ = 0;
  int number_ = 0;
};

}  // namespace chancery
