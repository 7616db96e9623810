// Items through one function on several threads, in the order of their source, in bounded memory.
//
//   Pool<Record> pool(source, 4, [&](const Piece& piece) { return reader.read(…); });
//   for (Outcome<Record> one; pool.next(one);) …
//
// The source and next() are the caller's thread's. With several threads so many items of each are
// drawn and read before the first of them is handed out, with one thread each by itself. While the
// caller has its turn no thread of the pool is there: it may do with its ledger, or fork, as it likes.
#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <new>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "pipeline/source.h"

namespace chancery::pipeline {

// What became of an item.
template <class Result>
struct Outcome {
  Item item;                     // of its piece place, error and warning alone
  std::optional<Result> result;  // none of a remark, and of what could not be read
  std::string problem;           // why it could not be read
};

template <class Result>
class Pool {
 public:
  // Reads one piece that has no error and is no remark. Whatever it throws costs that piece alone,
  // but StartError: what nothing can be done without. Called by several threads at once.
  using Read = std::function<Result(const Piece& piece)>;

  static constexpr size_t kAhead = 16;  // items of each of several threads

  // The source must outlive it. `threads` from 1.
  Pool(Source& source, int threads, Read read)
      : source_(source), read_(std::move(read)), threads_(static_cast<size_t>(threads)) {}

  // The next item of the source and what became of it; false at the end. Throws the StartError of
  // reading it, and what the source throws.
  bool next(Outcome<Result>& outcome) {
    if (given_ == drawn_.size()) read_some();
    if (drawn_.empty()) return false;
    Slot& slot = drawn_[given_++];
    if (slot.fatal) std::rethrow_exception(slot.fatal);
    outcome = std::move(slot.outcome);
    return true;
  }

 private:
  struct Slot {
    Outcome<Result> outcome;
    std::exception_ptr fatal;
  };

  void read_some() {
    given_ = 0;
    drawn_.clear();
    const size_t most = threads_ == 1 ? 1 : threads_ * kAhead;
    for (Slot slot; drawn_.size() < most && source_.next(slot.outcome.item);)
      drawn_.push_back(std::exchange(slot, {}));
    std::atomic<size_t> next{0};
    const auto loop = [&] {
      for (size_t i; (i = next++) < drawn_.size();) read(drawn_[i]);
    };
    std::vector<std::jthread> others;
    for (size_t t = 1; t < std::min(threads_, drawn_.size()); ++t) others.emplace_back(loop);
    loop();
  }

  // Nothing leaves it: it runs on threads.
  void read(Slot& slot) const noexcept {
    Outcome<Result>& one = slot.outcome;
    Piece& piece = one.item.piece;
    try {
      if (!piece.error.empty()) one.problem = piece.error;
      else if (piece.form != Piece::remark) one.result = read_(piece);
    } catch (const StartError&) {
      slot.fatal = std::current_exception();
    } catch (const std::bad_alloc&) {
      forget_content(piece);
      one.problem = "not enough memory to read it";
    } catch (...) {
      one.problem = current_problem();
    }
    forget_content(piece);
  }

  // Many wait to be handed out, and each may be large.
  static void forget_content(Piece& piece) {
    Piece rest;
    rest.place.swap(piece.place);
    rest.error.swap(piece.error);
    rest.warning.swap(piece.warning);
    std::swap(piece, rest);
  }

  Source& source_;
  const Read read_;
  const size_t threads_;
  std::vector<Slot> drawn_;
  size_t given_ = 0;
};

}  // namespace chancery::pipeline
