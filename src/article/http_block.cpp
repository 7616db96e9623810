#include "article/http_block.h"

#include <zlib.h>

#include <algorithm>
#include <optional>

#include "article/charset.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// A zlib (bits 15), gzip (15 + 16) or bare deflate (-15) stream; nothing when it is torn or holds
// more than `most` bytes.
std::optional<std::string> inflated(std::string_view in, int bits, size_t most) {
  z_stream z{};
  if (inflateInit2(&z, bits) != Z_OK) return std::nullopt;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  z.avail_in = static_cast<uInt>(in.size());
  std::string out;
  char buffer[1 << 15];
  int code = Z_OK;
  while (code == Z_OK && out.size() <= most) {
    z.next_out = reinterpret_cast<Bytef*>(buffer);
    z.avail_out = sizeof buffer;
    code = inflate(&z, Z_NO_FLUSH);
    out.append(buffer, sizeof buffer - z.avail_out);
  }
  inflateEnd(&z);
  if (code != Z_STREAM_END || out.size() > most) return std::nullopt;
  return out;
}

// Nothing when the body is not in chunks, whatever its header says: many archives keep the header
// and join the chunks.
std::optional<std::string> joined_chunks(std::string_view body) {
  std::string out;
  for (bool first = true;; first = false) {
    size_t end = body.find("\r\n");
    std::string_view head = body.substr(0, std::min(end, body.find(';')));
    while (head.ends_with(' ')) head.remove_suffix(1);
    size_t size = 0;
    bool number = end != std::string_view::npos && !head.empty() && head.size() <= 8;
    for (char c : head) {
      int digit = c >= '0' && c <= '9'   ? c - '0'
                  : c >= 'a' && c <= 'f' ? c - 'a' + 10
                  : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                         : -1;
      number &= digit >= 0;
      size = size * 16 + static_cast<size_t>(std::max(digit, 0));
    }
    // Cut in its middle, a body is worth what came before.
    if (!number) return first ? std::nullopt : std::optional(out);
    if (size == 0) return out;
    body.remove_prefix(end + 2);
    if (first && size < body.size() && body.substr(size, 2) != "\r\n") return std::nullopt;
    out += body.substr(0, size);
    if (size + 2 >= body.size()) return out;
    body.remove_prefix(size + 2);
  }
}

}  // namespace

std::string header_value(std::string_view head, std::string_view name) {
  for (std::string_view line : split(head, '\n')) {
    size_t colon = line.find(':');
    if (colon != std::string_view::npos && lower(trim(line.substr(0, colon))) == name)
      return std::string(trim(line.substr(colon + 1)));
  }
  return "";
}

HeaderEnd header_end(std::string_view bytes, size_t most) {
  bytes = bytes.substr(0, most);
  for (size_t at = 0; (at = bytes.find('\n', at)) != std::string_view::npos; ++at) {
    std::string_view rest = bytes.substr(at + 1);
    size_t gap = rest.starts_with("\r\n") ? 2 : rest.starts_with("\n") ? 1 : 0;
    if (gap == 0) continue;
    return {at > 0 && bytes[at - 1] == '\r' ? at - 1 : at, at + 1 + gap};
  }
  return {};
}

bool page_of_body(std::string_view body, const std::string& content_type, Piece& piece) {
  std::string type = lower(content_type);
  bool text = type.starts_with("text/plain");
  if (!type.empty() && type.find("html") == std::string::npos && !text) return false;
  if (size_t at = type.find("charset="); at != std::string::npos) {
    piece.charset = type.substr(at + 8);
    piece.charset.resize(std::min(piece.charset.size(), piece.charset.find(';')));
    std::erase_if(piece.charset, [](char c) { return c == '"' || c == '\''; });
    piece.charset = std::string(trim(piece.charset));
  }
  piece.form = text ? Piece::file : Piece::page;
  piece.bytes = std::string(body);
  return true;
}

bool page_of_response(std::string_view block, size_t largest, Piece& piece) {
  if (!block.starts_with("HTTP/")) return false;
  HeaderEnd end = header_end(block, block.size());
  if (!end.found()) {
    piece.error = piece.place + ": an HTTP response without end of its header";
    return true;
  }
  std::string_view http = block.substr(0, end.end), body = block.substr(end.body);
  std::string_view first = http.substr(0, http.find('\n'));
  size_t space = first.find(' ');
  if (space == std::string_view::npos || trim(first.substr(space)).substr(0, 3) != "200")
    return false;
  // What is no page need not be unpacked.
  std::string type = header_value(http, "content-type");
  if (!page_of_body("", type, piece)) return false;
  std::string joined, unpacked;
  if (lower(header_value(http, "transfer-encoding")).find("chunked") != std::string::npos)
    if (auto whole = joined_chunks(body)) body = joined = std::move(*whole);
  std::string coding = lower(header_value(http, "content-encoding"));
  bool gzip = body.starts_with("\x1F\x8B");
  bool deflate = coding == "deflate";
  if (gzip || deflate) {
    auto whole = inflated(body, gzip ? 15 + 16 : 15, largest);
    if (!whole && !gzip) whole = inflated(body, -15, largest);
    // Some archives unpack the body and keep the header.
    if (!whole && (gzip || looks_binary(body))) {
      piece.error = piece.place + ": its body's compression is torn or holds more than " +
                    std::to_string(largest >> 20) + " MB";
      return true;
    }
    if (whole) body = unpacked = std::move(*whole);
  } else if (!coding.empty() && coding != "gzip" && coding != "x-gzip" && coding != "identity" &&
             looks_binary(body)) {
    piece.error = piece.place + ": its body is packed by '" + coding.substr(0, 40) +
                  "', which this program does not read";
    return true;
  }
  return page_of_body(body, type, piece);
}

}  // namespace chancery
