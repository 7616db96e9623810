// A robots.txt and a path behind it (the last line): rules are found in time that grows with the
// file, and what no rule names is allowed.
#include "article/fetch.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    size_t last = bytes.rfind('\n');
    last = last == std::string_view::npos ? bytes.size() : last;
    auto rules = chancery::robots_rules(std::string(bytes.substr(0, last)), "chancery");
    std::string path = "/" + std::string(bytes.substr(std::min(bytes.size(), last + 1)));
    bool allowed = chancery::robots_allow(rules, path);
    if (rules.empty() && !allowed) std::abort();
  });
}
