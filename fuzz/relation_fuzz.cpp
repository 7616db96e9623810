// A line of `chancery relation`.
#include "cli/relation.h"
#include "read.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    chancery::cli::relation_line(reader(), std::string(bytes));
  });
}
