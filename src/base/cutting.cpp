#include "base/cutting.h"

#include <algorithm>
#include <cctype>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr size_t kTitle = 90;    // characters of a text that stand for a title
constexpr size_t kRemnant = 12;  // bytes behind a gap that tell nothing by themselves

// Does a clause end with the mark at `at`? A point behind an initial or an abbreviation, or before
// a figure or a small letter, ends nothing ("before Dec. 11", "the U.S. Senate").
bool ends_clause(const std::string& text, size_t at) {
  const char c = text[at];
  if (at + 2 >= text.size() || text[at + 1] != ' ') return false;
  if (c == ',' || c == ';') return true;
  if (c != '.') return false;
  const char next = text[at + 2];
  if ((next >= 'a' && next <= 'z') || (next >= '0' && next <= '9') || next == '.') return false;
  size_t word = at;
  while (word > 0 && text[word - 1] != ' ' && text[word - 1] != '.') --word;
  const bool capital = text[word] >= 'A' && text[word] <= 'Z';
  return at > word && !(capital && at - word <= 3);
}

// Is all that a sentence has before the comma at `at` what it depends on? "If you come, …"
bool only_condition(const std::string& text, size_t at) {
  constexpr std::string_view kIf = "If ";
  if (text[at] != ',') return false;
  size_t begin = at;
  while (begin > 0 &&
         !(text[begin - 1] == ' ' && begin > 1 &&
           std::ispunct(static_cast<unsigned char>(text[begin - 2])) && text[begin - 2] != ','))
    --begin;
  while (begin < at && !std::isalpha(static_cast<unsigned char>(text[begin]))) ++begin;
  return std::string_view(text).substr(begin).starts_with(kIf);
}

// What only says on which condition, with nothing left behind it, goes: "We come. If you wait".
void without_open_condition(std::string& text) {
  constexpr std::string_view kIf = "If ";
  size_t at = text.rfind(kIf);
  if (at == std::string::npos || text.find(',', at) != std::string::npos) return;
  while (at > 0 && (text[at - 1] == '"' || static_cast<unsigned char>(text[at - 1]) >= 0x80)) --at;
  const std::string_view before = trim(std::string_view(text).substr(0, at));
  if (before.empty() || std::isalnum(static_cast<unsigned char>(before.back()))) return;
  text.resize(before.size());
}

// Cut words end with none that only leads to the next: "in the", "of a".
void without_small_words(std::string& text) {
  constexpr size_t kSmall = 3, kMost = 3;  // letters; so many words
  for (size_t n = 0; n < kMost; ++n) {
    const size_t blank = text.rfind(' ');
    if (blank == std::string::npos || text.size() - blank - 1 > kSmall) return;
    for (size_t i = blank + 1; i < text.size(); ++i)
      if (text[i] < 'a' || text[i] > 'z') return;
    text.erase(blank);
  }
}

}  // namespace

std::string tidy(std::string_view words) {
  std::string out = squeeze(words);
  // A comma before the end of a quotation is the sentence's around it.
  for (std::string_view end : {",”", ",\""})
    if (out.ends_with(end)) out.erase(out.size() - end.size(), 1);
  for (std::string_view opening : {"that ", "That "})
    if (out.starts_with(opening)) out.erase(0, opening.size());
  while (!out.empty() && (out.back() == ',' || out.back() == ';' || out.back() == '-'))
    out = std::string(trim(std::string_view(out).substr(0, out.size() - 1)));
  return out;
}

std::string quoted_whole(std::string text) {
  static constexpr std::string_view kStraight = "\"", kOpening = "“", kClosing = "”";
  bool open = false, straight = false;
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const std::string_view mark = rest.starts_with(kStraight)  ? kStraight
                                  : rest.starts_with(kOpening) ? kOpening
                                  : rest.starts_with(kClosing) ? kClosing
                                                               : std::string_view();
    if (mark.empty()) {
      ++at;
      continue;
    }
    const bool opens =
        mark == kOpening ||
        (mark == kStraight && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '('));
    if (opens && open) {
      // It opens a paragraph of a quotation that goes on.
      text.erase(at, mark.size());
      continue;
    }
    if (!opens && !open) {
      const std::string_view first = mark == kStraight ? kStraight : kOpening;
      text.insert(0, first);
      at += first.size();
    }
    open = opens;
    straight = mark == kStraight;
    at += mark.size();
  }
  if (open) text += straight ? kStraight : kClosing;
  return text;
}

std::string shortened(const std::string& text, size_t most) {
  size_t at = 0, count = 0, blank = 0, clause = 0;
  while (at < text.size() && count < most) {
    if (text[at] == ' ') blank = at;
    if (count * 3 >= most * 2 && ends_clause(text, at) && !only_condition(text, at)) clause = at;
    decode_utf8(text, at);
    ++count;
  }
  if (at >= text.size()) return text;
  std::string out(trim(std::string_view(text).substr(0, clause ? clause : blank ? blank : at)));
  if (!clause) without_small_words(out);
  // Nothing stands between two gaps but words that tell something.
  const std::string gap = " …";
  if (size_t last = out.rfind(gap);
      last != std::string::npos && last + gap.size() + kRemnant > out.size())
    out.erase(last);
  while (!out.empty() && (out.back() == '.' || out.back() == ',' || out.back() == ' '))
    out.pop_back();
  without_open_condition(out);
  if (!out.ends_with(gap)) out += gap;
  // What was opened is closed.
  if (out.rfind("“") != std::string::npos &&
      (out.rfind("”") == std::string::npos || out.rfind("”") < out.rfind("“")))
    out += "”";
  if (std::count(out.begin(), out.end(), '"') % 2) out += "\"";
  return out;
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

bool begins_with_name(const std::string& text, const std::string& name) {
  constexpr size_t kBeginning = 40;  // bytes in which a name stands first
  const std::string last = lower(name.substr(name.rfind(' ') + 1));
  return !last.empty() && lower(text.substr(0, kBeginning)).find(last) != std::string::npos;
}

std::string title_of(const std::string& title, const std::string& text) {
  if (!title.empty()) return title;
  const std::string_view first = trim(std::string_view(text).substr(0, text.find("\n\n")));
  return first.empty() ? "Untitled" : shortened(squeeze(first), kTitle);
}

int paragraph_of(const std::string& text, uint32_t at) {
  int out = 1;
  for (size_t to = 0; (to = text.find("\n\n", to)) != std::string::npos && to < at; to += 2) ++out;
  return out;
}

}  // namespace chancery
