#include "language/transformer/windows.h"

#include <algorithm>

namespace chancery {
namespace {

// Windows over tokens [begin, end), which are too many for one.
void cut_long(int begin, int end, const std::vector<uint32_t>& starts, std::vector<Window>& out) {
  size_t first = out.size();
  for (int from = begin;;) {
    int to = from + 1;
    while (to < end && starts[to + 1] - starts[from] <= Windows::kMost) ++to;
    out.push_back({from, to, from, to});
    if (to == end) break;
    int next = from + 1;
    while (starts[to] - starts[next] > Windows::kOverlap) ++next;
    from = next;
  }
  for (size_t i = first + 1; i < out.size(); ++i) {
    Window &left = out[i - 1], &right = out[i];
    // On from here the right window has more on the token's left than the left one on its right.
    int at = right.begin;
    while (at < left.end && starts[at] - starts[right.begin] <= starts[left.end] - starts[at + 1])
      ++at;
    left.own_end = right.own_begin = at;
  }
}

}  // namespace

std::vector<Window> Windows::of(const Document& document, const std::vector<uint32_t>& starts) {
  std::vector<Window> out;
  int begin = 0, end = 0;
  auto flush = [&] {
    if (end > begin) out.push_back({begin, end, begin, end});
    begin = end;
  };
  for (const Sentence& sentence : document.sentences) {
    uint32_t pieces = starts[sentence.end] - starts[sentence.begin];
    if (starts[sentence.end] - starts[begin] > kPacked) flush();
    if (pieces > kMost) {
      cut_long(sentence.begin, sentence.end, starts, out);
      begin = sentence.end;
    }
    end = sentence.end;
  }
  flush();
  return out;
}

}  // namespace chancery
