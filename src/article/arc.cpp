// ARC, the Internet Archive's form before WARC (versions 1 and 2): a line "URL IP DATE TYPE LENGTH"
// or longer, LENGTH bytes, a line end; plain or packed record by record.
#include <algorithm>
#include <optional>

#include "article/http_block.h"
#include "article/pieces.h"
#include "base/strings.h"

namespace chancery {
namespace {

constexpr size_t kLongestLine = 1 << 14;

bool digits(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

class Arc : public Pieces {
 public:
  Arc(Input input, size_t largest) : input_(std::move(input)), largest_(largest) {
    input_.whole_members(largest + kLongestLine);
  }

  bool next(Piece& piece) override {
    for (;;) {
      piece = {};
      std::string_view bytes = past_line_ends();
      if (bytes.empty() && input_.damage().empty()) return false;
      piece.place = input_.name() + ": record " + std::to_string(++number_);
      if (bytes.empty()) {
        piece.error = piece.place + ": " + input_.damage() + ", skipped";
        input_.go_on();
        return true;
      }
      std::optional<Head> head = parse_head(bytes);
      if (!head) {
        piece.error = piece.place + ": not the beginning of an ARC record, skipped to the next";
        resync();
        return true;
      }
      input_.take(head->line);
      if (read(*head, piece)) return true;
    }
  }
  double share() const override { return input_.share(); }

 private:
  struct Head {
    std::string url, date, type;
    size_t line = 0, length = 0;
  };

  std::string_view past_line_ends() {
    for (;;) {
      std::string_view bytes = input_.ahead(kLongestLine);
      size_t blank = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
      if (blank == 0) return bytes;
      input_.take(blank);
    }
  }

  static std::optional<Head> parse_head(std::string_view bytes) {
    size_t end = bytes.substr(0, kLongestLine).find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::vector<std::string_view> words = split_words(bytes.substr(0, end));
    if (words.size() < 5 || words.size() > 10 || !digits(words.back()) ||
        words.back().size() > 15 || !digits(words[2]) || words[2].size() < 8 ||
        words[0].find(':') == std::string_view::npos)
      return std::nullopt;
    return Head{std::string(words[0]), std::string(words[2]), std::string(words[3]), end + 1,
                static_cast<size_t>(std::stoull(std::string(words.back())))};
  }

  void resync() {
    for (std::string_view bytes; !(bytes = input_.ahead(kLongestLine)).empty();) {
      size_t end = bytes.find('\n');
      input_.take(end == std::string_view::npos ? bytes.size() : end + 1);
      if (parse_head(input_.ahead(kLongestLine))) return;
    }
  }

  // False for what is no article to be.
  bool read(const Head& head, Piece& piece) {
    size_t left = head.length;
    if (left <= largest_) {
      std::string_view block = input_.ahead(left);
      if (block.size() < left) {
        piece.error = piece.place + ": the file ends inside this record";
        input_.take(block.size());
        input_.go_on();
        return true;
      }
      piece.url = head.url;
      std::string_view day = std::string_view(head.date).substr(0, 8);
      piece.date = std::string(day);
      bool page =
          !head.url.starts_with("filedesc:") &&
          (page_of_response(block.substr(0, left), largest_, piece) ||
           (!block.starts_with("HTTP/") && page_of_body(block.substr(0, left), head.type, piece)));
      input_.take(left);
      return page;
    }
    piece.error = piece.place + ": more than " + std::to_string(largest_ >> 20) + " MB, skipped";
    while (left > 0) {
      size_t part = std::min(left, input_.ahead(1).size());
      if (part == 0) break;
      input_.take(part);
      left -= part;
    }
    return true;
  }

  Input input_;
  size_t largest_, number_ = 0;
};

}  // namespace

std::unique_ptr<Pieces> open_arc(Input input, size_t largest) {
  return std::make_unique<Arc>(std::move(input), largest);
}

}  // namespace chancery
