// Output that is packed as it is written. A packed file is a row of members (gzip) or frames (zstd),
// each complete in itself: a file can be cut behind any of them and written on.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/output_file.h"
#include "pipeline/sink.h"

namespace chancery::pipeline {

enum class Packing { none, gzip, zstd };

// By the end of the name: .gz, .zst.
Packing packing_of(std::string_view path);
// One member that unpacks to `plain`; nothing of nothing. The same bytes each time.
std::string packed(std::string_view plain, Packing packing);

// Lines into an output, packed by so many.
class PackedOutput : public Sink<std::string> {
 public:
  static constexpr size_t kLines = 200;
  explicit PackedOutput(const std::string& path) : out_(path), packing_(packing_of(path)) {}
  void take(const Item&, std::string line) override { write(line); }
  void write(std::string_view line);
  void close();

 private:
  OutputFile out_;
  Packing packing_;
  std::string waiting_;
  size_t lines_ = 0;
};

}  // namespace chancery::pipeline
