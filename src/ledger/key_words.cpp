#include "ledger/key_words.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/ledger_words.h"

namespace chancery {

namespace {

bool is_empty_word(std::string_view word) {
  static const std::unordered_set<std::string_view> all = [] {
    const WordSet& words = ledger_words(LedgerWords::empty_words);
    return std::unordered_set<std::string_view>(words.begin(), words.end());
  }();
  return all.count(word) > 0;
}

// Its letters and digits, small.
std::string letters_of(std::string_view word) {
  std::string out;
  const bool plain = std::none_of(word.begin(), word.end(), [](char c) { return c & 0x80; });
  const std::string changed = plain ? "" : lower(word);
  for (char c : plain ? word : std::string_view(changed)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80)) out += c;
  }
  return out;
}

}  // namespace

std::string key_word(std::string_view word) {
  constexpr size_t kMost = 24;
  std::string w = letters_of(word);
  // A plain stem: enough that "met" and "meeting" differ and "minister" and "ministers" do not.
  if (w.size() > 4 && w.ends_with("ies")) w.replace(w.size() - 3, 3, "y");
  else if (w.size() > 3 && w.ends_with("s") && !w.ends_with("ss")) w.pop_back();
  if (w.size() < 2 || is_empty_word(w)) return "";
  if (w.size() > kMost) w.resize(kMost);
  return w;
}

std::vector<std::string> key_words(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view word : split_words(text))
    if (std::string key = key_word(word); !key.empty()) out.push_back(std::move(key));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool is_general(const std::string& word) {
  static const std::unordered_set<std::string> all = [] {
    std::unordered_set<std::string> out;
    for (const std::string& general : ledger_words(LedgerWords::general_words))
      for (std::string& word : key_words(general)) out.insert(std::move(word));
    return out;
  }();
  return all.count(word) > 0;
}

double overlap(const std::vector<std::string>& words, std::string_view other) {
  size_t both = 0, count = 0, i = 0;
  while (!other.empty()) {
    size_t end = std::min(other.find(' '), other.size());
    std::string_view w = other.substr(0, end);
    other.remove_prefix(std::min(end + 1, other.size()));
    ++count;
    while (i < words.size() && words[i] < w) ++i;
    if (i < words.size() && words[i] == w) ++both, ++i;
  }
  return count && !words.empty()
             ? static_cast<double>(both) / static_cast<double>(std::min(count, words.size()))
             : 0;
}

}  // namespace chancery
