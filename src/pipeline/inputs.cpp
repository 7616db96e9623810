#include "pipeline/inputs.h"

namespace chancery::pipeline {

bool Inputs::next_piece(Item& item) {
  if (!open_) open_ = open_pieces(inputs_[at_.inputs], options_);
  const size_t done_before = at_.inputs == part_.from.inputs ? part_.from.pieces : 0;
  for (; open_->next(item.piece); item.piece = {}) {
    if (++at_.pieces <= done_before || !ours(item.piece)) continue;
    item.share =
        (static_cast<double>(at_.inputs) + open_->share()) / static_cast<double>(inputs_.size());
    item.behind = at_;
    return true;
  }
  return false;
}

bool Inputs::next(Item& item) {
  while (at_.inputs < inputs_.size()) {
    item = {};
    // Only what reading the input throws is the input's fault.
    try {
      if (next_piece(item)) return true;
    } catch (const StartError&) {
      throw;
    } catch (const std::exception& error) {
      const std::string& input = inputs_[at_.inputs];
      item = {};
      item.piece.place = input == "-" ? "standard input" : input;
      item.piece.error = at_place(item.piece.place, error.what());
    }
    open_.reset();
    at_ = {at_.inputs + 1, 0};
    if (!item.piece.error.empty() && ours(item.piece)) return true;
  }
  return false;
}

}  // namespace chancery::pipeline
