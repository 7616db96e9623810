// JSON values in an array, or one behind the other over several lines each. Values are told apart
// by their brackets, before anything is parsed, so that a broken one costs itself: a line break
// ends an open string, since JSON allows none inside, and an object that begins where only a key
// can stand ends the one that was never closed.
#include "article/pieces.h"
#include "base/strings.h"

namespace chancery {
namespace {

class JsonValues : public Pieces {
 public:
  JsonValues(Input input, size_t largest) : input_(std::move(input)), largest_(largest) {
    if (input_.ahead(3).starts_with("\xEF\xBB\xBF")) input_.take(3);
    array_ = skip_space() && look() == '[';
    if (array_) input_.take(1);
  }

  bool next(Piece& piece) override {
    piece = {};
    if (done_) return false;
    if (!to_value()) {
      done_ = true;
      if (closed_ || (!array_ && input_.damage().empty())) return false;
      piece.error = input_.name() + ": " + end() + " after article " + std::to_string(number_) +
                    ", its array is not closed";
      return true;
    }
    piece.place = input_.name() + ": article " + std::to_string(++number_);
    read(piece);
    return true;
  }
  double share() const override { return input_.share(); }

 private:
  bool more() { return !input_.ahead(1).empty(); }
  char look() { return input_.ahead(1)[0]; }
  bool skip_space() {
    while (more() && is_blank(look())) input_.take(1);
    return more();
  }
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
  std::string end() const { return input_.damage().empty() ? "the file ends" : input_.damage(); }

  // Stands at the first character of a value; false behind the last.
  bool to_value() {
    while (skip_space()) {
      if (array_ && look() == ']') {
        closed_ = true;
        return false;
      }
      if (look() != ',') return true;
      input_.take(1);
    }
    return false;
  }

  void read(Piece& piece) {
    std::string open;  // the brackets around
    bool string = false, escaped = false, large = false;
    char before = 0;  // the last character that was no blank
    for (; more(); input_.take(1)) {
      char c = look();
      bool bare = !string && open.empty() && before;
      if (bare && (c == ',' || c == ']' || c == '\n')) break;
      if (!string && c == '{' && before == ',' && !open.empty() && open.back() == '{') {
        piece.error = piece.place + ": is not closed before the next one begins";
        return;
      }
      large = large || piece.bytes.size() >= largest_;
      if (!large) piece.bytes += c;
      if (c == '\n') string = escaped = false;
      else if (escaped) escaped = false;
      else if (string && c == '\\') escaped = true;
      else if (c == '"') string = !string;
      else if (!string && (c == '{' || c == '[')) open += c;
      else if (!string && (c == '}' || c == ']') && !open.empty()) {
        open.pop_back();
        if (open.empty()) {
          input_.take(1);
          break;
        }
      }
      if (!is_blank(c)) before = c;
    }
    if (large)
      piece.error = piece.place + ": more than " + std::to_string(largest_ >> 20) + " MB, skipped";
    else if (!open.empty()) piece.error = piece.place + ": is not closed; " + end() + " inside it";
  }

  Input input_;
  size_t largest_, number_ = 0;
  bool array_ = false, closed_ = false, done_ = false;
};

}  // namespace

std::unique_ptr<Pieces> open_json_values(Input input, size_t largest) {
  return std::make_unique<JsonValues>(std::move(input), largest);
}

}  // namespace chancery
