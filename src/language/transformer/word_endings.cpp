#include "language/transformer/word_endings.h"

#include "base/strings.h"

namespace chancery {

std::array<uint32_t, std::size(kEndings)> word_endings(std::string_view form) {
  constexpr size_t kMost = 4;
  std::string_view tail = form.substr(form.size() - std::min(form.size(), kMost));
  char small[kMost];
  for (size_t i = 0; i < tail.size(); ++i)
    small[i] = tail[i] >= 'A' && tail[i] <= 'Z' ? static_cast<char>(tail[i] - 'A' + 'a') : tail[i];
  std::array<uint32_t, std::size(kEndings)> out{};
  for (size_t e = 0; e < out.size(); ++e) {
    size_t length = std::min(tail.size(), static_cast<size_t>(kEndings[e]));
    std::string_view end(small + tail.size() - length, length);
    out[e] = static_cast<uint32_t>(hash64(end, hash64("ending")) % kEndingRows);
  }
  return out;
}

}  // namespace chancery
