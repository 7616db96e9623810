// Where articles come from that are to be read: files, a shard of them, jobs that wait in a ledger.
//
// Everything of a source is called by one thread, that of the run.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "article/pieces.h"
#include "base/error.h"

namespace chancery::pipeline {

// So many inputs are read, and of the next one so many pieces.
struct Position {
  size_t inputs = 0, pieces = 0;
};

struct Item {
  Piece piece;
  double share = 0;                // done of the whole source with it; 0 when that cannot be known
  std::optional<Position> behind;  // where to go on, where its source can go on
  size_t number = 0;               // the source's own

  // The message of what is wrong with it, beginning with its place.
  std::string message(const std::string& problem) const {
    return piece.error.empty() ? at_place(piece.place, problem) : problem;
  }
};

class Source {
 public:
  virtual ~Source() = default;
  // False at the end. What the source itself cannot read is an item with that error.
  virtual bool next(Item& item) = 0;

  // Acknowledgements. A sink that keeps things in transactions asks and tells inside of the one
  // that keeps what came of the item, so that both are so or neither.

  // Is it still this program's to keep?
  virtual bool holds(const Item&) { return true; }
  // What came of it is kept: never told before it is.
  virtual void kept(const Item&) {}
  // It cannot be read, or not be kept.
  virtual void given_up(const Item&, const std::string& /*problem*/) {}
};

}  // namespace chancery::pipeline
