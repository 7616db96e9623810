#include "read.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    chancery::Record record = chancery::record_from_json(bytes);
    std::string once = chancery::to_json(record);
    if (chancery::to_json(chancery::record_from_json(once)) != once) std::abort();
  });
}
