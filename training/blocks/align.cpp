#include "align.h"

#include <algorithm>
#include <unordered_map>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery::training {
namespace {

std::vector<uint64_t> words_of(std::string_view text) {
  std::vector<uint64_t> out;
  for (size_t at = 0; at < text.size();) {
    size_t begin = at, end = at;
    while (at < text.size()) {
      size_t next = at;
      char32_t c = decode_utf8(text, next);
      if (!is_letter(c) && !is_digit(c) && c != '_') break;
      end = at = next;
    }
    if (end > begin) out.push_back(hash64(lower(text.substr(begin, end - begin))));
    else decode_utf8(text, at);
  }
  return out;
}

uint64_t joined(const std::vector<uint64_t>& words, size_t at, size_t n) {
  uint64_t h = n;
  for (size_t i = 0; i < n; ++i) h = (h ^ words[at + i]) * 0x9E3779B97F4A7C15ull;
  return h;
}

struct Match {
  size_t block;
  int begin, end;  // words of the gold text
  double worth;
};

}  // namespace

std::vector<bool> align(const std::vector<std::string_view>& blocks, std::string_view gold) {
  std::vector<uint64_t> words;
  std::vector<bool> edge;  // a line begins with this word, or ended before it
  for (std::string_view line : split(gold, '\n')) {
    std::vector<uint64_t> more = words_of(line);
    if (more.empty()) continue;
    edge.resize(words.size() + more.size(), false);
    edge[words.size()] = true;
    words.insert(words.end(), more.begin(), more.end());
  }
  edge.push_back(true);
  std::unordered_map<uint64_t, std::vector<int>> places[5];
  for (size_t n = 1; n <= 4; ++n)
    for (size_t i = 0; i + n <= words.size(); ++i)
      if (n == 4 || (edge[i] && edge[i + n]))
        places[n][joined(words, i, n)].push_back(static_cast<int>(i));
  std::vector<Match> matches;
  for (size_t b = 0; b < blocks.size(); ++b) {
    std::vector<uint64_t> own = words_of(blocks[b]);
    if (own.empty()) continue;
    size_t n = std::min<size_t>(own.size(), 4);
    std::unordered_map<int, int> votes;
    for (size_t i = 0; i + n <= own.size(); ++i)
      if (auto found = places[n].find(joined(own, i, n)); found != places[n].end())
        for (int g : found->second) ++votes[g - static_cast<int>(i)];
    size_t grams = own.size() - n + 1;
    std::vector<std::pair<int, int>> best;
    for (auto [shift, hits] : votes) {
      // A word more or less in between moves what follows: near shifts vote together.
      int near = 0;
      for (int d = -6; d <= 6; ++d)
        if (auto found = votes.find(shift + d); found != votes.end()) near += found->second;
      best.push_back({std::min<int>(near, static_cast<int>(grams)), shift});
    }
    std::sort(best.begin(), best.end(), [](auto a, auto c) {
      return a.first != c.first ? a.first > c.first : a.second < c.second;
    });
    if (best.size() > 12) best.resize(12);
    for (auto [hits, shift] : best)
      if (static_cast<size_t>(hits) * 100 >= grams * 55)
        matches.push_back({b, std::max(shift, 0), shift + static_cast<int>(own.size()),
                           hits + (own.size() >= 4 ? 2.0 : 0.5)});
  }
  std::vector<double> value(matches.size());
  std::vector<int> before(matches.size(), -1);
  int last = -1;
  for (size_t i = 0; i < matches.size(); ++i) {
    value[i] = matches[i].worth;
    for (size_t j = 0; j < i; ++j)
      if (matches[j].block < matches[i].block && matches[j].end <= matches[i].begin + 4 &&
          value[j] + matches[i].worth > value[i]) {
        value[i] = value[j] + matches[i].worth;
        before[i] = static_cast<int>(j);
      }
    if (last < 0 || value[i] > value[last]) last = static_cast<int>(i);
  }
  std::vector<bool> out(blocks.size(), false), covered(words.size(), false);
  auto take = [&](const Match& m) {
    out[m.block] = true;
    for (int w = m.begin; w < std::min<int>(m.end, static_cast<int>(words.size())); ++w)
      covered[w] = true;
  };
  for (int i = last; i >= 0; i = before[i]) take(matches[i]);
  for (const Match& m : matches) {
    int length = m.end - m.begin, done = 0;
    for (int w = m.begin; w < std::min<int>(m.end, static_cast<int>(words.size())); ++w)
      done += covered[w];
    if (!out[m.block] && length >= 10 && done * 4 < length) take(m);
  }
  return out;
}

}  // namespace chancery::training
