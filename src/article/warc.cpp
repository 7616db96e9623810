// WARC 1.0 and 1.1 (ISO 28500), plain or gzip record by record as Common Crawl writes it. Responses
// with HTTP status 200 and a page or text become pieces; requests, metadata, redirects and pictures
// are passed over.
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

std::string header_value(std::string_view head, std::string_view name) {
  for (std::string_view line : split(head, '\n')) {
    size_t colon = line.find(':');
    if (colon != std::string_view::npos && lower(trim(line.substr(0, colon))) == name)
      return std::string(trim(line.substr(colon + 1)));
  }
  return "";
}

// All of a zlib or gzip stream; nullopt-like empty `ok` when it is torn or larger than `most`.
bool inflate_all(std::string_view in, size_t most, std::string& out) {
  z_stream z{};
  if (inflateInit2(&z, 15 + 32) != Z_OK) return false;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  z.avail_in = static_cast<uInt>(in.size());
  char buffer[1 << 15];
  int code = Z_OK;
  while (code == Z_OK && out.size() <= most) {
    z.next_out = reinterpret_cast<Bytef*>(buffer);
    z.avail_out = sizeof buffer;
    code = inflate(&z, Z_NO_FLUSH);
    out.append(buffer, sizeof buffer - z.avail_out);
    if (code == Z_BUF_ERROR) break;
  }
  inflateEnd(&z);
  return code == Z_STREAM_END && out.size() <= most;
}

std::string dechunk(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    size_t end = body.find("\r\n");
    if (end == std::string_view::npos || end > 16) return out;
    unsigned long size = std::strtoul(std::string(body.substr(0, end)).c_str(), nullptr, 16);
    body.remove_prefix(end + 2);
    if (size == 0 || size > body.size()) break;
    out.append(body.substr(0, size));
    body.remove_prefix(std::min(body.size(), static_cast<size_t>(size) + 2));
  }
  return out;
}

class Warc : public Pieces {
 public:
  Warc(const std::string& path, size_t largest)
      : path_(path),
        largest_(largest),
        file_(path == "-" ? stdin : std::fopen(path.c_str(), "rb")) {
    if (!file_) throw Error(path + ": " + std::strerror(errno));
    if (path != "-" && std::fseek(file_, 0, SEEK_END) == 0) {
      size_ = std::ftell(file_);
      std::rewind(file_);
    }
    fill(2);
    compressed_ = buffer_.size() - at_ >= 2 && static_cast<unsigned char>(buffer_[at_]) == 0x1F &&
                  static_cast<unsigned char>(buffer_[at_ + 1]) == 0x8B;
  }
  ~Warc() override {
    if (path_ != "-") std::fclose(file_);
  }

  bool next(Piece& piece) override {
    std::string head, block;
    for (;;) {
      ++number_;
      std::string problem;
      if (!(compressed_ ? member(head, block, problem) : record(head, block, problem)))
        return false;
      piece = {};
      piece.place = path_ + ": record " + std::to_string(number_);
      if (!problem.empty()) {
        piece.error = piece.place + ": " + problem;
        return true;
      }
      if (page(head, block, piece)) return true;
    }
  }
  double share() const override {
    return size_ > 0 ? static_cast<double>(read_) / static_cast<double>(size_) : 0;
  }

 private:
  // At least `wanted` bytes from at_ on, unless the file ends.
  void fill(size_t wanted) {
    if (at_ > (1u << 20)) {
      buffer_.erase(0, at_);
      at_ = 0;
    }
    char chunk[1 << 16];
    while (buffer_.size() - at_ < wanted) {
      size_t n = std::fread(chunk, 1, sizeof chunk, file_);
      if (n == 0) return;
      read_ += static_cast<long>(n);
      buffer_.append(chunk, n);
    }
  }

  static bool parse_head(std::string_view bytes, std::string& head, size_t& block, size_t& length) {
    if (!bytes.starts_with("WARC/1.")) return false;
    size_t end = bytes.find("\r\n\r\n"), other = bytes.find("\n\n");
    size_t gap = 4;
    if (other < end) {
      end = other;
      gap = 2;
    }
    if (end == std::string_view::npos) return false;
    head = std::string(bytes.substr(0, end));
    std::string value = header_value(head, "content-length");
    if (value.empty() || value.size() > 15 ||
        value.find_first_not_of("0123456789") != std::string::npos)
      return false;
    block = end + gap;
    length = static_cast<size_t>(std::stoull(value));
    return true;
  }

  // The next gzip member, inflated. A broken one is passed over up to the next that begins like
  // one.
  bool member(std::string& head, std::string& block, std::string& problem) {
    fill(18);
    if (at_ >= buffer_.size()) return false;
    z_stream z{};
    if (inflateInit2(&z, 15 + 16) != Z_OK) throw Error(path_ + ": no memory for zlib");
    std::string out;
    char chunk[1 << 15];
    size_t start = at_;
    int code = Z_OK;
    bool large = false;
    while (code == Z_OK) {
      if (at_ >= buffer_.size()) {
        size_t from_start = at_ - start;
        // The member so far stays, so that a broken one can be searched for the next beginning;
        // bounded by what one record may be.
        if (from_start <= largest_ + (1u << 20)) {
          char more[1 << 16];
          size_t n = std::fread(more, 1, sizeof more, file_);
          read_ += static_cast<long>(n);
          buffer_.append(more, n);
          if (n == 0) break;
        } else {
          buffer_.clear();
          at_ = start = 0;
          fill(1);
          if (buffer_.empty()) break;
        }
      }
      z.next_in = reinterpret_cast<Bytef*>(buffer_.data() + at_);
      z.avail_in = static_cast<uInt>(buffer_.size() - at_);
      do {
        z.next_out = reinterpret_cast<Bytef*>(chunk);
        z.avail_out = sizeof chunk;
        code = inflate(&z, Z_NO_FLUSH);
        if (!large) out.append(chunk, sizeof chunk - z.avail_out);
        if (out.size() > largest_) {
          large = true;
          out.clear();
        }
      } while (code == Z_OK && z.avail_out == 0);
      if (code == Z_BUF_ERROR) code = Z_OK;
      at_ = buffer_.size() - z.avail_in;
    }
    inflateEnd(&z);
    if (code != Z_STREAM_END) {
      problem = at_ >= buffer_.size() && code == Z_OK ? "the file ends inside this record"
                                                      : "torn gzip member, skipped";
      at_ = start + 1;
      resync(std::string_view("\x1F\x8B\x08", 3));
    } else if (large) {
      problem = "more than " + std::to_string(largest_ >> 20) + " MB, skipped";
    } else {
      size_t begin = 0, length = 0;
      if (!parse_head(out, head, begin, length)) problem = "no WARC record in this gzip member";
      else if (out.size() - begin < length) problem = "shorter than its Content-Length says";
      else block = out.substr(begin, length);
    }
    trim_buffer();
    return true;
  }

  void trim_buffer() {
    if (at_ > (1u << 20)) {
      buffer_.erase(0, at_);
      at_ = 0;
    }
  }

  void resync(std::string_view mark) {
    for (;;) {
      size_t found = buffer_.find(mark, at_);
      if (found != std::string::npos) {
        at_ = found;
        return;
      }
      size_t keep = std::min(buffer_.size() - at_, mark.size() - 1);
      buffer_.erase(0, buffer_.size() - keep);
      at_ = 0;
      size_t before = buffer_.size();
      fill(buffer_.size() + 1);
      if (buffer_.size() == before) {
        at_ = buffer_.size();
        return;
      }
    }
  }

  bool record(std::string& head, std::string& block, std::string& problem) {
    // Blank lines between records.
    for (;;) {
      fill(1 << 16);
      while (at_ < buffer_.size() && (buffer_[at_] == '\r' || buffer_[at_] == '\n')) ++at_;
      if (at_ < buffer_.size()) break;
      fill(1);
      if (at_ >= buffer_.size()) return false;
    }
    fill(1 << 16);
    size_t begin = 0, length = 0;
    if (!parse_head(std::string_view(buffer_).substr(at_), head, begin, length)) {
      problem = "not the beginning of a WARC record, skipped to the next";
      ++at_;
      resync("WARC/1.");
      return true;
    }
    at_ += begin;
    if (length > largest_) {
      problem = "more than " + std::to_string(largest_ >> 20) + " MB, skipped";
      while (length > 0) {
        fill(1);
        size_t n = std::min(length, buffer_.size() - at_);
        if (n == 0) break;
        at_ += n;
        length -= n;
        trim_buffer();
      }
      return true;
    }
    fill(length);
    if (buffer_.size() - at_ < length) {
      problem = "the file ends inside this record";
      at_ = buffer_.size();
      return true;
    }
    block = buffer_.substr(at_, length);
    at_ += length;
    return true;
  }

  bool page(const std::string& head, std::string& block, Piece& piece) {
    std::string type = lower(header_value(head, "warc-type"));
    if (type != "response" && type != "resource") return false;
    piece.url = header_value(head, "warc-target-uri");
    if (piece.url.starts_with("<") && piece.url.ends_with(">"))
      piece.url = piece.url.substr(1, piece.url.size() - 2);
    piece.date = header_value(head, "warc-date");
    std::string content = lower(header_value(head, "content-type"));
    std::string_view body = block;
    std::string plain;
    if (type == "response") {
      if (!body.starts_with("HTTP/")) return false;
      size_t end = body.find("\r\n\r\n");
      size_t gap = 4;
      if (end == std::string_view::npos) {
        end = body.find("\n\n");
        gap = 2;
      }
      if (end == std::string_view::npos) {
        piece.error = piece.place + ": an HTTP response without end of its header";
        return true;
      }
      std::string_view http = body.substr(0, end);
      size_t space = http.find(' ');
      if (space == std::string_view::npos || http.substr(space + 1, 3) != "200") return false;
      content = lower(header_value(http, "content-type"));
      body.remove_prefix(end + gap);
      if (lower(header_value(http, "transfer-encoding")) == "chunked") {
        plain = dechunk(body);
        if (!plain.empty()) body = plain;
      }
      std::string encoding = lower(header_value(http, "content-encoding"));
      bool packed = body.size() > 2 && static_cast<unsigned char>(body[0]) == 0x1F &&
                    static_cast<unsigned char>(body[1]) == 0x8B;
      if ((encoding == "gzip" || encoding == "deflate" || encoding == "x-gzip") &&
          (packed || encoding == "deflate")) {
        std::string unpacked;
        if (!inflate_all(body, largest_, unpacked)) {
          piece.error = piece.place + ": its body's compression is torn or holds more than " +
                        std::to_string(largest_ >> 20) + " MB";
          return true;
        }
        plain = std::move(unpacked);
        body = plain;
      }
    }
    if (!content.empty() && content.find("html") == std::string::npos &&
        !content.starts_with("text/plain"))
      return false;
    if (size_t at = content.find("charset="); at != std::string::npos) {
      piece.charset = content.substr(at + 8);
      std::erase_if(piece.charset, [](char c) { return c == '"' || c == '\'' || c == ';'; });
      piece.charset = std::string(trim(piece.charset));
    }
    piece.form = content.starts_with("text/plain") ? Piece::file : Piece::page;
    piece.bytes = std::string(body);
    return true;
  }

  std::string path_;
  size_t largest_;
  FILE* file_;
  long size_ = 0, read_ = 0;
  std::string buffer_;
  size_t at_ = 0;
  bool compressed_ = false;
  size_t number_ = 0;
};

}  // namespace

std::unique_ptr<Pieces> open_warc(const std::string& path, size_t largest) {
  return std::make_unique<Warc>(path, largest);
}

}  // namespace chancery
