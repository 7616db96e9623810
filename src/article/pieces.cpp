#include "article/pieces.h"

#include <algorithm>
#include <filesystem>

#include "article/charset.h"
#include "article/documents.h"
#include "article/header_date.h"
#include "article/html.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr size_t kHead = 1 << 13;           // so much is looked at to tell what an input is
constexpr size_t kLongestFile = 64u << 20;  // of what is held in memory as a whole

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

bool starts_a_value(std::string_view text) {
  text = trim(text);
  return (text.starts_with("{") && !text.starts_with("{\\rtf")) || text.starts_with("[");
}

// Is a text that begins with a bracket one value over many lines, or a line each?
bool over_many_lines(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  std::string_view start = trim(head);
  if (start.starts_with("[")) {
    std::string_view next = trim(start.substr(1));
    return next.empty() || next.starts_with("{") || next.starts_with("]");
  }
  size_t end = start.find('\n');
  if (end == std::string_view::npos) return false;
  std::string_view line = trim(start.substr(0, end)), rest = trim(start.substr(end));
  // A line that is cut has a line of its own kind behind it.
  return !line.ends_with("}") && !rest.starts_with("{") && !rest.empty();
}

// By the name alone: what its maker called it.
InputKind kind_by_name(const std::string& path) {
  std::string name = lower(path);
  std::string bare = name;
  for (std::string_view packed : {".gz", ".zst"})
    if (bare.ends_with(packed)) bare.resize(bare.size() - packed.size());
  if (ends_with_any(bare, {".jsonl", ".json", ".ndjson"})) return InputKind::jsonl;
  if (bare.ends_with(".warc")) return InputKind::warc;
  if (ends_with_any(bare, {".csv", ".tsv"})) return InputKind::csv;
  if (ends_with_any(name, {".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tar.zst"}))
    return InputKind::archive;
  return InputKind::detect;
}

// By the first bytes, where they say it whatever the name.
InputKind kind_by_bytes(std::string_view head) {
  if (head.starts_with("WARC/") || head.starts_with("filedesc:")) return InputKind::warc;
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06") ||
      head.starts_with("\xFD"
                       "7zXZ") ||
      head.starts_with("BZh") || head.starts_with("\x28\xB5\x2F\xFD") ||
      (head.size() > 262 && head.substr(257, 5) == "ustar"))
    return InputKind::archive;
  return InputKind::detect;
}

InputKind kind_by_text(std::string_view head, const std::string& path) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (looks_like_feed(head)) return InputKind::feed;
  if (starts_a_value(head)) return InputKind::jsonl;
  InputKind kind = detect_kind(head, path);
  if (kind != InputKind::text) return kind;
  if (trim(head).starts_with("<?xml"))
    throw Error(path + ": an XML document that is neither a feed nor a page");
  if (looks_like_csv(head)) return InputKind::csv;
  if (lower(path).ends_with(".txt") || lower(path).ends_with(".txt.gz")) return kind;
  // JSON Lines whose first lines are torn.
  for (std::string_view line : split(head, '\n'))
    if (trim(line).starts_with("{\"")) return InputKind::jsonl;
  return InputKind::text;
}

bool wide_characters(std::string_view head) {
  return head.starts_with(std::string_view("\xFF\xFE", 2)) ||
         head.starts_with(std::string_view("\xFE\xFF", 2)) ||
         head.starts_with(std::string_view("\0\0\xFE\xFF", 4));
}

// The beginning, without waiting for more than it takes to tell lines of JSON: those may come from
// a program that goes on for days.
std::string_view head_of(Input& input) {
  std::string_view head = input.ahead(1);
  for (size_t wanted = 512; wanted <= kHead; wanted *= 2) {
    std::string_view start = trim(head);
    if (start.starts_with("{") && start.find('\n') != std::string_view::npos) break;
    size_t before = head.size();
    head = input.ahead(std::max(wanted, before));
    if (head.size() < wanted) break;
  }
  return head;
}

}  // namespace

std::unique_ptr<Pieces> open_pieces(const std::string& path, const PieceOptions& o) {
  std::error_code error;
  if (path != "-" && std::filesystem::is_directory(path, error))
    return open_folder(path, o.largest);
  Input input(path);
  std::string_view head = head_of(input);
  if (head.empty() && !input.damage().empty()) throw Error(input.name() + ": " + input.damage());
  if (wide_characters(head)) {
    std::string bytes = read_all(input, kLongestFile);
    input = Input(input.name(), to_utf8(bytes, ""));
    head = head_of(input);
  }
  InputKind kind = o.kind;
  if (kind == InputKind::detect && is_document(head, path))
    return std::make_unique<Single>(read_all(input, std::max(o.largest, kLongestFile)), path);
  if (kind == InputKind::detect) kind = kind_by_bytes(head);
  if (kind == InputKind::detect) kind = kind_by_name(path);
  if (kind == InputKind::detect) kind = kind_by_text(head, path);
  switch (kind) {
    case InputKind::jsonl:
      if (over_many_lines(head)) return open_json_values(std::move(input), o.largest);
      return open_lines(std::move(input));
    case InputKind::warc:
      if (head.starts_with("filedesc:")) return open_arc(std::move(input), o.largest);
      return open_warc(std::move(input), o.largest);
    case InputKind::csv: return open_csv(std::move(input), o.columns, o.largest);
    case InputKind::archive: return open_archive(std::move(input), o.largest);
    default: break;
  }
  std::string bytes = read_all(input, std::max(o.largest, kLongestFile));
  if (kind == InputKind::feed) return open_feed(std::move(bytes), input.name());
  return std::make_unique<Single>(std::move(bytes), path);
}

namespace {

// What a crawler knew of a page or text: where it was, and when.
void came_with(const Piece& piece, Article& a) {
  if (!piece.url.empty()) a.id = a.url = piece.url;
  a.notes.insert(a.notes.end(), piece.article.notes.begin(), piece.article.notes.end());
  // The day it was fetched is the latest it can be of.
  if (!a.published.empty()) return;
  if (auto date = header_date(piece.date)) {
    a.published = date->substr(0, 10);
    a.notes.push_back("no date on the page: the day it was fetched");
  }
}

}  // namespace

Article article_of(const Piece& piece, InputKind kind) {
  if (!piece.error.empty()) throw Error(piece.error);
  bool single = kind == InputKind::html || kind == InputKind::text;
  try {
    Article a;
    switch (piece.form) {
      case Piece::line: a = parse_article_line(piece.bytes); break;
      case Piece::file:
        a = load_article(piece.bytes, single ? kind : InputKind::detect, piece.place);
        if (!piece.url.empty()) came_with(piece, a);
        break;
      case Piece::page: {
        a = load_page(piece.bytes, piece.charset);
        came_with(piece, a);
        const Article& given = piece.article;
        if (!given.id.empty()) a.id = given.id;
        if (!given.title.empty()) a.title = given.title;
        if (!given.publisher.empty()) a.publisher = given.publisher;
        if (!given.published.empty()) a.published = given.published;
        if (!given.byline.empty()) a.byline = given.byline;
        break;
      }
      case Piece::entry:
        a = piece.article;
        settle_language(a);
        break;
      case Piece::remark: throw Error(piece.warning);
    }
    if (a.id.empty()) a.id = a.url.empty() ? piece.place : a.url;
    return a;
  } catch (const Error& error) {
    throw Error(at_place(piece.place, error.what()));
  }
}

}  // namespace chancery
