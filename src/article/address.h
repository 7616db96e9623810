// When two addresses are of one page: http and https, "www.", default ports, a slash at the end,
// fragments and the parts that only track a visitor make no difference (data/addresses.tsv).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

class AddressRules {
 public:
  // Without a table: what is above but the tracking parts.
  AddressRules() = default;
  // Reads data/addresses.tsv. Throws StartError with file and line.
  explicit AddressRules(const std::string& path);

  // What addresses of one page have in common: "olm.example/news/a?id=7". It is for comparing, no
  // address to go to. What is no address of the web stays as it is.
  std::string key(std::string_view address) const;

 private:
  bool tracks(std::string_view parameter) const;

  std::vector<std::string> parameters_, prefixes_;  // sorted; of queries, in lower case
  std::vector<std::string> hosts_;                  // "www.": beginnings that make no difference
  std::vector<std::string> endings_;                // "/index.html": of paths
};

}  // namespace chancery
