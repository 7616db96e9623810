#include "article/charset.h"
#include "article/html.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    chancery::read_html(chancery::to_utf8(bytes, chancery::declared_charset(bytes)));
  });
}
