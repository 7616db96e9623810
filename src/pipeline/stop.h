// A program that is asked to end, by a signal, and looks for a good moment to do so.
#pragma once
#include <atomic>
#include <csignal>
#include <initializer_list>
#include <string>

namespace chancery::pipeline {

inline std::atomic<bool> stop_was_asked{false};  // of any thread

// From now on these signals are only remembered.
inline void mind(std::initializer_list<int> signals) {
  for (int signal : signals) std::signal(signal, [](int) { stop_was_asked = true; });
}
inline bool asked_to_stop() { return stop_was_asked; }

// Ends a run that was asked to end; `what` says what is kept.
struct Stopped {
  std::string what;
};

}  // namespace chancery::pipeline
