#include "base/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/terminal.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

// What is renamed to `path`: where a link points to, not the link.
std::string end_of_links(const std::string& path) {
  std::error_code error;
  fs::path end = fs::weakly_canonical(path, error);
  return error ? path : end.string();
}

// A renamed file is on disk when its folder is.
void sync_folder(const std::string& path) {
  std::string folder = fs::path(path).parent_path().string();
  int descriptor =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

OutputFile::OutputFile(const std::string& path) : name_(path), file_(nullptr) {
  if (path == "-" || path.empty()) {
    name_ = "standard output";
    file_ = stdout;
    return;
  }
  struct stat there {};
  bool exists = ::stat(path.c_str(), &there) == 0;
  if (exists && !S_ISREG(there.st_mode)) {
    // A device, a pipe: nothing to rename.
    file_ = std::fopen(path.c_str(), "wb");
  } else {
    place_ = end_of_links(path);
    part_ = place_ + ".part";
    file_ = std::fopen(part_.c_str(), "wb");
    if (file_ && exists) (void)::fchmod(::fileno(file_), there.st_mode & 07777);
  }
  if (!file_) {
    part_.clear();
    fail();
  }
}

OutputFile::~OutputFile() {
  if (file_ && file_ != stdout) std::fclose(file_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

void OutputFile::fail() const { throw StartError(name_ + ": " + std::strerror(errno)); }

void OutputFile::write(std::string_view text) {
  std::string safe;
  if (file_ == stdout && ::isatty(STDOUT_FILENO) == 1) text = safe = for_terminal(text);
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) fail();
}

void OutputFile::close() {
  if (std::fflush(file_) != 0) fail();
  if (file_ == stdout) return;
  if (!part_.empty() && ::fsync(::fileno(file_)) != 0) fail();
  std::FILE* file = std::exchange(file_, nullptr);
  if (std::fclose(file) != 0) fail();
  if (part_.empty()) return;
  if (std::rename(part_.c_str(), place_.c_str()) != 0) fail();
  part_.clear();
  sync_folder(place_);
}

}  // namespace chancery
