// CSV and TSV with a header line (RFC 4180: quoted cells, doubled quotes, line breaks inside
// quotes). The header's names say which column is what, or a map given by the user does.
#include <algorithm>
#include <map>

#include "article/header_date.h"
#include "article/lines.h"
#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr std::string_view kFields[] = {"id",    "text",      "html",      "url",
                                        "title", "publisher", "published", "byline"};

// What exports of news databases call them.
const std::map<std::string, std::string, std::less<>> kKnown = {{"id", "id"},
                                                                {"article_id", "id"},
                                                                {"doc_id", "id"},
                                                                {"text", "text"},
                                                                {"body", "text"},
                                                                {"content", "text"},
                                                                {"article", "text"},
                                                                {"full_text", "text"},
                                                                {"fulltext", "text"},
                                                                {"html", "html"},
                                                                {"url", "url"},
                                                                {"link", "url"},
                                                                {"title", "title"},
                                                                {"headline", "title"},
                                                                {"publisher", "publisher"},
                                                                {"source", "publisher"},
                                                                {"publication", "publisher"},
                                                                {"outlet", "publisher"},
                                                                {"published", "published"},
                                                                {"date", "published"},
                                                                {"pubdate", "published"},
                                                                {"publication_date", "published"},
                                                                {"published_at", "published"},
                                                                {"byline", "byline"},
                                                                {"author", "byline"},
                                                                {"authors", "byline"}};

class Csv : public Pieces {
 public:
  Csv(const std::string& path, const std::string& columns, size_t largest)
      : path_(path), lines_(path, largest), largest_(largest) {
    std::string line;
    bool too_long = false;
    if (!lines_.next(line, too_long) || too_long)
      throw Error(path +
                  ": empty, or a first line without end: a CSV begins with a line of column names");
    if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    std::string first = line;
    separator_ =
        std::count(first.begin(), first.end(), '\t') > 0 ? '\t'
        : std::count(first.begin(), first.end(), ';') > std::count(first.begin(), first.end(), ',')
            ? ';'
            : ',';
    std::vector<std::string> names;
    bool open = false;
    cells_of(line, names, open);
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
        if (auto known = kKnown.find(lower(name)); known != kKnown.end())
          column_.emplace(known->second, i);
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
    std::string line, more;
    bool too_long = false;
    do {
      if (!lines_.next(line, too_long)) return false;
    } while (!too_long && trim(line).empty());
    int number = lines_.number();
    piece = {};
    piece.form = Piece::entry;
    piece.place = path_ + ":" + std::to_string(number);
    std::vector<std::string> cells;
    bool open = false;
    if (!too_long) cells_of(line, cells, open);
    while (open && !too_long) {
      if (!lines_.next(more, too_long)) {
        piece.error = piece.place + ": a quotation mark that is never closed";
        return true;
      }
      if (line.size() + more.size() > largest_) too_long = true;
      line += "\n" + more;
      cells.clear();
      // Only a line that holds a quotation mark can close the cell.
      if (more.find('"') != std::string::npos) cells_of(line, cells, open);
    }
    if (too_long) {
      piece.error =
          piece.place + ": a row of more than " + std::to_string(largest_ >> 20) + " MB, skipped";
      return true;
    }
    auto cell = [&](const char* field) -> std::string {
      auto found = column_.find(field);
      return found != column_.end() && found->second < cells.size()
                 ? clean_utf8(cells[found->second])
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
    for (std::string_view name : split(cell("byline"), ';'))
      if (!trim(name).empty()) a.byline.emplace_back(trim(name));
    return true;
  }
  double share() const override {
    return lines_.size()
               ? static_cast<double>(lines_.consumed()) / static_cast<double>(lines_.size())
               : 0;
  }

 private:
  // `open`: the last cell's quotation goes on beyond the line.
  void cells_of(std::string_view line, std::vector<std::string>& cells, bool& open) const {
    std::string cell;
    bool quoted = false, start = true;
    for (size_t i = 0; i < line.size(); ++i) {
      char c = line[i];
      if (quoted) {
        if (c != '"') cell += c;
        else if (i + 1 < line.size() && line[i + 1] == '"') {
          cell += '"';
          ++i;
        } else {
          quoted = false;
        }
      } else if (c == '"' && start) {
        quoted = true;
      } else if (c == separator_) {
        cells.push_back(std::move(cell));
        cell.clear();
        start = true;
        continue;
      } else if (c != '\r' || i + 1 != line.size()) {
        cell += c;
      }
      start = false;
    }
    cells.push_back(std::move(cell));
    open = quoted;
  }

  std::string path_;
  LineReader lines_;
  size_t largest_;
  char separator_ = ',';
  std::map<std::string, size_t> column_;
};

}  // namespace

std::unique_ptr<Pieces> open_csv(const std::string& path, const std::string& columns,
                                 size_t largest) {
  return std::make_unique<Csv>(path, columns, largest);
}

}  // namespace chancery
