#include "article/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr size_t kRobots = 512 << 10;  // of a robots.txt so much is read
constexpr const char* kAgent = "chancery/0.1 (news reader; obeys robots.txt)";

bool public_v4(uint32_t a) {
  auto in = [&](uint32_t net, int bits) { return (a >> (32 - bits)) == (net >> (32 - bits)); };
  return !(in(0x00000000, 8) || in(0x0A000000, 8) || in(0x64400000, 10) || in(0x7F000000, 8) ||
           in(0xA9FE0000, 16) || in(0xAC100000, 12) || in(0xC0000000, 24) || in(0xC0000200, 24) ||
           in(0xC0A80000, 16) || in(0xC6120000, 15) || in(0xC6336400, 24) || in(0xCB007100, 24) ||
           in(0xE0000000, 4) || in(0xF0000000, 4));
}

bool public_v6(const unsigned char* b) {
  static const unsigned char zeros[12] = {};
  // IPv4 in IPv6: mapped, compatible, NAT64, 6to4.
  auto v4 = [](const unsigned char* p) {
    return static_cast<uint32_t>(p[0]) << 24 | static_cast<uint32_t>(p[1]) << 16 |
           static_cast<uint32_t>(p[2]) << 8 | p[3];
  };
  if (std::memcmp(b, zeros, 10) == 0 && b[10] == 0xFF && b[11] == 0xFF)
    return public_v4(v4(b + 12));
  if (std::memcmp(b, zeros, 12) == 0) return false;
  if (b[0] == 0x00 && b[1] == 0x64 && b[2] == 0xFF && b[3] == 0x9B) return public_v4(v4(b + 12));
  if (b[0] == 0x20 && b[1] == 0x02) return public_v4(v4(b + 2));
  if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8) return false;
  if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x00 && b[3] == 0x00) return false;  // Teredo
  return (b[0] & 0xE0) == 0x20;  // global unicast is 2000::/3
}

struct UrlParts {
  std::string scheme, host, port, path;
};

UrlParts parts_of(const std::string& url) {
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> handle(curl_url(), curl_url_cleanup);
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    throw Error(url.substr(0, 200) + ": not a web address");
  auto part = [&](CURLUPart which, unsigned flags) {
    char* text = nullptr;
    if (curl_url_get(handle.get(), which, &text, flags) != CURLUE_OK) return std::string();
    std::string out = text;
    curl_free(text);
    return out;
  };
  UrlParts p{part(CURLUPART_SCHEME, 0), part(CURLUPART_HOST, 0),
             part(CURLUPART_PORT, CURLU_DEFAULT_PORT), part(CURLUPART_PATH, 0)};
  if (p.scheme != "http" && p.scheme != "https")
    throw Error(url.substr(0, 200) + ": only http and https are fetched");
  if (!part(CURLUPART_USER, 0).empty())
    throw Error(url.substr(0, 200) + ": an address with a user's name in it is refused");
  std::string query = part(CURLUPART_QUERY, 0);
  if (!query.empty()) p.path += "?" + query;
  return p;
}

struct Transfer {
  std::string body, headers;
  size_t most = 0;
  bool too_large = false;
};

size_t on_body(char* data, size_t size, size_t count, void* to) {
  auto* t = static_cast<Transfer*>(to);
  if (t->body.size() + size * count > t->most) {
    t->too_large = true;
    t->body.append(data, t->most - t->body.size());
    return 0;
  }
  t->body.append(data, size * count);
  return size * count;
}

size_t on_header(char* data, size_t size, size_t count, void* to) {
  auto* t = static_cast<Transfer*>(to);
  if (t->headers.size() > 65536) return 0;
  t->headers.append(data, size * count);
  return size * count;
}

std::string header(const std::string& headers, std::string_view name) {
  std::string found;
  for (std::string_view line : split(headers, '\n')) {
    size_t colon = line.find(':');
    if (colon != std::string_view::npos && lower(trim(line.substr(0, colon))) == name)
      found = std::string(trim(line.substr(colon + 1)));
  }
  return found;
}

Fetched answer_of(Transfer& t, long status, const std::string& url) {
  Fetched out;
  out.status = status;
  out.url = url;
  out.body = std::move(t.body);
  out.etag = header(t.headers, "etag");
  out.modified = header(t.headers, "last-modified");
  out.retry_after = std::max(0L, std::atol(header(t.headers, "retry-after").c_str()));
  std::string type = lower(header(t.headers, "content-type"));
  out.type = std::string(trim(type.substr(0, type.find(';'))));
  if (size_t at = type.find("charset="); at != std::string::npos) {
    out.charset = type.substr(at + 8);
    std::erase_if(out.charset, [](char x) { return x == '"' || x == '\''; });
    out.charset = std::string(trim(out.charset.substr(0, out.charset.find(';'))));
  }
  return out;
}

}  // namespace

bool public_address(const std::string& address) {
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return public_v4(ntohl(v4.s_addr));
  if (inet_pton(AF_INET6, address.c_str(), &v6) == 1) return public_v6(v6.s6_addr);
  return false;
}

Fetcher::Fetcher(std::set<std::string> trusted, FetchLimits limits)
    : trusted_(std::move(trusted)), limits_(limits) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  curl_ = ready ? curl_easy_init() : nullptr;
  if (!curl_) throw StartError("libcurl cannot start");
}

Fetcher::~Fetcher() { curl_easy_cleanup(curl_); }

Fetched Fetcher::get(const std::string& url, const std::string& etag, const std::string& modified) {
  return fetch(url, etag, modified, limits_.bytes, false);
}

// Looked up here, vetted, and pinned: what is connected to is what was looked at.
std::string Fetcher::vetted(const std::string& url, const std::string& host,
                            const std::string& port) const {
  addrinfo hints{}, *list = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &list) != 0)
    throw Error(url + ": no such host");
  std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> guard(list, freeaddrinfo);
  std::string pinned;
  for (addrinfo* a = list; a; a = a->ai_next) {
    char text[INET6_ADDRSTRLEN] = "";
    if (getnameinfo(a->ai_addr, a->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
      continue;
    if (!trusted_.count(host) && !public_address(text))
      throw Error(url + ": its address " + text + " is not a public one; --trust " + host +
                  " allows it");
    pinned += (pinned.empty() ? "" : ",") +
              std::string(a->ai_family == AF_INET6 ? "[" + std::string(text) + "]" : text);
  }
  if (pinned.empty()) throw Error(url + ": no address");
  return pinned;
}

// Where it is a redirect, `next` is where to.
Fetched Fetcher::fetch_one(const std::string& url, const std::string& etag,
                           const std::string& modified, size_t most, bool cut, std::string& next) {
  UrlParts p = parts_of(url);
  std::string bare = p.host.starts_with("[") ? p.host.substr(1, p.host.size() - 2) : p.host;
  const std::string pinned = vetted(url, bare, p.port);
  CURL* c = static_cast<CURL*>(curl_);
  curl_easy_reset(c);
  // An address in brackets is looked up by nobody: there is nothing to pin, and the list of pins
  // has no form for it.
  const bool literal = p.host.starts_with("[");
  std::string pin = bare + ":" + p.port + ":" + pinned;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> resolve(
      literal ? nullptr : curl_slist_append(nullptr, pin.c_str()), curl_slist_free_all),
      headers(nullptr, curl_slist_free_all);
  auto add = [&](const std::string& line) {
    headers.reset(curl_slist_append(headers.release(), line.c_str()));
  };
  add("Accept: "
      "text/html,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5");
  if (!etag.empty()) add("If-None-Match: " + etag);
  if (!modified.empty()) add("If-Modified-Since: " + modified);
  Transfer t;
  t.most = most;
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_RESOLVE, resolve.get());
  curl_easy_setopt(c, CURLOPT_PROXY, "");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, static_cast<long>(limits_.seconds));
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(c, CURLOPT_USERAGENT, kAgent);
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &t);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &t);
  CURLcode code = curl_easy_perform(c);
  if (t.too_large && !cut) throw Error(url + ": more than " + std::to_string(most >> 20) + " MB");
  if (code == CURLE_OPERATION_TIMEDOUT)
    throw LateError(url + ": no whole answer within " + std::to_string(limits_.seconds) +
                    " seconds");
  if (code != CURLE_OK && !t.too_large) throw Error(url + ": " + curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 300 && status < 400 && status != 304) {
    char* to = nullptr;
    curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &to);
    if (!to) throw Error(url + ": a redirect to nowhere");
    next = to;
  }
  return answer_of(t, status, url);
}

Fetched Fetcher::fetch(const std::string& given, const std::string& etag,
                       const std::string& modified, size_t most, bool cut) {
  std::string url = given;
  for (int hop = 0; hop <= limits_.redirects; ++hop) {
    try {
      std::string next;
      Fetched one = fetch_one(url, etag, modified, most, cut, next);
      if (next.empty()) return one;
      url = next;
    } catch (const LateError& error) {
      if (url == given) throw;
      throw LateError(given + " leads to " + error.what());
    } catch (const Error& error) {
      if (url == given) throw;
      throw Error(given + " leads to " + error.what());
    }
  }
  throw Error(given + ": more than " + std::to_string(limits_.redirects) + " redirects");
}

std::vector<std::pair<bool, std::string>> robots_rules(const std::string& text,
                                                       const std::string& agent) {
  std::vector<std::pair<bool, std::string>> ours, all;
  bool for_us = false, for_all = false, named = false, in_agents = false;
  for (std::string_view raw : split(text, '\n')) {
    std::string_view line = trim(raw.substr(0, raw.find('#')));
    size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string key = lower(trim(line.substr(0, colon)));
    std::string value(trim(line.substr(colon + 1)));
    if (key == "user-agent") {
      if (!in_agents) for_us = for_all = false;
      in_agents = true;
      if (lower(value) == agent) named = for_us = true;
      else if (value == "*") for_all = true;
    } else if (key == "allow" || key == "disallow") {
      in_agents = false;
      if (value.empty()) continue;
      if (for_us) ours.emplace_back(key == "allow", value);
      if (for_all) all.emplace_back(key == "allow", value);
    } else {
      in_agents = false;
    }
  }
  return named ? ours : all;
}

bool robots_allow(const std::vector<std::pair<bool, std::string>>& rules, const std::string& path) {
  // A pattern: '*' for anything, '$' for the end.
  auto matches = [&](const std::string& pattern) {
    bool end = pattern.ends_with("$");
    std::vector<std::string_view> pieces = split(
        end ? std::string_view(pattern).substr(0, pattern.size() - 1) : std::string_view(pattern),
        '*');
    if (!path.starts_with(pieces[0])) return false;
    size_t at = pieces[0].size();
    for (size_t i = 1; i < pieces.size(); ++i) {
      bool last = end && i + 1 == pieces.size();
      if (last && path.size() >= at + pieces[i].size() && path.ends_with(pieces[i])) return true;
      size_t found = path.find(pieces[i], at);
      if (found == std::string::npos) return false;
      at = found + pieces[i].size();
    }
    return !end || at == path.size();
  };
  size_t longest = 0;
  bool allow = true;
  for (const auto& [yes, pattern] : rules)
    if (matches(pattern) && (pattern.size() > longest || (pattern.size() == longest && yes))) {
      longest = pattern.size();
      allow = yes;
    }
  return allow;
}

bool Fetcher::allowed(const std::string& url) {
  UrlParts p = parts_of(url);
  std::string host = p.scheme + "://" + p.host + ":" + p.port;
  Rules& rules = robots_[host];
  const auto now = std::chrono::steady_clock::now();
  if (!rules.asked || now - *rules.asked > std::chrono::hours(1)) {
    rules = {};
    rules.asked = now;
    try {
      Fetched f = fetch(host + "/robots.txt", "", "", kRobots, true);
      if (f.status == 200) rules.lines = robots_rules(f.body, "chancery");
      else rules.none = f.status >= 500;
    } catch (const LateError&) {
      rules.none = true;
    } catch (const Error&) {
      // No answer: the page itself will say what is wrong.
    }
  }
  return !rules.none && robots_allow(rules.lines, p.path.empty() ? "/" : p.path);
}

}  // namespace chancery
