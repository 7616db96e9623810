#include "serve/packed.h"

#include <optional>
#include <string_view>

#include "base/gzip.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// Does the client take gzip? "gzip;q=0" says that it does not.
bool takes_gzip(const std::string& accept_encoding) {
  const std::string accepted = lower(accept_encoding);
  for (std::string_view coding : split(accepted, ',')) {
    coding = trim(coding);
    if (!coding.starts_with("gzip")) continue;
    const std::string_view rest = trim(coding.substr(4));
    return rest.empty() || (rest[0] == ';' && rest.find("q=0") == std::string_view::npos) ||
           rest.find("q=0.") != std::string_view::npos;
  }
  return false;
}

}  // namespace

void pack(Response& r, const std::string& accept_encoding) {
  constexpr size_t kWorth = 1024;
  const bool text = r.type.starts_with("text/") || r.type.find("json") != std::string::npos ||
                    r.type.find("xml") != std::string::npos ||
                    r.type.find("javascript") != std::string::npos;
  if (r.status != 200 || !text || r.body.size() < kWorth) return;
  r.headers.push_back({"Vary", "Accept-Encoding"});
  if (!takes_gzip(accept_encoding)) return;
  std::optional<std::string> packed = gzipped(r.body);
  if (!packed || packed->size() >= r.body.size()) return;
  r.body = std::move(*packed);
  r.headers.push_back({"Content-Encoding", "gzip"});
  // These are other bytes of the same answer.
  for (auto& [name, value] : r.headers)
    if (name == "ETag") value = "W/" + value;
}

}  // namespace chancery
