#include "base/gzip.h"

#include <zlib.h>

namespace chancery {

std::optional<std::string> gzipped(std::string_view bytes) {
  constexpr int kLevel = 5, kMemory = 8, kGzip = 15 + 16;
  z_stream z{};
  if (deflateInit2(&z, kLevel, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
    return std::nullopt;
  std::string out(deflateBound(&z, static_cast<uLong>(bytes.size())), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  const int end = deflate(&z, Z_FINISH);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  if (end != Z_STREAM_END) return std::nullopt;
  return out;
}

}  // namespace chancery
