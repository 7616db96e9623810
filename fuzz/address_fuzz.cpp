// Addresses of pages and of hosts. The key of a page's address is one that has itself as its key;
// an address of a host is public by its number, whatever form it is written in.
#include <arpa/inet.h>

#include "article/address.h"
#include "article/fetch.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const chancery::AddressRules rules(SOURCE_DIR "/data/addresses.tsv");
  static chancery::Fetcher fetcher;
  return fuzz(data, size, [](std::string_view bytes) {
    const std::string host(bytes), key = rules.key("https://" + host);
    // White space at an end is no part of an address, wherever it comes to be one.
    const bool blank = bytes.find_first_of(" \t\r\n\v\f") != std::string_view::npos;
    if (!blank && rules.key("https://" + key) != key) std::abort();
    in_addr v4{};
    if (inet_pton(AF_INET, host.c_str(), &v4) == 1 &&
        chancery::public_address("::ffff:" + host) != chancery::public_address(host.c_str()))
      std::abort();
    chancery::public_address(host);
    // Taken apart as every address is before anybody is asked; this scheme is never fetched.
    fetcher.allowed("gopher://" + host);
  });
}
