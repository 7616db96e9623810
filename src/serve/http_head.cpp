#include "serve/http_head.h"

#include <strings.h>

#include <array>

#include "base/utf8.h"

namespace chancery::http {
namespace {

struct Parameters {
  std::multimap<std::string, std::string>& all;
  size_t most;
  bool more = false;
};

MHD_Result add_parameter(void* into, MHD_ValueKind, const char* key, const char* value) {
  return guarded([&] {
    auto* p = static_cast<Parameters*>(into);
    p->more |= p->all.size() >= p->most;
    if (p->more) return MHD_NO;
    p->all.emplace(key, value ? value : "");
    return MHD_YES;
  });
}

MHD_Result count_header(void* into, MHD_ValueKind, const char* key, const char*) {
  auto& seen = *static_cast<std::array<int, 3>*>(into);
  seen[0] += strcasecmp(key, "Content-Length") == 0;
  seen[1] += strcasecmp(key, "Transfer-Encoding") == 0;
  seen[2] += strcasecmp(key, "Host") == 0;
  return MHD_YES;
}

}  // namespace

std::string header(MHD_Connection* c, const char* name) {
  const char* value = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
  return value ? value : "";
}

std::string without_port(const std::string& host) {
  size_t colon = host.rfind(':'), bracket = host.rfind(']');
  if (colon == std::string::npos || (bracket != std::string::npos && bracket > colon)) return host;
  bool port = host.find_first_not_of("0123456789", colon + 1) == std::string::npos;
  return port ? host.substr(0, colon) : host;
}

bool read_parameters(MHD_Connection* c, size_t most,
                     std::multimap<std::string, std::string>& into) {
  Parameters parameters{into, most};
  MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, &add_parameter, &parameters);
  return !parameters.more;
}

bool ambiguous(MHD_Connection* c) {
  std::array<int, 3> seen{};
  MHD_get_connection_values(c, MHD_HEADER_KIND, &count_header, &seen);
  return seen[0] + seen[1] > 1 || seen[2] > 1;
}

bool foreign(MHD_Connection* c) {
  std::string site = header(c, "Sec-Fetch-Site");
  if (site == "cross-site" || site == "same-site") return true;
  std::string origin = header(c, "Origin");
  if (origin.empty()) return false;
  size_t scheme = origin.find("://");
  return scheme == std::string::npos ||
         lower(origin.substr(scheme + 3)) != lower(header(c, "Host"));
}

}  // namespace chancery::http
