// Where a program writes: standard output, a device or pipe, or a file that is there whole or not
// at all. A file is written beside its place as NAME.part, synced and renamed by close(); whoever
// reads NAME meanwhile reads what was there before. A run that ends in an error removes its part;
// one that is killed leaves it, and the next run writes over it.
#pragma once
#include <cstdio>
#include <string>
#include <string_view>

namespace chancery {

class OutputFile {
 public:
  // "-" or "" is standard output. Throws StartError naming the path.
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;

  // Throws StartError when it cannot be kept (a full disk).
  void write(std::string_view text);
  // All of it is on disk under its name when this returns. Throws StartError.
  void close();

 private:
  [[noreturn]] void fail() const;

  std::string name_;          // for messages
  std::string place_, part_;  // of a plain file
  std::FILE* file_;
};

}  // namespace chancery
