// WARC 1.0 and 1.1 (ISO 28500), plain, packed record by record as Common Crawl writes it, or packed
// as a whole. Responses with HTTP status 200, resources and conversions (WET) become pieces;
// requests, metadata, revisits, redirects and pictures are passed over. Where a record's length is
// wrong, the beginning of the next one decides.
#include <algorithm>
#include <optional>
#include <queue>

#include "article/http_block.h"
#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr size_t kLongestHeader = 1 << 16;
constexpr std::string_view kMark = "WARC/";

class Warc : public Pieces {
 public:
  Warc(Input input, size_t largest) : input_(std::move(input)), largest_(largest) {
    input_.whole_members(largest + kLongestHeader);
  }

  bool next(Piece& piece) override {
    std::string head, block;
    for (;;) {
      if (!errors_.empty()) {
        piece = std::move(errors_.front());
        errors_.pop();
        return true;
      }
      std::string problem;
      if (!record(head, block, problem)) return nothing_found(piece);
      piece = {};
      piece.place = place();
      if (!problem.empty()) {
        piece.error = piece.place + ": " + problem;
        found_ = true;
        return true;
      }
      if (page(head, block, piece)) {
        found_ = true;
        return true;
      }
    }
  }
  double share() const override { return input_.share(); }

 private:
  std::string place() const { return input_.name() + ": record " + std::to_string(number_); }

  // A file without any page says so, once.
  bool nothing_found(Piece& piece) {
    if (found_) return false;
    found_ = true;
    piece = {};
    piece.place = input_.name();
    if (number_ == 1) {
      piece.error = input_.name() + ": no WARC record in this file";
    } else {
      piece.form = Piece::remark;
      piece.warning =
          input_.name() + ": no page or text among its " + std::to_string(number_ - 1) + " records";
    }
    return true;
  }

  // Takes what is left before the end or before damage, and goes on behind it; what it was.
  std::string end_of_bytes() {
    std::string why = input_.damage();
    input_.take(input_.ahead(0).size());
    input_.go_on();
    return why.empty() || why == "the gzip stream is cut" ? "the file ends inside this record"
                                                          : why + ", skipped";
  }

  // To the next beginning of a record; what lies before it is lost.
  void resync() {
    for (;;) {
      std::string_view bytes = input_.ahead(kLongestHeader);
      size_t found = bytes.find(kMark);
      if (found != std::string_view::npos) {
        if (parse_head(input_.ahead(found + kLongestHeader).substr(found)))
          return input_.take(found);
        input_.take(found + kMark.size());
        continue;
      }
      bool more = input_.ahead(bytes.size() + 1).size() > bytes.size();
      if (!more) return input_.take(bytes.size());
      input_.take(bytes.size() - std::min(bytes.size(), kMark.size() - 1));
    }
  }

  struct Head {
    size_t block = 0, length = 0;
  };

  // A line "WARC/1.0", lines with a colon, an empty line; a length among them.
  static std::optional<Head> parse_head(std::string_view bytes) {
    bytes = bytes.substr(0, kLongestHeader);
    Head head;
    bool length = false;
    for (size_t at = 0; at < bytes.size();) {
      size_t end = bytes.find('\n', at);
      if (end == std::string_view::npos) return std::nullopt;
      std::string_view line = bytes.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      size_t colon = line.find(':');
      if (at == 0) {
        if (!line.starts_with(kMark) || line.size() > 12) return std::nullopt;
      } else if (line.empty()) {
        head.block = end + 1;
        return length ? std::optional(head) : std::nullopt;
      } else if (colon == std::string_view::npos && line[0] != ' ' && line[0] != '\t') {
        return std::nullopt;
      } else if (lower(trim(line.substr(0, colon))) == "content-length") {
        std::string_view value = trim(line.substr(colon + 1));
        length = !value.empty() && value.size() <= 15 &&
                 value.find_first_not_of("0123456789") == std::string_view::npos;
        if (!length) return std::nullopt;
        head.length = static_cast<size_t>(std::stoull(std::string(value)));
      }
      at = end + 1;
    }
    return std::nullopt;
  }

  // Where among the first `most` bytes another record begins that a length swallowed.
  static size_t swallowed(std::string_view bytes, size_t most) {
    bytes = bytes.substr(0, most + kLongestHeader);
    for (size_t at = 0; (at = bytes.find("\n\r\nWARC/", at)) < most; ++at)
      if (parse_head(bytes.substr(at + 3))) return at + 3;
    return std::string_view::npos;
  }

  bool record(std::string& head, std::string& block, std::string& problem) {
    // Blank lines between records.
    for (;;) {
      std::string_view bytes = input_.ahead(1);
      size_t blank = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
      if (blank == 0) break;
      input_.take(blank);
    }
    ++number_;
    std::string_view bytes = input_.ahead(kLongestHeader);
    if (bytes.empty()) {
      if (input_.damage().empty()) return false;
      problem = end_of_bytes();
      return true;
    }
    std::optional<Head> found = parse_head(bytes);
    if (!found) {
      bool cut = bytes.size() < kLongestHeader && bytes.starts_with(kMark) &&
                 !header_end(bytes, bytes.size()).found();
      if (cut) {
        problem = end_of_bytes();
      } else {
        problem = "not the beginning of a WARC record, skipped to the next";
        input_.take(1);
        resync();
      }
      return true;
    }
    head = std::string(bytes.substr(0, found->block));
    input_.take(found->block);
    if (found->length > largest_) {
      problem = "more than " + std::to_string(largest_ >> 20) + " MB, skipped";
      skip(found->length, problem);
      return true;
    }
    take_block(found->length, block, problem);
    return true;
  }

  void take_block(size_t length, std::string& block, std::string& problem) {
    // With the two line ends behind it and the next record's first word.
    std::string_view bytes = input_.ahead(length + 4 + kMark.size());
    std::string_view behind = bytes.size() > length ? bytes.substr(length) : "";
    size_t blank = std::min(behind.find_first_not_of("\r\n"), behind.size());
    bool next_begins = behind.substr(blank).starts_with(kMark);
    bool ends = bytes.size() >= length && blank == behind.size();
    if (next_begins || ends) {
      block = std::string(bytes.substr(0, length));
      input_.take(length);
      return;
    }
    bytes = input_.ahead(length + kLongestHeader);
    size_t other = swallowed(bytes, length);
    if (other != std::string_view::npos) {
      block = std::string(bytes.substr(0, other - 3));
      input_.take(other);
      tell_wrong_length(length);
    } else if (bytes.size() < length) {
      input_.take(bytes.size());
      problem = end_of_bytes();
    } else {
      // Too short: the block goes on to the next record, or to the end.
      size_t size = length;
      for (;;) {
        bytes = input_.ahead(size + kLongestHeader);
        size_t mark = bytes.find("\nWARC/", size - std::min<size_t>(size, kMark.size()));
        if (mark != std::string_view::npos || bytes.size() < size + kLongestHeader ||
            size > largest_) {
          size = std::min(mark == std::string_view::npos ? bytes.size() : mark + 1, bytes.size());
          break;
        }
        size = bytes.size();
      }
      block = std::string(trim_line_ends(bytes.substr(0, size)));
      input_.take(size);
      if (block.size() > largest_) {
        problem = "wrong Content-Length, and more than " + std::to_string(largest_ >> 20) + " MB";
        return;
      }
      tell_wrong_length(length);
    }
  }

  static std::string_view trim_line_ends(std::string_view block) {
    while (block.ends_with('\r') || block.ends_with('\n')) block.remove_suffix(1);
    return block;
  }

  // The fault is told, and what the record holds is read all the same.
  void tell_wrong_length(size_t length) {
    Piece fault;
    fault.place = place();
    fault.error = fault.place + ": its Content-Length of " + std::to_string(length) +
                  " is wrong; taken up to where the next record begins";
    errors_.push(std::move(fault));
  }

  // Over a record too large to be read, or one that only says so.
  void skip(size_t length, std::string& problem) {
    while (length > 0) {
      std::string_view bytes = input_.ahead(std::min(length, kLongestHeader * 2));
      size_t part = std::min(length, bytes.size());
      size_t other = swallowed(bytes, part);
      if (other != std::string_view::npos) {
        input_.take(other);
        problem = "its Content-Length is wrong; skipped to where the next record begins";
        return;
      }
      if (bytes.size() < std::min(length, kLongestHeader * 2)) {
        input_.take(bytes.size());
        problem += "; " + end_of_bytes();
        return;
      }
      // A header that the window cuts is looked at again.
      size_t step = part == length ? part : part - kLongestHeader;
      input_.take(step);
      length -= step;
    }
  }

  bool page(const std::string& head, const std::string& block, Piece& piece) {
    std::string type = lower(header_value(head, "warc-type"));
    if (type == "continuation") {
      piece.error = piece.place + ": goes on with a record that began in another file, not read";
      return true;
    }
    if (type != "response" && type != "resource" && type != "conversion") return false;
    piece.url = header_value(head, "warc-target-uri");
    if (piece.url.starts_with("<") && piece.url.ends_with(">"))
      piece.url = piece.url.substr(1, piece.url.size() - 2);
    piece.date = header_value(head, "warc-date");
    std::string truncated = header_value(head, "warc-truncated");
    if (!truncated.empty())
      piece.article.notes.push_back("cut by the crawler: " + truncated.substr(0, 40));
    if (type == "response") return page_of_response(block, largest_, piece);
    return page_of_body(block, header_value(head, "content-type"), piece);
  }

  Input input_;
  size_t largest_;
  size_t number_ = 0;
  std::queue<Piece> errors_;
  bool found_ = false;  // a page, or nothing and that was told
};

}  // namespace

std::unique_ptr<Pieces> open_warc(Input input, size_t largest) {
  return std::make_unique<Warc>(std::move(input), largest);
}

}  // namespace chancery
