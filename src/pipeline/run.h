// A run: what a source has, read by several threads, into a sink in the order of the source. What
// fails costs itself; what the sink cannot keep ends the run.
//
//   Inputs inputs(names, options);
//   run(inputs, 4, [&](const Piece& piece) { return reader.read(…); }, sink, failures);
#pragma once
#include "pipeline/failures.h"
#include "pipeline/pool.h"
#include "pipeline/sink.h"

namespace chancery::pipeline {

// All has passed, or something was thrown: by the sink, the source or `failures`. What the sink
// kept until then stays kept.
template <class Result>
void run(Source& source, int threads, typename Pool<Result>::Read read, Sink<Result>& sink,
         Failures& failures) {
  Pool<Result> pool(source, threads, std::move(read));
  failures.begin();
  for (Outcome<Result> one; pool.next(one);) {
    const Item& item = one.item;
    if (!item.piece.warning.empty()) failures.warn(item.piece.warning);
    if (!one.problem.empty()) {
      sink.failed(item.message(one.problem));
      failures.add(source, item, one.problem);
    } else if (one.result) {
      sink.take(item, std::move(*one.result));
      failures.took(item.share);
    }
    sink.passed(item);
  }
  sink.keep();
}

}  // namespace chancery::pipeline
