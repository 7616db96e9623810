#include "article/load.h"
#include "base/utf8.h"
#include "read.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size,
              [](std::string_view bytes) { read_and_check(chancery::parse_article_line(bytes)); });
}
