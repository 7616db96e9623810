#include "article/load.h"
#include "read.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    chancery::Article article = chancery::load_article(bytes, chancery::InputKind::text, "fuzz");
    article.published = "2031-05-14";
    read_and_check(std::move(article));
  });
}
