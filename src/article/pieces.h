// Inputs of every kind as a stream of pieces, one article to be each: lines of JSONL and CSV,
// elements of JSON arrays, records of WARC and ARC, entries of feeds and of zip or tar archives,
// pages in folders, single files. What an input is, its first bytes say; its name only where they
// do not. It is read once from front to back, so a pipe is as good as a file. Memory holds one
// piece at a time (of a feed: all of it). A piece that is torn or too large carries its error and
// costs only itself.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "article/article.h"
#include "article/input.h"
#include "article/load.h"

namespace chancery {

struct Piece {
  enum Form {
    line,   // a JSON line (parse_article_line)
    file,   // the bytes of a file, kind to be detected
    page,   // an HTML page that came with a URL, a date, perhaps a charset
    entry,  // an article already (feeds)
    remark  // nothing to read: only its warning
  };
  Form form = line;
  std::string bytes;
  std::string place;  // "news.warc.gz: record 17": for messages, and the id of what has none
  std::string url, date, charset;
  Article article;      // of an entry
  std::string error;    // what is wrong with it; the rest is empty then
  std::string warning;  // what a person should be told although nothing of it is lost
};

class Pieces {
 public:
  virtual ~Pieces() = default;
  // False at the end. Throws Error when the input as a whole cannot be read on.
  virtual bool next(Piece& piece) = 0;
  // How much of the input is done, 0..1; 0 when unknown.
  virtual double share() const { return 0; }
};

struct PieceOptions {
  InputKind kind = InputKind::detect;
  // For CSV: "text=body,published=date": our field = their column. Fields: id, text, html, url,
  // title, publisher, published, byline.
  std::string columns;
  size_t largest = 16u << 20;  // bytes of one piece after decompression
};

// `path` may be a file, a pipe, a folder or "-". Throws Error naming it.
std::unique_ptr<Pieces> open_pieces(const std::string& path, const PieceOptions& options);

// The article of a piece; its id is its place when it has none. Throws Error naming the place.
Article article_of(const Piece& piece, InputKind kind);

// Each kind of its own; for tests and for open_pieces.
std::unique_ptr<Pieces> open_lines(Input input);
// Values of a JSON array, or JSON values one behind the other, whatever their line breaks.
std::unique_ptr<Pieces> open_json_values(Input input, size_t largest);
std::unique_ptr<Pieces> open_warc(Input input, size_t largest);
std::unique_ptr<Pieces> open_arc(Input input, size_t largest);
std::unique_ptr<Pieces> open_archive(Input input, size_t largest);
std::unique_ptr<Pieces> open_csv(Input input, const std::string& columns, size_t largest);
// A first line of column names, one of them of the text.
bool looks_like_csv(std::string_view head);
std::unique_ptr<Pieces> open_folder(const std::string& path, size_t largest);
std::unique_ptr<Pieces> open_feed(std::string bytes, const std::string& path);
bool looks_like_feed(std::string_view bytes);

}  // namespace chancery
