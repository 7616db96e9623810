#include "article/lines.h"

#include "base/error.h"

namespace chancery {

LineReader::LineReader(const std::string& path, size_t longest)
    : LineReader(Input(path), longest) {}

LineReader::LineReader(Input input, size_t longest) : input_(std::move(input)), longest_(longest) {}

void LineReader::skip_blank() {
  for (;;) {
    std::string_view next = input_.ahead(1);
    size_t word = next.find_first_not_of(" \t\r\n");
    size_t end = next.substr(0, word).rfind('\n');
    // A line of blanks that the chunk cuts is left to next(): it is none yet.
    if (end == std::string_view::npos) return;
    for (size_t i = 0; i <= end; ++i) number_ += next[i] == '\n';
    input_.take(end + 1);
    if (word != std::string_view::npos) return;
  }
}

bool LineReader::next(std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool any = false;
  for (;;) {
    std::string_view chunk = input_.ahead(1);
    if (chunk.empty()) {
      if (!input_.damage().empty())
        throw Error(input_.name() + ": after line " + std::to_string(number_) + ": " +
                    input_.damage());
      number_ += any;
      return any;
    }
    any = true;
    size_t end = chunk.find('\n');
    std::string_view piece = chunk.substr(0, end);
    if (line.size() + piece.size() > longest_) {
      too_long = true;
      line.clear();
    }
    if (!too_long) line += piece;
    bool whole = end != std::string_view::npos;
    input_.take(piece.size() + whole);
    if (whole) {
      ++number_;
      return true;
    }
  }
}

}  // namespace chancery
