#include "article/pieces.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "article/charset.h"
#include "article/header_date.h"
#include "article/html.h"
#include "article/lines.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

class Jsonl : public Pieces {
 public:
  explicit Jsonl(const std::string& path) : path_(path == "-" ? "stdin" : path), lines_(path) {}
  bool next(Piece& piece) override {
    bool too_long = false;
    do {
      piece = {};
      if (!lines_.next(piece.bytes, too_long)) return false;
    } while (!too_long && trim(piece.bytes).empty());
    piece.place = path_ + ":" + std::to_string(lines_.number());
    if (too_long) piece.error = piece.place + ": a line of more than 32 MB, skipped";
    return true;
  }
  double share() const override {
    return lines_.size()
               ? static_cast<double>(lines_.consumed()) / static_cast<double>(lines_.size())
               : 0;
  }

 private:
  std::string path_;
  LineReader lines_;
};

class Single : public Pieces {
 public:
  Single(std::string bytes, const std::string& path) : bytes_(std::move(bytes)), path_(path) {}
  bool next(Piece& piece) override {
    if (done_) return false;
    done_ = true;
    piece = {};
    piece.form = Piece::file;
    piece.bytes = std::move(bytes_);
    piece.place = path_;
    return true;
  }
  double share() const override { return done_ ? 1 : 0; }

 private:
  std::string bytes_, path_;
  bool done_ = false;
};

// The pages and texts below a folder, in the order of their names.
class Folder : public Pieces {
 public:
  Folder(const std::string& path, size_t largest) : largest_(largest) {
    std::error_code error;
    for (auto it = std::filesystem::recursive_directory_iterator(
             path, std::filesystem::directory_options::skip_permission_denied, error);
         !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
      std::string name = it->path().string();
      if (it->is_regular_file(error) &&
          ends_with_any(lower(name),
                        {".html", ".htm", ".xhtml", ".txt", ".html.gz", ".htm.gz", ".txt.gz"}))
        files_.push_back(name);
    }
    if (error) throw Error(path + ": " + error.message());
    std::sort(files_.begin(), files_.end());
    if (files_.empty()) throw Error(path + ": no page (.html) or text (.txt) in this folder");
  }
  bool next(Piece& piece) override {
    if (at_ == files_.size()) return false;
    piece = {};
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
  size_t at_ = 0, largest_;
};

}  // namespace

std::unique_ptr<Pieces> open_pieces(const std::string& path, const PieceOptions& o) {
  std::error_code error;
  if (path != "-" && std::filesystem::is_directory(path, error))
    return std::make_unique<Folder>(path, o.largest);
  std::string name = lower(path);
  std::string bare = name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
  InputKind kind = o.kind;
  if (kind == InputKind::detect) {
    if (path == "-" || ends_with_any(bare, {".jsonl", ".json", ".ndjson"})) kind = InputKind::jsonl;
    else if (bare.ends_with(".warc")) kind = InputKind::warc;
    else if (ends_with_any(bare, {".csv", ".tsv"})) kind = InputKind::csv;
    else if (ends_with_any(name,
                           {".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tar.zst"}))
      kind = InputKind::archive;
  }
  switch (kind) {
    case InputKind::jsonl: return std::make_unique<Jsonl>(path);
    case InputKind::warc: return open_warc(path, o.largest);
    case InputKind::csv: return open_csv(path, o.columns, o.largest);
    case InputKind::archive: return open_archive(path, o.largest);
    default: break;
  }
  std::string bytes = load_bytes(path, std::max<size_t>(o.largest, 64u << 20));
  if (kind == InputKind::feed || (kind == InputKind::detect && looks_like_feed(bytes)))
    return open_feed(std::move(bytes), path);
  if (kind == InputKind::detect) {
    kind = detect_kind(bytes, path);
    if (kind == InputKind::jsonl) return std::make_unique<Jsonl>(path);
    if (bytes.starts_with("WARC/1.")) return open_warc(path, o.largest);
    if (bytes.starts_with("PK\x03\x04")) return open_archive(path, o.largest);
  }
  return std::make_unique<Single>(std::move(bytes), path);
}

Article article_of(const Piece& piece, InputKind kind) {
  if (!piece.error.empty()) throw Error(piece.error);
  bool single = kind == InputKind::html || kind == InputKind::text;
  try {
    Article a;
    switch (piece.form) {
      case Piece::line: a = parse_article_line(piece.bytes); break;
      case Piece::file:
        a = load_article(piece.bytes, single ? kind : InputKind::detect, piece.place);
        break;
      case Piece::page: {
        a = load_page(piece.bytes, piece.charset);
        const Article& given = piece.article;
        if (!piece.url.empty()) a.url = piece.url;
        if (!given.id.empty()) a.id = given.id;
        if (!given.title.empty()) a.title = given.title;
        if (!given.publisher.empty()) a.publisher = given.publisher;
        if (!given.published.empty()) a.published = given.published;
        if (!given.byline.empty()) a.byline = given.byline;
        // The day it was fetched is the latest it can be of.
        if (a.published.empty())
          if (auto date = header_date(piece.date)) {
            a.published = date->substr(0, 10);
            a.notes.push_back("no date on the page: the day it was fetched");
          }
        break;
      }
      case Piece::entry:
        a = piece.article;
        settle_language(a);
        break;
    }
    if (a.id.empty()) a.id = a.url.empty() ? piece.place : a.url;
    return a;
  } catch (const Error& error) {
    throw Error(at_place(piece.place, error.what()));
  }
}

}  // namespace chancery
