// Pages and feeds from the web, with care: only http and https; only public addresses, looked up
// once, vetted and pinned, again on every redirect; bounds on time, size and redirects; conditional
// requests; robots.txt (RFC 9309). By libcurl. Not thread-safe.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chancery {

struct FetchLimits {
  size_t bytes = 8u << 20;
  int seconds = 20, redirects = 5;
};

struct Fetched {
  long status = 0;  // HTTP status; 304 when nothing changed since `etag` or `modified`
  std::string url;  // after redirects
  std::string body, charset, type, etag, modified;
  long retry_after = 0;  // seconds, from 429 and 503
};

class Fetcher {
 public:
  // `trusted`: hosts that may have private addresses ("127.0.0.1", "intranet.example").
  explicit Fetcher(std::set<std::string> trusted = {}, FetchLimits limits = {});
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;

  // Throws Error saying why: not http, a private address, too large, too many redirects, no answer;
  // LateError when it is too slow.
  Fetched get(const std::string& url, const std::string& etag = "",
              const std::string& modified = "");
  // May this be fetched, by its host's robots.txt? Asked once an hour and host at most; no answer
  // is a yes, a refusal (5xx) or one that never ends a no. Of a long one the first 512 KB count
  // (RFC 9309).
  bool allowed(const std::string& url);

 private:
  std::string vetted(const std::string& url, const std::string& host,
                     const std::string& port) const;
  Fetched fetch_one(const std::string& url, const std::string& etag, const std::string& modified,
                    size_t most, bool cut, std::string& next);
  // `cut`: of a body that is longer than `most` bytes its beginning is enough.
  Fetched fetch(const std::string& url, const std::string& etag, const std::string& modified,
                size_t most, bool cut);

  std::set<std::string> trusted_;
  FetchLimits limits_;
  void* curl_;
  struct Rules {
    std::vector<std::pair<bool, std::string>> lines;  // allow?, path prefix
    bool none = false;
    std::optional<std::chrono::steady_clock::time_point> asked;
  };
  std::map<std::string, Rules> robots_;
};

// Is an address (text of IPv4 or IPv6) one of the public internet? Loopback, private, link-local,
// shared, multicast, documentation and mapped forms of them are not.
bool public_address(const std::string& address);

// The rules for us in a robots.txt, and whether they let a path be fetched: the longest match
// decides, allow wins a tie.
std::vector<std::pair<bool, std::string>> robots_rules(const std::string& text,
                                                       const std::string& agent);
bool robots_allow(const std::vector<std::pair<bool, std::string>>& rules, const std::string& path);

}  // namespace chancery
