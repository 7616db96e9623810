#include "article/lines.h"

#include <zlib.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include "base/error.h"

namespace chancery {

struct LineReader::Stream {
  gzFile file = nullptr;
  std::vector<char> buffer = std::vector<char>(1 << 16);
  size_t at = 0, filled = 0;
  ~Stream() {
    if (file) gzclose(file);
  }
};

LineReader::LineReader(const std::string& path, size_t longest)
    : stream_(std::make_unique<Stream>()),
      name_(path == "-" ? "standard input" : path),
      longest_(longest) {
  std::error_code error;
  if (path != "-" && std::filesystem::is_directory(path, error))
    throw Error(path + ": is a folder; name the files in it");
  stream_->file = path == "-" ? gzdopen(fileno(stdin), "rb") : gzopen(path.c_str(), "rb");
  if (!stream_->file) throw Error(name_ + ": " + std::strerror(errno));
  if (path != "-") {
    auto size = std::filesystem::file_size(path, error);
    size_ = error ? 0 : static_cast<size_t>(size);
  }
}

LineReader::~LineReader() = default;

size_t LineReader::consumed() const {
  return static_cast<size_t>(std::max<z_off_t>(0, gzoffset(stream_->file)));
}

bool LineReader::next(std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool any = false;
  for (;;) {
    if (stream_->at == stream_->filled) {
      int n = gzread(stream_->file, stream_->buffer.data(),
                     static_cast<unsigned>(stream_->buffer.size()));
      int code = Z_OK;
      const char* why = gzerror(stream_->file, &code);
      if (n < 0)
        throw Error(name_ + ": after line " + std::to_string(number_) + ": " +
                    (code == Z_ERRNO ? std::strerror(errno) : why));
      if (n == 0) {
        if (code == Z_BUF_ERROR)
          throw Error(name_ + ": the gzip stream is cut after line " + std::to_string(number_));
        if (any) ++number_;
        return any;
      }
      stream_->at = 0;
      stream_->filled = static_cast<size_t>(n);
    }
    any = true;
    const char* begin = stream_->buffer.data() + stream_->at;
    const char* end = stream_->buffer.data() + stream_->filled;
    const char* newline =
        static_cast<const char*>(std::memchr(begin, '\n', static_cast<size_t>(end - begin)));
    const char* stop = newline ? newline : end;
    if (line.size() + static_cast<size_t>(stop - begin) > longest_) {
      too_long = true;
      line.clear();
    }
    if (!too_long) line.append(begin, stop);
    stream_->at += static_cast<size_t>(stop - begin) + (newline ? 1 : 0);
    if (newline) {
      ++number_;
      return true;
    }
  }
}

}  // namespace chancery
