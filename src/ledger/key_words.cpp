#include "ledger/key_words.h"

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/ledger_words.h"

namespace chancery {

std::vector<std::string> key_words(std::string_view text) {
  const WordSet& empty = ledger_words(LedgerWords::empty_words);
  std::set<std::string> out;
  for (std::string_view word : split_words(text)) {
    std::string w;
    for (char c : lower(word))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80)) w += c;
    // A plain stem: enough that "met" and "meeting" differ and "minister" and "ministers" do not.
    if (w.size() > 4 && w.ends_with("ies")) w = w.substr(0, w.size() - 3) + "y";
    else if (w.size() > 3 && w.ends_with("s") && !w.ends_with("ss")) w.pop_back();
    if (w.size() > 1 && !empty.has(w)) out.insert(w.substr(0, 24));
  }
  return {out.begin(), out.end()};
}

bool is_general(const std::string& word) {
  static const std::set<std::string> all = [] {
    std::set<std::string> out;
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
