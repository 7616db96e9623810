// Bytes packed as gzip (RFC 1952), on zlib.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace chancery {

// The same bytes for the same input; nothing if zlib has no memory for it.
std::optional<std::string> gzipped(std::string_view bytes);

}  // namespace chancery
