#include "reading/phrases.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

void Phrases::add(const std::string& words, int value) {
  Phrase p;
  for (std::string_view word : split_words(words)) p.lemmas.emplace_back(word);
  if (p.lemmas.empty()) return;
  p.value = value;
  std::vector<Phrase>& list = by_first_[p.lemmas[0]];
  list.push_back(std::move(p));
  std::stable_sort(list.begin(), list.end(), [](const Phrase& a, const Phrase& b) {
    return a.lemmas.size() > b.lemmas.size();
  });
}

Phrases::Match Phrases::at(const TreeView& t, int token, int end) const {
  auto found = by_first_.find(lower(t.lemma(token)));
  if (found == by_first_.end()) return {};
  for (const Phrase& p : found->second) {
    int n = static_cast<int>(p.lemmas.size());
    bool same = token + n <= end;
    for (int k = 1; same && k < n; ++k)
      same = lower(t.lemma(token + k)) == p.lemmas[k] || lower(t[token + k].form) == p.lemmas[k];
    if (same) return {p.value, n};
  }
  return {};
}

}  // namespace chancery
