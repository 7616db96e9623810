// JSON Lines: a line is a piece.
#include "article/lines.h"
#include "article/pieces.h"
#include "base/strings.h"

namespace chancery {
namespace {

class Jsonl : public Pieces {
 public:
  explicit Jsonl(Input input) : name_(input.name()), lines_(std::move(input)) {}

  bool next(Piece& piece) override {
    piece = {};
    bool too_long = false;
    do {
      lines_.skip_blank();
      if (!lines_.next(piece.bytes, too_long)) return false;
    } while (!too_long && trim(piece.bytes).empty());
    piece.place = name_ + ":" + std::to_string(lines_.number());
    if (lines_.number() == 1 && piece.bytes.starts_with("\xEF\xBB\xBF")) piece.bytes.erase(0, 3);
    if (too_long) piece.error = piece.place + ": a line of more than 32 MB, skipped";
    return true;
  }
  double share() const override { return lines_.share(); }

 private:
  std::string name_;
  LineReader lines_;
};

}  // namespace

std::unique_ptr<Pieces> open_lines(Input input) {
  return std::make_unique<Jsonl>(std::move(input));
}

}  // namespace chancery
