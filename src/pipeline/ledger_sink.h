// Records on their way into a ledger: gathered while articles are read, and kept together in short
// transactions, between two of which other programs write to the ledger. The source hears of each
// in the transaction that keeps it; what the source does not hold any more is not kept.
#pragma once
#include <chrono>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "pipeline/failures.h"
#include "pipeline/sink.h"

namespace chancery::pipeline {

class LedgerSink : public Sink<Record> {
 public:
  // All three must outlive it. `failures` hears of records that the ledger does not take.
  LedgerSink(Ledger& ledger, Source& source, Failures& failures)
      : ledger_(ledger), source_(source), failures_(failures) {}

  void take(const Item& item, Record record) override;
  // Throws StartError when the store fails: of the transaction it was in nothing is kept then.
  void keep() override;

  // So many were kept: new, known before, new but nearly the same as others.
  size_t fresh = 0, known = 0, copies = 0;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr size_t kMost = 1000;
  static constexpr std::ptrdiff_t kTogether =
      250;  // for which the ledger looks up what it knows at once
  static constexpr std::chrono::seconds kLongest{5};       // to be read, before they are kept
  static constexpr std::chrono::milliseconds kHold{1000};  // the ledger, from others
  static constexpr std::chrono::milliseconds kPause{25};   // in which one of them gets it

  void add(const Item& item, const Record& record);

  Ledger& ledger_;
  Source& source_;
  Failures& failures_;
  std::vector<std::pair<Item, Record>> waiting_;
  Clock::time_point since_, committed_;
};

}  // namespace chancery::pipeline
