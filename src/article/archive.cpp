// Pages and texts in zip, tar, tar.gz, tar.xz and the like, by libarchive. Names in the archive are
// never used as paths.
#include <archive.h>
#include <archive_entry.h>

#include "article/leftovers.h"
#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// Through a pipe.
constexpr size_t kLongestZip = 512u << 20;

class Archive : public Pieces {
 public:
  Archive(Input input, size_t largest)
      : input_(std::move(input)),
        path_(input_.name()),
        largest_(largest),
        left_(path_),
        archive_(archive_read_new()) {
    archive_read_support_format_zip(archive_);
    archive_read_support_format_tar(archive_);
    archive_read_support_filter_all(archive_);
    if (open() != ARCHIVE_OK) {
      std::string why = message();
      archive_read_free(archive_);
      throw Error(path_ + ": " + why);
    }
  }
  ~Archive() override { archive_read_free(archive_); }

  bool next(Piece& piece) override {
    archive_entry* entry = nullptr;
    while (!done_) {
      int code = archive_read_next_header(archive_, &entry);
      if (code == ARCHIVE_EOF) break;
      if (code == ARCHIVE_FATAL) {
        if (!problem_.empty()) throw Error(problem_);
        throw Error(path_ + ": " + message() + "; what came before is done");
      }
      const char* given = archive_entry_pathname_utf8(entry);
      std::string name = given ? clean_utf8(given) : "entry without a readable name";
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      if (!page_or_text(name) || lower(name).find("__macosx/") != std::string::npos) {
        left_.count(name);
        continue;
      }
      piece = {};
      piece.form = Piece::file;
      piece.place = path_ + ": " + name;
      if (code < ARCHIVE_WARN) {
        piece.error = piece.place + ": " + message();
        return true;
      }
      read_entry(piece);
      return true;
    }
    done_ = true;
    return left_.tell(piece);
  }
  double share() const override { return input_.share(); }

 private:
  // A zip's directory is at its end: it is read from the file, or from memory when it comes through
  // a pipe; entries of unknown length are safe only so.
  int open() {
    if (input_.ahead(4).starts_with("PK")) {
      if (input_.is_file()) return archive_read_open_filename(archive_, path_.c_str(), 1 << 16);
      held_ = read_all(input_, kLongestZip);
      return archive_read_open_memory(archive_, held_.data(), held_.size());
    }
    return archive_read_open(
        archive_, this, nullptr,
        [](archive*, void* self, const void** bytes) {
          return static_cast<Archive*>(self)->give(bytes);
        },
        nullptr);
  }

  // What libarchive reads: no error of ours may pass through its C.
  la_ssize_t give(const void** bytes) {
    try {
      input_.take(given_);
      std::string_view more = input_.ahead(1);
      given_ = more.size();
      *bytes = more.data();
      if (more.empty() && !input_.damage().empty())
        problem_ = path_ + ": " + input_.damage() + "; what came before is done";
      return problem_.empty() ? static_cast<la_ssize_t>(given_) : -1;
    } catch (const std::exception& error) {
      problem_ = error.what();
      return -1;
    }
  }

  void read_entry(Piece& piece) {
    char buffer[1 << 16];
    la_ssize_t n;
    while ((n = archive_read_data(archive_, buffer, sizeof buffer)) > 0) {
      piece.bytes.append(buffer, static_cast<size_t>(n));
      if (piece.bytes.size() <= largest_) continue;
      piece.error = piece.place + ": more than " + std::to_string(largest_ >> 20) + " MB, skipped";
      break;
    }
    if (n < 0) piece.error = piece.place + ": " + (problem_.empty() ? message() : problem_);
    done_ = n == ARCHIVE_FATAL;
    if (!piece.error.empty()) {
      piece.bytes.clear();
      return;
    }
    try {
      // A page packed by itself (.html.gz).
      Input packed(piece.place, std::move(piece.bytes));
      piece.bytes = read_all(packed, largest_);
    } catch (const Error& error) {
      piece.bytes.clear();
      piece.error = error.what();
    }
  }

  std::string message() const {
    const char* why = archive_error_string(archive_);
    return why ? why : "no archive that can be read";
  }

  Input input_;
  std::string path_, problem_, held_;
  size_t largest_, given_ = 0;
  Leftovers left_;
  archive* archive_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Pieces> open_archive(Input input, size_t largest) {
  return std::make_unique<Archive>(std::move(input), largest);
}

}  // namespace chancery
