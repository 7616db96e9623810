// A manifest that somebody else wrote: what is read of it is written as the same again.
#include "fuzz.h"
#include "pipeline/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    chancery::pipeline::Manifest m = chancery::pipeline::Manifest::read(as_file(bytes, ".json"));
    const std::string once = m.to_json();
    chancery::pipeline::Manifest again = chancery::pipeline::Manifest::read(as_file(once, ".json"));
    if (again.to_json() != once || again.identity() != m.identity()) std::abort();
    m.count("2031-05-14", "en");
    m.shard.holds(bytes);
  });
}
