// CSV and TSV with a header line (RFC 4180: quoted cells, doubled quotes, line breaks inside
// quotes). The header's names say which column is what, or a map given by the user does.
#include <algorithm>
#include <deque>
#include <map>

#include "article/charset.h"
#include "article/header_date.h"
#include "article/lines.h"
#include "article/page_words.h"
#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr std::string_view kFields[] = {"id",    "text",      "html",      "url",
                                        "title", "publisher", "published", "byline"};

// The field that a column of this name holds; "" for none.
std::string_view field_of(std::string_view name) {
  return page_words(PageWords::columns).value(lower(name));
}

// The cells of one row, fed line by line: a quoted cell may go on over many of them.
struct Row {
  std::vector<std::string> cells;
  std::string cell;
  bool quoted = false, start = true;
  bool torn = false;  // the mark that closed a cell of several lines stands where none can
  size_t size = 0;

  // False when a quoted cell is still open at the end of the line, or torn.
  bool feed(std::string_view line, char separator) {
    bool further = quoted;
    if (further) cell += '\n';
    size += line.size() + 1;
    for (size_t i = 0; i < line.size() && !torn; ++i) {
      char c = line[i];
      if (quoted) {
        char next = i + 1 < line.size() ? line[i + 1] : separator;
        if (c != '"') cell += c;
        else if (next == '"') cell += line[i++];
        else {
          quoted = false;
          torn = further && next != separator && next != '\r';
        }
      } else if (c == '"' && start) {
        quoted = true;
      } else if (c == separator) {
        cells.push_back(std::move(cell));
        cell.clear();
        start = true;
        continue;
      } else if (c != '\r' || i + 1 != line.size()) {
        cell += c;
      }
      start = false;
    }
    if (quoted || torn) return false;
    cells.push_back(std::move(cell));
    return true;
  }
};

char separator_of(std::string_view header) {
  auto count = [&](char c) { return std::count(header.begin(), header.end(), c); };
  return count('\t') > 0 ? '\t' : count(';') > count(',') ? ';' : ',';
}

class Csv : public Pieces {
 public:
  Csv(Input input, const std::string& columns, size_t largest)
      : path_(input.name()), lines_(std::move(input), largest), largest_(largest) {
    const std::string& path = path_;
    std::string line;
    bool too_long = false;
    if (!lines_.next(line, too_long) || too_long)
      throw Error(path +
                  ": empty, or a first line without end: a CSV begins with a line of column names");
    if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    separator_ = separator_of(line);
    Row header;
    while (!header.feed(line, separator_))
      if (!lines_.next(line, too_long) || too_long)
        throw Error(path + ": a quotation mark in the line of column names is never closed");
    std::vector<std::string> names = std::move(header.cells);
    std::map<std::string, std::string> wanted;  // their column → our field
    for (std::string_view part : split(columns, ',')) {
      if (trim(part).empty()) continue;
      size_t equal = part.find('=');
      std::string field(trim(part.substr(0, equal)));
      if (equal == std::string_view::npos ||
          std::find(std::begin(kFields), std::end(kFields), field) == std::end(kFields))
        throw Error("--columns: '" + std::string(part) +
                    "' is not field=column with a field of id, text, html, url, title, publisher, "
                    "published, byline");
      wanted[std::string(trim(part.substr(equal + 1)))] = field;
    }
    for (size_t i = 0; i < names.size(); ++i) {
      std::string name(trim(names[i]));
      if (auto found = wanted.find(name); found != wanted.end()) {
        column_[found->second] = i;
        wanted.erase(found);
      } else if (columns.empty()) {
        if (std::string_view field = field_of(name); !field.empty()) column_.emplace(field, i);
      }
    }
    if (!wanted.empty())
      throw Error(path + ": no column '" + wanted.begin()->first + "'; it has " +
                  join(names, ", "));
    if (!column_.count("text") && !column_.count("html"))
      throw Error(path + ": no column of text; say which with --columns text=NAME; it has " +
                  join(names, ", "));
  }

  bool next(Piece& piece) override {
    Line line;
    do {
      if (!next_line(line)) return false;
    } while (!line.too_long && trim(line.text).empty());
    piece = {};
    piece.form = Piece::entry;
    piece.place = path_ + ":" + std::to_string(line.number);
    if (line.too_long) {
      piece.error =
          piece.place + ": a row of more than " + std::to_string(largest_ >> 20) + " MB, skipped";
      return true;
    }
    Row row;
    if (!row.feed(line.text, separator_) && !close(row)) {
      piece.error = piece.place +
                    (row.size > largest_
                         ? ": a row of more than " + std::to_string(largest_ >> 20) + " MB, skipped"
                         : ": a quotation mark that is never closed");
      return true;
    }
    const std::vector<std::string>& cells = row.cells;
    auto cell = [&](const char* field) -> std::string {
      auto found = column_.find(field);
      return found != column_.end() && found->second < cells.size()
                 ? to_utf8(cells[found->second], "")
                 : std::string();
    };
    Article& a = piece.article;
    a.text = cell("text");
    piece.bytes = cell("html");
    if (trim(a.text).empty() && trim(piece.bytes).empty()) {
      piece.error = piece.place + ": no text in this row";
      return true;
    }
    if (trim(a.text).empty()) piece.form = Piece::page;
    a.id = cell("id");
    a.url = piece.url = cell("url");
    a.title = cell("title");
    a.publisher = cell("publisher");
    std::string date = cell("published");
    if (!trim(date).empty()) {
      auto found = header_date(date);
      if (!found) {
        piece.error = piece.place + ": '" + date.substr(0, 60) + "' is no date";
        return true;
      }
      a.published = *found;
    }
    const std::string byline = cell("byline");  // outlives its parts
    for (std::string_view name : split(byline, ';'))
      if (!trim(name).empty()) a.byline.emplace_back(trim(name));
    return true;
  }
  double share() const override { return lines_.share(); }

 private:
  struct Line {
    std::string text;
    int64_t number = 0;
    bool too_long = false;
  };

  bool next_line(Line& line) {
    if (!waiting_.empty()) {
      line = std::move(waiting_.front());
      waiting_.pop_front();
      return true;
    }
    if (!lines_.next(line.text, line.too_long)) return false;
    line.number = lines_.number();
    read_ += line.text.size();
    return true;
  }

  // Feeds the row with further lines until its quotation is closed. When it never is, those lines
  // are read as rows of their own: a torn row costs itself. All that is read twice for it stays in
  // proportion to the input; beyond, a row is a line.
  bool close(Row& row) {
    if (read_twice_ > (1u << 20) + 4 * read_) return false;
    std::deque<Line> taken;
    for (Line line; !row.torn && next_line(line);) {
      bool large = line.too_long || row.size + line.text.size() > largest_;
      bool closed = !large && row.feed(line.text, separator_);
      if (closed) return true;
      if (large) row.size = largest_ + 1;
      taken.push_back(std::move(line));
      if (large) break;
    }
    for (const Line& line : taken) read_twice_ += line.text.size();
    waiting_.insert(waiting_.begin(), std::make_move_iterator(taken.begin()),
                    std::make_move_iterator(taken.end()));
    return false;
  }

  std::string path_;
  LineReader lines_;
  size_t largest_;
  char separator_ = ',';
  std::map<std::string, size_t> column_;
  std::deque<Line> waiting_;  // to be read again
  size_t read_ = 0, read_twice_ = 0;
};

}  // namespace

std::unique_ptr<Pieces> open_csv(Input input, const std::string& columns, size_t largest) {
  return std::make_unique<Csv>(std::move(input), columns, largest);
}

bool looks_like_csv(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  size_t end = head.find('\n');
  if (end == std::string_view::npos || end > 4096) return false;
  Row row;
  if (!row.feed(head.substr(0, end), separator_of(head.substr(0, end))) || row.cells.size() < 2)
    return false;
  bool text = false;
  for (const std::string& cell : row.cells) {
    if (cell.size() > 64) return false;
    const std::string_view field = field_of(trim(cell));
    text |= field == "text" || field == "html";
  }
  return text;
}

}  // namespace chancery
