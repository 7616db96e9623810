#include "pipeline/packing.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <new>

#include "base/error.h"

namespace chancery::pipeline {
namespace {

std::string gzip(std::string_view plain) {
  z_stream z{};
  if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&z, plain.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  z.avail_in = static_cast<uInt>(plain.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  int code = deflate(&z, Z_FINISH);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  if (code != Z_STREAM_END) throw StartError("gzip cannot pack");
  return out;
}

std::string zstd(std::string_view plain) {
  std::string out;
  archive* a = archive_write_new();
  archive_entry* entry = archive_entry_new();
  auto add = [](archive*, void* all, const void* bytes, size_t n) {
    static_cast<std::string*>(all)->append(static_cast<const char*>(bytes), n);
    return static_cast<la_ssize_t>(n);
  };
  bool good = archive_write_add_filter_zstd(a) == ARCHIVE_OK &&
              archive_write_set_format_raw(a) == ARCHIVE_OK &&
              archive_write_set_filter_option(a, "zstd", "compression-level", "9") == ARCHIVE_OK &&
              archive_write_set_bytes_in_last_block(a, 1) == ARCHIVE_OK &&
              archive_write_open(a, &out, nullptr, add, nullptr) == ARCHIVE_OK;
  archive_entry_set_filetype(entry, AE_IFREG);
  good =
      good && archive_write_header(a, entry) == ARCHIVE_OK &&
      archive_write_data(a, plain.data(), plain.size()) == static_cast<la_ssize_t>(plain.size()) &&
      archive_write_close(a) == ARCHIVE_OK;
  const char* why = archive_error_string(a);
  std::string problem = why ? why : "";
  archive_entry_free(entry);
  archive_write_free(a);
  if (!good) throw StartError("zstd cannot pack: " + problem);
  return out;
}

}  // namespace

Packing packing_of(std::string_view path) {
  return path.ends_with(".gz")    ? Packing::gzip
         : path.ends_with(".zst") ? Packing::zstd
                                  : Packing::none;
}

std::string packed(std::string_view plain, Packing packing) {
  if (plain.empty()) return "";
  switch (packing) {
    case Packing::gzip: return gzip(plain);
    case Packing::zstd: return zstd(plain);
    case Packing::none: break;
  }
  return std::string(plain);
}

void PackedOutput::write(std::string_view line) {
  if (packing_ == Packing::none) return out_.write(line);
  waiting_ += line;
  if (++lines_ % kLines != 0) return;
  out_.write(packed(waiting_, packing_));
  waiting_.clear();
}

void PackedOutput::close() {
  out_.write(packed(waiting_, packing_));
  waiting_.clear();
  out_.close();
}

}  // namespace chancery::pipeline
