#include "pieces.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz_pieces(data, size, [](const std::string& path) {
    return chancery::open_archive(chancery::Input(path), 1 << 20);
  });
}
