#include "pipeline/ledger_sink.h"

#include <algorithm>
#include <thread>

#include "base/error.h"

namespace chancery::pipeline {

void LedgerSink::take(const Item& item, Record record) {
  if (waiting_.empty()) since_ = Clock::now();
  waiting_.emplace_back(item, std::move(record));
  if (waiting_.size() >= kMost || Clock::now() - since_ > kLongest) keep();
}

void LedgerSink::keep() {
  for (auto next = waiting_.begin(); next != waiting_.end();) {
    std::this_thread::sleep_until(committed_ + kPause);
    ledger_.begin();
    const Clock::time_point begun = Clock::now();
    do {
      const auto end = next + std::min<std::ptrdiff_t>(kTogether, waiting_.end() - next);
      std::vector<const Record*> records;
      for (auto it = next; it != end; ++it) records.push_back(&it->second);
      ledger_.expect(records);
      for (; next != end; ++next) add(next->first, next->second);
    } while (next != waiting_.end() && Clock::now() - begun < kHold);
    ledger_.commit();
    committed_ = Clock::now();
  }
  waiting_.clear();
}

void LedgerSink::add(const Item& item, const Record& record) {
  if (!source_.holds(item)) return;
  try {
    const Ledger::Added added = ledger_.add(record);
    ++(added == Ledger::Added::known ? known : added == Ledger::Added::copy ? copies : fresh);
    source_.kept(item);
  } catch (const StartError&) {
    throw;
  } catch (const Error& error) {
    failures_.add(source_, item, error.what());
  }
}

}  // namespace chancery::pipeline
