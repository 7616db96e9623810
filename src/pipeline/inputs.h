// Inputs one behind the other, each piece by piece (article/pieces.h), as a source. An input that
// cannot be opened, or read on, costs itself and is an item with that error.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/source.h"

namespace chancery::pipeline {

class Inputs : public Source {
 public:
  // Of a run that is one part of several, or goes on where another ended.
  struct Part {
    Position from;
    // Is it this run's to read, or to say that it cannot be read? Nothing: all is.
    std::function<bool(const Piece& piece)> ours;
  };

  Inputs(std::vector<std::string> inputs, PieceOptions options, Part part = {})
      : inputs_(std::move(inputs)),
        options_(std::move(options)),
        part_(std::move(part)),
        at_{part_.from.inputs, 0} {}

  bool next(Item& item) override;

 private:
  // Of the present input; false at its end.
  bool next_piece(Item& item);
  bool ours(const Piece& piece) const { return !part_.ours || part_.ours(piece); }

  std::vector<std::string> inputs_;
  PieceOptions options_;
  Part part_;
  Position at_;
  std::unique_ptr<Pieces> open_;
};

}  // namespace chancery::pipeline
