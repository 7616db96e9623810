// Pages and texts in zip, tar, tar.gz, tar.xz and the like, by libarchive. Names in the archive are
// never used as paths.
#include <archive.h>
#include <archive_entry.h>

#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

bool readable(const std::string& name) {
  std::string low = lower(name);
  if (low.find("__macosx/") != std::string::npos || low.substr(low.rfind('/') + 1).starts_with("."))
    return false;
  return ends_with_any(low, {".html", ".htm", ".xhtml", ".txt", ".html.gz", ".htm.gz"});
}

class Archive : public Pieces {
 public:
  Archive(const std::string& path, size_t largest)
      : path_(path), largest_(largest), archive_(archive_read_new()) {
    archive_read_support_format_zip(archive_);
    archive_read_support_format_tar(archive_);
    archive_read_support_filter_all(archive_);
    int code = path == "-" ? archive_read_open_fd(archive_, 0, 1 << 16)
                           : archive_read_open_filename(archive_, path.c_str(), 1 << 16);
    if (code != ARCHIVE_OK) {
      std::string why = message();
      archive_read_free(archive_);
      throw Error(path + ": " + why);
    }
  }
  ~Archive() override { archive_read_free(archive_); }

  bool next(Piece& piece) override {
    archive_entry* entry = nullptr;
    for (;;) {
      int code = archive_read_next_header(archive_, &entry);
      if (code == ARCHIVE_EOF) return false;
      if (code == ARCHIVE_FATAL)
        throw Error(path_ + ": " + message() + "; what came before is done");
      const char* given = archive_entry_pathname_utf8(entry);
      std::string name = given ? clean_utf8(given) : "entry without a readable name";
      if (archive_entry_filetype(entry) != AE_IFREG || !readable(name)) continue;
      piece = {};
      piece.form = Piece::file;
      piece.place = path_ + ": " + name;
      if (code < ARCHIVE_WARN) {
        piece.error = piece.place + ": " + message();
        return true;
      }
      char buffer[1 << 16];
      for (;;) {
        la_ssize_t n = archive_read_data(archive_, buffer, sizeof buffer);
        if (n == 0) return true;
        if (n < 0) {
          piece.error = piece.place + ": " + message();
          break;
        }
        if (piece.bytes.size() + static_cast<size_t>(n) > largest_) {
          piece.error =
              piece.place + ": more than " + std::to_string(largest_ >> 20) + " MB, skipped";
          break;
        }
        piece.bytes.append(buffer, static_cast<size_t>(n));
      }
      piece.bytes.clear();
      return true;
    }
  }

 private:
  std::string message() const {
    const char* why = archive_error_string(archive_);
    return why ? why : "no archive that can be read";
  }

  std::string path_;
  size_t largest_;
  archive* archive_;
};

}  // namespace

std::unique_ptr<Pieces> open_archive(const std::string& path, size_t largest) {
  return std::make_unique<Archive>(path, largest);
}

}  // namespace chancery
