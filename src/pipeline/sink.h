// Where what was read goes: a file of records, a shard, a ledger. Called by one thread, that of the
// run, in the order of the source.
#pragma once
#include <string>

#include "pipeline/source.h"

namespace chancery::pipeline {

template <class Result>
class Sink {
 public:
  virtual ~Sink() = default;
  // What it throws ends the run: when the store or the output fails, nothing more can be kept.
  virtual void take(const Item& item, Result result) = 0;
  // An item that was not read, for sinks that keep a list of them.
  virtual void failed(const std::string& /*message*/) {}
  // An item, whatever became of it, and all before it were handed over.
  virtual void passed(const Item&) {}
  // All items were: what waits is to be kept.
  virtual void keep() {}
};

}  // namespace chancery::pipeline
