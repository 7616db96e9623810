#include "pieces.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  return fuzz_pieces(data, size,
                     [&](const std::string& path) { return chancery::open_feed(bytes, path); });
}
