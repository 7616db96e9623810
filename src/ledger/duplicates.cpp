#include "ledger/duplicates.h"

#include <algorithm>
#include <string>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr int kBands = 6, kRows = 3;

uint64_t mixed(uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCDull;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53ull;
  return x ^ (x >> 33);
}

}  // namespace

std::vector<uint64_t> shingles(std::string_view text) {
  std::vector<uint64_t> words, out;
  std::string low = lower(text);
  uint64_t hash = 0;
  bool open = false;
  for (size_t i = 0; i <= low.size(); ++i) {
    unsigned char c = i < low.size() ? static_cast<unsigned char>(low[i]) : ' ';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
      hash = (hash ^ c) * 0x100000001B3ull;
      open = true;
    } else if (open) {
      words.push_back(hash);
      hash = 0xCBF29CE484222325ull;
      open = false;
    }
  }
  if (words.size() < 3) {
    for (uint64_t w : words) out.push_back(mixed(w));
  }
  for (size_t i = 0; i + 2 < words.size(); ++i)
    out.push_back(mixed(words[i] + 3 * mixed(words[i + 1]) + 7 * mixed(words[i + 2] + 1)));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<int64_t> bands(const std::vector<uint64_t>& shingles) {
  std::vector<int64_t> out;
  if (shingles.empty()) return out;
  for (int band = 0; band < kBands; ++band) {
    uint64_t key = static_cast<uint64_t>(band) + 1;
    for (int row = 0; row < kRows; ++row) {
      uint64_t seed = mixed(static_cast<uint64_t>(band * kRows + row) + 17), least = UINT64_MAX;
      for (uint64_t s : shingles)
        least = std::min<uint64_t>(least, (s ^ seed) * 0x9E3779B97F4A7C15ull);
      key = mixed(key ^ least);
    }
    out.push_back(static_cast<int64_t>(key));
  }
  return out;
}

double likeness(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1 : 0;
  size_t i = 0, k = 0, both = 0;
  while (i < a.size() && k < b.size()) {
    if (a[i] == b[k]) ++both, ++i, ++k;
    else if (a[i] < b[k]) ++i;
    else ++k;
  }
  return static_cast<double>(both) / static_cast<double>(a.size() + b.size() - both);
}

}  // namespace chancery
