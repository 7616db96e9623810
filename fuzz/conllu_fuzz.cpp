#include "fuzz.h"
#include "language/conllu.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) { chancery::parse_conllu(bytes, "fuzz"); });
}
