// The pages and texts below a folder, in the order of their names. What else lies there is counted
// by kind and told at the end.
#include <algorithm>
#include <filesystem>
#include <vector>

#include "article/leftovers.h"
#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"

namespace chancery {
namespace {

class Folder : public Pieces {
 public:
  Folder(const std::string& path, size_t largest) : left_(path), largest_(largest) {
    namespace fs = std::filesystem;
    std::error_code error;
    for (auto it = fs::recursive_directory_iterator(
             path, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
      std::error_code gone;
      std::string name = it->path().string();
      if (it->is_directory(gone)) continue;
      if (it->is_regular_file(gone) && page_or_text(name)) files_.push_back(name);
      else left_.count(name);
    }
    if (error) throw Error(path + ": " + error.message());
    std::sort(files_.begin(), files_.end());
    if (files_.empty())
      throw Error(path + ": no page (.html) or text (.txt) in this folder" +
                  (left_.empty() ? "" : "; it holds " + left_.list()));
  }

  bool next(Piece& piece) override {
    piece = {};
    if (at_ == files_.size()) return left_.tell(piece);
    piece.form = Piece::file;
    piece.place = files_[at_++];
    try {
      piece.bytes = load_bytes(piece.place, largest_);
    } catch (const Error& error) {
      piece.error = error.what();
    }
    return true;
  }
  double share() const override {
    return static_cast<double>(at_) / static_cast<double>(files_.size());
  }

 private:
  std::vector<std::string> files_;
  Leftovers left_;
  size_t at_ = 0, largest_;
};

}  // namespace

std::unique_ptr<Pieces> open_folder(const std::string& path, size_t largest) {
  return std::make_unique<Folder>(path, largest);
}

}  // namespace chancery
