// Sitemaps (sitemaps.org, with Google's news extension), and plain lists of addresses: pages to be
// fetched.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

struct Sitemap {
  struct Page {
    std::string url, title, publisher;
    std::string published;  // of the news extension alone: "lastmod" is no date of publication
  };
  std::vector<Page> pages;
  std::vector<std::string> maps;  // of an index: other sitemaps, the newest first
};

bool looks_like_sitemap(std::string_view head);
// Throws Error for what is not well-formed. What is no http or https address is left out.
Sitemap read_sitemap(const std::string& xml);

// One address a line; blank lines and those that begin with "#" are passed over. Throws Error
// naming the line that is none.
std::vector<std::string> read_addresses(std::string_view text);

}  // namespace chancery
