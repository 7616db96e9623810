// Long texts are read a window at a time: what reading costs then grows with the length of the text
// and no faster, whatever a stage does with the words before it, and never needs the memory of more
// than one window. A window is counted in bytes, so that every machine cuts in the same places.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace chancery {

class Reader;

// How the note begins that says why a record holds no event.
constexpr std::string_view kNoEvent = "no event: ";

// How the note begins that says what of a text was left unread.
constexpr std::string_view kNotRead = "not read: ";

// What is read at once. The longest reports are a third of it.
constexpr uint32_t kWindow = 64 << 10;

// A stretch of text is left unread when reading it costs too much for what it can tell: it is
// longer than kDense and has fewer bytes for each place that the network goes through
// (LanguageEngine::work) than its places are worth (LanguageEngine::bytes_of_work). English has about
// five, no report of our gold fewer than 3.8; rows of marks, of single letters or of bytes that are no
// text have one or two.
constexpr uint32_t kDense = 16 << 10;
constexpr bool too_dense(size_t bytes, size_t work, double bytes_of_work) {
  return bytes > kDense && static_cast<double>(work) * bytes_of_work > static_cast<double>(bytes);
}

// Neighbouring spans that cover the text, none longer than `most` (at least 8): cut behind a
// paragraph, else behind a line, else behind the end of a sentence, else behind a blank, else
// between two characters. A text of `most` bytes or fewer is one window.
std::vector<Span> windows_of(std::string_view text, uint32_t most = kWindow);

// What Reader::read gives, for whoever wants to look up between two windows: `before_window` is
// called before each; what it throws ends the reading.
Record read_in_windows(const Reader& reader, Article article,
                       const std::function<void()>& before_window);

// Puts the records of windows together into the record of the whole text.
class WindowJoin {
 public:
  // `windows`: how many will be added.
  WindowJoin(Record& whole, size_t windows) : whole_(whole), windows_(windows) {}
  // `part`: what was read of the window that begins at `offset`. Its names join those of the
  // windows before; what it calls by other words ("the minister") stays its own.
  void add(Record part, uint32_t offset);

 private:
  int place(Entity entity);
  int known(const Entity& entity) const;
  void remember(const Entity& entity, int at);

  Record& whole_;
  const size_t windows_;
  size_t added_ = 0;
  std::map<std::string, int> by_name_, by_last_;  // by_last_: persons; -1 where there are several
};

}  // namespace chancery
