#include "language/vocabulary.h"

#include "base/strings.h"

namespace chancery {

Vocabulary::Vocabulary(std::vector<std::string_view> words) : words_(std::move(words)) {
  size_t size = 16;
  while (size < words_.size() * 2 + 2) size *= 2;
  slots_.assign(size, 0);
  for (uint32_t i = 0; i < words_.size(); ++i) {
    size_t at = hash64(words_[i]) & (size - 1);
    while (slots_[at] && words_[slots_[at] - 1] != words_[i]) at = (at + 1) & (size - 1);
    if (!slots_[at]) slots_[at] = i + 1;
  }
}

uint32_t Vocabulary::row(std::string_view norm) const {
  if (slots_.empty()) return 0;
  for (size_t at = hash64(norm) & (slots_.size() - 1); slots_[at];
       at = (at + 1) & (slots_.size() - 1))
    if (words_[slots_[at] - 1] == norm) return slots_[at];
  return 0;
}

}  // namespace chancery
